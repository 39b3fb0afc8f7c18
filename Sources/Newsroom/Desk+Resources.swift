import JSON
import News
import NewsIndex

/// What editors do with entities and events.
extension Desk {
    // MARK: Entities

    mutating func declare(_ posted: Entity) throws(Refusal) -> Effect {
        var entity = posted
        entity.origin = .editor
        if entity.id.isEmpty {
            entity.id = Resolver(index).freeID(for: entity)
        } else if case .live = index.entity(entity.id) {
            throw .conflict("There is an entity \"\(entity.id)\" already; PATCH changes it.")
        } else if case .merged(let heir) = index.entity(entity.id) {
            throw .conflict("\"\(entity.id)\" was merged into \"\(heir)\".")
        }
        record(.entityPut(entity))
        return Effect(effect: .created, id: entity.id)
    }

    mutating func patch(entity id: String, _ patch: JSONValue, _ condition: Condition) throws(Refusal) -> Effect {
        let entry = try live(index.entity(id))
        try check(condition, entry.sequence)
        var writer = JSONWriter()
        entry.entity.write(to: &writer)
        var entity = try patched(writer.bytes, with: patch) { (reader) throws(JSONError) in try Entity(from: &reader) }
        guard entity.id == id else { throw .conflict("An id is for ever; merge the entity into another one instead.") }
        entity.origin = .editor
        guard entity != entry.entity else { return Effect(effect: .unchanged, id: id) }
        record(.entityPut(entity))
        return Effect(effect: .updated, id: id)
    }

    mutating func delete(entity id: String, _ condition: Condition) throws(Refusal) -> Effect {
        try check(condition, try live(index.entity(id)).sequence)
        record(.entityDeleted(id))
        return Effect(effect: .removed, id: id)
    }

    mutating func merge(entity id: String, into target: String) throws(Refusal) -> Effect {
        let old = try live(index.entity(id)).entity
        guard case .live(let entry) = index.entity(heirOf(target, index.entity(target))) else {
            throw .invalid(JSONError(.badValue, pointer: "/into", offset: 0, detail: "There is no entity \"\(target)\"."))
        }
        guard entry.entity.id != id else { throw .conflict("An entity can't be merged into itself.") }
        var heir = entry.entity
        heir.fill(from: old)
        heir.origin = .editor
        record(.entityMerged(id: id, into: heir))
        return Effect(effect: .updated, id: heir.id)
    }

    mutating func reject(entity id: String, _ condition: Condition) throws(Refusal) -> Effect {
        try check(condition, try live(index.entity(id)).sequence)
        record(.entityRejected(id))
        return Effect(effect: .removed, id: id)
    }

    mutating func split(entity id: String, into posted: Entity, _ articles: [ArticleID]) throws(Refusal) -> Effect {
        let whole = try live(index.entity(id)).entity
        for (place, article) in articles.enumerated() {
            guard case .live(let stored) = index.article(article), stored.article().entities.contains(where: { $0.entity.id == id }) else {
                throw .invalid(
                    JSONError(.badValue, pointer: "/articles/\(place)", offset: 0, detail: "No article \(article) names \"\(id)\"."))
            }
        }
        var part = posted
        if part.kind == .other { part.kind = whole.kind }
        part.origin = .editor
        if part.id.isEmpty {
            part.id = Resolver(index).freeID(for: part)
        } else {
            guard case .unknown = index.entity(part.id) else { throw .conflict("The id \"\(part.id)\" was given out already.") }
        }
        record(.entitySplit(id: id, into: part, articles: articles))
        return Effect(effect: .created, id: part.id)
    }

    // MARK: Events

    mutating func declare(_ posted: Event) throws(Refusal) -> Effect {
        var event = posted
        event.origin = .editor
        let resolver = Resolver(index)
        do { try resolver.resolveReferences(of: &event, at: "") } catch { throw .invalid(error) }
        if event.id.isEmpty {
            event.id = resolver.freeID(for: event)
        } else if case .live = index.event(event.id) {
            throw .conflict("There is an event \"\(event.id)\" already; PATCH changes it.")
        } else if case .merged(let heir) = index.event(event.id) {
            throw .conflict("\"\(event.id)\" was merged into \"\(heir)\".")
        }
        record(.eventPut(event))
        return Effect(effect: .created, id: event.id)
    }

    mutating func patch(event id: String, _ patch: JSONValue, _ condition: Condition) throws(Refusal) -> Effect {
        let entry = try live(index.event(id))
        try check(condition, entry.sequence)
        var writer = JSONWriter()
        entry.event.write(to: &writer)
        var event = try patched(writer.bytes, with: patch) { (reader) throws(JSONError) in try Event(from: &reader) }
        guard event.id == id else { throw .conflict("An id is for ever; merge the event into another one instead.") }
        do { try Resolver(index).resolveReferences(of: &event, at: "") } catch { throw .invalid(error) }
        event.origin = .editor
        guard event != entry.event else { return Effect(effect: .unchanged, id: id) }
        record(.eventPut(event))
        return Effect(effect: .updated, id: id)
    }

    mutating func delete(event id: String, _ condition: Condition) throws(Refusal) -> Effect {
        try check(condition, try live(index.event(id)).sequence)
        record(.eventDeleted(id))
        return Effect(effect: .removed, id: id)
    }

    mutating func merge(event id: String, into target: String) throws(Refusal) -> Effect {
        let old = try live(index.event(id)).event
        guard case .live(let entry) = index.event(heirOf(target, index.event(target))) else {
            throw .invalid(JSONError(.badValue, pointer: "/into", offset: 0, detail: "There is no event \"\(target)\"."))
        }
        guard entry.event.id != id else { throw .conflict("An event can't be merged into itself.") }
        var heir = entry.event
        heir.fill(from: old)
        heir.origin = .editor
        record(.eventMerged(id: id, into: heir))
        return Effect(effect: .updated, id: heir.id)
    }

    private func heirOf<Resource>(_ id: String, _ found: Index.Found<Resource>) -> String {
        if case .merged(let heir) = found { heir } else { id }
    }
}
