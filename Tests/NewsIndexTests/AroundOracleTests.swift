import News
import NewsIndex
import TestSupport
import Testing

/// What stands around the hits, in random histories, held against the model. A failure names its seed.
struct AroundOracleTests {
    @Test(arguments: 0..<6 as Range<UInt64>)
    func servesWhatTheModelHas(_ seed: UInt64) throws {
        var history = History(seed: seed)
        var index = Index()
        var oneByOne = Index()
        for commit in 0..<100 {
            let entries = (0...history.chance.below(history.chance.once(in: 5) ? 40 : 4)).map { _ in history.step() }
            index.fold(entries)
            for entry in entries { oneByOne.fold([entry]) }
            if !history.chance.once(in: 3) { index.mergeSmall() }
            guard commit % 3 == 0 else { continue }
            try expectSameTimeline(index, &history, "seed \(seed), sequence \(index.sequence)")
            expectSameNames(index, oneByOne, &history, "seed \(seed), sequence \(index.sequence)")
            try expectSameCompanions(index, &history, "seed \(seed), sequence \(index.sequence)")
        }
    }

    private func expectSameTimeline(_ index: Index, _ history: inout History, _ place: String) throws {
        var question = history.question()
        question.query.order = .init(.published, isDescending: true)
        question.query.collapse = nil
        let field = question.query.dateField
        let grid = try #require(TimeGrid(history.chance.one(of: [.day, .week, .month, .year]), zone: history.chance.below(2_879) - 1_439))
        let expected = history.model.answer(question).map { $0.time(field) }
        var everything = Question()
        everything.query = question.query
        let all = history.model.answer(everything).map { $0.time(field) }
        func count(_ instants: [Instant], _ start: Instant) -> Int { instants.count { grid.start(of: $0) == start } }
        let timeline: Timeline
        do throws(TimelineError) { timeline = try index.timeline(question.articleQuery, grid, isShared: true) } catch {
            #expect(error == .tooManyIntervals(Index.mostIntervals), "\(place): \(question)")
            return
        }
        #expect(timeline.total == expected.count, "\(place): \(question)")
        #expect(timeline.intervals.reduce(0) { $0 + $1.count } == expected.count, "\(place): \(question)")
        for interval in timeline.intervals where interval.count > 0 || history.chance.once(in: 20) {
            #expect(interval.count == count(expected, interval.start), "\(place): \(interval) \(question)")
            #expect(interval.all == count(all, interval.start), "\(place): \(interval) \(question)")
        }
    }

    /// Whatever is said of an entity now is how it is found, in whatever portions it came.
    private func expectSameNames(_ index: Index, _ other: Index, _ history: inout History, _ place: String) {
        for entity in history.chance.some(of: history.model.entities.values.sorted { $0.id < $1.id }, limit: 4) {
            let typed = String(history.chance.one(of: [entity.name] + entity.aliases).prefix(1 + history.chance.below(12)))
            let found = index.suggest(typed, limit: 500)
            guard typed.contains(where: { $0.isLetter || $0.isNumber }) else { continue }
            #expect(found.contains { $0.entry.entity.id == entity.id }, "\(place): \(typed)")
            for suggestion in found {
                let known = history.model.entities[suggestion.entry.entity.id]
                #expect(known.map { [$0.name] + $0.aliases }?.contains(suggestion.name) == true, "\(place): \(suggestion.name)")
            }
            let exact = found.filter { !$0.hasTypo }.map(\.entry.articles)
            #expect(exact == exact.sorted(by: >), "\(place): \(typed)")
            let others = other.suggest(typed, limit: 500)
            #expect(found.map { $0.entry.entity.id } == others.map { $0.entry.entity.id }, "\(place): \(typed)")
        }
    }

    private func expectSameCompanions(_ index: Index, _ history: inout History, _ place: String) throws {
        for entity in history.chance.some(of: history.model.entities.keys.sorted(), limit: 2) {
            let with = history.model.live.values.filter { Model.has($0.article, .entity, entity) }
            for other in try index.related(to: entity, limit: 50) {
                let id = other.entry.entity.id
                #expect(id != entity && other.strength > 0, "\(place): \(entity) \(id)")
                #expect(other.together == with.count { Model.has($0.article, .entity, id) }, "\(place): \(entity) \(id)")
            }
        }
    }
}
