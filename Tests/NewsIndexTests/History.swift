import News
import NewsIndex
import TestSupport

/// Makes up what might happen to a newsroom, change by change, as the newsroom itself would record it.
struct History {
    var chance: Chance
    private(set) var model = Model()
    private var names = 0
    /// Some of the short articles.
    private var live: [ArticleID] = []

    init(seed: UInt64) { chance = Chance(seed: seed) }

    /// The next change, folded into the model.
    mutating func step() -> Entry {
        let entry = Entry(
            sequence: model.sequence + 1, time: Instant(milliseconds: 1_700_000_000_000 + Int64(model.sequence) * 500), change: change())
        model.fold(entry)
        return entry
    }

    /// A short article or the end of one, for histories of very many.
    mutating func smallStep() -> Entry {
        var change: Change?
        if chance.once(in: 8), let id = live.randomElement(using: &chance) {
            live.removeAll { $0 == id }
            change = .articleWithdrawn(id)
        }
        var article = Article()
        article.id = chance.articleID()
        article.headline = chance.sentence(words: 5)
        if !chance.once(in: 5) { article.body = chance.sentence(words: chance.once(in: 20) ? 200 : 12) }
        article.language = chance.one(of: ["en", "en", "en-gb", "pl", "de"])
        article.source = .init(name: chance.one(of: ["Wire", "Gazeta"]))
        article.published = chance.instant()
        article.indexed = article.published
        article.version = 1
        if change == nil, chance.once(in: 20) { live.append(article.id!) }
        let entry = Entry(
            sequence: model.sequence + 1, time: .first,
            change: change ?? .articlePut(.init(article: article, json: article.json(), entities: [], events: [])))
        model.fold(entry)
        return entry
    }

    private mutating func change() -> Change {
        let entities = model.entities.keys.sorted()
        let events = model.events.keys.sorted()
        let articles = model.live.keys.sorted()
        switch chance.below(20) {
        case 0: return .entityPut(newEntity())
        case 1 where !entities.isEmpty: return .entityPut(changed(model.entities[chance.one(of: entities)]!))
        case 2 where entities.count > 6: return .entityDeleted(chance.one(of: entities))
        case 3 where entities.count > 6:
            let pair = entities.shuffled(using: &chance)
            var heir = model.entities[pair[1]]!
            heir.fill(from: model.entities[pair[0]]!)
            return .entityMerged(id: pair[0], into: heir)
        case 3 where entities.count > 3 && !articles.isEmpty:
            let id = chance.one(of: entities)
            return .entitySplit(
                id: id, into: newEntity(), articles: model.articles(naming: id).map(\.id).filter { _ in chance.once(in: 2) })
        case 4 where entities.count > 6 && chance.once(in: 3): return .entityRejected(chance.one(of: entities))
        case 4: return .eventPut(newEvent())
        case 5 where !events.isEmpty: return .eventPut(changed(model.events[chance.one(of: events)]!))
        case 6 where events.count > 5: return .eventDeleted(chance.one(of: events))
        case 7 where events.count > 5:
            let pair = events.shuffled(using: &chance)
            var heir = model.events[pair[1]]!
            heir.fill(from: model.events[pair[0]]!)
            return .eventMerged(id: pair[0], into: heir)
        case 8...10 where articles.count > 60: return .articleWithdrawn(chance.one(of: articles))
        case 8 where !articles.isEmpty: return .articleWithdrawn(chance.one(of: articles))
        case 11...13 where !articles.isEmpty: return put(chance.one(of: articles))
        case 15 where !articles.isEmpty:
            guard case .articlePut(let put) = put(chance.one(of: articles)) else { return put(nil) }
            return .articleRead(put)
        case 14 where !model.withdrawn.isEmpty: return put(chance.one(of: model.withdrawn.keys.sorted()))
        default: return put(nil)
        }
    }

