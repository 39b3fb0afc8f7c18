import HTTPWire
import JSON
import News
import NewsIndex

/// What stands around entities and articles: names as one types, companions, and what is alike.
extension EntityEndpoints {
    private static let kinds = Parameter.choice("type", "The type; commas for or.", Entity.Kind.allCases.map(\.rawValue))

    static let suggestParameters: [Parameter] = [
        Parameter(
            name: "prefix", detail: "What was typed of a name or an alias.", schema: #"{"type":"string","minLength":1}"#, isRequired: true),
        kinds,
        Parameter(
            name: "limit", detail: "How many at most.", schema: #"{"type":"integer","minimum":1,"maximum":50,"default":10}"#),
    ]

    /// Longer texts are no beginnings of names.
    private static let longestPrefix = 200

    static let suggest: Operation.Handler = { (call) throws(Problem) in
        let arguments = try Arguments(call, suggestParameters)
        guard let prefix = arguments["prefix"], prefix.unicodeScalars.contains(where: { $0.value > 0x20 }),
            prefix.unicodeScalars.count <= longestPrefix
        else {
            throw .parameter("prefix", "bad-parameter", "\"prefix\" is what was typed of a name, up to \(longestPrefix) characters.")
        }
        let kinds = Set(try arguments.choices("type", of: Entity.Kind.self))
        let limit = try arguments.integer("limit", 1...50, default: 10)
        return .ready(
            try call.answer(
                list: {
                    let found = call.index.suggest(prefix, kinds: kinds, limit: limit)
                    let items = found.map { entry, name, hasTypo in
                        var writer = JSONWriter()
                        writer.object { writer in
                            writer.member("id", entry.entity.id)
                            writer.member("type", entry.entity.kind.rawValue)
                            writer.member("name", entry.entity.name)
                            writer.member("found", name)
                            writer.key("typo")
                            writer.boolean(hasTypo)
                            writer.member("articles", entry.articles)
                        }
                        return writer.bytes
                    }
                    return List(items: items, limit: limit, total: items.count)
                }()))
    }

    static let relatedParameters: [Parameter] = [kinds, .limit]

    static let related: Operation.Handler = { (call) throws(Problem) in
        try find(call, "/related") { (call, entry) throws(Problem) in
            let arguments = try Arguments(call, relatedParameters)
            let kinds = Set(try arguments.choices("type", of: Entity.Kind.self))
            let limit = try arguments.integer("limit", 1...200, default: 20)
            let deadline = ContinuousClock.now + call.api.queryTimeout
            if let unchanged = try call.unchangedList() { return .ready(unchanged) }
            return try call.outcome(isLong: entry.articles > ArticleSearch.longest / 32) { (call) throws(Problem) in
                let found: [RelatedEntity]
                do throws(SearchError) {
                    found = try call.index.related(to: entry.entity.id, kinds: kinds, limit: limit, deadline: deadline)
                } catch {
                    throw Problem(.queryTimeout, "The question was given up after \(call.api.queryTimeout).")
                }
                let items = found.map { other in
                    var writer = JSONWriter()
                    writer.object { writer in
                        writer.member("id", other.entry.entity.id)
                        writer.member("type", other.entry.entity.kind.rawValue)
                        writer.member("name", other.entry.entity.name)
                        writer.member("articles", other.entry.articles)
                        writer.member("together", other.together)
                        writer.key("strength")
                        writer.number(other.strength)
                    }
                    return writer.bytes
                }
                return try call.answer(list: List(items: items, limit: limit, total: items.count))
            }
        }
    }
}

extension ArticleEndpoints {
    /// What the articles must be like is said by one of them, and not by a q.
    static let similarParameters = searchParameters.filter { $0.name != "q" } + [.limit]

    /// The articles nearest to one. Always beside the loop: it reads the article, and asks for a good many words.
    static let similar: Operation.Handler = { (call) throws(Problem) in
        let id = try call.articleID()
        let arguments = try Arguments(call, similarParameters)
        var search = try ArticleSearch(call, arguments, restrictedTo: [])
        search.query.limit = try arguments.integer("limit", 1...200, default: 20)
        switch call.index.article(id) {
        case .live: break
        case .gone, .merged: throw Problem(.gone, "The article was withdrawn.")
        case .unknown: throw Problem(.notFound, "There is no article \"\(call.id)\".")
        }
        if let unchanged = try call.unchangedList() { return .ready(unchanged) }
        return try call.outcome(isLong: true) { [search] (call) throws(Problem) in
            let found = try search.run { () throws(SearchError) in try call.index.similar(to: id, search.query) } ?? []
            return try call.answer(list: List(items: found.map(\.json), limit: search.query.limit, total: found.count))
        }
    }
}
