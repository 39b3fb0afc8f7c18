extension HTTPDate {
    /// The parts of the time of day and of the day.
    private var parts: (year: Int, month: Int, day: Int, second: Int) {
        let (day, second) = min(max(seconds, 0), 253_402_300_799).quotientAndRemainderRoundingDown(by: 86400)
        let date = Self.civil(day)
        return (date.year, date.month, date.day, Int(second))
    }

    /// Appends the time as the Common Log Format has it: `06/Nov/1994:08:49:37 +0000`. For times since 1970.
    public func appendCommonLog(to bytes: inout [UInt8]) {
        let (year, month, day, second) = parts
        bytes.append(twoDigits: day)
        bytes.append(UInt8(ascii: "/"))
        bytes.append(name: month - 1, of: Self.months)
        bytes.append(UInt8(ascii: "/"))
        bytes.append(twoDigits: year / 100)
        bytes.append(twoDigits: year % 100)
        bytes.append(UInt8(ascii: ":"))
        bytes.append(timeOfDay: second)
        bytes.append(literal: " +0000")
    }

    /// Appends the time as RFC 3339 has it, with milliseconds (0 to 999): `1994-11-06T08:49:37.000Z`. For times since 1970.
    public func appendRFC3339(milliseconds: Int, to bytes: inout [UInt8]) {
        let (year, month, day, second) = parts
        bytes.append(twoDigits: year / 100)
        bytes.append(twoDigits: year % 100)
        bytes.append(UInt8(ascii: "-"))
        bytes.append(twoDigits: month)
        bytes.append(UInt8(ascii: "-"))
        bytes.append(twoDigits: day)
        bytes.append(UInt8(ascii: "T"))
        bytes.append(timeOfDay: second)
        bytes.append(UInt8(ascii: "."))
        bytes.append(UInt8(truncatingIfNeeded: 0x30 + milliseconds / 100 % 10))
        bytes.append(twoDigits: milliseconds % 100)
        bytes.append(UInt8(ascii: "Z"))
    }
}

extension [UInt8] {
    fileprivate mutating func append(timeOfDay second: Int) {
        append(twoDigits: second / 3600)
        append(UInt8(ascii: ":"))
        append(twoDigits: second / 60 % 60)
        append(UInt8(ascii: ":"))
        append(twoDigits: second % 60)
    }
}
