/// HTTP dates (RFC 9110 §5.6.7): whole seconds since 1970-01-01T00:00:00Z, UTC, no leap seconds.
public struct HTTPDate: Sendable, Hashable, Comparable {
    /// Seconds since the epoch. Formatting covers the years 0 to 9999.
    public var seconds: Int64

    /// The date so many seconds after the epoch.
    public init(seconds: Int64) { self.seconds = seconds }

    /// Orders by time.
    public static func < (left: HTTPDate, right: HTTPDate) -> Bool { left.seconds < right.seconds }

    private static let days: StaticString = "ThuFriSatSunMonTueWed"
    static let months: StaticString = "JanFebMarAprMayJunJulAugSepOctNovDec"
    private static let earliest: Int64 = -62_167_219_200
    private static let latest: Int64 = 253_402_300_799

    /// Appends the 29 bytes of an IMF-fixdate, such as `Sun, 06 Nov 1994 08:49:37 GMT`. No allocation beyond `bytes`' own growth.
    public func append(to bytes: inout [UInt8]) {
        let time = min(max(seconds, Self.earliest), Self.latest)
        let (day, second) = time.quotientAndRemainderRoundingDown(by: 86400)
        let (year, month, dayOfMonth) = Self.civil(day)
        let weekday = Int(day.quotientAndRemainderRoundingDown(by: 7).remainder)
        bytes.append(name: weekday, of: Self.days)
        bytes.append(UInt8(ascii: ","))
        bytes.append(0x20)
        bytes.append(twoDigits: dayOfMonth)
        bytes.append(0x20)
        bytes.append(name: month - 1, of: Self.months)
        bytes.append(0x20)
        bytes.append(twoDigits: year / 100)
        bytes.append(twoDigits: year % 100)
        bytes.append(0x20)
        bytes.append(twoDigits: Int(second) / 3600)
        bytes.append(UInt8(ascii: ":"))
        bytes.append(twoDigits: Int(second) / 60 % 60)
        bytes.append(UInt8(ascii: ":"))
        bytes.append(twoDigits: Int(second) % 60)
        bytes.append(literal: " GMT")
    }

    /// The same as a string.
    public var text: String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(29)
        append(to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Year, month and day of a day counted from the epoch, in the Gregorian calendar carried backwards. Years begin in March here,
    /// so that the leap day comes last, and 400 years are one round of 146,097 days.
    static func civil(_ day: Int64) -> (year: Int, month: Int, day: Int) {
        let (era, dayOfEra) = (day + 719_468).quotientAndRemainderRoundingDown(by: 146_097)
        let inEra = Int(dayOfEra)
        let yearOfEra = (inEra - inEra / 1460 + inEra / 36524 - inEra / 146_096) / 365
        let dayOfYear = inEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let marchMonth = (5 * dayOfYear + 2) / 153
        let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
        let year = Int(era) * 400 + yearOfEra + (month <= 2 ? 1 : 0)
        return (year, month, dayOfYear - (153 * marchMonth + 2) / 5 + 1)
    }

    /// The other way round; nil if there is no such day or time. A 60th second counts as the one before it.
    static func from(year: Int, month: Int, day: Int, hour: Int, minute: Int, second: Int) -> HTTPDate? {
        guard 1...12 ~= month, 0...9999 ~= year, 0...23 ~= hour, 0...59 ~= minute, 0...60 ~= second else { return nil }
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        let length = month == 2 ? (isLeap ? 29 : 28) : [4, 6, 9, 11].contains(month) ? 30 : 31
        guard 1...length ~= day else { return nil }
        let shifted = Int64(month <= 2 ? year - 1 : year)
        let (era, yearOfEra) = shifted.quotientAndRemainderRoundingDown(by: 400)
        let dayOfYear = Int64((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1)
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        let days = era * 146_097 + dayOfEra - 719_468
        return HTTPDate(seconds: days * 86400 + Int64(hour * 3600 + minute * 60 + min(second, 59)))
    }

    /// The month's number for its three letters.
    static func month(_ name: ArraySlice<UInt8>) -> Int? {
        guard name.count == 3 else { return nil }
        for index in 0..<12 {
            let letters = UnsafeBufferPointer(start: months.utf8Start + index * 3, count: 3)  // Within the 36 bytes of `months`.
            if name.elementsEqual(letters) { return index + 1 }
        }
        return nil
    }
}

/// The current `Date:` line, made anew when the second changes (RFC 9110 §6.6.1).
public struct DateLine: Sendable {
    private var second = Int64.min
    /// `Date: …\r\n`; empty before the first `update`.
    public private(set) var bytes: [UInt8] = []

    /// A line without a time yet.
    public init() {}

    /// Brings the line up to the given second.
    @inline(__always)
    public mutating func update(_ now: Int64) {
        if now != second { make(now) }
    }

    private mutating func make(_ now: Int64) {
        second = now
        bytes.removeAll(keepingCapacity: true)
        bytes.append(literal: "Date: ")
        HTTPDate(seconds: now).append(to: &bytes)
        bytes.append(literal: "\r\n")
    }
}

extension Int64 {
    /// Division that rounds towards minus infinity; the divisor is positive.
    func quotientAndRemainderRoundingDown(by divisor: Int64) -> (quotient: Int64, remainder: Int64) {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
    }
}
