import News

extension Reading {
    /// Finds direct speech in a text, and who said it among the mentions of the article.
    ///
    /// A speaker is the subject of a verb of saying beside the quoted words. "He said" is followed to the person told of last who can be
    /// meant; quoted words without such a verb belong to who spoke before them in the same paragraph.
    public static func quotes(in text: TokenizedText, field: TextSpan.Field, mentions: [Mention]) -> [FoundQuote] {
        var scan = QuoteScan(text: text, field: field, mentions: mentions)
        return scan.run()
    }
}

/// One pass over a text's quotes. Each looks at a bounded number of tokens and mentions around it.
struct QuoteScan {
    /// Who speaks, and how sure that is.
    struct Speaker {
        var mention: Int?
        var words: Range<Int>?
        var confidence: Double
    }

    let text: TokenizedText
    let field: TextSpan.Field
    let mentions: [Mention]
    let names: MentionIndex
    let spans: [QuoteMarks.Span]

    init(text: TokenizedText, field: TextSpan.Field, mentions: [Mention]) {
        self.text = text
        self.field = field
        self.mentions = mentions
        names = MentionIndex(text: text, field: field, mentions: mentions)
        spans = QuoteMarks.spans(in: text)
    }

    mutating func run() -> [FoundQuote] {
        var quotes: [FoundQuote] = []
        var last: (speaker: Speaker, inner: Range<Int>, isClosed: Bool)?
        for (number, span) in spans.enumerated() {
            let inner = span.inner
            let words = inner.count { text.tokens[$0].kind != .punctuation }
            let isWhole = isWhole(inner, words)
            let previous = number > 0 ? spans[number - 1].inner : nil
            let next = number + 1 < spans.count ? spans[number + 1].inner : nil
            var speaker = speakerAfter(inner, next) ?? speakerBefore(inner, previous, isWhole: isWhole)
            if var found = speaker, found.mention == nil, let words = found.words {
                found = resolve(words, quote: inner, last: last?.speaker.mention, confidence: found.confidence)
                speaker = found
            }
            if speaker == nil, let last, continues(last.inner, last.isClosed, inner, isWhole: isWhole), words > 3 || isWhole {
                speaker = Speaker(mention: last.speaker.mention, words: last.speaker.words, confidence: last.speaker.confidence * 0.8)
            }
            if speaker == nil, !isWhole, words > 4 { speaker = speakerOfSentenceBefore(inner) }
            // A paragraph of speech alone is by who spoke in the paragraph before.
            if speaker == nil, isWhole, isParagraph(inner) {
                if let last, text.sentence(of: inner.lowerBound) - text.sentence(of: last.inner.upperBound - 1) <= 2 {
                    speaker = Speaker(mention: last.speaker.mention, words: last.speaker.words, confidence: last.speaker.confidence * 0.7)
                } else {
                    speaker = speakerOfSentenceBefore(inner, acrossParagraphs: true)
                }
            }
            // Two words in quotes are a title or a word held at arm's length.
            guard isWhole && (speaker != nil || words > 6 || isStop(inner.upperBound - 1) || isAlone(inner)) || speaker != nil && words > 2
            else { continue }
            if let speaker { last = (speaker, inner, span.isClosed) }
            quotes.append(
                FoundQuote(
                    text: text.text(of: inner), span: text.span(of: inner, in: field), sentence: text.sentence(of: inner.lowerBound),
                    speaker: speaker?.mention, attribution: speaker?.words.map { text.span(of: $0, in: field) }, isWhole: isWhole,
                    confidence: speaker?.confidence ?? 0))
        }
        return quotes
    }

    /// Whether quoted words and their marks are all that their paragraph says.
    private func isParagraph(_ inner: Range<Int>) -> Bool {
        guard inner.lowerBound > 0, text.tokens[inner.lowerBound - 1].traits.contains(.lineBefore) else { return false }
        var end = inner.upperBound
        while end < text.tokens.count, text.tokens[end].kind == .punctuation, !text.tokens[end].traits.contains(.lineBefore) { end += 1 }
        return end >= text.tokens.count || text.tokens[end].traits.contains(.lineBefore)
    }

    /// Whether quoted words and their marks are a sentence of their own.
    private func isAlone(_ inner: Range<Int>) -> Bool {
        isParagraph(inner) || startsSentence(inner.lowerBound - 1) && !text.isMark(inner.upperBound, ",")
    }

