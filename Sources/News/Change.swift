import JSON

/// Something that happened to the newsroom: what a record of the journal says.
///
/// A change holds what came of it (ids resolved, facts merged), so that folding the journal needs no decision.
public enum Change: Sendable {
    // Indirect, since an article is some thirty references, all of which would be counted wherever a change is handed on.
    indirect case articlePut(ArticlePut)
    /// An article was read again; its version stays.
    indirect case articleRead(ArticlePut)
    case articleWithdrawn(ArticleID)
    case entityPut(Entity)
    case entityDeleted(String)
    case entityMerged(id: String, into: Entity)
    /// An editor said that it is none; the reader makes none of its names again.
    case entityRejected(String)
    /// An editor said that these articles mean another one.
    case entitySplit(id: String, into: Entity, articles: [ArticleID])
    case eventPut(Event)
    case eventDeleted(String)
    case eventMerged(id: String, into: Event)

    /// A version of an article, with the entities and events that it declared or added facts to.
    public struct ArticlePut: Sendable {
        /// The article, with ids resolved.
        public var article: Article
        /// The article as it is served.
        public var json: [UInt8]
        /// Entities as they are known from now on.
        public var entities: [Entity]
        /// Events as they are known from now on.
        public var events: [Event]

        /// A version of an article with all that it brings.
        public init(article: Article, json: [UInt8], entities: [Entity], events: [Event]) {
            self.article = article
            self.json = json
            self.entities = entities
            self.events = events
        }
    }

    /// The record's kind, as it stands in the journal and in /changes.
    public enum Kind: String, Sendable, CaseIterable {
        case articlePut = "article-put"
        case articleRead = "article-read"
        case articleWithdrawn = "article-withdrawn"
        case entityPut = "entity-put"
        case entityDeleted = "entity-deleted"
        case entityMerged = "entity-merged"
        case entityRejected = "entity-rejected"
        case entitySplit = "entity-split"
        case eventPut = "event-put"
        case eventDeleted = "event-deleted"
        case eventMerged = "event-merged"
    }

    /// The record's kind.
    public var kind: Kind {
        switch self {
        case .articlePut: .articlePut
        case .articleRead: .articleRead
        case .articleWithdrawn: .articleWithdrawn
        case .entityPut: .entityPut
        case .entityDeleted: .entityDeleted
        case .entityMerged: .entityMerged
        case .entityRejected: .entityRejected
        case .entitySplit: .entitySplit
        case .eventPut: .eventPut
        case .eventDeleted: .eventDeleted
        case .eventMerged: .eventMerged
        }
    }

    /// The id of the article, entity or event that changed.
    public var subject: String {
        switch self {
        case .articlePut(let put), .articleRead(let put): put.article.id?.description ?? ""
        case .articleWithdrawn(let id): id.description
        case .entityPut(let entity): entity.id
        case .eventPut(let event): event.id
        case .entityDeleted(let id), .eventDeleted(let id), .entityMerged(let id, _), .eventMerged(let id, _), .entityRejected(let id),
            .entitySplit(let id, _, _):
            id
        }
    }
}

// MARK: JSON

extension Change {
    /// The record's body.
    public func encoded() -> [UInt8] {
        var capacity = 512
        if case .articlePut(let put) = self { capacity += put.json.count }
        var writer = JSONWriter(capacity: capacity)
        writer.object { writer in
            switch self {
            case .articlePut(let put), .articleRead(let put):
                if !put.entities.isEmpty {
                    writer.key("entities")
                    writer.array { writer in for entity in put.entities { entity.write(to: &writer) } }
                }
                if !put.events.isEmpty {
                    writer.key("events")
                    writer.array { writer in for event in put.events { event.write(to: &writer) } }
                }
                writer.key("article")
                writer.raw(put.json)
            case .articleWithdrawn(let id): writer.member("id", id.description)
            case .entityDeleted(let id), .eventDeleted(let id), .entityRejected(let id): writer.member("id", id)
            case .entitySplit(let id, let part, let articles):
                writer.member("id", id)
                writer.key("entity")
                part.write(to: &writer)
                writer.member("articles", articles.map(\.description))
            case .entityPut(let entity):
                writer.key("entity")
                entity.write(to: &writer)
            case .eventPut(let event):
                writer.key("event")
                event.write(to: &writer)
            case .entityMerged(let id, let heir):
                writer.member("id", id)
                writer.key("entity")
                heir.write(to: &writer)
            case .eventMerged(let id, let heir):
                writer.member("id", id)
                writer.key("event")
                heir.write(to: &writer)
            }
        }
        return writer.bytes
    }

    /// Reads a record's body. Throws if it isn't one of this kind.
    public init(kind: Kind, body: [UInt8]) throws(JSONError) {
        var reader = JSONReader(body)
        var id: String?
        var article: (Article, [UInt8])?
        var entities: [Entity] = []
        var events: [Event] = []
        var articles: [ArticleID] = []
        try reader.object { (reader, name) throws(JSONError) in
            switch name {
            case "id": id = try reader.string()
            case "entity": entities.append(try Entity(from: &reader))
            case "event": events.append(try Event(from: &reader))
            case "entities": try reader.array { (reader) throws(JSONError) in entities.append(try Entity(from: &reader)) }
            case "events": try reader.array { (reader) throws(JSONError) in events.append(try Event(from: &reader)) }
            case "articles": articles = try reader.list(limit: Limits.splitArticles, ArticleID.init(from:))
            case "article":
                _ = try reader.kind()
                let start = reader.position
                let read = try Article(from: &reader)
                article = (read, Array(body[start..<reader.position]))
            default: throw reader.unknownField(name)
            }
        }
        try reader.finish()
        switch (kind, article, id) {
        case (.articlePut, let (article, json)?, _) where article.id != nil:
            self = .articlePut(ArticlePut(article: article, json: json, entities: entities, events: events))
        case (.articleRead, let (article, json)?, _) where article.id != nil:
            self = .articleRead(ArticlePut(article: article, json: json, entities: entities, events: events))
        case (.articleWithdrawn, _, let id?):
            guard let id = ArticleID(id) else { throw reader.missing("id", "An article's id is a UUID.") }
            self = .articleWithdrawn(id)
        case (.entityRejected, _, let id?): self = .entityRejected(id)
        case (.entitySplit, _, let id?) where entities.count == 1:
            self = .entitySplit(id: id, into: entities[0], articles: articles)
        case (.entityDeleted, _, let id?): self = .entityDeleted(id)
        case (.eventDeleted, _, let id?): self = .eventDeleted(id)
        case (.entityPut, _, _) where entities.count == 1: self = .entityPut(entities[0])
        case (.eventPut, _, _) where events.count == 1: self = .eventPut(events[0])
        case (.entityMerged, _, let id?) where entities.count == 1: self = .entityMerged(id: id, into: entities[0])
        case (.eventMerged, _, let id?) where events.count == 1: self = .eventMerged(id: id, into: events[0])
        default: throw reader.failure(.missingField, "A \(kind.rawValue) record lacks what it is about.")
        }
    }
}
