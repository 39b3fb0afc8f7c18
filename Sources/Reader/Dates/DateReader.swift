import News

/// Finds expressions of time and says what they mean, seen from the day of publication.
///
/// The rules are those of TIMEX3 for news: dates, weekdays, years, seasons, holidays, clock times, what is counted from today or from a
/// date told before, lengths of time and what comes again. English is read fully; of other languages only dates in digits.
public struct DateReader: Sendable {
    /// The day of publication where the article was published, counted from 1970.
    var today: Int64
    /// Whether words are read, and not digits alone.
    let isEnglish: Bool
    /// Whether 3/4/2019 is the third of April.
    let isDayFirst: Bool

    /// A reader for an article of this time. The zone is given in minutes east of Greenwich; the language is BCP 47, and English if
    /// not given.
    public init(published: Instant, zoneMinutes: Int = 0, language: String? = nil) {
        let clamped = min(max(published, .first), .last)
        let local = clamped.milliseconds + Int64(max(-1_439, min(1_439, zoneMinutes))) * 60_000
        today = Instant(milliseconds: local).day
        let language = language?.lowercased() ?? "en"
        isEnglish = language == "en" || language.hasPrefix("en-")
        isDayFirst = language != "en" && language != "en-us"
    }

    /// The same reader, seen from the day that an article gives itself in its first line: "Friday, July 21, 2017" or
    /// "KYIV, Nov. 20 (Agency) -". It is trusted where it is near the time of publication, which may be that of a copy.
    public func dated(by body: TokenizedText) -> DateReader {
        let scan = DateScan(text: body, reader: self)
        guard isEnglish, let day = scan.dateline, abs(day - today) <= 3 else { return self }
        var reader = self
        reader.today = day
        return reader
    }

    /// The expressions of time in a text, in its order; none overlaps another.
    public func dates(in text: TokenizedText, field: TextSpan.Field = .body) -> [FoundDate] {
        var scan = DateScan(text: text, reader: self)
        scan.run()
        return scan.found.map { expression in
            let days = expression.days
            return FoundDate(
                span: text.span(of: expression.range, in: field), tokens: expression.range,
                sentence: text.sentence(of: expression.range.lowerBound), kind: expression.value.kind, value: expression.value.text,
                precision: expression.value.precision, first: days.first.map(CalendarDay.init(days:)),
                last: days.last.map(CalendarDay.init(days:)), confidence: expression.confidence)
        }
    }
}

/// An expression of time as tokens and what they mean.
struct TimeExpression {
    var range: Range<Int>
    var value: TimeValue
    var confidence: Double
    /// Which end of it is meant: "the end of the year".
    var portion: TimeWord.Portion?

    /// The first and the last day that are meant.
    var days: (first: Int64?, last: Int64?) {
        let days = value.days
        return portion == .end ? (days.last, days.last) : portion == .beginning ? (days.first, days.first) : days
    }

    init(_ range: Range<Int>, _ value: TimeValue, _ confidence: Double = 0.95) {
        self.range = range
        self.value = value
        self.confidence = confidence
    }
}

/// One pass over a text. Each rule looks at a bounded number of tokens, and what is found is not looked at again.
struct DateScan {
    let text: TokenizedText
    let reader: DateReader
    let words: [TimeWord?]
    let tense: TenseReader
    var found: [TimeExpression] = []
    /// Whether the text speaks of money, so that a quarter is one of a year and not one of a match.
    let isFinance: Bool

    init(text: TokenizedText, reader: DateReader) {
        self.text = text
        self.reader = reader
        tense = TenseReader(text: text)
        let table = TimeWord.table
        words = reader.isEnglish ? text.tokens.map { table[$0.key] } : []
        isFinance = reader.isEnglish && text.tokens.contains { Self.financeWords.contains($0.key) }
    }

    var count: Int { text.tokens.count }
    var today: Int64 { reader.today }

    mutating func run() {
        var index = 0
        while index < count {
            guard reader.isEnglish ? words[index] != nil || text.tokens[index].traits.contains(.digit) : isDigits(index) else {
                index += 1
                continue
            }
            let matches = match(at: index)
            found.append(contentsOf: matches)
            index = max(index + 1, matches.last?.range.upperBound ?? 0)
        }
    }

    /// The longest that begins here; rules come in the order of trust, and the first of equals wins.
    private func match(at index: Int) -> [TimeExpression] {
        if let numeric = numericDate(at: index) { return [numeric] }
        guard reader.isEnglish else { return [] }
        var best: [TimeExpression] = []
        func offer(_ some: [TimeExpression]) {
            guard let end = some.last?.range.upperBound, end > best.last?.range.upperBound ?? 0 else { return }
            best = some
        }
        offer(calendarDates(at: index))
        if let one = clockTime(at: index) { offer([one]) }
        if let one = point(at: index) { offer([one]) }
        if let one = counted(at: index) { offer([one]) }
        if let one = repeated(at: index) { offer([one]) }
        if best.isEmpty, let one = reference(at: index) { offer([one]) }
        return best.count == 1 ? [withClock(best[0])] : best
    }

