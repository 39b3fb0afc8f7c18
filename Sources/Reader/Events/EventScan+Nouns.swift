import News

extension EventScan {
    /// A happening that a noun tells: "a two-day conference on trade", "Russia's aggression against Ukraine", "made a visit to Kyiv".
    func nounCandidate(_ index: Int, _ kind: EventKind, in sentence: Range<Int>, _ number: Int) -> EventCandidate? {
        guard isNoun(index, kind, in: sentence) else { return nil }
        // "Hurricane Lorenzo"
        let isStorm = isOne(index, of: Self.storms) && index + 1 < sentence.upperBound && text.tokens[index + 1].isCapital
        let index = isStorm ? index + 1 : index
        let phrase = phrase(before: isStorm ? index - 1 : index, in: sentence).lowerBound..<index + 1
        let before = isOne(phrase.lowerBound - 1, of: EventWords.determiners) ? phrase.lowerBound - 2 : phrase.lowerBound - 1
        if isOne(before, of: EventWords.doubtful) || isOne(before + 1, of: EventWords.doubtful),
            !isOne(phrase.lowerBound, of: EventWords.planned)
        {
            return nil
        }
        if phrase.contains(where: { isOne($0, of: EventWords.doubtful) }) { return nil }
        let end = clauseEnd(after: index, in: sentence)
        var candidate = EventCandidate(
            kind: kind, title: "", status: .past, sentence: number, evidence: text.span(of: sentence, in: field))
        if isOne(before, of: EventWords.undoing) { return nil }
        // Who: the owner, the subject of a light verb, and whoever the words after it name.
        var agents: [Int] = []
        var possessor: Int?
        var home: Int?
        if isClitic(phrase.lowerBound - 1), let owner = names.mention(endingAt: phrase.lowerBound - 1) {
            possessor = owner
            // "Angola's civil war", "France's music awards": that is where.
            let isWhere = mentions[owner].kind == .place && (kind.isHeldSomewhere || phrase.contains { key($0) == Self.civil })
            if isWhere { home = owner } else if mentions[owner].kind != .other { agents.append(owner) }
        }
        let verb = lightVerb(before: phrase.lowerBound, in: sentence)
        if agents.isEmpty, let verb { agents = subjects(before: verb.group, in: sentence).filter { mentions[$0].kind != .other } }
        // What is only spoken of has its date beside it; that of the sentence is when it is spoken of.
        let isBackdrop = isOne(before, of: Self.backdrops) || isOne(before + 1, of: Self.backdrops)
        candidate.when =
            verb == nil
            ? time(of: index, in: isBackdrop ? phrase.lowerBound..<sentence.upperBound : sentence, reach: 12, fronted: 8)
            : time(of: index, in: sentence)
        for agent in agents { add(agent, kind.isUndergone ? .patient : .agent, to: &candidate) }
        addParticipants(after: index, to: end, kind, &candidate)
        candidate.place =
            place(after: index, to: placeEnd(after: index, in: sentence), kind) ?? home
            ?? placeBefore(phrase.lowerBound, in: sentence, isFronted: verb == nil)
        let isPlanned =
            phrase.contains { isOne($0, of: EventWords.planned) } || verb?.isFuture ?? (tense.direction(of: index..<index + 1) == .future)
        candidate.status = status(kind, candidate.when, isFuture: isPlanned, isOngoing: isOngoing(index, in: sentence))
        if verb?.isDenied ?? false { return nil }

        let determiner = key(phrase.lowerBound - 1)
        let modifiers = phrase.count - 1
        let tail = tail(from: index + 1, to: end, needsPreposition: true)
        candidate.isAnaphoric =
            modifiers == 0 && tail.isEmpty
            && (determiner.map { EventWords.articles.contains($0) || agents.isEmpty && EventWords.possessives.contains($0) } ?? false)
            && determiner != Self.a && determiner != Self.an
        candidate.title = title(kind, index, phrase, tail, possessor: possessor, agents: agents, candidate)
        candidate.titleScore =
            (candidate.title.isEmpty ? 0 : 1) + min(modifiers, 2) + (tail.isEmpty ? 0 : 1) + (agents.isEmpty ? 0 : 2)
            + (candidate.place == nil ? 0 : 1) + (phrase.contains { text.tokens[$0].isCapital && $0 > sentence.lowerBound } ? 1 : 0)
        if candidate.isAnaphoric { candidate.titleScore = 0 }
        // "A criminal investigation": of whom, and where?
        let hasName =
            possessor != nil || ([phrase] + tail).contains { $0.contains { text.tokens[$0].isCapital && $0 > sentence.lowerBound } }
        let isNamed = hasName || !candidate.participants.isEmpty || candidate.place != nil
        var scored = scored(candidate, modifiers: modifiers, isNamed: hasName)
        if !isNamed { scored.confidence -= 0.15 }
        return scored
    }

