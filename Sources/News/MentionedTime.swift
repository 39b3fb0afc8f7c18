/// A time that an article's texts name: a day, a month, a year, or some days together.
public struct MentionedTime: Sendable, Hashable {
    /// Its first day.
    public let first: CalendarDay
    /// Its last day, inclusive.
    public let last: CalendarDay

    /// The longest that says when something is: a leap year.
    private static let longest: Int64 = 366

    /// The days from one to another; nil if they stand the wrong way round or are more than a year.
    public init?(first: CalendarDay, last: CalendarDay) {
        guard (0..<MentionedTime.longest).contains(last.days - first.days) else { return nil }
        (self.first, self.last) = (first, last)
    }

    /// A time as ISO 8601 has it: `2023-11-20`, `2023-11`, `2023` or, with both days, `2023-11-13/2023-11-19`.
    public init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard let first = parts.first, let start = MentionedTime.days(first) else { return nil }
        switch parts.count {
        case 1: (self.first, last) = start
        case 2:
            guard let end = MentionedTime.days(parts[1]), let time = MentionedTime(first: start.first, last: end.last) else { return nil }
            self = time
        default: return nil
        }
        guard self.text == text else { return nil }
    }

    private static func days(_ text: String) -> (first: CalendarDay, last: CalendarDay)? {
        let numbers = text.split(separator: "-", omittingEmptySubsequences: false).map { Int64($0) ?? 0 }
        switch numbers.count {
        case 1: return span(numbers[0], 1, numbers[0] + 1, 1)
        case 2: return span(numbers[0], numbers[1], numbers[1] == 12 ? numbers[0] + 1 : numbers[0], numbers[1] % 12 + 1)
        case 3: return CalendarDay(year: numbers[0], month: numbers[1], day: numbers[2]).map { ($0, $0) }
        default: return nil
        }
    }

    /// From the first of a month up to the first of another.
    private static func span(_ year: Int64, _ month: Int64, _ endYear: Int64, _ endMonth: Int64) -> (CalendarDay, CalendarDay)? {
        guard let first = CalendarDay(year: year, month: month, day: 1), let end = CalendarDay(year: endYear, month: endMonth, day: 1)
        else {
            return nil
        }
        return (first, CalendarDay(days: end.days - 1))
    }

    /// The time as ISO 8601 has it, as short as may be.
    public var text: String {
        let day = first.description
        if first == last { return day }
        for length in [4, 7] {
            if let (one, other) = MentionedTime.days(String(day.prefix(length))), one == first, other == last {
                return String(day.prefix(length))
            }
        }
        return span
    }

    /// The first and the last day: in the order of these texts, times stand in the order of their first days.
    public var span: String { "\(first)/\(last)" }
}
