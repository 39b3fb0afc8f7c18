import News
import Reader
import TestSupport
import Testing

struct DateTests {
    /// A Wednesday.
    static let published = Instant("2019-05-15T12:00:00Z") ?? .first

    static func read(_ text: String, published: Instant = published, language: String? = nil) -> [String] {
        let cut = TokenizedText(text)
        return DateReader(published: published, language: language).dates(in: cut).map { "\(cut.text(of: $0.tokens)) = \($0.value)" }
    }

    @Test(arguments: [
        // With a calendar's names.
        ("It closed on Friday, March 4, 2016.", ["Friday, March 4, 2016 = 2016-03-04"]),
        ("They meet on December 6 and 7 in Oslo.", ["December 6 = 2019-12-06", "7 = 2019-12-07"]),
        (
            "The fair runs from 23 June to 2 July 2020.",
            ["23 June = 2020-06-23", "2 July 2020 = 2020-07-02"].map { $0.replacing("2020-06", with: "2019-06") }
        ),
        ("It was shown January 23 - March 9 2014.", ["January 23 = 2014-01-23", "March 9 2014 = 2014-03-09"]),
        ("The 24th of February was cold.", ["The 24th of February = 2019-02-24"]),
        ("He died on Nov. 20 last year.", ["Nov. 20 = 2018-11-20", "last year = 2018"]),
        ("The vote was held in November.", ["November = 2018-11"]),
        ("The vote will be held in March.", ["March = 2020-03"]),
        ("She may march in May 2017, or early June.", ["May 2017 = 2017-05", "early June = 2019-06"]),
        (
            "Signed on 2019-03-04 and 31.12.2018, not 3/4/2018.",
            ["2019-03-04 = 2019-03-04", "31.12.2018 = 2018-12-31", "3/4/2018 = 2018-03-04"]
        ),
        ("They recall 9/11.", ["9/11 = 2001-09-11"]),
        ("There is no February 30, 2019.", ["February = 2019-02", "2019 = 2019"]),
        // Weekdays, by tense.
        ("The minister resigned on Monday.", ["Monday = 2019-05-13"]),
        ("The court will rule on Monday.", ["Monday = 2019-05-20"]),
        ("The court is to rule Friday.", ["Friday = 2019-05-17"]),
        ("He said on Tuesday that it would open.", ["Tuesday = 2019-05-14"]),
        ("The exhibition opens on Saturday.", ["Saturday = 2019-05-18"]),
        ("Trade was slow after Monday's strike, which will go on.", ["Monday = 2019-05-13"]),
        ("Ahead of Friday's vote both sides were calm.", ["Friday = 2019-05-17"]),
        ("Most of Friday's victims were young.", ["Friday = 2019-05-10"]),
        ("They left last Friday and come back next Tuesday night.", ["last Friday = 2019-05-10", "next Tuesday night = 2019-05-21TNI"]),
        ("It rained on Thursday of last week.", ["Thursday of last week = 2019-05-09"]),
        ("The Sunday Times wrote so on Sunday.", ["Sunday = 2019-05-12"]),
        // Counted from today.
        ("Yesterday it rained; tomorrow evening it will not.", ["Yesterday = 2019-05-14", "tomorrow evening = 2019-05-16TEV"]),
        (
            "The day before yesterday, and the day after tomorrow.",
            ["The day before yesterday = 2019-05-13", "the day after tomorrow = 2019-05-17"]
        ),
        (
            "Two weeks ago; five years ago; ten days ago.",
            ["Two weeks ago = 2019-W18", "five years ago = 2014", "ten days ago = 2019-05-05"]
        ),
        (
            "It fell last week, next month and earlier this year.",
            ["last week = 2019-W19", "next month = 2019-06", "earlier this year = 2019"]
        ),
        ("The market took place this weekend.", ["this weekend = 2019-W19-WE"]),
        ("The market will take place this weekend.", ["this weekend = 2019-W20-WE"]),
        ("By the end of the year; by year-end.", ["the end of the year = 2019", "year-end = 2019"]),
        ("Costs rose over the past 30 days and the last two years.", ["the past 30 days = P30D", "the last two years = P2Y"]),
        // Counted from what was told.
        ("She came on May 2 and left two days later.", ["May 2 = 2019-05-02", "two days later = 2019-05-04"]),
        ("He was shot on May 2. The following day he died.", ["May 2 = 2019-05-02", "The following day = 2019-05-03"]),
        ("Sales fell in 2016 and in the year before.", ["2016 = 2016", "the year before = 2015"]),
        ("That night in 1999 was long.", ["1999 = 1999"]),
        (
            "Profit rose in the third quarter of 2018 against the year-ago quarter.",
            ["the third quarter of 2018 = 2018-Q3", "the year-ago quarter = 2017-Q3"]
        ),
        ("Profit fell in the fourth quarter.", ["the fourth quarter = 2018-Q4"]),
        ("They led in the third quarter of the match.", []),
        // Clock times.
        ("The train left at 9:30 p.m. on Monday.", ["9:30 p.m. on Monday = 2019-05-13T21:30"]),
        ("It begins on Friday at 10am local time.", ["Friday at 10am local time = 2019-05-17T10:00"]),
        ("Shots were heard at 1415 GMT.", ["1415 GMT = 2019-05-15T14:15Z"]),
        (
            "On May 2 polls closed at 22:30 and the last vote came at 2:30 the next day.",
            ["May 2 = 2019-05-02", "22:30 = 2019-05-02T22:30", "2:30 the next day = 2019-05-03T02:30"]
        ),
        ("He ran it in 2:30.", []), ("She arrived at noon.", ["noon = 2019-05-15T12:00"]),
        // Years and what is longer.
        (
            "In nineteen eighty-four; in 1984-85; in two thousand and eight.",
            ["nineteen eighty-four = 1984", "1984 = 1984", "85 = 1985", "two thousand and eight = 2008"]
        ),
        (
            "The 1990s, the early '60s, the sixties and the 20th century.",
            ["The 1990s = 199", "the early '60s = 196", "the sixties = 196", "the 20th century = 19"]
        ),
        ("About 2000 soldiers paid $1999 for 1998 km.", []),
        ("Since 1812 the 2014 protests were the largest.", ["1812 = 1812", "2014 = 2014"]),
        (
            "Last summer, in the spring of 2020 and this winter.",
            ["Last summer = 2018-SU", "the spring of 2020 = 2020-SP", "this winter = 2019-WI"]
        ),
        (
            "A year-ago loss, a quarter of it, paid April eight; in May two men left.",
            ["A year-ago = 2018", "April eight = 2019-04-08", "May = 2019-05"]
        ),
        ("It fell at year end 1985.", ["year end 1985 = 1985"]), ("Other months are for hours.", ["hours = PTXH"]),
        // Holidays.
        ("They met on Christmas Eve and on New Year's Day 2017.", ["Christmas Eve = 2018-12-24", "New Year's Day 2017 = 2017-01-01"]),
        ("Good Friday 2019 and Thanksgiving 2018.", ["Good Friday 2019 = 2019-04-19", "Thanksgiving 2018 = 2018-11-22"]),
        // Lengths and what comes again.
        (
            "An 11-year lull, two and a half years, half a century.",
            ["11-year = P11Y", "two and a half years = P2.5Y", "half a century = P50Y"]
        ),
        (
            "Every Monday, every two years, twice a week, daily, $5 a month.",
            ["Every Monday = XXXX-WXX-1", "every two years = P2Y", "twice a week = P1W", "daily = P1D", "a month = P1M"]
        ),
        ("Now, recently, in the future.", ["Now = PRESENT_REF", "recently = PAST_REF", "the future = FUTURE_REF"]),
    ])
    func saysWhatIsMeant(text: String, expected: [String]) {
        #expect(Self.read(text) == expected)
    }

