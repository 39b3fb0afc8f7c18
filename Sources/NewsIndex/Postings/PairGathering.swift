/// Finds the pairs of frequent words of a segment, in one walk over the positions of these words.
struct PairGathering: ~Copyable {
    /// In a segment of fewer documents, phrases are soon found by positions.
    static let least = 8_192
    /// What has fewer documents will soon be merged again while articles arrive, and is better left without.
    static let leastWhileServing = 131_072
    /// A pair is listed if to look at the positions of both its words would take so many steps for each document of the segment: fewer make
    /// phrases faster and lists longer.
    private static let worthwhile = 2.0
    /// Only words that every 32nd document has are looked at, and not too many, which leaves out none that would matter.
    private static let share = 32
    private static let mostWords = 1_023
    /// No more pairs are listed than their numbers have room for.
    private static let mostPairs = Int(UInt16.max)
    /// Documents that are looked at together, so that their words' places stay in the cache.
    private static let span = 64

    /// A frequent word: which part of the documents has it, and how often on average.
    private struct Word {
        let term: Int
        let share: Double
        let occurrences: Double
    }

    private let segment: Segment
    private let words: [Word]
    /// The numbers of the pairs, counted from 1, a row for each first word, the words being counted from 1 too; 0 for those that aren't
    /// listed.
    private let numbers: Row<UInt16>
    private let stride: Int
    /// The terms of each pair by its number.
    private var terms: [(first: Int, second: Int)] = []
    private var lists: ChunkedLists
    private var grid: PlaceGrid
    /// The numbers of the pairs that a word makes with all that stand beside it.
    private var beside = Row<UInt16>(capacity: 8)

    init(_ segment: Segment) {
        self.segment = segment
        words = PairGathering.words(of: segment)
        stride = words.count + 1
        numbers = Row(repeating: 0, count: stride * stride)
        for (first, word) in words.enumerated() {
            for (second, other) in words.enumerated()
            where terms.count < PairGathering.mostPairs && PairGathering.isWorthwhile(word, other) {
                terms.append((word.term, other.term))
                numbers[(first + 1) * stride + second + 1] = UInt16(terms.count)
            }
        }
        lists = ChunkedLists(terms.count)
        grid = PlaceGrid(segment, words.map(\.term))
        gather()
    }

    /// The frequent words that have a pair, in the order of their terms.
    private static func words(of segment: Segment) -> [Word] {
        var words: [Word] = []
        segment.withCursor { cursor in
            var next = 0
            segment.offsets.forEach(in: 0..<segment.termCount) { (offset) throws(Never) in
                let term = next
                next += 1
                guard segment.isText(term) else { return }
                cursor.open(segment, wordAt: Int(offset))
                guard cursor.count * share >= segment.count else { return }
                words.append(
                    Word(
                        term: term, share: Double(cursor.count) / Double(segment.count),
                        occurrences: Double(cursor.occurrences()) / Double(cursor.count)))
            }
        }
        if words.count > mostWords {
            words.sort { ($0.share, $1.term) > ($1.share, $0.term) }
            words = words.prefix(mostWords).sorted { $0.term < $1.term }
        }
        return words.filter { word in words.contains { isWorthwhile(word, $0) } }
    }

    /// Whether to look for two words side by side takes long: for each document that has both, which are about as many as if they had
    /// nothing to do with each other, some steps and one for every position.
    private static func isWorthwhile(_ a: Word, _ b: Word) -> Bool {
        a.share * b.share * (6 + a.occurrences + b.occurrences) >= worthwhile
    }

    private mutating func gather() {
        // Freed at the end.
        let cursors = words.map { word in
            let cursor = PostingCursor.make(segment)
            cursor.pointee.open(segment, term: word.term)
            return cursor
        }
        defer { for cursor in cursors { PostingCursor.free(cursor) } }
        var start = 0
        while start < segment.count {
            let documents = start..<min(start + PairGathering.span, segment.count)
            grid.clear(for: documents)
            for (place, cursor) in cursors.enumerated() {
                let word = place + 1
                cursor.pointee.visitPositions(before: UInt32(documents.upperBound)) { document, isInBody, position in
                    let (left, right) = grid.put(word, Int(document), isInBody, Int(position))
                    if left | right > PlaceGrid.mostWords {
                        pairAll(word, Int(document), isInBody, Int(position))
                    } else {
                        list(numbers[word * stride + right], in: document)
                        list(numbers[left * stride + word], in: document)
                    }
                }
            }
            start = documents.upperBound
        }
    }

    /// Lists a word that has just been put with all that stand beside it, where these may be several.
    private mutating func pairAll(_ word: Int, _ document: Int, _ isInBody: Bool, _ position: Int) {
        beside.removeAll()
        grid.forEachWord(document, isInBody, beside: position, isBehind: true) { beside.append(numbers[word * stride + $0]) }
        grid.forEachWord(document, isInBody, beside: position, isBehind: false) { beside.append(numbers[$0 * stride + word]) }
        for place in 0..<beside.count { list(beside[place], in: UInt32(document)) }
    }

    @inline(__always)
    private mutating func list(_ number: UInt16, in document: UInt32) {
        if number > 0 { lists.append(document, to: Int(number) - 1) }
    }

    /// The entries in their order, and the lists.
    mutating func finish() -> (entries: [WordPairs.Entry], lists: ByteStore) {
        var encoder = PostingEncoder()
        var writer = ByteWriter()
        let lengths = TextLengths(segment)
        var entries: [WordPairs.Entry] = []
        // They were numbered in the order of their words.
        for (number, pair) in terms.enumerated() {
            entries.append(.init(first: UInt32(pair.first), second: UInt32(pair.second), offset: UInt32(writer.count)))
            lists.forEach(of: number) { encoder.add($0) }
            encoder.write(isText: false, lengths: lengths, isPacked: segment.isPacked, to: &writer)
        }
        // So that it can be told from what was never gathered.
        if terms.isEmpty { writer.byte(0) }
        return (entries, writer.finish())
    }
}

/// Many lists of ascending numbers that grow side by side, in chunks of one piece of memory; a number that comes twice is kept once.
private struct ChunkedLists: ~Copyable {
    private struct List {
        var first: UInt32 = 0
        var last: UInt32 = 0
        var count = 0
        var latest = UInt32.max
    }

    /// Numbers in a chunk; the number of the next chunk stands before them.
    private static let size = 31
    private let lists: Row<List>
    private var chunks = Row<UInt32>(capacity: 1 << 12)

    init(_ count: Int) { lists = Row(repeating: List(), count: count) }

    @inline(__always)
    mutating func append(_ number: UInt32, to place: Int) {
        guard lists[place].latest != number else { return }
        let filled = lists[place].count % ChunkedLists.size
        if filled == 0 {
            let chunk = UInt32(chunks.count)
            if lists[place].count == 0 { lists[place].first = chunk } else { chunks[Int(lists[place].last)] = chunk }
            lists[place].last = chunk
            chunks.append(0, count: ChunkedLists.size + 1)
        }
        chunks[Int(lists[place].last) + 1 + filled] = number
        lists[place].count += 1
        lists[place].latest = number
    }

    func forEach(of place: Int, _ body: (UInt32) -> Void) {
        var (chunk, left) = (Int(lists[place].first), lists[place].count)
        while left > 0 {
            for number in 0..<min(left, ChunkedLists.size) { body(chunks[chunk + 1 + number]) }
            left -= ChunkedLists.size
            chunk = Int(chunks[chunk])
        }
    }
}
