import News

/// A key of the index: a word of the texts, or a value of a field.
///
/// Values carry a tag as their first byte, below every byte a word can have, so that both live in one dictionary.
public struct Term: Sendable, Hashable {
    /// A field that lists are filtered by; the raw value is the tag.
    public enum Field: UInt8, Sendable, CaseIterable {
        case entity = 1
        case event, source, section, language, keyword, author, status, speaker, entityType, story, original, mentioned

        /// Ids are matched as they are, everything else without case and accents.
        var isIdentifier: Bool {
            switch self {
            case .entity, .event, .speaker, .story, .original, .mentioned: true
            case .source, .section, .language, .keyword, .author, .status, .entityType: false
            }
        }
    }

    let bytes: [UInt8]

    /// A word, folded already.
    init(word: String) { bytes = Array(word.utf8) }

    /// A value of a field.
    public init(_ field: Field, _ value: String) {
        let text = field.isIdentifier ? value : Folding.fold(value)
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count + 1)
        bytes.append(field.rawValue)
        // Terms hold no zeros, since the dictionary fills short ones up with them; 0xFF stands in no text.
        for byte in text.utf8 { bytes.append(byte == 0 ? 0xFF : byte) }
        self.bytes = bytes
    }

    /// A number for some bytes, of which all bits are as good as random; by eight bytes at a time. The pointer is read during the call
    /// alone.
    @inline(__always)
    static func hash(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt64 {
        var hash = UInt64(truncatingIfNeeded: bytes.count)
        var at = 0
        while at < bytes.count {
            hash = mixed(hash, TermDictionary.key(UnsafeBufferPointer(rebasing: bytes[at...])))
            at += 8
        }
        return finished(hash)
    }

    /// The same, where eight bytes after the last can be read.
    @inline(__always)
    static func hash(padded bytes: UnsafeBufferPointer<UInt8>) -> UInt64 {
        guard let start = bytes.baseAddress else { return finished(0) }
        var hash = UInt64(truncatingIfNeeded: bytes.count)
        var at = 0
        while at < bytes.count {
            hash = mixed(hash, TermDictionary.key(padded: start + at, bytes.count - at))
            at += 8
        }
        return finished(hash)
    }

    /// Folds the whole product, so that every bit changes the low ones and the high ones alike.
    @inline(__always)
    private static func mixed(_ hash: UInt64, _ part: UInt64) -> UInt64 {
        let product = (hash ^ part ^ 0x2D35_8DCC_AA6C_78A5).multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15)
        return product.high ^ product.low
    }

    @inline(__always)
    static func finished(_ hash: UInt64) -> UInt64 { (hash ^ hash >> 32) &* 0xD6E8_FEB8_6659_FD93 }

    /// What words begin with is above this, and what values begin with below.
    static let lastTag: UInt8 = 0x10

    /// Whether the term with that first byte is a word of the texts, with counts and positions.
    @inline(__always)
    static func isText(_ first: UInt8) -> Bool { first > lastTag }
}

/// The words of an article, read out of it ahead of the fold: the costly part, and it depends on nothing else.
public struct ArticleWords: Sendable {
    let terms: TermList
    /// The values of its fields, if it is the article as a record has it.
    let values: TermList?

    /// Reads the words of the article's headline and body.
    public init(_ article: Article, _ analyzer: Analyzer = Analyzer()) {
        terms = TermList(article, analyzer)
        values = nil
    }

    /// Reads the words of an article that is in a record, and so won't change before it is folded in, and the values of its fields.
    public init(recorded article: Article, _ analyzer: Analyzer = Analyzer()) {
        terms = TermList(article, analyzer)
        values = TermList(valuesOf: article)
    }
}
