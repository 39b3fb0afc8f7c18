import HashTreeCollections
import JSON
import News

/// Keeping entities and events: facts, names, and who inherits what.
extension Index {
    mutating func put(_ entity: Entity) {
        let old = entities[entity.id]
        if let old { forgetNames(of: old.entity) }
        for key in Index.nameKeys(of: entity) {
            names[key, default: []].append(entity.id)
            if entity.origin == .editor { rejectedNames.remove(key) }
        }
        for key in Index.outlineKeys(of: entity) { outlines[key, default: []].append(entity.id) }
        mergedEntities[entity.id] = nil
        deletedEntities.remove(entity.id)
        var acquaintance = old?.acquaintance ?? Acquaintance()
        if entity.kind == .person, old?.entity.description != entity.description {
            acquaintance.calling = entity.description.map { Callings(role: $0) } ?? []
        }
        entities[entity.id] = EntityEntry(
            entity, articles: old?.articles ?? 0, quotes: old?.quotes ?? 0, firstSeen: old?.firstSeen, lastSeen: old?.lastSeen,
            sequence: sequence, acquaintance: acquaintance)
        if old?.entity.name != entity.name || old?.entity.aliases != entity.aliases {
            putNames(of: entity, prominence: old?.articles ?? 0)
        }
    }

    mutating func put(_ event: Event) {
        let old = events[event.id]
        if let old { forgetLinks(of: old.event) }
        eventKeys[Index.eventKey(event.title, event.start)] = event.id
        for entity in event.entityIDs { eventsByEntity[entity, default: []].insert(event.id) }
        for key in Index.happeningKeys(of: event) { happenings[key, default: []].append(event.id) }
        mergedEvents[event.id] = nil
        deletedEvents.remove(event.id)
        events[event.id] = EventEntry(
            event, articles: old?.articles ?? 0, sourceCounts: old?.sourceCounts ?? [:], sequence: sequence)
    }

    mutating func removeEntity(_ id: String) {
        if let old = entities[id] { forgetNames(of: old.entity) }
        entities[id] = nil
        eventsByEntity[id] = nil
    }

    /// It is still found by how it was told: telling it again means its heir, or what an editor didn't want.
    mutating func removeEvent(_ id: String) {
        if let old = events[id]?.event {
            forgetLinks(of: old)
            eventKeys[Index.eventKey(old.title, old.start)] = id
            for key in Index.happeningKeys(of: old) { happenings[key, default: []].append(id) }
        }
        events[id] = nil
    }

    mutating func rewriteEvents(naming id: String, heir: String?) {
        for event in eventsByEntity[id] ?? [] {
            guard var changed = events[event]?.event else { continue }
            changed.replaceEntity(id, with: heir)
            put(changed)
        }
    }

    /// What pointed to the one that was merged away points to its heir, so that every chain has one link.
    static func redirect(_ id: String, to heir: String, _ merged: inout TreeDictionary<String, String>) {
        for (earlier, target) in merged where target == id { merged[earlier] = heir }
        merged[id] = heir
    }

    /// What was merged into one that is deleted is gone with it.
    static func bury(_ id: String, _ merged: inout TreeDictionary<String, String>, _ deleted: inout TreeSet<String>) {
        for (earlier, target) in merged where target == id {
            merged[earlier] = nil
            deleted.insert(earlier)
        }
        deleted.insert(id)
    }

    private mutating func forgetNames(of entity: Entity) {
        for key in Index.nameKeys(of: entity) {
            let others = names[key, default: []].filter { $0 != entity.id }
            names[key] = others.isEmpty ? nil : others
        }
        for key in Index.outlineKeys(of: entity) {
            let others = outlines[key, default: []].filter { $0 != entity.id }
            outlines[key] = others.isEmpty ? nil : others
        }
    }

