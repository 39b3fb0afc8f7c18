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
    /// Folds changes in. Their sequence numbers must go on where the index stands.
    public mutating func fold(_ entries: [Entry]) {
        for entry in entries { fold(entry) }
        seal()
    }

    /// Makes a segment of what was folded in since the last time, so that it is found by search and not by id alone.
    public mutating func seal() {
        guard !batch.documents.isEmpty else { return }
        var view = SegmentView(segment: Segment(batch.documents))
        for (place, sequence) in batch.ended { view.end(place, at: sequence) }
        views.append(view)
        batch = Batch()
    }

    /// Folds one change in. It is found by id at once, and by search after `seal`.
    public mutating func fold(_ entry: Entry) {
        sequence = entry.sequence
        switch entry.change {
        case .articlePut(let put):
            for entity in put.entities { self.put(entity) }
            for event in put.events { self.put(event) }
            self.put(put.article, put.json, entry)
        case .articleWithdrawn(let id):
            guard case .live(let stored) = article(id) else { return }
            remove(stored)
            withdrawn[id] = Withdrawal(version: stored.version, versions: stored.versions, uri: stored.uri, time: entry.time)
            if let uri = stored.uri { withdrawnURIs[uri] = id }
            articleCount -= 1
        case .entityPut(let entity):
            let before = entities[entity.id]?.entity
            put(entity)
            if let before, before.name != entity.name || before.kind != entity.kind {
                rewriteArticles(with: Term(.entity, entity.id), at: entry.time) { $0.refresh(entity) }
            }
        case .entityDeleted(let id):
            rewriteArticles(with: Term(.entity, id), at: entry.time) { $0.dropEntity(id) }
            rewriteEvents(naming: id, heir: nil)
            removeEntity(id)
            deletedEntities.insert(id)
        case .entityMerged(let id, let heir):
            put(heir)
            rewriteArticles(with: Term(.entity, id), at: entry.time) { $0.replaceEntity(id, with: heir) }
            rewriteEvents(naming: id, heir: heir.id)
            removeEntity(id)
            redirect(id, to: heir.id, in: &mergedEntities)
        case .eventPut(let event):
            let before = events[event.id]?.event
            put(event)
            if before != nil, before != event {
                rewriteArticles(with: Term(.event, event.id), at: entry.time) { $0.refresh(event) }
            }
        case .eventDeleted(let id):
            rewriteArticles(with: Term(.event, id), at: entry.time) { $0.dropEvent(id) }
            removeEvent(id)
            deletedEvents.insert(id)
        case .eventMerged(let id, let heir):
            put(heir)
            rewriteArticles(with: Term(.event, id), at: entry.time) { $0.replaceEvent(id, with: heir) }
            removeEvent(id)
            redirect(id, to: heir.id, in: &mergedEvents)
        }
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
        let stored = StoredArticle(
            article, json: json, serial: nextSerial, sequence: entry.sequence, versions: versions + [entry.sequence], at: entry.time)
        add(stored, article, entry.words)
    }

    private mutating func add(_ stored: StoredArticle, _ article: Article, _ words: ArticleWords?) {
        var terms = (words ?? ArticleWords(article)).terms
        terms.addValues(of: article)
        nextSerial += 1
        batch.add(Document(article: stored, terms: terms))
        count(article, published: stored.published, by: 1)
    }

    /// Ends a document.
    private mutating func remove(_ stored: StoredArticle) {
        if !batch.end(stored, at: sequence),
            let view = views.lastIndex(where: { ($0.segment.columns.serials.first ?? .max) <= stored.serial }),
            let document = views[view].segment.document(serial: stored.serial)
        {
            views[view].end(document, at: sequence)
        }
        count(stored.article(), published: stored.published, by: -1)
    }

    /// Gives live articles new bytes because something that they show has changed; their version stays.
    private mutating func rewriteArticles(with term: Term, at time: Instant, _ rewrite: (inout Article) -> Void) {
        seal()
        var affected: [StoredArticle] = []
        for view in views {
            for document in view.segment.documents(with: term) where view.deaths.isLive(Int(document)) {
                affected.append(view.segment.articles[Int(document)])
            }
        }
        for stored in affected {
            var article = stored.article()
            rewrite(&article)
            let json = article.json()
            guard json != stored.json else { continue }
            remove(stored)
            let fresh = StoredArticle(
                article, json: json, serial: nextSerial, sequence: sequence, versions: stored.versions, at: time)
            add(fresh, article, nil)
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

/// The documents of one commit on their way into a segment.
struct Batch: Sendable {
    private(set) var documents: [Document] = []
    /// Places of documents that this same batch ended, and when.
    private(set) var ended: [(place: Int, sequence: UInt64)] = []
    /// Places of the live ones.
    private var ids: [ArticleID: Int] = [:]
    private var uris: [String: Int] = [:]

    func article(_ id: ArticleID) -> StoredArticle? { ids[id].map { documents[$0].article } }
    func article(uri: String) -> StoredArticle? { uris[uri].map { documents[$0].article } }

    mutating func add(_ document: Document) {
        ids[document.article.id] = documents.count
        if let uri = document.article.uri { uris[uri] = documents.count }
        documents.append(document)
    }

    /// Ends a document; false if it is not here.
    mutating func end(_ article: StoredArticle, at sequence: UInt64) -> Bool {
        guard let place = ids[article.id], documents[place].article === article else { return false }
        ids[article.id] = nil
        if let uri = article.uri { uris[uri] = nil }
        ended.append((place, sequence))
        return true
    }
}
