import News

extension EventScan {
    /// The title of what a verb tells, in the present as headlines have it: "Lloyd Austin meets Volodymyr Zelensky in Kyiv".
    func title(
        _ verb: EventVerb, _ index: Int, _ group: VerbGroup, _ form: EventVerb.Form, subjects: [Int], words: Range<Int>?, to end: Int
    ) -> String {
        let subject: String
        let isPlural: Bool
        if let words {
            subject = subjectText(words)
            // "Members of the public" are many.
            let head = (words.dropFirst().first { key($0) == Self.of } ?? words.upperBound) - 1
            isPlural = endsWith(head, "s") && !endsWith(head, "ss") || Self.plurals.contains(text.tokens[head].key)
        } else {
            subject = subjects.map(name).joined(separator: " and ")
            isPlural = subjects.count > 1
        }
        let word: String
        if group.isPassive {
            word = group.isFuture ? "to be \(verb.participle)" : verb.participle
        } else if group.isFuture {
            word = "to \(verb.base)"
        } else {
            word = isPlural ? verb.base : verb.third
        }
        var end = end
        // "Two killed and five others were hurt": the rest is another clause.
        if isOne(end, of: EventWords.be) || isOne(end, of: EventWords.have),
            let and = (index + 1..<max(index + 1, end)).last(where: { key($0) == Self.and })
        {
            end = and
        }
        return finished([subject, word] + pieces(tail(from: index + 1, to: end, needsPreposition: false)))
    }

    private static let death = WordKey("death")
    private static let plurals = EventWords.keys("people police men women children troops")

    private func subjectText(_ words: Range<Int>) -> String {
        var start = words.lowerBound
        while start < words.upperBound - 1, EventWords.articles.contains(text.tokens[start].key) { start += 1 }
        return written(Range(from: start, to: words.upperBound))
    }

    /// The words as a title has them: what is all in capitals gets small letters, names their first capital.
    private func written(_ tokens: Range<Int>) -> String {
        guard isShouted else { return text.text(of: tokens) }
        return tokens.reduce(into: "") { line, index in
            if index > tokens.lowerBound, text.tokens[index].traits.contains(.spaceBefore) { line += " " }
            let word = text.text(of: index)
            line += names.mention(at: index) == nil ? word.lowercased() : Self.calm(word[...])
        }
    }

    /// A shouted word of a name with its first capital alone; what is short may be initials.
    private static func calm(_ word: Substring) -> String {
        word.utf8.count < 4 || word.contains(".") ? String(word) : word.prefix(1) + word.dropFirst().lowercased()
    }

    /// The title of what a noun tells: who and what, with the words that say which.
    func title(
        _ kind: EventKind, _ index: Int, _ phrase: Range<Int>, _ tail: [Range<Int>], possessor: Int?, agents: [Int],
        _ candidate: EventCandidate
    ) -> String {
        if kind == .visit, let agent = agents.first, let place = candidate.place {
            return finished([
                agents.count > 1 ? agents.map(name).joined(separator: " and ") : name(agent),
                candidate.status == .planned ? "to visit" : agents.count > 1 ? "visit" : "visits", name(place),
            ])
        }
        if kind == .death, key(index) == Self.death, possessor != nil, let agent = agents.first { return finished([name(agent), "dies"]) }
        var parts: [String] = []
        if let possessor { parts.append(possessive(name(possessor))) }
        var words = written(phrase)
        // "2020 presidential election".
        if let year = yearBefore(phrase.lowerBound) { words = year + " " + words }
        parts.append(words)
        let isNamed = phrase.dropLast().contains { text.tokens[$0].isCapital } && names.mention(endingAt: index + 1) != nil
        if tail.isEmpty, possessor == nil, !isNamed, let agent = agents.first, kind != .conference {
            parts.insert(possessive(name(agent)), at: 0)
        } else if tail.isEmpty, possessor == nil, phrase.count == 1, candidate.place == nil, let one = candidate.participants.first {
            parts += [one.role == .partner ? "with" : one.role == .agent ? "by" : "of", name(one.mention)]
        }
        var title = parts + pieces(tail)
        if let place = candidate.place, tail.isEmpty || !tail.contains(where: { $0.overlaps(mentions[place].tokens) }),
            parts.count + tail.count < 4
        {
            let name = name(place)
            let at = isOne(mentions[place].tokens.lowerBound - 1, of: [WordKey("at")]) ? "at" : "in"
            if !title.contains(where: { $0.contains(name) }) { title += [at, name] }
        }
        return finished(title)
    }

