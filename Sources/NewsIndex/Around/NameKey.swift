/// What names are compared by as one types: folded words with one blank between.
enum NameKey {
    /// Longer names are cut.
    static let longest = 96
    /// A name is found by the beginnings of so many of its words.
    static let mostWords = 8

    /// "J.P. Morgan's" is `jp morgans`: points and apostrophes are passed over, other signs are blanks.
    static func key(_ name: String) -> [UInt8] {
        let data = UnicodeData.shared
        var key: [UInt8] = []
        var name = name
        // The bytes are read during the call alone.
        name.withUTF8 { bytes in
            var at = 0
            while at < bytes.count, key.count < longest {
                let (scalar, length) = UTF8Decoding.scalar(bytes, at)
                let kind = data.kind(scalar)
                if kind.isUnspaced || kind.boundary.isWord || kind.boundary.isIgnored || kind.boundary == .smallDigit {
                    if scalar < 0x80 {
                        key.append(UInt8(scalar) | (scalar &- 0x41 < 26 ? 0x20 : 0))
                    } else if let folded = data.folding(scalar) {
                        key += folded
                    } else {
                        key += bytes[at..<at + length]
                    }
                } else if ![0x27, 0x2E, 0x2018, 0x2019, 0xFF07].contains(scalar), !key.isEmpty, key.last != 0x20 {
                    key.append(0x20)
                }
                at += length
            }
        }
        if key.last == 0x20 { key.removeLast() }
        return key
    }

    /// Where words begin in a key; in a script without spaces every character does.
    static func wordStarts(_ key: [UInt8]) -> [Int] {
        var starts: [Int] = []
        // The bytes are read during the call alone.
        key.withUnsafeBufferPointer { bytes in
            var at = 0
            while at < bytes.count, starts.count < mostWords {
                let (scalar, length) = UTF8Decoding.scalar(bytes, at)
                if at == 0 || bytes[at - 1] == 0x20 || UnicodeData.shared.kind(scalar).isUnspaced { starts.append(at) }
                at += length
            }
        }
        return starts
    }
}
