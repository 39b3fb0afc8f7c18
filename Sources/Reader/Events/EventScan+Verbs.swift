import News

extension EventScan {
    /// The words before a verb that belong to it, and what they say.
    struct VerbGroup {
        var start: Int
        var isPassive = false
        var isFuture = false
        var isPerfect = false
        var isDenied = false
        var isDoubtful = false
        var isInfinitive = false
        var hasBe = false
    }

    func verbGroup(_ verb: Int, in sentence: Range<Int>) -> VerbGroup {
        var group = VerbGroup(start: verb)
        var index = verb - 1
        while index >= sentence.lowerBound, verb - index < 9 {
            let key = text.tokens[index].key
            if EventWords.be.contains(key), !text.tokens[index].traits.contains(.clitic) || names.mention(endingAt: index) == nil {
                group.hasBe = true
            } else if EventWords.have.contains(key) {
                group.isPerfect = true
            } else if EventWords.modal.contains(key) {
                group.isFuture = true
            } else if EventWords.doubt.contains(key) {
                group.isDoubtful = true
            } else if key == Self.to, index == group.start - 1 {
                group.isInfinitive = true
                if index > sentence.lowerBound, isOne(index - 1, of: EventWords.intends) {
                    group.isFuture = true
                    index -= 1
                    group.start = index
                    index -= 1
                    continue
                }
                if index > sentence.lowerBound, isOne(index - 1, of: EventWords.vain) { group.isDenied = true }
            } else if EventWords.not.contains(key) {
                group.isDenied = true
            } else if !EventWords.adverbs.contains(key), key != Self.first, !endsWith(index, "ly") || text.tokens[index].isCapital {
                break
            }
            group.start = index
            index -= 1
        }
        return group
    }

    /// A happening that a verb tells: "Berg visited Oslo", "two men were arrested in Turku".
    func verbCandidate(_ index: Int, _ verb: EventVerb, _ form: EventVerb.Form, in sentence: Range<Int>, _ number: Int) -> EventCandidate? {
        var group = verbGroup(index, in: sentence)
        if group.isDenied || group.isDoubtful || group.isInfinitive && !group.isFuture { return nil }
        let isParticiple = form == .participle || form == .both
        if group.hasBe, isParticiple { group.isPassive = true }
        switch form {
        case .present: guard group.hasBe else { return nil }
        case .base: guard group.isFuture || field == .headline || isPlural(group.start - 1) else { return nil }
        case .participle: guard group.hasBe || group.isPerfect else { return nil }
        case .third, .past, .both: break
        }
        let end = clauseEnd(after: index, in: sentence, keepsAs: verb.kind == .appointment)
        var subjects = subjects(before: group.start, in: sentence)
        let object = verb.isUndergone ? nil : object(after: index, to: end)
        if !group.isPassive, isParticiple, !group.isPerfect, verb.isPassive, object == nil, !hasObject(after: index, to: end) {
            group.isPassive = true
        }
        // "Berg elected party leader"
        if verb.kind == .election, form == .both, object.map({ mentions[$0].kind != .person }) ?? true,
            Range(from: index + 1, to: min(end, index + 5)).contains(where: { isOne($0, of: Self.posts) })
        {
            group.isPassive = true
        }
        if verb.kind != .visit, subjects.count == 1, mentions[subjects[0]].kind == .other { subjects = [] }
        let words = subjects.isEmpty ? subjectWords(before: group.start, in: sentence) : nil
        if subjects.isEmpty, words == nil { return nil }
        if isAdjective(index, group, in: sentence) { return nil }
        guard fits(verb, index, end, subjects, object, group, in: sentence) else { return nil }

        var candidate = EventCandidate(
            kind: verb.kind, title: "", status: .past, sentence: number, evidence: text.span(of: sentence, in: field))
        candidate.when = time(of: index, in: clause(of: group.start, subjects, words, in: sentence))
        // What is told as past was not to come: the date is another's.
        if !group.isFuture, form == .past || form == .both, field != .headline, candidate.when.map({ $0.first > today }) ?? false {
            candidate.when = nil
        }
        let isOngoing = form == .present && group.hasBe
        let isFuture = group.isFuture || isOngoing && (candidate.when.map { $0.first > today } ?? false)
        candidate.status = status(verb.kind, candidate.when, isFuture: isFuture, isOngoing: isOngoing && !isFuture)
        for subject in subjects { add(subject, group.isPassive || verb.isUndergone ? .patient : .agent, to: &candidate) }
        if verb.kind == .meeting, let words, let body = names.mention(startingIn: words), mentions[body].kind == .organization {
            add(body, .agent, to: &candidate)
        }
        if let object, !group.isPassive {
            add(object, verb.kind == .meeting || verb.kind == .sport || verb.kind == .wedding ? .partner : .patient, to: &candidate)
        }
        addParticipants(after: index, to: end, verb.kind, &candidate)
        candidate.place = place(after: index, to: placeEnd(after: index, in: sentence), verb.kind) ?? placeBefore(group.start, in: sentence)
        if verb.kind == .visit, let object, mentions[object].kind == .place {
            candidate.place = object
            candidate.participants.removeAll { mentions[$0.mention].kind == .place }
        }
        candidate.title = title(verb, index, group, form, subjects: subjects, words: words, to: end)
        candidate.isVerb = verb.kind == .election || verb.kind == .award || verb.kind == .agreement || verb.kind == .sport
        candidate.titleScore = (text.tokens[index].isAllCapitals ? 0 : 3) + (subjects.isEmpty ? 0 : 2)
        return scored(candidate, modifiers: 0, isNamed: !subjects.isEmpty)
    }

