import HTTPTypes
import HTTPWire
import JSON
import News
import NewsIndex
import Newsroom

/// How resources and lists become responses, validators and caching among it.
extension Call {
    private static let typeLine = Array("Content-Type: application/json\r\n".utf8)
    private static let itemHead = Array("Cache-Control: public, max-age=5, stale-while-revalidate=60\r\nVary: \(vary)\r\nETag: ".utf8)
    private static let listHead = Array("Cache-Control: public, max-age=1, stale-while-revalidate=10\r\nVary: \(vary)".utf8)
    /// What the choice of a representation looks at (RFC 9110 §12.5.5).
    private static let vary = "Accept, Accept-Encoding"
    static let gzipLine = Array("Content-Encoding: gzip\r\n".utf8)
    /// What links depend on behind a proxy: a cache must not show those of one prefix under another.
    private static let prefixField = "X-Forwarded-Prefix"

    /// The validators of a resource. A tag is strong, so one who takes gzip has another for the same state (RFC 9110 §8.8.3.3).
    static func state(_ sequence: UInt64, changed: Instant?, isGzip: Bool) -> Preconditions {
        Preconditions(
            tag: EntityTag(isGzip ? "\(sequence)-gzip" : "\(sequence)"),
            // RFC 9110 §8.8.2.1: never later than Date.
            lastModified: changed.map { min(HTTPDate(seconds: $0.milliseconds / 1_000), .now) })
    }

    /// The field lines of a resource that the client has: what a cache needs, no more of the representation (RFC 9110 §15.4.5).
    static func unchangedFields(_ state: Preconditions) -> [UInt8] {
        itemHead + Array((state.tag?.description ?? "").utf8) + Array("\r\n".utf8)
    }

    /// The field lines of a resource.
    static func itemFields(_ state: Preconditions) -> [UInt8] {
        var fields = typeLine + unchangedFields(state)
        if let modified = state.lastModified {
            fields += Array("Last-Modified: ".utf8)
            modified.append(to: &fields)
            fields += Array("\r\n".utf8)
        }
        return fields
    }

    /// An article. All is ready but the verdict over the request's conditions.
    func answer(_ article: StoredArticle) -> Response {
        let ready = api.ready(article, isGzip: wantsGzip)
        switch ready.state.evaluate(request, now: .now) {
        case .proceed: return Response(.ok, preparedFields: ready.fields, body: .bytes(ready.body))
        case .notModified: return Response(.notModified, preparedFields: ready.unchangedFields)
        case .failed: return Problem.preconditionFailed.response(to: request)
        }
    }

    /// One resource, with its validators.
    func answer(_ json: @autoclosure () -> [UInt8], sequence: UInt64) -> Response {
        let state = Call.state(sequence, changed: nil, isGzip: wantsGzip)
        switch state.evaluate(request, now: .now) {
        case .proceed: return Response(.ok, preparedFields: Call.itemFields(state), body: .bytes(json()))
        case .notModified: return Response(.notModified, preparedFields: Call.unchangedFields(state))
        case .failed: return Problem.preconditionFailed.response(to: request)
        }
    }

    /// Of any list: made of the index's state, as the URL says the rest.
    var listTag: EntityTag { EntityTag(String(index.sequence), isWeak: true) }

    /// A list, with its weak tag. What is wrong with the query is told before, whatever the conditions (RFC 9110 §13.2.1).
    func answer(list: @autoclosure () throws(Problem) -> List) throws(Problem) -> Response {
        if let unchanged = try unchangedList() { return unchanged }
        let list = try list()
        var response = answer(counts: list.json())
        let links = [("prev", list.previous), ("next", list.next)].compactMap { name, url in url.map { "<\($0)>; rel=\"\(name)\"" } }
        if !links.isEmpty { response.fields[.link] = links.joined(separator: ", ") }
        return response
    }

    /// Anything else that the index's state and the URL say.
    func answer(counts: [UInt8]) -> Response { Response(.ok, preparedFields: Call.typeLine + listFields, body: .bytes(counts)) }

    /// 304 where the client has the list; nil where it is to be sent.
    func unchangedList() throws(Problem) -> Response? {
        switch Preconditions(tag: listTag, lastModified: nil).evaluate(request, now: .now) {
        case .notModified: return Response(.notModified, preparedFields: listFields)
        case .failed: throw .preconditionFailed
        case .proceed: return nil
        }
    }

