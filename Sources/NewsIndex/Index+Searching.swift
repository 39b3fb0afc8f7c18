import News

extension Index {
    /// Answers a query: the page, the exact total, and where the next page begins.
    public func search(_ query: ArticleQuery) throws(SearchError) -> Page<StoredArticle, ArticleQuery.Position> {
        let seen = min(query.position?.sequence ?? sequence, sequence)
        let plan = try SearchPlan(query, views.map(\.segment))
        let key = query.order.key
        let isByRelevance = key == .relevance
        if isByRelevance { plan.weigh(query.position?.rarities) }
        let best = BestArticles(query, plan.context.segments)
        // A bound says nothing of what is least.
        let groups = query.collapse.map(Groups.init)
        let isRanked = isByRelevance && best.descends && groups == nil
        var total = try plan.run(
            views, at: seen, TimeRange(query), isRanked: isRanked, least: { best.least }
        ) { (found) throws(SearchError) in
            switch key {
            case .time(let field): best.add(found, plan.context.segments[found.place].times(field).base, groups)
            case .relevance: best.add(found, plan, groups)
            }
        }
        if let groups { total -= best.add(groups) }
        let rarities = isByRelevance ? plan.words.map(\.rarity) : []
        let isBackward = query.position?.isBackward
        return Page(best.items, limit: query.limit, total: total, isBackward: isBackward, best.article) { item, article, isBackward in
            .init(key: best.plainKey(item), id: article.id, sequence: seen, isBackward: isBackward, rarities: rarities)
        }
    }

    /// The live articles with a term, the earliest published first, at most `limit`.
    public func articles(with term: Term, limit: Int) -> [StoredArticle] {
        var query = ArticleQuery()
        query.clauses = [.init(anyOf: [term])]
        query.order = .init(.published, isDescending: false)
        query.limit = limit
        // Only a deadline or a phrase can fail.
        return (try? search(query))?.items ?? []
    }

    /// The live articles that came last, at most `limit`, in the order in which they came.
    public func latestArticles(_ limit: Int) -> [StoredArticle] {
        var latest: [StoredArticle] = []
        for view in views.reversed() {
            for document in (0..<view.segment.count).reversed() where view.isVisible(document, at: sequence) {
                guard latest.count < limit else { return latest.reversed() }
                latest.append(view.segment.article(document))
            }
        }
        return latest.reversed()
    }

    /// Calls `visit` with every live article, in the order in which they came.
    public func forEachArticle(_ visit: (StoredArticle) throws -> Void) rethrows {
        for view in views {
            for document in 0..<view.segment.count where view.isVisible(document, at: sequence) {
                try visit(view.segment.article(document))
            }
        }
    }
}

/// The first few of a list, kept in order as its documents are found in any.
final class BestArticles {
    /// A document with its sort key, already turned round where the order descends. Between equal keys the ids decide.
    struct Item {
        let key: Int64
        let place: UInt32
        let document: UInt32
    }

    private(set) var items: [Item] = []
    private let segments: [Segment]
    private let limit: Int
    private let isByRelevance: Bool
    /// A page before a place is the list from there the other way round.
    let descends: Bool
    private let isBackward: Bool
    private let after: (key: Int64, id: ArticleID)?
    /// The worst key that still has a place; the id decides where it is met.
    private var worst = Int64.max
    /// No lower score has a place, where the list is one by relevance and descends.
    private(set) var least = -Float.infinity
    /// For the documents of a window, if they come without; freed with the list.
    private var scores: UnsafeMutablePointer<Float>?

    init(_ query: borrowing ArticleQuery, _ segments: [Segment]) {
        self.segments = segments
        limit = query.limit < .max ? query.limit + 1 : .max
        isByRelevance = query.order.key == .relevance
        let descends = query.order.isDescending != (query.position?.isBackward ?? false)
        self.descends = descends
        isBackward = query.position?.isBackward ?? false
        after = query.position.map { (descends ? ~$0.key : $0.key, $0.id) }
        items.reserveCapacity(min(limit, 64))
    }