    /// Done by somebody, rather than told.
    private static let done = EventWords.keys(
        "hosted staged organized organised carried conducted launched signed committed ordered caused")
    private static let storms = EventWords.keys("hurricane cyclone typhoon")
    private static let backdrops = EventWords.keys("after before since until till following despite amid")
    private static let civil = WordKey("civil")

    private static let a = WordKey("a")
    private static let an = WordKey("an")

    /// Words that are happenings in one sense alone.
    private func isNoun(_ index: Int, _ kind: EventKind, in sentence: Range<Int>) -> Bool {
        let token = text.tokens[index]
        // "The Flood Inquiry", "Election Commissioner": a name goes on; "launch technology", "murder case": about something else.
        if isOne(index + 1, of: Self.compounds) { return false }
        if field != .headline, token.isCapital, index + 1 < sentence.upperBound, text.tokens[index + 1].isCapital,
            !isOne(index, of: Self.storms), index > sentence.lowerBound
        {
            return false
        }
        switch kind {
        case .strike:
            // Of workers, or from the air: that is an attack and told by other words.
            return sentence.prefix(60).contains { isOne($0, of: Self.labour) }
        case .sport:
            return sentence.prefix(60).contains { $0 != index && isOne($0, of: EventWords.sport) }
        case .protest:
            // "March" is a month.
            return !(token.isCapital && index > sentence.lowerBound) && !(index > 0 && isOne(index - 1, of: Self.months))
                && !isOne(index - 1, of: [WordKey("campaign")])
        case .conference:
            // A press conference is where something is told.
            if isOne(index - 1, of: Self.press) { return false }
            // The Conference of Bishops and the Congress are bodies.
            return
                !(token.isCapital && index > sentence.lowerBound && (key(index + 1) == Self.of || isOne(index, of: [WordKey("congress")])))
        case .accident:
            if isOne(index, of: [WordKey("fire")]) {
                return isOne(index - 1, of: EventWords.determiners) || isOne(index - 1, of: Self.fires)
                    || isWord(index - 1) && isOne(index + 1, of: Self.burns)
            }
            return true
        case .attack, .arrest: return !isOne(index - 1, of: Self.ailments)
        // The World War is history, and "talks about" is no meeting.
        case .war: return !isOne(index - 1, of: Self.pastWars)
        case .meeting: return !(isOne(index, of: Self.talks) && names.mention(endingAt: index) != nil)
        case .death: return !isOne(index + 1, of: [WordKey("toll"), WordKey("penalty"), WordKey("sentence"), WordKey("threats")])
        default: return true
        }
    }

    private static let labour = EventWords.keys(
        "union unions workers walkout pay wages staff drivers nurses teachers doctors employees labour labor industrial")
    private static let months = EventWords.keys("in since last next early late of")
    private static let press = EventWords.keys("press news western eastern big")
    private static let fires = EventWords.keys("forest house deadly huge massive large bush")
    private static let burns = EventWords.keys("kills killed broke destroys destroyed damages damaged injures leaves left")
    private static let ailments = EventWords.keys("heart panic asthma cardiac house")
    private static let pastWars = EventWords.keys("world cold trade price post pre")
    private static let talks = EventWords.keys("talks")
    private static let compounds = EventWords.keys(
        """
        cover insurance penalty room rooms rate rates season officials campaign point points helmet pad date site technology commission \
        commissioner inquiry report reports response victim victims suspect suspects case cases charge charges scene centre center \
        organisers organizers manifesto pledge results result agency adviser observers monitors map
        """)

