import JSON
import News
import NewsIndex

/// Turns what an article says about entities and events into ids: known ones where they are meant, new ones otherwise.
///
/// It decides by the index alone, in the order of the journal, and the journal keeps what it decided.
package struct Resolver {
    let index: Index
    /// Entities and events that this article declares or adds facts to.
    private(set) var entities: [String: Entity] = [:]
    private(set) var events: [String: Event] = [:]
    private var entityOrder: [String] = []
    private var eventOrder: [String] = []
    /// Names of the first and keys of the second, to their ids.
    private var namesHere: [String: [String]] = [:]
    private var eventsHere: [String: String] = [:]
    /// What resembles the names of the first, to their ids.
    private var outlinesHere: [UInt64: [String]] = [:]

    package init(_ index: Index) { self.index = index }

    /// What has to be recorded, in the order of the article.
    package var declaredEntities: [Entity] { entityOrder.compactMap { entities[$0] } }
    package var declaredEvents: [Event] { eventOrder.compactMap { events[$0] } }

    /// Resolves everything in the article. Throws where it refers to something that nobody knows.
    mutating func resolve(_ article: inout Article) throws(JSONError) {
        var meant: [String: String] = [:]
        for place in article.entities.indices {
            let posted = article.entities[place].entity
            let entity = try resolve(posted, at: "/entities/\(place)")
            article.entities[place].entity = entity
            for name in [posted.id, posted.name] + posted.aliases where !name.isEmpty {
                meant[Folding.fold(name)] = entity.id
            }
        }
        for place in article.events.indices {
            article.events[place].event = try resolve(article.events[place].event, at: "/events/\(place)", meant)
        }
        for place in article.quotes.indices {
            guard let speaker = article.quotes[place].speaker else { continue }
            article.quotes[place].speaker = try reference(speaker, at: "/quotes/\(place)/speaker", meant)
        }
        // Entities resolved early may have learned more from later ones.
        for place in article.entities.indices {
            if let entity = entities[article.entities[place].entity.id] { article.entities[place].entity = entity }
        }
        article.joinSameEntities()
        article.joinSameEvents()
    }

    // MARK: Entities

    private mutating func resolve(_ posted: Entity, at pointer: String) throws(JSONError) -> Entity {
        if let id = knownID(of: posted), var entity = known(id) {
            let before = entity
            entity.fill(from: posted)
            if entity != before { record(entity) }
            return entity
        }
        guard !posted.name.isEmpty else {
            throw JSONError(
                .badValue, pointer: pointer + "/id", offset: 0, detail: "There is no entity \"\(posted.id)\", and no name to make one.")
        }
        var entity = posted
        if entity.id.isEmpty {
            entity.id = freeID(for: entity)
        }
        record(entity)
        return entity
    }

    /// By id, then by a URL that identifies it, then by name, where the kind does not contradict.
    private func knownID(of posted: Entity) -> String? {
        if !posted.id.isEmpty {
            if entities[posted.id] != nil { return posted.id }
            switch index.entity(posted.id) {
            case .live: return posted.id
            case .merged(let heir): return heir
            case .gone, .unknown: return nil
            }
        }
        for url in posted.sameAs {
            if let id = namesHere[Index.nameKey(url)]?.first { return id }
            if let match = index.entities(named: url).first { return match.entity.id }
        }
        func fits(_ entity: Entity) -> Bool { entity.kind == posted.kind || entity.kind == .other || posted.kind == .other }
        let here = namesHere[Index.nameKey(posted.name)] ?? []
        if let id = here.first(where: { entities[$0].map(fits) ?? false }) { return id }
        return index.entities(named: posted.name).first { fits($0.entity) }?.entity.id
    }

    /// The entities of this article that go by a name, as it is looked up (`Index.nameKey`).
    func entities(here key: String) -> [Entity] { namesHere[key]?.compactMap { entities[$0] } ?? [] }

    /// The entities of this article that have a name of the same outline.
    func entities(hereResembling outline: NameOutline) -> [Entity] { outlinesHere[outline.key]?.compactMap { entities[$0] } ?? [] }

    private func known(_ id: String) -> Entity? {
        if let entity = entities[id] { return entity }
        return if case .live(let entry) = index.entity(id) { entry.entity } else { nil }
    }

    /// A readable id that no entity has or had.
    func freeID(for entity: Entity) -> String {
        Slug.free(Slug.make(entity.name, fallback: "entity")) { isTaken(entity: $0) }
    }

    private func isTaken(entity id: String) -> Bool {
        if entities[id] != nil { return true }
        return if case .unknown = index.entity(id) { false } else { true }
    }

    mutating func record(_ entity: Entity) {
        if entities.updateValue(entity, forKey: entity.id) == nil { entityOrder.append(entity.id) }
        for key in Index.nameKeys(of: entity) where namesHere[key]?.contains(entity.id) != true {
            namesHere[key, default: []].append(entity.id)
        }
        for key in Index.outlineKeys(of: entity) where outlinesHere[key]?.contains(entity.id) != true {
            outlinesHere[key, default: []].append(entity.id)
        }
    }

    // MARK: Events

    private mutating func resolve(_ posted: Event, at pointer: String, _ meant: [String: String]) throws(JSONError) -> Event {
        var event = posted
        try resolveReferences(of: &event, at: pointer, meant)
        if let id = knownID(of: event), var old = known(event: id) {
            let before = old
            old.fill(from: event)
            if old != before { record(old) }
            return old
        }
        guard !event.title.isEmpty else {
            throw JSONError(
                .badValue, pointer: pointer + "/id", offset: 0, detail: "There is no event \"\(event.id)\", and no title to make one.")
        }
        if event.id.isEmpty { event.id = freeID(for: event) }
        record(event)
        return event
    }

    /// Resolves the place and the participants of an event.
    func resolveReferences(of event: inout Event, at pointer: String, _ meant: [String: String] = [:]) throws(JSONError) {
        if let place = event.place { event.place = try reference(place, at: pointer + "/place", meant) }
        for number in event.participants.indices {
            event.participants[number].id = try reference(
                event.participants[number].id, at: pointer + "/participants/\(number)", meant)
        }
    }

    /// A readable id that starts with the date, as far as it is known.
    func freeID(for event: Event) -> String {
        let date = event.start.map { String($0.text.prefix(10)) + "-" } ?? ""
        return Slug.free(date + Slug.make(event.title, fallback: "event")) { id in
            if events[id] != nil { return true }
            return if case .unknown = index.event(id) { false } else { true }
        }
    }

    private func knownID(of event: Event) -> String? {
        guard event.id.isEmpty else {
            if events[event.id] != nil { return event.id }
            switch index.event(event.id) {
            case .live: return event.id
            case .merged(let heir): return heir
            case .gone, .unknown: return nil
            }
        }
        return eventsHere[Index.eventKey(event.title, event.start)]
            ?? index.event(title: event.title, start: event.start)?.event.id
    }

    func known(event id: String) -> Event? {
        if let event = events[id] { return event }
        return if case .live(let entry) = index.event(id) { entry.event } else { nil }
    }

    mutating func record(_ event: Event) {
        guard events[event.id] != event, known(event: event.id) != event else { return }
        if events.updateValue(event, forKey: event.id) == nil { eventOrder.append(event.id) }
        eventsHere[Index.eventKey(event.title, event.start)] = event.id
    }

    /// An entity that is referred to by id or by name: one of the article's, or one that is known.
    private func reference(_ text: String, at pointer: String, _ meant: [String: String]) throws(JSONError) -> String {
        if let id = meant[Folding.fold(text)] { return id }
        guard let id = index.entities(meantBy: text).first else {
            throw JSONError(
                .badValue, pointer: pointer, offset: 0, detail: "\"\(text)\" is no entity of this article or of the newsroom.")
        }
        return id
    }
}
