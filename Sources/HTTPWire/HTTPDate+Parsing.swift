extension HTTPDate {
    /// Reads a date in the preferred form and the two obsolete ones (RFC 9110 §5.6.7); nil for anything else.
    ///
    ///     Sun, 06 Nov 1994 08:49:37 GMT    Sunday, 06-Nov-94 08:49:37 GMT    Sun Nov  6 08:49:37 1994
    ///
    /// The name of the day must be one, but need not be the right one: it says nothing the date doesn't.
    /// - Parameter now: for the obsolete two-digit year: what seems more than 50 years ahead is taken as past.
    public init?(_ text: ArraySlice<UInt8>, now: HTTPDate) {
        var reader = DateReader(rest: text)
        guard let name = reader.word(), let kind = Self.form(ofDayName: name) else { return nil }
        let date: HTTPDate?
        switch (kind, reader.take(",")) {
        case (.short, true):
            guard reader.take(" "), let day = reader.number(2), reader.take(" "), let month = reader.month(), reader.take(" "),
                let year = reader.number(4), reader.take(" "), let time = reader.time(), reader.take(" GMT")
            else { return nil }
            date = .from(year: year, month: month, day: day, hour: time.0, minute: time.1, second: time.2)
        case (.long, true):
            guard reader.take(" "), let day = reader.number(2), reader.take("-"), let month = reader.month(), reader.take("-"),
                let short = reader.number(2), reader.take(" "), let time = reader.time(), reader.take(" GMT")
            else { return nil }
            func inCentury(_ century: Int) -> HTTPDate? {
                .from(year: century + short, month: month, day: day, hour: time.0, minute: time.1, second: time.2)
            }
            let fiftyYears: Int64 = 50 * 31_556_952
            let limit = min(now.seconds, .max - fiftyYears) + fiftyYears
            date = [2100, 2000, 1900].lazy.compactMap(inCentury).first { $0.seconds <= limit }
        case (.short, false):
            guard reader.take(" "), let month = reader.month(), reader.take(" "), let day = reader.paddedNumber(),
                reader.take(" "), let time = reader.time(), reader.take(" "), let year = reader.number(4)
            else { return nil }
            date = .from(year: year, month: month, day: day, hour: time.0, minute: time.1, second: time.2)
        case (.long, false):
            return nil
        }
        guard reader.rest.isEmpty, let date else { return nil }
        self = date
    }

    private enum Form { case short, long }

    private static func form(ofDayName name: ArraySlice<UInt8>) -> Form? {
        switch String(decoding: name, as: UTF8.self) {
        case "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun": .short
        case "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday": .long
        default: nil
        }
    }
}

/// Reads the parts of a date from the front.
private struct DateReader {
    var rest: ArraySlice<UInt8>

    mutating func take(_ literal: StaticString) -> Bool {
        let wanted = UnsafeBufferPointer(start: literal.utf8Start, count: literal.utf8CodeUnitCount)  // Lives as long as the program.
        guard rest.starts(with: wanted) else { return false }
        rest = rest.dropFirst(wanted.count)
        return true
    }

    mutating func word() -> ArraySlice<UInt8>? {
        let word = rest.prefix(10).prefix { UInt8(ascii: "a")...UInt8(ascii: "z") ~= $0.lowercased }
        rest = rest.dropFirst(word.count)
        return word.isEmpty ? nil : word
    }

    mutating func month() -> Int? {
        let name = rest.prefix(3)
        rest = rest.dropFirst(3)
        return HTTPDate.month(name)
    }

    mutating func number(_ count: Int) -> Int? {
        let digits = rest.prefix(count)
        guard digits.count == count, digits.allSatisfy(\.isDigit) else { return nil }
        rest = rest.dropFirst(count)
        return digits.reduce(0) { $0 * 10 + Int($1 &- 0x30) }
    }

    /// Two digits, or a blank and one.
    mutating func paddedNumber() -> Int? { take(" ") ? number(1) : number(2) }

    mutating func time() -> (Int, Int, Int)? {
        guard let hour = number(2), take(":"), let minute = number(2), take(":"), let second = number(2) else { return nil }
        return (hour, minute, second)
    }
}
