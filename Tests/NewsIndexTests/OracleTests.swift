import Foundation
import News
import NewsIndex
import TestSupport
import Testing

/// Random histories, held against the model. A failure names its seed.
struct OracleTests {
    /// How many queries are wanted at least, by ORACLE_QUERIES.
    static let wanted = ProcessInfo.processInfo.environment["ORACLE_QUERIES"].flatMap { UInt64($0) } ?? 0
    /// How many each of a history's 200 states is asked. Where many are wanted it is more, since making a state and looking it all
    /// through takes as long as some twenty queries.
    static let perState: UInt64 = wanted == 0 ? 3 : 20
    /// A history asks 600 queries, or 4,000. There are twelve, or as many as are wanted.
    static let seeds: Range<UInt64> = 0..<max(12, (wanted + 200 * perState - 1) / (200 * perState))

    @Test(arguments: seeds)
    func servesWhatTheModelHas(_ seed: UInt64) {
        var history = History(seed: seed)
        var index = Index()
        var oneByOne = Index()
        var tags: [String: (UInt64, String)] = [:]
        for commit in 0..<200 {
            let entries = (0...history.chance.below(history.chance.once(in: 5) ? 40 : 4)).map { _ in history.step() }
            index.fold(entries)
            for entry in entries { oneByOne.fold([entry]) }
            if !history.chance.once(in: 3) { index.mergeSmall() }
            if history.chance.once(in: 40) { while let merge = index.largeMerge(.resting) { index.apply(merge()) } }
            if commit % 10 == 0 || history.chance.once(in: 20) {
                expectSame(index, history.model, "seed \(seed), sequence \(index.sequence)")
                expectNewTags(index, &tags, "seed \(seed), sequence \(index.sequence)")
            }
            for _ in 0..<OracleTests.perState { expectSameList(index, &history, "seed \(seed), sequence \(index.sequence)") }
            expectSameResources(index, &history, "seed \(seed), sequence \(index.sequence)")
        }
        #expect(index.faults() == [], "seed \(seed)")
        #expect(oneByOne.faults() == [], "seed \(seed)")
        #expect(index.differences(from: oneByOne) == [], "seed \(seed)")
        #expect(index.segmentCount < oneByOne.segmentCount, "seed \(seed)")
    }

    /// Enough articles that lists are packed, and that segments have several windows.
    @Test func answersOverManyArticles() {
        var history = History(seed: 50)
        var index = Index()
        for _ in 0..<18 {
            index.fold((0..<1_100).map { _ in history.smallStep() })
            index.mergeSmall()
            while let merge = index.largeMerge() { index.apply(merge()) }
        }
        #expect(index.segmentCount < 8)
        for part in ["merged as they came", "at rest"] {
            for number in 0..<max(75, OracleTests.wanted / 200) { expectSameList(index, &history, "question \(number), \(part)") }
            #expect(index.faults() == [])
            while let merge = index.largeMerge(.resting) { index.apply(merge()) }
        }
    }

    /// Lists are read page by page while more happens; every one is exactly the list that it was when its first page was read.
    @Test(arguments: 100..<106 as Range<UInt64>)
    func pagesStayTogether(_ seed: UInt64) throws {
        struct Reading {
            var question: Question
            var expected: [Model.Stored]
            var read: [StoredArticle] = []
            var position: ArticleQuery.Position?
        }
        var history = History(seed: seed)
        var index = Index()
        var open: [Reading] = []
        var finished = 0
        for _ in 0..<1_000 {
            index.fold((0...history.chance.below(4)).map { _ in history.step() })
            index.mergeSmall()
            if open.count < 8 {
                open.append(Reading(question: history.question(), expected: []))
            }
            let place = history.chance.below(open.count)
            var query = open[place].question.articleQuery
            query.position = open[place].position
            // Only what has just been asked, or goes on from a page, is a list of its time.
            if open[place].position == nil {
                open[place].expected = history.model.answer(open[place].question, rarities(open[place].question, index))
            }
            query.limit = 1 + history.chance.below(20)
            let page = try index.search(query)
            open[place].read += page.items
            open[place].position = page.next
            #expect(page.total == open[place].expected.count, "seed \(seed): \(open[place].question)")
            guard page.next == nil else { continue }
            let done = open.remove(at: place)
            finished += 1
            #expect(done.read.map(\.id) == done.expected.map(\.id), "seed \(seed): \(done.question)")
            #expect(done.read.map(\.json) == done.expected.map(\.json), "seed \(seed): \(done.question)")

            // And back again to the start.
            var back: [StoredArticle] = page.items
            var position = page.previous
            while let before = position, back.count < done.expected.count {
                query.position = before
                query.limit = 1 + history.chance.below(20)
                let page = try index.search(query)
                #expect(page.total == done.expected.count, "seed \(seed): \(done.question)")
                back = page.items + back
                position = page.previous
            }
            #expect(back.map(\.json) == done.expected.map(\.json) && position == nil, "seed \(seed): \(done.question)")
        }
        #expect(finished > 50)
    }