    private var listFields: [UInt8] {
        let alsoVaries = request.origin == nil ? "" : ", \(Call.prefixField)"
        return Call.listHead + Array("\(alsoVaries)\r\nETag: \(listTag)\r\n".utf8)
    }

    /// A resource that was just written, as it now is.
    static func written(
        _ effect: Done.Effect, _ json: [UInt8], sequence: UInt64, location: String
    ) -> Response {
        var fields: HTTPFields = [.contentType: "application/json", .eTag: EntityTag(String(sequence)).description]
        if effect == .created { fields[.location] = location }
        return Response(effect == .created ? .created : .ok, fields: fields, body: .bytes(json))
    }

    /// A resource that is somewhere else for good (RFC 9110 §15.4.9).
    func moved(to location: String) -> Response {
        let query = request.queryBytes.map { "?" + String(decoding: $0, as: UTF8.self) } ?? ""
        var fields: HTTPFields = [.location: request.prefix + location + query, .cacheControl: "public, max-age=5"]
        if request.origin != nil { fields[.vary] = Call.prefixField }
        return Response(.permanentRedirect, fields: fields)
    }
}

/// A page of a list, ready to be written.
struct List {
    var items: [[UInt8]]
    var limit: Int
    var total: Int
    /// The URLs of the next page and of the one before.
    var next: String?
    var previous: String?
    /// What stands beside the list.
    var members: @Sendable (inout JSONWriter) -> Void = { _ in }

    func json() -> [UInt8] {
        var writer = JSONWriter(capacity: items.reduce(512) { $0 + $1.count + 1 })
        writer.object { writer in
            writer.key("data")
            writer.array { writer in for item in items { writer.raw(item) } }
            writer.key("page")
            writer.object { writer in
                writer.member("limit", limit)
                writer.member("total", total)
                writer.key("next")
                if let next { writer.string(next) } else { writer.null() }
                writer.key("prev")
                if let previous { writer.string(previous) } else { writer.null() }
            }
            members(&writer)
        }
        return writer.bytes
    }
}

extension EntityEntry {
    func json() -> [UInt8] {
        var writer = JSONWriter()
        writer.object { writer in
            entity.writeMembers(to: &writer)
            writer.member("articles", articles)
            writer.member("quotes", quotes)
            writer.member("firstSeen", firstSeen?.description)
            writer.member("lastSeen", lastSeen?.description)
        }
        return writer.bytes
    }
}

extension EventEntry {
    /// The event with the evidence for it: from the earliest articles that report it, `limit` at most.
    func json(_ index: Index, evidence limit: Int) -> [UInt8] {
        var writer = JSONWriter()
        writer.object { writer in
            event.writeMembers(to: &writer)
            writer.member("articles", articles)
            writer.member("sources", sources)
            let evidence = evidence(index, limit: limit)
            guard !evidence.isEmpty else { return }
            writer.key("evidence")
            writer.array { writer in
                for piece in evidence {
                    writer.object { writer in
                        writer.member("article", piece.article.description)
                        piece.span.writeMembers(to: &writer)
                        writer.member("sentence", piece.text)
                    }
                }
            }
        }
        return writer.bytes
    }

    private func evidence(_ index: Index, limit: Int) -> [(article: ArticleID, span: TextSpan, text: String)] {
        guard articles > 0 else { return [] }
        return index.articles(with: Term(.event, event.id), limit: limit).compactMap { stored in
            let article = stored.article()
            guard let span = article.events.first(where: { $0.event.id == event.id })?.evidence else { return nil }
            var slices = TextSlices(article)
            return slices[span].map { (stored.id, span, $0) }
        }
    }
}

extension HTTPField.Name {
    /// RFC 8288.
    static let link = HTTPField.Name("Link")!  // A token, so it can't be nil.
    /// RFC 5789.
    static let acceptPatch = HTTPField.Name("Accept-Patch")!  // A token, so it can't be nil.
    /// nginx's word for passing an answer on as it comes.
    static let accelBuffering = HTTPField.Name("X-Accel-Buffering")!  // A token too.
}
