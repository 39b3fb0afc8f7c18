import News

/// What is asked of the entities or the events.
public struct ResourceQuery: Sendable {
    /// What lists are sorted by: `start` is an event's, `lastSeen` an entity's.
    public enum SortField: String, Sendable, CaseIterable { case name, title, articles, lastSeen, start }

    /// Folded words, all of which must begin a word of a name.
    public var words: [String] = []
    /// Types of entities, or kinds of events; any of them, and all if there are none.
    public var kinds: Set<String> = []
    /// Ids of entities that must take part in the event, or be its place; any of each set.
    public var entities: [Set<String>] = []
    /// Statuses of events; any of them, and all if there are none.
    public var statuses: Set<String> = []
    /// Events that last until then, inclusive.
    public var from: Instant?
    /// Events that start before then.
    public var to: Instant?
    /// How many different sources must report the event.
    public var minimumSources = 0
    /// How sure the event must be, 0 to 1; one without a word about it counts as sure.
    public var minimumConfidence = 0.0
    /// What the list is sorted by.
    public var sort = SortField.articles
    /// Whether the greatest comes first.
    public var isDescending = true
    /// How many at most are on the page.
    public var limit = 20
    /// Where the page begins or ends; nil for the first.
    public var position: Position?

    /// All of them, the most reported first.
    public init() {}

    /// Places in lists of entities or events.
    public typealias Position = ListPosition<Key, String>

    /// What lists are sorted by.
    public enum Key: Sendable, Equatable, Comparable {
        case number(Int64)
        case text(String)
    }
}

extension Index {
    /// Lists entities: the page, the exact total, and where its neighbours are.
    public func search(entities query: ResourceQuery) -> Page<EntityEntry, ResourceQuery.Position> {
        page(query, entities.values, id: \.entity.id) { entry in
            let entity = entry.entity
            guard query.kinds.isEmpty || query.kinds.contains(entity.kind.rawValue) else { return nil }
            guard Index.holds(query.words, [entity.name] + entity.aliases) else { return nil }
            return switch query.sort {
            case .name, .title: .text(Folding.fold(entity.name))
            case .lastSeen, .start: .number(entry.lastSeen?.milliseconds ?? .min)
            case .articles: .number(Int64(entry.articles))
            }
        }
    }

    /// Lists events: the page, the exact total, and where its neighbours are.
    public func search(events query: ResourceQuery) -> Page<EventEntry, ResourceQuery.Position> {
        // The events of the rarest entity asked for are all that need looking at.
        let candidates: [EventEntry]
        if let ids = query.entities.first {
            candidates = Set(ids.flatMap { Array(events(of: $0)) }).compactMap { events[$0] }
        } else {
            candidates = Array(events.values)
        }
        return page(query, candidates, id: \.event.id) { entry in
            let event = entry.event
            guard query.kinds.isEmpty || event.kind.map(query.kinds.contains) == true,
                query.statuses.isEmpty || event.status.map({ query.statuses.contains($0.rawValue) }) == true,
                entry.sources >= query.minimumSources, (event.confidence ?? 1) >= query.minimumConfidence,
                query.entities.allSatisfy({ !event.entityIDs.isDisjoint(with: $0) }),
                Index.holds(query.words, [event.title])
            else { return nil }
            if query.from != nil || query.to != nil {
                guard let start = event.start else { return nil }
                let end = max(event.end?.end ?? start.end, start.end)
                if let from = query.from, end <= from { return nil }
                if let to = query.to, start.earliest >= to { return nil }
            }
            return switch query.sort {
            case .name, .title: .text(Folding.fold(event.title))
            case .articles: .number(Int64(entry.articles))
            case .start, .lastSeen: .number(event.start?.earliest.milliseconds ?? .min)
            }
        }
    }

    private func page<Entry: Sendable>(
        _ query: ResourceQuery, _ entries: some Sequence<Entry>, id: (Entry) -> String,
        key: (Entry) -> ResourceQuery.Key?
    ) -> Page<Entry, ResourceQuery.Position> {
        let isBackward = query.position?.isBackward ?? false
        func place(_ key: ResourceQuery.Key, _ id: String) -> ResourceKey {
            ResourceKey(key: key, id: id, keyDescends: query.isDescending != isBackward, idDescends: isBackward)
        }
        var best = Best<ResourceKey, Entry>(limit: query.limit + 1)
        let after = query.position.map { place($0.key, $0.id) }
        var total = 0
        for entry in entries {
            guard let key = key(entry) else { continue }
            total += 1
            let place = place(key, id(entry))
            if let after, !(after < place) { continue }
            best.add(place, entry)
        }
        return Page(best.items, limit: query.limit, total: total, isBackward: query.position?.isBackward, \.value) { item, _, isBackward in
            .init(key: item.key.key, id: item.key.id, sequence: sequence, isBackward: isBackward)
        }
    }

    private static func holds(_ words: [String], _ names: [String]) -> Bool {
        guard !words.isEmpty else { return true }
        return names.contains { name in
            let parts = Folding.words(name)
            return words.allSatisfy { word in parts.contains { $0.hasPrefix(word) } }
        }
    }
}

/// Orders by key, then by id, each in its direction.
private struct ResourceKey: Comparable {
    var key: ResourceQuery.Key
    var id: String
    var keyDescends: Bool
    var idDescends: Bool

    static func < (a: ResourceKey, b: ResourceKey) -> Bool {
        if a.key != b.key { return a.keyDescends ? b.key < a.key : a.key < b.key }
        return a.idDescends ? b.id < a.id : a.id < b.id
    }
}
