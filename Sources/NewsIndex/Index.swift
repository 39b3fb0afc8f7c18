import HashTreeCollections
import News

/// The whole index as a value: a fold of the journal up to `sequence`.
///
/// A copy costs a few references, since segments are immutable and the maps share structure; so a writer changes its
/// copy while readers go on with theirs, and a batch that could not be made durable is simply dropped.
public struct Index: Sendable {
    /// How many sequence numbers back a cursor still sees exactly the list that it started on.
    public static let history: UInt64 = 10_000

    /// The sequence number of the last change folded in.
    public internal(set) var sequence: UInt64 = 0
    /// How many articles are live.
    public internal(set) var articleCount = 0
    /// The entities by id.
    public internal(set) var entities: TreeDictionary<String, EntityEntry> = [:]
    /// The events by id.
    public internal(set) var events: TreeDictionary<String, EventEntry> = [:]

    var views: [SegmentView] = []
    /// Documents that are not in a segment yet.
    var batch = Batch()
    /// Articles that were withdrawn. Live ones are found through their segments, so that putting one costs no map.
    var withdrawn: TreeDictionary<ArticleID, Withdrawal> = [:]
    var withdrawnURIs: TreeDictionary<String, ArticleID> = [:]
    /// Folded names and aliases, and sameAs URLs, to the ids that have them.
    var names: TreeDictionary<String, [String]> = [:]
    /// Outlines of names and surnames, to the ids that have them, in the order in which they came to be known.
    var outlines: TreeDictionary<UInt64, [String]> = [:]
    /// Names that an editor said are none: the reader makes no entity of them.
    var rejectedNames: TreeSet<String> = []
    /// Kind, start and an entity, to the events that have them.
    var happenings: TreeDictionary<String, [String]> = [:]
    /// Ids that were merged away, to their heirs. A chain is never longer than one.
    var mergedEntities: TreeDictionary<String, String> = [:]
    var mergedEvents: TreeDictionary<String, String> = [:]
    /// Ids that were deleted.
    var deletedEntities: TreeSet<String> = []
    var deletedEvents: TreeSet<String> = []
    /// Title and start to the id, for events told again.
    var eventKeys: TreeDictionary<String, String> = [:]
    var eventsByEntity: TreeDictionary<String, TreeSet<String>> = [:]
    /// Names as one types.
    var suggestions = NameIndex()
    var nextSerial: UInt64 = 1

    /// What counts as a word in the articles whose words were not read ahead.
    let analyzer: Analyzer

    /// An index of nothing.
    public init(_ analyzer: Analyzer = Analyzer()) { self.analyzer = analyzer }

    // MARK: Looking things up

    /// What there is under an id.
    public enum Found<Resource> {
        case live(Resource)
        /// An article was withdrawn, an entity or event deleted.
        case gone
        case merged(into: String)
        case unknown
    }

    /// What there is under an article's id.
    public func article(_ id: ArticleID) -> Found<StoredArticle> {
        if let article = liveArticle(id) { return .live(article) }
        return withdrawn[id] == nil ? .unknown : .gone
    }

    /// The article that was posted under that name of its publisher's, withdrawn or not.
    public func article(uri: String) -> ArticleID? {
        if let id = batch.id(uri: uri) { return id }
        let hash = StoredArticle.hash(uri: uri)
        for view in views.reversed() {
            if let place = view.segment.document(uri: uri, hash: hash, where: { view.deaths.isLive($0) }) {
                return view.segment.ids[place]
            }
        }
        return withdrawnURIs[uri]
    }

    private func liveArticle(_ id: ArticleID) -> StoredArticle? {
        if let article = batch.article(id) { return article }
        // The newest first: what is asked for most, and put again most, is new.
        for view in views.reversed() {
            if let place = view.segment.document(of: id, where: { view.deaths.isLive($0) }) { return view.segment.article(place) }
        }
        return nil
    }

    /// What there is under an entity's id.
    public func entity(_ id: String) -> Found<EntityEntry> {
        if let entry = entities[id] { return .live(entry) }
        if let heir = mergedEntities[id] { return .merged(into: heir) }
        return deletedEntities.contains(id) ? .gone : .unknown
    }

    /// Whether another entity was merged into this one.
    public func isHeir(_ id: String) -> Bool { mergedEntities.values.contains(id) }

    /// What there is under an event's id.
    public func event(_ id: String) -> Found<EventEntry> {
        if let entry = events[id] { return .live(entry) }
        if let heir = mergedEvents[id] { return .merged(into: heir) }
        return deletedEvents.contains(id) ? .gone : .unknown
    }

    /// The entities that go by a name, an alias or a sameAs URL, the most reported first.
    public func entities(named name: String) -> [EntityEntry] {
        entities(under: Index.nameKey(name))
    }

    /// The same by what the name is found by (`nameKey`).
    public func entities(under key: String) -> [EntityEntry] {
        guard let ids = names[key] else { return [] }
        let found = ids.compactMap { entities[$0] }
        return found.count < 2 ? found : found.sorted { ($1.articles, $0.entity.id) < ($0.articles, $1.entity.id) }
    }