    // MARK: Comparing

    private func expectSame(_ index: Index, _ model: Model, _ place: String) {
        #expect(index.sequence == model.sequence && index.articleCount == model.live.count, "\(place)")
        for (id, stored) in model.live {
            guard case .live(let found) = index.article(id) else {
                Issue.record("\(place): article \(id) is missing")
                continue
            }
            #expect(
                found.json == stored.json && found.sequence == stored.sequence && found.versions == stored.versions,
                "\(place): article \(id)")
            if let uri = stored.article.uri { #expect(index.article(uri: uri) == id, "\(place)") }
        }
        for (id, stored) in model.withdrawn {
            guard case .gone = index.article(id) else {
                Issue.record("\(place): article \(id) is not gone")
                continue
            }
            #expect(index.versions(of: id) == stored.versions && index.lastVersion(of: id) == stored.version, "\(place)")
            if let uri = stored.uri { #expect(index.article(uri: uri) == id, "\(place)") }
        }
        var came: [ArticleID] = []
        index.forEachArticle { came.append($0.id) }
        #expect(Set(came) == Set(model.live.keys) && came.count == model.live.count, "\(place)")
        expectSameEntities(index, model, place)
        expectSameEvents(index, model, place)
        #expect(index.faults() == [], "\(place)")
    }

    private func expectSameEntities(_ index: Index, _ model: Model, _ place: String) {
        #expect(index.entities.count == model.entities.count, "\(place)")
        for (id, entity) in model.entities {
            let articles = model.articles(naming: id)
            let entry = index.entities[id]
            #expect(entry?.entity == entity && entry?.articles == articles.count, "\(place): \(id)")
            #expect(
                entry?.firstSeen == articles.map(\.published).min() && entry?.lastSeen == articles.map(\.published).max(), "\(place): \(id)"
            )
            for name in [entity.name] + entity.aliases {
                let named = model.entities.values.filter { other in
                    ([other.name] + other.aliases).contains { Folding.fold($0) == Folding.fold(name) }
                }
                #expect(Set(index.entities(named: name).map(\.entity.id)) == Set(named.map(\.id)), "\(place): \(name)")
            }
            let events = model.events.values.filter { $0.place == id || $0.participants.contains { $0.id == id } }
            #expect(Set(index.events(of: id)) == Set(events.map(\.id)), "\(place): \(id)")
        }
        for (id, heir) in model.mergedEntities {
            guard case .merged(heir) = index.entity(id) else { Issue.record("\(place): \(id) is not merged into \(heir)"); continue }
            #expect(index.entities(meantBy: id) == [heir], "\(place)")
        }
        for id in model.deletedEntities {
            guard case .gone = index.entity(id) else { Issue.record("\(place): \(id) is not gone"); continue }
        }
    }

    private func expectSameEvents(_ index: Index, _ model: Model, _ place: String) {
        #expect(index.events.count == model.events.count, "\(place)")
        for (id, event) in model.events {
            let articles = model.articles(reporting: id)
            let entry = index.events[id]
            #expect(entry?.event == event && entry?.articles == articles.count, "\(place): \(id)")
            #expect(entry?.sources == Set(articles.compactMap(\.article.source?.name)).count, "\(place): \(id)")
        }
        for (id, heir) in model.mergedEvents {
            guard case .merged(heir) = index.event(id) else { Issue.record("\(place): \(id) is not merged into \(heir)"); continue }
        }
        for id in model.deletedEvents {
            guard case .gone = index.event(id) else { Issue.record("\(place): \(id) is not gone"); continue }
        }
    }