    /// Whether quoted words are a sentence at least: they begin with a capital and end with a stop, or with the line.
    private func isWhole(_ inner: Range<Int>, _ words: Int) -> Bool {
        guard words > 2, let first = inner.first(where: { text.tokens[$0].kind != .punctuation }), let last = inner.last else {
            return false
        }
        let begins = text.tokens[first].isCapital || text.tokens[first].kind == .number || text.leadingScalar(of: first).value > 0x24F
        guard begins else { return false }
        if text.tokens[last].kind == .punctuation { return true }
        // A comma was cut off, or the closing mark ends the line.
        let after = last + 1
        if after < text.tokens.count, text.isMark(after, ",") { return words > 3 }
        let end = after + 1
        let endsLine = end >= text.tokens.count || text.tokens[end].traits.contains(.lineBefore) || isStop(end)
        return endsLine && words > 3 && (startsSentence(inner.lowerBound - 1) || isColon(inner.lowerBound - 2))
    }

    func isStop(_ index: Int) -> Bool {
        text.isMark(index, ".") || text.isMark(index, "!") || text.isMark(index, "?")
    }

    private func isColon(_ index: Int) -> Bool { text.isMark(index, ":") || text.isMark(index, ",") }

    private func startsSentence(_ index: Int) -> Bool {
        index <= 0 || index < text.tokens.count && text.sentences[text.sentence(of: index)].lowerBound == index
    }

    /// Whether words go on with the speech before them: next to it, in its paragraph, or after a paragraph that left it open.
    private func continues(_ last: Range<Int>, _ isClosed: Bool, _ inner: Range<Int>, isWhole: Bool) -> Bool {
        let between = text.sentence(of: inner.lowerBound) - text.sentence(of: last.upperBound - 1)
        guard between >= 0, between <= 2 else { return false }
        let breaks = Range(from: last.upperBound, to: inner.lowerBound).contains { text.tokens[$0].traits.contains(.lineBefore) }
        return breaks ? !isClosed && inner.lowerBound - last.upperBound < 3 : true
    }

    /// Who a pronoun or a noun stands for.
    private func resolve(_ words: Range<Int>, quote: Range<Int>, last: Int?, confidence: Double) -> Speaker {
        guard let number = names.resolve(words, quote: quote, last: last) else {
            return Speaker(mention: nil, words: words, confidence: 0.5)
        }
        return Speaker(mention: number, words: words, confidence: confidence * (words.count == 1 ? 0.95 : 0.9))
    }

    // MARK: The words around

    /// `"…," said Smith`, `"…," Smith, the mayor, said`, `"…," according to Smith`.
    private func speakerAfter(_ inner: Range<Int>, _ next: Range<Int>?) -> Speaker? {
        var start = inner.upperBound
        while start < text.tokens.count, start < inner.upperBound + 3, text.tokens[start].kind == .punctuation, !text.isMark(start, "(") {
            start += 1
        }
        guard start < text.tokens.count else { return nil }
        let first = text.tokens[start]
        guard !first.traits.contains(.lineBefore) else { return nil }
        // A full stop within the quote and a capital after it begin something else, unless a short clause of saying follows.
        let limit = min(text.tokens.count, start + 30, next.map { $0.lowerBound } ?? .max)
        var end = start
        while end < limit, !isStop(end), !text.isMark(end, ";"), end == start || !text.tokens[end].traits.contains(.lineBefore) { end += 1 }
        let crosses = text.sentence(of: start) != text.sentence(of: inner.upperBound - 1)
        if isAccording(start) { return subject(from: start + 2, to: end).map { after($0, crosses) } }
        if SpeechVerbs.plain.contains(first.key), !first.isCapital {
            if let found = subject(from: start + 1, to: end) { return after(found, crosses) }
            return nil
        }
        var verb = start
        while verb < end, verb < start + (crosses ? 6 : 16),
            !SpeechVerbs.plain.contains(text.tokens[verb].key) || text.tokens[verb].isCapital
        { verb += 1 }
        guard verb < end, verb > start, verb < start + (crosses ? 6 : 16) else { return mentionAtEnd(start, end) }
        // "… ," Smith said. Where a new sentence begins it says who speaks only if nothing is quoted after it.
        if crosses, let next, next.lowerBound - verb < 8 { return nil }
        if crosses, verb + 1 < end, !isStop(verb + 1) { return nil }
        // Another clause of its own: a verb before the verb of saying.
        return subject(before: verb, from: start)
    }

