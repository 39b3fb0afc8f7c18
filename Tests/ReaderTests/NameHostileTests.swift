import News
import Reader
import TestSupport
import Testing

/// Texts that nobody means well with.
struct NameHostileTests {
    /// Reads a text as headline and body, and holds every place against the text.
    static func check(_ text: String) {
        var article = Article()
        article.headline = String(text.prefix(200))
        article.body = text
        article.published = Instant(milliseconds: 1_500_000_000_000)
        let texts = [TextSpan.Field.headline: Array((article.headline ?? "").unicodeScalars), .body: Array(text.unicodeScalars)]
        var last: (field: TextSpan.Field, end: Int)?
        for mention in Shipped.reader.read(article).mentions {
            let scalars = texts[mention.span.field] ?? []
            let end = mention.span.offset + mention.span.length
            guard mention.span.offset >= 0, mention.span.length > 0, end <= scalars.count else {
                Issue.record("\(mention.span) is not in the text")
                continue
            }
            var written = String.UnicodeScalarView()
            written.append(contentsOf: scalars[mention.span.offset..<end])
            #expect(String(written).unicodeScalars.elementsEqual(mention.text.unicodeScalars))
            #expect((0...1).contains(mention.confidence))
            if let last, last.field == mention.span.field { #expect(last.end <= mention.span.offset) }
            last = (mention.span.field, end)
            if let description = mention.description {
                #expect(description.offset >= 0 && description.length > 0 && description.offset + description.length <= scalars.count)
            }
        }
    }

    @Test(arguments: Hostile.kinds.indices)
    func manyKindsAreRead(_ number: Int) {
        for length in [1, 7, 1_000, 60_000] { Self.check(Hostile.kinds[number].make(length)) }
    }

    @Test func aWordOfAMegabyteIsRead() {
        Self.check(String(repeating: "A", count: 1 << 20))
        Self.check("Kyiv " + String(repeating: "é", count: 1 << 19) + " Oslo")
    }

    @Test func aHundredThousandCapitalsAreRead() {
        Self.check(String(repeating: "A B C D ", count: 25_000))
        Self.check(String(repeating: "JOHN SMITH OF NEW YORK ", count: 20_000))
        Self.check(String(repeating: "President of France John Smith, ", count: 6_000))
    }

    @Test func mixturesAreRead() {
        var chance = Chance(seed: 5)
        for _ in 0..<1_500 { Self.check(Hostile.mixture(&chance, pieces: 1 + chance.below(60))) }
    }

    @Test func brokenMarkupIsRead() {
        var chance = Chance(seed: 6)
        let pieces = [
            "<", ">", "<p>", "</p>", "<!--", "&", "&amp;", "&nbsp;", ";", "script", "<script>", "</script", "Kyiv ", "é", "👍🏽", "\u{301}",
        ]
        for _ in 0..<500 {
            var article = Article()
            article.contentType = .html
            article.body = (0..<chance.below(40)).map { _ in chance.one(of: pieces) }.joined()
            let length = article.body?.unicodeScalars.count ?? 0
            for mention in Shipped.reader.read(article).mentions { #expect(mention.span.offset + mention.span.length <= length) }
        }
        for piece in pieces {
            var article = Article()
            article.contentType = .html
            article.body = String(repeating: piece, count: 50_000)
            _ = Shipped.reader.read(article)
        }
    }

    @Test func everyPartOfANameIsRead() {
        let text = "“Š́imon’s U.S.” – said Lt. Gen. Žofie Ďábelová-Nováková, 🇺🇦 the minister of the Côte d’Ivoire’s X."
        var part = ""
        for scalar in text.unicodeScalars {
            part.unicodeScalars.append(scalar)
            Self.check(part)
        }
    }
}
