import HashTreeCollections
import News

/// A change with its place in the journal.
public struct Entry: Sendable {
    public let sequence: UInt64
    public let time: Instant
    public let change: Change
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
    /// The documents of one commit on their way into a segment. They are counted at once, and found by search after `close`.
    public struct Batch {
        var documents: [Document] = []
        /// Documents of this batch that this batch also ended.
        var ended: [(place: Int, sequence: UInt64)] = []
        /// Entities whose first or last article went: when they are seen now is looked up once the batch can be searched.
        var lostSight: Set<String> = []

        public init() {}
    }

    /// Folds changes in. Their sequence numbers must go on where the index stands.
    public mutating func fold(_ entries: [Entry]) {
        var batch = Batch()
        for entry in entries { fold(entry, &batch) }
        close(&batch)
    }

    /// Makes the documents of the batch a segment.
    public mutating func close(_ batch: inout Batch) {
        if !batch.documents.isEmpty {
            var view = SegmentView(segment: Segment(batch.documents))
            for (place, sequence) in batch.ended { view.end(place, at: sequence) }
            views.append(view)
        }
        for id in batch.lostSight { lookAgain(for: id) }
        batch = Batch()
    }

    /// Folds one change in; lookups by id see it at once.
    public mutating func fold(_ entry: Entry, _ batch: inout Batch) {
        sequence = entry.sequence
        switch entry.change {
        case .articlePut(let put):
            for entity in put.entities { update(entity, at: entry.time, &batch) }
            for event in put.events { update(event, at: entry.time, &batch) }
            self.put(put.article, put.json, entry, &batch)
        case .articleWithdrawn(let id):
            guard case .live(let stored, let serial) = articles[id] else { return }
            remove(stored, serial, &batch)
            articles[id] = .withdrawn(version: stored.version, versions: stored.versions, uri: stored.uri, at: entry.time)
            articleCount -= 1
        case .entityPut(let entity): update(entity, at: entry.time, &batch)
        case .entityDeleted(let id):
            rewriteArticles(with: [Term(.entity, id), Term(.speaker, id)], at: entry.time, &batch) { $0.dropEntity(id) }
            rewriteEvents(naming: id, heir: nil)
            removeEntity(id)
            Index.bury(id, &mergedEntities, &deletedEntities)
        case .entityMerged(let id, let heir):
            update(heir, at: entry.time, &batch)
            rewriteArticles(with: [Term(.entity, id), Term(.speaker, id)], at: entry.time, &batch) {
                $0.replaceEntity(id, with: heir)
            }
            rewriteEvents(naming: id, heir: heir.id)
            removeEntity(id)
            Index.redirect(id, to: heir.id, &mergedEntities)
        case .eventPut(let event): update(event, at: entry.time, &batch)
        case .eventDeleted(let id):
            rewriteArticles(with: [Term(.event, id)], at: entry.time, &batch) { $0.dropEvent(id) }
            removeEvent(id)
            Index.bury(id, &mergedEvents, &deletedEvents)
        case .eventMerged(let id, let heir):
            update(heir, at: entry.time, &batch)
            rewriteArticles(with: [Term(.event, id)], at: entry.time, &batch) { $0.replaceEvent(id, with: heir) }
            removeEvent(id, isMerged: true)
            Index.redirect(id, to: heir.id, &mergedEvents)
        }
    }

    /// Takes in what is known of an entity, and shows it in the articles that name it.
    private mutating func update(_ entity: Entity, at time: Instant, _ batch: inout Batch) {
        let before = entities[entity.id]?.entity
        put(entity)
        guard let before, before.name != entity.name || before.kind != entity.kind else { return }
        rewriteArticles(with: [Term(.entity, entity.id)], at: time, &batch) { $0.refresh(entity) }
    }

    /// Takes in what is known of an event, and shows it in the articles that report it.
    private mutating func update(_ event: Event, at time: Instant, _ batch: inout Batch) {
        let before = events[event.id]?.event
        put(event)
        guard let before,
            before.title != event.title || before.kind != event.kind || before.start != event.start || before.end != event.end
        else { return }
        rewriteArticles(with: [Term(.event, event.id)], at: time, &batch) { $0.refresh(event) }
    }

    // MARK: Articles

    private mutating func put(
        _ article: Article, _ json: [UInt8], _ entry: Entry, _ batch: inout Batch
    ) {
        guard let id = article.id else { return }
        var versions: [UInt64] = []
        switch articles[id] {
        case .live(let old, let serial):
            versions = old.versions
            remove(old, serial, &batch)
            if let uri = old.uri, uri != article.uri { uris[uri] = nil }
        case .withdrawn(_, let old, let uri, _):
            versions = old
            articleCount += 1
            if let uri, uri != article.uri { uris[uri] = nil }
        case nil: articleCount += 1
        }
        if let uri = article.uri { uris[uri] = id }
        let stored = StoredArticle(article, json: json, sequence: entry.sequence, versions: versions + [entry.sequence], at: entry.time)
        add(stored, article, entry.words, &batch)
    }

    private mutating func add(_ stored: StoredArticle, _ article: Article, _ words: ArticleWords?, _ batch: inout Batch) {
        var terms = (words ?? ArticleWords(article)).terms
        terms.addValues(of: article)
        let document = Document(article: stored, terms: terms, serial: nextSerial)
        nextSerial += 1
        articles[stored.id] = .live(stored, serial: document.serial)
        batch.documents.append(document)
        count(article, published: stored.published, by: 1, &batch)
    }

    /// Ends a document; the article's entry is the caller's to change.
    private mutating func remove(_ stored: StoredArticle, _ serial: UInt64, _ batch: inout Batch) {
        if let first = batch.documents.first?.serial, serial >= first {
            batch.ended.append((Int(serial - first), sequence))
        } else if let view = views.lastIndex(where: { ($0.segment.serials.first ?? .max) <= serial }),
            let document = views[view].segment.document(serial: serial)
        {
            views[view].end(document, at: sequence)
        }
        count(stored.article(), published: stored.published, by: -1, &batch)
    }

    /// Gives live articles new bytes because something that they show has changed; their version stays.
    private mutating func rewriteArticles(
        with terms: [Term], at time: Instant, _ batch: inout Batch, _ rewrite: (inout Article) -> Void
    ) {
        // What this batch has added so far is not in a segment yet.
        close(&batch)
        var affected: [(StoredArticle, UInt64)] = []
        for view in views {
            for document in view.segment.documents(where: [.init(anyOf: terms)]) where view.isVisible(Int(document), at: sequence) {
                affected.append((view.segment.articles[Int(document)], view.segment.serials[Int(document)]))
            }
        }
        for (stored, serial) in affected {
            var article = stored.article()
            rewrite(&article)
            let json = article.json()
            guard json != stored.json else { continue }
            remove(stored, serial, &batch)
            let fresh = StoredArticle(article, json: json, sequence: sequence, versions: stored.versions, at: time)
            add(fresh, article, nil, &batch)
        }
    }

    // MARK: Counting

    private mutating func count(_ article: Article, published: Instant, by step: Int, _ batch: inout Batch) {
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
                entry.entity, articles: entry.articles + step, firstSeen: first, lastSeen: last, sequence: sequence)
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
            for document in view.segment.documents(with: term) where view.isVisible(Int(document), at: sequence) {
                let published = view.segment.articles[Int(document)].published
                (first, last) = (min(first ?? published, published), max(last ?? published, published))
            }
        }
        entities[id] = EntityEntry(
            entry.entity, articles: entry.articles, firstSeen: first, lastSeen: last, sequence: entry.sequence)
    }
}