    /// A new article, or the next version of one that is or was there.
    private mutating func put(_ id: ArticleID?) -> Change {
        var declared = chance.once(in: 5) ? [newEntity()] : []
        if chance.once(in: 5), let known = model.entities.values.sorted(by: { $0.id < $1.id }).randomElement(using: &chance) {
            // The article knows more of it.
            var filled = known
            filled.fill(from: Entity(kind: chance.one(of: Entity.Kind.allCases), name: chance.word(), description: "d"))
            declared.append(filled)
        }
        var told = chance.once(in: 5) ? [newEvent()] : []
        if chance.once(in: 5), let known = model.events.values.sorted(by: { $0.id < $1.id }).randomElement(using: &chance) {
            var filled = known
            filled.fill(from: Event(kind: "told", start: chance.date(), end: chance.date(), status: .past))
            told.append(filled)
        }
        let entities =
            declared + model.entities.values.sorted { $0.id < $1.id }.filter { known in !declared.contains { $0.id == known.id } }
        let events = told + model.events.values.sorted { $0.id < $1.id }.filter { known in !told.contains { $0.id == known.id } }
        var article = chance.article(entities: entities, events: events)
        if let id {
            article.id = id
            article.version = (model.live[id]?.article.version ?? model.withdrawn[id]?.version ?? 0) + 1
            if chance.once(in: 2) { article.uri = model.live[id]?.article.uri ?? model.withdrawn[id]?.uri }
            if chance.once(in: 2), let old = model.live[id] { article.published = old.published }
        } else {
            article.version = 1
        }
        if chance.once(in: 3) { article.story = model.live.keys.sorted().randomElement(using: &chance) }
        if chance.once(in: 5) { article.original = article.story }
        return .articlePut(.init(article: article, json: article.json(), entities: declared, events: told))
    }

    private mutating func newEntity() -> Entity {
        names += 1
        // Now and then one that was deleted or merged away comes back.
        let id =
            chance.once(in: 6) ? (model.deletedEntities.sorted() + model.mergedEntities.keys.sorted()).randomElement(using: &chance) : nil
        return Entity(id: id ?? "entity-\(names)", kind: chance.one(of: Entity.Kind.allCases), name: "\(chance.word()) \(chance.word())")
    }

    private mutating func changed(_ entity: Entity) -> Entity {
        var entity = entity
        switch chance.below(4) {
        case 0: entity.name = "\(chance.word()) \(chance.word())"
        case 1: entity.kind = chance.one(of: Entity.Kind.allCases)
        case 2: entity.aliases.append(chance.word())
        default: entity.description = chance.word()
        }
        return entity
    }

    private mutating func newEvent() -> Event {
        names += 1
        let id = chance.once(in: 6) ? (model.deletedEvents.sorted() + model.mergedEvents.keys.sorted()).randomElement(using: &chance) : nil
        var event = Event(id: id ?? "event-\(names)", title: chance.sentence(words: 3), kind: chance.once(in: 2) ? "visit" : nil)
        event.start = chance.once(in: 4) ? nil : chance.date()
        event.status = chance.once(in: 2) ? chance.one(of: Event.Status.allCases) : nil
        event.confidence = chance.once(in: 2) ? Double(chance.below(11)) / 10 : nil
        let entities = model.entities.keys.sorted()
        event.participants = chance.some(of: entities, limit: 3).map { .init(id: $0) }
        if chance.once(in: 3) { event.place = entities.randomElement(using: &chance) }
        return event
    }

    private mutating func changed(_ event: Event) -> Event {
        var event = event
        switch chance.below(3) {
        case 0: event.title = chance.sentence(words: 3)
        case 1: event.participants = chance.some(of: model.entities.keys.sorted(), limit: 2).map { .init(id: $0) }
        default: event.kind = chance.word()
        }
        return event
    }

    // MARK: Questions

    mutating func question() -> Question {
        var question = Question()
        if !chance.once(in: 4) { question.expression = expression(depth: 0) }
        for _ in 0..<chance.below(3) {
            let field = chance.one(of: Term.Field.allCases)
            let values = values(of: field)
            question.filters.append((field, (0...chance.below(2)).map { _ in chance.one(of: values) }, chance.once(in: 3)))
        }
        question.query.dateField = chance.one(of: ArticleQuery.SortField.allCases)
        if chance.once(in: 4) { question.query.from = chance.instant() }
        if chance.once(in: 4) { question.query.to = chance.instant() }
        question.query.order =
            chance.once(in: 2) ? .relevance : .init(chance.one(of: ArticleQuery.SortField.allCases), isDescending: chance.once(in: 2))
        if chance.once(in: 4) { question.query.collapse = chance.one(of: [.source, .section, .story, .original]) }
        question.query.limit = 1 + chance.below(chance.once(in: 2) ? 5 : 40)
        return question
    }

