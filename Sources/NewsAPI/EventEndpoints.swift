import HTTPTypes
import HTTPWire
import JSON
import News
import NewsIndex
import Newsroom

/// Events: listing, reading, and what editors do with them.
enum EventEndpoints {
    /// Pieces of evidence that an event shows by itself, and in a list.
    private static let evidence = (alone: 20, listed: 3)

    static let listParameters: [Parameter] = [
        .text("q", "Words that must each begin a word of the title."),
        Parameter(
            name: "entity",
            detail: "An entity that takes part or is the place, by id, Wikidata id, name or alias. Repeat it for and, use commas for or.",
            schema: #"{"type":"array","items":{"type":"string"}}"#, repeats: true),
        .text("kind", "The kind; commas for or."),
        .choice("status", "The status; commas for or.", Event.Status.allCases.map(\.rawValue)),
        .text("from", "Events that last until this time or later."),
        .text("to", "Events that start by this time; a date means the whole of it."),
        Parameter(
            name: "min_sources", detail: "How many different sources must report it.",
            schema: #"{"type":"integer","minimum":0,"default":0}"#),
        Parameter(
            name: "min_confidence", detail: "How sure it must be; an event without a word about it counts as sure.",
            schema: #"{"type":"number","minimum":0,"maximum":1}"#),
        .choice("sort", "The order; a leading hyphen descends.", ["-start", "start", "-articles", "articles", "title", "-title"]),
        .limit, .cursor,
    ]

    static let list: Operation.Handler = { (call) throws(Problem) in .ready(try list(call, of: nil)) }

    /// Lists events, those of one entity if it is given.
    static func list(_ call: Call, of entity: String?) throws(Problem) -> Response {
        let arguments = try Arguments(call, listParameters)
        var query = try ResourceQuery(call, arguments, sorts: [.start, .articles, .title])
        if let text = arguments["kind"] {
            query.kinds = Set(text.split(separator: ",").map(String.init))
            guard !query.kinds.isEmpty else { throw .parameter("kind", "bad-parameter", "\"kind\" is empty.") }
        }
        query.statuses = Set(try arguments.choices("status", of: Event.Status.self).map(\.rawValue))
        if let entity { query.entities = [[entity]] }
        for (values, isNegated) in try arguments.filters("entity") {
            guard !isNegated else { throw .parameter("entity", "bad-parameter", "\"entity\" can't be negated here.") }
            query.entities.append(Set(values.flatMap(call.index.entities(meantBy:))))
        }
        query.from = try arguments.time("from", isEnd: false, now: call.now)
        query.to = try arguments.time("to", isEnd: true, now: call.now)
        query.minimumSources = try arguments.integer("min_sources", 0...1_000_000, default: 0)
        query.minimumConfidence = try arguments.fraction("min_confidence") ?? 0
        return try call.answer(
            list: {
                let snapshot = call.state(for: query)
                let page = snapshot.index.search(events: query)
                if page.next != nil || page.previous != nil { call.api.snapshots.pin(snapshot) }
                return List(
                    items: page.items.map { $0.json(snapshot.index, evidence: evidence.listed) }, limit: query.limit,
                    total: page.total, next: page.next.map { call.link(arguments, to: $0.bytes) },
                    previous: page.previous.map { call.link(arguments, to: $0.bytes) })
            }())
    }

    static let get: Operation.Handler = { (call) throws(Problem) in
        try find(call, "") { (call, entry) throws(Problem) in
            _ = try Arguments(call, [])
            return .ready(call.answer(entry.json(call.index, evidence: evidence.alone), sequence: entry.sequence))
        }
    }

    static let articles: Operation.Handler = { (call) throws(Problem) in
        try find(call, "/articles") { (call, entry) throws(Problem) in
            try ArticleEndpoints.list(call, restrictedTo: [.init(anyOf: [Term(.event, entry.event.id)])])
        }
    }

    private static func find(
        _ call: Call, _ rest: String, _ answer: (Call, EventEntry) throws(Problem) -> Outcome
    ) throws(Problem) -> Outcome {
        switch call.index.event(call.id) {
        case .live(let entry): return try answer(call, entry)
        case .merged(let heir): return .ready(call.moved(to: "/events/\(heir)\(rest)"))
        case .gone: throw Problem(.gone, "The event was deleted.")
        case .unknown: throw Problem(.notFound, "There is no event \"\(call.id)\".")
        }
    }

    // MARK: Writing

    static let post: Operation.Handler = { (call) throws(Problem) in
        _ = try Arguments(call, [])
        _ = try call.contentType(["application/json"])
        try call.checkPreconditions(ofList: true)
        let event = try call.read { (reader) throws(JSONError) in try Event(from: &reader) }
        return call.submit(.declareEvent(event), written)
    }

    static let patch: Operation.Handler = { (call) throws(Problem) in
        _ = try Arguments(call, [])
        _ = try call.contentType(["application/merge-patch+json", "application/json"])
        return call.submit(.patchEvent(call.id, try call.patch(), call.condition()), written)
    }

    static let delete: Operation.Handler = { (call) throws(Problem) in
        _ = try Arguments(call, [])
        return call.submit(.deleteEvent(call.id, call.condition())) { _, _ in Response(.noContent) }
    }

    static let merge: Operation.Handler = { (call) throws(Problem) in
        _ = try Arguments(call, [])
        _ = try call.contentType(["application/json"])
        try call.checkPreconditions(ofList: false)
        return call.submit(.mergeEvent(call.id, into: try call.mergeTarget()), written)
    }

    private static func written(_ done: Done, under prefix: String) -> Response {
        guard case .event(let entry) = done.written else { return Response(.noContent) }
        return Call.written(
            done.effect, entry.json(done.snapshot.index, evidence: evidence.alone), sequence: entry.sequence,
            location: "\(prefix)/events/\(done.id)"
        )
    }
}
