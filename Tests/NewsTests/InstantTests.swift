import Foundation
import News
import TestSupport
import Testing

struct InstantTests {
    /// Texts and the same moment in UTC, as it is written.
    @Test(arguments: [
        ("1970-01-01T00:00:00Z", "1970-01-01T00:00:00Z"), ("2023-11-20", "2023-11-20T00:00:00Z"),
        ("2023-11-20t10:00:00z", "2023-11-20T10:00:00Z"),
        ("2023-11-20 10:00:00Z", "2023-11-20T10:00:00Z"), ("2023-11-20T10:00Z", "2023-11-20T10:00:00Z"),
        ("2023-11-20T10:00:00+02:00", "2023-11-20T08:00:00Z"), ("2023-11-20T01:00:00+02:30", "2023-11-19T22:30:00Z"),
        ("2023-12-31T23:30:00-01:00", "2024-01-01T00:30:00Z"), ("2023-11-20T10:00:00-00:00", "2023-11-20T10:00:00Z"),
        ("2023-11-20T10:00:00+23:59", "2023-11-19T10:01:00Z"), ("2023-11-20T10:00:00.5Z", "2023-11-20T10:00:00.500Z"),
        ("2023-11-20T10:00:00.123456789Z", "2023-11-20T10:00:00.123Z"), ("2023-11-20T10:00:00.0004Z", "2023-11-20T10:00:00Z"),
        ("2016-12-31T23:59:60Z", "2017-01-01T00:00:00Z"), ("2024-02-29", "2024-02-29T00:00:00Z"), ("2000-02-29", "2000-02-29T00:00:00Z"),
        ("0001-01-01", "0001-01-01T00:00:00Z"), ("9999-12-31T23:59:59.999Z", "9999-12-31T23:59:59.999Z"),
        ("1969-12-31T23:59:59.999Z", "1969-12-31T23:59:59.999Z"),
        ("0001-01-01T01:00:00+01:00", "0001-01-01T00:00:00Z"), ("9999-12-31T22:59:59-01:00", "9999-12-31T23:59:59Z"),
    ])
    func good(_ text: String, expected: String) {
        #expect(Instant(text)?.description == expected)
    }

    @Test(arguments: [
        "", "2023", "2023-11", "2023-11-", "2023-1-20", "23-11-20", "2023-11-20T", "2023-11-20T10", "2023-11-20T10:00",
        "2023-11-20T10:00:00",
        "2023-11-20T10:00:00.Z", "2023-11-20T10:00:00,5Z", "2023-11-20T24:00:00Z", "2023-11-20T10:60:00Z", "2023-11-20T10:00:61Z",
        "2023-11-20T1:00:00Z",
        "2023-11-20T10:00:00+2:00", "2023-11-20T10:00:00+0200", "2023-11-20T10:00:00+24:00", "2023-11-20T10:00:00+02:60",
        "2023-11-20T10:00:00 Z",
        "2023-11-20T10:00:00Zx", "2023-11-20Z", "2023-13-01", "2023-00-01", "2023-01-00", "2023-01-32", "2023-02-29", "2023-04-31",
        "1900-02-29",
        "2100-02-29", "0000-01-01", "10000-01-01", "-001-01-01", "+2023-11-20", "2023/11/20", "20231120", " 2023-11-20", "2023-11-20 ",
        "２０２３-11-20",
        // In UTC, these are not in a year of four digits.
        "0001-01-01T00:00:00+00:01", "9999-12-31T23:59:59-00:01", "9999-12-31T23:59:60Z",
    ])
    func bad(_ text: String) {
        #expect(Instant(text) == nil)
    }

    @Test func everyMomentReadsBack() {
        var chance = Chance(seed: 1)
        for _ in 0..<20_000 {
            let instant = chance.instant()
            #expect(Instant(instant.description) == instant)
        }
        #expect(Instant(Instant.first.description) == .first && Instant(Instant.last.description) == .last)
        #expect(Instant.first.description == "0001-01-01T00:00:00Z" && Instant.last.description == "9999-12-31T23:59:59.999Z")
    }

    /// Foundation's parser agrees wherever both take the text; after the calendar's reform, since it knows the Julian one.
    @Test func foundationAgrees() throws {
        var chance = Chance(seed: 2)
        let style = Date.ISO8601FormatStyle(timeZone: TimeZone(secondsFromGMT: 0)!)
        let parser = ISO8601DateFormatter()
        for _ in 0..<5_000 {
            let seconds = Int64.random(in: -12_000_000_000...253_000_000_000, using: &chance)
            let instant = Instant(milliseconds: seconds * 1_000)
            #expect(instant.description == Date(timeIntervalSince1970: TimeInterval(seconds)).formatted(style))
            let zone = "\(chance.one(of: ["+", "-"]))\(10 + chance.below(13)):\(10 + chance.below(50))"
            let text = instant.description.dropLast() + zone
            let date = try #require(parser.date(from: String(text)), "\(text)")
            #expect(Instant(String(text))?.milliseconds == Int64(date.timeIntervalSince1970) * 1_000, "\(text)")
        }
    }