    /// The day that stands alone on a line near the beginning, or in front of the first sentence.
    var dateline: Int64? {
        for sentence in text.sentences.prefix(3) {
            for index in sentence.prefix(8) where words[index] != nil || isDigits(index) {
                let dates = calendarDates(at: index)
                guard dates.count == 1, case .day(let day) = dates[0].value else { continue }
                let end = dates[0].range.upperBound
                if index == sentence.lowerBound, end == sentence.upperBound { return day }
                let isPlace = text.tokens[sentence.lowerBound..<index].allSatisfy { $0.isCapital || $0.kind == .punctuation }
                let closes = end < sentence.upperBound && (text.isMark(end, "(") || isFunction(end, .hyphen) || isFunction(end, .dash))
                return isPlace && closes && index > sentence.lowerBound ? day : nil
            }
        }
        return nil
    }

    // MARK: Words

    func word(_ index: Int) -> TimeWord? { index >= 0 && index < count ? words[index] : nil }

    func isFunction(_ index: Int, _ function: TimeWord.Function) -> Bool {
        if case .function(let found) = word(index) { return found == function }
        return false
    }

    func isCapital(_ index: Int) -> Bool { index >= 0 && index < count && text.tokens[index].isCapital }

    func hasSpace(_ index: Int) -> Bool { index < count && text.tokens[index].traits.contains(.spaceBefore) }

    private func isDigits(_ index: Int) -> Bool { text.tokens[index].traits.contains(.digit) }

    /// A whole number of so many digits, and what follows it in the same token.
    func digits(_ index: Int, _ widths: ClosedRange<Int>) -> (value: Int, rest: ArraySlice<UInt8>)? {
        guard index >= 0, index < count, text.tokens[index].traits.contains(.digit) else { return nil }
        let bytes = text.bytes[text.tokens[index].bytes]
        var value = 0
        var width = 0
        for byte in bytes {
            guard byte &- 0x30 < 10 else { break }
            width += 1
            guard width <= widths.upperBound else { return nil }
            value = value * 10 + Int(byte - 0x30)
        }
        guard widths.contains(width) else { return nil }
        return (value, bytes.dropFirst(width))
    }

    /// A number in digits alone.
    func plainNumber(_ index: Int, _ widths: ClosedRange<Int>) -> Int? {
        guard let (value, rest) = digits(index, widths), rest.isEmpty else { return nil }
        return value
    }

    // MARK: What was told before

    /// The date told last, if it is in this sentence or the one before: "a day later" is counted from it.
    func anchor(for index: Int) -> TimeValue? {
        let sentence = text.sentence(of: index)
        for expression in found.suffix(4).reversed() {
            guard sentence - text.sentence(of: expression.range.lowerBound) <= 1 else { return nil }
            let kind = expression.value.kind
            if kind == .date || kind == .time, expression.value.days.first != nil { return expression.value }
        }
        return nil
    }

    /// The day told last; what is coarser than a day has none.
    func anchorDay(for index: Int) -> Int64? {
        let sentence = text.sentence(of: index)
        for expression in found.suffix(6).reversed() {
            guard sentence - text.sentence(of: expression.range.lowerBound) <= 2 else { return nil }
            switch expression.value {
            case .day(let day), .part(let day, _), .clock(let day, _, _): return day
            default: break
            }
        }
        return nil
    }

    private static let financeWords: Set<WordKey> = {
        let words = """
            profit profits revenue revenues earnings sales shares gdp growth economy economic fiscal income dividend dlrs losses exports \
            inflation output market markets investors results budget
            """
        return Set(words.split(separator: " ").map { WordKey(String($0)) })
    }()
}

// MARK: Calendar arithmetic

extension DateScan {
    /// A day of a year; nil if there is none.
    func day(_ year: Int, _ month: Int, _ day: Int) -> Int64? {
        CalendarDay(year: Int64(year), month: Int64(month), day: Int64(day))?.days
    }

    var thisYear: Int { Int(CalendarDay(days: today).year) }
    var thisMonth: Int { Int(CalendarDay(days: today).month) }

    /// 0 is Monday. 1970 began on a Thursday.
    func weekday(_ day: Int64) -> Int { Int(((day + 3) % 7 + 7) % 7) }

    func monday(_ day: Int64) -> Int64 { day - Int64(weekday(day)) }

    /// A month so many months on; nil outside the years 1 to 9999.
    func month(_ year: Int, _ month: Int, plus months: Int) -> (year: Int, month: Int)? {
        let index = year * 12 + month - 1 + months
        guard index >= 12, index < 120_000 else { return nil }
        return (index / 12, index % 12 + 1)
    }
}
