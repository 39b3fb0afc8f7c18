/// The documents that have some words beside each other in this order, or near each other in any.
final class PhraseNode: QueryNode {
    private let context: SearchContext
    private let words: [WordNode]
    /// How many more words may stand within the span of the words; nil where they follow each other.
    private let distance: Int?
    /// For each word which of the different words it is, and how often each of these is asked for.
    private let kinds: [Int]
    private let needed: [Int]
    /// The rarest first; for each its list, where that is but one, and the distance at which it follows the first word.
    private var order: [WordNode] = []
    private var steps: [(list: UnsafeMutablePointer<PostingCursor>?, offset: UInt32)] = []  // the words' own
    /// Where the phrase may begin.
    private var starts = Numbers()
    private var ends = Numbers()
    private var positions = Numbers()
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
    }

    override func open(_ place: Int) {
        for word in words { word.open(place) }
        let places = words.indices.sorted { words[$0].estimate < words[$1].estimate }
        order = places.map { words[$0] }
        steps = places.map { (words[$0].soleCursor, UInt32($0)) }
    }

    override var estimate: Int { order.first?.estimate ?? 0 }

    override func next(from document: Int) -> Int {
        var next = document
        for word in order where next < .max { next = max(next, word.next(from: next)) }
        return next
    }

    override func fill(_ window: Window, mask: UnsafePointer<UInt64>) throws(SearchError) -> Bool {
        var mask = mask
        var window = window
        for word in order {
            guard try word.match(window, mask: mask) else { return false }
            mask = UnsafePointer(word.bits)
            window.few = countBits(mask, window.words)
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

    /// Whether there is a position from which on each word stands one after the word before: where the rarest word says that the phrase
    /// could begin is held against one other after the other.
    private func followEachOther(in document: Int) throws(SearchError) -> Bool {
        let (first, offset) = steps[0]
        starts.removeAll()
        if let first {
            guard let found = first.pointee.find(document) else { return false }
            first.pointee.positions(found.block, found.place, into: &starts)
        } else {
            order[0].positions(document, into: &starts)
        }
        var count = 0
        for place in 0..<starts.count {
            let position = starts.base[place]
            starts.base[count] = position &- offset
            count &+= position >= offset ? 1 : 0
        }
        try context.check(starts.count)
        for place in 1..<steps.count where count > 0 {
            let (list, offset) = steps[place]
            if let list {
                guard let found = list.pointee.find(document) else { return false }
                count = list.pointee.keep(starts.base, count, followedAt: offset, found.block, found.place)
            } else {
                positions.removeAll()
                order[place].positions(document, into: &positions)
                try context.check(positions.count)
                count = keepStarts(count, followedAt: offset)
            }
        }
        return count > 0
    }

    /// Keeps those of the first starts from which a position is so far away; answers how many.
    private func keepStarts(_ count: Int, followedAt offset: UInt32) -> Int {
        var (kept, place) = (0, 0)
        for number in 0..<count {
            let start = starts.base[number]
            while place < positions.count, positions.base[place] < start &+ offset { place += 1 }
            guard place < positions.count else { break }
            starts.base[kept] = start
            kept += positions.base[place] == start &+ offset ? 1 : 0
        }
        return kept
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

    override func explain(_ document: Int, _ words: inout [Explanation.Word]) {
        for word in self.words { word.explain(document, &words) }
    }

    override func bound(_ window: Window) -> Float { isEmpty ? 0 : words.reduce(0) { $0 + $1.bound(window) } }
}
