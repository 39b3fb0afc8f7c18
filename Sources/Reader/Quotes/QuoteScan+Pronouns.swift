import News

extension QuoteScan {
    /// Who is meant by "he", "she" or "the official": of the people told of before, the one who fits best.
    func resolve(_ words: Range<Int>, quote: Range<Int>, last: Speaker?, confidence: Double) -> Speaker {
        let key = text.tokens[words.lowerBound].key
        let isPronoun = words.count == 1 && SpeechVerbs.pronouns.contains(key)
        let unknown = Speaker(mention: nil, words: words, confidence: 0.5)
        let gender: Bool? = SpeechVerbs.he.contains(key) ? false : SpeechVerbs.she.contains(key) ? true : genderOfNoun(words)
        if isPronoun, gender == nil { return unknown }
        // "The White House official" may be somebody told of; "an official", "police" and "officials" are nobody yet.
        if !isPronoun, text.tokens[words.lowerBound].key != Self.the { return unknown }
        let sentence = text.sentence(of: words.lowerBound)
        var best: (mention: Int, score: Int)?
        let place = firstHere(from: words.lowerBound)
        let head = text.tokens[words.upperBound - 1].key
        for index in stride(from: place - 1, through: max(0, place - 24), by: -1) {
            let number = here[index]
            let mention = mentions[number]
            guard mention.kind == .person else { continue }
            let distance = sentence - mention.sentence
            guard distance <= (isPronoun ? 5 : 8) else { break }
            // Nobody speaks of himself by name.
            if mention.tokens.overlaps(quote)
                || mentions[number].tokens.lowerBound >= quote.lowerBound && mention.tokens.upperBound <= quote.upperBound
            {
                continue
            }
            let theirs = self.gender(of: number)
            if let gender, let theirs, gender != theirs { continue }
            var score = 10 - distance
            if isNamed(mention.entity, in: quote) { score -= 6 }
            if isSubject(number) { score += 3 }
            if let last = last?.mention, mentions[last].entity == mention.entity { score += 1 }
            if gender != nil, theirs == gender { score += 2 }
            if !isPronoun, describes(number, head) { score += 6 }
            if score > best?.score ?? 0 { best = (number, score) }
        }
        guard let best else { return unknown }
        return Speaker(mention: best.mention, words: words, confidence: isPronoun ? confidence * 0.95 : confidence * 0.9)
    }

    private func isNamed(_ entity: Int, in quote: Range<Int>) -> Bool {
        var index = firstHere(from: quote.lowerBound)
        var steps = 0
        while index < here.count, steps < 12, mentions[here[index]].tokens.lowerBound < quote.upperBound {
            if mentions[here[index]].entity == entity { return true }
            index += 1
            steps += 1
        }
        return false
    }

    /// The first person of a sentence is mostly what it is about.
    private func isSubject(_ number: Int) -> Bool {
        let mention = mentions[number]
        let sentence = text.sentences[text.sentence(of: mention.tokens.lowerBound)]
        let before = sentence.lowerBound..<mention.tokens.lowerBound
        guard before.count < 12, !before.contains(where: { SpeechVerbs.heOrShe.contains(text.tokens[$0].key) }) else { return false }
        return self.mention(startingIn: sentence.lowerBound..<mention.tokens.lowerBound + 1, prefer: .person) == number
    }

    /// True for a woman, false for a man, as the title, the role or the forename says.
    private func gender(of number: Int) -> Bool? {
        if let found = genderAround(number) { return found }
        guard let first = firstOf[mentions[number].entity], first != number else { return nil }
        return genderAround(first)
    }

    /// In a name, or in the title before it.
    private func genderAround(_ number: Int) -> Bool? {
        let mention = mentions[number]
        let place = firstHere(from: mention.tokens.lowerBound)
        let floor = place > 0 ? mentions[here[place - 1]].tokens.upperBound : 0
        for index in stride(from: mention.tokens.upperBound - 1, through: max(floor, mention.tokens.lowerBound - 3), by: -1) {
            let key = text.tokens[index].key
            if SpeechVerbs.women.contains(key) { return true }
            if SpeechVerbs.men.contains(key) { return false }
        }
        return nil
    }

    private func genderOfNoun(_ words: Range<Int>) -> Bool? {
        let key = text.tokens[words.upperBound - 1].key
        return SpeechVerbs.women.contains(key) ? true : SpeechVerbs.men.contains(key) ? false : nil
    }

    /// Whether the words before a name have this noun: "spokeswoman Adrienne Watson".
    private func describes(_ number: Int, _ head: WordKey) -> Bool {
        let start = mentions[number].tokens.lowerBound
        return (max(0, start - 6)..<start).contains { text.tokens[$0].key == head }
    }

    private static let the = WordKey("the")
}
