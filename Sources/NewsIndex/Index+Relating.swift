import News

/// An entity that stands beside another one.
public struct RelatedEntity: Sendable {
    /// What it is.
    public let entry: EntityEntry
    /// In how many live articles both are.
    public let together: Int
    /// How strongly they belong together (`Association.strength`), above 0.
    public let strength: Double
}

extension Index {
    /// Of so many entities that are with another one most often is looked for the strongest.
    private static let companions = 4_096

    /// The entities that stand beside one more often than chance would have it, the strongest first; of any kind if none is given.
    public func related(
        to id: String, kinds: Set<Entity.Kind> = [], limit: Int, deadline: ContinuousClock.Instant? = nil
    ) throws(SearchError) -> [RelatedEntity] {
        guard let entry = entities[id] else { return [] }
        var query = ArticleQuery()
        query.clauses = [.init(anyOf: [Term(.entity, id)])]
        query.deadline = deadline
        let counts = try facets(query, [.entity], limit: Index.companions).counts[0]
        let others = counts.compactMap { count -> (name: String, counts: Association.Counts)? in
            guard count.value != id, let other = entities[count.value], kinds.isEmpty || kinds.contains(other.entity.kind) else {
                return nil
            }
            return (count.value, .init(together: count.count, first: entry.articles, second: other.articles, all: articleCount))
        }
        return Association.strongest(others, limit: limit).compactMap { found in
            entities[found.name].map { RelatedEntity(entry: $0, together: found.counts.together, strength: found.strength) }
        }
    }
}