    /// The words before a noun that describe it: back to what begins the phrase.
    private func phrase(before index: Int, in sentence: Range<Int>) -> Range<Int> {
        var start = index
        while start > sentence.lowerBound, index - start < 10 {
            let previous = start - 1
            let token = text.tokens[previous]
            if token.kind == .punctuation {
                guard text.isMark(previous, "-"), previous > sentence.lowerBound, !token.traits.contains(.spaceBefore) else { break }
            } else if token.kind == .symbol || token.traits.contains(.clitic) || EventWords.determiners.contains(token.key)
                || EventWords.prepositions.contains(token.key) || EventWords.light.contains(token.key)
                || EventWords.stops.contains(token.key)
                || token.key == Self.and || EventWords.modal.contains(token.key) || SpeechVerbs.pronouns.contains(token.key)
            {
                break
            } else if !token.isCapital, endsWith(previous, "ed") || endsWith(previous, "ing"), previous > sentence.lowerBound,
                names.mention(endingAt: previous) != nil
            {
                break
            }
            start = previous
        }
        // What says how long or when is no part of the title.
        while start < index, let date = datedUntil(start), date <= index {
            start = date
            if text.isMark(start, "-"), start + 1 < index { start += 1 }
        }
        while start < index,
            text.tokens[start].kind == .punctuation || isOne(start, of: Self.unsaying)
                || key(start - 1) == Self.to && !text.tokens[start].isCapital
        { start += 1 }
        // "two-day", "third".
        while start + 2 < index, isOne(start, of: Self.numbers), text.isMark(start + 1, "-") { start += 3 }
        return min(start, index)..<index + 1
    }

    /// Words before a happening that say nothing of it; "first" does, in "First World Congress".
    private static let unsaying = EventWords.adverbs.union(EventWords.keys("least"))
    private static let numbers = EventWords.keys("one two three four five six seven eight nine ten 2 3 4 5 6 7 8 9 10 11 12 multi")

    /// The end of the date that covers a token.
    func datedUntil(_ index: Int) -> Int? {
        let number = firstDate(endingAfter: index)
        guard number < dates.count, dates[number].tokens.contains(index) else { return nil }
        return dates[number].tokens.upperBound
    }

    /// The number of the first date that ends after a token.
    func firstDate(endingAfter index: Int) -> Int {
        var (low, high) = (0, dates.count)
        while low < high {
            let middle = (low + high) / 2
            if dates[middle].tokens.upperBound <= index { low = middle + 1 } else { high = middle }
        }
        return low
    }

    func isClitic(_ index: Int) -> Bool {
        guard index >= 0, index < text.tokens.count else { return false }
        return text.tokens[index].traits.contains(.clitic) && endsWith(index, "s")
            || text.tokens[index].kind == .punctuation && isApostrophe(index) && index > 0 && endsWith(index - 1, "s")
    }

    /// "made" before "a visit", and where its group of verbs begins.
    private func lightVerb(before start: Int, in sentence: Range<Int>) -> (group: Int, isFuture: Bool, isDenied: Bool)? {
        var index = start - 1
        var steps = 0
        while index >= sentence.lowerBound, steps < 5 {
            if isOne(index, of: EventWords.light) { break }
            guard
                isOne(index, of: EventWords.determiners) || text.tokens[index].kind == .number || endsWith(index, "ly")
                    || EventWords.prepositions.contains(text.tokens[index].key)
            else { return nil }
            index -= 1
            steps += 1
        }
        guard index >= sentence.lowerBound, isOne(index, of: EventWords.light) else { return nil }
        let group = verbGroup(index, in: sentence)
        return (group.start, group.isFuture, group.isDenied)
    }

    private func isOngoing(_ index: Int, in sentence: Range<Int>) -> Bool {
        for next in Range(from: index + 1, to: min(sentence.upperBound, index + 16)) {
            if isOne(next, of: Self.goesOn) { return true }
            if isOne(next, of: EventWords.have), next + 3 < sentence.upperBound, isOne(next + 1, of: EventWords.be),
                endsWith(next + 2, "ing")
            {
                return true
            }
        }
        return Range(from: max(sentence.lowerBound, index - 4), to: index).contains { isOne($0, of: Self.ongoing) }
    }

    private static let goesOn = EventWords.keys("continues continue continuing underway rages")
    private static let ongoing = EventWords.keys("ongoing continuing continued")

