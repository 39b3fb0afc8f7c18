/// A run of up to 16,384 documents of a segment that a query looks at in one step, a bit each.
struct Window {
    static let size = 16_384
    static let words = 256

    let base: Int
    /// How many words of 64 bits there are.
    let words: Int
    /// How many documents at most are in the mask that comes with it, if that is known to be few.
    var few = Int.max
}

/// Why a query was not answered.
public enum SearchError: Error, Sendable, Equatable {
    /// Its time was up.
    case outOfTime
    /// A prefix within a phrase has more words than can be looked at.
    case tooManyForms
}

/// A part of a query at work. It is opened on one segment after the other, and there asked for one window after the other,
/// forward.
///
/// Sets of documents are rows of bits, since `and`, `or` and `not` of these are single steps for 64 documents, and a count is
/// one too. The pointers belong to the node that made them, and are read while it lives.
class QueryNode {
    /// The documents of the window that match.
    final let bits: UnsafeMutablePointer<UInt64>
    /// Whether none does; then `bits` say nothing.
    private(set) final var isEmpty = true

    init() { bits = .allocate(capacity: Window.words) }

    deinit { bits.deallocate() }

    /// Begins with the segment at a place among those that are searched.
    func open(_ place: Int) throws(SearchError) {}

    /// No more documents of the segment than this match.
    var estimate: Int { 0 }

    /// A document from which on there is the next match; `Int.max` if there is none.
    func next(from document: Int) -> Int { document }

    /// Sets `bits`, which are clear, to what matches among the documents in `mask`; answers whether anything does.
    func fill(_ window: Window, mask: UnsafePointer<UInt64>) throws(SearchError) -> Bool { false }

    /// Adds to the scores of some documents of the window, ascending, all of which match, how well they do. Side by side, since
    /// one word after the other goes through its list but once.
    func addScores(_ documents: UnsafePointer<UInt32>, _ count: Int, to scores: UnsafeMutablePointer<Float>) {}

    /// The same for all documents of the window that match, whose scores stand in a row as long as the window. The sums are the same
    /// to the last bit. Those of documents that are not in the window's mask may be changed as well.
    func addScores(_ window: Window, toAll scores: UnsafeMutablePointer<Float>) {
        guard !isEmpty else { return }
        withUnsafeTemporaryAllocation(of: UInt32.self, capacity: Window.size * 2) { room in  // for the length of the call
            guard let documents = room.baseAddress else { return }
            let partial = UnsafeMutableRawPointer(documents + Window.size).assumingMemoryBound(to: Float.self)
            let count = list(window, 0, window.words, documents)
            partial.update(repeating: 0, count: count)
            addScores(UnsafePointer(documents), count, to: partial)
            for place in 0..<count { scores[Int(documents[place]) &- window.base] += partial[place] }
        }
    }

    /// The same in whichever way is cheaper. What matches here, but is not among the documents, gets scores that nobody looks at.
    ///
    /// - Parameter all: room for a row as long as the window.
    final func addScores(
        _ window: Window, _ documents: UnsafeMutablePointer<UInt32>, _ count: Int, to scores: UnsafeMutablePointer<Float>,
        _ all: UnsafeMutablePointer<Float>
    ) {
        guard addScores(window, toAll: all, ifCheaperThanOf: count) else { return addScores(UnsafePointer(documents), count, to: scores) }
        for place in 0..<count { scores[place] += all[Int(documents[place]) &- window.base] }
    }

    /// Makes the scores of all documents of the window, if that is cheaper than those of so many; answers whether it did.
    final func addScores(_ window: Window, toAll scores: UnsafeMutablePointer<Float>, ifCheaperThanOf count: Int) -> Bool {
        let cost = scoringCost(window, count)
        guard cost.all + window.words < cost.some else { return false }
        scores.update(repeating: 0, count: window.words * 64)
        addScores(window, toAll: scores)
        return true
    }

    /// The score that all documents have that match; nil where they differ.
    var score: Float? { nil }

    /// The parts that a document must all match, and whose scores make up its own.
    var conjuncts: NodeRow? { nil }

    /// How many steps it takes about to score so many documents of the window one by one, and all that match at once.
    func scoringCost(_ window: Window, _ count: Int) -> (some: Int, all: Int) { (count * 8, count * 8) }

    /// Adds what the score of a document that matches is made of.
    func explain(_ document: Int, _ words: inout [Explanation.Word]) {}

    /// No document of the window has a higher score.
    func bound(_ window: Window) -> Float { 0 }

    /// Clears bits of documents whose scores can't be wanted; `bound` was asked before.
    func prune(_ window: Window, mayLeave: (Float) -> Bool) {}

    /// The list that says it all in this segment, if there is one: then documents can be taken from it without bits.
    var soleCursor: UnsafeMutablePointer<PostingCursor>? { nil }

