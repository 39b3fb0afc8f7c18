import News

/// What is counted: "two weeks ago", "the past 30 days", "an 11-year lull", "every two years"; and words like "now".
extension DateScan {
    /// A number of units: nil is some.
    private struct Amount {
        var value: Double?
        var next: Int
        /// Whether it is "a" or "an", which says little by itself.
        var isArticle = false
    }

    private func amount(at index: Int) -> Amount? {
        if let token = index < count ? text.tokens[index] : nil, token.kind == .number {
            return number(token).map { Amount(value: $0, next: index + 1) }
        }
        switch word(index) {
        case .number:
            guard let (value, next) = smallNumber(index) else { return nil }
            if isFunction(next, .hundred) { return Amount(value: Double(value * 100), next: next + 1) }
            if isFunction(next, .thousand) { return Amount(value: Double(value * 1_000), next: next + 1) }
            if case .dozen = word(next) { return Amount(value: Double(value * 12), next: next + 1) }
            return Amount(value: Double(value), next: next)
        case .article:
            switch word(index + 1) {
            case .couple: return Amount(value: 2, next: isFunction(index + 2, .of) ? index + 3 : index + 2)
            case .dozen: return Amount(value: 12, next: index + 2)
            case .vague: return Amount(value: nil, next: index + 2)
            case .function(.hundred): return Amount(value: 100, next: index + 2)
            case .function(.thousand): return Amount(value: 1_000, next: index + 2)
            case .half: return Amount(value: 0.5, next: isFunction(index + 2, .hyphen) ? index + 3 : index + 2)
            default: return Amount(value: 1, next: index + 1, isArticle: true)
            }
        case .couple: return Amount(value: 2, next: isFunction(index + 1, .of) ? index + 2 : index + 1)
        case .dozen: return Amount(value: 12, next: index + 1)
        case .vague: return Amount(value: nil, next: index + 1)
        case .half:
            guard case .article = word(index + 1) else { return nil }
            return Amount(value: 0.5, next: index + 2)
        default: return nil
        }
    }

    /// A number with commas and at most one point; nil where that would be nothing sensible.
    private func number(_ token: Token) -> Double? {
        var value = 0.0
        var scale = 0.0
        for byte in text.bytes[token.bytes] {
            switch byte {
            case 0x30...0x39:
                if scale == 0 {
                    value = value * 10 + Double(byte - 0x30)
                } else {
                    value += Double(byte - 0x30) * scale
                    scale /= 10
                }
            case UInt8(ascii: ","): break
            case UInt8(ascii: ".") where scale == 0: scale = 0.1
            default: return nil
            }
        }
        return value < 1_000_000 ? value : nil
    }

    /// "two weeks", "the last two weeks", "two weeks ago", "two weeks later".
    func counted(at start: Int) -> TimeExpression? {
        var index = start
        if isFunction(index, .the) { index += 1 } else if case .relative(.that) = word(index) { index += 1 }
        var relation: TimeWord.Relation?
        if case .relative(let found) = word(index), index > start || found != .that {
            relation = found
            index += 1
            if found == .this, case .relative = word(index) { index += 1 }
        }
        guard index == start || relation != nil else { return nil }
        if relation == nil, let bare = bareUnits(at: start) { return bare }
        guard let amount = amount(at: index) else { return nil }
        index = amount.next
        if isFunction(index, .and), case .article = word(index + 1), case .half = word(index + 2) {
            return withUnit(start, amount, 0.5, index + 3, relation)
        }
        return withUnit(start, amount, 0, index, relation)
    }

