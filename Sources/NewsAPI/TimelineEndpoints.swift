import HTTPWire
import JSON
import News
import NewsIndex

/// Counts of articles over time.
enum TimelineEndpoints {
    static let parameters =
        ArticleEndpoints.searchParameters + [
            .choice("interval", "How long the intervals are; day if left out.", TimeGrid.Interval.allCases.map(\.rawValue)), .zone,
        ]

    static let get: Operation.Handler = { (call) throws(Problem) in try timeline(call, restrictedTo: []) }

    static let ofEntity: Operation.Handler = { (call) throws(Problem) in
        try EntityEndpoints.find(call, "/timeline") { (call, entry) throws(Problem) in
            try timeline(call, restrictedTo: [.init(anyOf: [Term(.entity, entry.entity.id)])])
        }
    }

    private static func timeline(_ call: Call, restrictedTo clauses: [ArticleQuery.Clause]) throws(Problem) -> Outcome {
        let arguments = try Arguments(call, parameters)
        let search = try ArticleSearch(call, arguments, restrictedTo: clauses)
        guard let grid = try TimeGrid(arguments, "interval", default: .day) else {
            throw .parameter("zone", "bad-parameter", "There is no such zone.")
        }
        if let unchanged = try call.unchangedList() { return .ready(unchanged) }
        // All that was published then is counted too.
        let isLong = call.index.cost(of: search.query) + call.index.articleCount > ArticleSearch.longest / 2
        return try call.outcome(isLong: isLong) { (call) throws(Problem) in
            let timeline = try timeline(search, call.index, grid, "interval", isShared: true)
            var writer = JSONWriter()
            writer.object { writer in
                writer.member("total", timeline.total)
                writer.member("interval", grid.interval.rawValue)
                writer.key("timeline")
                writer.raw(timeline.json(grid))
            }
            return call.answer(counts: writer.bytes)
        }
    }

    /// `name` is the parameter that says how long the intervals are.
    static func timeline(
        _ search: ArticleSearch, _ index: Index, _ grid: TimeGrid, _ name: String, isShared: Bool
    ) throws(Problem) -> Timeline {
        do throws(TimelineError) { return try index.timeline(search.query, grid, isShared: isShared) } catch {
            switch error {
            case .search(let error): throw search.problem(error)
            case .tooManyIntervals(let most):
                throw .parameter(
                    name, "too-many-intervals",
                    "From the first to the last article there are more than \(most) intervals; take longer ones, or less with from and to.")
            }
        }
    }
}

extension TimeGrid {
    /// The grid that two parameters tell of; nil if the first one is left out and has no default.
    init?(_ arguments: Arguments, _ name: String, default standard: Interval? = nil) throws(Problem) {
        let zone = try arguments.zone()
        let asked: Interval? = try arguments.choice(name)
        guard let interval = asked ?? standard else { return nil }
        self.init(interval, zone: zone)
    }

    /// The local date that an interval begins on, or the instant where days are not enough: as `from` takes it.
    fileprivate func start(_ instant: Instant) -> String {
        interval == .hour ? instant.description : TimeGrid(.day, zone: zone)?.label(of: instant) ?? instant.description
    }
}

extension Timeline {
    /// The intervals, a list; with shares if all articles were counted.
    func json(_ grid: TimeGrid) -> [UInt8] {
        var writer = JSONWriter(capacity: intervals.count * 64 + 2)
        writer.array { writer in
            for interval in intervals {
                writer.object { writer in
                    writer.member("start", grid.start(interval.start))
                    writer.member("label", grid.label(of: interval.start))
                    writer.member("count", interval.count)
                    guard let all = interval.all else { return }
                    writer.member("all", all)
                    writer.key("share")
                    writer.number(all > 0 ? Double(interval.count) / Double(all) : 0)
                }
            }
        }
        return writer.bytes
    }
}
