import News
import Reader
import TestSupport

/// Texts that nobody means well with. Each is built from its length alone.
enum Hostile {
    static let kinds: [(name: String, make: @Sendable (Int) -> String)] = [
        ("one word", { String(repeating: "a", count: $0) }),
        ("capitals", { String(repeating: "A", count: $0) }),
        ("capitalised words", { String(repeating: "Kyiv ", count: $0 / 5) }),
        ("stops", { String(repeating: ".", count: $0) }),
        ("stops apart", { String(repeating: ". ", count: $0 / 2) }),
        ("stops and openers", { String(repeating: ".(\"“ ", count: $0 / 8) }),
        ("closing marks", { String(repeating: ".” ’ ) ", count: $0 / 12) }),
        ("straight quotes", { String(repeating: "\" ", count: $0 / 2) }),
        ("opening quotes", { String(repeating: "“A ", count: $0 / 5) }),
        ("apostrophes", { String(repeating: "a'a’", count: $0 / 6) }),
        ("initials", { String(repeating: "U.S. ", count: $0 / 5) }),
        ("initials that never end", { String(repeating: "U.", count: $0 / 2) }),
        ("numbers", { String(repeating: "1,234.5:", count: $0 / 8) }),
        ("digits", { String(repeating: "9", count: $0) }),
        ("dates", { String(repeating: "Monday, January 5, 2019 and ", count: $0 / 28) }),
        ("months", { String(repeating: "May ", count: $0 / 4) }),
        ("the past few", { String(repeating: "the past few ", count: $0 / 13) }),
        ("hyphens", { String(repeating: "two-", count: $0 / 4) }),
        ("she said", { String(repeating: "“I,” she said. ", count: $0 / 19) }),
        ("visits", { String(repeating: "The visit, a meeting, a crash and a trial ", count: $0 / 42) }),
        ("told again", { String(repeating: "U.S. visits Kyiv on May 4. ", count: $0 / 27) }),
        ("told without end", { String(repeating: "U.S. visits Kyiv on May 4, and ", count: $0 / 32) }),
        ("lines", { String(repeating: "A\n", count: $0 / 2) }),
        ("wide lines", { String(repeating: String(repeating: "word ", count: 14) + "\n", count: $0 / 71) }),
        ("carriage returns", { String(repeating: "a.\r\n\r\n", count: $0 / 6) }),
        ("right to left", { String(repeating: "قال الرئيس، אמר הנשיא. ", count: $0 / 40) }),
        ("emoji", { String(repeating: "👩‍👩‍👧‍👦🇺🇦👍🏽 ", count: $0 / 42) }),
        ("combining marks", { "e" + String(repeating: "\u{301}", count: $0 / 2) }),
        ("marks alone", { String(repeating: " \u{301}", count: $0 / 3) }),
        ("nothing", { String(repeating: "\0", count: $0) }),
        ("blank", { String(repeating: " \u{A0}\u{2003}\u{FEFF}", count: $0 / 9) }),
        ("ideographs", { String(repeating: "新闻。", count: $0 / 9) }),
        ("tags that never end", { String(repeating: "<p ", count: $0 / 3) }),
        ("comments that never end", { String(repeating: "<!--a> ", count: $0 / 7) }),
        ("scripts that never end", { String(repeating: "<script>a ", count: $0 / 10) }),
        ("references", { String(repeating: "&amp;&#x201C;&bad", count: $0 / 17) }),
        ("addresses", { String(repeating: "https://a.b/", count: $0 / 12) }),
    ]

    /// Random pieces of everything, well-formed as Swift's strings are.
    static func mixture(_ chance: inout Chance, pieces: Int) -> String {
        let words = [
            "Kyiv", "Monday", "the", "said", "“", "”", "\"", "'", "’", ".", ",", " ", "\n", "\n\n", "U.S.", "Mr.", "2019", "$1.5bn", "May",
            "was", "will", "visit", "elected", "last", "week", "two", "-", "years", "ago", "é", "e\u{301}", "新", "قال", "👍🏽", "\u{200D}",
            "\u{FEFF}", "9:30", "12/31/99", "2020-02-30", "31", "February", "quarter", "99999999999999999999", "next", "n't", "I", "he",
            "she",
            "killed", "attack", "meeting", "\0", "\u{10FFFF}", "«", "»", "of", "and", "to", "from", "at", "eve", "<p>", "</p>",
            "<!--", "-->", "<script>", "</script>", "&ldquo;", "&amp;", "&#", "<", ">",
        ]
        var text = ""
        for _ in 0..<pieces {
            if chance.once(in: 8) {
                let bytes = (0..<chance.below(12)).map { _ in UInt8.random(in: 0...255, using: &chance) }
                text += String(decoding: bytes, as: UTF8.self)
            } else {
                text += chance.one(of: words)
            }
            if !chance.once(in: 3) { text += " " }
        }
        return text
    }
}

extension TokenizedText {
    /// Its sentences, each as its tokens with a bar between them.
    var outline: [String] { sentences.map { $0.map { text(of: $0) }.joined(separator: "|") } }
}

extension String {
    /// The scalars of a span.
    func cut(_ span: TextSpan) -> String {
        let scalars = unicodeScalars
        guard let start = scalars.index(scalars.startIndex, offsetBy: span.offset, limitedBy: scalars.endIndex),
            let end = scalars.index(start, offsetBy: span.length, limitedBy: scalars.endIndex)
        else { return "out of bounds" }
        return String(scalars[start..<end])
    }
}

extension TokenizedText {
    /// Mentions of known names, as "person Anna Berg|Berg; place Oslo": the names between bars are one entity's, longest first.
    func mentions(_ names: String, field: TextSpan.Field = .body) -> [Mention] {
        var found: [Mention] = []
        var index = 0
        let entities = names.split(separator: ";").enumerated().map { number, entry in
            let words = entry.split(separator: " ", maxSplits: 1)
            let kind = Entity.Kind(rawValue: String(words[0])) ?? .other
            return (number, kind, words[1].split(separator: "|").map { TokenizedText(String($0)).tokens.map(\.key) })
        }
        while index < tokens.count {
            var match: Mention?
            for (number, kind, forms) in entities {
                for form in forms where index + form.count <= tokens.count && match.map({ $0.tokens.count < form.count }) ?? true {
                    let range = index..<index + form.count
                    guard tokens[index].isCapital, tokens[range].map(\.key) == form else { continue }
                    match = Mention(
                        span: span(of: range, in: field), tokens: range, sentence: sentence(of: index), kind: kind, text: text(of: range),
                        entity: number, confidence: 1)
                }
            }
            if let match { found.append(match) }
            index = match?.tokens.upperBound ?? index + 1
        }
        return found
    }
}
