import News

extension Index {
    /// Answers a query: the page, the exact total, and where the next page begins.
    public func search(_ query: ArticleQuery) -> Page<StoredArticle, ArticleQuery.Position> {
        let seen = min(query.position?.sequence ?? sequence, sequence)
        var best = Best<ArticleKey, StoredArticle>(limit: query.limit + 1)
        var total = 0
        // A page before a place is the list from there the other way round.
        let descends = query.order.isDescending != (query.position?.isBackward ?? false)
        let direction: Int64 = descends ? -1 : 1
        let after = query.position.map { ArticleKey(key: $0.key &* direction, id: $0.id, descends: descends) }

        for view in views {
            let segment = view.segment
            func visit(_ document: Int) {
                guard view.isVisible(document, at: seen) else { return }
                if query.from != nil || query.to != nil {
                    let time = segment.time(query.dateField, document)
                    if let from = query.from, time < from.milliseconds { return }
                    if let to = query.to, time >= to.milliseconds { return }
                }
                total += 1
                let key = ArticleKey(
                    key: segment.time(query.order.field, document) &* direction, id: segment.articles[document].id,
                    descends: descends)
                if let after, !(after < key) { return }
                best.add(key, segment.articles[document])
            }
            if query.clauses.isEmpty {
                for document in 0..<segment.count { visit(document) }
            } else {
                for document in segment.documents(where: query.clauses) { visit(Int(document)) }
            }
        }

        return Page(best.items, limit: query.limit, total: total, isBackward: query.position?.isBackward) { item, isBackward in
            .init(key: item.key.key &* direction, id: item.value.id, sequence: seen, isBackward: isBackward)
        }
    }

    /// The live articles with a term, the earliest published first, at most `limit`.
    public func articles(with term: Term, limit: Int) -> [StoredArticle] {
        var query = ArticleQuery()
        query.clauses = [.init(anyOf: [term])]
        query.order = .init(.published, isDescending: false)
        query.limit = limit
        return search(query).items
    }

    /// Calls `visit` with every live article, in the order in which they came.
    public func forEachArticle(_ visit: (StoredArticle) throws -> Void) rethrows {
        for view in views {
            for document in 0..<view.segment.count where view.isVisible(document, at: sequence) {
                try visit(view.segment.articles[document])
            }
        }
    }
}

/// A sort key that ends in the id, so that no two are equal.
private struct ArticleKey: Comparable {
    /// Already turned round where the order descends.
    var key: Int64
    var id: ArticleID
    var descends: Bool

    static func < (a: ArticleKey, b: ArticleKey) -> Bool {
        a.key != b.key ? a.key < b.key : a.descends ? b.id < a.id : a.id < b.id
    }
}

/// The least few of many, kept in order.
struct Best<Key: Comparable, Value> {
    let limit: Int
    private(set) var items: [(key: Key, value: Value)] = []

    init(limit: Int) { self.limit = limit }

    @inline(__always)
    mutating func add(_ key: Key, _ value: @autoclosure () -> Value) {
        if items.count == limit {
            guard let last = items.last, key < last.key else { return }
            items.removeLast()
        }
        var low = 0
        var high = items.count
        while low < high {
            let middle = (low + high) / 2
            if items[middle].key < key { low = middle + 1 } else { high = middle }
        }
        items.insert((key, value()), at: low)
    }
}

extension Segment {
    @inline(__always)
    func time(_ field: ArticleQuery.SortField, _ document: Int) -> Int64 {
        switch field {
        case .published: columns.published[document]
        case .indexed: articles[document].indexed.milliseconds
        case .updated: articles[document].updated.milliseconds
        }
    }

    /// The documents for which all the clauses hold, ascending, the ended ones among them.
    func documents(where clauses: [ArticleQuery.Clause]) -> [UInt32] {
        // The rarest first: it bounds the work of all that follow.
        let required = clauses.filter { !$0.isNegated }.map(documents(withAnyOf:)).sorted { $0.count < $1.count }
        var found: [UInt32]
        if let first = required.first {
            found = Array(first)
            for list in required.dropFirst() where !found.isEmpty { found = Segment.intersection(found, list) }
        } else {
            found = Array(0..<UInt32(count))
        }
        for clause in clauses where clause.isNegated && !found.isEmpty {
            found = Segment.difference(found, documents(withAnyOf: clause))
        }
        return found
    }

    private func documents(withAnyOf clause: ArticleQuery.Clause) -> ArraySlice<UInt32> {
        let lists = clause.terms.map(documents(with:)).filter { !$0.isEmpty }
        guard lists.count > 1 else { return lists.first ?? [] }
        var marks = [Bool](repeating: false, count: count)
        for list in lists { for document in list { marks[Int(document)] = true } }
        return (0..<UInt32(count)).filter { marks[Int($0)] }[...]
    }

    private static func intersection(_ few: [UInt32], _ many: ArraySlice<UInt32>) -> [UInt32] {
        few.filter(Segment.membership(in: many))
    }

    private static func difference(_ few: [UInt32], _ many: ArraySlice<UInt32>) -> [UInt32] {
        let isMember = Segment.membership(in: many)
        return few.filter { !isMember($0) }
    }

    /// A test that is asked for ascending documents, and gallops from where it last was.
    private static func membership(in list: ArraySlice<UInt32>) -> (UInt32) -> Bool {
        var position = list.startIndex
        return { document in
            var step = 1
            while position + step < list.endIndex, list[position + step] < document {
                position += step
                step *= 2
            }
            while position < list.endIndex, list[position] < document { position += 1 }
            return position < list.endIndex && list[position] == document
        }
    }
}
