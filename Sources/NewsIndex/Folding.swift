/// Makes texts comparable: without case, accents, or width.
public enum Folding {
    /// A name or value folded as a whole: lower case, no accents, runs of blanks as one. Letters are folded as in words (docs/QUERY.md).
    public static func fold(_ text: String) -> String {
        let isPlain = text.utf8.allSatisfy { $0 < 0x80 }
        let folded = isPlain ? text.lowercased() : foldUnicode(text)
        guard !isPlain || folded.utf8.contains(where: { $0 <= 0x20 }) else { return folded }
        return folded.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    /// Scalar by scalar. What is nothing but marks stays what it is, since no two of these are the same.
    static func foldUnicode(_ text: String) -> String {
        let data = UnicodeData.shared
        var folded: [UInt8] = []
        folded.reserveCapacity(text.utf8.count)
        for scalar in text.unicodeScalars {
            if scalar.isASCII {
                folded.append(UInt8(ascii: scalar) | (scalar.value &- 0x41 < 26 ? 0x20 : 0))
            } else if let replacement = data.folding(scalar.value) {
                folded += replacement
            } else {
                folded += UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter
            }
        }
        return folded.isEmpty ? text : String(decoding: folded, as: UTF8.self)
    }

    /// The folded words of a name, in all the forms that they are found by.
    public static func words(_ text: String) -> [String] {
        var words: [String] = []
        Analyzer().forEachToken(in: text) { words.append(String(decoding: $0.exact, as: UTF8.self)) }
        return words
    }

    /// The folded words of what somebody types, each in the form that is meant.
    public static func typedWords(_ text: String) -> [String] {
        var words: [String] = []
        var last: UInt32?
        Analyzer().forEachToken(in: text) { token in
            if token.position != last { words.append(String(decoding: token.exact, as: UTF8.self)) }
            last = token.position
        }
        return words
    }

    /// Longer words are cut, in texts and queries alike, so that they still find each other.
    static let longestWord = 128

    /// Calls `word` with the bytes of each folded word of the text: a run of letters, marks and digits.
    ///
    /// Every text that comes in passes here, so a word is folded into a buffer on the stack, and nothing is allocated or
    /// counted per word. The pointers hold because `word` can't keep them: they are valid for the call alone.
    @inline(__always)
    static func forEachWord(in text: String, _ word: (UnsafeBufferPointer<UInt8>) -> Void) {
        var text = text
        text.withUTF8 { bytes in
            withUnsafeTemporaryAllocation(of: UInt8.self, capacity: longestWord) { buffer in
                var position = 0
                while position < bytes.count {
                    // A word of ASCII letters and digits, which most are, is folded by a table.
                    let start = position
                    var length = 0
                    while position < bytes.count {
                        let byte = asciiFold(bytes[position])
                        guard byte > 1 else { break }
                        if length < longestWord {
                            buffer[length] = byte
                            length += 1
                        }
                        position += 1
                    }
                    if position < bytes.count, bytes[position] >= 0x80 {
                        while position < bytes.count, asciiFold(bytes[position]) != 0 { position += 1 }
                        forEachUnicodeWord(in: String(decoding: bytes[start..<position], as: UTF8.self), word)
                    } else if length > 0 {
                        word(UnsafeBufferPointer(rebasing: buffer[..<length]))
                    }
                    position += 1
                }
            }
        }
    }

    private static func forEachUnicodeWord(in run: String, _ word: (UnsafeBufferPointer<UInt8>) -> Void) {
        for part in run.unicodeScalars.split(whereSeparator: { !isWordScalar($0) }) {
            Array(foldUnicode(String(part)).utf8.prefix(longestWord)).withUnsafeBufferPointer(word)
        }
    }

    private static func isWordScalar(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .nonspacingMark,
            .spacingMark, .decimalNumber, .letterNumber, .otherNumber:
            true
        default: false
        }
    }

    /// 0 for what separates words, 1 for bytes of longer scalars, otherwise the byte in lower case.
    @inline(__always)
    private static func asciiFold(_ byte: UInt8) -> UInt8 {
        if byte &- UInt8(ascii: "a") < 26 || byte &- UInt8(ascii: "0") < 10 { return byte }
        if byte &- UInt8(ascii: "A") < 26 { return byte | 0x20 }
        return byte >> 7
    }
}
