import News
import Reader
import TestSupport

extension Hostile {
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