    private func after(_ speaker: Speaker, _ crosses: Bool) -> Speaker {
        var speaker = speaker
        if crosses { speaker.confidence *= 0.8 }
        return speaker
    }

    /// In a headline: `"…": Smith`, `"…" - Smith`.
    private func mentionAtEnd(_ start: Int, _ end: Int) -> Speaker? {
        guard start > 1, text.isMark(start - 1, ":") || text.isMark(start - 1, "-") || text.leadingScalar(of: start - 1).value == 0x2013
        else { return nil }
        guard let number = names.mention(startingIn: Range(from: start, to: min(end, start + 4))), mentions[number].tokens.upperBound >= end
        else {
            return nil
        }
        return Speaker(mention: number, words: nil, confidence: 0.8)
    }

    /// `Smith said: "…"`, `Smith told reporters that "…"`, `Smith: "…"`.
    private func speakerBefore(_ inner: Range<Int>, _ previous: Range<Int>?, isWhole: Bool) -> Speaker? {
        let mark = inner.lowerBound - 1
        guard mark > 0 else { return nil }
        var sentence = text.sentences[text.sentence(of: mark)]
        // The mark begins a sentence of its own after "Smith said:".
        if sentence.lowerBound == mark {
            guard text.isMark(mark - 1, ":") else { return nil }
            sentence = text.sentences[text.sentence(of: mark - 1)]
        }
        let floor = max(sentence.lowerBound, mark - 40, previous.map { $0.upperBound + 1 } ?? 0)
        guard floor < mark else { return nil }
        var doer: Speaker?
        if text.isMark(mark - 1, ":"), let number = names.mention(endingAt: mark - 1) {
            let first = mentions[number].tokens.lowerBound
            guard first > floor, Self.toward.contains(text.tokens[first - 1].key) else {
                return Speaker(mention: number, words: nil, confidence: 0.9)
            }
            // "Smith praised Jones on Twitter: "…"": who does it speaks, and is named first.
            if let person = names.mention(startingIn: floor..<first, prefer: .person), mentions[person].kind == .person {
                doer = Speaker(mention: person, words: nil, confidence: 0.6)
            }
        }
        var verb = mark - 1
        while verb >= floor, !(SpeechVerbs.before.contains(text.tokens[verb].key) && !text.tokens[verb].isCapital) {
            if isAccording(verb) { return subject(from: verb + 2, to: mark) }
            verb -= 1
        }
        guard verb >= floor else { return doer }
        // A verb far from a word or two in quotes tells of something else.
        if !isWhole, mark - verb > 25 { return nil }
        return subject(before: verb, from: floor) ?? doer
    }

    private func isAccording(_ index: Int) -> Bool {
        index + 1 < text.tokens.count && text.tokens[index].key == Self.according && text.tokens[index + 1].key == Self.to
    }

    // MARK: Subjects

    /// The subject that follows: a name, perhaps after titles, or a noun.
    private func subject(from start: Int, to end: Int) -> Speaker? {
        guard start < end else { return nil }
        let first = text.tokens[start]
        if SpeechVerbs.pronouns.contains(first.key) { return Speaker(mention: nil, words: start..<start + 1, confidence: 0.8) }
        // "told reporters" has its subject elsewhere.
        var stop = start
        while stop < end, stop < start + 14, text.tokens[stop].kind != .punctuation || text.isMark(stop, "-") { stop += 1 }
        guard stop > start else { return nil }
        if let number = names.mention(startingIn: start..<stop, prefer: .person) {
            let isPerson = mentions[number].kind == .person
            return Speaker(mention: number, words: nil, confidence: isPerson ? 0.95 : 0.7)
        }
        // "said the mayor, Anna Smith".
        if stop + 1 < end, text.isMark(stop, ","), let number = names.mention(startingIn: stop + 1..<min(stop + 3, end)),
            mentions[number].kind == .person
        {
            return Speaker(mention: number, words: nil, confidence: 0.85)
        }
        guard isNoun(start..<stop) else { return nil }
        return Speaker(mention: nil, words: start..<min(stop, start + 8), confidence: 0.6)
    }

