/// A news item. Names follow IPTC ninjs 3 where it has one.
public struct Article: Sendable, Equatable {
    public enum ContentType: String, Sendable, CaseIterable {
        case plain = "text/plain"
        case html = "text/html"
    }

    /// ninjs pubStatus.
    public enum Status: String, Sendable, CaseIterable { case usable, withheld, canceled }

    public struct Source: Sendable, Equatable {
        public var name: String
        public var url: String?

        public init(name: String, url: String? = nil) {
            self.name = name
            self.url = url
        }
    }

    /// Given by the server, or chosen by the client as a UUID.
    public var id: ArticleID?
    /// The publisher's own name for the item: what is posted with a known one is a new version.
    public var uri: String?
    /// 1 for the first, one more for each that follows.
    public var version = 0
    public var headline: String?
    public var summary: String?
    public var body: String?
    public var contentType = ContentType.plain
    /// BCP 47.
    public var language: String?
    public var byline: String?
    /// Where it was written: the dateline.
    public var located: String?
    public var source: Source?
    public var url: String?
    public var authors: [String] = []
    public var section: String?
    public var keywords: [String] = []
    public var published: Instant?
    public var updated: Instant?
    /// When the server took this version.
    public var indexed: Instant?
    public var status = Status.usable
    public var entities: [NamedEntity] = []
    public var events: [ReportedEvent] = []
    public var quotes: [Quote] = []

    public init() {}

    /// The text of a field that mentions can point into.
    public subscript(field: TextSpan.Field) -> String? {
        switch field {
        case .headline: headline
        case .summary: summary
        case .body: body
        }
    }
}

/// A part of one of an article's texts, counted in Unicode scalars.
public struct TextSpan: Sendable, Hashable {
    public enum Field: String, Sendable, CaseIterable { case headline, summary, body }

    public var field: Field
    public var offset: Int
    public var length: Int

    public init(field: Field, offset: Int, length: Int) {
        self.field = field
        self.offset = offset
        self.length = length
    }
}

/// An entity as an article names it.
public struct NamedEntity: Sendable, Equatable {
    /// What the article says of it. Only id, type and name are served with the article; the rest goes to the entity.
    public var entity: Entity
    /// How often it is named.
    public var count: Int
    /// How much the article is about it, 0 to 1.
    public var prominence: Double?
    public var mentions: [TextSpan]

    public init(entity: Entity, count: Int = 1, prominence: Double? = nil, mentions: [TextSpan] = []) {
        self.entity = entity
        self.count = count
        self.prominence = prominence
        self.mentions = mentions
    }
}

/// An event as an article reports it.
public struct ReportedEvent: Sendable, Equatable {
    /// What the article says of it. Only id, title, kind and dates are served with the article.
    public var event: Event
    public var evidence: TextSpan?

    public init(event: Event, evidence: TextSpan? = nil) {
        self.event = event
        self.evidence = evidence
    }
}

/// Words that somebody said.
public struct Quote: Sendable, Equatable {
    /// The id of an entity; before the newsroom has resolved it, a name will do.
    public var speaker: String?
    public var text: String
    public var span: TextSpan?

    public init(speaker: String? = nil, text: String, span: TextSpan? = nil) {
        self.speaker = speaker
        self.text = text
        self.span = span
    }
}
