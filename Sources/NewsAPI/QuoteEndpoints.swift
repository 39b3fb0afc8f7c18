import HTTPWire
import JSON
import News
import NewsIndex
import Newsroom

/// What an entity is quoted with, the latest first.
enum QuoteEndpoints {
    static let parameters: [Parameter] = [.limit, .cursor]

    static let ofEntity: Operation.Handler = { (call) throws(Problem) in
        try EntityEndpoints.find(call, "/quotes") { (call, entry) throws(Problem) in
            let arguments = try Arguments(call, parameters)
            let limit = try arguments.integer("limit", 1...200, default: 20)
            var start = QuotePosition()
            if let bytes = try call.cursor(arguments) {
                guard let position = QuotePosition(bytes) else { throw .badCursor }
                start = position
            }
            // Quotes are read out of the articles that have them.
            return try call.outcome(isLong: true) { [start] (call) throws(Problem) in
                try call.answer(list: try list(call, arguments, of: entry, limit, from: start))
            }
        }
    }

    private static func list(
        _ call: Call, _ arguments: Arguments, of entry: EntityEntry, _ limit: Int, from start: QuotePosition
    ) throws(Problem) -> List {
        let id = entry.entity.id
        // The total of the first page, while its state is kept.
        let first = start.articles.flatMap { call.api.snapshots.snapshot(at: $0.sequence) } ?? call.snapshot
        func articles(_ limit: Int) throws(Problem) -> Page<StoredArticle, ArticleQuery.Position> {
            var query = ArticleQuery()
            query.clauses = [.init(anyOf: [Term(.speaker, id)])]
            query.limit = limit
            query.position = start.articles
            do throws(SearchError) { return try call.index.search(query) } catch {
                throw Problem(.queryTimeout, "The query was given up.")
            }
        }
        let page = try articles(limit)
        var items: [[UInt8]] = []
        /// Articles whose quotes are all on the page, and how many of the next one's are.
        var (whole, taken) = (0, 0)
        for stored in page.items {
            let article = stored.article()
            let quotes = article.quotes.filter { $0.speaker == id }.dropFirst(whole == 0 ? start.skipped : 0)
            let fitting = quotes.prefix(limit - items.count)
            items += fitting.map { json($0, article) }
            taken = fitting.count
            if taken < quotes.count { break }
            whole += 1
        }
        let next: QuotePosition? =
            if whole == page.items.count {
                page.next.map { QuotePosition(articles: $0) }
            } else if whole == 0 {
                QuotePosition(articles: start.articles, skipped: start.skipped + taken)
            } else {
                QuotePosition(articles: try articles(whole).next, skipped: taken)
            }
        if next != nil { call.api.snapshots.pin(first) }
        return List(
            items: items, limit: limit, total: first.index.entities[id]?.quotes ?? entry.quotes,
            next: next.map { call.link(arguments, to: $0.bytes) })
    }

    private static func json(_ quote: Quote, _ article: Article) -> [UInt8] {
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("article", article.id?.description)
            writer.member("headline", article.headline)
            writer.member("source", article.source?.name)
            writer.member("published", article.published?.description)
            quote.writeMembers(to: &writer)
        }
        return writer.bytes
    }
}

/// Where a page of quotes begins: after an article, and after some quotes of the next one.
struct QuotePosition: Equatable {
    /// Nil for the first article.
    var articles: ArticleQuery.Position?
    var skipped = 0

    init(articles: ArticleQuery.Position? = nil, skipped: Int = 0) {
        self.articles = articles
        self.skipped = skipped
    }

    init?(_ bytes: [UInt8]) {
        guard bytes.count >= 2 else { return nil }
        skipped = Int(bytes[0]) << 8 | Int(bytes[1])
        guard skipped <= Limits.quotes else { return nil }
        if bytes.count > 2 {
            guard let position = ArticleQuery.Position(Array(bytes[2...])) else { return nil }
            articles = position
        }
    }

    var bytes: [UInt8] { [UInt8(skipped >> 8), UInt8(skipped & 0xFF)] + (articles?.bytes ?? []) }
}