    /// "The elected officials", "of detained journalists": not what happens, but which ones.
    private func isAdjective(_ index: Int, _ group: VerbGroup, in sentence: Range<Int>) -> Bool {
        guard group.start == index, index > sentence.lowerBound, index + 1 < sentence.upperBound, endsWith(index, "ed") else {
            return false
        }
        let before = text.tokens[index - 1].key
        return isWord(index + 1) && !EventWords.prepositions.contains(text.tokens[index + 1].key) && datedUntil(index + 1) == nil
            && (EventWords.determiners.contains(before) || EventWords.prepositions.contains(before))
    }

    /// The tokens of a sentence among which a verb's date is: "after Russia invaded Ukraine" is not when the rest of the sentence is.
    private func clause(of group: Int, _ subjects: [Int], _ words: Range<Int>?, in sentence: Range<Int>) -> Range<Int> {
        var start = words?.lowerBound ?? subjects.map { mentions[$0].tokens.lowerBound }.filter { $0 < group }.min() ?? group
        var steps = 0
        while start > sentence.lowerBound, steps < 6, isWord(start - 1), !isOne(start - 1, of: Self.subordinating),
            !EventWords.prepositions.contains(text.tokens[start - 1].key)
        {
            start -= 1
            steps += 1
        }
        return isOne(start - 1, of: Self.subordinating) ? start..<sentence.upperBound : sentence
    }

    static let subordinating = EventWords.keys("after before since until till following")
    private static let first = WordKey("first")
    private static let least = WordKey("least")

    private func isPlural(_ index: Int) -> Bool {
        guard isWord(index) else { return false }
        return endsWith(index, "s") && !text.tokens[index].isCapital
    }

