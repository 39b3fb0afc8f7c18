import Foundation

/// Makes texts comparable: without case, accents, or width.
public enum Folding {
    /// A name or value folded as a whole: lower case, no accents, runs of blanks as one.
    public static func fold(_ text: String) -> String {
        let isPlain = text.utf8.allSatisfy { $0 < 0x80 }
        let folded = isPlain ? text.lowercased() : foldUnicode(text)
        guard folded.utf8.contains(where: { $0 <= 0x20 }) else { return folded }
        return folded.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    static func foldUnicode(_ text: String) -> String {
        text.folding(options: [.caseInsensitive, .diacriticInsensitive, .widthInsensitive], locale: nil)
    }

    /// Longer words are cut, in texts and queries alike, so that they still find each other.
    static let longestWord = 128

    /// Calls `word` with the bytes of each folded word of the text: a run of letters, marks and digits.
    @inline(__always)
    static func forEachWord(in text: String, _ word: (ArraySlice<UInt8>) -> Void) {
        var text = text
        var buffer: [UInt8] = []
        buffer.reserveCapacity(longestWord)
        text.withUTF8 { bytes in
            var position = 0
            while position < bytes.count {
                // A word of ASCII letters and digits, which most are, is folded by a table.
                buffer.removeAll(keepingCapacity: true)
                let start = position
                while position < bytes.count {
                    let byte = asciiFold[Int(bytes[position])]
                    guard byte > 1 else { break }
                    if buffer.count < longestWord { buffer.append(byte) }
                    position += 1
                }
                if position < bytes.count, bytes[position] >= 0x80 {
                    while position < bytes.count, asciiFold[Int(bytes[position])] != 0 { position += 1 }
                    forEachUnicodeWord(in: String(decoding: bytes[start..<position], as: UTF8.self), word)
                } else if !buffer.isEmpty {
                    word(buffer[...])
                }
                position += 1
            }
        }
    }

    private static func forEachUnicodeWord(in run: String, _ word: (ArraySlice<UInt8>) -> Void) {
        for part in run.unicodeScalars.split(whereSeparator: { !isWordScalar($0) }) {
            word(Array(foldUnicode(String(part)).utf8.prefix(longestWord))[...])
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
    private static let asciiFold: [UInt8] = (0...255).map { byte in
        switch UInt8(byte) {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): UInt8(byte)
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt8(byte) | 0x20
        case 0x80...: 1
        default: 0
        }
    }
}
