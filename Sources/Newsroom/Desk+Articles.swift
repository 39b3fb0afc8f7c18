import JSON
import News
import NewsIndex
import Reader

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

    mutating func patch(_ id: ArticleID, _ patch: JSONValue, _ condition: Condition, ahead: PatchedDraft?) throws(Refusal) -> Effect {
        let stored = try live(index.article(id))
        try check(condition, stored.sequence, changed: stored.changed)
        if let ahead, ahead.sequence == stored.sequence { return try put(ahead.draft, as: id, .none) }
        let patched: PatchedDraft
        do { patched = try PatchedDraft(stored, patch, reader: reader, now: now) } catch { throw .invalid(error) }
        return try put(patched.draft, as: id, .none)
    }

    /// Takes in what a newer reader found in an article that hasn't changed since.
    mutating func reread(_ draft: Draft, of sequence: UInt64) throws(Refusal) -> Effect {
        guard let id = draft.article.id, case .live(let stored) = index.article(id), stored.sequence == sequence else {
            throw .preconditionFailed
        }
        var article = draft.article
        let old = stored.article()
        let declared = try resolve(&article, draft, old: old)
        article.reading?.digest = old.reading?.digest ?? draft.digest
        (article.story, article.original) = (old.story, old.original)
        let json = article.json()
        guard json != stored.json else { return Effect(effect: .unchanged, id: id.description) }
        record(
            .articleRead(
                Change.ArticlePut(article: article, json: json, entities: declared.entities, events: declared.events)))
        return Effect(effect: .updated, id: id.description)
    }

    mutating func withdraw(_ id: ArticleID, _ condition: Condition) throws(Refusal) -> Effect {
        let stored = try live(index.article(id))
        try check(condition, stored.sequence, changed: stored.changed)
        record(.articleWithdrawn(id))
        return Effect(effect: .removed, id: id.description)
    }

    /// Makes the draft the article's next version, unless it says what is there already.
    private mutating func put(_ draft: Draft, as id: ArticleID) throws(Refusal) -> Effect {
        let lastVersion = index.lastVersion(of: id)
        let stored: StoredArticle? = if case .live(let stored) = index.article(id) { stored } else { nil }
        let old = stored?.article()
        if draft.reading != nil, let old, old.reading?.version == Reading.version,
            draft.digest == old.reading?.digest || draft.digest == Draft.digest(of: old.posted)
        {
            return Effect(effect: .unchanged, id: id.description)
        }
        var article = draft.article
        article.id = id
        article.published = article.published ?? stored?.published ?? now
        let declared = try resolve(&article, draft, old: old)
        if let stored, declared.entities.isEmpty, declared.events.isEmpty {
            var same = article
            (same.version, same.indexed, same.updated) = (stored.version, stored.indexed, article.updated ?? stored.updated)
            same.reading?.digest = old?.reading?.digest ?? 0
            if same.json() == stored.json { return Effect(effect: .unchanged, id: id.description) }
        }
        placeInStory(&article, draft, old: old)
        // Only what is restored says its own version and time.
        if !draft.isRestored || article.version <= lastVersion { article.version = min(lastVersion + 1, Limits.version) }
        if !draft.isRestored || article.indexed == nil { article.indexed = now }
        article.updated = article.updated ?? (lastVersion == 0 ? article.published : now)
        let put = Change.ArticlePut(
            article: article, json: article.json(), entities: declared.entities, events: declared.events)
        record(.articlePut(put), words: draft.words)
        return Effect(effect: lastVersion == 0 ? .created : .updated, id: id.description)
    }

    /// Says which story the article tells, if any. What is restored, or was told before, stays where it was.
    private mutating func placeInStory(_ article: inout Article, _ draft: Draft, old: Article?) {
        guard let id = article.id, let published = article.published, let features = draft.features else {
            (article.story, article.original) = (old?.story ?? article.story, old?.original ?? article.original)
            return
        }
        let isSettled = old != nil || draft.isRestored && draft.reading == nil
        let settled = StoryBook.Placement(story: old?.story ?? article.story, original: old?.original ?? article.original)
        let placement = stories.place(id, features, at: published, known: isSettled ? settled : nil)
        (article.story, article.original) = (placement.story, placement.original)
    }

    /// Resolves what the article says of entities and events, and what the reader found of them; answers what has to be recorded of them.
    /// The resolver's copy of the index is gone when this returns, so that the fold that follows changes it in place.
    private func resolve(
        _ article: inout Article, _ draft: Draft, old: Article?
    ) throws(Refusal) -> (entities: [Entity], events: [Event]) {
        guard draft.reading != nil || !(article.entities.isEmpty && article.events.isEmpty && article.quotes.isEmpty) else {
            return ([], [])
        }
        var resolver = Resolver(index)
        do { try resolver.resolve(&article) } catch { throw .invalid(error) }
        if let reading = draft.reading {
            let rejected = old?.reading?.rejected ?? []
            resolver.add(reading, to: &article, without: Set(rejected), before: old)
            let language = article.language == nil ? reading.foundLanguage : nil
            article.language = article.language ?? language
            article.reading = ReadingNote(
                version: Reading.version, language: language == nil ? nil : reading.language?.evidence.rawValue, digest: draft.digest,
                rejected: rejected, dates: reading.times)
        }
        return (resolver.declaredEntities, resolver.declaredEvents)
    }
}
