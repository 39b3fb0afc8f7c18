import News
import Synchronization

/// A query made ready to run over the segments of an index.
struct SearchPlan {
    let context: SearchContext
    let root: QueryNode
    /// Whose scores make up those of the root, one after the other.
    private let parts: NodeRow
    /// The words that scores are made of, in the order in which the query has them.
    let words: [WordNode]

    init(_ query: borrowing ArticleQuery, _ segments: [Segment]) throws(SearchError) {
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
        self.parts = root.conjuncts ?? NodeRow(root)
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
            if spelled.count == 1 {
                words.append(try WordNode(context, spelled[0], scope))
                return words[words.count - 1]
            }
            var nodes: [WordNode] = []
            for word in spelled { nodes.append(try WordNode(context, word, scope)) }
            words += nodes
            return PhraseNode(context, nodes, spelled: spelled, distance: distance)
        }

        func all(_ parts: [QueryNode], excluding excluded: [QueryNode]) -> QueryNode {
            if parts.count == 1, excluded.isEmpty { return parts[0] }
            return AllNode(context, parts.isEmpty ? [EveryNode(context)] : parts, excluding: excluded)
        }
    }
}

extension SearchPlan {
    /// Documents of one segment that match. The pointers are valid during the call.
    struct Found {
        /// The segment's place among those that are searched.
        let place: Int
        /// Ascending.
        let documents: UnsafePointer<UInt32>
        let count: Int
        /// Their scores, where these are known already; or the one that all have.
        var scores: UnsafePointer<Float>?
        var score: Float?
    }

    /// Calls `found` with all documents that match, as the index was at a sequence number, a few at a time; answers how many
    /// there are. Where the list is ranked, those whose scores can't reach the least that is wanted are counted alone.
    ///
    /// - Parameter least: what that is, as far as is known by now.
    func run(
        _ views: [SegmentView], at seen: UInt64, _ range: TimeRange?, isRanked: Bool = false, least: () -> Float = { -.infinity },
        _ found: (Found) throws(SearchError) -> Void
    ) throws(SearchError) -> Int {
        var total = 0
        let room = SearchRoom.borrow()
        defer { room.giveBack() }
        func mayLeave(_ bound: Float) -> Bool { SearchPlan.isBelow(bound, least()) }
        for (place, view) in views.enumerated() {
            let segment = view.segment
            try root.open(place)
            let times = range.map { segment.times($0.field).base }
            // What came later stands at the end.
            let limit = segment.count(upTo: seen)
            if limit == segment.count, view.deaths.isEmpty, let cursor = root.soleCursor {
                total += try run(cursor, place, times, range, room, isRanked: isRanked, mayLeave: mayLeave, found)
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
                view.live(window, limit: limit, at: seen, into: room.mask)
                guard try root.match(window, mask: UnsafePointer(room.mask)) else { continue }
                let bits = root.bits
                if let range, let times {
                    // Without branches, since which of the times are within can't be foreseen.
                    forEachBit(UnsafePointer(bits), window.words) { (bit) throws(Never) in
                        bits[bit &>> 6] ^= (range.contains(times[base &+ bit]) ? 0 : 1) &<< UInt64(bit & 63)
                    }
                }
                let matching = countBits(UnsafePointer(bits), window.words)
                total += matching
                guard isRanked else {
                    try context.check(matching)
                    let count = root.list(window, 0, window.words, room.documents)
                    try found(Found(place: place, documents: UnsafePointer(room.documents), count: count))
                    continue
                }
                let bound = root.bound(window)
                if let score = root.score, !mayLeave(bound) {
                    let count = root.list(window, 0, window.words, room.documents)
                    try found(Found(place: place, documents: UnsafePointer(room.documents), count: count, score: score))
                    continue
                }
                if !mayLeave(bound) { try rank(window, place, matching, bound, room, least, found) }
            }
        }
        return total
    }

    /// Whether nothing under a bound reaches the least that is wanted. A sum is not exact; a bound is a little higher.
    @inline(__always)
    private static func isBelow(_ bound: Float, _ least: Float) -> Bool { bound * 1.000_1 < least }

    /// Hands over those documents of a window that match, which are so many, and may be wanted.
    private func rank(
        _ window: Window, _ place: Int, _ matching: Int, _ bound: Float, _ room: SearchRoom, _ least: () -> Float,
        _ found: (Found) throws(SearchError) -> Void
    ) throws(SearchError) {
        let (documents, scores) = (room.documents, room.scores)
        var before = least()
        root.prune(window) { SearchPlan.isBelow($0, before) }
        try context.check(matching)
        // Of two parts the one that can add more comes first, and the other then has fewer documents left; it makes no difference to a sum.
        let isTurned = parts.count == 2 && parts.with(0, { $0.bound(window) }) < parts.with(1, { $0.bound(window) })
        var left = bound
        var (first, count) = (0, 0)
        if parts.with(isTurned ? 1 : 0, { $0.addScores(window, toAll: room.all, ifCheaperThanOf: matching) }) {
            left -= parts.with(isTurned ? 1 : 0) { $0.bound(window) }
            guard parts.count > 1 else { return try hand(window, place, room, least, found) }
            (first, count) = (1, list(window, 0, window.words, room, left, before))
        } else {
            count = root.list(window, 0, window.words, documents)
            scores.update(repeating: 0, count: count)
        }
        for number in first..<parts.count where count > 0 {
            try context.check(count * 4)
            left -= parts.with(isTurned ? 1 - number : number) { part in
                part.addScores(window, documents, count, to: scores, room.all)
                return part.bound(window)
            }
            // What the other parts can't make good is passed over.
            before = least()
            var kept = 0
            for place in 0..<count {
                documents[kept] = documents[place]
                scores[kept] = scores[place]
                kept &+= SearchPlan.isBelow(scores[place] + left, before) ? 0 : 1
            }
            count = kept
        }
        if count > 0 {
            try found(Found(place: place, documents: UnsafePointer(documents), count: count, scores: UnsafePointer(scores)))
        }
    }