    private func values(of field: Term.Field) -> [String] {
        switch field {
        case .entity, .speaker: model.entities.keys.sorted() + ["nobody"]
        case .event: model.events.keys.sorted() + ["nothing"]
        case .source: ["do rzeczy", "WIRE", "Gazeta", "łącze", "none"]
        case .section: ["World", "sport", "economie"]
        case .language: ["en", "en-gb", "pl", "zh", "de"]
        case .keyword: ["WAR", "elections", "oil", "none"]
        case .author: ["anna nowak", "J. Doe", "li wei"]
        case .status: Article.Status.allCases.map(\.rawValue)
        case .entityType: Entity.Kind.allCases.map(\.rawValue)
        case .mentioned: model.live.values.flatMap { $0.article.reading?.dates.map(\.span) ?? [] }.sorted() + ["2023-11-20/2023-11-21"]
        case .story, .original: model.live.values.compactMap { $0.article.story?.description }.sorted() + ["none"]
        }
    }

    /// Anything that `q` can ask.
    private mutating func expression(depth: Int) -> QueryExpression {
        let scope: QueryExpression.TextScope = chance.once(in: 4) ? chance.one(of: [.headline, .body]) : .any
        switch chance.below(depth < 3 ? 12 : 6) {
        case 0: return .text([word(isPrefix: true)], in: scope)
        case 1: return .text((0...1 + chance.below(2)).map { _ in word() }, in: scope)
        case 2: return .near((0...1 + chance.below(2)).map { _ in word() }, distance: chance.below(8), in: scope)
        case 3 where chance.once(in: 3): return .text([word(), word(isPrefix: true)], in: scope)
        case 6, 7: return .and((0...1 + chance.below(2)).map { _ in expression(depth: depth + 1) })
        case 8, 9: return .or((0...1 + chance.below(3)).map { _ in expression(depth: depth + 1) })
        case 10: return .and([expression(depth: depth + 1), .not(expression(depth: depth + 1))])
        case 11:
            let field = chance.one(of: Term.Field.allCases)
            return .value(field, chance.one(of: values(of: field)))
        default: return .text([word()], in: scope)
        }
    }

    private mutating func word(isPrefix: Bool = false) -> QueryWord {
        let text = chance.word().lowercased()
        var forms: [String] = []
        Analyzer().forEachToken(in: text) { token in if forms.isEmpty { forms = [String(decoding: token.exact, as: UTF8.self)] } }
        if isPrefix { return QueryWord(forms: [String((forms.first ?? "w").prefix(1 + chance.below(5)))], isPrefix: true) }
        return QueryWord(forms: [forms.first ?? text], stemmed: chance.once(in: 2) ? text : nil)
    }

    mutating func resourceQuestion() -> ResourceQuery {
        var query = ResourceQuery()
        if chance.once(in: 3) { query.words = Folding.words(chance.word()).map { String($0.prefix(3)) } }
        if chance.once(in: 4) { query.kinds = [chance.one(of: Entity.Kind.allCases).rawValue, "visit"] }
        if chance.once(in: 3) { query.entities = [Set(chance.some(of: model.entities.keys.sorted(), limit: 3))] }
        if chance.once(in: 4) { query.statuses = [chance.one(of: Event.Status.allCases).rawValue] }
        if chance.once(in: 4) { query.from = chance.instant() }
        if chance.once(in: 4) { query.to = chance.instant() }
        if chance.once(in: 4) { query.minimumSources = chance.below(3) }
        if chance.once(in: 4) { query.minimumConfidence = 0.5 }
        query.sort = chance.one(of: ResourceQuery.SortField.allCases)
        query.isDescending = chance.once(in: 2)
        query.limit = 1 + chance.below(6)
        return query
    }
}
