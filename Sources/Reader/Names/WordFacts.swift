/// What the tagger sees of one token: hashes of its spelling, its cluster, and what the gazetteer says of it.
package struct WordFacts: Sendable {
    /// How a word is written.
    package enum Casing: UInt8, Sendable { case none, lower, initial, upper, mixed }

    var word = WordHash.empty
    var lower = WordHash.empty
    /// The word with a capital and small letters.
    var titled = WordHash.empty
    var shape: UInt64 = 7
    var shortShape: UInt64 = 7
    var prefix1: UInt64 = 0
    var prefix2: UInt64 = 0
    var prefix3: UInt64 = 0
    var prefix4: UInt64 = 0
    var suffix1: UInt64 = 0
    var suffix2: UInt64 = 0
    var suffix3: UInt64 = 0
    var suffix4: UInt64 = 0
    /// The word's cluster at four grains, coarse to fine; 0 where it has none.
    var clusters: SIMD4<UInt16> = .zero
    /// The cluster of the same word in small letters.
    var lowerCluster: UInt16 = 0
    /// How much more often the word is met with a capital: 0 unknown, 1 hardly ever … 7 almost always.
    var capitalHabit: UInt8 = 0
    /// What sorts of phrases of the gazetteer the token is part of.
    var phraseKinds: PhraseKinds = []
    /// 1 the whole phrase, 2 its beginning, 3 its end, 4 between.
    var phrasePosition: UInt8 = 0
    package var casing = Casing.none
    var length: UInt32 = 0
    /// Whether the document also has the word in small letters: 0 not asked, 1 yes, 2 no.
    var lowerElsewhere: UInt8 = 0
    /// Where the neighbours of the word's other occurrences are.
    var neighbours: Range<Int32> = 0..<0

    /// Whether the first letter is a capital.
    var isCapitalized: Bool { casing == .initial || casing == .upper || casing == .mixed }

    /// What stands before the first token of a sentence.
    static let start = WordFacts(sentinel: 11)
    /// What stands after the last one.
    static let end = WordFacts(sentinel: 13)

    private init(sentinel: UInt64) {
        (word, lower, titled, shape, shortShape, suffix3) = (sentinel, sentinel, sentinel, sentinel, sentinel, sentinel)
        clusters = SIMD4(repeating: UInt16(sentinel) + 4000)
    }

    /// Looks at a token, which is UTF-8.
    package init(_ bytes: [UInt8], _ range: Range<Int>) {
        var tail: SIMD4<UInt32> = .zero
        var lastClass: UInt32 = 0
        var capitals: UInt32 = 0
        var smalls: UInt32 = 0
        var startsWithCapital = false
        var scalars = ScalarCursor(bytes, range)
        while let scalar = scalars.next() {
            let exact = LetterCase.plain(scalar)
            let small = LetterCase.lower(exact)
            let kind: UInt32
            if small != exact {
                kind = 0x58
                capitals += 1
                if length == 0 { startsWithCapital = true }
            } else if exact &- 0x30 < 10 {
                kind = 0x64
            } else if exact < 0x80 {
                kind = exact &- 0x61 < 26 ? 0x78 : exact
                if kind == 0x78 { smalls += 1 }
            } else {
                kind = 0x78
                smalls += 1
            }
            word = WordHash.appending(exact, to: word)
            titled = WordHash.appending(length == 0 ? LetterCase.upper(exact) : small, to: titled)
            lower = WordHash.appending(small, to: lower)
            shape = WordHash.appending(kind, to: shape)
            if kind != lastClass { shortShape = WordHash.appending(kind, to: shortShape) }
            lastClass = kind
            length &+= 1
            switch length {
            case 1: (prefix1, prefix2, prefix3, prefix4) = (lower, lower, lower, lower)
            case 2: (prefix2, prefix3, prefix4) = (lower, lower, lower)
            case 3: (prefix3, prefix4) = (lower, lower)
            case 4: prefix4 = lower
            default: break
            }
            tail = SIMD4(small, tail.x, tail.y, tail.z)
        }
        suffix1 = WordHash.appending(tail.x, to: WordHash.empty)
        suffix2 = WordHash.appending(tail.y, to: suffix1)
        suffix3 = WordHash.appending(tail.z, to: suffix2)
        suffix4 = WordHash.appending(tail.w, to: suffix3)
        casing =
            if capitals == 0 {
                smalls == 0 ? .none : .lower
            } else if smalls == 0 {
                .upper
            } else {
                startsWithCapital ? .initial : .lower
            }
        if casing == .initial, capitals > 1 { casing = .mixed }
    }
}

/// Reads the scalars of UTF-8 that is known to be valid; what isn't is read as some scalar, without a trap.
struct ScalarCursor {
    private let bytes: [UInt8]
    private var position: Int
    private let end: Int

    init(_ bytes: [UInt8], _ range: Range<Int>) {
        self.bytes = bytes
        position = range.lowerBound
        end = range.upperBound
    }

    @inline(__always)
    mutating func next() -> UInt32? {
        guard position < end else { return nil }
        let first = bytes[position]
        position += 1
        guard first >= 0xc0 else { return UInt32(first) }
        let more = first < 0xe0 ? 1 : first < 0xf0 ? 2 : 3
        var scalar = UInt32(first & (0x3f >> UInt8(more)))
        for _ in 0..<more where position < end {
            scalar = scalar << 6 | UInt32(bytes[position] & 0x3f)
            position += 1
        }
        return scalar
    }
}

/// Small and capital letters, one scalar for one.
enum LetterCase {
    /// The scalar that stands for it in hashes: typographic quotes and dashes count as the plain ones.
    @inline(__always)
    static func plain(_ scalar: UInt32) -> UInt32 {
        guard scalar >= 0x80 else { return scalar }
        return switch scalar {
        case 0x2018, 0x2019, 0x02bc, 0x60: 0x27
        case 0x201c, 0x201d, 0x201e, 0xab, 0xbb: 0x22
        case 0x2010...0x2015: 0x2d
        default: scalar
        }
    }

    @inline(__always)
    static func lower(_ scalar: UInt32) -> UInt32 {
        if scalar < 0x80 { return scalar &- 0x41 < 26 ? scalar | 0x20 : scalar }
        return isCased(scalar) ? mapped(scalar, \.lowercaseMapping) : scalar
    }

    @inline(__always)
    static func upper(_ scalar: UInt32) -> UInt32 {
        if scalar < 0x80 { return scalar &- 0x61 < 26 ? scalar & 0x5f : scalar }
        return isCased(scalar) ? mapped(scalar, \.uppercaseMapping) : scalar
    }

    /// Latin, Greek, Cyrillic, Armenian, Georgian, and the later additions to them; the others know no capitals.
    private static func isCased(_ scalar: UInt32) -> Bool {
        scalar >= 0xc0 && scalar < 0x590 || scalar >= 0x10a0 && scalar < 0x1100 || scalar >= 0x1c80 && scalar < 0x2000
            || scalar >= 0xff21 && scalar < 0xff5b
    }

    /// What maps to several scalars stays as it is.
    private static func mapped(_ scalar: UInt32, _ mapping: (Unicode.Scalar.Properties) -> String) -> UInt32 {
        guard let known = Unicode.Scalar(scalar) else { return scalar }
        let text = mapping(known.properties).unicodeScalars
        return text.count == 1 ? text.first.map(\.value) ?? scalar : scalar
    }
}