    /// What an entity or event shows never changes without its sequence number, of which its entity tag is made.
    private func expectNewTags(_ index: Index, _ tags: inout [String: (UInt64, String)], _ place: String) {
        var states: [String: (UInt64, String)] = [:]
        for entry in index.entities.values {
            states["entity \(entry.entity.id)"] = (
                entry.sequence, "\(entry.entity) \(entry.articles) \(entry.firstSeen as Any) \(entry.lastSeen as Any)"
            )
        }
        for entry in index.events.values {
            states["event \(entry.event.id)"] = (entry.sequence, "\(entry.event) \(entry.articles) \(entry.sources)")
        }
        for (name, state) in states {
            if let old = tags[name], old.1 != state.1 { #expect(old.0 < state.0, "\(place): \(name)") }
        }
        tags = states
    }

    func expectSameList(_ index: Index, _ history: inout History, _ place: String) {
        let question = history.question()
        let rarities = rarities(question, index)
        let found = history.model.found(question)
        let expected = history.model.list(found, question, rarities)
        guard let page = try? index.search(question.articleQuery) else {
            Issue.record("\(place): \(question)")
            return
        }
        #expect(page.total == expected.count, "\(place): \(question)")
        #expect(page.items.map(\.id) == expected.prefix(question.query.limit).map(\.id), "\(place): \(question)")
        #expect((page.next == nil) == (expected.count <= question.query.limit), "\(place): \(question)")

        let fields = history.chance.some(of: Term.Field.allCases, limit: 3)
        let facets = try? index.facets(question.articleQuery, fields, limit: 4)
        // What is counted is not collapsed.
        #expect(facets?.total == found.count, "\(place): \(question)")
        #expect(facets?.counts == fields.map { Array(Model.facet(found, $0).prefix(4)) }, "\(place): \(fields) \(question)")

        if let expression = question.expression, let first = expected.first {
            let explanation = try? index.explain(question.articleQuery, first.id)
            let score = Model.score(first, expression, rarities)
            // Without a second page nothing says what the words are worth.
            if found.count > 1 { #expect(explanation.map { Model.rank(Float($0.score)) } == Model.rank(score), "\(place): \(question)") }
            #expect(explanation != nil, "\(place): \(question)")
        }
    }

    /// What the words of a question are worth to the index, which every page's position says.
    private func rarities(_ question: Question, _ index: Index) -> [UInt8] {
        var query = question.articleQuery
        query.order = .relevance
        // Where articles are left out for another, the best decides which: the words' worth counts even if one is all that is shown.
        query.collapse = nil
        query.limit = 1
        let none = [UInt8](repeating: 1, count: question.expression.map { Model.words($0).count } ?? 0)
        return (try? index.search(query))?.next?.rarities ?? none
    }

    func expectSameResources(_ index: Index, _ history: inout History, _ place: String) {
        var query = history.resourceQuestion()
        let model = history.model
        func follow<Entry>(_ expected: [String], _ search: (ResourceQuery) -> Page<Entry, ResourceQuery.Position>, _ id: (Entry) -> String)
        {
            var read: [String] = []
            var (last, before): ([String], ResourceQuery.Position?) = ([], nil)
            query.position = nil
            repeat {
                let page = search(query)
                (last, before) = (page.items.map(id), page.previous)
                read += last
                #expect(page.total == expected.count && last.count <= query.limit, "\(place): \(query)")
                query.position = page.next
            } while query.position != nil && read.count <= expected.count
            #expect(read == expected, "\(place): \(query)")
            while before != nil, last.count < expected.count {
                query.position = before
                let page = search(query)
                (last, before) = (page.items.map(id) + last, page.previous)
            }
            #expect(last == expected && before == nil, "\(place): back, \(query)")
        }
        follow(model.answer(entities: query), index.search(entities:), \.entity.id)
        follow(model.answer(events: query), index.search(events:), \.event.id)
    }
}
