import News

/// A query made ready to run over the segments of an index.
struct SearchPlan {
    let context: SearchContext
    let root: QueryNode
    /// The words that scores are made of, in the order in which the query has them.
    let words: [WordNode]

    init(_ query: ArticleQuery, _ segments: [Segment]) throws(SearchError) {
        context = SearchContext(segments, deadline: query.deadline)
        var compiler = Compiler(context: context)
        var (parts, excluded): ([QueryNode], [QueryNode]) = ([], [])
        if let expression = query.expression { try compiler.add(expression, to: &parts, excluding: &excluded) }
        for clause in query.clauses {
            let node = TermsNode(context, clause.terms)
            if clause.isNegated { excluded.append(node) } else { parts.append(node) }
        }
        root = compiler.all(parts, excluding: excluded)
        words = compiler.words
    }

    /// Settles what each word is worth: as the first page of the list had it, or else by how many of all articles have it.
    func weigh(_ rarities: [UInt8]?) {
        let all = context.segments.reduce(0) { $0 + $1.count }
        for (place, word) in words.enumerated() {
            if let rarities, place < rarities.count {
                word.rarity = max(1, rarities[place])
            } else {
                word.rarity = UInt8(max(1, min(255, (Impact.rarity(word.documentCount, of: all) * 16).rounded())))
            }
        }
    }

    /// Turns the tree of a query into nodes.
    private struct Compiler {
        let context: SearchContext
        var words: [WordNode] = []

        /// Adds an expression to those that must all hold, or that must not.
        mutating func add(
            _ expression: QueryExpression, to parts: inout [QueryNode], excluding excluded: inout [QueryNode]
        ) throws(SearchError) {
            switch expression {
            case .and(let operands): for operand in operands { try add(operand, to: &parts, excluding: &excluded) }
            case .not(let operand):
                // What is excluded has no part in the scores.
                var inner = Compiler(context: context)
                excluded.append(try inner.node(operand))
            default: parts.append(try node(expression))
            }
        }

        mutating func node(_ expression: QueryExpression) throws(SearchError) -> QueryNode {
            switch expression {
            case .text(let spelled, let scope):
                if spelled.count == 1, let word = spelled.first, word.isPrefix { return PrefixNode(context, word.forms, scope) }
                return try text(spelled, scope, distance: nil)
            case .near(let spelled, let distance, let scope): return try text(spelled, scope, distance: distance)
            case .value(let field, let value): return TermsNode(context, [Term(field, value)])
            case .or(let operands):
                var parts: [QueryNode] = []
                for operand in operands { parts.append(try node(operand)) }
                return AnyNode(context, parts)
            case .and, .not:
                var (parts, excluded): ([QueryNode], [QueryNode]) = ([], [])
                try add(expression, to: &parts, excluding: &excluded)
                return all(parts, excluding: excluded)
            }
        }

        private mutating func text(
            _ spelled: [QueryWord], _ scope: QueryExpression.TextScope, distance: Int?
        ) throws(SearchError) -> QueryNode {
            var nodes: [WordNode] = []
            for word in spelled { nodes.append(try WordNode(context, word, scope)) }
            words += nodes
            return nodes.count == 1 ? nodes[0] : PhraseNode(context, nodes, spelled: spelled, distance: distance)
        }

        func all(_ parts: [QueryNode], excluding excluded: [QueryNode]) -> QueryNode {
            if parts.count == 1, excluded.isEmpty { return parts[0] }
            return AllNode(context, parts.isEmpty ? [EveryNode(context)] : parts, excluding: excluded)
        }
    }
}

extension SearchPlan {
    /// Documents of one segment that match, and how to score them.
    struct Found {
        let segment: Segment
        let place: Int
        /// Ascending; valid during the call.
        let documents: UnsafePointer<UInt32>
        let count: Int
        /// Which block of the root's sole list the documents are, if they are one.
        var block: Int?
    }

