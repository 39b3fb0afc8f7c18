import News
import NewsIndex
import TestSupport
import Testing

/// Phrases of words that stand so often in a large index that it lists who has them side by side.
struct PairTests {
    /// The words of an article's headline and body.
    private struct Text {
        let headline: [String]
        let body: [String]

        /// Whether some words follow each other, in one of the texts.
        func has(_ phrase: [String]) -> Bool {
            [headline, body].contains { text in
                text.indices.contains { text[$0...].starts(with: phrase) }
            }
        }

        func hasAny(_ word: String) -> Bool { headline.contains(word) || body.contains(word) }
    }

    private static let words = ["of", "the", "to", "in", "oil", "bank", "ship", "grain", "gold", "zinc"]

    private var chance = Chance(seed: 11)
    private var index = Index()
    private var ids: [ArticleID] = []
    private var live: [ArticleID: Text] = [:]

    /// So many articles, some of which are withdrawn before and after they are merged.
    init() throws {
        for _ in 0..<9 {
            index.fold((1...1_100).map { entry(index.sequence + UInt64($0)) })
            index.mergeSmall()
            while let merge = index.largeMerge(.resting) { index.apply(merge()) }
        }
        index.fold((1...200).map { entry(index.sequence + UInt64($0)) })
    }

    private mutating func entry(_ sequence: UInt64) -> Entry {
        if !ids.isEmpty, chance.once(in: 15) {
            let id = ids.remove(at: chance.below(ids.count))
            live[id] = nil
            return Entry(sequence: sequence, time: .first, change: .articleWithdrawn(id))
        }
        let text = Text(headline: words(4), body: words(chance.once(in: 50) ? 400 : 12))
        var article = Article()
        article.id = chance.articleID()
        article.headline = text.headline.joined(separator: " ")
        article.body = text.body.joined(separator: " ")
        article.version = 1
        ids.append(article.id!)
        live[article.id!] = text
        return Entry(
            sequence: sequence, time: .first, change: .articlePut(.init(article: article, json: article.json(), entities: [], events: [])))
    }

    /// The earlier words more often, and now and then one that nobody else has.
    private mutating func words(_ count: Int) -> [String] {
        (0..<count).map { _ in
            let place = min(chance.below(PairTests.words.count + 1), chance.below(PairTests.words.count + 1))
            return place < PairTests.words.count ? PairTests.words[place] : "x\(chance.below(1_000_000))"
        }
    }

    private func expectSame(
        _ index: Index, _ phrase: [String], beside word: String? = nil, in scope: QueryExpression.TextScope = .any,
        _ holds: (Text) -> Bool
    ) throws {
        var query = ArticleQuery()
        let words: QueryExpression = .text(phrase.map { QueryWord(forms: [$0]) }, in: scope)
        query.expression = word.map { .and([.text([QueryWord(forms: [$0])], in: .any), words]) } ?? words
        query.order = .relevance
        query.limit = .max - 1
        let page = try index.search(query)
        let found = Set(page.items.map(\.id))
        let expected = Set(live.filter { holds($0.value) }.keys)
        #expect(found == expected && page.total == expected.count, "\(phrase) \(word ?? "")")
        // The best of the list are the same if no more are asked for.
        query.limit = 10
        #expect(try index.search(query).items.map(\.id) == page.items.prefix(10).map(\.id), "\(phrase) \(word ?? "")")
    }

    private func expectSame(_ index: Index) throws {
        for first in PairTests.words {
            for second in PairTests.words {
                let pair = [first, second]
                try expectSame(index, pair) { $0.has(pair) }
                try expectSame(index, pair, in: .headline) { Text(headline: $0.headline, body: []).has(pair) }
                try expectSame(index, pair, beside: "ship") { $0.has(pair) && $0.hasAny("ship") }
                for third in ["the", "zinc", first] { try expectSame(index, pair + [third]) { $0.has(pair + [third]) } }
            }
        }
    }

    @Test func phrasesAreFound() throws {
        #expect(index.footprint.pairs > 0)
        #expect(index.faults() == [])
        try expectSame(index)
    }

    @Test func phrasesAreFoundOnceReadBack() throws {
        let after = try readBack(index)
        #expect(after.footprint == index.footprint && after.faults() == [])
        try expectSame(after)
    }

