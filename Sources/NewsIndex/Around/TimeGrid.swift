import News

/// Time cut into intervals of one kind, in UTC or at a fixed distance from it.
public struct TimeGrid: Sendable, Hashable {
    /// How long the intervals are. A week begins on Monday and belongs to its year as ISO 8601 has it.
    public enum Interval: String, Sendable, CaseIterable { case hour, day, week, month, year }

    /// How long the intervals are.
    public let interval: Interval
    /// How far local time is ahead of UTC, in minutes, −1439 to 1439.
    public let zone: Int

    /// A grid; nil if there is no such zone.
    public init?(_ interval: Interval, zone: Int = 0) {
        guard abs(zone) < 1_440 else { return nil }
        self.interval = interval
        self.zone = zone
    }

    /// When the interval begins that an instant is in.
    public func start(of instant: Instant) -> Instant { begin(number(of: instant)) }

    /// When the interval ends that an instant is in, which is when the next one begins.
    public func end(of instant: Instant) -> Instant { begin(number(of: instant) + 1) }

    /// The name of the interval that an instant is in: `2023`, `2023-11`, `2023-W47`, `2023-11-20`, `2023-11-20T10:00+02:00`.
    public func label(of instant: Instant) -> String {
        let local = TimeGrid.clamped(instant) + Int64(zone) * 60_000
        let (days, rest) = local.floored(by: 86_400_000)
        let day = CalendarDay(days: days)
        func padded(_ value: Int64, _ width: Int) -> String {
            let digits = String(value)
            return String(repeating: "0", count: max(0, width - digits.count)) + digits
        }
        let date = "\(padded(day.year, 4))-\(padded(day.month, 2))-\(padded(day.day, 2))"
        switch interval {
        case .year: return padded(day.year, 4)
        case .month: return String(date.prefix(7))
        case .day: return date
        case .week:
            // ISO 8601: a week belongs to the year that its Thursday is in. Day 0 was a Thursday.
            let thursday = (days + 3).floored(by: 7).quotient * 7
            let year = CalendarDay(days: thursday).year
            let first = CalendarDay(year: year, month: 1, day: 1)?.days ?? thursday
            return "\(padded(year, 4))-W\(padded((thursday - first) / 7 + 1, 2))"
        case .hour:
            let minutes = abs(zone)
            let offset = zone == 0 ? "Z" : "\(zone < 0 ? "-" : "+")\(padded(Int64(minutes / 60), 2)):\(padded(Int64(minutes % 60), 2))"
            return "\(date)T\(padded(rest / 3_600_000, 2)):00\(offset)"
        }
    }

    /// How many intervals begin before an instant's own, counted from some fixed one: instants of one interval have one number, and
    /// the next has the next.
    public func number(of instant: Instant) -> Int64 {
        let local = TimeGrid.clamped(instant) + Int64(zone) * 60_000
        let days = local.floored(by: 86_400_000).quotient
        switch interval {
        case .hour: return local.floored(by: 3_600_000).quotient
        case .day: return days
        // Day 0 was a Thursday: its week began three days before.
        case .week: return (days + 3).floored(by: 7).quotient
        case .month:
            let day = CalendarDay(days: days)
            return day.year * 12 + day.month - 1
        case .year: return CalendarDay(days: days).year
        }
    }

    /// When the interval of a number begins.
    public func begin(_ number: Int64) -> Instant {
        let number = min(max(number, -100_000_000), 100_000_000)
        let local: Int64 =
            switch interval {
            case .hour: number * 3_600_000
            case .day: number * 86_400_000
            case .week: (number * 7 - 3) * 86_400_000
            case .month:
                TimeGrid.firstDay(year: number.floored(by: 12).quotient, month: number.floored(by: 12).remainder + 1)
            case .year: TimeGrid.firstDay(year: number, month: 1)
            }
        return Instant(milliseconds: local - Int64(zone) * 60_000)
    }

    /// Counts instants by interval: every interval from the first to the last that has any, those between them too. Answers nil
    /// if there would be more than `limit`.
    public func counts(_ instants: some Sequence<Instant>, limit: Int) -> [(start: Instant, count: Int)]? {
        var counts: [Int64: Int] = [:]
        // Neighbours are mostly in one interval, whose bounds are looked at first.
        var (begins, ends, number, run) = (Instant.last, Instant.first, Int64(0), 0)
        for instant in instants {
            if instant >= begins, instant < ends {
                run += 1
                continue
            }
            if run > 0 { counts[number, default: 0] += run }
            number = self.number(of: instant)
            (begins, ends, run) = (begin(number), begin(number + 1), 1)
        }
        if run > 0 { counts[number, default: 0] += run }
        guard let first = counts.keys.min(), let last = counts.keys.max() else { return [] }
        guard last - first < Int64(limit) else { return nil }
        return (first...last).map { (begin($0), counts[$0, default: 0]) }
    }

    private static func firstDay(year: Int64, month: Int64) -> Int64 {
        // Years beside those that can be written occur where a zone leads out of them; counting goes on as before.
        var day = CalendarDay(days: 0)
        (day.year, day.month, day.day) = (year, month, 1)
        return day.days * 86_400_000
    }

    /// Far outside the years that can be written there is nothing to tell apart, and nothing must overflow.
    private static func clamped(_ instant: Instant) -> Int64 {
        let margin: Int64 = 400 * 86_400_000
        return min(max(instant.milliseconds, Instant.first.milliseconds - margin), Instant.last.milliseconds + margin)
    }
}

extension Int64 {
    /// Rounded down, with what is left over.
    fileprivate func floored(by divisor: Int64) -> (quotient: Int64, remainder: Int64) {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
    }
}
