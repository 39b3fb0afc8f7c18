import News
import NewsIndex

/// A question to both, in words that both understand.
struct Question: CustomStringConvertible {
    var expression: QueryExpression?
    var filters: [(field: Term.Field, values: [String], isNegated: Bool)] = []
    var query = ArticleQuery()

    /// The question as the index takes it.
    var articleQuery: ArticleQuery {
        var query = query
        query.expression = expression
        query.clauses = filters.map { filter in .init(anyOf: filter.values.map { Term(filter.field, $0) }, isNegated: filter.isNegated) }
        return query
    }

    var description: String {
        "\(expression.map { "\($0)" } ?? "") \(filters) \(query.from?.description ?? "") \(query.to?.description ?? "") \(query.dateField) \(query.order) \(query.limit) \(query.collapse.map { "\($0)" } ?? "")"
    }
}

extension Model.Stored {
    func time(_ field: ArticleQuery.SortField) -> Instant {
        switch field {
        case .published: published
        case .updated: updated
        case .indexed: indexed
        }
    }
}

extension Model {
    /// The whole list, in order.
    func answer(_ question: Question, _ rarities: [UInt8] = []) -> [Stored] { list(found(question), question, rarities) }

    /// Every article that the question asks for, in no order, and none left out for another.
    func found(_ question: Question) -> [Stored] {
        let query = question.query
        return live.values.filter { stored in
            let moment = stored.time(query.dateField)
            return query.from.map { moment >= $0 } ?? true && query.to.map { moment < $0 } ?? true
                && question.filters.allSatisfy { filter in
                    filter.values.contains { Model.has(stored.article, filter.field, $0) } != filter.isNegated
                }
                && question.expression.map { Model.matches(stored, $0) } ?? true
        }
    }

    /// What was found, as a list shows it.
    func list(_ found: [Stored], _ question: Question, _ rarities: [UInt8] = []) -> [Stored] {
        let query = question.query
        let keyed = found.map { stored -> (key: (Int64, Int64), stored: Stored) in
            switch query.order.key {
            case .time(let field): return ((stored.time(field).milliseconds, 0), stored)
            case .relevance:
                let score = question.expression.map { Model.score(stored, $0, rarities) } ?? 0
                return ((Int64(Model.rank(score)), stored.published.milliseconds), stored)
            }
        }
        let ascending = keyed.sorted { a, b in a.key == b.key ? a.stored.id < b.stored.id : a.key < b.key }.map(\.stored)
        let list = query.order.isDescending ? ascending.reversed() : ascending
        guard let field = query.collapse else { return list }
        var shown: Set<String> = []
        return list.filter { stored in Model.values(stored.article, field).first.map { shown.insert($0).inserted } ?? true }
    }

    static func has(_ article: Article, _ field: Term.Field, _ value: String) -> Bool {
        func same(_ text: String?) -> Bool { text.map(fold) == fold(value) }
        return switch field {
        case .entity: article.entities.contains { $0.entity.id == value }
        case .event: article.events.contains { $0.event.id == value }
        case .source: same(article.source?.name)
        case .section: same(article.section)
        case .language: article.language == value || article.language?.prefix { $0 != "-" } == value[...]
        case .keyword: article.keywords.contains(where: same)
        case .author: article.authors.contains(where: same) || same(article.byline)
        case .status: article.status.rawValue == value
        case .speaker: article.quotes.contains { $0.speaker == value }
        case .entityType: article.entities.contains { $0.entity.kind.rawValue == value }
        case .story: article.story?.description == value
        case .original: article.original?.description == value
        case .mentioned: article.reading?.dates.contains { $0.span == value } ?? false
        }
    }