    private func withUnit(_ start: Int, _ amount: Amount, _ extra: Double, _ at: Int, _ relation: TimeWord.Relation?) -> TimeExpression? {
        var index = at
        // "[Ten] years ago": what an editor put in.
        if index < count, text.isMark(index, "]"), text.isMark(start - 1, "[") { index += 1 }
        let isJoined = isFunction(index, .hyphen)
        if isJoined { index += 1 } else if isFunction(index, .consecutive) { index += 1 }
        guard case .unit(let unit, let isPlural) = word(index) else { return nil }
        if unit == .weekend || unit == .season { guard relation == nil, !amount.isArticle else { return nil } }
        if unit == .second, !isPlural, !isJoined || amount.isArticle { return nil }
        // "it will one day be used".
        if unit == .day, !isPlural, !isJoined, !amount.isArticle, amount.value == 1, !isFunction(index + 1, .ago), relation == nil {
            return nil
        }
        // "World Cup 2018 day five".
        if !isPlural, !isJoined, let value = amount.value, value > 100 { return nil }
        var value = amount.value.map { $0 + extra }
        index += 1
        // "a year and a half".
        if isFunction(index, .and), case .article = word(index + 1), case .half = word(index + 2) {
            value = value.map { $0 + 0.5 }
            index += 3
        }
        if isJoined, isFunction(index, .hyphen), isFunction(index + 1, .old) || isFunction(index + 1, .long) { index += 2 }
        let range = start..<index
        switch relation {
        case .last, .past, .previous: return stretch(range, value, unit, -1)
        case .next, .coming, .following: return stretch(range, value, unit, 1)
        case .this, .same, .that: return TimeExpression(range, .duration(value, unit), 0.8)
        case nil: break
        }
        // "a year-ago loss".
        if isFunction(index, .hyphen), isFunction(index + 1, .ago) { index += 1 }
        if isFunction(index, .ago) { return shiftedBy(start..<index + 1, value, unit, -1, from: today, 0.95) }
        if isFunction(index, .from), case .reference(.present) = word(index + 1) {
            return shiftedBy(start..<index + 2, value, unit, 1, from: today, 0.9)
        }
        // "a year earlier" is counted from the date told last.
        var sign: Int?
        if case .portion(let portion) = word(index), portion == .earlier || portion == .later { sign = portion == .earlier ? -1 : 1 }
        if isFunction(index, .before) || isFunction(index, .after), endsPhrase(index + 1) { sign = isFunction(index, .before) ? -1 : 1 }
        if let sign {
            let isFine = unit == .day || unit == .week || unit == .fortnight
            let anchor = isFine ? anchorDay(for: start) : anchor(for: start)?.days.first
            return shiftedBy(start..<index + 1, value, unit, sign, from: anchor ?? today, anchor == nil ? 0.6 : 0.75)
        }
        if amount.isArticle {
            // "$5 a year", "three times a week".
            // "A quarter" is a part of anything.
            if unit == .quarter { return nil }
            if isRate(start) { return TimeExpression(range, .repeated(1, unit), 0.8) }
            guard unit != .second, unit != .minute, !isJoined || unit == .hour || isPlural == false else { return nil }
        }
        return TimeExpression(range, .duration(value, unit), amount.isArticle ? 0.7 : 0.9)
    }

    /// "recent weeks", "the coming months", "for years", "days".
    private func bareUnits(at index: Int) -> TimeExpression? {
        guard case .unit(let unit, true) = word(index), unit != .second, unit != .minute, unit != .season else { return nil }
        if unit == .day, index > 0, text.tokens[index - 1].key == Self.these { return TimeExpression(index..<index + 1, .present, 0.8) }
        if isFunction(index + 1, .ago) { return TimeExpression(index..<index + 2, .past, 0.9) }
        guard index > 0, Self.beforeBareUnits.contains(text.tokens[index - 1].key) else { return nil }
        return TimeExpression(index..<index + 1, .duration(nil, unit), 0.7)
    }

    private func isRate(_ start: Int) -> Bool {
        guard start > 0, case .unit = word(start + 1) else { return false }
        let previous = text.tokens[start - 1]
        return previous.kind == .number || previous.kind == .symbol || previous.traits.contains(.digit) || isFunction(start - 1, .once)
            || Self.rates.contains(previous.key)
    }

    private static let beforeBareUnits = Set(
        ["for", "after", "of", "within", "over", "during", "in", "recent", "coming", "past", "last", "next", "early", "previous"].map {
            WordKey($0)
        })
    private static let these = WordKey("these")
    private static let rates = Set(
        ["times", "dollars", "euros", "pounds", "million", "billion", "people", "percent", "barrels", "dlrs"].map { WordKey($0) })

    /// A length of time up to today, or from today.
    func stretch(_ range: Range<Int>, _ amount: Double?, _ unit: TimeUnit, _ sign: Int) -> TimeExpression? {
        let other = days(amount, unit, sign, from: today)
        let value: TimeValue =
            sign < 0 ? .stretch(amount, unit, first: other, last: today) : .stretch(amount, unit, first: today, last: other)
        return TimeExpression(range, value, 0.85)
    }

