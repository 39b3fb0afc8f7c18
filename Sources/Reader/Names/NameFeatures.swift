/// The rows of weights that speak for a token. What is asked, and how it is numbered, is part of the model: a change needs another
/// training.
package struct NameFeatures: Sendable {
    /// The rows of the token that was looked at last; `count` of them.
    package private(set) var rows = InlineArray<192, UInt32>(repeating: 0)
    /// How many rows there are.
    package private(set) var count = 0
    private let shift: UInt64

    /// Features for a model of so many rows.
    package init(rowBits: Int) { shift = UInt64(64 - rowBits) }

    @inline(__always)
    private mutating func add(_ template: UInt64, _ value: UInt64) {
        guard count < rows.count else { return }
        var hash = (value ^ (template &* 0x632b_e59b_d9b4_e019)) &* 0x9e37_79b9_7f4a_7c15
        hash = (hash ^ (hash &>> 32)) &* 0xd6e8_feb8_6659_fd93
        rows[count] = UInt32(truncatingIfNeeded: hash &>> shift)
        count += 1
    }

    /// Looks at a token of a sentence. Without `spelling`, which training leaves out now and then, the word itself isn't looked at.
    package mutating func look(at index: Int, _ sentence: Range<Int>, _ style: NameText.Style, in text: NameText, spelling: Bool = true) {
        count = 0
        let isFirst: UInt64 = index == sentence.lowerBound ? 1 : 0
        let isLast: UInt64 = index + 1 == sentence.upperBound ? 1 : 0
        add(0, 0)
        add(1, isFirst * 2 + isLast)
        spell(index, isFirst, in: text.facts, spelling)
        cluster(index, in: text.facts)
        consult(index, in: text.facts)
        judgeCapital(index, isFirst, UInt64(style.rawValue), in: text.facts)
        let facts = text.facts[index]
        if facts.isCapitalized {
            add(2, UInt64(facts.lowerElsewhere) * 2 + isFirst)
            for neighbour in facts.neighbours { add(3, text.neighbours[Int(neighbour)]) }
        }
    }

    /// The word, its parts, its shape, and the words around it.
    @inline(__always)
    private mutating func spell(_ index: Int, _ isFirst: UInt64, in facts: [WordFacts], _ spelling: Bool) {
        let (word, lower, shape) = (facts[index].word, facts[index].lower, facts[index].shortShape)
        let (previous, next) = (facts[index - 1].lower, facts[index + 1].lower)
        let (shapeBefore, shapeAfter) = (facts[index - 1].shortShape, facts[index + 1].shortShape)
        if spelling {
            add(4, word)
            add(5, lower)
            add(6, WordHash.pair(previous, lower))
            add(7, WordHash.pair(lower, next))
            add(8, facts[index].prefix4)
            add(9, facts[index].suffix4)
        }
        add(10, previous)
        add(11, next)
        add(12, facts[index - 2].lower)
        add(13, facts[index + 2].lower)
        add(14, WordHash.pair(previous, next))
        add(15, facts[index].shape)
        add(16, shape)
        add(17, shapeBefore)
        add(18, shapeAfter)
        let shapes = WordHash.pair(shapeBefore, shape)
        add(19, shapes)
        add(20, WordHash.pair(shape, shapeAfter))
        add(21, WordHash.pair(shapes, shapeAfter))
        add(22, WordHash.pair(facts[index - 2].shortShape, shapes))
        add(23, WordHash.pair(previous, shape))
        add(24, WordHash.pair(next, shape))
        add(25, WordHash.pair(isFirst, shape))
        add(26, facts[index].prefix1)
        add(27, facts[index].prefix2)
        add(28, facts[index].prefix3)
        add(29, facts[index].suffix1)
        add(30, facts[index].suffix2)
        add(31, facts[index].suffix3)
        add(32, facts[index - 1].suffix3)
        add(33, facts[index + 1].suffix3)
        add(34, WordHash.pair(facts[index].suffix3, shape))
    }

    /// The clusters of the word and its neighbours, and pairs of them.
    @inline(__always)
    private mutating func cluster(_ index: Int, in facts: [WordFacts]) {
        let (here, before, after) = (facts[index].clusters, facts[index - 1].clusters, facts[index + 1].clusters)
        let shape = facts[index].shortShape
        add(35, UInt64(here.x))
        add(36, UInt64(here.y))
        add(37, UInt64(here.z))
        add(38, UInt64(here.w))
        add(39, UInt64(before.y))
        add(40, UInt64(after.y))
        add(41, UInt64(before.z))
        add(42, UInt64(after.z))
        add(43, UInt64(facts[index - 2].clusters.y))
        add(44, UInt64(facts[index + 2].clusters.y))
        add(45, UInt64(before.y) << 16 | UInt64(here.y))
        add(46, UInt64(here.y) << 16 | UInt64(after.y))
        add(47, UInt64(before.y) << 16 | UInt64(after.y))
        add(48, WordHash.pair(UInt64(here.y), shape))
        add(49, WordHash.pair(UInt64(here.x) << 16 | UInt64(before.x), shape))
        add(50, WordHash.pair(UInt64(here.x) << 16 | UInt64(after.x), shape))
    }

    /// What the gazetteer says.
    @inline(__always)
    private mutating func consult(_ index: Int, in facts: [WordFacts]) {
        let shape = facts[index].shortShape
        let (here, before, after) = (Self.phrase(facts[index]), Self.phrase(facts[index - 1]), Self.phrase(facts[index + 1]))
        if !facts[index].phraseKinds.isEmpty {
            for kind in 0..<UInt64(PhraseKinds.count) where facts[index].phraseKinds.rawValue >> UInt16(kind) & 1 != 0 {
                add(51, kind * 8 + UInt64(facts[index].phrasePosition))
                add(52, WordHash.pair(kind, shape))
            }
        }
        add(53, here)
        add(54, before)
        add(55, after)
        add(56, before << 20 | here)
        add(57, here << 20 | after)
    }

    private static func phrase(_ facts: WordFacts) -> UInt64 { UInt64(facts.phraseKinds.rawValue) << 3 | UInt64(facts.phrasePosition) }

    /// How much a capital says here: where every word has one, nothing, and where the word mostly has one, little.
    @inline(__always)
    private mutating func judgeCapital(_ index: Int, _ isFirst: UInt64, _ style: UInt64, in facts: [WordFacts]) {
        let casing = UInt64(facts[index].casing.rawValue)
        let (here, before, after) = (Self.habit(facts[index]), Self.habit(facts[index - 1]), Self.habit(facts[index + 1]))
        let place = (style * 2 + isFirst) * 8 + casing
        add(58, place)
        add(59, place << 8 | here)
        add(60, (place << 8 | before) << 8 | here)
        add(61, (place << 8 | here) << 8 | after)
        add(62, place << 16 | UInt64(facts[index].lowerCluster))
        add(63, place << 16 | UInt64(facts[index].clusters.z))
        add(64, place << 20 | Self.phrase(facts[index]))
    }

    private static func habit(_ facts: WordFacts) -> UInt64 { UInt64(facts.capitalHabit) << 3 | UInt64(facts.casing.rawValue) }
}