    @Test func daysAreThoseOfTheZone() {
        let night = Instant("2019-05-15T23:30:00Z") ?? .first
        let text = TokenizedText("It happened today.")
        #expect(DateReader(published: night).dates(in: text).first?.value == "2019-05-15")
        #expect(DateReader(published: night, zoneMinutes: 60).dates(in: text).first?.value == "2019-05-16")
    }

    @Test func theArticlesOwnDateOutranksThatOfTheCopy() {
        let body = TokenizedText("Friday, May 17, 2019\n\nThe bridge was closed yesterday.")
        let reader = DateReader(published: Self.published)
        #expect(reader.dated(by: body).dates(in: body).last?.value == "2019-05-16")
        let other = TokenizedText("TURKU, May 14 (Agency) - The bridge was closed today.")
        #expect(reader.dated(by: other).dates(in: other).last?.value == "2019-05-14")
        let far = TokenizedText("Friday, May 17, 2013\n\nThe bridge was closed yesterday.")
        #expect(reader.dated(by: far).dates(in: far).last?.value == "2019-05-14")
    }

    @Test func pointsHaveDays() throws {
        let text = TokenizedText("It was told last week, in 2016, in March 2017, in the 1990s and at the end of 2018.")
        let days = DateReader(published: Self.published).dates(in: text).map {
            "\($0.first.map(Self.text) ?? "") \($0.last.map(Self.text) ?? "")"
        }
        #expect(
            days == [
                "2019-5-6 2019-5-12", "2016-1-1 2016-12-31", "2017-3-1 2017-3-31", "1990-1-1 1999-12-31", "2018-12-31 2018-12-31",
            ])
    }

    private static func text(_ day: CalendarDay) -> String { "\(day.year)-\(day.month)-\(day.day)" }

    @Test func otherLanguagesHaveDatesInDigits() {
        #expect(
            Self.read("Am 24.02.2022 und 2021-05-01, am Montag", language: "de") == ["24.02.2022 = 2022-02-24", "2021-05-01 = 2021-05-01"])
        #expect(Self.read("le 3/4/2018", language: "fr") == ["3/4/2018 = 2018-04-03"])
    }

    /// Sound against whatever comes: in order, without overlap, within the text, and the same when asked again.
    @Test func nothingBreaksIt() {
        var texts = Hostile.kinds.map { $0.make(20_000) }
        var chance = Chance(seed: 7)
        for _ in 0..<2_000 { texts.append(Hostile.mixture(&chance, pieces: 50)) }
        for text in texts {
            let cut = TokenizedText(text)
            for published in [Instant.first, Self.published, .last] {
                let dates = DateReader(published: published).dates(in: cut)
                #expect(zip(dates, dates.dropFirst()).allSatisfy { $0.tokens.upperBound <= $1.tokens.lowerBound })
                #expect(dates.allSatisfy { $0.tokens.upperBound <= cut.tokens.count && !$0.tokens.isEmpty && !$0.value.isEmpty })
                #expect(dates.allSatisfy { ($0.first?.days ?? 0) <= ($0.last?.days ?? .max) || $0.first == nil })
                for date in dates.prefix(5) { #expect(text.cut(date.span) == cut.text(of: date.tokens)) }
            }
        }
    }
}
