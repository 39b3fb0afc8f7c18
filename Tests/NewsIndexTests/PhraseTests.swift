import News
import NewsIndex
import TestSupport
import Testing

/// Phrases in texts that are longer than the bits by which positions are compared.
struct PhraseTests {
    /// How many articles with these texts have the phrase "left right".
    private func hits(_ texts: [(headline: String, body: String)], copies: Int = 1) throws -> Int {
        var chance = Chance(seed: 3)
        var index = Index()
        var entries: [Entry] = []
        for _ in 0..<copies {
            for text in texts {
                var article = Article()
                article.id = chance.articleID()
                (article.headline, article.body) = (text.headline, text.body)
                entries.append(
                    Entry(
                        sequence: UInt64(entries.count) + 1, time: .first,
                        change: .articlePut(.init(article: article, json: article.json(), entities: [], events: []))))
            }
        }
        index.fold(entries)
        var query = ArticleQuery()
        query.expression = .text([QueryWord(forms: ["left"]), QueryWord(forms: ["right"])], in: .any)
        return try index.search(query).total
    }

    private func filler(_ count: Int) -> String { String(repeating: "so ", count: count) }

    @Test func wordsFarApartAreNoPhrase() throws {
        for words in 4_090...4_100 {
            let far = ("none", "left " + filler(words) + "right")
            let both = ("none", "left " + filler(words) + "left right")
            #expect(try hits([far, both]) == 1)
        }
    }

    /// So many articles are kept in blocks.
    @Test func wordsFarApartInBlocksAreNoPhrase() throws {
        let texts = [4_094, 4_095].map { ("none", "left " + filler($0) + "right") } + [("none", "left right")]
        #expect(try hits(texts, copies: 200) == 200)
    }

    @Test func headlineAndBodyAreApart() throws {
        let apart = ("left", "so right right")
        let twice = ("left so left", "right so left right")
        #expect(try hits([apart, twice]) == 1)
    }
}