    private func fits(
        _ verb: EventVerb, _ index: Int, _ end: Int, _ subjects: [Int], _ object: Int?, _ group: VerbGroup, in sentence: Range<Int>
    ) -> Bool {
        switch verb.need {
        case .nothing:
            if verb.kind == .appointment {
                // A bridge is opened, a film nominated.
                return
                    (group.isPassive ? subjects.first : object ?? names.mention(startingIn: Range(from: index, to: end), prefer: .person))
                    .map { mentions[$0].kind == .person } ?? (group.isPassive && subjects.isEmpty && isOne(index + 1, of: Self.offices))
            }
            // Riots erupt too.
            if verb.base == "erupt" { return sentence.prefix(80).contains { isOne($0, of: Self.volcanoes) } }
            // Words wound nobody: "Berg attacked Hale for his vote".
            guard verb.base == "attack", !group.isPassive, object.map({ mentions[$0].kind != .place }) ?? true else { return true }
            return sentence.prefix(80).contains { isOne($0, of: Self.violence) }
        case .object where verb.kind == .resignation:
            let isPerson = (group.isPassive ? subjects.first : object).map { mentions[$0].kind == .person } ?? false
            return isPerson && !hasScore(index, end) && key(index + 1) != Self.as
        case .object: return object != nil || group.isPassive && !subjects.isEmpty
        case .journey:
            guard let first = subjects.first, mentions[first].kind == .person else { return false }
            return place(after: index, to: end, .visit) != nil
        case .partner:
            // "Met with criticism"
            if group.isPassive { return false }
            if object != nil || subjects.count > 1 { return true }
            if Range(from: index + 1, to: min(end, index + 3)).contains(where: { key($0) == Self.with }) { return !subjects.isEmpty }
            // "EU foreign ministers will meet in Brussels": with each other.
            return isOne(group.start - 1, of: Self.delegates) && place(after: index, to: end, .meeting) != nil
        case .word(let keys):
            // Films are shot too, and goals.
            if verb.kind == .attack,
                Range(from: max(sentence.lowerBound, index - 6), to: end).contains(where: { isOne($0, of: Self.films) })
            {
                return false
            }
            // "A shot in the arm"
            if verb.base == "shoot", subjects.isEmpty,
                !Range(from: max(sentence.lowerBound, index - 8), to: index).contains(where: { isOne($0, of: Self.people) })
            {
                return false
            }
            return Range(from: index + 1, to: min(sentence.upperBound, index + 11)).contains { isOne($0, of: keys) }
        case .sport:
            guard object != nil || !subjects.isEmpty else { return false }
            return sentence.prefix(80).contains { isOne($0, of: EventWords.sport) } || hasScore(index, end)
        case .companies:
            guard let first = subjects.first, mentions[first].kind == .organization else { return false }
            return object.map { mentions[$0].kind == .organization } ?? (subjects.count > 1)
        }
    }

    private static let posts = EventWords.keys(
        "leader president chairman chairwoman chair chief mayor governor pope speaker head director captain secretary chancellor senator mp"
    )
    private static let delegates = EventWords.keys(
        "leaders ministers presidents secretaries officials chiefs heads envoys diplomats negotiators delegates delegations lawmakers governors"
    )
    private static let volcanoes = EventWords.keys("volcano volcanic volcanoes lava ash mount crater")
    private static let people = EventWords.keys(
        """
        man men woman women people person boy boys girl girls teenager teenagers teen teens child children student students officer officers \
        police soldier soldiers troops protesters gunman gunmen suspect two three four five six seven eight nine ten dozens
        """)
    private static let offices = EventWords.keys("as to")
    private static let films = EventWords.keys(
        "film films movie video series documentary footage scene scenes photo photos camera goal goals wide saved ball")
    private static let violence = EventWords.keys(
        """
        knife gun gunman gunmen shot shooting killed killing injured wounded wounding dead hospital bomb bombs armed stabbed beaten weapon \
        weapons hammer police troops soldiers army military forces militants rebels fighters insurgents missile missiles drone drones \
        rocket rockets airstrike airstrikes mob convoy base village
        """)

    /// "3-1", "21–14".
    private func hasScore(_ index: Int, _ end: Int) -> Bool {
        Range(from: index + 1, to: end - 2).contains {
            text.tokens[$0].kind == .number && text.tokens[$0 + 2].kind == .number
                && (text.isMark($0 + 1, "-") || text.leadingScalar(of: $0 + 1).value == 0x2013)
        }
    }

