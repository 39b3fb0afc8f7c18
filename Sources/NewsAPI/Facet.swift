import HTTPWire
import JSON
import News
import NewsIndex

/// A field whose values can be counted over the articles that answer a query.
enum Facet: String, CaseIterable, Sendable {
    case source, section, language, keyword, entity, entityType, event, author

    private var field: Term.Field {
        switch self {
        case .source: .source
        case .section: .section
        case .language: .language
        case .keyword: .keyword
        case .entity: .entity
        case .entityType: .entityType
        case .event: .event
        case .author: .author
        }
    }

    /// What `facet` names, each once.
    static func asked(_ arguments: Arguments) throws(Problem) -> [Facet] {
        var asked: [Facet] = []
        for facet in try arguments.choices("facet", of: Facet.self) where !asked.contains(facet) { asked.append(facet) }
        return asked
    }

    static func limit(_ arguments: Arguments) throws(Problem) -> Int { try arguments.integer("facetLimit", 1...1_000, default: 10) }

    /// The most frequent values of fields, an object of lists; and how many articles there are.
    static func json(_ facets: [Facet], limit: Int, _ search: ArticleSearch, _ index: Index) throws(Problem) -> (
        total: Int, fields: [UInt8]
    ) {
        let counted = try search.run { () throws(SearchError) in try index.facets(search.query, facets.map(\.field), limit: limit) }
        var writer = JSONWriter()
        writer.object { writer in
            for (facet, counts) in zip(facets, counted.counts) {
                writer.key(text: facet.rawValue)
                writer.array { writer in
                    for count in counts {
                        writer.object { writer in
                            writer.member("value", count.value)
                            writer.member("name", index.shownName(of: facet.field, count.value))
                            if facet == .entity { writer.member("type", index.entities[count.value]?.entity.kind.rawValue) }
                            writer.member("count", count.count)
                        }
                    }
                }
            }
        }
        return (counted.total, writer.bytes)
    }

    static let parameters = ArticleEndpoints.searchParameters + ArticleEndpoints.facetParameters

    /// Counts alone.
    static let get: Operation.Handler = { (call) throws(Problem) in
        let arguments = try Arguments(call, parameters)
        let search = try ArticleSearch(call, arguments, restrictedTo: [])
        let limit = try limit(arguments)
        var facets = try asked(arguments)
        if facets.isEmpty { facets = allCases }
        if let unchanged = try call.unchangedList() { return .ready(unchanged) }
        let isLong = call.index.cost(of: search.query) > ArticleSearch.longest / (1 + facets.count)
        return try call.outcome(isLong: isLong) { [facets] (call) throws(Problem) in
            let (total, fields) = try json(facets, limit: limit, search, call.index)
            var writer = JSONWriter(capacity: fields.count + 64)
            writer.object { writer in
                writer.member("total", total)
                writer.key("facets")
                writer.raw(fields)
            }
            return call.answer(counts: writer.bytes)
        }
    }
}
