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

    /// Where a page begins: right after this sort key and id, in the list as it was at that sequence number.
    public struct Position: Sendable, Equatable {
        public var key: Int64
        public var id: ArticleID
        public var sequence: UInt64

        public init(key: Int64, id: ArticleID, sequence: UInt64) {
            self.key = key
            self.id = id
            self.sequence = sequence
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

    public init(items: [Resource], total: Int, next: Position?) {
        self.items = items
        self.total = total
        self.next = next
    }
}