    @Test func order() {
        #expect(Instant("2023-11-20T10:00:00+02:00")! < Instant("2023-11-20T08:00:00.001Z")!)
        #expect(Instant("1969-12-31T23:59:59Z")!.day == -1 && Instant("1970-01-01")!.day == 0 && Instant.first.day == -719_162)
    }

    @Test func damageNeverTraps() {
        var chance = Chance(seed: 3)
        let letters = Array("0123456789-:TtZz+. é９")
        for _ in 0..<20_000 {
            var text = Array(chance.instant().description)
            for _ in 0...chance.below(3) { text[chance.below(text.count)] = chance.one(of: letters) }
            if let instant = Instant(String(text)) { #expect(Instant(instant.description) == instant, "\(String(text))") }
        }
    }
}

struct CalendarDayTests {
    @Test func everyDayReadsBack() {
        var previous = CalendarDay(days: Instant.first.day - 1)
        for days in stride(from: Instant.first.day, through: Instant.last.day, by: 1) {
            let day = CalendarDay(days: days)
            guard day.days == days, day != previous, CalendarDay(year: day.year, month: day.month, day: day.day) == day else {
                Issue.record("day \(days) is \(day)")
                return
            }
            previous = day
        }
        #expect(previous == CalendarDay(year: 9999, month: 12, day: 31))
    }

    @Test func foundationAgrees() {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = TimeZone(secondsFromGMT: 0)!
        var chance = Chance(seed: 4)
        for _ in 0..<5_000 {
            let days = Int64.random(in: -130_000...2_900_000, using: &chance)
            let parts = calendar.dateComponents([.year, .month, .day], from: Date(timeIntervalSince1970: TimeInterval(days) * 86_400))
            let day = CalendarDay(days: days)
            #expect(Int(day.year) == parts.year && Int(day.month) == parts.month && Int(day.day) == parts.day)
        }
    }

    @Test(
        arguments: [
            (2023, 2, 29), (2024, 2, 30), (2023, 4, 31), (2023, 0, 1), (2023, 13, 1), (2023, 1, 0), (0, 1, 1), (10_000, 1, 1),
            (2023, 12, 32),
        ] as [(Int64, Int64, Int64)])
    func impossible(year: Int64, month: Int64, day: Int64) {
        #expect(CalendarDay(year: year, month: month, day: day) == nil)
    }
}

struct EventDateTests {
    @Test(arguments: [
        ("2023", EventDate.Precision.year, "2023-01-01", "2024-01-01"), ("2024", .year, "2024-01-01", "2025-01-01"),
        ("1900", .year, "1900-01-01", "1901-01-01"),
        ("2023-02", .month, "2023-02-01", "2023-03-01"), ("2024-02", .month, "2024-02-01", "2024-03-01"),
        ("2023-12", .month, "2023-12-01", "2024-01-01"),
        ("2023-12-31", .day, "2023-12-31", "2024-01-01"), ("2024-02-28", .day, "2024-02-28", "2024-02-29"),
        ("2023-11-20T10:00:00Z", .time, "2023-11-20T10:00:00Z", "2023-11-20T10:00:00.001Z"),
        ("2023-11-20T10:00:00+02:00", .time, "2023-11-20T08:00:00Z", "2023-11-20T08:00:00.001Z"),
    ])
    func good(_ text: String, precision: EventDate.Precision, earliest: String, end: String) {
        let date = EventDate(text)
        #expect(date?.text == text && date?.precision == precision)
        #expect(date?.earliest == Instant(earliest) && date?.end == Instant(end))
    }

    @Test(arguments: [
        "", "20", "202", "20231", "2023-", "2023-1", "2023-13", "2023-00", "2023-2-1", "2023-02-29", "2023-11-20T", "2023-11-20T10:00",
        "0000", "abcd", "-023", "2023-W47", "２０",
    ])
    func bad(_ text: String) { #expect(EventDate(text) == nil) }

    @Test func everyDateHoldsItsMoments() {
        var chance = Chance(seed: 5)
        for _ in 0..<5_000 {
            let instant = Instant(milliseconds: Int64.random(in: Instant.first.milliseconds...Instant.last.milliseconds, using: &chance))
            for length in [4, 7, 10] {
                let date = EventDate(String(instant.description.prefix(length)))
                #expect(date.map { $0.earliest <= instant && instant < $0.end } == true)
            }
        }
    }
}
