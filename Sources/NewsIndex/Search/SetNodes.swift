import News

/// All documents.
final class EveryNode: QueryNode {
    private let context: SearchContext
    private var count = 0

    init(_ context: SearchContext) { self.context = context }

    override func open(_ place: Int) { count = context.segments[place].count }
    override var estimate: Int { count }

    override func fill(_ window: Window, mask: UnsafePointer<UInt64>) -> Bool {
        bits.update(repeating: .max, count: window.words)
        return restrict(window, to: mask)
    }
}

/// The documents that have any of some terms, none better than another.
final class TermsNode: QueryNode {
    private let context: SearchContext
    private let terms: [Term]
    private var cursors = CursorRow()
    private var open = 0

    init(_ context: SearchContext, _ terms: [Term]) {
        self.context = context
        self.terms = terms
    }

    override func open(_ place: Int) {
        let segment = context.segments[place]
        open = 0
        for term in terms {
            guard let found = segment.dictionary.place(of: term.bytes) else { continue }
            cursors.cursor(open, for: segment).pointee.open(segment, term: found)
            open += 1
        }
    }

    override var estimate: Int { (0..<open).reduce(0) { $0 + cursors[$1].pointee.count } }
    // The cursor is the row's, and lives as long as the node.
    override var soleCursor: UnsafeMutablePointer<PostingCursor>? { open == 1 ? cursors[0] : nil }

    override func next(from document: Int) -> Int {
        var least = Int.max
        for number in 0..<open { least = min(least, cursors[number].pointee.next(from: document)) }
        return least
    }

    override func fill(_ window: Window, mask: UnsafePointer<UInt64>) throws(SearchError) -> Bool {
        for number in 0..<open {
            try context.check(64)
            cursors[number].pointee.fill(window.base, window.words, few: window.few, mask: mask, into: bits)
        }
        return restrict(window, to: mask)
    }
}

/// The documents with words that begin with one of some prefixes. There can be very many such words, so all their documents of
/// a segment are marked at once; none is better than another.
final class PrefixNode: QueryNode {
    private let context: SearchContext
    private let prefixes: [String]
    private let scope: QueryExpression.TextScope
    private var marks: [UInt64] = []
    private var count = 0
    private var cursors = CursorRow()

    init(_ context: SearchContext, _ prefixes: [String], _ scope: QueryExpression.TextScope) {
        self.context = context
        self.prefixes = prefixes
        self.scope = scope
    }

    override func open(_ place: Int) throws(SearchError) {
        let segment = context.segments[place]
        marks = [UInt64](repeating: 0, count: (segment.count + 63) / 64 + Window.words)
        count = 0
        let cursor = cursors.cursor(0, for: segment)
        for prefix in prefixes {
            let words = segment.dictionary.places(withPrefix: Array(prefix.utf8))
            try segment.offsets.forEach(in: words) { (offset) throws(SearchError) in
                cursor.pointee.open(segment, wordAt: Int(offset))
                try context.check(cursor.pointee.count + 8)
                count += cursor.pointee.count
                // The marks are the node's own.
                marks.withUnsafeMutableBufferPointer { marks in
                    guard let base = marks.baseAddress else { return }
                    if scope == .any { cursor.pointee.mark(in: base) } else { cursor.pointee.mark(in: base, where: scope) }
                }
            }
        }
    }

    override var estimate: Int { count }

    override func next(from document: Int) -> Int {
        guard count > 0 else { return .max }
        var word = document / 64
        while word < marks.count, marks[word] == 0 { word += 1 }
        return word < marks.count ? max(document, word * 64) : .max
    }

    override func fill(_ window: Window, mask: UnsafePointer<UInt64>) -> Bool {
        for word in 0..<window.words { bits[word] = marks[window.base / 64 + word] }
        return restrict(window, to: mask)
    }

    /// What a prefix adds, whichever word it found.
    static let score: Float = 0.5
    override var score: Float? { PrefixNode.score }

    override func addScores(_ documents: UnsafePointer<UInt32>, _ count: Int, to scores: UnsafeMutablePointer<Float>) {
        for place in 0..<count { scores[place] += PrefixNode.score }
    }

    override func explain(_ document: Int, _ words: inout [Explanation.Word]) {
        words.append(
            .init(
                word: (prefixes.first ?? "") + "*", headline: 0, body: 0, lead: 0, headlineVariants: 0, bodyVariants: 0,
                leadVariants: 0, rarity: 0,
                score: Double(PrefixNode.score)))
    }
    override func bound(_ window: Window) -> Float { isEmpty ? 0 : PrefixNode.score }
}

/// The documents that match all of some parts and none of some others.
final class AllNode: QueryNode {
    private let context: SearchContext
    private let parts: [QueryNode]
    private let excluded: [QueryNode]
    private let row: NodeRow
    /// The rarest first: it bounds the work of all that follow.
    private var order: NodeRow
    /// As the rarest has it.
    private var least = 0

    init(_ context: SearchContext, _ parts: [QueryNode], excluding excluded: [QueryNode]) {
        self.context = context
        self.parts = parts
        self.excluded = excluded
        row = NodeRow(parts)
        order = row
    }

    override func open(_ place: Int) throws(SearchError) {
        for part in parts { try part.open(place) }
        least = order.sortByEstimate()
        guard least > 0 else { return }
        for part in excluded { try part.open(place) }
    }

    override var estimate: Int { least }