    /// The values that an article has in a field, folded.
    static func values(_ article: Article, _ field: Term.Field) -> Set<String> {
        switch field {
        case .entity: Set(article.entities.map(\.entity.id))
        case .event: Set(article.events.map(\.event.id))
        case .speaker: Set(article.quotes.compactMap(\.speaker))
        case .entityType: Set(article.entities.map(\.entity.kind.rawValue))
        case .source: Set([article.source?.name].compactMap { $0 }.map(Folding.fold))
        case .section: Set([article.section].compactMap { $0 }.map(Folding.fold))
        case .language: Set([article.language, article.language.map { String($0.prefix { $0 != "-" }) }].compactMap { $0 })
        case .keyword: Set(article.keywords.map(Folding.fold))
        case .author: Set((article.authors + [article.byline].compactMap { $0 }).map(Folding.fold))
        case .status: [article.status.rawValue]
        case .story: Set([article.story?.description].compactMap { $0 })
        case .original: Set([article.original?.description].compactMap { $0 })
        case .mentioned: Set(article.reading?.dates.map(\.span) ?? [])
        }
    }

    /// How many articles have which values, the most frequent first, then in the order of their bytes.
    static func facet(_ articles: [Stored], _ field: Term.Field) -> [FacetCount] {
        var counts: [String: Int] = [:]
        for stored in articles { for value in values(stored.article, field) { counts[value, default: 0] += 1 } }
        return counts.map { FacetCount(value: $0, count: $1) }.sorted { a, b in
            a.count == b.count ? a.value.utf8.lexicographicallyPrecedes(b.value.utf8) : a.count > b.count
        }
    }

    // MARK: Entities and events

    func answer(entities query: ResourceQuery) -> [String] {
        let found = entities.values.filter { entity in
            (query.kinds.isEmpty || query.kinds.contains(entity.kind.rawValue)) && Model.begin(query.words, [entity.name] + entity.aliases)
        }
        return order(found.map(\.id), query) { id in
            switch query.sort {
            case .name, .title: .text(Model.fold(entities[id]!.name))
            case .articles: .number(Int64(articles(naming: id).count))
            case .lastSeen, .start: .number(articles(naming: id).map(\.published.milliseconds).max() ?? .min)
            }
        }
    }

    func answer(events query: ResourceQuery) -> [String] {
        let found = events.values.filter { event in
            let parties = Set(event.participants.map(\.id) + (event.place.map { [$0] } ?? []))
            let sources = Set(articles(reporting: event.id).compactMap(\.article.source?.name))
            var holds = query.kinds.isEmpty || query.kinds.contains(event.kind ?? "")
            holds = holds && (query.statuses.isEmpty || query.statuses.contains(event.status?.rawValue ?? ""))
            holds = holds && query.entities.allSatisfy { !$0.isDisjoint(with: parties) } && Model.begin(query.words, [event.title])
            holds = holds && sources.count >= query.minimumSources && event.confidence ?? 1 >= query.minimumConfidence
            if query.from != nil || query.to != nil { holds = holds && event.start != nil }
            if let from = query.from, let start = event.start { holds = holds && max(event.end?.end ?? start.end, start.end) > from }
            if let to = query.to, let start = event.start { holds = holds && start.earliest < to }
            return holds
        }
        return order(found.map(\.id), query) { id in
            switch query.sort {
            case .name, .title: .text(Model.fold(events[id]!.title))
            case .articles: .number(Int64(articles(reporting: id).count))
            case .lastSeen, .start: .number(events[id]!.start?.earliest.milliseconds ?? .min)
            }
        }
    }

    /// By key in either direction, then by id, which always ascends.
    private func order(_ ids: [String], _ query: ResourceQuery, _ key: (String) -> ResourceQuery.Key) -> [String] {
        let keyed = ids.map { (key: key($0), id: $0) }
        return keyed.sorted { a, b in
            a.key == b.key ? a.id < b.id : query.isDescending ? b.key < a.key : a.key < b.key
        }.map(\.id)
    }

    private static func begin(_ words: [String], _ names: [String]) -> Bool {
        words.isEmpty || names.contains { name in words.allSatisfy { word in Folding.words(name).contains { $0.hasPrefix(word) } } }
    }
}