    /// Calls `found` with all documents that match, as the index was at a sequence number, a few at a time; answers how many
    /// there are. Where the list is ranked, and `mayLeave` says by the bound of their scores that nobody wants to see them, they are
    /// counted alone.
    func run(
        _ views: [SegmentView], at seen: UInt64, _ range: TimeRange?, isRanked: Bool = false, mayLeave: (Float) -> Bool = { _ in false },
        _ found: (Found) throws(SearchError) -> Void
    ) throws(SearchError) -> Int {
        var total = 0
        let documents = UnsafeMutablePointer<UInt32>.allocate(capacity: Window.size)
        let mask = UnsafeMutablePointer<UInt64>.allocate(capacity: Window.words)
        defer {
            documents.deallocate()
            mask.deallocate()
        }
        for (place, view) in views.enumerated() {
            let segment = view.segment
            try root.open(place)
            let times = range.map { segment.times($0.field).base }
            // What came later stands at the end.
            let limit = segment.sequences.place(of: seen == .max ? seen : seen + 1)
            if limit == segment.count, view.deaths.isEmpty, let cursor = root.soleCursor {
                total += try run(cursor, place, times, range, documents, isRanked: isRanked, mayLeave: mayLeave, found)
                continue
            }
            var from = 0
            while from < limit {
                let next = root.next(from: from)
                guard next < limit else { break }
                try context.check(64)
                let base = next / Window.size * Window.size
                let window = Window(base: base, words: min(Window.words, (limit - base + 63) / 64))
                from = base + Window.size
                view.live(window, limit: limit, at: seen, into: mask)
                guard try root.match(window, mask: UnsafePointer(mask)) else { continue }
                let bits = root.bits
                if let range, let times {
                    forEachBit(UnsafePointer(bits), window.words) { (bit) throws(Never) in
                        if !range.contains(times[base &+ bit]) { bits[bit / 64] &= ~(1 << UInt64(bit % 64)) }
                    }
                }
                total += countBits(UnsafePointer(bits), window.words)
                if isRanked, mayLeave(root.bound(window)) { continue }
                // A few at a time where the first of them say which of the others may be left.
                let step = isRanked ? 8 : window.words
                for start in stride(from: 0, to: window.words, by: step) {
                    let end = min(start + step, window.words)
                    if isRanked { root.prune(window, start, end, mayLeave: mayLeave) }
                    var count = 0
                    forEachBit(UnsafePointer(bits + start), end - start) { (bit) throws(Never) in
                        documents[count] = UInt32(truncatingIfNeeded: base &+ start &* 64 &+ bit)
                        count &+= 1
                    }
                    try context.check(count * 4)
                    if count > 0 {
                        try found(Found(segment: segment, place: place, documents: UnsafePointer(documents), count: count))
                    }
                }
            }
        }
        return total
    }

    /// The documents of a list that says it all.
    private func run(
        _ cursor: UnsafeMutablePointer<PostingCursor>, _ place: Int, _ times: UnsafePointer<Int64>?, _ range: TimeRange?,
        _ documents: UnsafeMutablePointer<UInt32>, isRanked: Bool, mayLeave: (Float) -> Bool, _ found: (Found) throws(SearchError) -> Void
    ) throws(SearchError) -> Int {
        let word = isRanked ? root as? WordNode : nil
        let segment = context.segments[place]
        var total = 0
        for block in 0..<cursor.pointee.blockCount {
            if range == nil, let word, mayLeave(word.bound(ofImpact: cursor.pointee.impact(block))) {
                total += cursor.pointee.size(block)
                continue
            }
            let count = cursor.pointee.load(block)
            try context.check(count)
            guard let range, let times else {
                total += count
                try found(
                    Found(
                        segment: segment, place: place, documents: UnsafePointer(cursor.pointee.documents), count: count, block: block))
                continue
            }
            var kept = 0
            for place in 0..<count {
                let document = cursor.pointee.documents[place]
                documents[kept] = document
                kept &+= range.contains(times[Int(document)]) ? 1 : 0
            }
            total += kept
            if kept > 0 { try found(Found(segment: segment, place: place, documents: UnsafePointer(documents), count: kept)) }
        }
        return total
    }
}

/// A span of time that articles are asked for.
struct TimeRange {
    let field: ArticleQuery.SortField
    let from: Int64
    /// Exclusive.
    let to: Int64

    init?(_ query: ArticleQuery) {
        guard query.from != nil || query.to != nil else { return nil }
        field = query.dateField
        from = query.from?.milliseconds ?? .min
        to = query.to?.milliseconds ?? .max
    }

    @inline(__always)
    func contains(_ time: Int64) -> Bool { from <= time && time < to }
}

extension SegmentView {
    /// Sets the bits of the documents of a window that can be seen at a sequence number, up to `limit`. The pointer is the caller's.
    func live(_ window: Window, limit: Int, at seen: UInt64, into mask: UnsafeMutablePointer<UInt64>) {
        mask.update(repeating: .max, count: window.words)
        let left = limit - window.base
        if left < window.words * 64 { mask[window.words - 1] = (1 << UInt64(left % 64)) - 1 }
        guard !deaths.isEmpty else { return }
        for word in 0..<window.words {
            var dead = deaths.bits(window.base / 64 + word) & mask[word]
            while dead != 0 {
                let bit = dead.trailingZeroBitCount
                dead &= dead - 1
                if !deaths.isAlive(window.base + word * 64 + bit, at: seen) { mask[word] &= ~(1 << UInt64(bit)) }
            }
        }
    }
}
