/// A date as precise as it is known: `2023`, `2023-11`, `2023-11-20`, or an RFC 3339 date-time.
public struct EventDate: Sendable, Hashable {
    /// How much of the date is known.
    public enum Precision: String, Sendable, CaseIterable { case year, month, day, time }

    /// The date as it was written.
    public let text: String
    /// How much of the date is known.
    public let precision: Precision
    /// The first moment that the date can mean, in UTC.
    public let earliest: Instant
    /// The first moment after it.
    public let end: Instant

    /// Reads a date in one of the four forms; nil for anything else, impossible days included.
    public init?(_ text: String) {
        var scanner = DigitScanner(text)
        let first: CalendarDay
        let afterwards: Int64
        switch text.utf8.count {
        case 4:
            guard let year = scanner.number(4), let day = CalendarDay(year: year, month: 1, day: 1) else { return nil }
            first = day
            afterwards = day.days + (CalendarDay.length(ofMonth: 2, year: year) == 29 ? 366 : 365)
            precision = .year
        case 7:
            guard let year = scanner.number(4), scanner.take("-"), let month = scanner.number(2),
                let day = CalendarDay(year: year, month: month, day: 1)
            else { return nil }
            first = day
            afterwards = day.days + CalendarDay.length(ofMonth: month, year: year)
            precision = .month
        case 10:
            guard let day = scanner.date() else { return nil }
            first = day
            afterwards = day.days + 1
            precision = .day
        default:
            guard let instant = Instant(text) else { return nil }
            self.text = text
            precision = .time
            earliest = instant
            end = Instant(milliseconds: instant.milliseconds + 1)
            return
        }
        self.text = text
        earliest = Instant(milliseconds: first.days * 86_400_000)
        end = Instant(milliseconds: afterwards * 86_400_000)
    }
}