    private func possessive(_ name: String) -> String { name + (name.hasSuffix("s") ? "’" : "’s") }

    /// The year that a phrase begins with.
    private func yearBefore(_ start: Int) -> String? {
        guard start > 0, text.tokens[start - 1].kind == .number, let end = datedUntil(start - 1), end == start,
            text.tokens[start - 1].bytes.count == 4
        else { return nil }
        return text.text(of: start - 1)
    }

    /// "in the 2019 general election": the year names it.
    private func isYearOfName(_ index: Int, _ until: Int, _ end: Int) -> Bool {
        until == index + 1 && !isOne(index - 1, of: EventWords.prepositions) && text.tokens[index].kind == .number && until < end
            && isWord(until)
            && !EventWords.prepositions.contains(text.tokens[until].key)
            && !EventWords.stops.contains(text.tokens[until].key)
    }

    /// The name by which an entity is best known in the article: its longest.
    private func name(_ number: Int) -> String {
        let name = names.fullName(of: number)
        return isShouted && name == name.uppercased() ? name.split(separator: " ").map(Self.calm).joined(separator: " ") : name
    }

    /// The words after a happening that say which it was, without dates, as runs of tokens.
    func tail(from start: Int, to end: Int, needsPreposition: Bool) -> [Range<Int>] {
        var runs: [Range<Int>] = []
        var run = start..<start
        var count = 0
        var index = start
        if needsPreposition { guard start < end, isOne(start, of: EventWords.prepositions) else { return [] } }
        func isBreak(_ index: Int) -> Bool {
            if text.isMark(index, ",") { return !isListed(index, to: end) }
            // "Distillers <DIST.L>", but not "with <Zenith Capital>".
            if text.isMark(index, "(") || text.isMark(index, "<") && !isOne(index - 1, of: EventWords.prepositions) { return true }
            guard needsPreposition, index > start, isWord(index), !text.tokens[index].isCapital else { return false }
            // A verb: the noun's phrase is over.
            return EventWords.light.contains(text.tokens[index].key) || endsWith(index, "ing") && isOne(index - 1, of: [Self.by])
                || endsWith(index, "ed") && !isOne(index - 1, of: EventWords.articles) && !isOne(index - 1, of: EventWords.prepositions)
        }
        while index < end, count < 14, !isBreak(index) {
            if let until = datedUntil(index), !isYearOfName(index, until, end) {
                // The preposition before a date goes with it.
                var last = run.upperBound
                while last > run.lowerBound, isOne(last - 1, of: EventWords.trailing) || text.tokens[last - 1].kind == .punctuation {
                    last -= 1
                }
                if last > run.lowerBound { runs.append(run.lowerBound..<last) }
                index = until
                run = index..<index
                // "The end of the January transfer window": without its date it says nothing.
                if index < end, isWord(index), !isOne(index, of: EventWords.prepositions), key(index) != Self.and { break }
                continue
            }
            index += 1
            count += 1
            run = run.lowerBound..<index
        }
        var last = run.upperBound
        while last > run.lowerBound, isOne(last - 1, of: EventWords.trailing) || text.tokens[last - 1].kind == .punctuation { last -= 1 }
        if last > run.lowerBound { runs.append(run.lowerBound..<last) }
        // "Between Berg": and whom?
        if key(start) == Self.between, !runs.contains(where: { $0.contains { key($0) == Self.and } }) { return [] }
        return runs
    }

    /// Whether a comma parts the names of a list: "of Cyprus, Greece and Israel".
    private func isListed(_ comma: Int, to end: Int) -> Bool {
        guard names.mention(endingAt: comma) != nil else { return false }
        for index in Range(from: comma + 1, to: min(end, comma + 12)) {
            if key(index) == Self.and { return index > comma + 1 && index + 1 < end && text.tokens[index + 1].isCapital }
            guard text.tokens[index].isCapital || text.isMark(index, ",") else { return false }
        }
        return false
    }

    private func pieces(_ runs: [Range<Int>]) -> [String] { runs.map(written) }

    /// One line, with a capital at its beginning.
    private func finished(_ pieces: [String]) -> String {
        let line = pieces.filter { !$0.isEmpty }.joined(separator: " ").split(whereSeparator: \.isWhitespace).joined(separator: " ")
        guard let first = line.first else { return "" }
        return String((first.uppercased() + line.dropFirst()).prefix(300))
    }
}
