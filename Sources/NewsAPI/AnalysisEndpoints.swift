import HTTPTypes
import HTTPWire
import JSON
import News
import Reader

/// Reading a text without storing anything.
enum AnalysisEndpoints {
    /// An article as it would be posted, and what the reader finds in it. It takes long, so it is not done on the loop.
    static let analyze: Operation.Handler = { (call) throws(Problem) in
        _ = try Arguments(call, [])
        _ = try call.contentType(["application/json"])
        var article = try call.read { (reader) throws(JSONError) in try Article(from: &reader) }
        if article.published == nil { article.published = call.now }
        guard let reader = call.api.newsroom.reader else { throw Problem(.readerMissing, "This server was started without a reader.") }
        let given = article
        return call.later { () throws(Problem) in
            let reading = reader.read(given)
            var writer = JSONWriter(capacity: 4_096)
            reading.write(given, to: &writer)
            return Response(.ok, fields: [.contentType: "application/json", .cacheControl: "no-store"], body: .bytes(writer.bytes))
        }
    }
}
