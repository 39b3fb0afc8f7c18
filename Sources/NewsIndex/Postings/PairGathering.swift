/// Finds the pairs of frequent words of a segment, in one walk over the positions of these words.
struct PairGathering: ~Copyable {
    /// In a segment of fewer documents, phrases are soon found by positions.
    static let least = 8_192
    /// A pair is listed if to look at the positions of both its words would take so many steps for each document of the segment: fewer make
    /// phrases faster and lists longer.
    private static let worthwhile = 2.0
    /// Only words that every 32nd document has are looked at, and no more than so many, which leaves out none that would matter.
    private static let share = 32
    private static let mostWords = 1_024
    /// No more pairs are listed than their numbers have room for.
    private static let mostPairs = Int(UInt16.max)
    /// Documents that are looked at together, so that what is known of them stays in the cache.
    private static let span = 64

    /// A frequent word: which part of the documents has it, and how often on average.
    private struct Word {
        let term: Int
        let share: Double
        let occurrences: Double
    }

    private struct Occurrence {
        let word: UInt32
        /// The place in the text times two, and one more in the body: so that texts don't meet.
        let place: UInt32
        /// The next in the document, and the next at the same place, counted from 1.
        let next: UInt32
        var beside: UInt32 = 0
    }

    /// The last occurrence that was met at a place, counted from 1, and in which document, so that nothing has to be cleared for the next.
    private struct Latest {
        var document: UInt32 = .max
        var occurrence: UInt32 = 0
    }

    private let segment: Segment
    private let words: [Word]
    /// The numbers of the pairs, counted from 1, a row for each first word; 0 for those that aren't listed.
    private let numbers: Row<UInt16>
    /// The terms of each pair by its number.
    private var terms: [(first: Int, second: Int)] = []
    private var lists: ChunkedLists
    /// The occurrences in some documents, and the last one in each.
    private var occurrences = Row<Occurrence>(capacity: 1 << 16)
    private let heads = Row<UInt32>(repeating: 0, count: PairGathering.span)
    private var places = Row<Latest>(repeating: Latest(), count: 1 << 12)

    init(_ segment: Segment) {
        self.segment = segment
        words = PairGathering.words(of: segment)
        numbers = Row(repeating: 0, count: words.count * words.count)
        for (first, word) in words.enumerated() {
            for (second, other) in words.enumerated()
            where terms.count < PairGathering.mostPairs && PairGathering.isWorthwhile(word, other) {
                terms.append((word.term, other.term))
                numbers[first * words.count + second] = UInt16(terms.count)
            }
        }
        lists = ChunkedLists(terms.count)
        gather()
    }

    /// The frequent words that have a pair, in the order of their terms.
    private static func words(of segment: Segment) -> [Word] {
        var words: [Word] = []
        segment.withCursor { cursor in
            for term in 0..<segment.termCount where segment.isText(term) && segment.documentCount(term) * share >= segment.count {
                cursor.open(segment, term: term)
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
        for base in stride(from: 0, to: segment.count, by: PairGathering.span) {
            let count = min(PairGathering.span, segment.count - base)
            occurrences.removeAll()
            for document in 0..<count { heads[document] = 0 }
            for (word, cursor) in cursors.enumerated() {
                cursor.pointee.visitPositions(before: UInt32(base + count)) { document, isInBody, position in
                    let head = Int(document) - base
                    occurrences.append(
                        Occurrence(word: UInt32(word), place: position &* 2 &+ (isInBody ? 1 : 0), next: heads[head]))
                    heads[head] = UInt32(occurrences.count)
                }
            }
            for document in 0..<count { pair(heads[document], in: UInt32(base + document)) }
        }
    }

    /// Finds the pairs among the occurrences of a document, of which the last is given: each as soon as its second word is met, be it the
    /// one that stands first or the other.
    private mutating func pair(_ head: UInt32, in document: UInt32) {
        var next = head
        while next > 0 {
            let (word, place) = (Int(occurrences[Int(next) - 1].word), Int(occurrences[Int(next) - 1].place))
            if place + 2 >= places.count { places.append(Latest(), count: place + 3 - places.count) }
            occurrences[Int(next) - 1].beside = latest(place, in: document)
            places[place] = Latest(document: document, occurrence: next)
            var other = latest(place + 2, in: document)
            while other > 0 {
                list(word, Int(occurrences[Int(other) - 1].word), in: document)
                other = occurrences[Int(other) - 1].beside
            }
            other = place < 2 ? 0 : latest(place - 2, in: document)
            while other > 0 {
                list(Int(occurrences[Int(other) - 1].word), word, in: document)
                other = occurrences[Int(other) - 1].beside
            }
            next = occurrences[Int(next) - 1].next
        }
    }

    @inline(__always)
    private func latest(_ place: Int, in document: UInt32) -> UInt32 {
        places[place].document == document ? places[place].occurrence : 0
    }

    @inline(__always)
    private mutating func list(_ first: Int, _ second: Int, in document: UInt32) {
        let number = Int(numbers[first * words.count + second])
        if number > 0 { lists.append(document, to: number - 1) }
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