    /// The subject that stands before a verb, within its clause.
    private func subject(before verb: Int, from floor: Int) -> Speaker? {
        var end = verb
        while end > floor, SpeechVerbs.between.contains(text.tokens[end - 1].key) { end -= 1 }
        guard end > floor else { return nil }
        let last = text.tokens[end - 1]
        if SpeechVerbs.pronouns.contains(last.key), last.key != Self.her {
            return Speaker(mention: nil, words: end - 1..<end, confidence: 0.8)
        }
        if let number = names.mention(endingAt: end) {
            // "Smith of the Bank said": the person that the organisation belongs to, unless a clause ends between.
            if mentions[number].kind != .person, let person = person(before: mentions[number].tokens.lowerBound, from: floor) {
                return Speaker(mention: person, words: nil, confidence: 0.85)
            }
            return Speaker(mention: number, words: nil, confidence: mentions[number].kind == .person ? 0.95 : 0.8)
        }
        if text.isMark(end - 1, ",") || text.isMark(end - 1, ")") {
            // "Smith, the mayor of Leeds, said": the name before the clause that is set in.
            var comma = end - 2
            while comma > floor, end - comma < 30 {
                if text.isMark(comma, ",") || text.isMark(comma, "("), let number = names.mention(endingAt: comma),
                    mentions[number].kind == .person
                {
                    return Speaker(mention: number, words: nil, confidence: 0.9)
                }
                comma -= 1
            }
        }
        // A noun: back to its article.
        var start = end - 1
        while start > floor, end - start < 12, !Self.articles.contains(text.tokens[start].key), text.tokens[start].kind != .punctuation {
            start -= 1
        }
        if text.tokens[start].kind == .punctuation { start += 1 }
        guard start < end, isNoun(start..<end) else {
            if let number = names.mention(startingIn: floor..<end, prefer: .person), mentions[number].kind == .person,
                end - mentions[number].tokens.upperBound < 8
            {
                return Speaker(mention: number, words: nil, confidence: 0.6)
            }
            return nil
        }
        return Speaker(mention: nil, words: start..<end, confidence: 0.6)
    }

    /// A person right before an organisation: "Smith of", "Smith from".
    private func person(before token: Int, from floor: Int) -> Int? {
        for back in 1...3 where token - back > floor {
            if let number = names.mention(endingAt: token - back), mentions[number].kind == .person,
                (token - back..<token).allSatisfy({ Self.belonging.contains(text.tokens[$0].key) })
            {
                return number
            }
        }
        return nil
    }

    private func isNoun(_ range: Range<Int>) -> Bool { range.contains { SpeechVerbs.speakers.contains(text.tokens[$0].key) } }

    /// Who was said to speak in the sentence before: "…, Watson said. Their goal is to "…"."
    private func speakerOfSentenceBefore(_ inner: Range<Int>, acrossParagraphs: Bool = false) -> Speaker? {
        let number = text.sentence(of: inner.lowerBound)
        guard number > 0, acrossParagraphs || !text.tokens[text.sentences[number].lowerBound].traits.contains(.lineBefore) else {
            return nil
        }
        let sentence = text.sentences[number - 1]
        var verb = sentence.lowerBound
        while verb < min(sentence.upperBound, sentence.lowerBound + 30), !SpeechVerbs.plain.contains(text.tokens[verb].key) { verb += 1 }
        guard verb < sentence.upperBound, verb > sentence.lowerBound, var found = subject(before: verb, from: sentence.lowerBound) else {
            return nil
        }
        if found.mention == nil, let words = found.words {
            found = resolve(words, quote: inner, last: nil, confidence: found.confidence)
        }
        guard found.mention != nil else { return nil }
        return Speaker(mention: found.mention, words: nil, confidence: found.confidence * 0.6)
    }

    private static let according = WordKey("according")
    private static let to = WordKey("to")
    private static let her = WordKey("her")
    private static let articles = Set(["the", "a", "an", "his", "their", "its", "one", "another"].map { WordKey($0) })
    private static let toward = Set(["on", "in", "at", "to", "via", "with", "about", "against", "for"].map { WordKey($0) })
    private static let belonging = Set(["of", "from", "the", "at", "with", "'s"].map { WordKey($0) })
}
