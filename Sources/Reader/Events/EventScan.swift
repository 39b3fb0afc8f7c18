import News

/// A happening as one sentence tells it.
struct EventCandidate {
    var kind: EventKind
    var title: String
    /// How much the title says: the best one names the event.
    var titleScore = 0
    var when: EventTime?
    var status: Event.Status
    var place: Int?
    var participants: [FoundEvent.Participant] = []
    var sentence: Int
    var evidence: TextSpan
    var confidence = 0.3
    /// Told by a verb, with all that belongs to it.
    var isVerb = false
    /// "The visit", "the talks": a happening told of before.
    var isAnaphoric = false
}

/// When a happening was, as days and as the text is precise about it.
struct EventTime {
    var start: EventDate?
    var end: EventDate?
    var first: Int64
    var last: Int64
    var isDay: Bool
    /// It began then and goes on.
    var isOpen = false
}

/// One pass over a text's sentences. Each word for a happening is looked at with forty tokens around it.
struct EventScan {
    let text: TokenizedText
    let field: TextSpan.Field
    let mentions: [Mention]
    let names: MentionIndex
    let dates: [FoundDate]
    let today: Int64
    let tense: TenseReader
    /// Whether each token is within quoted speech.
    private let quoted: [Bool]
    /// Whether all of the text is in capitals.
    let isShouted: Bool

    init(text: TokenizedText, field: TextSpan.Field, mentions: [Mention], dates: [FoundDate], today: CalendarDay) {
        self.text = text
        self.field = field
        self.mentions = mentions
        names = MentionIndex(text: text, field: field, mentions: mentions)
        self.dates = dates.filter { $0.span.field == field && $0.tokens.upperBound <= text.tokens.count && $0.first != nil }
        self.today = today.days
        tense = TenseReader(text: text)
        var quoted = [Bool](repeating: false, count: text.tokens.count)
        for span in QuoteMarks.spans(in: text) where span.inner.count > 3 {
            for index in span.inner { quoted[index] = true }
        }
        self.quoted = quoted
        isShouted = text.tokens.count > 2 && !text.tokens.contains { $0.traits.contains(.lowercase) }
    }

    func gather(into gathered: inout EventGathering) {
        let table = EventWords.table
        for (number, sentence) in text.sentences.enumerated() {
            var candidates: [EventCandidate] = []
            var taken = sentence.lowerBound
            for index in sentence where index >= taken && !quoted[index] {
                guard let word = table[text.tokens[index].key], !isPartOfName(index), candidates.count < 12 else { continue }
                guard let candidate = candidate(at: index, word, in: sentence, number) else { continue }
                candidates.append(candidate)
                // "won the election" is told once.
                taken = candidate.isVerb ? min(clauseEnd(after: index, in: sentence), index + 10) : index + 1
            }
            for candidate in candidates { gathered.add(candidate) }
        }
    }

    private func candidate(at index: Int, _ word: EventWord, in sentence: Range<Int>, _ number: Int) -> EventCandidate? {
        if !word.verbs.isEmpty, word.noun == nil && !word.isNounToo || isVerb(index, in: sentence) {
            for verb in word.verbs {
                if let found = verbCandidate(index, verb, word.form, in: sentence, number) { return found }
            }
            return nil
        }
        guard let kind = word.noun else { return nil }
        return nounCandidate(index, kind, in: sentence, number)
    }

    /// Whether a word that is both is a verb here: after a pronoun, "to" or a modal, or after a name and before an object.
    private func isVerb(_ index: Int, in sentence: Range<Int>) -> Bool {
        guard index > sentence.lowerBound else { return false }
        let key = text.tokens[index - 1].key
        if key == Self.to || EventWords.not.contains(key) || EventWords.modal.contains(key) || EventWords.doubt.contains(key)
            || SpeechVerbs.pronouns.contains(key)
        {
            return true
        }
        guard names.mention(endingAt: index) != nil, index + 1 < sentence.upperBound else { return false }
        let next = text.tokens[index + 1]
        return next.isCapital || EventWords.determiners.contains(next.key)
    }

    /// A word within a name: the "Congress" of "US Congress", unless the name is of the event itself.
    private func isPartOfName(_ index: Int) -> Bool {
        guard let number = names.mention(at: index) else { return false }
        let mention = mentions[number]
        return mention.tokens.count > 1 && mention.kind != .other || mention.tokens == index..<index + 1
    }

