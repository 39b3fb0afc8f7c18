import HTTPTypes
import HTTPWire
import JSON
import Journal
import News
import NewsIndex
import Newsroom

/// The change log, and what operators ask.
enum OperationsEndpoints {
    static let changesParameters: [Parameter] = [
        Parameter(
            name: "since", detail: "The sequence number after which to begin; 0 for everything.",
            schema: #"{"type":"integer","minimum":0,"default":0}"#),
        Parameter(
            name: "limit", detail: "How many at most.", schema: #"{"type":"integer","minimum":1,"maximum":1000,"default":100}"#),
    ]

    /// The journal's records from a sequence number on, as far as they are served. Following `next` for ever misses nothing.
    static let changes: Operation.Handler = { (call) throws(Problem) in
        let arguments = try Arguments(call, changesParameters)
        let since = try arguments.integer("since", 0...Int.max, default: 0)
        let limit = try arguments.integer("limit", 1...1_000, default: 100)
        let last = call.index.sequence
        let path = call.request.prefix + call.request.path
        return call.later { () throws(Problem) in
            let records: [Record]
            do throws(JournalError) { records = try call.api.journal.records(after: UInt64(since), limit: limit) } catch {
                throw Problem(error)
            }
            var writer = JSONWriter()
            var position = UInt64(since)
            writer.object { writer in
                writer.key("data")
                writer.array { writer in
                    // What is durable but not served yet comes with the next page.
                    for record in records where record.sequence <= last {
                        write(record, to: &writer)
                        position = record.sequence
                    }
                }
                writer.key("page")
                writer.object { writer in
                    writer.member("limit", limit)
                    writer.key("last")
                    writer.integer(last)
                    writer.member("next", "\(path)?since=\(position)&limit=\(limit)")
                }
            }
            return Response(
                .ok, fields: [.contentType: "application/json", .cacheControl: "no-cache", .vary: "Accept-Encoding"],
                body: .bytes(writer.bytes))
        }
    }

    private static func write(_ record: Record, to writer: inout JSONWriter) {
        writer.object { writer in
            writer.key("seq")
            writer.integer(record.sequence)
            writer.member("kind", record.kind)
            if let kind = Change.Kind(rawValue: record.kind), let change = try? Change(kind: kind, body: record.body) {
                writer.member("id", change.subject)
                switch change {
                case .articlePut(let put), .articleRead(let put): writer.member("version", put.article.version)
                case .entityMerged(_, let heir): writer.member("into", heir.id)
                case .eventMerged(_, let heir): writer.member("into", heir.id)
                default: break
                }
            }
            writer.member("at", Instant(milliseconds: record.time).description)
        }
    }

    /// The process runs and its loops turn.
    static let live: Operation.Handler = { (call) throws(Problem) in
        _ = try Arguments(call, [])
        return .ready(state("ok", [:]))
    }

    /// It can serve and write. While writing fails it is not ready, although reading goes on.
    static let ready: Operation.Handler = { (call) throws(Problem) in
        _ = try Arguments(call, [])
        let failure = call.api.newsroom.storageFailure
        var response = state(
            failure == nil ? "ok" : "read-only",
            ["sequence": Int(call.index.sequence), "articles": call.index.articleCount])
        if failure != nil {
            response.status = .serviceUnavailable
            response.fields[.retryAfter] = "1"
        }
        return .ready(response)
    }

    private static func state(_ status: String, _ numbers: KeyValuePairs<StaticString, Int>) -> Response {
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("status", status)
            for (name, number) in numbers { writer.member(name, number) }
        }
        return Response(.ok, fields: [.contentType: "application/json", .cacheControl: "no-store"], body: .bytes(writer.bytes))
    }

    /// Asked for every few seconds, and it looks at the whole process, so not on the loop.
    static let metrics: Operation.Handler = { (call) throws(Problem) in
        _ = try Arguments(call, [])
        return call.later { () throws(Problem) in
            let (mediaType, body) = call.api.metrics()
            return Response(
                .ok, fields: [.contentType: mediaType, .cacheControl: "no-store", .vary: "Accept-Encoding"], body: .bytes(body))
        }
    }

    static let openAPI: Operation.Handler = { (call) throws(Problem) in
        _ = try Arguments(call, [])
        let request = call.request
        var fields: HTTPFields = [.contentType: "application/json", .cacheControl: "public, max-age=300", .vary: "Accept, Accept-Encoding"]
        // Without proxies a client knows best by which name it came here.
        guard request.origin != nil else { return .ready(Response(.ok, fields: fields, body: .bytes(OpenAPI.document()))) }
        fields[.vary] = "Accept, Accept-Encoding, Forwarded, X-Forwarded-Host, X-Forwarded-Prefix, X-Forwarded-Proto"
        let server = "\(request.scheme)://\(request.host)\(request.prefix)"
        return .ready(Response(.ok, fields: fields, body: .bytes(OpenAPI.document(server: server))))
    }
}
