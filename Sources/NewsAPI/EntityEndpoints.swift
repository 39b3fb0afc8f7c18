import HTTPTypes
import HTTPWire
import JSON
import News
import NewsIndex
import Newsroom

/// Entities: listing, reading, and what editors do with them.
enum EntityEndpoints {
    static let listParameters: [Parameter] = [
        .text("q", "Words that must each begin a word of the name or of an alias."),
        .choice("type", "The type; commas for or.", Entity.Kind.allCases.map(\.rawValue)),
        .choice("sort", "The order; a leading hyphen descends.", ["-articles", "articles", "name", "-name", "-lastSeen", "lastSeen"]),
        .limit, .cursor,
    ]

    static let list: Operation.Handler = { (call) throws(Problem) in
        let arguments = try Arguments(call, listParameters)
        var query = try ResourceQuery(call, arguments, sorts: [.articles, .name, .lastSeen])
        query.kinds = Set(try arguments.choices("type", of: Entity.Kind.self).map(\.rawValue))
        return .ready(
            try call.answer(
                list: {
                    let snapshot = call.state(for: query)
                    let page = snapshot.index.search(entities: query)
                    if page.next != nil || page.previous != nil { call.api.snapshots.pin(snapshot) }
                    return List(
                        items: page.items.map { $0.json() }, limit: query.limit, total: page.total,
                        next: page.next.map { call.link(arguments, to: $0.bytes) },
                        previous: page.previous.map { call.link(arguments, to: $0.bytes) })
                }()))
    }

    static let get: Operation.Handler = { (call) throws(Problem) in
        try find(call, "") { (call, entry) throws(Problem) in
            _ = try Arguments(call, [])
            return .ready(call.answer(entry.json(), sequence: entry.sequence))
        }
    }

    static let articles: Operation.Handler = { (call) throws(Problem) in
        try find(call, "/articles") { (call, entry) throws(Problem) in
            try ArticleEndpoints.list(call, restrictedTo: [.init(anyOf: [Term(.entity, entry.entity.id)])])
        }
    }

    static let events: Operation.Handler = { (call) throws(Problem) in
        try find(call, "/events") { (call, entry) throws(Problem) in
            .ready(try EventEndpoints.list(call, of: entry.entity.id))
        }
    }

    /// Answers for a live entity; one that was merged away is found at its heir's for good.
    static func find(
        _ call: Call, _ rest: String, _ answer: (Call, EntityEntry) throws(Problem) -> Outcome
    ) throws(Problem) -> Outcome {
        switch call.index.entity(call.id) {
        case .live(let entry): return try answer(call, entry)
        case .merged(let heir): return .ready(call.moved(to: "/entities/\(heir)\(rest)"))
        case .gone: throw Problem(.gone, "The entity was deleted.")
        case .unknown: throw Problem(.notFound, "There is no entity \"\(call.id)\".")
        }
    }

    // MARK: Writing

    static let post: Operation.Handler = { (call) throws(Problem) in
        _ = try Arguments(call, [])
        _ = try call.contentType(["application/json"])
        try call.checkPreconditions(ofList: true)
        let entity = try call.read { (reader) throws(JSONError) in try Entity(from: &reader) }
        return call.submit(.declareEntity(entity), written)
    }

    static let patch: Operation.Handler = { (call) throws(Problem) in
        _ = try Arguments(call, [])
        _ = try call.contentType(["application/merge-patch+json", "application/json"])
        return call.submit(.patchEntity(call.id, try call.patch(), call.condition()), written)
    }

    static let delete: Operation.Handler = { (call) throws(Problem) in
        _ = try Arguments(call, [])
        return call.submit(.deleteEntity(call.id, call.condition())) { _, _ in Response(.noContent) }
    }

    static let merge: Operation.Handler = { (call) throws(Problem) in
        _ = try Arguments(call, [])
        _ = try call.contentType(["application/json"])
        try call.checkPreconditions(ofList: false)
        return call.submit(.mergeEntity(call.id, into: try call.mergeTarget()), written)
    }

    static func written(_ done: Done, under prefix: String) -> Response {
        guard case .entity(let entry) = done.written else { return Response(.noContent) }
        return Call.written(done.effect, entry.json(), sequence: entry.sequence, location: "\(prefix)/entities/\(done.id)")
    }
}

extension Call {
    /// The state that a list of entities or events is answered from: that of the first page, while it is kept.
    func state(for query: ResourceQuery) -> Snapshot {
        query.position.flatMap { api.snapshots.snapshot(at: $0.sequence) } ?? snapshot
    }

    /// `{"into": "id"}`
    func mergeTarget() throws(Problem) -> String {
        try read { (reader) throws(JSONError) in
            var into: String?
            try reader.object { (reader, name) throws(JSONError) in
                guard name == "into" else { throw reader.failure(.unknownField, "There is no field \"\(name)\" here.") }
                into = try reader.string()
            }
            guard let into else {
                throw JSONError(.missingField, pointer: "/into", offset: 0, detail: "Say into what: {\"into\": \"id\"}.")
            }
            return into
        }
    }
}

extension ResourceQuery {
    /// What entities and events are asked for in the same way.
    init(_ call: Call, _ arguments: Arguments, sorts: [SortField]) throws(Problem) {
        self.init()
        if let text = arguments["q"] {
            words = Folding.typedWords(text)
            guard !words.isEmpty || text.isEmpty else { throw .parameter("q", "bad-parameter", "\"q\" has no word in it.") }
        }
        sort = sorts[0]
        if let text = arguments["sort"] {
            isDescending = text.first == "-"
            guard let field = SortField(rawValue: String(text.dropFirst(isDescending ? 1 : 0))), sorts.contains(field) else {
                throw .parameter(
                    "sort", "bad-parameter",
                    "\"sort\" is \(sorts.map(\.rawValue).joined(separator: ", ")), with a leading hyphen to descend.")
            }
            sort = field
        }
        limit = try arguments.integer("limit", 1...200, default: 20)
        if let place = try call.cursor(arguments) {
            guard let position = Position(place) else { throw .badCursor }
            self.position = position
        }
    }
}

extension Arguments {
    /// A choice of several, between commas.
    func choices<Choice: RawRepresentable<String> & CaseIterable>(_ name: String, of type: Choice.Type) throws(Problem) -> [Choice] {
        var choices: [Choice] = []
        for text in self[name]?.split(separator: ",", omittingEmptySubsequences: false) ?? [] {
            guard let choice = Choice(rawValue: String(text)) else {
                throw .parameter(name, "bad-parameter", "\"\(name)\" is one of \(Choice.allCases.map(\.rawValue).joined(separator: ", ")).")
            }
            choices.append(choice)
        }
        return choices
    }

    /// A number from 0 to 1.
    func fraction(_ name: String) throws(Problem) -> Double? {
        guard let text = self[name] else { return nil }
        // As JSON writes it, so that nothing like 0x1p-1 or an unsaid digit passes.
        var reader = JSONReader(Array(text.utf8))
        guard let value = try? reader.number(), (try? reader.finish()) != nil, (0...1).contains(value) else {
            throw .parameter(name, "bad-parameter", "\"\(name)\" is a number from 0 to 1.")
        }
        return value
    }
}
