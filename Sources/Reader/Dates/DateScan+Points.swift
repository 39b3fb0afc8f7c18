import News

/// Points in time: weekdays, months, years and their like, and what is told from today.
extension DateScan {
    /// A point, with the word for its beginning or end before it: "early March", "the end of 2019".
    func point(at start: Int) -> TimeExpression? {
        var index = start
        if isFunction(index, .the) { index += 1 }
        if case .portion(let portion) = word(index) {
            var next = index + 1
            if isFunction(next, .hyphen) || isFunction(next, .in), portion == .mid { next += 1 }
            if portion == .beginning || portion == .middle || portion == .end {
                guard isFunction(next, .of) else { return nil }
                next += 1
            }
            guard let core = corePoint(at: next, isPortion: true) else { return nil }
            var point = TimeExpression(start..<core.range.upperBound, core.value, core.confidence)
            point.portion = portion
            return point
        }
        return corePoint(at: start, isPortion: false)
    }

    private func corePoint(at start: Int, isPortion: Bool) -> TimeExpression? {
        var best: TimeExpression?
        for rule in [
            weekdayPoint(at: start), dayPoint(at: start), partOfDay(at: start), relativeUnit(at: start, isPortion: isPortion),
            monthPoint(at: start, isPortion: isPortion), seasonPoint(at: start), quarterPoint(at: start), decadePoint(at: start),
            yearPoint(at: start, isPortion: isPortion), holiday(at: start),
        ] {
            if let rule, rule.range.upperBound > best?.range.upperBound ?? 0 { best = rule }
        }
        return best
    }

    // MARK: Days

    /// "Monday", "last Friday", "Friday last week", "this coming Sunday night".
    private func weekdayPoint(at start: Int) -> TimeExpression? {
        var index = start
        let relation = relation(&index)
        guard case .weekday(let name, let isShort) = word(index), isCapital(index), !isShort, !isPartOfName(index) else { return nil }
        var next = index + 1
        var confidence = 0.9
        let current = weekday(today)
        let back = Int64((current - name + 7) % 7)
        let ahead = Int64((name - current + 7) % 7)
        var day: Int64
        let direction = tense.direction(of: start..<next)
        switch relation {
        case .next, .coming: day = today + (ahead == 0 ? 7 : ahead)
        case .last, .past, .previous: day = today - (back == 0 ? 7 : back)
        case .following:
            guard let anchor = anchorDay(for: start) else { return nil }
            day = anchor + Int64((name - weekday(anchor) + 6) % 7) + 1
            confidence = 0.7
        case .that, .same:
            guard let anchor = anchorDay(for: start) else { return nil }
            day = anchor - Int64((weekday(anchor) - name + 7) % 7)
            confidence = 0.6
        case .this: day = direction == .past ? today - back : today + ahead
        case nil:
            day = direction == .future ? today + ahead : today - back
            if direction == .open { confidence = 0.7 }
        }
        // "Tuesday of last week", "Friday next week".
        let week = isFunction(next, .of) ? next + 1 : next
        if relation == nil, let unit = relativeUnit(at: week, isPortion: false), case .week(let monday) = unit.value {
            day = monday + Int64(name)
            next = unit.range.upperBound
            confidence = 0.95
        }
        if case .part(let part) = word(next) {
            return TimeExpression(start..<next + 1, .part(day, part), confidence)
        }
        return TimeExpression(start..<next, .day(day), confidence)
    }

    /// "Sunday Times", "Black Friday", "Mail on Sunday" are names.
    private func isPartOfName(_ index: Int) -> Bool {
        func isOne(_ index: Int, of keys: Set<WordKey>) -> Bool {
            index >= 0 && index < count && text.tokens[index].isCapital && keys.contains(text.tokens[index].key)
        }
        return isOne(index + 1, of: Self.afterWeekday) || isOne(index - 1, of: Self.beforeWeekday)
            || isFunction(index - 1, .on) && isOne(index - 2, of: [WordKey("mail")])
    }

    private static let afterWeekday = Set(
        ["times", "telegraph", "mirror", "express", "post", "herald", "mail", "world"].map { WordKey($0) })
    private static let beforeWeekday = Set(
        ["bloody", "sheffield", "ash", "palm", "super", "black", "good", "easter", "whit", "giving", "cyber", "shrove", "maundy", "ruby"]
            .map {
                WordKey($0)
            })

