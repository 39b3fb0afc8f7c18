import Foundation
import News
import Reader
import TestSupport
import Testing

/// News cut up and put together at random, so that everything the reader looks for stands where nobody expects it.
struct ReadingHostileTests {
    private static let words: [String] = {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let seeds = (try? String(contentsOf: root.appending(path: "seeds/news.jsonl"), encoding: .utf8)) ?? ""
        return seeds.split(separator: " ").map(String.init)
    }()

    private static let triggers =
        """
        visit visited met attack war killed election elected conference signed agreement arrested said says told “ ” " ' , . ; : - – ( ) Sir Lord \
        Dr. President Secretary of the on in at by from to until since Monday Friday May November 5 2019 last next week two days ago yesterday \
        tomorrow morning he she who which and but after before U.S. Mr. resign resigned won beat 3-1 dies died will would may have been ’s \
        Adrienne Smith Kyiv Paris , Texas
        """.split(separator: " ").map(String.init) + ["\n", "\n\n"]

    private static func text(_ chance: inout Chance) -> String {
        var text = ""
        for _ in 0...chance.below(60) {
            switch chance.below(6) {
            case 0, 1: text += chance.one(of: triggers)
            case 2: text += words[chance.below(words.count - 6)...].prefix(6).joined(separator: " ")
            case 3: text += words[chance.below(words.count - 3)...].prefix(3).shuffled(using: &chance).joined(separator: " ")
            default: text += chance.one(of: words)
            }
            if !chance.once(in: 12) { text += " " }
        }
        return text
    }

    @Test(arguments: 0..<10)
    func everyPlaceIsInItsText(_ seed: UInt64) throws {
        #expect(Self.words.count > 1_000)
        var chance = Chance(seed: seed)
        for number in 0..<1_000 {
            var article = Article()
            article.body = Self.text(&chance)
            article.headline = String(article.body!.prefix(chance.below(60)))
            article.published = chance.instant()
            article.language = chance.once(in: 2) ? "en" : nil
            let reading = Shipped.reader.read(article)
            var spans = reading.mentions.map(\.span) + reading.mentions.compactMap(\.description) + reading.dates.map(\.span)
            spans += reading.events.flatMap(\.evidence) + reading.quotes.map(\.span) + reading.quotes.compactMap(\.attribution)
            for span in spans {
                let length = article[span.field]?.unicodeScalars.count ?? 0
                #expect(span.offset >= 0 && span.length > 0 && span.offset + span.length <= length, "seed \(seed), text \(number): \(span)")
            }
            #expect(reading.events.allSatisfy { !$0.title.isEmpty } && reading.quotes.allSatisfy { !$0.text.isEmpty })
        }
    }
}