    /// An entity by id (also one that was merged away), Wikidata id, sameAs URL, name or alias: all that are meant.
    public func entities(meantBy text: String) -> [String] {
        if entities[text] != nil { return [text] }
        if let heir = mergedEntities[text] { return [heir] }
        let isWikidata = text.first == "Q" && text.dropFirst().allSatisfy(\.isNumber)
        return entities(named: isWikidata ? "https://www.wikidata.org/wiki/\(text)" : text).map(\.entity.id)
    }

    /// The event that was told under this title for this start before.
    public func event(title: String, start: EventDate?) -> EventEntry? {
        guard let id = eventID(title: title, start: start) else { return nil }
        return events[id] ?? mergedEvents[id].flatMap { events[$0] }
    }

    /// The id of that event, also of one that was merged away or deleted.
    public func eventID(title: String, start: EventDate?) -> String? { eventKeys[Index.eventKey(title, start)] }

    /// Whether an editor said that this names nothing, and nobody has declared it since.
    public func isRejected(name: String) -> Bool { rejectedNames.contains(Index.nameKey(name)) }

    /// Ids of the events of a kind that begin at that time and have to do with an entity; also of those that were deleted.
    public func events(kind: String, start: EventDate, entity: String) -> [String] {
        happenings[Index.happeningKey(kind, start, entity)] ?? []
    }

    /// Ids of the events that an entity takes part in or is the place of.
    public func events(of entity: String) -> TreeSet<String> { eventsByEntity[entity] ?? [] }

    /// The sequence numbers of the records that hold an article's versions, oldest first.
    public func versions(of id: ArticleID) -> [UInt64] { liveArticle(id)?.versions ?? withdrawn[id]?.versions ?? [] }

    /// The number of an article's last version; 0 if there never was one.
    public func lastVersion(of id: ArticleID) -> Int { liveArticle(id)?.version ?? withdrawn[id]?.version ?? 0 }

    /// How many segments there are; merging keeps them few.
    public var segmentCount: Int { views.count }

    /// Whether another index has the very same segments, whatever has ended in them since.
    public func hasSameSegments(as other: Index) -> Bool { views.elementsEqual(other.views) { $0.segment === $1.segment } }

    /// What a name or a URL is found by.
    public static func nameKey(_ name: String) -> String {
        // URLs are names too, and folding leaves them alone but for case.
        Folding.fold(name)
    }

    static func happeningKey(_ kind: String, _ start: EventDate, _ entity: String) -> String { "\(kind) \(start.text) \(entity)" }

    /// What an event told again is found by.
    public static func eventKey(_ title: String, _ start: EventDate?) -> String {
        "\(start?.text ?? "")\n\(Folding.fold(title))"
    }
}

/// What stays of an article that was withdrawn.
struct Withdrawal: Sendable, Equatable {
    /// The number of its last version.
    let version: Int
    let versions: [UInt64]
    let uri: String?
    let time: Instant
}

/// An entity with what the index counts of it.
public final class EntityEntry: Sendable {
    /// What is known of it.
    public let entity: Entity
    /// How many live articles name it.
    public let articles: Int
    /// How many quotes of it they have.
    public let quotes: Int
    /// Publication times of the first and the last of them.
    public let firstSeen: Instant?
    /// Publication time of the last of them.
    public let lastSeen: Instant?
    /// The last change that touched it.
    public let sequence: UInt64
    /// Of a person: who else is met where.
    public let acquaintance: Acquaintance

    init(
        _ entity: Entity, articles: Int, quotes: Int, firstSeen: Instant?, lastSeen: Instant?, sequence: UInt64, acquaintance: Acquaintance
    ) {
        self.acquaintance = acquaintance
        self.entity = entity
        self.articles = articles
        self.quotes = quotes
        self.firstSeen = firstSeen
        self.lastSeen = lastSeen
        self.sequence = sequence
    }
}

extension EntityEntry {
    /// The same, better known.
    func with(_ acquaintance: Acquaintance) -> EntityEntry {
        EntityEntry(
            entity, articles: articles, quotes: quotes, firstSeen: firstSeen, lastSeen: lastSeen, sequence: sequence,
            acquaintance: acquaintance)
    }
}

/// An event with what the index counts of it.
public final class EventEntry: Sendable {
    /// What is known of it.
    public let event: Event
    /// How many live articles report it.
    public let articles: Int
    /// How many of them each source has.
    let sourceCounts: [String: Int]
    /// The last change that touched it.
    public let sequence: UInt64

    /// How many different sources report it.
    public var sources: Int { sourceCounts.count }

    /// Whether a source reports it.
    public func isTold(by source: String) -> Bool { sourceCounts[source] != nil }

    init(_ event: Event, articles: Int, sourceCounts: [String: Int], sequence: UInt64) {
        self.event = event
        self.articles = articles
        self.sourceCounts = sourceCounts
        self.sequence = sequence
    }
}

/// One reading state of the index, shared by reference.
public final class Snapshot: Sendable {
    /// The state of the index.
    public let index: Index
    /// Shares a state of the index.
    public init(_ index: Index) { self.index = index }

    /// What there is under an article's id. Asked here, the many parts of the index are not copied for the question.
    public func article(_ id: ArticleID) -> Index.Found<StoredArticle> { index.article(id) }
}