    deinit { scores?.deallocate() }

    func article(_ item: Item) -> StoredArticle { segments[Int(item.place)].article(Int(item.document)) }

    @inline(__always)
    private func id(_ item: Item) -> ArticleID { segments[Int(item.place)].ids[Int(item.document)] }

    /// The key as it was before it was turned round.
    func plainKey(_ item: Item) -> Int64 { descends ? ~item.key : item.key }

    @inline(__always)
    private func add(_ key: Int64, _ place: Int, _ document: UInt32, _ groups: Groups?) {
        let key = descends ? ~key : key
        let item = Item(key: key, place: UInt32(truncatingIfNeeded: place), document: document)
        if let groups, let group = groups.group(of: Int(document), in: segments[place]) {
            groups.add(item, to: group) { isBefore($0, $1) != isBackward }
        } else if key <= worst {
            insert(item)
        }
    }

    /// Takes in the first of each group; answers how many others there are.
    func add(_ groups: Groups) -> Int {
        for item in groups.first where item.key <= worst { insert(item) }
        return groups.count - groups.first.count
    }

    private func insert(_ item: Item) {
        if let after, !isBefore(after.key, after.id, item.key, id(item)) { return }
        if items.count == limit {
            guard let last = items.last, isBefore(item, last) else { return }
            items.removeLast()
        }
        items.append(item)
        var place = items.count - 1
        while place > 0, isBefore(item, items[place - 1]) {
            items[place] = items[place - 1]
            place -= 1
        }
        items[place] = item
        if items.count == limit {
            worst = items[limit - 1].key
            if isByRelevance { least = RelevanceKey.score(of: plainKey(items[limit - 1])) }
        }
    }

    @inline(__always)
    private func isBefore(_ a: Item, _ b: Item) -> Bool {
        a.key != b.key ? a.key < b.key : isBefore(a.key, id(a), b.key, id(b))
    }

    @inline(__always)
    private func isBefore(_ key: Int64, _ id: ArticleID, _ other: Int64, _ otherID: ArticleID) -> Bool {
        key != other ? key < other : descends ? otherID < id : id < otherID
    }

    /// Takes what was found into a list by time.
    func add(_ found: SearchPlan.Found, _ times: UnsafePointer<Int64>, _ groups: Groups?) {  // times of the segment, which is held
        // What came last is most often the newest: once it has a place, the others are soon turned away.
        for place in (0..<found.count).reversed() {
            let document = Int(found.documents[place])
            add(times[document], found.place, found.documents[place], groups)
        }
    }

    /// Takes what was found into a list by relevance.
    func add(_ found: SearchPlan.Found, _ plan: SearchPlan, _ groups: Groups?) {
        guard found.count > 0 else { return }
        if let scores = found.scores { return add(found, scores, groups) }
        if let score = found.score { return add(found, score, groups) }
        let scores = scores ?? .allocate(capacity: Window.size)
        self.scores = scores
        scores.update(repeating: 0, count: found.count)
        plan.root.addScores(found.documents, found.count, to: scores)
        add(found, UnsafePointer(scores), groups)
    }

    private func add(_ found: SearchPlan.Found, _ score: Float, _ groups: Groups?) {
        let published = segments[found.place].published.base
        for place in (0..<found.count).reversed() {
            let document = found.documents[place]
            add(RelevanceKey.key(score, published[Int(document)]), found.place, document, groups)
        }
    }

    private func add(_ found: SearchPlan.Found, _ scores: UnsafePointer<Float>, _ groups: Groups?) {  // the caller's
        let published = segments[found.place].published.base
        let takesAll = groups != nil || !descends
        for place in (0..<found.count).reversed() where takesAll || scores[place] >= least {
            let document = found.documents[place]
            add(RelevanceKey.key(scores[place], published[Int(document)]), found.place, document, groups)
        }
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
