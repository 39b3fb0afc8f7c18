import News

/// Years, decades and centuries, in digits and in words; and the days that have names.
extension DateScan {
    /// "the 1990s", "the '60s", "the sixties", "the 20th century", "the nineteenth century".
    func decadePoint(at start: Int) -> TimeExpression? {
        var index = start
        let hasArticle = isFunction(index, .the)
        if hasArticle { index += 1 }
        if let (value, rest) = digits(index, 4...4), rest.count == 1, rest.first.map({ $0 | 0x20 }) == UInt8(ascii: "s"), value % 10 == 0 {
            return TimeExpression(start..<index + 1, .decade(value / 10), 0.95)
        }
        if isFunction(index, .apostrophe), let (value, rest) = digits(index + 1, 2...2), rest.first == UInt8(ascii: "s"), value % 10 == 0 {
            return TimeExpression(start..<index + 2, .decade((value < 30 ? 2_000 : 1_900) / 10 + value / 10), 0.9)
        }
        if case .decade(let value) = word(index), value >= 20, hasArticle || isFunction(index - 1, .hyphen) {
            // "the sixties"; "the nineteen-sixties" begins at the number.
            return TimeExpression(start..<index + 1, .decade(190 + value / 10), 0.85)
        }
        if case .number(let hundreds) = word(index), (13...19).contains(hundreds) {
            let next = isFunction(index + 1, .hyphen) ? index + 2 : index + 1
            if case .decade(let value) = word(next) { return TimeExpression(start..<next + 1, .decade(hundreds * 10 + value / 10), 0.95) }
        }
        var number: Int?
        if let (value, rest) = digits(index, 1...2), rest.count == 2 { number = value }
        if case .ordinal(let value) = word(index) { number = value }
        var next = index + 1
        // "the twenty-first century".
        if case .number(20) = word(index), isFunction(next, .hyphen), case .ordinal(let value) = word(next + 1), value < 10 {
            number = 20 + value
            next += 2
        }
        if isFunction(next, .hyphen) { next += 1 }
        if let number, (1...21).contains(number), case .unit(.century, _) = word(next) {
            return TimeExpression(start..<next + 1, .century(number - 1), 0.95)
        }
        return nil
    }

    /// "2015" where it counts nothing, "fiscal 2016", "nineteen eighty-four", "twenty twenty".
    func yearPoint(at start: Int, isPortion: Bool) -> TimeExpression? {
        var index = start
        if isFunction(index, .fiscal) { index += 1 }
        if case .unit(.year, false) = word(index) { index += 1 }
        if let year = year(index) {
            guard index > start || isPortion || isYear(index, year) else { return nil }
            return TimeExpression(start..<index + 1, .year(year), isPreposition(index - 1) || index > start ? 0.95 : 0.85)
        }
        guard index == start else { return shortYear(at: start) }
        return yearInWords(at: start) ?? shortYear(at: start)
    }

    /// The end of "2019-20" and "2019–20".
    private func shortYear(at index: Int) -> TimeExpression? {
        guard isFunction(index - 1, .hyphen) || isFunction(index - 1, .dash) || isFunction(index - 1, .slash), !hasSpace(index),
            let value = plainNumber(index, 2...2), let last = found.last, last.range.upperBound == index - 1,
            case .year(let year) = last.value
        else { return nil }
        let whole = year / 100 * 100 + value + (value < year % 100 ? 100 : 0)
        guard whole > year, whole - year < 60 else { return nil }
        return TimeExpression(index..<index + 1, .year(whole), 0.85)
    }

