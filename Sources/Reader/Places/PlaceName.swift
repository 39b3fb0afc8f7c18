/// Names of places as they are looked up: without case, accents, stops and apostrophes, hyphens as blanks, `Saint` as `St`.
package enum PlaceName {
    /// The 32 bits that a name is found by; two names share them once in four thousand million times.
    package static func key(_ name: some StringProtocol) -> UInt32 {
        var phrase: UInt64 = 0
        var word = WordHash.empty
        var hasWords = false
        func end() {
            guard word != WordHash.empty else { return }
            // "The Netherlands" is found without its article.
            if hasWords || word != the { phrase = WordHash.phrase(phrase, adding: short[word] ?? word) }
            hasWords = true
            word = WordHash.empty
        }
        for scalar in name.unicodeScalars {
            let plain = LetterCase.plain(scalar.value)
            switch plain {
            case 0x27, 0x2E, 0x300..<0x370, 0x2BB: continue
            case 0x2D, 0x2C, 0x2F, 0...0x20, 0xA0: end()
            default:
                for letter in LatinLetters.base(plain) { word = WordHash.appending(letter, to: word) }
            }
        }
        end()
        return UInt32(truncatingIfNeeded: WordHash.mixed(phrase) >> 32)
    }

    private static func hash(_ word: String) -> UInt64 {
        word.unicodeScalars.reduce(WordHash.empty) { WordHash.appending($1.value, to: $0) }
    }
    private static let the = hash("the")
    private static let short = [
        hash("saint"): hash("st"), hash("sainte"): hash("ste"), hash("fort"): hash("ft"), hash("mount"): hash("mt"), hash("&"): hash("and"),
    ]
}

/// Latin letters without what is written on, under or through them.
enum LatinLetters {
    /// The small letters that stand for a scalar, one or two; for what isn't Latin, its own small letter.
    static func base(_ scalar: UInt32) -> BaseLetters {
        switch scalar {
        case 0..<0x80: return BaseLetters(LetterCase.lower(scalar))
        case 0xC6, 0xE6, 0x1FC, 0x1FD: return BaseLetters(0x61, 0x65)
        case 0x152, 0x153: return BaseLetters(0x6F, 0x65)
        case 0xDE, 0xFE: return BaseLetters(0x74, 0x68)
        case 0xDF, 0x1E9E: return BaseLetters(0x73, 0x73)
        case 0xC0..<0x250: return letter(scalar, in: latin, from: 0xC0)
        case 0x1E00..<0x1F00: return letter(scalar, in: additional, from: 0x1E00)
        default: return BaseLetters(LetterCase.lower(scalar))
        }
    }

    private static func letter(_ scalar: UInt32, in table: [UInt8], from first: UInt32) -> BaseLetters {
        let found = table[Int(scalar - first)]
        return BaseLetters(found == UInt8(ascii: ".") ? LetterCase.lower(scalar) : UInt32(found))
    }

    /// U+00C0 to U+024F; a stop where there is no one letter.
    private static let latin = Array(
        """
        aaaaaa.ceeeeiiiidnooooo.ouuuuy..aaaaaa.ceeeeiiiidnooooo.ouuuuy.yaaaaaaccccccccddddeeeeeeeeeegggggggg\
        hhhhiiiiiiiiii..jjkkkllllll..llnnnnnn.nnoooooo..rrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzsbbbb..oc\
        cdddd.eeeffgg.iikkl.mnnooo..ppr..s..tttuuuvyyzzz.....................aaiioouuuuuuuuuueaaaa..ggggkkoo\
        oozzj...gg..nnaa..ooaaaaeeeeiiiioooorrrruuuusstt..hhnd..zzaaeeooooooooyylntj..accltsz..buveejjqqrryy
        """.utf8)

    /// U+1E00 to U+1EFF.
    private static let additional = Array(
        """
        aabbbbbbccddddddddddeeeeeeeeeeffgghhhhhhhhhhiiiikkkkkkllllllllmmmmmmnnnnnnnnoooooooopppprrrrrrrrssss\
        ssssssttttttttuuuuuuuuuuvvvvwwwwwwwwwwxxxxyyzzzzzzhtwy.sss.daaaaaaaaaaaaaaaaaaaaaaaaeeeeeeeeeeeeeeee\
        iiiioooooooooooooooooooooooouuuuuuuuuuuuuuyyyyyyyyllvvyy
        """.utf8)
}

/// One letter or two.
struct BaseLetters: Sequence, IteratorProtocol {
    private var first: UInt32?
    private var second: UInt32?

    init(_ first: UInt32, _ second: UInt32? = nil) {
        self.first = first
        self.second = second
    }

    mutating func next() -> UInt32? {
        defer { (first, second) = (second, nil) }
        return first
    }
}