    /// With whom, against whom, by whom: what the words after a happening name.
    func addParticipants(after index: Int, to end: Int, _ kind: EventKind, _ candidate: inout EventCandidate) {
        var place = names.firstHere(from: index + 1)
        while place < names.here.count, mentions[names.here[place]].tokens.lowerBound < end {
            let number = names.here[place]
            let mention = mentions[number]
            place += 1
            guard mention.kind != .other, let preposition = preposition(before: mention, after: index) else { continue }
            // "With Hale's lawyer" is not with Hale; "on Oslo's harbour" is on Oslo.
            if isClitic(mention.tokens.upperBound), ![Self.of, Self.on, Self.against].contains(preposition) { continue }
            switch preposition {
            case Self.by:
                // "by hiring Smith" is how, and not who.
                // Nor is "announced by his son", or whom a comma parts from it.
                if !Range(from: index + 1, to: mention.tokens.lowerBound).contains(where: {
                    endsWith($0, "ing") || text.isMark($0, ",")
                        || endsWith($0, "ed") && !isOne($0, of: Self.done) && $0 + 1 < mention.tokens.lowerBound
                }) {
                    add(number, .agent, to: &candidate)
                }
            case Self.with, Self.between: add(number, .partner, to: &candidate)
            case Self.against: add(number, .patient, to: &candidate)
            case Self.of where !Range(from: index + 1, to: mention.tokens.lowerBound).contains { text.isMark($0, ",") }:
                switch kind {
                case .death, .arrest, .trial, .verdict, .appointment, .resignation, .crime, .war, .attack, .wedding, .award:
                    if mention.kind != .place || kind == .war || kind == .attack { add(number, .patient, to: &candidate) }
                default: if mention.kind != .place { add(number, .participant, to: &candidate) }
                }
            case Self.on where kind == .attack || kind == .sanctions: add(number, .patient, to: &candidate)
            case Self.and:
                if let last = candidate.participants.last, last.role != .agent || kind == .agreement {
                    add(number, last.role, to: &candidate)
                }
            default: break
            }
        }
    }

    /// The word before a mention that says how it belongs: over articles, titles and other names.
    private func preposition(before mention: Mention, after index: Int) -> WordKey? {
        var token = mention.tokens.lowerBound - 1
        var steps = 0
        while token > index, steps < 8 {
            let key = text.tokens[token].key
            if EventWords.prepositions.contains(key) || key == Self.and { return key }
            // "In 1998 shook Oslo": the year has the preposition.
            if text.tokens[token].kind == .punctuation && !text.isMark(token, "-") || datedUntil(token) != nil { return nil }
            token -= 1
            steps += 1
        }
        return nil
    }

    func add(_ number: Int, _ role: EventRole, to candidate: inout EventCandidate) {
        let entity = mentions[number].entity
        guard candidate.participants.count < 12, !candidate.participants.contains(where: { mentions[$0.mention].entity == entity }) else {
            return
        }
        candidate.participants.append(FoundEvent.Participant(mention: number, role: role))
    }

    // MARK: Places

    /// A place after "in", "at" and the like; for a journey after "to" as well.
    func place(after index: Int, to end: Int, _ kind: EventKind) -> Int? {
        var place = names.firstHere(from: index + 1)
        while place < names.here.count, mentions[names.here[place]].tokens.lowerBound < end {
            let number = names.here[place]
            place += 1
            guard mentions[number].kind == .place else { continue }
            // "An earthquake struck Norway".
            if kind == .disaster, isOne(mentions[number].tokens.lowerBound - 1, of: Self.hits) { return number }
            guard let preposition = preposition(before: mentions[number], after: index) else { continue }
            if EventWords.places.contains(preposition) { return number }
            // "The visit of U.S. President Berg" is none to the U.S.
            if kind == .visit, preposition == Self.to || preposition == Self.of, !isTitleWord(mentions[number].tokens.upperBound) {
                return number
            }
            if preposition == Self.on, kind == .attack || kind == .war { return number }
        }
        return nil
    }

    /// Whether a word with a capital goes on with the name before it.
    private func isTitleWord(_ index: Int) -> Bool { isWord(index) && text.tokens[index].isCapital }

    private static let hits = EventWords.keys(
        "struck strikes hit hits shook shakes rocked rocks devastated devastates battered batters swept")

    /// "In Kyiv, …" before the happening in its sentence.
    ///
    /// Of what is only spoken of, the place of the speaking is not where it happens, unless the sentence begins with it.
    func placeBefore(_ index: Int, in sentence: Range<Int>, isFronted: Bool = false) -> Int? {
        var place = names.firstHere(from: max(sentence.lowerBound, index - 12))
        while place < names.here.count, mentions[names.here[place]].tokens.upperBound <= index {
            let number = names.here[place]
            place += 1
            let start = mentions[number].tokens.lowerBound
            if isFronted, start > sentence.lowerBound + 2 { return nil }
            if mentions[number].kind == .place, isOne(start - 1, of: EventWords.places) { return number }
        }
        return nil
    }
}
