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
        guard !batch.documents.isEmpty else { return }
        var view = SegmentView(segment: Segment(batch.documents))
        for (place, sequence) in batch.ended { view.end(place, at: sequence) }
        views.append(view)
        batch = Batch()
    }

    /// Folds one change in; lookups by id see it at once.
    public mutating func fold(_ entry: Entry, _ batch: inout Batch) {
        sequence = entry.sequence
        switch entry.change {
        case .articlePut(let put):
            for entity in put.entities { self.put(entity) }
            for event in put.events { self.put(event) }
            self.put(put.article, put.json, entry, &batch)
        case .articleWithdrawn(let id):
            guard case .live(let stored, let serial) = articles[id] else { return }
            remove(stored, serial, &batch)
            articles[id] = .withdrawn(version: stored.version, versions: stored.versions, at: entry.time)
            articleCount -= 1
        case .entityPut(let entity):
            let before = entities[entity.id]?.entity
            put(entity)
            if let before, before.name != entity.name || before.kind != entity.kind {
                rewriteArticles(with: Term(.entity, entity.id), at: entry.time, &batch) { $0.refresh(entity) }
            }
        case .entityDeleted(let id):
            rewriteArticles(with: Term(.entity, id), at: entry.time, &batch) { $0.dropEntity(id) }
            rewriteEvents(naming: id, heir: nil)
            removeEntity(id)
            deletedEntities.insert(id)
        case .entityMerged(let id, let heir):
            put(heir)
            rewriteArticles(with: Term(.entity, id), at: entry.time, &batch) { $0.replaceEntity(id, with: heir) }
            rewriteEvents(naming: id, heir: heir.id)
            removeEntity(id)
            redirect(id, to: heir.id, in: &mergedEntities)
        case .eventPut(let event):
            let before = events[event.id]?.event
            put(event)
            if before != nil, before != event {
                rewriteArticles(with: Term(.event, event.id), at: entry.time, &batch) { $0.refresh(event) }
            }
        case .eventDeleted(let id):
            rewriteArticles(with: Term(.event, id), at: entry.time, &batch) { $0.dropEvent(id) }
            removeEvent(id)
            deletedEvents.insert(id)
        case .eventMerged(let id, let heir):
            put(heir)
            rewriteArticles(with: Term(.event, id), at: entry.time, &batch) { $0.replaceEvent(id, with: heir) }
            removeEvent(id)
            redirect(id, to: heir.id, in: &mergedEvents)
        }
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
        case .withdrawn(_, let old, _):
            versions = old
            articleCount += 1
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
        count(article, published: stored.published, by: 1)
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
        count(stored.article(), published: stored.published, by: -1)
    }

    /// Gives live articles new bytes because something that they show has changed; their version stays.
    private mutating func rewriteArticles(
        with term: Term, at time: Instant, _ batch: inout Batch, _ rewrite: (inout Article) -> Void
    ) {
        // What this batch has added so far is not in a segment yet.
        close(&batch)
        var affected: [(StoredArticle, UInt64)] = []
        for view in views {
            for document in view.segment.documents(with: term) where view.isVisible(Int(document), at: sequence) {
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

    private mutating func count(_ article: Article, published: Instant, by step: Int) {
        for named in article.entities {
            guard let entry = entities[named.entity.id] else { continue }
            var (first, last) = (entry.firstSeen, entry.lastSeen)
            if step > 0 {
                first = min(first ?? published, published)
                last = max(last ?? published, published)
            } else if published == first || published == last {
                (first, last) = seen(entry.entity.id)
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

    /// The publication times of the first and last live article that names an entity, counted anew.
    private func seen(_ id: String) -> (Instant?, Instant?) {
        let term = Term(.entity, id)
        var range: (Instant?, Instant?) = (nil, nil)
        for view in views {
            for document in view.segment.documents(with: term) where view.isVisible(Int(document), at: sequence) {
                let published = view.segment.articles[Int(document)].published
                range = (min(range.0 ?? published, published), max(range.1 ?? published, published))
            }
        }
        return range
    }
}
