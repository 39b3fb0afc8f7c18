import Synchronization

/// The terms of a segment that is being made, numbered as they are met, with the postings of each.
///
/// All pointers but its own are those of the documents' lists, and hold as long as these.
///
/// `@unchecked Sendable` because it has one owner at a time.
struct TermGathering: ~Copyable, @unchecked Sendable {
    /// A term as it was first met.
    struct Term {
        let key: UInt64
        let bytes: UnsafePointer<UInt8>  // the list's
        let length: UInt32
        /// How many documents have it.
        var count: UInt32 = 0
        /// The hash of the last stem that was seen of it; 0 for none.
        var stem: UInt64 = 0

        /// Whether the bytes after the first eight are these, which are as many, and of a list as well.
        @inline(__always)
        func hasRest(of other: UnsafeBufferPointer<UInt8>) -> Bool {
            guard let start = other.baseAddress else { return true }
            var place = 8
            while place < other.count {
                // Eight bytes after a term can be read; a shift by 64 and more leaves nothing.
                let mine = TermDictionary.key(padded: bytes + place, other.count - place)
                guard mine == TermDictionary.key(padded: start + place, other.count - place) else { return false }
                place += 8
            }
            return true
        }

        var isText: Bool { NewsIndex.Term.isText(UInt8(truncatingIfNeeded: key >> 56)) }
        /// The bytes after the first eight; the list's.
        var rest: UnsafeRawBufferPointer {
            length <= 8 ? UnsafeRawBufferPointer(start: nil, count: 0) : UnsafeRawBufferPointer(start: bytes + 8, count: Int(length) - 8)
        }
    }

    /// A document that has a term, with its payload: in eight bytes if it fits, which most do, so that writing it looks nowhere else.
    struct Posting {
        let document: UInt32
        let size: UInt32
        /// The payload's bytes, or where they are.
        let word: UInt64
    }

    private(set) var terms = Row<Term>(capacity: 512)
    /// The numbers of the terms of all lists, one list after the other.
    private var numbers: Numbers
    private var table: NumberTable
    /// The terms in the order of their bytes.
    private(set) var order = Row<KeyedNumber>(capacity: 512)
    /// The postings of each term in that order, by document. Each is written at its place, so the row doesn't count them.
    private(set) var postings = Row<Posting>(capacity: 512)
    private var stemEntries = Row<KeyedNumber>(capacity: 64)

    private init(expecting total: Int) {
        numbers = Numbers(capacity: max(total, 1))
        table = NumberTable(capacity: min(total, 1 << 13))
    }

    /// Of so many terms on, the memory is kept for the next time: new pages take as long as much of what is done here.
    private static let leastKept = 1 << 16
    /// What is kept. Held to take it, or to put it back, alone.
    private static let kept = Mutex<TermGathering?>(nil)

    /// Frees the memory that is kept.
    static func freeMemory() { kept.withLock { $0 = nil } }

    /// Lends what is gathered of some documents for the call.
    static func of<Answer>(_ documents: [Document], _ body: (inout TermGathering) -> Answer) -> Answer {
        let total = documents.reduce(0) { $0 + $1.words.count + $1.values.count }
        let isKept = total >= leastKept
        var gathering = (isKept ? kept.withLock { $0.take() } : nil) ?? TermGathering(expecting: total)
        gathering.gather(documents, total)
        let answer = body(&gathering)
        if isKept {
            gathering.removeAll()
            var back: TermGathering? = gathering
            kept.withLock { $0 = back.take() }
        }
        return answer
    }

    private mutating func gather(_ documents: [Document], _ total: Int) {
        numbers.reserve(total)
        postings.reserve(total)
        for document in documents {
            add(document.words)
            add(document.values)
        }
        sort()
        place(documents)
    }

    private mutating func removeAll() {
        terms.removeAll()
        numbers.removeAll()
        table.removeAll()
        order.removeAll()
        postings.removeAll()
        stemEntries.removeAll()
    }

    private mutating func add(_ list: TermList) {
        let first = numbers.count
        for place in 0..<list.count {
            let (bytes, key) = (list.bytes(place), list.key(place))
            let number = number(of: bytes, key, hash: list.hashes[place])
            terms[number].count &+= 1
            numbers.append(UInt32(truncatingIfNeeded: number))
        }
        for stem in list.stems {
            let number = numbers.base[first + Int(stem.word)]
            guard terms[Int(number)].stem != stem.hash else { continue }
            terms[Int(number)].stem = stem.hash
            stemEntries.append(KeyedNumber(key: stem.hash, number: number))
        }
    }

    @inline(__always)
    private mutating func number(of bytes: UnsafeBufferPointer<UInt8>, _ key: UInt64, hash: UInt64) -> Int {
        let known = table.find(hash) { number in
            let term = terms[number]
            guard term.key == key, Int(term.length) == bytes.count else { return false }
            return term.hasRest(of: bytes)
        }
        if let known { return known }
        // A term is never empty.
        guard let start = bytes.baseAddress else { return 0 }
        table.insert(hash)
        terms.append(Term(key: key, bytes: start, length: UInt32(truncatingIfNeeded: bytes.count)))
        return terms.count - 1
    }

    private mutating func sort() {
        order.reserve(terms.count)
        for number in 0..<terms.count { order.append(KeyedNumber(key: terms[number].key, number: UInt32(truncatingIfNeeded: number))) }
        let terms = terms.base
        KeyedNumber.sort(order) { TermDictionary.isBelow(terms[Int($0.number)].rest, terms[Int($1.number)].rest) }
    }

    /// Puts each posting at its place.
    private func place(_ documents: [Document]) {
        var starts = Numbers(capacity: max(terms.count, 1))
        starts.reserve(terms.count)
        var filled: UInt32 = 0
        for place in 0..<order.count {
            let number = Int(order[place].number)
            starts.base[number] = filled
            filled &+= terms[number].count
        }
        var next = 0
        for (document, lists) in documents.enumerated() {
            for list in [lists.words, lists.values] {
                for place in 0..<list.count {
                    let number = Int(numbers.base[next])
                    next &+= 1
                    let payload = list.payload(place)
                    var word: UInt64 = 0
                    if let base = payload.baseAddress {
                        word = payload.count <= 8 ? base.loadUnaligned(as: UInt64.self) : UInt64(UInt(bitPattern: base))
                    }
                    let start = starts.base[number]
                    (postings.base + Int(start)).initialize(
                        to: Posting(
                            document: UInt32(truncatingIfNeeded: document), size: UInt32(truncatingIfNeeded: payload.count), word: word))
                    starts.base[number] = start &+ 1
                }
            }
        }
    }

    /// Which words have which stems, by the places of the terms in their order.
    mutating func stems() -> StemTable {
        guard stemEntries.count > 0 else { return StemTable(stemEntries) }
        var places = Numbers(capacity: terms.count)
        places.reserve(terms.count)
        for place in 0..<order.count { places.base[Int(order[place].number)] = UInt32(truncatingIfNeeded: place) }
        var entries = Row<KeyedNumber>(capacity: stemEntries.count)
        for entry in 0..<stemEntries.count {
            entries.append(KeyedNumber(key: stemEntries[entry].key, number: places.base[Int(stemEntries[entry].number)]))
        }
        KeyedNumber.sort(entries) { $0.number < $1.number }
        return StemTable(entries)
    }
}
