extension Spelling {
    /// A query with the words that no article has replaced by what was probably meant; nil if there is nothing better to say.
    ///
    /// `meant` answers, for a folded word, what to put in its place: nil for words that there are, and where nothing is near. Operators,
    /// names of fields, values of fields, prefixes and words with digits stay as they are.
    public static func corrected(_ query: String, meant: (String) -> String?) -> String? {
        var query = query
        // The bytes are read during the call alone.
        return query.withUTF8 { bytes in
            let values = valuesOfFields(bytes)
            var corrected: [UInt8] = []
            var copied = 0
            var last: UInt32?
            Analyzer().forEachToken(utf8: bytes, language: TextLanguage(tag: nil)) { token in
                // Other forms of the same word come behind it.
                guard token.position != last else { return }
                last = token.position
                guard token.range.lowerBound >= copied, isWord(bytes, token.range), !values.contains(where: { $0.overlaps(token.range) }),
                    !token.exact.contains(where: { 0x30...0x39 ~= $0 }),
                    let better = meant(String(decoding: token.exact, as: UTF8.self))
                else { return }
                corrected += bytes[copied..<token.range.lowerBound]
                corrected += better.utf8
                copied = token.range.upperBound
            }
            guard copied > 0 else { return nil }
            corrected += bytes[copied...]
            return String(decoding: corrected, as: UTF8.self)
        }
    }

    /// Whether what stands there is looked for in the texts. The pointer is read during the call alone.
    private static func isWord(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Bool {
        if range.upperBound < bytes.count, bytes[range.upperBound] == UInt8(ascii: "*") { return false }
        if range.upperBound + 1 < bytes.count, bytes[range.upperBound] == UInt8(ascii: ":"), bytes[range.upperBound + 1] > 0x20 {
            return false
        }
        if ["AND", "OR", "NOT"].contains(where: { $0.utf8.elementsEqual(bytes[range]) }) { return false }
        if range.upperBound < bytes.count, bytes[range.upperBound] == UInt8(ascii: "("), range.count == 4,
            bytes[range].elementsEqual("near".utf8, by: { $0 | 0x20 == $1 })
        {
            return false
        }
        return true
    }

    /// Where values of fields other than the texts stand: right behind a colon, maybe in quotes or parentheses. The pointer is read
    /// during the call alone.
    private static func valuesOfFields(_ bytes: UnsafeBufferPointer<UInt8>) -> [Range<Int>] {
        var ranges: [Range<Int>] = []
        var at = 0
        while let colon = bytes[at...].firstIndex(of: UInt8(ascii: ":")) {
            at = colon + 1
            var start = colon
            while start > 0, (bytes[start - 1] | 0x20) &- 0x61 < 26, colon - start < 16 { start -= 1 }
            let name = String(decoding: bytes[start..<colon], as: UTF8.self).lowercased()
            guard QueryParser.fieldNames.contains(name), name != "headline", name != "body", at < bytes.count else { continue }
            var depth = 0
            var isQuoted = false
            while at < bytes.count {
                let byte = bytes[at]
                if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
                if !isQuoted {
                    if byte == UInt8(ascii: "(") { depth += 1 }
                    if byte == UInt8(ascii: ")") { depth -= 1 }
                    if depth < 0 || depth == 0 && byte <= 0x20 { break }
                }
                at += 1
            }
            ranges.append(colon..<at)
        }
        return ranges
    }
}
