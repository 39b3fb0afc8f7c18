import NewsIndex
import TestSupport
import Testing

/// Any text is read in linear time without a trap, and the quick way reads what the thorough way does.
struct AnalyzerRandomTests {
    static let pieces = [
        "a", "b", "Word", "running", "s", "t", "O", "l", "1", "23", "000", "456", ".", ",", "'", "-", "&", "_", ":", ";", " ", " ", " ",
        "\n", "$", "U.S.", "'s ", "é", "ü", "Ж", "東", "京", "ไ", "ท", "가", "ｶ", "ﾞ", "\u{301}", "\u{200D}", "\u{AD}", "’", "“", "🇺", "👩",
        "שׁ", "\"",
        "₂",
    ]

    @Test func softHyphensChangeNothing() {
        var chance = Chance(seed: 1)
        let plain = Self.pieces.prefix(26)
        for _ in 0..<20_000 {
            let text = (0..<chance.below(14)).map { _ in plain[chance.below(plain.count)] }.joined()
            // Hyphens that nobody sees send every word the thorough way.
            let hyphenated = text.map { $0.isLetter || $0.isNumber ? "\($0)\u{AD}" : String($0) }.joined()
            let quick = AnalyzerTests.read(text, "en")
            let thorough = AnalyzerTests.read(hyphenated, "en")
            #expect(
                quick.map(\.exact) == thorough.map(\.exact) && quick.map(\.stem) == thorough.map(\.stem)
                    && quick.map(\.position) == thorough.map(\.position), "\(text.debugDescription)")
        }
    }

    @Test(arguments: ["en", "fr", "tr", "ar", "zh", nil] as [String?])
    func randomTextsAreReadInOrder(_ language: String?) {
        var chance = Chance(seed: 2)
        for _ in 0..<5_000 {
            let text =
                chance.once(in: 2)
                ? chance.text(upTo: 60) : (0..<chance.below(40)).map { _ in chance.one(of: Self.pieces) }.joined()
            let bytes = Array(text.utf8)
            for mode in [Analyzer.Mode.full, .plain] {
                for token in AnalyzerTests.read(text, language, mode) {
                    #expect(!token.exact.isEmpty && token.exact.utf8.count <= 4 * Analyzer.longestWord)
                    #expect(!token.range.isEmpty && token.range.upperBound <= bytes.count)
                    #expect(token.stem != token.exact && token.stem?.isEmpty != true)
                    #expect(String(validating: bytes[token.range], as: UTF8.self) != nil, "\(text.debugDescription) \(token)")
                    #expect(!token.exact.unicodeScalars.contains("\u{FFFD}") || text.unicodeScalars.contains("\u{FFFD}"))
                }
            }
        }
    }

    /// Whatever the bytes are. The pointer is read during the call alone.
    @Test func bytesThatAreNotTextSeparateWords() {
        var chance = Chance(seed: 3)
        for _ in 0..<20_000 {
            let bytes = (0..<chance.below(40)).map { _ in UInt8(truncatingIfNeeded: chance.next()) & (chance.once(in: 2) ? 0x7F : 0xFF) }
            bytes.withUnsafeBufferPointer { bytes in
                for mode in [Analyzer.Mode.full, .plain] {
                    Analyzer(mode).forEachToken(utf8: bytes, language: TextLanguage(tag: "de")) { token in
                        #expect(String(validating: token.exact, as: UTF8.self) != nil && token.range.upperBound <= bytes.count)
                        #expect(token.stem.map { String(validating: $0, as: UTF8.self) != nil } != false)
                    }
                }
            }
        }
    }

    /// What grows without end grows the time in proportion: each of these would take hours if it were squared.
    @Test(arguments: [
        "a", "a\u{301}", "\u{301}", "a'", "a.", "1,", "a-", "x-y&", "東", "ｶﾞ", "\u{1112}\u{1161}", "_", "a_", "🇺🇦", "\u{200D}", "é'",
        "a\u{200D}'\u{200D}",
        "'", "ไ\u{E31}", "שׁ\"", "1\u{301}.", "щ", "U.S.",
    ])
    func storms(_ piece: String) {
        let text = String(repeating: piece, count: 300_000 / piece.utf8.count)
        var count = 0
        Analyzer().forEachToken(in: text, language: "de") { _ in count += 1 }
        Analyzer(.plain).forEachToken(in: text) { _ in count += 1 }
        // One letter, and then marks without end.
        let mixed = "a" + text + "b" + String(repeating: "\u{301}", count: 200_000) + "'" + String(repeating: "\u{301}", count: 200_000)
        Analyzer().forEachToken(in: mixed, language: "fr") { _ in count += 1 }
        #expect(count >= 1)
    }

    /// Threads share the pool of stemmers and not a stemmer.
    @Test func threadsDoNotDisturbEachOther() async {
        let texts = ["The elections were running", "Les élections générales", "Die Häuser der Wahlen", "новостями Новости"]
        let languages = ["en", "fr", "de", "ru"]
        let expected = zip(texts, languages).map { AnalyzerTests.read($0, $1) }
        await withTaskGroup(of: Bool.self) { group in
            for task in 0..<8 {
                group.addTask {
                    (0..<2_000).allSatisfy { round in
                        let which = (round + task) % texts.count
                        return AnalyzerTests.read(texts[which], languages[which]) == expected[which]
                    }
                }
            }
            for await isRight in group { #expect(isRight) }
        }
    }
}