    /// So many words of a window are handed over at once.
    private static let slice = 16

    /// Hands over those documents of a window that match, all scores of which are known: in slices, since the best of one let more of the
    /// next be passed over.
    private func hand(
        _ window: Window, _ place: Int, _ room: SearchRoom, _ least: () -> Float, _ found: (Found) throws(SearchError) -> Void
    ) throws(SearchError) {
        for from in stride(from: 0, to: window.words, by: SearchPlan.slice) {
            let count = list(window, from, min(from + SearchPlan.slice, window.words), room, 0, least())
            guard count > 0 else { continue }
            let (documents, scores) = (UnsafePointer(room.documents), UnsafePointer(room.scores))
            try found(Found(place: place, documents: documents, count: count, scores: scores))
        }
    }

    /// Lists those documents of some words of a window that match, with what they were given of all its scores; but for those that what is
    /// left can't make good. Answers how many there are.
    private func list(_ window: Window, _ from: Int, _ end: Int, _ room: SearchRoom, _ left: Float, _ least: Float) -> Int {
        let (documents, scores, all) = (room.documents, room.scores, room.all + from * 64)
        let base = window.base + from * 64
        var count = 0
        forEachBit(UnsafePointer(root.bits + from), end - from) { (bit) throws(Never) in
            documents[count] = UInt32(truncatingIfNeeded: base &+ bit)
            scores[count] = all[bit]
            count &+= SearchPlan.isBelow(all[bit] + left, least) ? 0 : 1
        }
        return count
    }

    /// The documents of a list that says it all.
    private func run(
        _ cursor: UnsafeMutablePointer<PostingCursor>, _ place: Int, _ times: UnsafePointer<Int64>?, _ range: TimeRange?,
        _ room: SearchRoom, isRanked: Bool, mayLeave: (Float) -> Bool, _ found: (Found) throws(SearchError) -> Void
    ) throws(SearchError) -> Int {
        let word = isRanked ? root as? WordNode : nil
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
                let documents = UnsafePointer(cursor.pointee.documents)
                word?.setScores(ofBlock: block, to: room.scores)
                try found(Found(place: place, documents: documents, count: count, scores: word == nil ? nil : UnsafePointer(room.scores)))
                continue
            }
            let documents = room.documents
            var kept = 0
            for number in 0..<count {
                let document = cursor.pointee.documents[number]
                documents[kept] = document
                kept &+= range.contains(times[Int(document)]) ? 1 : 0
            }
            total += kept
            if kept > 0 { try found(Found(place: place, documents: UnsafePointer(documents), count: kept)) }
        }
        return total
    }
}

/// Room for the documents of a window and their scores, lent to one search at a time.
///
/// `@unchecked Sendable` because the pool hands it to one search, under its lock, and nobody else has a reference.
private final class SearchRoom: @unchecked Sendable {
    // In one piece of memory, which begins with the mask and is freed with the room.
    let mask: UnsafeMutablePointer<UInt64>
    let documents: UnsafeMutablePointer<UInt32>
    let scores: UnsafeMutablePointer<Float>
    /// The scores of all documents of the window.
    let all: UnsafeMutablePointer<Float>

    private init() {
        let memory = UnsafeMutableRawPointer.allocate(byteCount: Window.words * 8 + Window.size * 12, alignment: 16)
        mask = memory.bindMemory(to: UInt64.self, capacity: Window.words)
        documents = (memory + Window.words * 8).bindMemory(to: UInt32.self, capacity: Window.size)
        scores = UnsafeMutableRawPointer(documents + Window.size).bindMemory(to: Float.self, capacity: Window.size * 2)
        all = scores + Window.size
    }

    deinit { UnsafeMutableRawPointer(mask).deallocate() }

    /// At most so many wait to be lent again.
    private static let idle = 8
    /// Held for a push or a pop alone.
    private static let pool = Mutex<[SearchRoom]>([])

    static func borrow() -> SearchRoom { pool.withLock { $0.popLast() } ?? SearchRoom() }

    func giveBack() { SearchRoom.pool.withLock { if $0.count < SearchRoom.idle { $0.append(self) } } }
}

/// A span of time that articles are asked for.
struct TimeRange {
    let field: ArticleQuery.SortField
    private let from: Int64
    /// How many milliseconds later it ends.
    private let span: UInt64

    init?(_ query: borrowing ArticleQuery) {
        let (start, end) = (query.from?.milliseconds, query.to?.milliseconds)
        guard start != nil || end != nil else { return nil }
        field = query.dateField
        from = start ?? .min
        let to = end ?? .max
        span = to > from ? UInt64(bitPattern: to &- from) : 0
    }

    @inline(__always)
    func contains(_ time: Int64) -> Bool { UInt64(bitPattern: time &- from) < span }
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
