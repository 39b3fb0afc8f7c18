/// Reads the words out of texts, for the index and for queries alike. docs/QUERY.md says what is one word.
///
/// Any thread may use the same analyzer: what it works with (`AnalysisScratch`) is lent to one call at a time.
public struct Analyzer: Sendable {
    /// What counts as a word.
    public enum Mode: Sendable {
        /// Words as people expect: Unicode's boundaries, folded without case and accents, with stems.
        case full
        /// Runs of letters and digits in lower case, for comparing with engines that do no more. Words of
        /// `Analyzer.longestPlainWord` bytes and more are left out, but keep their place.
        case plain
    }

    /// Longer words are cut to so many bytes of UTF-8, in texts and queries alike, so that they still find each other.
    public static let longestWord = 128
    /// From this size on, words are left out in `Mode.plain`.
    public static let longestPlainWord = 40

    /// What counts as a word.
    public let mode: Mode

    /// An analyzer for texts of all languages.
    public init(_ mode: Mode = .full) { self.mode = mode }

    /// Calls `body` with every token of a text, in order, and answers how many positions the text has.
    ///
    /// `language` is a BCP 47 tag; without one, or with one that has no stemmer, words have no stems.
    @inline(__always) @discardableResult
    public func forEachToken(in text: String, language: String? = nil, _ body: (Token) -> Void) -> UInt32 {
        var text = text
        // The bytes are read during the call alone.
        return text.withUTF8 { forEachToken(utf8: $0, language: TextLanguage(tag: language), body) }
    }

    /// Calls `body` with every token of a text in UTF-8, in order, and answers how many positions the text has. Bytes that are not
    /// UTF-8 separate words.
    ///
    /// The pointers are read during the call alone. Words of ASCII letters and digits, which most are, are folded by a table into a
    /// buffer that is there already; everything else is left to the scratch, which is not specialised.
    @inline(__always) @discardableResult
    public func forEachToken(utf8 bytes: UnsafeBufferPointer<UInt8>, language: TextLanguage, _ body: (Token) -> Void) -> UInt32 {
        let scratch = AnalysisScratch.borrow(for: language, mode)
        defer { scratch.giveBack() }
        let table = mode == .full ? ASCIIFolding.full : ASCIIFolding.plain
        let word = scratch.word
        let isStemming = scratch.isStemming
        var at = 0
        var position: UInt32 = 0
        while at < bytes.count {
            let start = at
            var length = 0
            var folded = table[Int(bytes[at])]
            while folded > 1 {
                if length < Analyzer.longestWord {
                    word[length] = folded
                    length += 1
                }
                at += 1
                guard at < bytes.count else {
                    folded = 0
                    break
                }
                folded = table[Int(bytes[at])]
            }
            // "word, " and "word. " end a word as well, and need no closer look.
            if folded == 0 || (length > 0 && bytes[at] < 0x80 && (at + 1 == bytes.count || table[Int(bytes[at + 1])] == 0)) {
                if length > 0 {
                    if mode == .full || at - start < Analyzer.longestPlainWord {
                        let exact = UnsafeBufferPointer(rebasing: word[..<length])
                        let lower = isStemming ? exact : UnsafeBufferPointer(start: nil, count: 0)
                        body(Token(exact: exact, position: position, range: start..<at, lower: lower, scratch: .passUnretained(scratch)))
                    }
                    position &+= 1
                }
                at += 1
                continue
            }
            at = scratch.read(bytes, from: start)
            for index in scratch.found.indices { body(scratch.token(index, position)) }
            position &+= scratch.positions
        }
        return position
    }

    /// The folded stem of a word in lower case, as the index has it; the folded word itself if nothing is to be taken off.
    public static func stem(_ word: String, in language: StemLanguage) -> String {
        let scratch = AnalysisScratch.borrow(for: TextLanguage(stem: language), .full)
        defer { scratch.giveBack() }
        return scratch.stem(of: word)
    }
}

/// What the language of a text changes in reading its words.
public struct TextLanguage: Sendable, Hashable {
    /// The language to stem in.
    public let stem: StemLanguage?
    /// Whether ä, ö, ü, ø and å are letters of their own here, that nobody writes as ae, oe, ue or aa.
    let hasNativeUmlauts: Bool

    /// The language of a BCP 47 tag, or none.
    public init(tag: String?) {
        self.init(stem: tag.flatMap { StemLanguage(tag: $0) }, tag: tag)
    }

    init(stem: StemLanguage?, tag: String? = nil) {
        self.stem = stem
        let isNative: Bool =
            switch stem {
            case .finnish, .hungarian, .turkish, .swedish: true
            default: tag.map { TextLanguage.nativeUmlauts.contains($0.prefix { $0 != "-" }.lowercased()) } ?? false
            }
        hasNativeUmlauts = isNative
    }

    private static let nativeUmlauts: Set<String> = ["et", "az", "tk", "is", "sk", "vro", "crh", "tt", "ba", "kk"]
}

/// What each byte is to a word: 0 separates, 1 needs a closer look, everything else is the byte in lower case.
enum ASCIIFolding {
    /// The tables are made once, never changed and never freed.
    nonisolated(unsafe) static let full = table(closer: Array("'.,-&_:;".utf8))
    /// As above: made once, never changed.
    nonisolated(unsafe) static let plain = table(closer: [])

    private static func table(closer: [UInt8]) -> UnsafePointer<UInt8> {
        let table = UnsafeMutablePointer<UInt8>.allocate(capacity: 256)
        for byte in 0...255 {
            let scalar = Unicode.Scalar(UInt8(byte))
            table[byte] =
                switch scalar {
                case "a"..."z", "0"..."9": UInt8(byte)
                case "A"..."Z": UInt8(byte) | 0x20
                default: byte >= 0x80 || closer.contains(UInt8(byte)) ? 1 : 0
                }
        }
        return UnsafePointer(table)
    }
}
