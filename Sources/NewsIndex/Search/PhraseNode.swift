/// The documents that have some words beside each other in this order, or near each other in any.
final class PhraseNode: QueryNode {
    private let context: SearchContext
    private let words: [WordNode]
    /// How many more words may stand within the span of the words; nil where they follow each other.
    private let distance: Int?
    /// For each word which of the different words it is, and how often each of these is asked for.
    private let kinds: [Int]
    private let needed: [Int]
    /// The rarest first, and how far each stands behind the first of these, which may be less than nothing.
    private var order: NodeRow
    private var offsets: [UInt32] = []
    /// Each word's list, where all words are but one: then these say it all.
    private var lists: PhraseLists?
    /// Those of its neighbouring words that the segment lists as pairs.
    private var pairs: [PairNode] = []
    private var pairCount = 0
    /// As the rarest has it.
    private var least = 0
    /// Where the phrase may begin.
    private var starts = Numbers(capacity: 1)
    private var ends = Numbers(capacity: 1)
    private var positions = Numbers(capacity: 1)
    private var merged: [(position: UInt32, kind: Int)] = []

    init(_ context: SearchContext, _ words: [WordNode], spelled: [QueryWord], distance: Int?) {
        self.context = context
        self.words = words
        self.distance = distance
        var kinds: [Int] = []
        var needed: [Int] = []
        for (place, word) in spelled.enumerated() {
            let first = spelled.firstIndex(of: word) ?? place
            kinds.append(first)
            needed.append(0)
            needed[first] += 1
        }
        self.kinds = kinds
        self.needed = needed
        order = NodeRow(words)
    }

    override func open(_ place: Int) {
        for word in words { word.open(place) }
        let estimates = words.map(\.estimate)
        let places = words.indices.sorted { estimates[$0] < estimates[$1] }
        order = NodeRow(places.map { words[$0] })
        offsets = places.map { UInt32(truncatingIfNeeded: $0 - places[0]) }
        least = estimates[places[0]]
        let soles = places.compactMap { words[$0].soleCursor }
        pairCount = 0
        guard distance == nil, soles.count == words.count else {
            lists = nil
            return
        }
        openPairs(of: context.segments[place])
        if lists == nil { lists = PhraseLists(words.count) }
        lists?.open(soles, offsets)
    }

    private func openPairs(of segment: Segment) {
        for place in 1..<words.count {
            guard let first = words[place - 1].soleTerm, let second = words[place].soleTerm,
                let number = segment.pairs.number(of: first, second)
            else { continue }
            if pairCount == pairs.count { pairs.append(PairNode()) }
            pairs[pairCount].open(segment, number)
            least = min(least, pairs[pairCount].estimate)
            pairCount += 1
        }
    }

    /// Whether a list says it all.
    private var isListed: Bool { words.count == 2 && pairCount == 1 }

    override var estimate: Int { least }

    override func next(from document: Int) -> Int {
        if isListed { return pairs[0].next(from: document) }
        var next = document
        order.forEach { word in if next < .max { next = max(next, word.next(from: next)) } }
        return next
    }

    override func fill(_ window: Window, mask: UnsafePointer<UInt64>) throws(SearchError) -> Bool {
        var mask = mask
        var window = window
        for place in 0..<pairCount {
            guard try pairs[place].match(window, mask: mask) else { return false }
            mask = UnsafePointer(pairs[place].bits)
            window.few = countBits(mask, window.words)
        }
        if isListed {
            for word in words { word.adopt(window, mask) }
            bits.update(from: mask, count: window.words)
            return true
        }
        for place in 0..<order.count {
            guard try order.match(place, window, mask: mask) else { return false }
            mask = order.with(place) { UnsafePointer($0.bits) }
            window.few = countBits(mask, window.words)
        }
        if let lists {
            try context.check(window.few * 16)
            return lists.fill(window, mask, into: bits)
        }
        var any = false
        try forEachBit(mask, window.words) { (bit) throws(SearchError) in
            guard try holds(window.base &+ bit) else { return }
            bits[bit / 64] |= 1 << UInt64(bit % 64)
            any = true
        }
        return any
    }

    /// Whether a document that has all the words has them where they should stand.
    private func holds(_ document: Int) throws(SearchError) -> Bool {
        guard let distance else { return try followEachOther(in: document) }
        positions.removeAll()
        ends.removeAll()
        for word in words {
            let before = positions.count
            word.positions(document, into: &positions)
            // What one word has none of, the others can't have it beside.
            if positions.count == before { return false }
            ends.append(UInt32(truncatingIfNeeded: positions.count))
        }
        try context.check(positions.count)
        return stand(within: words.count + distance)
    }

    /// Whether there is a position of the rarest word at which it stands as far from each other word as in the phrase.
    private func followEachOther(in document: Int) throws(SearchError) -> Bool {
        starts.removeAll()
        var count = 0
        for place in 0..<words.count {
            positions.removeAll()
            order.with(place) { ($0 as? WordNode)?.positions(document, into: &positions) }
            try context.check(positions.count)
            if place == 0 {
                for number in 0..<positions.count { starts.append(positions.base[number]) }
                count = starts.count
            } else {
                let others = PositionRun(base: 0, sums: UnsafePointer(positions.base), count: positions.count)
                count = PhraseLists.keep(starts.base, count, before: others, offsets[place])
            }
            if count == 0 { return false }
        }
        return true
    }

    /// Whether all words stand within a span of so many words.
    private func stand(within span: Int) -> Bool {
        merged.removeAll(keepingCapacity: true)
        for word in words.indices where kinds[word] == word {
            for place in (word == 0 ? 0 : Int(ends.base[word - 1]))..<Int(ends.base[word]) {
                merged.append((positions.base[place], word))
            }
        }
        merged.sort { $0.position < $1.position }
        var missing = needed
        var open = words.count
        var start = 0
        for (position, kind) in merged {
            if missing[kind] > 0 { open -= 1 }
            missing[kind] -= 1
            while Int(position) - Int(merged[start].position) >= span {
                let gone = merged[start].kind
                missing[gone] += 1
                if missing[gone] > 0 { open += 1 }
                start += 1
            }
            if open == 0 { return true }
        }
        return false
    }

    override func addScores(_ documents: UnsafePointer<UInt32>, _ count: Int, to scores: UnsafeMutablePointer<Float>) {
        for word in words { word.addScores(documents, count, to: scores) }
    }

    override var conjuncts: NodeRow? { NodeRow(words) }

    override func explain(_ document: Int, _ words: inout [Explanation.Word]) {
        for word in self.words { word.explain(document, &words) }
    }

    override func bound(_ window: Window) -> Float { isEmpty ? 0 : words.reduce(0) { $0 + $1.bound(window) } }
}

/// The documents that have two words side by side, where the segment has listed them.
private final class PairNode: QueryNode {
    private var cursors = CursorRow()

    func open(_ segment: Segment, _ pair: Int) { cursors.cursor(0, for: segment).pointee.open(segment, pair: pair) }

    override var estimate: Int { cursors[0].pointee.count }

    override func next(from document: Int) -> Int { cursors[0].pointee.next(from: document) }

    override func fill(_ window: Window, mask: UnsafePointer<UInt64>) -> Bool {
        cursors[0].pointee.fill(window.base, window.words, few: window.few, mask: mask, into: bits)
        return restrict(window, to: mask)
    }
}
