import News
import NewsIndex

/// Which articles a request asks for, and within which time.
struct ArticleSearch: Sendable {
    var query = ArticleQuery()
    /// What stands in `q`; nil if nothing does.
    let text: String?
    private let timeout: Duration

    /// Reads what `ArticleEndpoints.searchParameters` say.
    init(_ call: Call, _ arguments: Arguments, restrictedTo clauses: [ArticleQuery.Clause]) throws(Problem) {
        timeout = call.api.queryTimeout
        query.deadline = .now + timeout
        // As without it, if it is empty.
        text = arguments["q"].flatMap { $0.isEmpty ? nil : $0 }
        if let text { query.expression = try ArticleSearch.expression(text, call.index) }
        for (name, field, _) in ArticleEndpoints.filters {
            for (values, isNegated) in try arguments.filters(name) {
                if field == .status, let value = values.first(where: { Article.Status(rawValue: $0) == nil }) {
                    let known = Article.Status.allCases.map(\.rawValue).joined(separator: ", ")
                    throw .parameter(name, "bad-parameter", "There is no status \"\(value)\", but \(known).")
                }
                let meant = field == .entity ? values.flatMap(call.index.entities(meantBy:)) : values
                query.clauses.append(.init(anyOf: meant.map { Term(field, $0) }, isNegated: isNegated))
            }
        }
        query.clauses += clauses
        query.from = try arguments.time("from", isEnd: false, now: call.now)
        query.to = try arguments.time("to", isEnd: true, now: call.now)
        let times: Times = try arguments.choice("date") ?? .published
        if let field = ArticleQuery.SortField(rawValue: times.rawValue) {
            query.dateField = field
        } else if query.from != nil || query.to != nil {
            let (first, end) = (query.from ?? .first, query.to ?? .last)
            (query.from, query.to) = (nil, nil)
            // Up to the day before an end that is midnight.
            let last = Instant(milliseconds: end.milliseconds - 1).day
            query.clauses.append(.init(anyOf: first.day <= last ? call.index.terms(mentioning: first.day...last) : []))
        }
    }

    /// What `from` and `to` may be about: a time of the article, or those that its texts name.
    enum Times: String, CaseIterable { case published, indexed, updated, mentioned }

    private static func expression(_ text: String, _ index: Index) throws(Problem) -> QueryExpression {
        do throws(QueryError) { return try QueryParser.parse(text).naming(index) } catch {
            throw .parameter("q", error.code.rawValue, error.detail, at: error.offset)
        }
    }

    /// More steps than this are taken beside the loop; about a third of a millisecond.
    static let longest = 1 << 17

    /// Runs a part of the search; what it was given up for becomes the problem that it is.
    func run<Found>(_ work: () throws(SearchError) -> Found) throws(Problem) -> Found {
        do throws(SearchError) { return try work() } catch { throw problem(error) }
    }

    func problem(_ error: SearchError) -> Problem {
        switch error {
        case .outOfTime: Problem(.queryTimeout, "The query was given up after \(timeout).")
        case .tooManyForms: .parameter("q", "too-many-terms", "A prefix in a phrase of \"q\" has too many words.")
        }
    }

    /// Gives up if the time is over, between steps that don't look at the clock themselves.
    func check() throws(Problem) {
        if let deadline = query.deadline, ContinuousClock.now >= deadline { throw problem(.outOfTime) }
    }
}

extension QueryExpression {
    /// The same with the entities that are meant by their names, as in the parameter `entity`. No deeper than the parser lets it be.
    fileprivate func naming(_ index: Index) -> QueryExpression {
        switch self {
        case .value(.entity, let name):
            let meant = index.entities(meantBy: name)
            return meant.count == 1 ? .value(.entity, meant[0]) : meant.isEmpty ? self : .or(meant.map { .value(.entity, $0) })
        case .and(let all): return .and(all.map { $0.naming(index) })
        case .or(let all): return .or(all.map { $0.naming(index) })
        case .not(let operand): return .not(operand.naming(index))
        case .text, .near, .value: return self
        }
    }
}
