import Foundation
import HTTPTypes
import HTTPWire
import JSON
import Journal
import News
import NewsIndex
import Newsroom

/// Reading articles.
enum ArticleEndpoints {
    static let filters: [(name: String, field: Term.Field, detail: String)] = [
        ("entity", .entity, "An entity by id, Wikidata id, name or alias."),
        ("event", .event, "An event by id."),
        ("source", .source, "The name of the source, without regard to case and accents."),
        ("section", .section, "The section."),
        ("keyword", .keyword, "A keyword."),
        ("language", .language, "A language tag; en finds en-GB too."),
        ("author", .author, "An author or the byline."),
        ("status", .status, "usable, withheld or canceled."),
    ]

    static let listParameters: [Parameter] =
        [
            .text("q", "Words that must all be in the headline or the body.")
        ] + filters.map { Parameter.filter($0.name, $0.detail) } + [
            .text("from", "The earliest time: a date, an instant, now, or a span before it like -3d."),
            .text("to", "The latest time; a date means the whole of it."),
            .choice("date", "Which time from and to are about.", ArticleQuery.SortField.allCases.map(\.rawValue)),
            .choice(
                "sort", "The order; a leading hyphen descends.", ["-published", "published", "-indexed", "indexed", "-updated", "updated"]),
            .limit, .cursor,
        ]

    static let list: Operation.Handler = { (call) throws(Problem) in
        .ready(try list(call, restrictedTo: []))
    }

    static let get: Operation.Handler = { (call) throws(Problem) in
        switch call.snapshot.article(try call.articleID()) {
        case .live(let article):
            if call.request.queryBytes != nil { _ = try Arguments(call, []) }
            return .ready(call.answer(article))
        case .gone, .merged: throw Problem(.gone, "The article was withdrawn.")
        case .unknown: throw Problem(.notFound, "There is no article \"\(call.id)\".")
        }
    }

    /// The newest version first, straight from the journal.
    static let versions: Operation.Handler = { (call) throws(Problem) in
        let id = try call.articleID()
        let limit = try Arguments(call, [.limit]).integer("limit", 1...200, default: 20)
        switch call.index.article(id) {
        case .live: break
        case .gone, .merged: throw Problem(.gone, "The article was withdrawn.")
        case .unknown: throw Problem(.notFound, "There is no article \"\(call.id)\".")
        }
        let sequences = call.index.versions(of: id)
        return call.later { () throws(Problem) in
            var versions: [[UInt8]] = []
            for sequence in sequences.suffix(limit).reversed() {
                guard let put = try call.api.recordedArticle(sequence) else {
                    throw Problem(.storageFailed, "A version can't be read now.")
                }
                versions.append(put)
            }
            return try call.answer(list: List(items: versions, limit: limit, total: sequences.count, next: nil))
        }
    }

    /// Lists articles under the query's conditions and the route's own.
    static func list(_ call: Call, restrictedTo clauses: [ArticleQuery.Clause]) throws(Problem) -> Response {
        let arguments = try Arguments(call, listParameters)
        var query = try articleQuery(call, arguments)
        query.clauses += clauses
        return try call.answer(
            list: {
                let page = try search(call.index, query)
                // The pages go on over the state they began on, but what was withdrawn since then is not shown again.
                let items =
                    query.position == nil
                    ? page.items
                    : page.items.filter { item in
                        if case .live = call.index.article(item.id) { true } else { false }
                    }
                return List(
                    items: items.map(\.json), limit: query.limit, total: page.total,
                    next: page.next.map { call.link(arguments, to: $0.bytes) },
                    previous: page.previous.map { call.link(arguments, to: $0.bytes) })
            }())
    }

    /// Answers a query within the time that one may take.
    private static func search(_ index: Index, _ query: ArticleQuery) throws(Problem) -> Page<StoredArticle, ArticleQuery.Position> {
        var query = query
        query.deadline = .now + longest
        do throws(SearchError) { return try index.search(query) } catch {
            switch error {
            case .outOfTime: throw Problem(.queryTooLong, "The query was given up after \(longest).")
            case .tooManyForms: throw .parameter("q", "too-many-terms", "A prefix in a phrase of \"q\" has too many words.")
            }
        }
    }