    /// "today", "yesterday evening", "the day before yesterday", "the following day", "that day".
    private func dayPoint(at start: Int) -> TimeExpression? {
        if case .relativeDay(let offset) = word(start) {
            // USA Today is a newspaper.
            guard !isCapital(start) || start == 0 || !text.tokens[start - 1].isAllCapitals || text.tokens[start].isAllCapitals else {
                return nil
            }
            let day = today + Int64(offset)
            if case .part(let part) = word(start + 1) { return TimeExpression(start..<start + 2, .part(day, part), 0.98) }
            return TimeExpression(start..<start + 1, .day(day), 0.97)
        }
        if case .tonight = word(start) { return TimeExpression(start..<start + 1, .part(today, .night), 0.97) }
        if case .overnight = word(start) { return TimeExpression(start..<start + 1, .part(today, .night), 0.7) }
        var index = start
        if isFunction(index, .the) { index += 1 }
        if case .unit(.day, false) = word(index), index > start {
            if isFunction(index + 1, .before) || isFunction(index + 1, .after) {
                let sign: Int64 = isFunction(index + 1, .before) ? -1 : 1
                if case .relativeDay(let offset) = word(index + 2), offset != 0 {
                    return TimeExpression(start..<index + 3, .day(today + Int64(offset) + sign), 0.95)
                }
                guard endsPhrase(index + 2) else { return nil }
                let anchor = anchorDay(for: start)
                return TimeExpression(start..<index + 2, .day((anchor ?? today) + sign), anchor == nil ? 0.6 : 0.75)
            }
        }
        guard case .relative(let relation) = word(index) else { return nil }
        let isDay = if case .unit(.day, false) = word(index + 1) { true } else { false }
        var part: PartOfDay?
        if case .part(let found) = word(index + 1) { part = found }
        guard isDay || part != nil else { return nil }
        let anchor = anchorDay(for: start)
        let day: Int64
        switch relation {
        case .next, .following:
            guard index > start || relation == .following else { return nil }
            day = (anchor ?? today) + 1
        case .previous: day = (anchor ?? today) - 1
        case .same, .that:
            guard let anchor else { return nil }
            day = anchor
        case .last where part != nil: day = today - 1
        case .this where part != nil:
            return TimeExpression(start..<index + 2, .part(today, part ?? .morning), 0.97)
        case .this, .last, .past, .coming: return nil
        }
        let confidence = relation == .last ? 0.95 : anchor == nil ? 0.6 : 0.8
        return TimeExpression(start..<index + 2, part.map { .part(day, $0) } ?? .day(day), confidence)
    }

    /// "the morning of May 5", "evening on Friday": the day says which.
    private func partOfDay(at start: Int) -> TimeExpression? {
        let index = isFunction(start, .the) ? start + 1 : start
        guard case .part(let part) = word(index), isFunction(index + 1, .of) || isFunction(index + 1, .on),
            let day = nakedDay(at: index + 2)
        else { return nil }
        return TimeExpression(start..<day.range.upperBound, .part(day.day, part), day.confidence)
    }

    /// A single day without a time of day: what a clock time can stand beside.
    func nakedDay(at index: Int) -> (range: Range<Int>, day: Int64, confidence: Double)? {
        let dates = calendarDates(at: index)
        if dates.count == 1, case .day(let day) = dates[0].value { return (dates[0].range, day, dates[0].confidence) }
        for found in [weekdayPoint(at: index), dayPoint(at: index)] {
            if let found, case .day(let day) = found.value { return (found.range, day, found.confidence) }
        }
        return nil
    }

    /// Whether nothing follows that "before" or "after" could belong to.
    func endsPhrase(_ index: Int) -> Bool {
        guard index < count, text.sentence(of: index) == text.sentence(of: index - 1) else { return true }
        return text.tokens[index].kind == .punctuation || isFunction(index, .and) || isFunction(index, .to) || isFunction(index, .in)
    }

    // MARK: Weeks to centuries