    /// Whether an object without a name follows: an article or a number.
    private func hasObject(after index: Int, to end: Int) -> Bool {
        let next = index + 1
        guard next < end else { return false }
        if datedUntil(next) != nil { return false }
        return isOne(next, of: EventWords.determiners) || text.tokens[next].kind == .number || text.tokens[next].isCapital
            || isWord(next) && !EventWords.prepositions.contains(text.tokens[next].key)
                && !EventWords.adverbs.contains(text.tokens[next].key)
                && !endsWith(next, "ly")
    }

    /// The name right after a verb, over an article, "with" and titles.
    private func object(after index: Int, to end: Int) -> Int? {
        let start = key(index + 1) == Self.with ? index + 2 : index + 1
        guard start < end, let number = names.mention(startingIn: Range(from: start, to: min(end, start + 12))) else { return nil }
        if isClitic(mentions[number].tokens.upperBound) {
            // "defeated China's Li": the name behind the owner's.
            let after = mentions[number].tokens.upperBound + 1
            return names.mention(startingIn: Range(from: after, to: min(end, after + 4)), prefer: .person).flatMap {
                mentions[$0].kind == .person ? $0 : nil
            }
        }
        let mention = mentions[number]
        guard mention.tokens.lowerBound < end else { return nil }
        let between = Range(from: start, to: mention.tokens.lowerBound)
        let isFree = between.allSatisfy {
            text.tokens[$0].kind == .word && !EventWords.prepositions.contains(text.tokens[$0].key) && datedUntil($0) == nil
                && key($0) != Self.and
                || text.isMark($0, "-")
        }
        return isFree && mention.kind != .other ? number : otherObject(after: mention, to: end, isFree)
    }

    /// "met Ukrainian President Smith": the name behind the adjective.
    private func otherObject(after mention: Mention, to end: Int, _ isFree: Bool) -> Int? {
        guard isFree, mention.kind == .other,
            let number = names.mention(startingIn: Range(from: mention.tokens.upperBound, to: min(end, mention.tokens.upperBound + 5))),
            mentions[number].kind != .other,
            Range(from: mention.tokens.upperBound, to: mentions[number].tokens.lowerBound).allSatisfy({
                !EventWords.prepositions.contains(text.tokens[$0].key)
            })
        else { return nil }
        return number
    }

    // MARK: Subjects

    /// The names that are the subject of a verb: the one before it, and the one that "and" joins to it.
    func subjects(before start: Int, in sentence: Range<Int>) -> [Int] {
        guard start > sentence.lowerBound else { return [] }
        var end = start
        if isOne(end - 1, of: EventWords.relatives) { end -= 1 }
        if end > sentence.lowerBound, text.isMark(end - 1, ",") || text.isMark(end - 1, ")") {
            if isOne(start - 1, of: EventWords.relatives) {
                end -= 1
            } else if let number = beforeApposition(end - 1, in: sentence) {
                return [number]
            }
        }
        // A date may stand between: "Berg on Friday visited".
        for number in [dateBefore(end), end] {
            guard let found = names.mention(endingAt: number) else { continue }
            if let preposition = prepositionBefore(found, in: sentence) {
                // "The bishop of Marbel, Philippines", "fire at Bontddu Hall": the place is no subject.
                if let head = names.mention(endingAt: preposition), mentions[head].kind != .place { return [head] }
                return []
            }
            return joined(found, in: sentence)
        }
        guard end > sentence.lowerBound else { return [] }
        let last = text.tokens[end - 1]
        if SpeechVerbs.heOrShe.contains(last.key), let number = names.resolve(end - 1..<end, quote: nil) { return [number] }
        return []
    }

    private func dateBefore(_ end: Int) -> Int {
        guard end > 0, datedUntil(end - 1) == end, let start = dates[firstDate(endingAfter: end - 1)].tokens.first else { return end }
        return isOne(start - 1, of: EventWords.prepositions) ? start - 1 : start
    }

