import News

/// How long the spans are that a timeline counts by; all are in UTC.
public enum TimelineInterval: String, Sendable, CaseIterable {
    case hour, day
    /// From Monday (ISO 8601).
    case week
    case month, year

    /// The beginning of the span that a unit, which is an hour or a day since 1970, belongs to.
    fileprivate func start(_ unit: Int64) -> Instant {
        switch self {
        case .hour: Instant(milliseconds: unit * 3_600_000)
        case .day: TimelineInterval.midnight(unit)
        // 1970-01-01 was a Thursday.
        case .week: TimelineInterval.midnight(unit - (unit + 3).flooredDivision(by: 7).remainder)
        case .month: TimelineInterval.midnight(unit - CalendarDay(days: unit).day + 1)
        case .year:
            TimelineInterval.midnight(CalendarDay(year: CalendarDay(days: unit).year, month: 1, day: 1)?.days ?? unit)
        }
    }

    private static func midnight(_ day: Int64) -> Instant { Instant(milliseconds: day * 86_400_000) }
}

/// How many articles fall into a span of time.
public struct TimelineCount: Sendable, Equatable {
    /// Where the span begins.
    public let start: Instant
    /// How many articles there are, at least one.
    public let count: Int

    /// A span with its count.
    public init(start: Instant, count: Int) {
        self.start = start
        self.count = count
    }
}

extension Index {
    /// Counts the articles that answer a query by the time that its `dateField` names, exactly: the spans that have any, the
    /// earliest first. Order, page and limit of the query do not matter, but for the state of the index that its position says.
    public func timeline(_ query: ArticleQuery, by interval: TimelineInterval) throws(SearchError) -> [TimelineCount] {
        let seen = min(query.position?.sequence ?? sequence, sequence)
        let plan = try SearchPlan(query, views.map(\.segment))
        let length: Int64 = interval == .hour ? 3_600_000 : 86_400_000
        var tally = Tally()
        _ = try plan.run(views, at: seen, TimeRange(query)) { (found) throws(SearchError) in
            let times = found.segment.times(query.dateField).base
            for place in 0..<found.count {
                tally.add(times[Int(found.documents[place])].flooredDivision(by: length).quotient)
            }
        }
        var spans: [TimelineCount] = []
        for (unit, count) in tally.counts {
            let start = interval.start(unit)
            if let last = spans.last, last.start == start {
                spans[spans.count - 1] = TimelineCount(start: start, count: last.count + count)
            } else {
                spans.append(TimelineCount(start: start, count: count))
            }
        }
        return spans
    }
}

/// Counts of numbers, most of which are near each other: those have a row, the others a map.
private struct Tally {
    private var base: Int64 = 0
    private var row: [UInt32] = []
    private var others: [Int64: Int] = [:]
    /// The row is at most so long: a century of hours.
    private static let longest: Int64 = 1 << 20

    @inline(__always)
    mutating func add(_ number: Int64) {
        let place = number &- base
        if place >= 0, place < row.count { row[Int(place)] += 1 } else { addElsewhere(number) }
    }

    private mutating func addElsewhere(_ number: Int64) {
        if row.isEmpty {
            base = number - 512
            row = [UInt32](repeating: 0, count: 1_024)
        }
        // At least twice as long, so that it seldom grows.
        let length = Int64(row.count)
        let first = min(base, number < base ? min(number, base - length) : base)
        let end = max(base + length, number >= base + length ? max(number + 1, base + 2 * length) : base + length)
        guard end - first <= Tally.longest else {
            others[number, default: 0] += 1
            return
        }
        row.insert(contentsOf: repeatElement(0, count: Int(base - first)), at: 0)
        row.append(contentsOf: repeatElement(0, count: Int(end - first) - row.count))
        base = first
        row[Int(number - base)] += 1
    }

    /// The numbers that came, ascending, and how often.
    var counts: [(Int64, Int)] {
        var counts = row.indices.filter { row[$0] > 0 }.map { (base + Int64($0), Int(row[$0])) }
        counts += others.map { ($0, $1) }
        return counts.sorted { $0.0 < $1.0 }
    }
}
