import HTTPTypes
import HTTPWire
import JSON
import News
import NewsIndex
import Newsroom

/// Putting, changing and withdrawing articles.
extension ArticleEndpoints {
    static let streamTypes = ["application/x-ndjson", "application/jsonl"]

    /// One article, an array of them, or a stream.
    static let post: Operation.Handler = { (call) throws(Problem) in
        _ = try Arguments(call, [])
        let type = try call.contentType(["application/json"] + streamTypes)
        try call.checkPreconditions(ofList: true)
        if streamTypes.contains(type) { return ArticleStream.answer(call) }
        let body = call.body
        return try call.writing(body.count) { (call) throws(Problem) in try post(body, call) }
    }

    private static func post(_ body: [UInt8], _ call: Call) throws(Problem) -> Outcome {
        do throws(JSONError) {
            var reader = JSONReader(body)
            guard try reader.kind() == .array else {
                let article = try Article(from: &reader)
                try reader.finish()
                return call.submit(.post(call.api.newsroom.draft(article)), written)
            }
            var articles: [Result<Article, JSONError>] = []
            try reader.array { (reader) throws(JSONError) in articles.append(try article(&reader)) }
            try reader.finish()
            return submit(call.api.newsroom.drafts(articles), call)
        } catch {
            throw Problem(error)
        }
    }

    /// Reads one article of several: what is wrong with it spoils only it, unless it is the syntax of the whole.
    private static func article(_ reader: inout JSONReader) throws(JSONError) -> Result<Article, JSONError> {
        let start = reader
        do throws(JSONError) {
            return .success(try Article(from: &reader))
        } catch {
            reader = start
            try reader.skip()
            return .failure(error)
        }
    }

    private static func submit(_ drafts: [Result<Draft, JSONError>], _ call: Call) -> Outcome {
        let commands = drafts.compactMap { try? Command.post($0.get()) }
        let prefix = call.request.prefix
        return call.submit(commands) { results in
            var results = results[...]
            var writer = JSONWriter(capacity: 64 + drafts.count * 140)
            writer.object { writer in
                writer.key("data")
                writer.array { writer in
                    for (place, draft) in drafts.enumerated() {
                        switch draft {
                        case .failure(let error): ArticleEndpoints.write(Problem(error), to: &writer)
                        case .success:
                            ArticleEndpoints.write(results.removeFirst().mapError { $0.inElement(place) }, under: prefix, to: &writer)
                        }
                    }
                }
            }
            return Response(.ok, fields: [.contentType: "application/json"], body: .bytes(writer.bytes))
        }
    }

    /// What came of one article of several.
    static func write(_ result: Result<Done, Refusal>, line: Int? = nil, under prefix: String, to writer: inout JSONWriter) {
        switch result {
        case .failure(let refusal): write(Problem(refusal), line: line, to: &writer)
        case .success(let done):
            writer.object { writer in
                writer.member("line", line)
                writer.member("status", done.effect == .created ? 201 : 200)
                writer.member("id", done.id)
                if let article = done.article { writer.member("version", article.version) }
                writer.member("location", "\(prefix)/articles/\(done.id)")
            }
        }
    }

    static func write(_ problem: Problem, line: Int? = nil, to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("line", line)
            writer.member("status", problem.kind.status.code)
            writer.member("code", problem.kind.code)
            writer.member("detail", problem.detail)
            NewsAPI.write(problem.faults, to: &writer)
        }
    }

    static let put: Operation.Handler = { (call) throws(Problem) in
        _ = try Arguments(call, [])
        _ = try call.contentType(["application/json"])
        // RFC 9110 §14.5: taken for the whole, a part would lose the rest.
        if call.request.bytes(of: .contentRange) != nil {
            throw Problem(.partialPut, "A PUT replaces the whole article; PATCH changes parts.")
        }
        let id = try call.articleID()
        let body = call.body
        return try call.writing(body.count) { (call) throws(Problem) in
            let article = try call.read { (reader) throws(JSONError) in try Article(from: &reader) }
            return call.submit(.put(id, call.api.newsroom.draft(article), call.condition())) { done, prefix in
                var response = written(done, under: prefix)
                // RFC 9110 §9.3.4: a tag would say that what was sent is what is stored, byte for byte.
                if done.article?.json != body { response.fields[.eTag] = nil }
                return response
            }
        }
    }

    static let patch: Operation.Handler = { (call) throws(Problem) in
        _ = try Arguments(call, [])
        _ = try call.contentType(["application/merge-patch+json", "application/json"])
        let patch = try call.patch()
        let id = try call.articleID()
        return try call.writing(call.body.count) { (call) throws(Problem) in
            let ahead = call.api.newsroom.draft(id, patchedWith: patch)
            return call.submit(.patch(id, patch, call.condition(), ahead: ahead), written)
        }
    }

    static let withdraw: Operation.Handler = { (call) throws(Problem) in
        _ = try Arguments(call, [])
        return call.submit(.withdraw(try call.articleID(), call.condition())) { _, _ in Response(.noContent) }
    }

    static func written(_ done: Done, under prefix: String) -> Response {
        guard let article = done.article else { return Response(.noContent) }
        return Call.written(done.effect, article.json, sequence: article.sequence, location: "\(prefix)/articles/\(done.id)")
    }
}

extension Done {
    /// The article that was put.
    var article: StoredArticle? {
        guard case .article(let article) = written else { return nil }
        return article
    }
}

extension Call {
    /// Does what puts articles: on the loop only where these are short and nobody reads them.
    fileprivate func writing(
        _ bytes: Int, _ work: @escaping @Sendable (Call) throws(Problem) -> Outcome
    ) throws(Problem) -> Outcome {
        guard bytes > API.inlineLimit || api.newsroom.reader != nil else { return try work(self) }
        let call = detached()
        return .pending { complete in
            API.workers.async {
                do throws(Problem) {
                    switch try work(call) {
                    case .ready(let response): complete(response)
                    case .pending(let start): start(complete)
                    }
                } catch { complete(error.response(to: call.request)) }
            }
        }
    }

    /// Reads the whole body as one value.
    func read<Value>(_ read: (inout JSONReader) throws(JSONError) -> Value) throws(Problem) -> Value {
        do throws(JSONError) {
            var reader = JSONReader(body)
            let value = try read(&reader)
            try reader.finish()
            return value
        } catch {
            throw Problem(error)
        }
    }

    /// Reads a merge patch, which must be an object: anything else would replace the resource by it (RFC 7396 §2).
    func patch() throws(Problem) -> JSONValue {
        try read { (reader) throws(JSONError) in
            guard try reader.kind() == .object else { throw reader.failure(.wrongType, "A merge patch for this resource is an object.") }
            return try reader.value()
        }
    }
}
