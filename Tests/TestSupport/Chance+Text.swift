extension Chance {
    /// A text of any scalars: control characters, quotes, what JSON and folding have to deal with, and beyond the BMP.
    public mutating func text(upTo limit: Int) -> String {
        var text = ""
        for _ in 0..<below(limit + 1) { text.unicodeScalars.append(scalar()) }
        return text
    }

    /// Any scalar; the awkward ones more often than their share.
    public mutating func scalar() -> Unicode.Scalar {
        let ranges: [ClosedRange<UInt32>] = [
            0x00...0x1F, 0x20...0x2F, 0x30...0x7E, 0x7F...0xFF, 0x100...0x4FF, 0x300...0x36F, 0x2000...0x2064, 0x3040...0x30FF,
            0x4E00...0x9FFF, 0xE000...0xFFFF, 0x1F300...0x1FAFF, 0x10_FFF0...0x10_FFFF,
        ]
        if once(in: 8) { return one(of: ["\"", "\\", "/", "\u{0}", "\u{1F}", "\u{7F}", "\u{2028}", "\u{FEFF}"]) }
        // The ranges hold no surrogates.
        return Unicode.Scalar(UInt32.random(in: one(of: ranges), using: &self)) ?? " "
    }

    /// A sentence of a few words that often come again, so that texts share them.
    public mutating func sentence(words limit: Int) -> String {
        (0...below(limit)).map { _ in word() }.joined(separator: one(of: [" ", ", ", "-", "\n", " – "]))
    }

    /// One of two hundred words, the first ones far more often than the last.
    public mutating func word() -> String {
        let plain = [
            "Kyiv", "minister", "visit", "aid", "talks", "Kraków", "Łódź", "naïve", "Война", "北京", "2023", "über", "O'Neill", "visits",
            "ministers", "talking", "talked",
        ]
        let rank = min(below(200), below(200))
        return rank < plain.count ? plain[rank] : "word\(rank)"
    }
}
