/// The words and phrases that the tagger knows beforehand.
package struct Lexicon: Sendable {
    /// For each word (by the hash of its spelling) its cluster, 11 bits, and how rare it is, 5 bits.
    package let words: HashTable
    /// For each cluster the ones it is part of; from coarse to fine.
    package let clusters: [SIMD4<UInt16>]
    /// For each phrase what it can be.
    package let phrases: HashTable
    /// The longest phrase, in words.
    package let longestPhrase: Int
    /// Lines of text: what isn't needed at every token.
    package let lists: WordLists

    /// Hashes of the words that Title Case leaves small.
    private let smallWords: Set<UInt64>

    /// A lexicon from its parts; `clusters` has four numbers for each cluster.
    package init(words: HashTable, clusters: [SIMD4<UInt16>], phrases: HashTable, longestPhrase: Int, lists: WordLists) {
        self.words = words
        self.clusters = clusters
        self.phrases = phrases
        self.longestPhrase = longestPhrase
        self.lists = lists
        smallWords = Set(Self.smallWords.map { Self.hash($0) })
    }

    /// The words that Title Case leaves small.
    package static let smallWords = [
        "a", "an", "and", "as", "at", "but", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with",
    ]

    /// The hash of one word as it is spelt.
    package static func hash(_ word: some StringProtocol) -> UInt64 {
        word.unicodeScalars.reduce(WordHash.empty) { WordHash.appending(LetterCase.plain($1.value), to: $0) }
    }

    /// What a word's entry says: its cluster, and its rarity in steps of three quarters of a power of e.
    package static func entry(cluster: Int, logProbability: Double) -> UInt16 {
        UInt16(cluster) << 5 | UInt16(min(31, max(0, (-3 - logProbability) / 0.75)))
    }

    init(from reader: inout ModelReader) throws(ModelError) {
        let words = try HashTable(from: &reader)
        let count = Int(try reader.words(1)[0])
        let numbers = try reader.words(count * 2)
        let clusters = (0..<count).map { index in
            SIMD4(
                UInt16(truncatingIfNeeded: numbers[2 * index]), UInt16(truncatingIfNeeded: numbers[2 * index] >> 16),
                UInt16(truncatingIfNeeded: numbers[2 * index + 1]), UInt16(truncatingIfNeeded: numbers[2 * index + 1] >> 16))
        }
        let phrases = try HashTable(from: &reader)
        let longest = Int(try reader.words(1)[0])
        guard count <= 2048, longest <= 64 else { throw .damaged }
        self.init(words: words, clusters: clusters, phrases: phrases, longestPhrase: longest, lists: try WordLists(from: &reader))
    }

    func write(to output: inout [UInt8]) {
        words.write(to: &output)
        UInt32(clusters.count).write(to: &output)
        for cluster in clusters {
            (UInt32(cluster.x) | UInt32(cluster.y) << 16).write(to: &output)
            (UInt32(cluster.z) | UInt32(cluster.w) << 16).write(to: &output)
        }
        phrases.write(to: &output)
        UInt32(longestPhrase).write(to: &output)
        lists.write(to: &output)
    }

    /// Adds to what a token looks like what is known of the word.
    func describe(_ facts: inout WordFacts) {
        let small = words[facts.lower]
        let capital = words[facts.titled]
        let exact =
            switch facts.casing {
            case .none, .lower: small
            case .initial: capital ?? small
            case .upper, .mixed: words[facts.word] ?? small ?? capital
            }
        if let exact { facts.clusters = clusterPath(exact) }
        if let small { facts.lowerCluster = clusterPath(small).z }
        if small != nil || capital != nil {
            let difference = Int((small ?? 28) & 31) - Int((capital ?? 28) & 31)
            facts.capitalHabit = UInt8(4 + min(3, max(-3, (difference + (difference < 0 ? -1 : 1)) / 2)))
        }
    }

    private func clusterPath(_ entry: UInt16) -> SIMD4<UInt16> {
        let cluster = Int(entry >> 5)
        return cluster < clusters.count ? clusters[cluster] : .zero
    }

    /// Finds the longest phrases from left to right: first as the words are spelt, then, among those in no phrase, with capitals undone.
    func markPhrases(_ facts: inout [WordFacts], _ sentence: Range<Int>) {
        markPhrases(&facts, sentence) { $0.word }
        let hasCapitals = facts[sentence].contains { $0.casing == .upper || smallWords.contains($0.lower) && $0.isCapitalized }
        guard hasCapitals else { return }
        markPhrases(&facts, sentence) { fact in
            if fact.isCapitalized, smallWords.contains(fact.lower) { return fact.lower }
            return fact.casing == .upper && fact.length > 3 ? fact.titled : fact.word
        }
    }

    @inline(__always)
    private func markPhrases(_ facts: inout [WordFacts], _ sentence: Range<Int>, key: (WordFacts) -> UInt64) {
        var first = sentence.lowerBound
        while first < sentence.upperBound {
            var hash: UInt64 = 0
            var found: (count: Int, kinds: PhraseKinds)?
            for index in first..<min(first + longestPhrase, sentence.upperBound) {
                hash = WordHash.phrase(hash, adding: key(facts[index]))
                guard let entry = phrases[hash] else { break }
                let kinds = PhraseKinds(rawValue: entry)
                if !kinds.subtracting(.continues).isEmpty { found = (index - first + 1, kinds.subtracting(.continues)) }
                if !kinds.contains(.continues) { break }
            }
            guard let found, facts[first..<first + found.count].allSatisfy({ $0.phrasePosition == 0 }) else {
                first += 1
                continue
            }
            for offset in 0..<found.count {
                facts[first + offset].phraseKinds.formUnion(found.kinds)
                let position: UInt8 = found.count == 1 ? 1 : offset == 0 ? 2 : offset == found.count - 1 ? 3 : 4
                facts[first + offset].phrasePosition = position
            }
            first += found.count
        }
    }
}

extension Lexicon {
    /// The entries of the phrase table for phrases of words separated by blanks.
    package static func phraseEntries(_ phrases: [(phrase: String, kinds: PhraseKinds)]) -> (table: HashTable, longest: Int) {
        var kinds: [UInt64: PhraseKinds] = [:]
        var order: [UInt64] = []
        var longest = 1
        for phrase in phrases {
            let words = phrase.phrase.split(separator: " ")
            longest = max(longest, words.count)
            var hash: UInt64 = 0
            for (index, word) in words.enumerated() {
                hash = WordHash.phrase(hash, adding: Lexicon.hash(word))
                if kinds[hash] == nil { order.append(hash) }
                kinds[hash, default: []].formUnion(index == words.count - 1 ? phrase.kinds : .continues)
            }
        }
        return (HashTable(order.map { ($0, kinds[$0]?.rawValue ?? 0) }), longest)
    }
}