    /// Whether four digits say a year: not a price, a number of people, or a part of a longer number.
    private func isYear(_ index: Int, _ year: Int) -> Bool {
        let hasPreposition = isPreposition(index - 1)
        guard year >= 1_800 && year <= 2_100 || hasPreposition && (year > 1_800 || !isFunction(index - 1, .of)) else { return false }
        if index > 0 {
            let previous = text.tokens[index - 1]
            let isTouching = !hasSpace(index)
            if previous.kind == .symbol, isTouching { return false }
            if isTouching, isFunction(index - 1, .hyphen), index > 1, plainNumber(index - 2, 4...4) == nil, !hasSpace(index - 1) {
                return false
            }
            if isTouching, text.isMark(index - 1, "/") || text.isMark(index - 1, ".") || text.isMark(index - 1, "#") { return false }
            if case .function(.than) = word(index - 1) { return false }
            if Self.counters.contains(previous.key) { return false }
            if plainNumber(index - 1, 1...12) != nil { return false }
        }
        guard index + 1 < count, text.sentence(of: index) == text.sentence(of: index + 1) else { return true }
        let next = text.tokens[index + 1]
        if next.kind == .symbol { return false }
        if text.isMark(index + 1, "-"), !hasSpace(index + 1), !hasSpace(index + 2) {
            return self.year(index + 2) != nil || plainNumber(index + 2, 2...2) != nil || hasPreposition
        }
        if Self.units.contains(next.key) { return false }
        // "2000 soldiers", but "the 2014 protests".
        let isPlural = next.kind == .word && !next.isCapital && text.bytes[Int(next.end) - 1] == UInt8(ascii: "s")
        return !(isPlural && year % 50 == 0 && !isFunction(index - 1, .the))
    }

    private func isPreposition(_ index: Int) -> Bool {
        switch word(index) {
        case .function(.in), .function(.since), .function(.by), .function(.until), .function(.from), .function(.during), .function(.circa),
            .function(.between), .function(.of):
            true
        default: false
        }
    }

    private static let counters = Set(
        ["some", "nearly", "almost", "least", "no", "nos", "no.", "page", "number", "flight", "room"].map { WordKey($0) })
    private static let units = Set(
        """
        people percent pct dollars troops soldiers million billion trillion workers members jobs points shares miles feet foot km \
        men women \
        employees kilometers kilometres metres meters m ft tons tonnes barrels euros pounds votes seats homes houses hours gmt utc est \
        kg mph rpm mw acres hectares pages residents students children cases deaths refugees migrants times dlrs mln stg yen copies
        """.split(whereSeparator: \.isWhitespace).map { WordKey(String($0)) })

    /// A number from 1 to 99 in words.
    func smallNumber(_ index: Int) -> (value: Int, next: Int)? {
        guard case .number(let value) = word(index) else { return nil }
        if value >= 20 {
            let next = isFunction(index + 1, .hyphen) ? index + 2 : index + 1
            if case .number(let rest) = word(next), rest < 10 { return (value + rest, next + 1) }
        }
        return (value, index + 1)
    }

    private func yearInWords(at start: Int) -> TimeExpression? {
        guard case .number(let hundreds) = word(start) else { return nil }
        if hundreds == 2, isFunction(start + 1, .thousand) {
            // "two thousand people" is none, so an "and" or a preposition has to say it.
            let hasAnd = isFunction(start + 2, .and)
            if let (value, next) = smallNumber(hasAnd ? start + 3 : start + 2),
                hasAnd && isPreposition(start - 1) || value > 0 && isPreposition(start - 1)
            {
                return TimeExpression(start..<next, .year(2_000 + value), 0.85)
            }
            return nil
        }
        guard (13...20).contains(hundreds) else { return nil }
        let next = isFunction(start + 1, .hyphen) ? start + 2 : start + 1
        if hundreds < 20, isFunction(next, .hundred), isPreposition(start - 1) {
            return TimeExpression(start..<next + 1, .year(hundreds * 100), 0.8)
        }
        guard next == start + 1 || hundreds < 20, let (value, end) = smallNumber(next), value >= 10,
            isPreposition(start - 1) || isFunction(start - 1, .comma) || start == 0 || value > 19
        else { return nil }
        if hundreds == 20, !isPreposition(start - 1) { return nil }
        return TimeExpression(start..<end, .year(hundreds * 100 + value), 0.85)
    }

    // MARK: Holidays