    private func readBack(_ index: Index) throws -> Index {
        let images = index.segments.map { segment in
            var bytes: [UInt8] = []
            segment.writeImage { bytes += $0 }
            return bytes
        }
        let kept = images.compactMap { bytes in SegmentImage(byteCount: bytes.count) { $0.copyBytes(from: bytes) } }
        return try #require(Index(state: index.state(), kept))
    }

    /// Where no words are frequent, that is known, and nobody looks again.
    @Test func thereAreNone() throws {
        var index = Index()
        for _ in 0..<9 {
            index.fold(
                (1...1_024).map { number in
                    var article = Article()
                    article.id = ArticleID(high: 0, low: index.sequence + UInt64(number))
                    article.headline = "word\(index.sequence + UInt64(number))"
                    article.version = 1
                    return Entry(
                        sequence: index.sequence + UInt64(number), time: .first,
                        change: .articlePut(.init(article: article, json: article.json(), entities: [], events: [])))
                })
        }
        var rests = 0
        while let merge = index.largeMerge(.resting), rests < 9 {
            index.apply(merge())
            rests += 1
        }
        #expect(rests < 9 && index.segmentCount == 1 && index.faults() == [])
        #expect(try readBack(index).largeMerge(.resting) == nil)
    }

    /// Also segments that are too large to be merged at rest get theirs.
    @Test func beyondWhatIsMergedAtRest() throws {
        var index = Index(Analyzer(.plain))
        for count in [150_000, 140_000] {
            for start in stride(from: 0, to: count, by: 1_000) {
                index.gather(
                    (0..<1_000).map { number in
                        let sequence = index.sequence + UInt64(number) + 1
                        var article = Article()
                        article.id = ArticleID(high: UInt64(count + start), low: sequence)
                        article.headline = "grain prices"
                        let put = Change.ArticlePut(article: article, json: [], entities: [], events: [])
                        return Entry(sequence: sequence, time: .first, change: .articlePut(put))
                    }, limit: 1 << 30)
            }
            index.seal()
        }
        var sizes = [index.footprint.pairs]
        while let merge = index.largeMerge(.resting), sizes.count < 9 {
            index.apply(merge())
            sizes.append(index.footprint.pairs)
        }
        #expect(index.segmentCount == 2 && sizes.count == 3 && sizes[0] < sizes[1] && sizes[1] < sizes[2])
    }

    /// Words of which several stand at one place, and places beyond those that a length can say: the same as without lists of pairs.
    @Test func unusualWordsAreFound() throws {
        let words = ["the", "of", "bank's", "U.S.", "AT&T", "oil-rich", "l'oil", "d'or", "Covid-19", "東京都", "zinc"]
        var chance = Chance(seed: 12)
        let articles = (0..<9_000).map { number in
            var article = Article()
            article.id = chance.articleID()
            article.headline = "None"
            article.language = chance.one(of: ["en", "fr", "ja"])
            let count = number == 7 ? 66_000 : 10
            article.body = (0..<count).map { _ in chance.one(of: words) }.joined(separator: " ")
            article.version = 1
            return article
        }
        var (merged, apart) = (Index(), Index())
        for start in stride(from: 0, to: articles.count, by: 1_125) {
            let entries = articles[start..<start + 1_125].enumerated().map { place, article in
                Entry(
                    sequence: UInt64(start + place + 1), time: .first,
                    change: .articlePut(.init(article: article, json: article.json(), entities: [], events: [])))
            }
            merged.fold(entries)
            merged.mergeSmall()
            while let merge = merged.largeMerge() { merged.apply(merge()) }
            apart.fold(entries)
        }
        // They are gathered at rest, even where there is nothing to merge, and once.
        #expect(merged.segmentCount == 1 && merged.footprint.pairs == 0)
        while let merge = merged.largeMerge(.resting) { merged.apply(merge()) }
        #expect(merged.segmentCount == 1 && merged.footprint.pairs > 0 && apart.footprint.pairs == 0)
        #expect(merged.faults() == [])
        let analyzer = Analyzer(.full)
        for first in words {
            for second in words {
                var query = ArticleQuery()
                query.expression = try QueryParser.parse("\"\(first) \(second)\"", analyzer)
                query.limit = 20
                let (found, expected) = (try merged.search(query), try apart.search(query))
                #expect(found.total == expected.total, "\(first) \(second)")
                #expect(found.items.map(\.id) == expected.items.map(\.id), "\(first) \(second)")
            }
        }
    }
}
