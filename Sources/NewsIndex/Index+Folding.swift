import HashTreeCollections
import News

/// A change with its place in the journal.
public struct Entry: Sendable {
    /// Its sequence number in the journal.
    public let sequence: UInt64
    /// When it happened.
    public let time: Instant
    /// What happened.
    public internal(set) var change: Change
    let words: ArticleWords?

    /// `words`, if they were read ahead, are those of the article that the change puts.
    public init(sequence: UInt64, time: Instant, change: Change, words: ArticleWords? = nil) {
        self.sequence = sequence
        self.time = time
        self.change = change
        self.words = words
    }
}

extension Index {
    /// Folds changes in. Their sequence numbers must go on where the index stands.
    public mutating func fold(_ entries: [Entry]) {
        gather(entries)
        seal()
    }

    /// Folds changes in, of which nobody needs to search the last ones yet: what was folded in is sealed whenever it takes more than so many
    /// bytes. The fewer segments are made, the less there is to merge.
    public mutating func gather(_ entries: [Entry], limit: Int = Index.batchLimit) {
        for entry in entries {
            fold(entry)
            if batch.byteCount > limit { seal() }
        }
    }

    /// What is folded in is sealed when it takes more than so many bytes, articles and all.
    public static let batchLimit = 1 << 26

    /// Makes a segment of what was folded in since the last time, so that it is found by search and not by id alone.
    public mutating func seal() {
        if let view = batch.sealed() { views.append(view) }
        let lostSight = batch.lostSight
        batch = Batch()
        for id in lostSight { lookAgain(for: id) }
        suggestions.seal()
    }

    /// Folds one change in. It is found by id at once, and by search after `seal`.
    public mutating func fold(_ entry: Entry) {
        sequence = entry.sequence
        switch entry.change {
        case .articlePut(let put):
            for entity in put.entities { update(entity, at: entry.time) }
            for event in put.events { update(event, at: entry.time) }
            self.put(put.article, put.json, entry)
        case .articleRead(let put):
            for entity in put.entities { update(entity, at: entry.time) }
            for event in put.events { update(event, at: entry.time) }
            guard let id = put.article.id, case .live(let old) = article(id) else { return }
            replace(old, by: put.article, put.json, entry.words, at: entry.time)
        case .articleWithdrawn(let id):
            guard case .live(let stored) = article(id) else { return }
            remove(stored)
            withdrawn[id] = Withdrawal(version: stored.version, versions: stored.versions, uri: stored.uri, time: entry.time)
            if let uri = stored.uri { withdrawnURIs[uri] = id }
            articleCount -= 1
        case .entityPut(let entity): update(entity, at: entry.time)
        case .entityDeleted(let id):
            rewriteArticles(with: [Term(.entity, id), Term(.speaker, id)], at: entry.time) { $0.dropEntity(id) }
            rewriteEvents(naming: id, heir: nil)
            removeEntity(id)
            Index.bury(id, &mergedEntities, &deletedEntities)
        case .entityRejected(let id):
            for name in entities[id].map({ [$0.entity.name] + $0.entity.aliases }) ?? [] { rejectedNames.insert(Index.nameKey(name)) }
            var deletion = entry
            deletion.change = .entityDeleted(id)
            fold(deletion)
        case .entitySplit(let id, let part, let articles):
            update(part, at: entry.time)
            let chosen = Set(articles)
            rewriteArticles(with: [Term(.entity, id), Term(.speaker, id)], at: entry.time, where: chosen.contains) {
                $0.replaceEntity(id, with: part)
            }
        case .entityMerged(let id, let heir):
            update(heir, at: entry.time)
            rewriteArticles(with: [Term(.entity, id), Term(.speaker, id)], at: entry.time) { $0.replaceEntity(id, with: heir) }
            rewriteEvents(naming: id, heir: heir.id)
            removeEntity(id)
            Index.redirect(id, to: heir.id, &mergedEntities)
        case .eventPut(let event): update(event, at: entry.time)
        case .eventDeleted(let id):
            rewriteArticles(with: [Term(.event, id)], at: entry.time) { $0.dropEvent(id) }
            removeEvent(id)
            Index.bury(id, &mergedEvents, &deletedEvents)
        case .eventMerged(let id, let heir):
            update(heir, at: entry.time)
            rewriteArticles(with: [Term(.event, id)], at: entry.time) { $0.replaceEvent(id, with: heir) }
            removeEvent(id)
            Index.redirect(id, to: heir.id, &mergedEvents)
        }
    }

    /// Takes in what is known of an entity, and shows it in the articles that name it.
    private mutating func update(_ entity: Entity, at time: Instant) {
        let before = entities[entity.id]?.entity
        put(entity)
        guard let before, before.name != entity.name || before.kind != entity.kind else { return }
        rewriteArticles(with: [Term(.entity, entity.id)], at: time) { $0.refresh(entity) }
    }

    /// Takes in what is known of an event, and shows it in the articles that report it.
    private mutating func update(_ event: Event, at time: Instant) {
        let before = events[event.id]?.event
        put(event)
        guard let before,
            before.title != event.title || before.kind != event.kind || before.start != event.start || before.end != event.end
        else { return }
        rewriteArticles(with: [Term(.event, event.id)], at: time) { $0.refresh(event) }
    }

    // MARK: Articles

