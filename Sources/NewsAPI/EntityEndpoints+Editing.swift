import HTTPTypes
import HTTPWire
import JSON
import News
import Newsroom

/// What an editor says of what the reader made of a name.
extension EntityEndpoints {
    /// It is none: it goes, and the reader makes nothing of its names again.
    static let reject: Operation.Handler = { (call) throws(Problem) in
        _ = try Arguments(call, [])
        return call.submit(.rejectEntity(call.id, call.condition())) { _, _ in Response(.noContent) }
    }

    /// `{"articles": ["id", …], "name": "…"}`: these articles mean another one, which is described like an entity that is declared.
    static let split: Operation.Handler = { (call) throws(Problem) in
        _ = try Arguments(call, [])
        _ = try call.contentType(["application/json"])
        try call.checkPreconditions(ofList: false)
        let (part, articles) = try call.read { (reader) throws(JSONError) in try splitting(&reader) }
        return call.submit(.splitEntity(call.id, into: part, articles: articles), written)
    }

    private static func splitting(_ reader: inout JSONReader) throws(JSONError) -> (Entity, [ArticleID]) {
        var articles: [ArticleID] = []
        let part = try Entity(from: &reader) { (reader, name) throws(JSONError) in
            guard name == "articles" else { return false }
            articles = try reader.list(limit: Limits.splitArticles, ArticleID.init(from:))
            return true
        }
        guard !articles.isEmpty else {
            throw JSONError(.missingField, pointer: "/articles", offset: 0, detail: "Say which articles mean the other one.")
        }
        return (part, articles)
    }
}