    /// A query is given up after this, so that it does not hold up the others.
    private static let longest = Duration.seconds(2)

    private static func articleQuery(_ call: Call, _ arguments: Arguments) throws(Problem) -> ArticleQuery {
        var query = ArticleQuery()
        if let text = arguments["q"] {
            // As without it, if it is empty.
            if !text.isEmpty {
                do throws(QueryError) { query.expression = try QueryParser.parse(text) } catch {
                    throw .parameter("q", error.code.rawValue, "\(error.detail) It is at character \(error.offset) of \"q\".")
                }
            }
        }
        for (name, field, _) in filters {
            for (values, isNegated) in try arguments.filters(name) {
                if field == .status, let value = values.first(where: { Article.Status(rawValue: $0) == nil }) {
                    let known = Article.Status.allCases.map(\.rawValue).joined(separator: ", ")
                    throw .parameter(name, "bad-parameter", "There is no status \"\(value)\", but \(known).")
                }
                let meant = field == .entity ? values.flatMap(call.index.entities(meantBy:)) : values
                query.clauses.append(.init(anyOf: meant.map { Term(field, $0) }, isNegated: isNegated))
            }
        }
        let now = call.now
        query.from = try arguments.time("from", isEnd: false, now: now)
        query.to = try arguments.time("to", isEnd: true, now: now)
        if let field: ArticleQuery.SortField = try arguments.choice("date") { query.dateField = field }
        if let sort = arguments["sort"] {
            let isDescending = sort.first == "-"
            guard let field = ArticleQuery.SortField(rawValue: String(sort.dropFirst(isDescending ? 1 : 0))) else {
                throw .parameter("sort", "bad-parameter", "\"sort\" is published, indexed or updated, with a leading hyphen to descend.")
            }
            query.order = .init(field, isDescending: isDescending)
        }
        query.limit = try arguments.integer("limit", 1...200, default: 20)
        if let place = try call.cursor(arguments) {
            guard let position = ArticleQuery.Position(place) else { throw .badCursor }
            query.position = position
        }
        return query
    }
}

extension Call {
    var now: Instant { Instant(milliseconds: HTTPDate.now.seconds * 1_000) }

    /// The place in a cursor; nil without one.
    func cursor(_ arguments: Arguments) throws(Problem) -> [UInt8]? {
        guard let text = arguments["cursor"] else { return nil }
        guard let place = Cursor.decode(text, for: scope(arguments)) else { throw .badCursor }
        return place
    }

    /// The URL of the page that begins at a place.
    func link(_ arguments: Arguments, to place: [UInt8]) -> String {
        let cursor = Cursor.encode(place, for: scope(arguments))
        return "\(request.prefix)\(request.path)?\(arguments.query(replacing: [("cursor", cursor)]))"
    }

    /// What a cursor belongs to: the path and the query without what may differ from page to page.
    private func scope(_ arguments: Arguments) -> String {
        request.path + "?" + arguments.query(replacing: [("cursor", nil), ("limit", nil)])
    }
}

extension Problem {
    static let badCursor = Problem.parameter("cursor", "bad-cursor", "The cursor does not belong to this query; take it from a link.")
}

extension API {
    /// The article that a record of the journal put, as it was served; nil if the record is another.
    func recordedArticle(_ sequence: UInt64) throws(Problem) -> [UInt8]? {
        let record: Record?
        do throws(JournalError) { record = try journal.records(after: sequence - 1, limit: 1).first } catch { throw Problem(error) }
        guard let record, let kind = Change.Kind(rawValue: record.kind),
            case .articlePut(let put)? = try? Change(kind: kind, body: record.body)
        else { return nil }
        return put.json
    }
}