    /// "last week", "the following year", "later this month", "that decade".
    func relativeUnit(at start: Int, isPortion: Bool) -> TimeExpression? {
        var index = start
        let hasArticle = isFunction(index, .the)
        if hasArticle { index += 1 }
        let relation = relation(&index)
        if isFunction(index, .fiscal) { index += 1 }
        guard case .unit(let unit, false) = word(index) else { return nil }
        let next = index + 1
        if next < count, isFunction(next, .old) || isFunction(next, .hyphen) { return relation == nil ? yearEnd(start, index) : nil }
        guard let relation else {
            if unit == .weekend, hasArticle { return TimeExpression(start..<next, weekend(start..<next), 0.8) }
            // "the end of the year".
            if isPortion, hasArticle { return shifted(unit, 0, from: today).map { TimeExpression(start..<next, $0, 0.9) } }
            return yearBefore(start, index, unit) ?? yearEnd(start, index)
        }
        let steps: Int
        switch relation {
        case .last, .past, .previous: steps = -1
        case .next, .coming, .following: steps = 1
        case .this, .same, .that: steps = 0
        }
        if unit == .weekend {
            if relation == .this { return TimeExpression(start..<next, weekend(start..<next), 0.9) }
            return TimeExpression(start..<next, .weekend(monday(today) + 5 + Int64(steps * 7)), 0.9)
        }
        guard unit != .day, unit != .hour, unit != .minute, unit != .second, unit != .season else { return nil }
        // "the past year" goes up to today.
        if relation == .past && !isPortion || hasArticle && !isPortion && (relation == .last || relation == .coming) {
            return stretch(start..<next, 1, unit, steps)
        }
        var base = today
        var confidence = 0.95
        if relation == .previous || relation == .following || relation == .same || relation == .that || hasArticle && relation == .next {
            if let anchor = anchor(for: start)?.days.first {
                base = anchor
                confidence = 0.75
            } else if steps == 0 {
                return nil
            } else {
                confidence = 0.6
            }
        }
        return shifted(unit, steps, from: base).map { TimeExpression(start..<next, $0, confidence) }
    }

    /// "the year before", "the week after"; before a noun they belong to it.
    private func yearBefore(_ start: Int, _ index: Int, _ unit: TimeUnit) -> TimeExpression? {
        guard index == start + 1, isFunction(start, .the), isFunction(index + 1, .before) || isFunction(index + 1, .after) else {
            return nil
        }
        guard endsPhrase(index + 2) else { return nil }
        let anchor = anchor(for: start)?.days.first
        let steps = isFunction(index + 1, .before) ? -1 : 1
        return shifted(unit, steps, from: anchor ?? today).map { TimeExpression(start..<index + 2, $0, anchor == nil ? 0.6 : 0.75) }
    }

    /// "year end", "year-end".
    private func yearEnd(_ start: Int, _ index: Int) -> TimeExpression? {
        guard start == index, case .unit(let unit, false) = word(index), unit == .year || unit == .month else { return nil }
        let end = isFunction(index + 1, .hyphen) ? index + 2 : index + 1
        guard case .portion(.end) = word(end), let value = shifted(unit, 0, from: today) else { return nil }
        let given = unit == .year ? year(end + 1) : nil
        var point = TimeExpression(start..<(given == nil ? end + 1 : end + 2), given.map { .year($0) } ?? value, 0.8)
        point.portion = .end
        return point
    }

    /// The weekend of this week, or the one before where the text looks back before Saturday.
    private func weekend(_ range: Range<Int>) -> TimeValue {
        let saturday = monday(today) + 5
        return .weekend(today < saturday && tense.direction(of: range) == .past ? saturday - 7 : saturday)
    }

    /// The unit that a day is in, so many on.
    func shifted(_ unit: TimeUnit, _ steps: Int, from base: Int64) -> TimeValue? {
        let day = CalendarDay(days: base)
        let (year, month) = (Int(day.year), Int(day.month))
        func isYear(_ year: Int) -> Bool { (1...9_999).contains(year) }
        switch unit {
        case .week: return .week(monday(base) + Int64(steps) * 7)
        case .fortnight: return .week(monday(base) + Int64(steps) * 14)
        case .weekend: return .weekend(monday(base) + 5 + Int64(steps) * 7)
        case .month: return self.month(year, month, plus: steps).map { .month(year: $0.year, month: $0.month) }
        case .quarter: return self.month(year, month, plus: steps * 3).map { .quarter(year: $0.year, ($0.month + 2) / 3) }
        case .year, .season: return isYear(year + steps) ? .year(year + steps) : nil
        case .decade: return isYear(year + steps * 10) ? .decade((year + steps * 10) / 10) : nil
        case .century: return isYear(year + steps * 100) ? .century((year + steps * 100) / 100) : nil
        case .day: return .day(base + Int64(steps))
        case .hour, .minute, .second: return nil
        }
    }

    /// "last", "next", "this"; "this past" and "this coming" say which. Goes on behind it.
    private func relation(_ index: inout Int) -> TimeWord.Relation? {
        guard case .relative(let found) = word(index) else { return nil }
        index += 1
        guard found == .this, case .relative(let more) = word(index), more == .past || more == .coming else { return found }
        index += 1
        return more == .past ? .last : .next
    }
}
