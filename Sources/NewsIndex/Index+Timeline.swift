import News

/// How many articles answer a query, interval by interval.
public struct Timeline: Sendable {
    /// A span of time with what came in it.
    public struct Interval: Sendable, Equatable {
        /// When it begins.
        public let start: Instant
        /// How many articles answer the query.
        public let count: Int
        /// How many articles there are at all; nil if that was not asked.
        public let all: Int?
    }

    /// How many articles answer the query.
    public let total: Int
    /// From the first interval that has any to the last, those between them too.
    public let intervals: [Interval]
}

/// Why there is no timeline.
public enum TimelineError: Error, Sendable, Equatable {
    /// The query was not answered.
    case search(SearchError)
    /// There would be more intervals than that many.
    case tooManyIntervals(Int)
}

extension Index {
    /// More intervals are not told.
    public static let mostIntervals = 10_000

    /// Counts what answers a query by the time that its `dateField` names, exactly; with `isShared`, beside all articles of that time,
    /// whatever they say. Order, page and limit of the query do not matter, but for the state of the index that its position says.
    public func timeline(_ query: ArticleQuery, _ grid: TimeGrid, isShared: Bool) throws(TimelineError) -> Timeline {
        let (total, counts) = try counts(query, grid)
        guard let first = counts.keys.min(), let last = counts.keys.max() else { return Timeline(total: total, intervals: []) }
        guard last - first < Int64(Index.mostIntervals) else { throw .tooManyIntervals(Index.mostIntervals) }
        var all: [Int64: Int]?
        if isShared {
            var everything = query
            everything.expression = nil
            everything.clauses = []
            let (start, end) = (grid.begin(first), grid.begin(last + 1))
            everything.from = query.from.map { max($0, start) } ?? start
            everything.to = query.to.map { min($0, end) } ?? end
            all = try self.counts(everything, grid).counts
        }
        return Timeline(
            total: total,
            intervals: (first...last).map { number in
                .init(start: grid.begin(number), count: counts[number, default: 0], all: all.map { $0[number, default: 0] })
            })
    }

    /// How many there are in each interval, by its number.
    private func counts(_ query: ArticleQuery, _ grid: TimeGrid) throws(TimelineError) -> (total: Int, counts: [Int64: Int]) {
        var counts: [Int64: Int] = [:]
        // Neighbours are mostly in one interval, whose bounds are looked at first.
        var (begins, ends, number, run) = (Int64.max, Int64.min, Int64(0), 0)
        do throws(SearchError) {
            let seen = min(query.position?.sequence ?? sequence, sequence)
            let plan = try SearchPlan(query, views.map(\.segment))
            let total = try plan.run(views, at: seen, TimeRange(query)) { (found) throws(SearchError) in
                let times = plan.context.segments[found.place].times(query.dateField)
                for place in 0..<found.count {
                    let time = times[Int(found.documents[place])]
                    if time < begins || time >= ends {
                        if run > 0 { counts[number, default: 0] += run }
                        number = grid.number(of: Instant(milliseconds: time))
                        (begins, ends, run) = (grid.begin(number).milliseconds, grid.begin(number + 1).milliseconds, 0)
                    }
                    run += 1
                }
            }
            if run > 0 { counts[number, default: 0] += run }
            return (total, counts)
        } catch {
            throw .search(error)
        }
    }
}
