import News
import NewsIndex
import TestSupport
import Testing

/// Segments become fewer and larger, and nobody can tell.
struct MergingTests {
    /// Small articles, many at a time.
    struct Press {
        var chance: Chance
        var sequence: UInt64 = 0
        var live: [ArticleID] = []

        mutating func put(_ id: ArticleID? = nil) -> Entry {
            var article = Article()
            article.id = id ?? chance.articleID()
            article.headline = "\(chance.word()) \(chance.word())"
            article.published = chance.instant()
            article.indexed = article.published
            article.version = 1
            if id == nil { live.append(article.id!) }
            return entry(.articlePut(.init(article: article, json: article.json(), entities: [], events: [])))
        }

        mutating func withdraw() -> Entry { entry(.articleWithdrawn(live.remove(at: chance.below(live.count)))) }

        private mutating func entry(_ change: Change) -> Entry {
            sequence += 1
            return Entry(sequence: sequence, time: Instant(milliseconds: Int64(sequence)), change: change)
        }
    }

    private func list(_ index: Index, _ position: ArticleQuery.Position? = nil) -> [[UInt8]] {
        var query = ArticleQuery()
        query.limit = .max - 1
        query.position = position
        return (try? index.search(query))?.items.map(\.json) ?? []
    }

    @Test func segmentsStayFew() {
        var press = Press(chance: Chance(seed: 1))
        var index = Index()
        for _ in 0..<2_000 {
            index.fold([press.put()])
            index.mergeSmall()
            // Seven of each size at most, and the sizes are powers of eight.
            #expect(index.segmentCount <= 7 * 4)
        }
        #expect(index.faults() == [] && list(index).count == 2_000)
    }

    /// While a large merge is made, articles come, change and go, also those that are being merged.
    @Test func aLargeMergeBesideTheWriter() throws {
        var press = Press(chance: Chance(seed: 2))
        var index = Index()
        while index.largeMerge() == nil {
            index.fold((0..<600).map { _ in press.put() })
            index.mergeSmall()
        }
        // Small ones at the end are about to be merged with what comes next.
        for _ in 0..<3 { index.fold([press.put()]) }
        index.mergeSmall()
        let merge = try #require(index.largeMerge())
        var query = ArticleQuery()
        query.limit = 5
        let asked = try index.search(query)
        let then = list(index)

        for _ in 0..<20 {
            index.fold([press.put(), press.put(press.live[press.chance.below(4_000)]), press.withdraw()])
            index.mergeSmall()
        }
        let (before, count) = (list(index), index.segmentCount)
        index.apply(merge())
        #expect(index.segmentCount <= count - 3, "the merge was taken")
        #expect(list(index) == before && index.articleCount == before.count)
        // A list that was begun before all that goes on as it was.
        #expect(list(index, asked.next) == Array(then.dropFirst(5)))
        #expect(index.faults() == [])
        // A merge that comes a second time finds nothing to replace.
        let settled = index.segmentCount
        index.apply(merge())
        #expect(index.segmentCount == settled && list(index) == before)
    }

    /// While nobody reads, fewer merges lead to the same.
    @Test func aReplay() {
        var press = Press(chance: Chance(seed: 4))
        var (served, replayed) = (Index(), Index())
        var fewest = Int.max
        for round in 0..<70 {
            let entries = (0..<512).map { _ in
                round > 0 && press.chance.once(in: 20) ? press.put(press.live[press.chance.below(press.live.count)]) : press.put()
            }
            served.fold(entries)
            replayed.fold(entries)
            served.mergeSmall()
            replayed.mergeSmall()
            while let merge = served.largeMerge() { served.apply(merge()) }
            while let merge = replayed.largeMerge(.replaying) { replayed.apply(merge()) }
            if round > 0 { fewest = min(fewest, replayed.segmentCount - served.segmentCount) }
        }
        while let merge = replayed.largeMerge() { replayed.apply(merge()) }
        #expect(fewest >= 0 && replayed.segmentCount <= served.segmentCount + 4)
        #expect(list(replayed) == list(served) && replayed.faults() == [])
    }

    /// At rest everything becomes one, unless it is little beside what it would be merged with.
    @Test func atRest() throws {
        var press = Press(chance: Chance(seed: 5))
        var index = Index()
        func rest() { while let merge = index.largeMerge(.resting) { index.apply(merge()) } }
        for count in [1, 9, 200, 30, 3_000, 1, 900, 40, 1, 6_000] {
            for part in 0..<3 { index.fold((0..<(count + part) / 3).map { _ in press.put() } + (count > 100 ? [press.withdraw()] : [])) }
            index.mergeSmall()
            let before = list(index)
            rest()
            #expect(list(index) == before && index.faults() == [], "\(count) more")
        }
        #expect(index.segmentCount == 1)
        // Who posts one after the other has all merged again only when an eighth is new.
        var (most, whole) = (0, 0)
        for _ in 0..<1_500 {
            index.fold([press.put()])
            rest()
            most = max(most, index.segmentCount)
            whole += index.segmentCount == 1 ? 1 : 0
        }
        #expect(most <= 6 && whole == 1)
        #expect(index.faults() == [] && list(index).count == index.articleCount)
    }

    /// A large segment alone is put in codes, and gets its pairs of words, with nothing else changed; also if some of it is gone.
    @Test(arguments: [0, 500], [Index.MergePolicy.serving, .replaying])
    func aSingleLargeSegment(withdrawn: Int, policy: Index.MergePolicy) throws {
        var press = Press(chance: Chance(seed: 5))
        var index = Index()
        index.gather((0..<9_000).map { _ in press.put() } + (0..<withdrawn).map { _ in press.withdraw() })
        index.seal()
        let before = index
        #expect(index.segmentCount == 1 && index.hasSameSegments(as: before))
        let merge = try #require(index.largeMerge(policy))
        index.apply(merge())
        #expect(index.segmentCount == 1 && !index.hasSameSegments(as: before) && index.footprint.articles < before.footprint.articles)
        let coded = index
        #expect(index.largeMerge(policy) == nil)
        while let merge = index.largeMerge(.resting) { index.apply(merge()) }
        #expect(index.footprint.pairs > 0 && !index.hasSameSegments(as: coded) && index.footprint.articles == coded.footprint.articles)
        for other in [index, coded] {
            #expect(other.faults() == [] && other.differences(from: before) == [] && list(other) == list(before))
        }
    }

    /// What is gone is let go of only when no cursor that is still honoured can see it.
    @Test func historyIsKeptForCursors() throws {
        var press = Press(chance: Chance(seed: 3))
        var index = Index()
        index.fold((0..<50).map { _ in press.put() })
        var query = ArticleQuery()
        query.limit = 10
        let page = try index.search(query)
        let rest = Array(list(index).dropFirst(10))
        while index.sequence < Index.history {
            index.fold((0..<40).map { _ in press.put(press.live[press.chance.below(50)]) })
            index.mergeSmall()
        }
        #expect(list(index, page.next) == rest)
        let kept = index
        while index.sequence < 3 * Index.history {
            index.fold((0..<40).map { _ in press.put(press.live[press.chance.below(50)]) })
            index.mergeSmall()
        }
        #expect(index.articleCount == 50 && list(index).count == 50 && index.faults() == [])
        // The older value of the index is not touched by what became of its copy.
        #expect(list(kept, page.next) == rest)
    }
}
