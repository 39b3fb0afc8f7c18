import News
import NewsIndex
import TestSupport
import Testing

/// What is folded in and made a segment of later, and that a copy of the index changes nothing in another.
struct GatheringTests {
    /// Until it is sealed an article is found by id and uri, and then it is as if all had been folded in at once.
    @Test(arguments: 200..<212 as Range<UInt64>)
    func gathered(_ seed: UInt64) {
        var history = History(seed: seed)
        var folded = Index()
        var gathered = Index()
        var sizes: Set<Int> = []
        for commit in 0..<150 {
            let entries = (0...history.chance.below(8)).map { _ in history.step() }
            folded.fold(entries)
            gathered.gather(entries, limit: history.chance.once(in: 30) ? 0 : 30_000)
            sizes.insert(gathered.segmentCount)
            for (id, stored) in history.model.live where history.chance.once(in: 8) {
                guard case .live(let found) = gathered.article(id) else { Issue.record("seed \(seed), commit \(commit): \(id)"); continue }
                #expect(
                    found.json == stored.article.json() && found.published == folded.live(id)?.published, "seed \(seed), commit \(commit)")
                if let uri = found.uri { #expect(gathered.article(uri: uri) == id, "seed \(seed), commit \(commit)") }
            }
        }
        gathered.seal()
        #expect(sizes.count > 5 && gathered.segmentCount < folded.segmentCount, "seed \(seed)")
        #expect(gathered.faults() == [] && gathered.differences(from: folded) == [], "seed \(seed)")
        for _ in 0..<40 { OracleTests().expectSameList(gathered, &history, "seed \(seed)") }
    }

    /// Copies of an index with articles that are in no segment yet go on in different ways.
    @Test(arguments: 220..<226 as Range<UInt64>)
    func copies(_ seed: UInt64) {
        var trunk = History(seed: seed)
        var index = Index()
        var folded = Index()
        for _ in 0..<20 {
            let entries = (0...trunk.chance.below(10)).map { _ in trunk.step() }
            index.gather(entries)
            folded.fold(entries)
        }
        var branches = (0..<3).map { (history: trunk, gathered: index, folded: folded, seed: UInt64($0)) }
        for branch in branches.indices { branches[branch].history.chance = Chance(seed: seed + 1_000 * UInt64(branch + 1)) }
        for _ in 0..<30 {
            for branch in branches.indices {
                let entries = (0...branches[branch].history.chance.below(4)).map { _ in branches[branch].history.step() }
                branches[branch].gathered.gather(entries)
                branches[branch].folded.fold(entries)
            }
        }
        for var branch in branches {
            branch.gathered.seal()
            #expect(branch.gathered.faults() == [] && branch.gathered.differences(from: branch.folded) == [], "seed \(seed)")
        }
        index.seal()
        #expect(index.faults() == [] && index.differences(from: folded) == [], "seed \(seed)")
    }

    /// Long texts of one word, long ways between two articles that have it, and terms of all lengths.
    @Test func longWaysAndLongTexts() throws {
        var index = Index(Analyzer(.plain))
        let count = 40_000
        var sequence: UInt64 = 0
        func body(_ number: Int) -> String {
            switch number {
            case 3, count - 2: String(repeating: "often ", count: 30_000) + "rare"
            case _ where number % 200 == 7: "term" + String(repeating: "x", count: number / 200 % 30) + " seldom"
            default: "usual \(number % 2 == 0 ? "even" : "odd")"
            }
        }
        for _ in 0..<count {
            sequence += 1
            var article = Article()
            article.id = ArticleID(high: 1, low: sequence)
            article.indexed = .first
            article.body = body(Int(sequence))
            index.gather([
                Entry(sequence: sequence, time: .first, change: .articlePut(.init(article: article, json: [], entities: [], events: [])))
            ])
        }
        index.seal()
        #expect(index.segmentCount == 1)
        func total(_ words: String...) throws -> Int {
            var query = ArticleQuery()
            query.expression = .text(words.map { QueryWord(forms: [$0]) }, in: .any)
            return try index.search(query).total
        }
        #expect(try total("often") == 2 && total("rare") == 2 && total("often", "rare") == 2 && total("rare", "often") == 0)
        #expect(try total("seldom") == count / 200 && total("usual") == count - count / 200 - 2)
        for length in 0..<30 {
            let expected = (0..<count / 200).count { $0 % 30 == length }
            #expect(try total("term" + String(repeating: "x", count: length), "seldom") == expected, "\(length)")
        }
    }
}

extension Index {
    fileprivate func live(_ id: ArticleID) -> StoredArticle? {
        guard case .live(let article) = article(id) else { return nil }
        return article
    }
}