    private mutating func put(_ article: Article, _ json: [UInt8], _ entry: Entry) {
        guard let id = article.id else { return }
        var versions: [UInt64] = []
        if case .live(let old) = self.article(id) {
            versions = old.versions
            remove(old)
        } else {
            if let old = withdrawn[id] {
                versions = old.versions
                withdrawn[id] = nil
                if let uri = old.uri { withdrawnURIs[uri] = nil }
            }
            articleCount += 1
        }
        let stored = NewArticle(
            article, json: json, serial: nextSerial, sequence: entry.sequence, versions: versions + [entry.sequence], at: entry.time)
        add(stored, article, entry.words)
        introduce(article)
        show(article, in: article.story, \.story, at: entry.time)
        show(article, in: article.original, \.original, at: entry.time)
    }

    /// The first of several shows that it is no longer alone.
    private mutating func show(_ other: Article, in first: ArticleID?, _ member: WritableKeyPath<Article, ArticleID?>, at time: Instant) {
        guard let first, first != other.id, case .live(let stored) = article(first) else { return }
        var article = stored.article()
        guard article[keyPath: member] == nil else { return }
        article[keyPath: member] = first
        replace(stored, by: article, article.json(), nil, at: time)
    }

    private mutating func add(_ stored: NewArticle, _ article: Article, _ words: ArticleWords?) {
        let words = words ?? ArticleWords(article, analyzer)
        nextSerial += 1
        // Another copy of this index may go on with the same batch: it is made a segment of here, and this one begins another.
        if !batch.isAlone() { seal() }
        batch.add(stored, words.terms, words.values ?? TermList(valuesOf: article))
        count(article, published: stored.published, by: 1)
    }

    /// Ends a document.
    private mutating func remove(_ stored: StoredArticle) {
        if !batch.end(stored, at: sequence),
            let view = views.lastIndex(where: { $0.segment.serials[0] <= stored.serial }),
            let document = views[view].segment.document(serial: stored.serial)
        {
            views[view].end(document, at: sequence)
        }
        count(stored.article(), published: stored.published, by: -1)
    }

    /// Gives live articles new bytes because something that they show has changed; their version stays.
    private mutating func rewriteArticles(
        with terms: [Term], at time: Instant, where isMeant: (ArticleID) -> Bool = { _ in true }, _ rewrite: (inout Article) -> Void
    ) {
        seal()
        var affected: [StoredArticle] = []
        for view in views {
            for document in Set(terms.flatMap(view.segment.documents(with:))).sorted() where view.deaths.isLive(Int(document)) {
                affected.append(view.segment.article(Int(document)))
            }
        }
        for stored in affected where isMeant(stored.id) {
            var article = stored.article()
            rewrite(&article)
            replace(stored, by: article, article.json(), nil, at: time)
            if batch.byteCount > Index.batchLimit { seal() }
        }
    }

    /// Gives a live article new bytes, unless they are the same; its version stays.
    private mutating func replace(
        _ stored: StoredArticle, by article: Article, _ json: [UInt8], _ words: ArticleWords?, at time: Instant
    ) {
        guard json != stored.json else { return }
        remove(stored)
        let fresh = NewArticle(article, json: json, serial: nextSerial, sequence: sequence, versions: stored.versions, at: time)
        add(fresh, article, words)
    }

    // MARK: Counting

    private mutating func count(_ article: Article, published: Instant, by step: Int) {
        for named in article.entities {
            guard let entry = entities[named.entity.id] else { continue }
            var (first, last) = (entry.firstSeen, entry.lastSeen)
            if step > 0 {
                first = min(first ?? published, published)
                last = max(last ?? published, published)
            } else if published == first || published == last {
                batch.lostSight.insert(entry.entity.id)
            }
            entities[named.entity.id] = EntityEntry(
                entry.entity, articles: entry.articles + step, quotes: entry.quotes, firstSeen: first, lastSeen: last, sequence: sequence,
                acquaintance: entry.acquaintance)
            if NameIndex.needsUpdate(from: entry.articles, to: entry.articles + step) {
                putNames(of: entry.entity, prominence: entry.articles + step)
            }
        }
        for (speaker, quotes) in Dictionary(article.quotes.compactMap { $0.speaker.map { ($0, 1) } }, uniquingKeysWith: +) {
            guard let entry = entities[speaker] else { continue }
            entities[speaker] = EntityEntry(
                entry.entity, articles: entry.articles, quotes: entry.quotes + quotes * step, firstSeen: entry.firstSeen,
                lastSeen: entry.lastSeen, sequence: sequence, acquaintance: entry.acquaintance)
        }
        for reported in article.events {
            guard let entry = events[reported.event.id] else { continue }
            var sources = entry.sourceCounts
            if let source = article.source?.name {
                let count = sources[source, default: 0] + step
                sources[source] = count > 0 ? count : nil
            }
            events[reported.event.id] = EventEntry(
                entry.event, articles: entry.articles + step, sourceCounts: sources, sequence: sequence)
        }
    }

    /// Finds the publication times of the first and the last live article that names an entity.
    private mutating func lookAgain(for id: String) {
        guard let entry = entities[id] else { return }
        let term = Term(.entity, id)
        var (first, last): (Instant?, Instant?) = (nil, nil)
        for view in views {
            for document in view.segment.documents(with: term) where view.deaths.isLive(Int(document)) {
                let published = Instant(milliseconds: view.segment.published[Int(document)])
                (first, last) = (min(first ?? published, published), max(last ?? published, published))
            }
        }
        entities[id] = EntityEntry(
            entry.entity, articles: entry.articles, quotes: entry.quotes, firstSeen: first, lastSeen: last, sequence: entry.sequence,
            acquaintance: entry.acquaintance)
    }
}
