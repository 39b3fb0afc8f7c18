import HTTPWire
import JSON
import News
import NewsIndex

/// What articles have to share for one of them to stand for all.
enum Collapse: String, CaseIterable {
    case story, duplicate

    var field: Term.Field { self == .story ? .story : .original }
}

/// A page of articles with what stands around it, as a request asks for it.
struct ArticleList: Sendable {
    private let arguments: Arguments
    private var search: ArticleSearch
    private let isExplained: Bool
    private let isHighlighted: Bool
    private let facets: [Facet]
    private let facetLimit: Int
    private let grid: TimeGrid?

    init(_ call: Call, restrictedTo clauses: [ArticleQuery.Clause]) throws(Problem) {
        arguments = try Arguments(call, ArticleEndpoints.listParameters)
        search = try ArticleSearch(call, arguments, restrictedTo: clauses)
        isExplained = try arguments.flag("explain")
        isHighlighted = try arguments.flag("highlight")
        facets = try Facet.asked(arguments)
        facetLimit = try Facet.limit(arguments)
        grid = try TimeGrid(arguments, "timeline")
        search.query.order = try ArticleList.order(arguments, isSearch: search.text != nil)
        search.query.collapse = (try arguments.choice("collapse") as Collapse?)?.field
        search.query.limit = try arguments.integer("limit", 1...200, default: 20)
        if let place = try call.cursor(arguments) {
            guard let position = ArticleQuery.Position(place) else { throw .badCursor }
            search.query.position = position
        }
    }

    private static func order(_ arguments: Arguments, isSearch: Bool) throws(Problem) -> ArticleQuery.Order {
        guard let sort = arguments["sort"] else { return isSearch ? .relevance : .init(.published, isDescending: true) }
        if sort == "relevance" {
            guard isSearch else { throw .parameter("sort", "bad-parameter", "Articles are relevant to a \"q\", and there is none.") }
            return .relevance
        }
        let isDescending = sort.first == "-"
        guard let field = ArticleQuery.SortField(rawValue: String(sort.dropFirst(isDescending ? 1 : 0))) else {
            throw .parameter(
                "sort", "bad-parameter", "\"sort\" is relevance, or published, indexed or updated with a leading hyphen to descend.")
        }
        return .init(field, isDescending: isDescending)
    }

    /// The parts of an article that matches are looked for are about so many steps long, to read and to show.
    private static let highlighting = 20_000

    /// Answers on the loop if that is soon done.
    func outcome(_ call: Call) throws(Problem) -> Outcome {
        if let unchanged = try call.unchangedList() { return .ready(unchanged) }
        let passes = 1 + (facets.isEmpty ? 0 : 1 + facets.count) + (grid == nil ? 0 : 2)
        let cost = call.index.cost(of: search.query)
        let items = (isHighlighted ? search.query.limit * ArticleList.highlighting : 0) + (isExplained ? search.query.limit * 1_000 : 0)
        if cost < ArticleSearch.longest / passes, items < ArticleSearch.longest {
            let page = try page(call.index)
            // Guessing what was meant takes long.
            if page.total > 0 || search.text == nil { return .ready(try answer(call, page, suggestion: nil)) }
        }
        return try call.outcome(isLong: true) { (call) throws(Problem) in
            let page = try page(call.index)
            return try answer(call, page, suggestion: page.total == 0 ? try suggestion(call.index) : nil)
        }
    }

    private func page(_ index: Index) throws(Problem) -> Page<StoredArticle, ArticleQuery.Position> {
        try search.run { () throws(SearchError) in try index.search(search.query) }
    }

