import News

extension EventScan {
    /// When the happening at a token was: the date nearest to it in its sentence, as a range where two belong together.
    ///
    /// A date that the sentence begins with is that of all of it, so far as `fronted` tokens.
    func time(of index: Int, in sentence: Range<Int>, reach: Int = 45, fronted: Int = 25) -> EventTime? {
        var best: (number: Int, distance: Int)?
        func consider(_ number: Int) {
            let date = dates[number]
            guard isPointInTime(date), !isOfAnother(date, than: index) else { return }
            // "On Friday, …" is about all of the sentence.
            let isFronted = date.tokens.lowerBound - sentence.lowerBound < 3 && index - date.tokens.upperBound < fronted
            var distance = date.tokens.lowerBound > index ? date.tokens.lowerBound - index : index - date.tokens.upperBound + 2
            if crossesClause(index, date.tokens) { distance += 12 }
            if distance < best?.distance ?? (isFronted ? 45 : reach) { best = (number, distance) }
        }
        var number = firstDate(endingAfter: max(sentence.lowerBound, index - 45))
        while number < dates.count, dates[number].tokens.lowerBound < min(sentence.upperBound, index + 45) {
            consider(number)
            number += 1
        }
        return best.flatMap { time($0.number) }
    }

    private func isPointInTime(_ date: FoundDate) -> Bool {
        guard date.kind == .date || date.kind == .time, let precision = date.precision else { return false }
        return precision != .century && precision != .decade
    }

    /// "before Monday", "by Friday", "until May": the happening is not then.
    private func isOfAnother(_ date: FoundDate, than index: Int) -> Bool {
        guard date.tokens.lowerBound > 0 else { return false }
        let before = date.tokens.lowerBound - 1
        if isOne(before, of: Self.otherTimes) && before != index { return true }
        // "As of Friday", "which ended in 2002".
        if key(before) == Self.of, key(before - 1) == Self.as { return true }
        return Range(from: max(index + 1, before - 3), to: before + 1).contains { isOne($0, of: Self.endings) }
    }

    private static let endings = EventWords.keys("ended ends end ending expires expired expire expiring")

    private static let otherTimes = EventWords.keys("before after by until till than ahead following")

    /// Whether a relative clause or another main clause stands between.
    private func crossesClause(_ index: Int, _ range: Range<Int>) -> Bool {
        // "since" right before a date belongs to it.
        // The date may stand where the happening does: "the November 5 election" has it inside.
        let between = index < range.lowerBound ? Range(from: index + 1, to: range.lowerBound - 1) : Range(from: range.upperBound, to: index)
        return between.contains { text.isMark($0, ";") || isOne($0, of: Self.clauseWords) }
    }

    private static let clauseWords = EventWords.keys("after before when while because although since said says told who whose but")

    private func time(_ number: Int) -> EventTime? {
        let date = dates[number]
        guard let first = date.first, let last = date.last else { return nil }
        var time = EventTime(
            start: eventDate(date), first: first.days, last: last.days, isDay: isDay(date))
        if time.start == nil {
            time.start = EventDate(Self.text(first))
            time.end = EventDate(Self.text(last))
        }
        if isOne(date.tokens.lowerBound - 1, of: [Self.since]) { time.isOpen = true }
        // "December 6 and 7", "from May 3 to June 5".
        for (one, other) in [(number, number + 1), (number - 1, number)] where one >= 0 && other < dates.count {
            let gap = Range(from: dates[one].tokens.upperBound, to: dates[other].tokens.lowerBound)
            guard gap.count == 1, isOne(gap.lowerBound, of: Self.rangeWords), isPointInTime(dates[one]), isPointInTime(dates[other]),
                let first = dates[one].first, let last = dates[other].last, first.days < last.days, last.days - first.days < 400
            else { continue }
            if key(gap.lowerBound) == Self.and, last.days - first.days > 10 { continue }
            guard let start = eventDate(dates[one]), let end = eventDate(dates[other]) else { continue }
            time.start = start
            time.end = end
            time.first = first.days
            time.last = last.days
            break
        }
        return time
    }

    private static let rangeWords = EventWords.keys("and to through until - – —")

    private func isDay(_ date: FoundDate) -> Bool { date.precision == .day || date.precision == .partOfDay || date.precision == .minute }

    /// A date as events have it; nil for weeks, seasons and the like, which are two days.
    private func eventDate(_ date: FoundDate) -> EventDate? {
        switch date.precision {
        case .day, .partOfDay, .minute: EventDate(String(date.value.prefix(10)))
        case .month: EventDate(String(date.value.prefix(7)))
        case .year: EventDate(String(date.value.prefix(4)))
        default: nil
        }
    }

    private static func text(_ day: CalendarDay) -> String {
        func digits(_ value: Int64, _ width: Int) -> String {
            let text = String(value)
            return String(repeating: "0", count: max(0, width - text.utf8.count)) + text
        }
        return digits(day.year, 4) + "-" + digits(day.month, 2) + "-" + digits(day.day, 2)
    }

    /// Whether it is over, by its date first and by its verb where the date leaves that open.
    func status(_ kind: EventKind, _ time: EventTime?, isFuture: Bool, isOngoing: Bool) -> Event.Status {
        guard let time else { return isFuture ? .planned : isOngoing ? .ongoing : .past }
        if time.first > today { return .planned }
        if isOngoing || time.isOpen && kind.lasts { return .ongoing }
        if time.last < today { return .past }
        if isFuture { return .planned }
        // Two days that today is between.
        return time.end != nil && time.isDay && time.first < today && time.last > today ? .ongoing : .past
    }
}
