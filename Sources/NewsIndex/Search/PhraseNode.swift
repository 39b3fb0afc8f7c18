/// The documents that have some words beside each other in this order, or near each other in any.
final class PhraseNode: QueryNode {
    private let context: SearchContext
    private let words: [WordNode]
    /// How many more words may stand within the span of the words; nil where they follow each other.
    private let distance: Int?
    /// For each word which of the different words it is, and how often each of these is asked for.
    private let kinds: [Int]
    private let needed: [Int]
    /// The rarest first.
    private var order: NodeRow
    /// As many as there are words; freed with the node.
    private let steps: UnsafeMutablePointer<Step>
    /// Whether each word is one list, so that the steps say it all.
    private var isPlain = false
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
        order = NodeRow(words)
        steps = .allocate(capacity: words.count)
    }

    deinit { steps.deallocate() }

    /// A word of the phrase, on its way through the documents that have all of them.
    private struct Step {
        let word: Unmanaged<WordNode>  // the phrase's own
        /// Its list, where that is but one.
        let list: UnsafeMutablePointer<PostingCursor>?  // the word's own
        /// How far it stands behind the first word of the order, which may be less than nothing.
        let offset: UInt32
        /// The block that was looked at, and whether most of its documents have all the words.
        var block = -1
        var isDense = false

        /// Where a document has the word; nil if it hasn't. The pointers are the list's.
        @inline(__always)
        mutating func positions(
            _ document: Int, _ window: Window, _ mask: UnsafePointer<UInt64>
        ) -> (headline: PositionRun, body: PositionRun)? {
            guard let list, let found = list.pointee.find(document) else { return nil }
            if found.block != block { begin(found.block, window, mask) }
            return list.pointee.positions(found.block, found.place, whole: isDense)
        }

        private mutating func begin(_ block: Int, _ window: Window, _ mask: UnsafePointer<UInt64>) {
            guard let list else { return }
            self.block = block
            let from = max(0, list.pointee.first(block) - window.base) / 64
            let end = min(window.words, (list.pointee.last(block) - window.base) / 64 + 1)
            isDense = countBits(mask + from, end - from) * 3 > list.pointee.size(block)
        }
    }

    override func open(_ place: Int) {
        for word in words { word.open(place) }
        let estimates = words.map(\.estimate)
        let places = words.indices.sorted { estimates[$0] < estimates[$1] }
        order = NodeRow(places.map { words[$0] })
        for (number, place) in places.enumerated() {
            (steps + number).initialize(
                to: Step(
                    word: .passUnretained(words[place]), list: words[place].soleCursor,
                    offset: UInt32(truncatingIfNeeded: place - places[0])))
        }
        isPlain = distance == nil && words.allSatisfy { $0.soleCursor != nil }
        least = estimates[places[0]]
    }

    /// As the rarest has it.
    private var least = 0
    override var estimate: Int { least }

    override func next(from document: Int) -> Int {
        var next = document
        order.forEach { word in if next < .max { next = max(next, word.next(from: next)) } }
        return next
    }

    override func fill(_ window: Window, mask: UnsafePointer<UInt64>) throws(SearchError) -> Bool {
        var mask = mask
        var window = window
        for place in 0..<order.count {
            guard try order.match(place, window, mask: mask) else { return false }
            mask = order.with(place) { UnsafePointer($0.bits) }
            window.few = countBits(mask, window.words)
        }
        for place in words.indices { steps[place].block = -1 }
        var any: UInt64 = 0
        for word in 0..<window.words {
            var rest = mask[word]
            while rest != 0 {
                let bit = rest & (~rest &+ 1)
                rest ^= bit
                let document = window.base &+ word &* 64 &+ bit.trailingZeroBitCount
                if try isPlain ? followEachOther(in: document, window, mask) : holds(document) { bits[word] |= bit }
            }
            any |= bits[word]
        }
        return any != 0
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

    /// Whether there is a position of the rarest word at which it stands as far from each other word as in the phrase. All are lists.
    private func followEachOther(in document: Int, _ window: Window, _ mask: UnsafePointer<UInt64>) throws(SearchError) -> Bool {
        guard let first = steps[0].positions(document, window, mask), let second = steps[1].positions(document, window, mask) else {
            return false
        }
        try context.check(first.body.sums.count + second.body.sums.count)
        let offset = steps[1].offset
        guard words.count > 2 else {
            return PhraseNode.hasPair(first.headline, second.headline, offset) || PhraseNode.hasPair(first.body, second.body, offset)
        }
        starts.removeAll()
        starts.reserve(first.headline.sums.count + first.body.sums.count)
        var headlines = keepStarts(first.headline, second.headline, offset, from: 0)
        var bodies = keepStarts(first.body, second.body, offset, from: headlines)
        for place in 2..<words.count where headlines + bodies > 0 {
            guard let others = steps[place].positions(document, window, mask) else { return false }
            try context.check(others.body.sums.count)
            let kept = keepStarts(0, headlines, others.headline, steps[place].offset, from: 0)
            bodies = keepStarts(headlines, bodies, others.body, steps[place].offset, from: kept)
            headlines = kept
        }
        return headlines + bodies > 0
    }

    /// Whether one of some positions has another behind it at that distance.
    @inline(__always)
    private static func hasPair(_ some: PositionRun, _ others: PositionRun, _ offset: UInt32) -> Bool {
        let (aCount, bCount) = (some.sums.count, others.sums.count)
        guard aCount > 0, bCount > 0 else { return false }
        return aCount <= bCount ? meets(some, others, offset) : meets(others, some, 0 &- offset)
    }

    /// The same, the fewer first.
    @inline(__always)
    private static func meets(_ some: PositionRun, _ others: PositionRun, _ offset: UInt32) -> Bool {
        guard let a = some.sums.baseAddress, let b = others.sums.baseAddress else { return false }
        let (aCount, bCount) = (some.sums.count, others.sums.count)
        guard aCount &* bCount <= 256 else { return meetsInTurn(some, others, offset) }
        // Each with four others at a time, since which of two is lower can't be foreseen. A place before the text's beginning is
        // below all others, or beyond all numbers.
        let shift = offset &- some.base &+ others.base
        var found = SIMDMask<SIMD4<Int32>>(repeating: false)
        var other = 0
        while other &+ 4 <= bCount {
            let four = UnsafeRawPointer(b + other).loadUnaligned(as: SIMD4<UInt32>.self) &- shift
            for place in 0..<aCount { found .|= four .== a[place] }
            other &+= 4
        }
        if other < bCount {
            let four = UnsafeRawPointer(b + other).loadUnaligned(as: SIMD4<UInt32>.self) &- shift
            var last = SIMDMask<SIMD4<Int32>>(repeating: false)
            for place in 0..<aCount { last .|= four .== a[place] }
            found .|= last .& (SIMD4<Int32>(0, 1, 2, 3) .< Int32(truncatingIfNeeded: bCount &- other))
        }
        return any(found)
    }

    private static func meetsInTurn(_ some: PositionRun, _ others: PositionRun, _ offset: UInt32) -> Bool {
        var (a, b) = (0, 0)
        while a < some.sums.count, b < others.sums.count {
            let sought = Int64(some.sums[a] &- some.base) + Int64(Int32(bitPattern: offset))
            let found = Int64(others.sums[b] &- others.base)
            if sought == found { return true }
            if sought < found { a += 1 } else { b += 1 }
        }
        return false
    }

    /// Keeps, from a place in `starts` on, where there is room for all, those of some positions that have another behind them at that distance; answers how many.
    private func keepStarts(_ some: PositionRun, _ others: PositionRun, _ offset: UInt32, from: Int) -> Int {
        for place in 0..<some.sums.count { starts.base[from + place] = some.sums[place] &- some.base }
        return keepStarts(from, some.sums.count, others, offset, from: from)
    }

    /// The same of those that are kept already.
    private func keepStarts(_ start: Int, _ count: Int, _ others: PositionRun, _ offset: UInt32, from: Int) -> Int {
        var (kept, place) = (from, 0)
        for number in start..<start + count {
            let start = starts.base[number]
            let sought = Int64(start) + Int64(Int32(bitPattern: offset))
            while place < others.sums.count, Int64(others.sums[place] &- others.base) < sought { place += 1 }
            guard place < others.sums.count else { break }
            starts.base[kept] = start
            kept += Int64(others.sums[place] &- others.base) == sought ? 1 : 0
        }
        return kept - from
    }

    /// The same for words of which some have several forms.
    private func followEachOther(in document: Int) throws(SearchError) -> Bool {
        starts.removeAll()
        steps[0].word._withUnsafeGuaranteedRef { $0.positions(document, into: &starts) }
        try context.check(starts.count)
        var count = starts.count
        for place in 1..<words.count where count > 0 {
            let step = steps[place]
            positions.removeAll()
            step.word._withUnsafeGuaranteedRef { $0.positions(document, into: &positions) }
            try context.check(positions.count)
            let others = PositionRun(base: 0, sums: UnsafeBufferPointer(start: positions.base, count: positions.count))
            count = keepStarts(0, count, others, step.offset, from: 0)
        }
        return count > 0
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