    private func answer(
        _ call: Call, _ page: Page<StoredArticle, ArticleQuery.Position>, suggestion: String?
    ) throws(Problem) -> Response {
        let index = call.index
        var highlights = Highlights(search.query.expression)
        var items: [[UInt8]] = []
        for article in page.items {
            // The pages go on over the state they began on, but what was withdrawn since then is not shown again.
            if search.query.position != nil {
                guard case .live = index.article(article.id) else { continue }
            }
            guard isExplained || isHighlighted else {
                items.append(article.json)
                continue
            }
            try search.check()
            let explanation = isExplained ? try search.run { () throws(SearchError) in try index.explain(search.query, article.id) } : nil
            let json = article.json(adding: explanation, isHighlighted ? highlights.of(article) : nil)
            items.append(json)
        }
        var list = List(
            items: items, limit: search.query.limit, total: page.total,
            next: page.next.map { call.link(arguments, to: $0.bytes) },
            previous: page.previous.map { call.link(arguments, to: $0.bytes) })
        let facetsJSON = facets.isEmpty ? nil : try Facet.json(facets, limit: facetLimit, search, index).fields
        let timelineJSON = try grid.map { (grid) throws(Problem) in
            try TimelineEndpoints.timeline(search, index, grid, "timeline", isShared: false).json(grid)
        }
        list.members = { writer in
            if let facetsJSON {
                writer.key("facets")
                writer.raw(facetsJSON)
            }
            if let timelineJSON {
                writer.key("timeline")
                writer.raw(timelineJSON)
            }
            writer.member("suggestion", suggestion)
        }
        return try call.answer(list: list)
    }

    /// What was probably meant, if that finds anything.
    private func suggestion(_ index: Index) throws(Problem) -> String? {
        guard let text = search.text, search.query.position == nil, let corrected = index.corrected(text),
            let expression = try? QueryParser.parse(corrected)
        else { return nil }
        var query = search.query
        query.expression = expression
        query.limit = 1
        return try search.run { () throws(SearchError) in try index.search(query).total > 0 } ? corrected : nil
    }
}

/// The best fragments of articles for one query.
struct Highlights {
    private let expression: QueryExpression?
    /// One for each language and field.
    private var made: [String: (headline: Highlighter, body: Highlighter)] = [:]

    init(_ expression: QueryExpression?) { self.expression = expression }

    mutating func of(_ stored: StoredArticle) -> [(field: StaticString, fragments: [Highlighter.Fragment])] {
        guard let expression else { return [] }
        let article = stored.article()
        let language = article.language ?? ""
        let pair =
            made[language]
            ?? (
                Highlighter(expression, in: .headline, language: article.language),
                Highlighter(expression, in: .body, language: article.language)
            )
        made[language] = pair
        var found: [(field: StaticString, fragments: [Highlighter.Fragment])] = []
        // A headline is shown whole.
        if let text = article.headline { found.append(("headline", pair.headline.fragments(of: text, limit: 1, length: 400))) }
        if let text = article.body { found.append(("body", pair.body.fragments(of: text))) }
        return found.filter { !$0.fragments.isEmpty }
    }
}

extension StoredArticle {
    /// The article's bytes with more members at their end.
    func json(
        adding explanation: Explanation?, _ highlights: [(field: StaticString, fragments: [Highlighter.Fragment])]?
    ) -> [UInt8] {
        var writer = JSONWriter()
        writer.object { writer in
            if let explanation {
                writer.key("explanation")
                explanation.write(to: &writer)
            }
            guard let highlights else { return }
            writer.key("highlight")
            writer.object { writer in
                for (field, fragments) in highlights {
                    writer.key(field)
                    writer.array { writer in for fragment in fragments { fragment.write(to: &writer) } }
                }
            }
        }
        // An article has members, and so a comma goes between.
        return writer.bytes.count > 2 ? json.dropLast() + [UInt8(ascii: ",")] + writer.bytes.dropFirst() : json
    }
}

extension Explanation {
    func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.key("score")
            writer.number(score)
            writer.member("headlineLength", headlineLength)
            writer.member("bodyLength", bodyLength)
            writer.key("words")
            writer.array { writer in
                for word in words {
                    writer.object { writer in
                        writer.member("word", word.word)
                        writer.member("headline", word.headline)
                        writer.member("body", word.body)
                        writer.member("lead", word.lead)
                        writer.member("headlineVariants", word.headlineVariants)
                        writer.member("bodyVariants", word.bodyVariants)
                        writer.member("leadVariants", word.leadVariants)
                        writer.key("rarity")
                        writer.number(word.rarity)
                        writer.key("score")
                        writer.number(word.score)
                    }
                }
            }
        }
    }
}

extension Highlighter.Fragment {
    func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("offset", offset)
            writer.member("length", length)
            writer.member("text", text)
            writer.key("matches")
            writer.array { writer in
                for match in matches {
                    writer.object { writer in
                        writer.member("offset", match.offset)
                        writer.member("length", match.length)
                    }
                }
            }
        }
    }
}