    final func match(_ window: Window, mask: UnsafePointer<UInt64>) throws(SearchError) -> Bool {
        bits.update(repeating: 0, count: window.words)
        isEmpty = !(try fill(window, mask: mask))
        return !isEmpty
    }

    final func skip() { isEmpty = true }

    /// Takes over which documents of the window match from who knows it. The pointer is the caller's.
    final func adopt(_ window: Window, _ found: UnsafePointer<UInt64>) {
        bits.update(from: found, count: window.words)
        isEmpty = false
    }

    @inline(__always)
    final func has(_ bit: Int) -> Bool { !isEmpty && bits[bit &>> 6] &>> UInt64(bit & 63) & 1 == 1 }

    /// Writes the numbers of the documents that match in some words of the window; answers how many.
    @inline(__always)
    final func list(_ window: Window, _ from: Int, _ end: Int, _ documents: UnsafeMutablePointer<UInt32>) -> Int {
        var count = 0
        forEachBit(UnsafePointer(bits + from), end &- from) { (bit) throws(Never) in
            documents[count] = UInt32(truncatingIfNeeded: window.base &+ from &* 64 &+ bit)
            count &+= 1
        }
        return count
    }

    /// Leaves out what is not in `mask`; answers whether anything is left.
    @inline(__always)
    final func restrict(_ window: Window, to mask: UnsafePointer<UInt64>) -> Bool {
        var any: UInt64 = 0
        for word in 0..<window.words {
            bits[word] &= mask[word]
            any |= bits[word]
        }
        return any != 0
    }
}

/// The parts of a node, which holds them itself: walking them counts no references.
struct NodeRow {
    private var nodes: [(node: Unmanaged<QueryNode>, estimate: Int)]

    init(_ node: QueryNode) { nodes = [(.passUnretained(node), 0)] }
    init(_ nodes: [QueryNode]) { self.nodes = nodes.map { (.passUnretained($0), 0) } }

    var count: Int { nodes.count }

    /// Puts those first that match the fewest documents of the segment that is open; answers how many the first matches at most.
    mutating func sortByEstimate() -> Int {
        for place in nodes.indices {
            var entry = nodes[place]
            entry.estimate = entry.node._withUnsafeGuaranteedRef { $0.estimate }
            var target = place
            while target > 0, nodes[target - 1].estimate > entry.estimate {
                nodes[target] = nodes[target - 1]
                target -= 1
            }
            nodes[target] = entry
        }
        return nodes.first?.estimate ?? 0
    }

    @inline(__always)
    func with<Answer>(_ number: Int, _ body: (QueryNode) -> Answer) -> Answer { nodes[number].node._withUnsafeGuaranteedRef(body) }

    @inline(__always)
    func match(_ number: Int, _ window: Window, mask: UnsafePointer<UInt64>) throws(SearchError) -> Bool {
        try with(number) { node in Result { () throws(SearchError) in try node.match(window, mask: mask) } }.get()
    }

    @inline(__always)
    func forEach(_ body: (QueryNode) -> Void) {
        for entry in nodes { entry.node._withUnsafeGuaranteedRef(body) }
    }

    /// The sum of what each answers.
    @inline(__always)
    func sum<Number: AdditiveArithmetic>(_ number: (QueryNode) -> Number) -> Number {
        var sum = Number.zero
        for entry in nodes { sum += entry.node._withUnsafeGuaranteedRef(number) }
        return sum
    }
}

/// How many bits are set. The pointer is the caller's.
@inline(__always)
func countBits(_ bits: UnsafePointer<UInt64>, _ words: Int) -> Int {
    var count = 0
    for word in 0..<words { count &+= bits[word].nonzeroBitCount }
    return count
}

/// Calls `body` with every bit that is set. The pointer is the caller's.
@inline(__always)
func forEachBit<Failure: Error>(
    _ bits: UnsafePointer<UInt64>, _ words: Int, _ body: (Int) throws(Failure) -> Void
) throws(Failure) {
    for word in 0..<words {
        var rest = bits[word]
        while rest != 0 {
            try body(word &* 64 &+ rest.trailingZeroBitCount)
            rest &= rest &- 1
        }
    }
}

/// What all nodes of a query share: the segments, and how long they may take.
final class SearchContext {
    let segments: [Segment]
    private let deadline: ContinuousClock.Instant?
    private var untilLook = 0

    init(_ segments: [Segment], deadline: ContinuousClock.Instant?) {
        self.segments = segments
        self.deadline = deadline
    }

    /// Gives up if the time is over. `work` is about how many steps were done since the last call; the clock is looked at
    /// now and then.
    @inline(__always)
    func check(_ work: Int) throws(SearchError) {
        untilLook -= work
        if untilLook < 0 { try look() }
    }

    // Apart, since what is needed to look at a clock must not burden who doesn't.
    @inline(never)
    private func look() throws(SearchError) {
        untilLook = 1 << 15
        if let deadline, ContinuousClock.now >= deadline { throw .outOfTime }
    }
}