    /// The day that is so much before or after another.
    private func days(_ amount: Double?, _ unit: TimeUnit, _ sign: Int, from base: Int64) -> Int64? {
        guard let amount, amount < 100_000 else { return nil }
        switch unit {
        case .second, .minute: return base
        case .hour: return base + Int64(sign) * Int64(amount / 24)
        case .day: return base + Int64(sign) * Int64(amount)
        case .weekend, .week: return base + Int64(sign) * Int64(amount * 7)
        case .fortnight: return base + Int64(sign) * Int64(amount * 14)
        case .month: return months(amount, sign, base)
        case .quarter, .season: return months(amount * 3, sign, base)
        case .year: return months(amount * 12, sign, base)
        case .decade: return months(amount * 120, sign, base)
        case .century: return months(amount * 1_200, sign, base)
        }
    }

    private func months(_ amount: Double, _ sign: Int, _ base: Int64) -> Int64? {
        let day = CalendarDay(days: base)
        guard amount < 120_000, let (year, month) = month(Int(day.year), Int(day.month), plus: sign * Int(amount)) else { return nil }
        let last = CalendarDay.length(ofMonth: Int64(month), year: Int64(year))
        return self.day(year, month, Int(min(day.day, last)))
    }

    /// The day, week, month or year that is so much before or after: as precise as what is counted.
    private func shiftedBy(_ range: Range<Int>, _ amount: Double?, _ unit: TimeUnit, _ sign: Int, from base: Int64, _ confidence: Double)
        -> TimeExpression?
    {
        guard let amount else { return TimeExpression(range, sign < 0 ? .past : .future, confidence) }
        guard let day = days(amount, unit, sign, from: base), day >= Instant.first.day, day <= Instant.last.day else { return nil }
        let date = CalendarDay(days: day)
        let value: TimeValue
        switch unit {
        case .second, .minute, .hour, .day: value = .day(day)
        case .week, .fortnight, .weekend: value = .week(monday(day))
        case .month: value = .month(year: Int(date.year), month: Int(date.month))
        case .quarter, .season: value = .quarter(year: Int(date.year), (Int(date.month) + 2) / 3)
        case .year, .decade:
            value =
                amount.rounded() == amount || unit == .decade ? .year(Int(date.year)) : .month(year: Int(date.year), month: Int(date.month))
        case .century: value = .decade(Int(date.year) / 10)
        }
        return TimeExpression(range, value, confidence)
    }

    // MARK: What comes again

    /// "daily", "every Monday", "every two years", "twice a week", "per year", "Mondays".
    func repeated(at start: Int) -> TimeExpression? {
        switch word(start) {
        case .frequency(let unit):
            // The Daily News is no habit.
            guard !isCapital(start) || !isCapital(start + 1) && !isCapital(start - 1) else { return nil }
            return TimeExpression(start..<start + 1, .repeated(1, unit), 0.85)
        case .weekdays(let day):
            return isCapital(start) ? TimeExpression(start..<start + 1, .weekly(day), 0.85) : nil
        case .function(.every):
            var index = start + 1
            if case .weekday(let day, false) = word(index), isCapital(index) {
                return TimeExpression(start..<index + 1, .weekly(day), 0.95)
            }
            if case .part = word(index) { return TimeExpression(start..<index + 1, .repeated(1, .day), 0.9) }
            var amount = 1.0
            if let (value, next) = smallNumber(index) {
                amount = Double(value)
                index = next
            } else if let value = plainNumber(index, 1...2) {
                amount = Double(value)
                index += 1
            }
            guard case .unit(let unit, _) = word(index) else { return nil }
            return TimeExpression(start..<index + 1, .repeated(amount, unit), 0.95)
        case .function(.per):
            guard case .unit(let unit, false) = word(start + 1) else { return nil }
            return TimeExpression(start..<start + 2, .repeated(1, unit), 0.9)
        case .function(.once):
            guard case .article = word(start + 1), case .unit(let unit, false) = word(start + 2) else { return nil }
            return TimeExpression(start..<start + 3, .repeated(1, unit), 0.9)
        default: return nil
        }
    }

    /// "now", "recently", "at present", "in the future".
    func reference(at start: Int) -> TimeExpression? {
        if case .reference(let value) = word(start) { return TimeExpression(start..<start + 1, value, 0.8) }
        let index = isFunction(start, .the) ? start + 1 : start
        if index > start || isFunction(start - 1, .at), isFunction(start - 1, .at), isFunction(index, .present) {
            return TimeExpression(start..<index + 1, .present, 0.8)
        }
        guard index > start else { return nil }
        if isFunction(start - 1, .in) {
            if isFunction(index, .future) { return TimeExpression(start..<index + 1, .future, 0.8) }
            if case .relative(.past) = word(index), endsPhrase(index + 1) { return TimeExpression(start..<index + 1, .past, 0.8) }
        }
        return nil
    }
}
