import News

/// Names of the calendar: months, seasons, quarters.
extension DateScan {
    /// "March", "March 2019", "last March".
    func monthPoint(at start: Int, isPortion: Bool) -> TimeExpression? {
        var index = start
        var relation: TimeWord.Relation?
        if case .relative(let found) = word(index) {
            relation = found
            index += 1
        }
        guard case .month(let month, let isShort) = word(index), isCapital(index) else { return nil }
        var next = index + 1
        if isFunction(next, .of) || isFunction(next, .comma) { next += 1 }
        if relation == nil, let year = year(next) { return TimeExpression(start..<next + 1, .month(year: year, month: month), 0.97) }
        next = index + 1
        switch relation {
        case .last, .past, .previous:
            return TimeExpression(start..<next, .month(year: month < thisMonth ? thisYear : max(1, thisYear - 1), month: month), 0.85)
        case .next, .coming:
            return TimeExpression(start..<next, .month(year: month > thisMonth ? thisYear : thisYear + 1, month: month), 0.85)
        case .this: return TimeExpression(start..<next, .month(year: thisYear, month: month), 0.95)
        case .following, .same, .that: return nil
        case nil: break
        }
        // Verbs, names and steps are written like these months.
        let isDoubtful = isShort || month == 3 || month == 5 || month == 4 || month == 6 || month == 8
        guard !isDoubtful || isPortion || isTimePreposition(index - 1), !isShort || text.tokens[index].traits.contains(.abbreviation) else {
            return nil
        }
        let direction = tense.direction(of: start..<next)
        return TimeExpression(
            start..<next, .month(year: year(of: month, 15, nil, direction), month: month), direction == .open ? 0.75 : 0.85)
    }

    private func isTimePreposition(_ index: Int) -> Bool {
        switch word(index) {
        case .function(.in), .function(.since), .function(.by), .function(.until), .function(.from), .function(.of), .function(.before),
            .function(.after), .function(.to), .function(.and), .function(.through), .function(.during), .function(.between), .relative,
            .portion:
            true
        default: false
        }
    }

    /// "last summer", "the summer of 2015", "winter 1998", "in the spring".
    func seasonPoint(at start: Int) -> TimeExpression? {
        var index = start
        let hasArticle = isFunction(index, .the)
        if hasArticle { index += 1 }
        var relation: TimeWord.Relation?
        if !hasArticle, case .relative(let found) = word(index) {
            relation = found
            index += 1
        }
        guard case .season(let season) = word(index) else { return nil }
        let next = isFunction(index + 1, .of) ? index + 2 : index + 1
        if relation == nil, let year = year(next) { return TimeExpression(start..<next + 1, .season(year: year, season), 0.95) }
        // The winter of January began in the year before.
        let current = season == .winter && thisMonth < 4 ? thisYear - 1 : thisYear
        let year: Int
        switch relation {
        case .last, .past, .previous: year = current - 1
        case .next, .coming: year = current + 1
        case .this: year = current
        case .following, .same, .that: return nil
        case nil:
            guard hasArticle, isFunction(start - 1, .in) || isFunction(start - 1, .during), !isFunction(index + 1, .of) else { return nil }
            year = current
        }
        guard (1...9_998).contains(year) else { return nil }
        return TimeExpression(start..<index + 1, .season(year: year, season), relation == nil ? 0.6 : 0.85)
    }

    /// "the third quarter of 2015", "first-quarter", "Q3 2020", "the second half of last year", "the year-ago quarter".
    func quarterPoint(at start: Int) -> TimeExpression? {
        var index = start
        if isFunction(index, .the) { index += 1 }
        if case .unit(.year, false) = word(index), isFunction(index + 1, .hyphen), isFunction(index + 2, .ago) {
            // The quarter or the period that the report is about, a year before.
            if case .unit(.quarter, _) = word(index + 3) {
                if case .quarter(let year, let quarter) = anchor(for: start) ?? shifted(.quarter, -1, from: today), year > 1 {
                    return TimeExpression(start..<index + 4, .quarter(year: year - 1, quarter), 0.75)
                }
            }
            return shifted(.year, -1, from: today).map { TimeExpression(start..<index + 3, $0, 0.85) }
        }
        var number: Int?
        var isHalf = false
        if case .ordinal(let found) = word(index) { number = found }
        if case .unit(.second, false) = word(index) { number = 2 }
        if let (value, rest) = digits(index, 1...1), rest.count == 2 { number = value }
        if let number, (1...4).contains(number) {
            index += 1
            if isFunction(index, .hyphen) { index += 1 }
            if isFunction(index, .fiscal) { index += 1 }
            if case .half = word(index) { isHalf = true } else { guard case .unit(.quarter, false) = word(index) else { return nil } }
            guard !isHalf || number <= 2 else { return nil }
        } else if index == start, index < count, isCapital(index), text.tokens[index].bytes.count == 2,
            text.bytes[Int(text.tokens[index].start)] == UInt8(ascii: "Q"),
            let value = [UInt8(ascii: "1"), 0x32, 0x33, 0x34].firstIndex(of: text.bytes[Int(text.tokens[index].end) - 1])
        {
            number = value + 1
        } else {
            return nil
        }
        guard let number else { return nil }
        var next = index + 1
        let afterOf = isFunction(next, .of) ? next + 1 : next
        let yearIndex = isFunction(afterOf, .fiscal) ? afterOf + 1 : afterOf
        var year: Int?
        if let given = self.year(yearIndex) {
            year = given
            next = yearIndex + 1
        } else if let unit = relativeUnit(at: afterOf, isPortion: true), case .year(let given) = unit.value {
            year = given
            next = unit.range.upperBound
        }
        if year == nil, isHalf || !isFinance { return nil }
        let isKnown = year != nil
        if year == nil {
            let begun = (thisMonth + 2) / 3 >= number
            year = begun || tense.direction(of: start..<next) == .future ? thisYear : max(1, thisYear - 1)
        }
        guard let year else { return nil }
        return TimeExpression(start..<next, isHalf ? .half(year: year, number) : .quarter(year: year, number), isKnown ? 0.95 : 0.75)
    }
}
