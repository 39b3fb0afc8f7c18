import News

/// What is asked of the articles.
public struct ArticleQuery: Sendable {
    /// One condition on a field: any of the terms, or none of them.
    public struct Clause: Sendable {
        /// What is looked for; any of them will do.
        public var terms: [Term]
        /// Whether none of them may be there.
        public var isNegated: Bool

        /// A condition on any of the terms.
        public init(anyOf terms: [Term], isNegated: Bool = false) {
            self.terms = terms
            self.isNegated = isNegated
        }
    }

    /// A time of the article.
    public enum SortField: String, Sendable, CaseIterable { case published, indexed, updated }

    /// What a list is sorted by.
    public struct Order: Sendable, Equatable {
        /// What counts.
        public enum Key: Sendable, Equatable {
            case time(SortField)
            /// How well an article answers the query. Scores are compared to nine binary digits; among equals the newer is first.
            case relevance
        }

        /// What counts.
        public var key: Key
        /// Whether the latest comes first, or what answers best.
        public var isDescending: Bool

        /// An order by a time.
        public init(_ field: SortField, isDescending: Bool) {
            key = .time(field)
            self.isDescending = isDescending
        }

        private init(_ key: Key) {
            self.key = key
            isDescending = true
        }

        /// What answers best comes first.
        public static let relevance = Order(.relevance)
    }

    /// What the texts must say; nil if that does not matter.
    public var expression: QueryExpression?
    /// All must hold.
    public var clauses: [Clause] = []
    /// `from` inclusive, `to` exclusive, on the time that `dateField` names.
    public var from: Instant?
    /// Where the time ends, exclusive.
    public var to: Instant?
    /// Which time `from` and `to` are about.
    public var dateField = SortField.published
    /// In which order the list is.
    public var order = Order(.published, isDescending: true)
    /// How many at most are on the page.
    public var limit = 20
    /// Where the page begins or ends; nil for the first.
    public var position: Position?
    /// Of the articles that share a value of this field only the first of the list is shown, and counted; nil shows all.
    public var collapse: Term.Field?
    /// When to give up; nil for never.
    public var deadline: ContinuousClock.Instant?

    /// All articles, the latest first.
    public init() {}

    /// A place in a list of articles.
    public struct Position: Sendable, Equatable {
        /// A time in milliseconds, or a score with one (`RelevanceKey`).
        public var key: Int64
        /// The article's id, which decides between equal keys.
        public var id: ArticleID
        /// The state of the index that the list belongs to.
        public var sequence: UInt64
        /// Whether the page ends here instead of beginning.
        public var isBackward: Bool
        /// What the words of the query are worth, in their order and in sixteenths: what is rare changes with every article that
        /// comes, and the list must not. Empty where scores don't matter.
        public var rarities: [UInt8]

        /// A place in a list.
        public init(key: Int64, id: ArticleID, sequence: UInt64, isBackward: Bool = false, rarities: [UInt8] = []) {
            self.key = key
            self.id = id
            self.sequence = sequence
            self.isBackward = isBackward
            self.rarities = rarities
        }
    }
}

/// A score and a time as one number, so that lists by relevance are sorted as lists by time are.
///
/// The score takes 14 bits: five of a binary exponent from 2^-18 on, nine of the mantissa. So scores that differ by less than
/// a 512th are equals, among which the newer comes first: its milliseconds since the year 1 take the 49 bits below.
enum RelevanceKey {
    static let timeBits: Int64 = 49
    private static let least: UInt32 = (127 - 18) << 9
    private static let most: UInt32 = 1 << 14 - 1

    @inline(__always)
    static func key(_ score: Float, _ published: Int64) -> Int64 {
        let bits = max(score, 0).bitPattern >> 14
        let rank = min(bits > least ? bits - least : 0, most)
        let time = max(0, min(published &- Instant.first.milliseconds, 1 << timeBits - 1))
        return Int64(rank) << timeBits | time
    }

    /// The lowest score that has the rank of a key.
    @inline(__always)
    static func score(of key: Int64) -> Float {
        let rank = UInt32(truncatingIfNeeded: key >> timeBits)
        return rank > 0 ? Float(bitPattern: (rank + least) << 14) : 0
    }
}

/// Where a page of another list begins: right after this sort key and id, in the list as it was at that sequence number; or where it ends,
/// right before them.
public struct ListPosition<Key: Sendable & Equatable, ID: Sendable & Equatable>: Sendable, Equatable {
    /// The sort key.
    public var key: Key
    /// The resource's id, which decides between equal keys.
    public var id: ID
    /// The state of the index that the list belongs to.
    public var sequence: UInt64
    /// Whether the page ends here instead of beginning.
    public var isBackward: Bool

    /// A place in a list.
    public init(key: Key, id: ID, sequence: UInt64, isBackward: Bool = false) {
        self.key = key
        self.id = id
        self.sequence = sequence
        self.isBackward = isBackward
    }
}

/// One page of a list.
public struct Page<Resource: Sendable, Position: Sendable>: Sendable {
    /// What is on the page, in order.
    public var items: [Resource]
    /// Exactly how many there are on all pages.
    public var total: Int
    /// Where the next page begins; nil on the last.
    public var next: Position?
    /// Where the page before ends; nil on the first.
    public var previous: Position?

    /// A page with its neighbours.
    public init(items: [Resource], total: Int, next: Position?, previous: Position? = nil) {
        self.items = items
        self.total = total
        self.next = next
        self.previous = previous
    }

    /// Cuts a page out of one item more than it holds, found from a place on in its direction (nil is the beginning).
    /// `resource` makes what is on the page of what was found, and `position` the place of it.
    init<Found>(
        _ found: [Found], limit: Int, total: Int, isBackward: Bool?, _ resource: (Found) -> Resource,
        _ position: (Found, Resource, _ isBackward: Bool) -> Position
    ) {
        let hasMore = found.count > limit
        let page = found.prefix(limit)
        var items: [Resource] = []
        items.reserveCapacity(page.count)
        if isBackward == true {
            for found in page.reversed() { items.append(resource(found)) }
        } else {
            for found in page { items.append(resource(found)) }
        }
        // Whoever came here from another page can go back there.
        let (hasNext, hasPrevious) = isBackward == true ? (true, hasMore) : (hasMore, isBackward != nil)
        let (first, last) = isBackward == true ? (page.last, page.first) : (page.first, page.last)
        self.init(
            items: items, total: total, next: hasNext ? last.map { position($0, items[items.count - 1], false) } : nil,
            previous: hasPrevious ? first.map { position($0, items[0], true) } : nil)
    }
}
