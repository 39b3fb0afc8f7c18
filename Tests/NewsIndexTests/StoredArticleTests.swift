import News
import NewsIndex
import TestSupport
import Testing

/// What is put comes back byte for byte, however often its segment was merged and its texts put in codes.
struct StoredArticleTests {
    /// An article of words that come again, and now and then of what no code was made for.
    private func article(_ chance: inout Chance) -> Article {
        var article = Article()
        article.id = chance.articleID()
        article.version = 1 + chance.below(300)
        article.headline = chance.sentence(words: 1 + chance.below(8))
        switch chance.below(12) {
        case 0: article.body = nil
        case 1: article.body = String(repeating: chance.one(of: ["x", "ж", "語", "\u{1F4F0}"]), count: chance.below(60))
        case 2:
            article.body = String(
                String.UnicodeScalarView((0..<30).map { _ in Unicode.Scalar(UInt16.random(in: 0xA1..<0xD800, using: &chance))! }))
        case 3: article.body = String((0..<40).map { _ in Character(Unicode.Scalar(UInt8.random(in: 32..<127, using: &chance))) })
        default: article.body = chance.sentence(words: 12)
        }
        if !chance.once(in: 3) { article.uri = chance.once(in: 9) ? "ж:\(article.id!)" : "https://wire.example/news/\(article.id!)" }
        article.published = chance.instant()
        article.indexed = chance.once(in: 2) ? article.published : chance.instant()
        return article
    }

    @Test(arguments: [Index.MergePolicy.serving, .replaying])
    func comesBackAsItWasPut(_ policy: Index.MergePolicy) throws {
        var chance = Chance(seed: 1)
        var index = Index()
        var expected: [ArticleID: (article: Article, json: [UInt8], time: Instant, versions: [UInt64])] = [:]
        var put: [ArticleID] = []
        var size = 0
        // Sixteen segments of the size that is merged beside the writer, and so large merges also of segments that are in codes already.
        for round in 0..<17 {
            var entries: [Entry] = []
            for number in 0..<(round < 16 ? 4_096 : 300) {
                var article = article(&chance)
                let sequence = index.sequence + UInt64(number) + 1
                if chance.once(in: 10), let known = put.randomElement(using: &chance) { article.id = known }
                let id = try #require(article.id)
                put.append(id)
                let json = article.json()
                let time = chance.instant()
                expected[id] = (article, json, time, (expected[id]?.versions ?? []) + [sequence])
                entries.append(
                    Entry(
                        sequence: sequence, time: time, change: .articlePut(.init(article: article, json: json, entities: [], events: []))))
            }
            index.fold(entries)
            index.mergeSmall()
            while let merge = index.largeMerge(policy) { index.apply(merge()) }
        }
        for (id, (article, json, time, versions)) in expected {
            guard case .live(let stored) = index.article(id) else {
                Issue.record("article \(id) is missing")
                continue
            }
            size += json.count
            #expect(stored.headline == article.headline, "article \(id)")
            #expect(
                stored.json == json && stored.uri == article.uri && stored.version == article.version && stored.changed == time
                    && stored.versions == versions && stored.published == article.published && stored.indexed == article.indexed
                    && stored.sequence == versions.last, "article \(id)")
            if let uri = article.uri { #expect(index.article(uri: uri) == id, "article \(id)") }
        }
        #expect(index.articleCount == expected.count)
        // Most of it is in codes.
        #expect(index.footprint.articles < size * 3 / 4, "\(index.footprint.articles) bytes for \(size)")
    }

    /// Articles without a uri don't get in each other's way.
    @Test func findsNothingUnderAnUnknownURI() {
        var chance = Chance(seed: 9)
        var index = Index()
        for _ in 0..<2_000 {
            var article = article(&chance)
            article.uri = nil
            index.fold([
                Entry(
                    sequence: index.sequence + 1, time: chance.instant(),
                    change: .articlePut(.init(article: article, json: article.json(), entities: [], events: [])))
            ])
            index.mergeSmall()
        }
        #expect(index.article(uri: "") == nil && index.article(uri: "urn:none") == nil)
    }
}