    /// The preposition that a name hangs on, over a comma between places, articles and what describes it.
    private func prepositionBefore(_ number: Int, in sentence: Range<Int>) -> Int? {
        var token = mentions[number].tokens.lowerBound - 1
        if token > sentence.lowerBound, text.isMark(token, ","), let other = names.mention(endingAt: token),
            mentions[number].kind == .place,
            mentions[other].kind == .place
        {
            token = mentions[other].tokens.lowerBound - 1
        }
        var steps = 0
        while token > sentence.lowerBound, steps < 5 {
            if isOne(token, of: Self.hanging) {
                // "Secretary of Defense Smith" is a title; "an adviser for President Smith" is somebody else.
                let isTitle =
                    steps > 0 && mentions[number].kind == .person && key(token) == Self.of && text.tokens[token - 1].isCapital
                    && text.tokens[token + 1].isCapital && names.mention(endingAt: token) == nil
                return isTitle ? nil : token
            }
            guard isWord(token), !EventWords.stops.contains(text.tokens[token].key), key(token) != Self.and else { return nil }
            token -= 1
            steps += 1
        }
        return nil
    }

    private static let hanging = EventWords.keys("of from in at near for on with against to")

    private func joined(_ number: Int, in sentence: Range<Int>) -> [Int] {
        let start = mentions[number].tokens.lowerBound
        var token = start - 1
        var steps = 0
        while token > sentence.lowerBound, steps < 5, isWord(token), key(token) != Self.and,
            !EventWords.prepositions.contains(text.tokens[token].key)
        {
            token -= 1
            steps += 1
        }
        guard token > sentence.lowerBound, key(token) == Self.and, let other = names.mention(endingAt: token) else { return [number] }
        return [other, number]
    }

    /// "Berg, the mayor of Oslo, visited".
    private func beforeApposition(_ comma: Int, in sentence: Range<Int>) -> Int? {
        var index = comma - 1
        while index > sentence.lowerBound, comma - index < 25 {
            if text.isMark(index, ",") || text.isMark(index, "("), let number = names.mention(endingAt: index),
                mentions[number].kind != .place
            {
                return number
            }
            index -= 1
        }
        return nil
    }

    /// A subject without a name: "two men", "members of the public".
    private func subjectWords(before start: Int, in sentence: Range<Int>) -> Range<Int>? {
        var end = start
        let isRelative = isOne(end - 1, of: EventWords.relatives)
        if isRelative { end -= 1 }
        if end > sentence.lowerBound, text.isMark(end - 1, ",") { end -= 1 }
        end = dateBefore(end)
        var index = end
        var hangs = false
        while index > sentence.lowerBound, end - index < 9 {
            let token = text.tokens[index - 1]
            if token.kind == .punctuation, !text.isMark(index - 1, "-") { break }
            if token.kind == .symbol || EventWords.stops.contains(token.key) || SpeechVerbs.pronouns.contains(token.key)
                || token.key == Self.to && !text.tokens[index].isCapital && !isOne(index, of: EventWords.determiners)
                || SpeechVerbs.plain.contains(token.key) || token.key == WordKey("that")
            {
                break
            }
            if EventWords.prepositions.contains(token.key), token.key != Self.of {
                if isRelative { break }
                hangs = true
            }
            index -= 1
            // "Survivors of the accident that killed 35": the accident did.
            if EventWords.determiners.contains(token.key), index > sentence.lowerBound, isRelative || key(index - 1) != Self.of { break }
        }
        while index < end,
            EventWords.adverbs.contains(text.tokens[index].key) || key(index) == Self.and || datedUntil(index) != nil
                || text.tokens[index].kind == .punctuation || key(index) == Self.least
        { index += 1 }
        guard index < end,
            (index..<end).contains(where: { text.tokens[$0].kind == .word && !EventWords.determiners.contains(text.tokens[$0].key) }),
            // A phrase on a preposition is no subject by itself: "an adviser to the president" is, if it is all there.
            !hangs || index == sentence.lowerBound || isOne(index, of: EventWords.determiners),
            !isOne(index - 1, of: EventWords.prepositions), !isOne(index - 1, of: SpeechVerbs.pronouns),
            !text.tokens[index].traits.contains(.clitic)
        else { return nil }
        return index..<end
    }
}
