import News

/// Dates that a calendar has: with digits, with the name of a month, with a year.
extension DateScan {
    /// `2019-03-04`, `3/4/2019`, `4.3.2019`, whatever the language; and 9/11, which is a day and no fraction.
    func numericDate(at index: Int) -> TimeExpression? {
        if let year = plainNumber(index, 4...4), isJoined(index + 1, "-"), let month = plainNumber(index + 2, 2...2),
            isJoined(index + 3, "-"),
            !hasSpace(index + 4), let (dayOfMonth, rest) = digits(index + 4, 2...2), rest.isEmpty || rest.first == UInt8(ascii: "T"),
            let day = day(year, month, dayOfMonth)
        {
            return TimeExpression(index..<index + 5, .day(day), 0.99)
        }
        if let first = plainNumber(index, 1...2), isJoined(index + 1, "/"), !hasSpace(index + 2), let second = plainNumber(index + 2, 1...2)
        {
            if isJoined(index + 3, "/"), !hasSpace(index + 4), let year = plainNumber(index + 4, 2...4) {
                let whole = year < 100 ? year + (year <= (thisYear + 10) % 100 ? 2_000 : 1_900) : year
                let isDayFirst = first > 12 || reader.isDayFirst && second <= 12
                guard year < 100 || year > 999, let day = day(whole, isDayFirst ? second : first, isDayFirst ? first : second) else {
                    return nil
                }
                return TimeExpression(index..<index + 5, .day(day), first > 12 || second > 12 || first == second ? 0.95 : 0.7)
            }
            if first == 9, second == 11, reader.isEnglish, let day = day(2001, 9, 11), today >= day {
                return TimeExpression(index..<index + 3, .day(day), 0.9)
            }
        }
        return dottedDate(at: index)
    }

    private func isJoined(_ index: Int, _ mark: Unicode.Scalar) -> Bool { text.isMark(index, mark) && !hasSpace(index) }

    private func dottedDate(at index: Int) -> TimeExpression? {
        let token = text.tokens[index]
        guard token.kind == .number, (8...10).contains(token.bytes.count) else { return nil }
        let parts = text.bytes[token.bytes].split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count == 3, parts[2].count == 4, parts[0].count <= 2, parts[1].count <= 2,
            let numbers = Optional(parts.map { $0.reduce(0) { $0 * 10 + Int($1) - 0x30 } }),
            parts.allSatisfy({ $0.allSatisfy { $0 &- 0x30 < 10 } }),
            let day = day(numbers[2], numbers[1], numbers[0])
        else { return nil }
        return TimeExpression(index..<index + 1, .day(day), 0.97)
    }

    // MARK: Months

    /// Dates with a month's name, with or without weekday and year; "December 6 and 7" is two.
    func calendarDates(at start: Int) -> [TimeExpression] {
        var index = start
        var weekdayName: Int?
        if case .weekday(let day, _) = word(index), isCapital(index) {
            weekdayName = day
            index += 1
            if isFunction(index, .comma) { index += 1 }
        }
        let prefix = isFunction(index, .the) ? index + 1 : index
        if let dates = dayBeforeMonth(prefix, from: start, weekdayName) { return dates }
        if let dates = dayAfterMonth(index, from: start, weekdayName) { return dates }
        return []
    }

    /// A day of a month in digits, with or without `th`.
    private func dayOfMonth(_ index: Int) -> Int? {
        if let (value, rest) = digits(index, 1...2), (1...31).contains(value) {
            if rest.isEmpty { return value }
            if rest.count == 2, Self.endings.contains(rest.map { $0 | 0x20 }) { return value }
        }
        return nil
    }

    /// "April eight", as some agencies write; "in May two people" is none.
    private func dayInWords(_ index: Int) -> Int? {
        guard !isFunction(index - 2, .in), let (value, next) = smallNumber(index), next == index + 1, value <= 31 else { return nil }
        if case .unit = word(next) { return nil }
        return isFunction(next, .hyphen) ? nil : value
    }

    private static let endings: Set<[UInt8]> = [Array("st".utf8), Array("nd".utf8), Array("rd".utf8), Array("th".utf8)]

    func month(_ index: Int) -> Int? {
        guard case .month(let month, _) = word(index), isCapital(index) else { return nil }
        return month
    }

    /// A year in four digits.
    func year(_ index: Int) -> Int? {
        guard let year = plainNumber(index, 4...4), (1_000...2_999).contains(year) else { return nil }
        return year
    }

    /// A year that follows, perhaps after a comma.
    private func following(_ index: Int) -> (year: Int, next: Int)? {
        if let year = year(index) { return (year, index + 1) }
        if isFunction(index, .comma), let year = year(index + 1) { return (year, index + 2) }
        return nil
    }

    /// "December 22, last year": another expression that says the year; and 11 September, where it says the attacks.
    private func yearToldBeside(_ index: Int, _ month: Int, _ day: Int) -> Int? {
        if month == 9, day == 11, index < count, Self.attacks.contains(text.tokens[index].key) { return 2001 }
        let next =
            isFunction(index, .comma) || isFunction(index, .of) || isFunction(index, .dash) || isFunction(index, .hyphen)
            ? index + 1 : index
        guard case .relative = word(next), let unit = relativeUnit(at: next, isPortion: false), case .year(let year) = unit.value else {
            return nil
        }
        return year
    }

