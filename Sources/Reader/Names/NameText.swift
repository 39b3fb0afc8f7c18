/// A document as the tagger sees it: what is to be known of each token, and what the document says of the words elsewhere.
package struct NameText: Sendable {
    /// How the words of a sentence are written: a capital says little where all words have one.
    package enum Style: UInt8, Sendable { case plain, title, capitals, small }

    /// The facts of all tokens, with two sentinels on either side of a sentence.
    package private(set) var facts: [WordFacts] = []
    /// Where each sentence is among the facts.
    package private(set) var sentences: [Range<Int>] = []
    /// How each sentence is written.
    package private(set) var styles: [Style] = []
    /// Hashes of the neighbours of capitalised words, those of one word together.
    private(set) var neighbours: [UInt64] = []

    /// How many neighbours of a word count.
    private static let neighbourLimit = 12

    /// Looks at the words of sentences.
    package init(_ sentences: [WordSequence], lexicon: Lexicon) {
        for sentence in sentences {
            facts.append(.start)
            facts.append(.start)
            let first = facts.count
            for word in sentence.words {
                var fact = WordFacts(sentence.bytes, word)
                lexicon.describe(&fact)
                facts.append(fact)
            }
            let range = first..<facts.count
            facts.append(.end)
            facts.append(.end)
            guard !range.isEmpty else { continue }
            lexicon.markPhrases(&facts, range)
            self.sentences.append(range)
            styles.append(Self.style(facts[range]))
        }
        lookElsewhere()
    }

    private static func style(_ facts: ArraySlice<WordFacts>) -> Style {
        var (words, capitals, upper, long, longCapitals) = (0, 0, 0, 0, 0)
        for fact in facts where fact.casing != .none {
            words += 1
            if fact.isCapitalized { capitals += 1 }
            if fact.casing == .upper { upper += 1 }
            if fact.length > 3 {
                long += 1
                if fact.isCapitalized { longCapitals += 1 }
            }
        }
        if words >= 3, upper * 10 >= words * 8 { return .capitals }
        if long >= 3, longCapitals * 10 >= long * 9 { return .title }
        return capitals == 0 ? .small : .plain
    }

    /// What the document says of each capitalised word elsewhere: whether it also has it in small letters, and beside which words it
    /// stands. Where all words have capitals, neither is asked.
    private mutating func lookElsewhere() {
        var groups: [UInt64: Int] = [:]
        var members: [[UInt64]] = []
        // The group of each capitalised word, at the index of its facts.
        var groupOf = [Int32](repeating: -1, count: facts.count)
        for (sentence, style) in zip(sentences, styles) {
            for index in sentence where facts[index].isCapitalized {
                let group = groups[facts[index].lower] ?? members.count
                if group == members.count {
                    groups[facts[index].lower] = group
                    members.append([])
                }
                groupOf[index] = Int32(group)
                guard style == .plain, facts[index].length > 1, members[group].count < Self.neighbourLimit else { continue }
                if index > sentence.lowerBound { add(WordHash.pair(1, facts[index - 1].lower), to: &members[group]) }
                if index + 1 < sentence.upperBound { add(WordHash.pair(2, facts[index + 1].lower), to: &members[group]) }
            }
        }
        guard !members.isEmpty else { return }
        var isSmall = [Bool](repeating: false, count: members.count)
        for sentence in sentences {
            for index in sentence where groupOf[index] < 0 {
                if let group = groups[facts[index].lower] { isSmall[group] = true }
            }
        }
        var ranges: [Range<Int32>] = []
        ranges.reserveCapacity(members.count)
        for member in members {
            ranges.append(Int32(neighbours.count)..<Int32(neighbours.count + member.count))
            neighbours += member
        }
        for index in facts.indices where groupOf[index] >= 0 {
            let group = Int(groupOf[index])
            facts[index].lowerElsewhere = isSmall[group] ? 1 : 2
            facts[index].neighbours = ranges[group]
        }
    }

    private func add(_ neighbour: UInt64, to members: inout [UInt64]) {
        if !members.contains(neighbour) { members.append(neighbour) }
    }
}