    /// "Christmas Eve", "New Year's Day", "Good Friday", and what else has a day of its own.
    func holiday(at index: Int) -> TimeExpression? {
        guard isCapital(index), case .function(let function) = word(index) else { return nil }
        let isDay = if case .unit(.day, false) = word(index + 1) { isCapital(index + 1) } else { false }
        let isEve = isFunction(index + 1, .eve)
        let possessive = isFunction(index + 1, .possessive) ? index + 2 : index + 1
        switch function {
        case .christmas:
            if isEve { return fixed(index..<index + 2, 12, 24) }
            if isDay { return fixed(index..<index + 2, 12, 25) }
            guard index + 1 >= count || !isCapital(index + 1) else { return nil }
            return isPreposition(index - 1) || isFunction(index - 1, .before) || isFunction(index - 1, .after) || isFunction(index - 1, .at)
                || isFunction(index - 1, .on) ? fixed(index..<index + 1, 12, 25) : nil
        case .boxing where isDay: return fixed(index..<index + 2, 12, 26)
        case .halloween: return fixed(index..<index + 1, 10, 31)
        case .new:
            // New Year's Eve.
            guard index + 3 < count, case .unit(.year, false) = word(index + 1), isCapital(index + 1), isFunction(index + 2, .possessive)
            else { return nil }
            if isFunction(index + 3, .eve) { return fixed(index..<index + 4, 12, 31) }
            if case .unit(.day, false) = word(index + 3) { return fixed(index..<index + 4, 1, 1) }
            return nil
        case .valentine:
            guard case .unit(.day, false) = word(possessive) else { return nil }
            return fixed(index..<possessive + 1, 2, 14)
        case .thanksgiving: return moving(isDay ? index..<index + 2 : index..<index + 1) { self.weekday(3, number: 4, of: 11, in: $0) }
        case .black:
            guard case .weekday(4, _) = word(index + 1) else { return nil }
            return moving(index..<index + 2) { self.weekday(3, number: 4, of: 11, in: $0).map { $0 + 1 } }
        case .labor where isDay: return moving(index..<index + 2) { self.weekday(0, number: 1, of: 9, in: $0) }
        case .memorial where isDay:
            return moving(index..<index + 2) { self.weekday(0, number: 1, of: 6, in: $0).map { $0 - 7 } }
        case .good:
            guard case .weekday(4, _) = word(index + 1), isCapital(index + 1) else { return nil }
            return moving(index..<index + 2) { self.easter($0).map { $0 - 2 } }
        case .easter:
            if case .weekday(let day, _) = word(index + 1), day == 6 || day == 0 {
                return moving(index..<index + 2) { self.easter($0).map { $0 + (day == 0 ? 1 : 0) } }
            }
            return isPreposition(index - 1) || isFunction(index - 1, .before) || isFunction(index - 1, .after) || isFunction(index - 1, .at)
                ? moving(index..<index + 1) { self.easter($0) } : nil
        default: return nil
        }
    }

    private func fixed(_ range: Range<Int>, _ month: Int, _ day: Int) -> TimeExpression? {
        moving(range) { self.day($0, month, day) }
    }

    /// The holiday of the year that is said, or that the tense says.
    private func moving(_ range: Range<Int>, _ day: (Int) -> Int64?) -> TimeExpression? {
        var end = range.upperBound
        if isFunction(end, .comma), year(end + 1) != nil { end += 1 }
        if let year = year(end), let day = day(year) { return TimeExpression(range.lowerBound..<end + 1, .day(day), 0.95) }
        guard let now = day(thisYear) else { return nil }
        switch (tense.direction(of: range), now - today) {
        case (.past, 20...), (.open, 200...): return day(max(1, thisYear - 1)).map { TimeExpression(range, .day($0), 0.8) }
        case (.future, ..<(-20)), (.open, ..<(-300)): return day(thisYear + 1).map { TimeExpression(range, .day($0), 0.8) }
        default: return TimeExpression(range, .day(now), 0.85)
        }
    }

    /// The first, second … such weekday of a month.
    private func weekday(_ weekday: Int, number: Int, of month: Int, in year: Int) -> Int64? {
        guard let first = day(year, month, 1) else { return nil }
        return first + Int64((weekday - self.weekday(first) + 7) % 7 + (number - 1) * 7)
    }

    /// Easter Sunday of the Gregorian calendar (the anonymous computus, Nature 1876).
    private func easter(_ year: Int) -> Int64? {
        let (a, b, c) = (year % 19, year / 100, year % 100)
        let h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30
        let l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7
        let m = (a + 11 * h + 22 * l) / 451
        let sum = h + l - 7 * m + 114
        return day(year, sum / 31, sum % 31 + 1)
    }
}
