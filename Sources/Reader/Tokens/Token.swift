/// A word by its letters alone: the case of Latin letters and the shape of apostrophes are left out. Two words that differ have
/// the same key about once in 2^64 (FNV-1a), so tables are asked by key and no text is made.
public struct WordKey: Sendable, Hashable {
    /// The hash itself.
    public private(set) var value: UInt64 = 0xcbf2_9ce4_8422_2325

    /// The key of no letters at all.
    init() {}

    /// The key of a word.
    public init(_ word: String) {
        var previous: UInt8 = 0
        for byte in word.utf8 {
            add(byte, after: previous)
            previous = byte
        }
    }

    /// Takes in the next byte of a word in UTF-8.
    mutating func add(_ byte: UInt8, after previous: UInt8) {
        var folded = byte
        if byte &- 0x41 < 26 { folded = byte | 0x20 }
        // À to Þ without ×, in their second byte.
        if previous == 0xC3, byte >= 0x80, byte <= 0x9E, byte != 0x97 { folded = byte | 0x20 }
        value = (value ^ UInt64(folded)) &* 0x100_0000_01b3
    }
}

/// A word, a number or a mark of punctuation, as a range of a text's bytes.
public struct Token: Sendable, Hashable {
    /// What a token is made of.
    public enum Kind: UInt8, Sendable {
        /// Letters, perhaps with digits among them: `Kyiv`, `U.S.`, `24th`, `1.5bn`.
        case word
        /// Digits with the signs that belong in numbers: `1,500.5`, `9:30`.
        case number
        /// One mark, or a run of stops or hyphens.
        case punctuation
        /// Money, mathematics, emoji and the like.
        case symbol
    }

    /// What stands before a token, and how it is written.
    public struct Traits: OptionSet, Sendable, Hashable {
        /// The bits.
        public let rawValue: UInt16
        /// A set of these bits.
        public init(rawValue: UInt16) { self.rawValue = rawValue }

        /// Blank space stands before it, or it is the first.
        public static let spaceBefore = Traits(rawValue: 1)
        /// It is the first of a line.
        public static let lineBefore = Traits(rawValue: 2)
        /// A blank line stands before it.
        public static let paragraphBefore = Traits(rawValue: 4)
        /// Its first letter is a capital.
        public static let capital = Traits(rawValue: 8)
        /// It has a lower-case letter.
        public static let lowercase = Traits(rawValue: 16)
        /// It has a digit.
        public static let digit = Traits(rawValue: 32)
        /// It has bytes above 127.
        public static let nonASCII = Traits(rawValue: 64)
        /// It ends with a stop that belongs to it: `Mr.`, `U.S.`.
        public static let abbreviation = Traits(rawValue: 128)
        /// It was cut off the word before: `'s`, `n't`.
        public static let clitic = Traits(rawValue: 256)
    }

    /// Where it begins, in bytes from the start of the text.
    public internal(set) var start: UInt32
    /// Where it ends.
    public internal(set) var end: UInt32
    /// Unicode scalars before it.
    public internal(set) var scalarStart: UInt32
    /// Unicode scalars up to its end.
    public internal(set) var scalarEnd: UInt32
    /// Its letters, without case.
    public internal(set) var key: WordKey
    /// What it is made of.
    public internal(set) var kind: Kind
    /// What stands before it, and how it is written.
    public internal(set) var traits: Traits

    /// Its bytes in the text.
    public var bytes: Range<Int> { Int(start)..<Int(end) }
    /// Whether its first letter is a capital.
    public var isCapital: Bool { traits.contains(.capital) }
    /// Whether all its letters are capitals, and there is one.
    public var isAllCapitals: Bool { traits.contains(.capital) && !traits.contains(.lowercase) }
}

extension Range<Int> {
    /// The tokens from one to another; none where the end was moved before the beginning.
    init(from start: Int, to end: Int) { self = start..<Swift.max(start, end) }
}