    // MARK: Scores

    /// A candidate with what speaks for it. `isNamed` says that its words have a name, even of somebody who takes no part in it.
    func scored(_ candidate: EventCandidate, modifiers: Int, isNamed: Bool) -> EventCandidate {
        var candidate = candidate
        var confidence = 0.3
        if let when = candidate.when { confidence += when.isDay ? 0.25 : 0.12 }
        let agents = candidate.participants.contains { $0.role == .agent }
        let others = candidate.participants.contains { $0.role != .agent }
        if agents { confidence += 0.15 }
        if others { confidence += 0.12 }
        if candidate.place != nil { confidence += 0.15 }
        let isLead = field == .headline || candidate.sentence < 2
        if isLead { confidence += 0.08 }
        if modifiers > 0 { confidence += 0.03 }
        candidate.confidence = min(confidence, 0.95)
        // "The annual meeting", "two people were injured": who, and where? It may still bear witness to what is told elsewhere.
        if !agents, !others, candidate.place == nil, !isNamed, !isLead {
            candidate.confidence = min(candidate.confidence, EventGathering.tellable - 0.05)
        }
        return candidate
    }

    // MARK: Words

    func key(_ index: Int) -> WordKey? { index >= 0 && index < text.tokens.count ? text.tokens[index].key : nil }

    func isOne(_ index: Int, of keys: Set<WordKey>) -> Bool { key(index).map(keys.contains) ?? false }

    func isWord(_ index: Int) -> Bool { index >= 0 && index < text.tokens.count && text.tokens[index].kind == .word }

    func endsWith(_ index: Int, _ ending: String) -> Bool {
        let bytes = text.bytes[text.tokens[index].bytes]
        return bytes.count > ending.utf8.count && zip(bytes.suffix(ending.utf8.count), ending.utf8).allSatisfy { $0 | 0x20 == $1 }
    }

    static let to = WordKey("to")
    static let by = WordKey("by")
    static let with = WordKey("with")
    static let and = WordKey("and")
    static let of = WordKey("of")
    static let against = WordKey("against")
    static let between = WordKey("between")
    static let on = WordKey("on")
    static let since = WordKey("since")
    static let `as` = WordKey("as")

    /// The end of the clause that a token is in: the sentence, a semicolon, or a word that begins another clause.
    func clauseEnd(after index: Int, in sentence: Range<Int>, keepsAs: Bool = false) -> Int {
        var end = index + 1
        let last = min(sentence.upperBound, index + 31)
        while end < last {
            let token = text.tokens[end]
            if token.kind == .punctuation {
                let isInside =
                    text.isMark(end, "-") || text.isMark(end, ",") && !endsClause(end + 1, in: sentence) || text.isMark(end, "/")
                    || isApostrophe(end)
                if !isInside { break }
            } else if isOne(end, of: EventWords.stops), !(keepsAs && token.key == Self.as),
                end > index + 1 || !EventWords.be.contains(token.key)
            {
                break
            }
            end += 1
        }
        return end
    }

    /// Where to look for the place of a happening: past the verb, up to another clause.
    func placeEnd(after index: Int, in sentence: Range<Int>) -> Int {
        var end = index + 1
        let last = min(sentence.upperBound, index + 31)
        while end < last, !text.isMark(end, ";"), !isOne(end, of: Self.otherClauses),
            !(text.isMark(end, ",") && isOne(end + 1, of: EventWords.be))
        { end += 1 }
        return end
    }

    private static let otherClauses = EventWords.keys("who whose where after before when while because although since as but said says")

    func isApostrophe(_ index: Int) -> Bool {
        let scalar = text.leadingScalar(of: index).value
        return scalar == 0x27 || scalar == 0x2019
    }

    /// Whether after a comma another clause begins rather than another word for the same.
    private func endsClause(_ index: Int, in sentence: Range<Int>) -> Bool {
        guard index < sentence.upperBound else { return true }
        return isOne(index, of: EventWords.stops) || key(index) == Self.and || SpeechVerbs.plain.contains(text.tokens[index].key)
            || SpeechVerbs.pronouns.contains(text.tokens[index].key)
    }
}
