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

    /// Which articles are meant.
    static let searchParameters: [Parameter] =
        [
            .text("q", "What the articles must say: words, phrases, AND, OR, NOT, fields; docs/QUERY.md has the grammar.")
        ] + filters.map { Parameter.filter($0.name, $0.detail) } + [
            .text("from", "The earliest time: a date, an instant, now, or a span before it like -3d."),
            .text("to", "The latest time; a date means the whole of it."),
            .choice(
                "date", "Which time from and to are about; mentioned: times that the texts name, all of which lies between them.",
                ArticleSearch.Times.allCases.map(\.rawValue)),
        ]

    static let listParameters: [Parameter] =
        searchParameters + [
            .choice(
                "sort", "The order; a leading hyphen descends. By relevance if there is a q, else the latest published first.",
                ["relevance", "-published", "published", "-indexed", "indexed", "-updated", "updated"]),
            .choice(
                "collapse", "One article for each story, or for each text of which there are copies: the first of the list.",
                Collapse.allCases.map(\.rawValue)),
            .flag("explain", "Whether each article says where its score comes from."),
            .flag("highlight", "Whether each article shows the parts of its texts that match best."),
        ] + facetParameters + [
            .choice("timeline", "Counts by intervals of time beside the list.", TimeGrid.Interval.allCases.map(\.rawValue)), .zone,
            .limit, .cursor,
        ]

    static let facetParameters: [Parameter] = [
        .choice("facet", "Fields whose most frequent values are counted; commas between several.", Facet.allCases.map(\.rawValue)),
        Parameter(
            name: "facetLimit", detail: "How many values of each field at most.",
            schema: #"{"type":"integer","minimum":1,"maximum":1000,"default":10}"#),
    ]

    static let list: Operation.Handler = { (call) throws(Problem) in
        try list(call, restrictedTo: [])
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

    /// The articles that tell the same; the article alone where there is no other.
    static let story: Operation.Handler = { (call) throws(Problem) in
        switch call.index.article(try call.articleID()) {
        case .live(let stored):
            if let story = stored.article().story { return try list(call, restrictedTo: [.init(anyOf: [Term(.story, story.description)])]) }
            let limit = try Arguments(call, listParameters).integer("limit", 1...200, default: 20)
            return .ready(try call.answer(list: List(items: [stored.json], limit: limit, total: 1)))
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
    static func list(_ call: Call, restrictedTo clauses: [ArticleQuery.Clause]) throws(Problem) -> Outcome {
        try ArticleList(call, restrictedTo: clauses).outcome(call)
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
