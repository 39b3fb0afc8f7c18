import News

/// The mentions of one text, by place: who stands at a token, and whom a pronoun means.
struct MentionIndex {
    let text: TokenizedText
    let mentions: [Mention]
    /// Numbers of the mentions in this field, in the order of the text.
    let here: [Int]
    /// The first mention in this field of what each is a mention of.
    private let firstOf: [Int: Int]
    /// The longest name of each in the whole article.
    private let longestOf: [Int: Int]

    init(text: TokenizedText, field: TextSpan.Field, mentions: [Mention]) {
        self.text = text
        self.mentions = mentions
        here = mentions.indices.filter { mentions[$0].span.field == field && mentions[$0].tokens.upperBound <= text.tokens.count }
            .sorted { mentions[$0].tokens.lowerBound < mentions[$1].tokens.lowerBound }
        firstOf = Dictionary(here.map { (mentions[$0].entity, $0) }, uniquingKeysWith: { first, _ in first })
        longestOf = Dictionary(
            mentions.indices.map { (mentions[$0].entity, $0) },
            uniquingKeysWith: { one, other in
                // "Swedes" is no name of Sweden's.
                let isName = (mentions[one].kind != .other, mentions[other].kind != .other)
                if isName.0 != isName.1 { return isName.0 ? one : other }
                return mentions[other].span.length > mentions[one].span.length ? other : one
            })
    }

    /// The longest name that the article has for what a mention names.
    func fullName(of number: Int) -> String { mentions[longestOf[mentions[number].entity] ?? number].text }

    /// The mention that ends with the token before, a title after it or not.
    func mention(endingAt end: Int) -> Int? {
        let index = firstHere(from: end) - 1
        guard index >= 0, mentions[here[index]].tokens.upperBound == end else { return nil }
        return here[index]
    }

    /// The mention that a token is part of.
    func mention(at token: Int) -> Int? {
        let place = firstHere(from: token + 1) - 1
        guard place >= 0, mentions[here[place]].tokens.contains(token) else { return nil }
        return here[place]
    }

    /// The first mention that begins in a range; a person before anything else if that is preferred.
    func mention(startingIn range: Range<Int>, prefer kind: Entity.Kind? = nil) -> Int? {
        var index = firstHere(from: range.lowerBound)
        var first: Int?
        while index < here.count, mentions[here[index]].tokens.lowerBound < range.upperBound {
            if kind == nil || mentions[here[index]].kind == kind { return here[index] }
            if first == nil, mentions[here[index]].kind != .other { first = here[index] }
            index += 1
        }
        return first
    }

    /// The place in `here` of the first mention that begins at a token or after it.
    func firstHere(from token: Int) -> Int {
        var (low, high) = (0, here.count)
        while low < high {
            let middle = (low + high) / 2
            if mentions[here[middle]].tokens.lowerBound < token { low = middle + 1 } else { high = middle }
        }
        return low
    }

    // MARK: Pronouns

    /// Who is meant by "he", "she" or "the official": of the people told of before, the one who fits best.
    func resolve(_ words: Range<Int>, quote: Range<Int>?, last: Int? = nil) -> Int? {
        let key = text.tokens[words.lowerBound].key
        let isPronoun = words.count == 1 && SpeechVerbs.pronouns.contains(key)
        let gender: Bool? = SpeechVerbs.he.contains(key) ? false : SpeechVerbs.she.contains(key) ? true : genderOfNoun(words)
        if isPronoun, gender == nil { return nil }
        // "The White House official" may be somebody told of; "an official", "police" and "officials" are nobody yet.
        if !isPronoun, text.tokens[words.lowerBound].key != Self.the { return nil }
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
            if let quote, mention.tokens.overlaps(quote) { continue }
            let theirs = self.gender(of: number)
            if let gender, let theirs, gender != theirs { continue }
            var score = 10 - distance
            if let quote, isNamed(mention.entity, in: quote) { score -= 6 }
            if isSubject(number) { score += 3 }
            if let last, mentions[last].entity == mention.entity { score += 1 }
            if gender != nil, theirs == gender { score += 2 }
            if !isPronoun, describes(number, head) { score += 6 }
            if score > best?.score ?? 0 { best = (number, score) }
        }
        return best?.mention
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
        let before = Range(from: sentence.lowerBound, to: mention.tokens.lowerBound)
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
        return Range(from: max(0, start - 6), to: start).contains { text.tokens[$0].key == head }
    }

    private static let the = WordKey("the")
}
