/// Which documents of a segment have two frequent words side by side, in this order and within one text: what a phrase of the two would
/// have to find out from the positions of both in nearly all documents (Bahle, Williams, Zobel: "Efficient phrase querying with an
/// auxiliary index", 2002).
struct WordPairs: Sendable, Equatable {
    /// Two words by their places in the dictionary, and where their list begins.
    struct Entry: BitwiseCopyable {
        let first: UInt32
        let second: UInt32
        let offset: UInt32
    }

    /// By the first word, then by the second. A pair that has its entry has all its documents listed, be it none.
    let entries: Column<Entry>
    /// As `PostingEncoder` has them, without counts and positions.
    let lists: ByteStore

    private init(_ entries: Column<Entry>, _ lists: ByteStore) {
        self.entries = entries
        self.lists = lists
    }

    /// Where nobody has looked for them.
    static let none: WordPairs = {
        var writer = ByteWriter()
        return WordPairs(Column([]), writer.finish())
    }()

    /// Finds them in a segment.
    init(_ segment: Segment) {
        var gathering = PairGathering(segment)
        let (entries, lists) = gathering.finish()
        self.init(Column(entries), lists)
    }

    /// Those that were kept, of so many terms; nil if they can't be.
    init?(_ entries: Column<Entry>, _ lists: ByteStore, terms: Int) {
        let isWithin = entries.values.allSatisfy { Int($0.first) < terms && Int($0.second) < terms && Int($0.offset) < lists.count }
        guard isWithin else { return nil }
        self.init(entries, lists)
    }

    /// Whether they were looked for, be it that there are none.
    var areGathered: Bool { lists.count > 0 }
    var byteCount: Int { entries.byteCount + lists.count }

    static func == (a: WordPairs, b: WordPairs) -> Bool {
        a.entries.bytes.elementsEqual(b.entries.bytes) && a.lists.bytes.elementsEqual(b.lists.bytes)
    }

    /// Where the list of a pair begins.
    func list(_ number: Int) -> UnsafeRawPointer { lists.base + Int(entries[number].offset) }

    /// The number of a pair, if its documents are listed.
    func number(of first: Int, _ second: Int) -> Int? {
        func key(_ entry: Entry) -> UInt64 { UInt64(entry.first) << 32 | UInt64(entry.second) }
        let wanted = UInt64(first) << 32 | UInt64(second)
        var (low, high) = (0, entries.count)
        while low < high {
            let middle = (low + high) / 2
            if key(entries[middle]) < wanted { low = middle + 1 } else { high = middle }
        }
        return low < entries.count && key(entries[low]) == wanted ? low : nil
    }
}
