/// A moment in time: milliseconds since 1970-01-01T00:00:00Z, leap seconds not counted.
public struct Instant: Sendable, Hashable, Comparable {
    /// Before 1970 it is negative.
    public var milliseconds: Int64

    /// 0001-01-01T00:00:00Z. Before it, and after `last`, nothing can be written as RFC 3339 has it.
    public static let first = Instant(milliseconds: -62_135_596_800_000)
    /// 9999-12-31T23:59:59.999Z.
    public static let last = Instant(milliseconds: 253_402_300_799_999)

    /// The moment so many milliseconds after 1970 began.
    public init(milliseconds: Int64) {
        self.milliseconds = milliseconds
    }

    public static func < (a: Instant, b: Instant) -> Bool { a.milliseconds < b.milliseconds }

    /// Reads an RFC 3339 date-time with its zone, or a bare date, which is its midnight in UTC. Seconds may be left out.
    /// In UTC, years run from 0001 to 9999; nil for anything else, impossible days included.
    public init?(_ text: String) {
        var scanner = DigitScanner(text)
        guard let date = scanner.date() else { return nil }
        var milliseconds = date.days * 86_400_000
        if !scanner.isAtEnd {
            guard scanner.take("T") || scanner.take("t") || scanner.take(" "),
                let hour = scanner.number(2), hour < 24, scanner.take(":"), let minute = scanner.number(2), minute < 60
            else { return nil }
            var second: Int64 = 0
            var fraction: Int64 = 0
            if scanner.take(":") {
                // RFC 3339 §5.6 allows 60 for a leap second; it counts as the next second.
                guard let value = scanner.number(2), value <= 60 else { return nil }
                second = value
                if scanner.take(".") {
                    guard let value = scanner.fractionInThousandths() else { return nil }
                    fraction = value
                }
            }
            guard let zone = scanner.zoneInMinutes(), scanner.isAtEnd else { return nil }
            milliseconds += ((hour * 60 + minute - zone) * 60 + second) * 1_000 + fraction
        }
        self.init(milliseconds: milliseconds)
        // The zone or a leap second may lead out of the years that can be written.
        guard self >= .first, self <= .last else { return nil }
    }

    /// Days since 1970-01-01, rounded down.
    public var day: Int64 { milliseconds.flooredDivision(by: 86_400_000).quotient }
}

extension Instant: CustomStringConvertible {
    /// RFC 3339 in UTC; milliseconds only where there are any. From `first` to `last` it reads back as the same.
    public var description: String { String(decoding: utf8, as: UTF8.self) }

    /// The description's bytes.
    public var utf8: [UInt8] {
        let (days, rest) = milliseconds.flooredDivision(by: 86_400_000)
        let date = CalendarDay(days: days)
        var text = [UInt8]()
        text.reserveCapacity(24)
        text.append(digits: date.year, width: 4)
        text.append(UInt8(ascii: "-"))
        text.append(digits: date.month, width: 2)
        text.append(UInt8(ascii: "-"))
        text.append(digits: date.day, width: 2)
        text.append(UInt8(ascii: "T"))
        text.append(digits: rest / 3_600_000, width: 2)
        text.append(UInt8(ascii: ":"))
        text.append(digits: rest / 60_000 % 60, width: 2)
        text.append(UInt8(ascii: ":"))
        text.append(digits: rest / 1_000 % 60, width: 2)
        if rest % 1_000 != 0 {
            text.append(UInt8(ascii: "."))
            text.append(digits: rest % 1_000, width: 3)
        }
        text.append(UInt8(ascii: "Z"))
        return text
    }
}

/// A day of the proleptic Gregorian calendar.
public struct CalendarDay: Sendable, Hashable, CustomStringConvertible {
    /// 1 to 9999.
    public var year: Int64
    /// 1 to 12.
    public var month: Int64
    /// 1 to 31.
    public var day: Int64

    /// `2023-11-20`, as ISO 8601 has it.
    public var description: String {
        func digits(_ number: Int64, _ count: Int) -> String {
            String(repeating: "0", count: max(0, count - "\(number)".count)) + "\(number)"
        }
        return "\(digits(year, 4))-\(digits(month, 2))-\(digits(day, 2))"
    }

    /// nil if there is no such day. Years run from 1 to 9999.
    public init?(year: Int64, month: Int64, day: Int64) {
        guard (1...9999).contains(year), (1...12).contains(month), day >= 1, day <= Self.length(ofMonth: month, year: year)
        else { return nil }
        (self.year, self.month, self.day) = (year, month, day)
    }

    /// The day that is `days` after 1970-01-01, counted in eras of 400 years that start on 1 March.
    public init(days: Int64) {
        let (era, dayOfEra) = (days + 719_468).flooredDivision(by: 146_097)
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shifted = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * shifted + 2) / 5 + 1
        month = shifted < 10 ? shifted + 3 : shifted - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    }

    /// Days since 1970-01-01.
    public var days: Int64 {
        let year = month <= 2 ? year - 1 : year
        let (era, yearOfEra) = year.flooredDivision(by: 400)
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    /// How many days the month has.
    public static func length(ofMonth month: Int64, year: Int64) -> Int64 {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }
}

/// Reads the digits of dates; on bytes, since a `Character` costs thirty times as much.
struct DigitScanner {
    private let bytes: [UInt8]
    private var position = 0

    init(_ text: String) { bytes = Array(text.utf8) }

    var isAtEnd: Bool { position == bytes.count }

    mutating func take(_ scalar: Unicode.Scalar) -> Bool {
        guard position < bytes.count, bytes[position] == UInt8(ascii: scalar) else { return false }
        position += 1
        return true
    }

    /// A number of exactly `width` digits, at most 18.
    mutating func number(_ width: Int) -> Int64? {
        guard bytes.count - position >= width else { return nil }
        var value: Int64 = 0
        for byte in bytes[position..<position + width] {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
            value = value * 10 + Int64(byte - UInt8(ascii: "0"))
        }
        position += width
        return value
    }

    mutating func date() -> CalendarDay? {
        guard let year = number(4), take("-"), let month = number(2), take("-"), let day = number(2) else { return nil }
        return CalendarDay(year: year, month: month, day: day)
    }

    /// One digit or more after the point; what is finer than a thousandth is cut off.
    mutating func fractionInThousandths() -> Int64? {
        var value: Int64 = 0
        var scale: Int64 = 100
        let start = position
        while let digit = number(1) {
            value += digit * scale
            scale /= 10
        }
        return position > start ? value : nil
    }

    mutating func zoneInMinutes() -> Int64? {
        if take("Z") || take("z") { return 0 }
        let sign: Int64
        if take("+") { sign = 1 } else if take("-") { sign = -1 } else { return nil }
        guard let hours = number(2), hours < 24, take(":"), let minutes = number(2), minutes < 60 else { return nil }
        return sign * (hours * 60 + minutes)
    }
}

extension Int64 {
    package func flooredDivision(by divisor: Int64) -> (quotient: Int64, remainder: Int64) {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
    }
}

extension [UInt8] {
    fileprivate mutating func append(digits value: Int64, width: Int) {
        var scale: Int64 = 1
        for _ in 1..<width { scale *= 10 }
        while scale > 0 {
            append(UInt8(ascii: "0") + UInt8(value / scale % 10))
            scale /= 10
        }
    }
}
