import News

/// What is asked of the articles.
public struct ArticleQuery: Sendable {
    /// One condition on a field: any of the terms, or none of them.
    public struct Clause: Sendable {
        public var terms: [Term]
        public var isNegated: Bool

        public init(anyOf terms: [Term], isNegated: Bool = false) {
            self.terms = terms
            self.isNegated = isNegated
        }
    }

    public enum SortField: String, Sendable, CaseIterable { case published, indexed, updated }

    public struct Order: Sendable, Equatable {
        public var field: SortField
        public var isDescending: Bool

        public init(_ field: SortField, isDescending: Bool) {
            self.field = field
            self.isDescending = isDescending
        }
    }

    /// All must hold.
    public var clauses: [Clause] = []
    /// `from` inclusive, `to` exclusive, on the time that `dateField` names.
    public var from: Instant?
    public var to: Instant?
    public var dateField = SortField.published
    public var order = Order(.published, isDescending: true)
    public var limit = 20
    public var position: Position?

    public init() {}

    /// Where a page begins: right after this sort key and id, in the list as it was at that sequence number; or where it
    /// ends, right before them.
    public struct Position: Sendable, Equatable {
        public var key: Int64
        public var id: ArticleID
        public var sequence: UInt64
        public var isBackward: Bool

        public init(key: Int64, id: ArticleID, sequence: UInt64, isBackward: Bool = false) {
            self.key = key
            self.id = id
            self.sequence = sequence
            self.isBackward = isBackward
        }
    }
}

/// One page of a list.
public struct Page<Resource: Sendable, Position: Sendable>: Sendable {
    public var items: [Resource]
    /// Exactly how many there are on all pages.
    public var total: Int
    /// Where the next page begins; nil on the last.
    public var next: Position?
    /// Where the page before ends; nil on the first.
    public var previous: Position?

    public init(items: [Resource], total: Int, next: Position?, previous: Position? = nil) {
        self.items = items
        self.total = total
        self.next = next
        self.previous = previous
    }

    /// Cuts a page out of one item more than it holds, found from a place on in its direction (nil is the beginning).
    /// `position` makes the place of an item.
    init<Key>(
        _ found: [(key: Key, value: Resource)], limit: Int, total: Int, isBackward: Bool?,
        _ position: ((key: Key, value: Resource), _ isBackward: Bool) -> Position
    ) {
        let hasMore = found.count > limit
        var items = Array(found.prefix(limit))
        if isBackward == true { items.reverse() }
        // Whoever came here from another page can go back there.
        let (hasNext, hasPrevious) = isBackward == true ? (true, hasMore) : (hasMore, isBackward != nil)
        self.init(
            items: items.map(\.value), total: total, next: hasNext ? items.last.map { position($0, false) } : nil,
            previous: hasPrevious ? items.first.map { position($0, true) } : nil)
    }
}