    private mutating func forgetLinks(of event: Event) {
        let key = Index.eventKey(event.title, event.start)
        if eventKeys[key] == event.id { eventKeys[key] = nil }
        for entity in event.entityIDs { eventsByEntity[entity]?.remove(event.id) }
        for key in Index.happeningKeys(of: event) {
            let others = happenings[key, default: []].filter { $0 != event.id }
            happenings[key] = others.isEmpty ? nil : others
        }
    }

    private static func happeningKeys(of event: Event) -> [String] {
        guard let kind = event.kind, let start = event.start else { return [] }
        return event.entityIDs.map { happeningKey(kind, start, $0) }
    }

    /// Everything that an entity is found by.
    public static func nameKeys(of entity: Entity) -> Set<String> {
        Set(([entity.name] + entity.aliases + entity.sameAs).map(nameKey))
    }
}

extension Event {
    /// The entities that take part, and the place, each once.
    public var entityIDs: Set<String> { Set(participants.map(\.id) + [place].compactMap { $0 }) }
}

/// What a change elsewhere does to the article that shows it.
extension Article {
    /// The article as it is served, in JSON.
    public func json() -> [UInt8] {
        var writer = JSONWriter(capacity: (body?.utf8.count ?? 0) + 512)
        write(to: &writer)
        return writer.bytes
    }

    mutating func refresh(_ entity: Entity) {
        for place in entities.indices where entities[place].entity.id == entity.id { entities[place].entity = entity }
    }

    mutating func refresh(_ event: Event) {
        for place in events.indices where events[place].event.id == event.id { events[place].event = event }
    }

    mutating func dropEntity(_ id: String) {
        entities.removeAll { $0.entity.id == id }
        for place in quotes.indices where quotes[place].speaker == id { quotes[place].speaker = nil }
    }

    mutating func dropEvent(_ id: String) {
        events.removeAll { $0.event.id == id }
    }

    mutating func replaceEntity(_ id: String, with heir: Entity) {
        for place in entities.indices where entities[place].entity.id == id { entities[place].entity = heir }
        joinSameEntities()
        for place in quotes.indices where quotes[place].speaker == id { quotes[place].speaker = heir.id }
    }

    mutating func replaceEvent(_ id: String, with heir: Event) {
        for place in events.indices where events[place].event.id == id { events[place].event = heir }
        joinSameEvents()
    }

    /// An entity named twice becomes one with the mentions of both.
    public mutating func joinSameEntities() {
        var places: [String: Int] = [:]
        var joined: [NamedEntity] = []
        for named in entities {
            guard let place = places[named.entity.id] else {
                places[named.entity.id] = joined.count
                joined.append(named)
                continue
            }
            // No more than can be read again.
            var known = Set(joined[place].mentions)
            let others = named.mentions.filter { known.insert($0).inserted }
            joined[place].mentions += others.prefix(Limits.mentions - joined[place].mentions.count)
            joined[place].count = min(joined[place].count + named.count, Limits.text)
            joined[place].prominence = [joined[place].prominence, named.prominence].compactMap { $0 }.max()
        }
        entities = joined
    }

    /// An event reported twice is kept once, with the first evidence there is.
    public mutating func joinSameEvents() {
        var places: [String: Int] = [:]
        var joined: [ReportedEvent] = []
        for reported in events {
            guard let place = places[reported.event.id] else {
                places[reported.event.id] = joined.count
                joined.append(reported)
                continue
            }
            if joined[place].evidence == nil { joined[place].evidence = reported.evidence }
        }
        events = joined
    }
}

extension Index {
    /// The article with all that is known of its entities and events.
    public func withFacts(_ article: Article) -> Article {
        var article = article
        for place in article.entities.indices {
            if let entry = entities[article.entities[place].entity.id] { article.entities[place].entity = entry.entity }
        }
        for place in article.events.indices {
            if let entry = events[article.events[place].event.id] { article.events[place].event = entry.event }
        }
        return article
    }
}