    override func next(from document: Int) -> Int {
        guard least > 0 else { return .max }
        var next = document
        order.forEach { part in if next < .max { next = max(next, part.next(from: next)) } }
        return next
    }

    override func fill(_ window: Window, mask: UnsafePointer<UInt64>) throws(SearchError) -> Bool {
        try context.check(64)
        var mask = mask
        var window = window
        for place in 0..<order.count {
            guard try order.match(place, window, mask: mask) else {
                for other in place + 1..<order.count { order.with(other) { $0.skip() } }
                return false
            }
            mask = order.with(place) { UnsafePointer($0.bits) }
            window.few = countBits(mask, window.words)
        }
        bits.update(from: mask, count: window.words)
        for part in excluded where try part.match(window, mask: UnsafePointer(bits)) {
            for word in 0..<window.words { bits[word] &= ~part.bits[word] }
        }
        return excluded.isEmpty || restrict(window, to: UnsafePointer(bits))
    }

    override func addScores(_ documents: UnsafePointer<UInt32>, _ count: Int, to scores: UnsafeMutablePointer<Float>) {
        row.forEach { $0.addScores(documents, count, to: scores) }
    }

    override var conjuncts: NodeRow? { row }

    override func explain(_ document: Int, _ words: inout [Explanation.Word]) { for part in parts { part.explain(document, &words) } }

    override func bound(_ window: Window) -> Float { row.sum { $0.bound(window) } }
}

/// The documents that match any of some parts; the more of them, the better.
final class AnyNode: QueryNode {
    private let context: SearchContext
    private let parts: [QueryNode]
    private let row: NodeRow
    /// The bounds of the parts that have anything in the window, ascending.
    private var bounds: [(bound: Float, bits: UnsafeMutablePointer<UInt64>)] = []  // the parts' own

    init(_ context: SearchContext, _ parts: [QueryNode]) {
        self.context = context
        self.parts = parts
        row = NodeRow(parts)
    }

    override func open(_ place: Int) throws(SearchError) { for part in parts { try part.open(place) } }

    override var estimate: Int { row.sum { $0.estimate } }

    override func next(from document: Int) -> Int {
        var least = Int.max
        row.forEach { part in if least > document { least = min(least, part.next(from: document)) } }
        return least
    }

    override func fill(_ window: Window, mask: UnsafePointer<UInt64>) throws(SearchError) -> Bool {
        try context.check(64)
        var any = false
        for number in 0..<row.count where try row.match(number, window, mask: mask) {
            any = true
            let part = row.with(number) { $0.bits }
            for word in 0..<window.words { bits[word] |= part[word] }
        }
        return any
    }

    override func addScores(_ documents: UnsafePointer<UInt32>, _ count: Int, to scores: UnsafeMutablePointer<Float>) {
        // Room for the documents of one part, for the length of the call.
        withUnsafeTemporaryAllocation(of: UInt32.self, capacity: count * 3) { room in
            guard let matching = room.baseAddress else { return }
            let places = matching + count
            let partial = UnsafeMutableRawPointer(places + count).assumingMemoryBound(to: Float.self)
            row.forEach { part in
                guard !part.isEmpty else { return }
                let bits = part.bits
                var found = 0
                for place in 0..<count {
                    let document = documents[place]
                    let bit = Int(document) & (Window.size - 1)
                    matching[found] = document
                    places[found] = UInt32(truncatingIfNeeded: place)
                    found &+= Int(truncatingIfNeeded: bits[bit &>> 6] &>> UInt64(bit & 63) & 1)
                }
                partial.update(repeating: 0, count: found)
                part.addScores(UnsafePointer(matching), found, to: partial)
                for place in 0..<found { scores[Int(places[place])] += partial[place] }
            }
        }
    }

    override func addScores(_ window: Window, toAll scores: UnsafeMutablePointer<Float>) {
        row.forEach { $0.addScores(window, toAll: scores) }
    }

    override func scoringCost(_ window: Window, _ count: Int) -> (some: Int, all: Int) {
        var sum = (some: 0, all: 0)
        row.forEach { part in
            guard !part.isEmpty else { return }
            let cost = part.scoringCost(window, min(count, countBits(UnsafePointer(part.bits), window.words)))
            sum.some += cost.some
            sum.all += cost.all
        }
        return sum
    }

    override func explain(_ document: Int, _ words: inout [Explanation.Word]) {
        for part in parts where part.has(document % Window.size) { part.explain(document, &words) }
    }

    override func bound(_ window: Window) -> Float {
        bounds.removeAll(keepingCapacity: true)
        var sum: Float = 0
        row.forEach { part in
            guard !part.isEmpty else { return }
            let bound = part.bound(window)
            sum += bound
            bounds.append((bound, part.bits))
        }
        bounds.sort { $0.bound < $1.bound }
        return sum
    }

    /// A document that has only parts whose bounds together are not wanted is passed over (Turtle, Flood: "Query evaluation:
    /// strategies and optimizations", 1995): what is wanted has one of the others.
    override func prune(_ window: Window, mayLeave: (Float) -> Bool) {
        var sum: Float = 0
        var needless = 0
        while needless < bounds.count, mayLeave(sum + bounds[needless].bound) {
            sum += bounds[needless].bound
            needless += 1
        }
        guard needless > 0 else { return }
        for word in 0..<window.words {
            var candidates: UInt64 = 0
            for number in needless..<bounds.count { candidates |= bounds[number].bits[word] }
            bits[word] &= candidates
        }
    }
}