    private static let attacks = Set(["attack", "attacks", "terror", "terrorist", "terrorists", "hijackers"].map { WordKey($0) })

    private func isConnector(_ index: Int) -> Bool {
        switch word(index) {
        case .function(.and), .function(.or), .function(.to), .function(.through), .function(.hyphen), .function(.dash), .function(.until),
            .function(.comma):
            true
        default: false
        }
    }

    /// "December 6", "Dec. 6-8, 2023", "December 6 and 7".
    private func dayAfterMonth(_ index: Int, from start: Int, _ weekdayName: Int?) -> [TimeExpression]? {
        guard let month = month(index), let first = dayOfMonth(index + 1) ?? dayInWords(index + 1),
            !isQuantity(after: index + 1, month: index)
        else { return nil }
        var next = index + 2
        if let (year, end) = following(next) {
            return day(year, month, first).map { [TimeExpression(start..<end, .day($0), 0.99)] }
        }
        var second: (range: Range<Int>, day: Int)?
        if isConnector(next), let day = dayOfMonth(next + 1), day > first, plainNumber(next + 1, 1...2) != nil, self.month(next + 2) == nil,
            !isFunction(next, .comma) || isFunction(next + 2, .and), !isQuantity(after: next + 1, month: index)
        {
            second = (next + 1..<next + 2, day)
            next += 2
        }
        var given = following(next)
        if second == nil, given == nil, isConnector(next), self.month(next + 1) != nil, dayOfMonth(next + 2) != nil {
            // "January 23 - March 9, 2014": the year is said once, at the end.
            given = following(next + 3).map { (year: $0.year, next: next) }
        }
        let end = given?.next ?? next
        let told = given == nil ? yearToldBeside(next, month, first) : nil
        let direction = given == nil ? tense.direction(of: start..<next) : .open
        let year = given?.year ?? told ?? year(of: month, first, weekdayName, direction)
        guard let one = day(year, month, first) else { return nil }
        let confidence = given != nil ? 0.97 : direction == .open ? 0.8 : 0.9
        guard let second, let two = day(year, month, second.day) else { return [TimeExpression(start..<end, .day(one), confidence)] }
        let firstEnd = index + 2
        return [
            TimeExpression(start..<firstEnd, .day(one), confidence),
            TimeExpression(second.range.lowerBound..<end, .day(two), confidence),
        ]
    }

    /// "6 December 2023", "6-8 December", "the 24th of February".
    private func dayBeforeMonth(_ index: Int, from start: Int, _ weekdayName: Int?) -> [TimeExpression]? {
        guard let first = dayOfMonth(index) else { return nil }
        var next = index + 1
        var second: Int?
        if isConnector(next), let day = dayOfMonth(next + 1), day > first, self.month(next + 2) != nil {
            second = day
            next += 2
        }
        let monthIndex = isFunction(next, .of) ? next + 1 : next
        guard let month = month(monthIndex) else { return nil }
        let given = following(monthIndex + 1)
        let end = given?.next ?? monthIndex + 1
        let told = given == nil ? yearToldBeside(end, month, first) : nil
        let direction = given == nil ? tense.direction(of: start..<end) : .open
        let year = given?.year ?? told ?? year(of: month, first, weekdayName, direction)
        guard let one = day(year, month, first) else { return nil }
        let confidence = given != nil ? 0.98 : direction == .open ? 0.8 : 0.9
        guard let second, let two = day(year, month, second) else { return [TimeExpression(start..<end, .day(one), confidence)] }
        return [TimeExpression(start..<index + 1, .day(one), confidence), TimeExpression(index + 2..<end, .day(two), confidence)]
    }

    /// "In March 12 people": the number counts something.
    private func isQuantity(after index: Int, month: Int) -> Bool {
        guard isFunction(month - 1, .in), index + 1 < count else { return false }
        let next = text.tokens[index + 1]
        return next.kind == .word && !next.isCapital && Self.counted.contains(next.key)
    }

    private static let counted: Set<WordKey> = Set(
        """
        people men women children percent per million billion thousand soldiers civilians others workers students cases officers members \
        deaths dead died were countries states companies km miles
        """.split(whereSeparator: \.isWhitespace).map { WordKey(String($0)) })

    /// The year that a day of a month falls in when none is said.
    func year(of month: Int, _ dayOfMonth: Int, _ weekdayName: Int?, _ direction: Direction) -> Int {
        let year = thisYear
        if let weekdayName {
            // A weekday tells which year is meant.
            for candidate in [year, year - 1, year + 1] {
                if let day = day(candidate, month, dayOfMonth), weekday(day) == weekdayName, abs(day - today) < 400 { return candidate }
            }
        }
        guard let day = day(year, month, min(dayOfMonth, 28)) else { return year }
        switch (direction, day - today) {
        case (.future, ..<(-45)): return year + 1
        case (.past, 20...), (.open, 240...): return max(1, year - 1)
        case (.open, ..<(-300)): return year + 1
        default: return year
        }
    }
}
