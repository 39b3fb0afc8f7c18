import Foundation

/// Makes texts comparable: without case, accents, or width.
public enum Folding {
    /// A name or value folded as a whole: lower case, no accents, runs of blanks as one.
    public static func fold(_ text: String) -> String {
        let isPlain = text.utf8.allSatisfy { $0 < 0x80 }
        let folded = isPlain ? text.lowercased() : foldUnicode(text)
        guard !isPlain || folded.utf8.contains(where: { $0 <= 0x20 }) else { return folded }
        return folded.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    static func foldUnicode(_ text: String) -> String {
        text.folding(options: [.caseInsensitive, .diacriticInsensitive, .widthInsensitive], locale: nil)
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
