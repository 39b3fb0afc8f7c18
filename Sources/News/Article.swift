/// A news item. Names follow IPTC ninjs 3 where it has one.
public struct Article: Sendable, Equatable {
    /// What the body is written in.
    public enum ContentType: String, Sendable, CaseIterable {
        case plain = "text/plain"
        case html = "text/html"
    }

    /// ninjs pubStatus.
    public enum Status: String, Sendable, CaseIterable { case usable, withheld, canceled }

    /// Who publishes the article.
    public struct Source: Sendable, Equatable {
        /// The publisher's name, which lists are filtered by.
        public var name: String
        /// The publisher's own page.
        public var url: String?

        /// A source by its name.
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
    /// The title. An article has a headline or a body.
    public var headline: String?
    /// What the article says, in a sentence or two.
    public var summary: String?
    /// The text.
    public var body: String?
    /// What the body is written in.
    public var contentType = ContentType.plain
    /// BCP 47.
    public var language: String?
    /// Who wrote it, as it is printed.
    public var byline: String?
    /// Where it was written: the dateline.
    public var located: String?
    /// Who publishes it.
    public var source: Source?
    /// Where the article can be read.
    public var url: String?
    /// The names of those who wrote it.
    public var authors: [String] = []
    /// The part of the paper that it belongs to.
    public var section: String?
    /// Words that it is filed under.
    public var keywords: [String] = []
    /// When it was first published.
    public var published: Instant?
    /// When it was last changed by its publisher.
    public var updated: Instant?
    /// When the server took this version.
    public var indexed: Instant?
    /// Whether it may be used.
    public var status = Status.usable
    /// Whom and what it names.
    public var entities: [NamedEntity] = []
    /// What it reports.
    public var events: [ReportedEvent] = []
    /// What it quotes.
    public var quotes: [Quote] = []
    /// The first article of the story that it tells; its own id, if it is that one. nil where it is alone.
    public var story: ArticleID?
    /// The first article that it is a copy of, with small changes or shortened; its own id, if it is that one.
    public var original: ArticleID?
    /// Who read it, if the reader did.
    public var reading: ReadingNote?

    /// An article that says nothing yet.
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
    /// A text that a place can be in.
    public enum Field: String, Sendable, CaseIterable { case headline, summary, body }

    /// The text that the place is in.
    public var field: Field
    /// Scalars before the place, from 0.
    public var offset: Int
    /// Scalars in the place, from 1.
    public var length: Int

    /// A place in a text.
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
    /// Where it is named.
    public var mentions: [TextSpan]
    /// Where the article says what it is: `US Secretary of Defense` before a name.
    public var role: TextSpan?
    /// How sure it is that this one is meant, 0 to 1; nil where somebody said so.
    public var confidence: Double?
    /// Who found it.
    public var origin: Origin

    /// An entity with what the article says of it.
    public init(
        entity: Entity, count: Int = 1, prominence: Double? = nil, mentions: [TextSpan] = [], role: TextSpan? = nil,
        confidence: Double? = nil, origin: Origin = .editor
    ) {
        self.entity = entity
        self.count = count
        self.prominence = prominence
        self.mentions = mentions
        self.role = role
        self.confidence = confidence
        self.origin = origin
    }
}

/// An event as an article reports it.
public struct ReportedEvent: Sendable, Equatable {
    /// What the article says of it. Only id, title, kind and dates are served with the article.
    public var event: Event
    /// Where the article says so.
    public var evidence: TextSpan?
    /// Who found it.
    public var origin: Origin

    /// An event with the place where it is told.
    public init(event: Event, evidence: TextSpan? = nil, origin: Origin = .editor) {
        self.event = event
        self.evidence = evidence
        self.origin = origin
    }
}

/// Words that somebody said.
public struct Quote: Sendable, Equatable {
    /// The id of an entity; before the newsroom has resolved it, a name will do.
    public var speaker: String?
    /// What was said.
    public var text: String
    /// Where the article has it.
    public var span: TextSpan?
    /// How sure the speaker is, 0 to 1; nil where somebody said so.
    public var confidence: Double?
    /// Who found it.
    public var origin: Origin

    /// A quote, by somebody or by nobody in particular.
    public init(
        speaker: String? = nil, text: String, span: TextSpan? = nil, confidence: Double? = nil, origin: Origin = .editor
    ) {
        self.speaker = speaker
        self.text = text
        self.span = span
        self.confidence = confidence
        self.origin = origin
    }
}
