/// Makes texts comparable: without case, accents, or width.
public enum Folding {
    /// A name or value folded as a whole: lower case, no accents, runs of blanks as one. Letters are folded as in words (docs/QUERY.md).
    public static func fold(_ text: String) -> String {
        if text.utf8.allSatisfy({ $0 < 0x80 }) { return foldPlain(text) }
        return foldUnicode(text).split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    /// ASCII, byte by byte: every name that is looked up comes through here.
    private static func foldPlain(_ text: String) -> String {
        var folded: [UInt8] = []
        folded.reserveCapacity(text.utf8.count)
        var isApart = false
        for byte in text.utf8 {
            guard byte != 0x20, !(0x09...0x0D).contains(byte) else {
                isApart = !folded.isEmpty
                continue
            }
            if isApart { folded.append(0x20) }
            isApart = false
            folded.append(byte &- 0x41 < 26 ? byte | 0x20 : byte)
        }
        return String(decoding: folded, as: UTF8.self)
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
}
