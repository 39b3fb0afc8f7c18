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
    /// Where the phrase may begin, and a bit for each of these.
    private var starts = Numbers()
    private let marks = UnsafeMutablePointer<UInt64>.allocate(capacity: Window.words)  // freed with the node
    private var ends: Numbers = Numbers()
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
        marks.update(repeating: 0, count: Window.words)
    }

    deinit { marks.deallocate() }

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
        starts.removeAll()
        for place in 0..<steps.count {
            let (list, offset) = steps[place]
            positions.removeAll()
            if let list {
                guard let found = list.pointee.find(document) else { return false }
                list.pointee.positions(found.block, found.place, into: &positions)
            } else {
                order[place].positions(document, into: &positions)
            }
            try context.check(positions.count)
            if starts.count > 0 {
                keepStarts(followedAt: offset)
            } else {
                starts.reserve(positions.count)
                for place in 0..<positions.count where positions.base[place] >= offset { starts.append(positions.base[place] &- offset) }
            }
            if starts.count == 0 { return false }
        }
        return true
    }

    /// Keeps those starts from which a position is so far away.
    ///
    /// Most documents have none, and are done with after a look at one bit for each position, without any branch. Positions that lie
    /// a multiple of the bits apart share one; so wherever they lie that far apart, those that are left are looked up.
    private func keepStarts(followedAt offset: UInt32) {
        let range = UInt32(Window.size)
        for place in 0..<starts.count {
            let bit = (starts.base[place] &+ offset) & (range - 1)
            marks[Int(bit &>> 6)] |= 1 &<< UInt64(bit & 63)
        }
        let found = positions.base
        var kept = 0
        for place in 0..<positions.count {
            let position = found[place]
            let bit = position & (range - 1)
            found[kept] = position &- offset
            kept &+= Int(truncatingIfNeeded: marks[Int(bit &>> 6)] &>> UInt64(bit & 63) & 1)
        }
        for place in 0..<starts.count { marks[Int((starts.base[place] &+ offset) & (range - 1)) &>> 6] = 0 }
        guard kept > 0 else {
            starts.removeAll()
            return
        }
        let all = starts.count
        let span = max(found[kept - 1], starts.base[all - 1]) &- min(found[0], starts.base[0])
        starts.removeAll()
        starts.reserve(kept)
        var place = 0
        for number in 0..<kept {
            if span >= range {
                while place < all, starts.base[place] < found[number] { place += 1 }
                guard place < all else { return }
                if starts.base[place] != found[number] { continue }
            }
            starts.append(found[number])
        }
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
