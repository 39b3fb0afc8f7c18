import JSON
import News
import NewsIndex

/// What becomes of articles.
extension Desk {
    mutating func post(_ draft: Draft) throws(Refusal) -> Effect {
        let byURI = draft.article.uri.flatMap { index.article(uri: $0) }
        if let id = draft.article.id, let byURI, id != byURI {
            throw .conflict("The uri belongs to article \(byURI), not to \(id).")
        }
        return try put(draft, as: byURI ?? draft.article.id ?? newArticleID())
    }

    mutating func put(_ draft: Draft, as id: ArticleID, _ condition: Condition) throws(Refusal) -> Effect {
        if let given = draft.article.id, given != id { throw .conflict("The article's id is not the one it is put under.") }
        if let uri = draft.article.uri, let owner = index.article(uri: uri), owner != id {
            throw .conflict("The uri belongs to article \(owner).")
        }
        let stored = try live(index.article(id))
        try check(condition, stored.sequence, changed: stored.changed)
        return try put(draft, as: id)
    }

    mutating func patch(_ id: ArticleID, _ patch: JSONValue, _ condition: Condition) throws(Refusal) -> Effect {
        let stored = try live(index.article(id))
        try check(condition, stored.sequence, changed: stored.changed)
        var article = try patched(stored.json, with: patch) { (reader) throws(JSONError) in try Article(from: &reader) }
        // The stored time of the update is not the client's word, unless the patch says it is.
        if patch["updated"] == nil { article.updated = nil }
        return try put(Draft(article), as: id, .none)
    }

    mutating func withdraw(_ id: ArticleID, _ condition: Condition) throws(Refusal) -> Effect {
        let stored = try live(index.article(id))
        try check(condition, stored.sequence, changed: stored.changed)
        record(.articleWithdrawn(id))
        return Effect(effect: .removed, id: id.description)
    }

    /// Makes the draft the article's next version, unless it says what is there already.
    private mutating func put(_ draft: Draft, as id: ArticleID) throws(Refusal) -> Effect {
        var article = draft.article
        article.id = id
        let declared = try resolve(&article)

        let lastVersion = index.lastVersion(of: id)
        let old: StoredArticle? = if case .live(let stored) = index.article(id) { stored } else { nil }
        article.published = article.published ?? old?.published ?? now
        if let old, declared.entities.isEmpty, declared.events.isEmpty {
            var same = article
            (same.version, same.indexed, same.updated) = (old.version, old.indexed, article.updated ?? old.updated)
            if same.json() == old.json { return Effect(effect: .unchanged, id: id.description) }
        }
        // Only what is restored says its own version and time.
        if !draft.isRestored || article.version <= lastVersion { article.version = min(lastVersion + 1, Limits.version) }
        if !draft.isRestored || article.indexed == nil { article.indexed = now }
        article.updated = article.updated ?? (lastVersion == 0 ? article.published : now)
        let put = Change.ArticlePut(
            article: article, json: article.json(), entities: declared.entities, events: declared.events)
        record(.articlePut(put), words: draft.words)
        return Effect(effect: lastVersion == 0 ? .created : .updated, id: id.description)
    }

    /// Resolves what the article says of entities and events; answers what has to be recorded of them.
    /// The resolver's copy of the index is gone when this returns, so that the fold that follows changes it in place.
    private func resolve(_ article: inout Article) throws(Refusal) -> (entities: [Entity], events: [Event]) {
        guard !(article.entities.isEmpty && article.events.isEmpty && article.quotes.isEmpty) else { return ([], []) }
        var resolver = Resolver(index)
        do { try resolver.resolve(&article) } catch { throw .invalid(error) }
        return (resolver.declaredEntities, resolver.declaredEvents)
    }
}
