/// The terms of a segment that is growing, numbered as they are met, with the postings of each.
struct TermGathering: ~Copyable {
    /// A term as it was first met.
    struct Term {
        let key: UInt64
        /// Where its bytes stand in the blob.
        fileprivate let start: UInt32
        fileprivate let length: UInt32

        var isText: Bool { NewsIndex.Term.isText(UInt8(truncatingIfNeeded: key >> 56)) }
    }

    private(set) var terms = Row<Term>(capacity: 256)
    /// The chains have the same numbers.
    private(set) var chains = PostingChains()
    /// The hash of the last stem that was seen of each; 0 for none.
    private var stems = Row<UInt64>(capacity: 256)
    private var blob = ByteWriter(capacity: 1 << 12)
    private var table = NumberTable(capacity: 256)
    /// Room for the numbers of the terms of the list that is being added.
    private var numbers = Numbers(capacity: 256)
    /// And for what the table has first for each of them.
    private var slots = Row<UInt64>(capacity: 256)
    private var stemEntries = Row<KeyedNumber>(capacity: 64)

    /// What the terms and their postings take.
    var byteCount: Int { chains.byteCount + blob.count + terms.count * (MemoryLayout<Term>.stride + 8) }

    // MARK: Adding

    /// Adds the terms of a document, which comes after all that were added. Step by step for all of them, as many lines of memory are waited
    /// for at the same time: there are more terms than the caches hold.
    mutating func add(_ list: TermList, of document: UInt32) {
        numbers.reserve(list.count)
        slots.reserve(list.count)
        let (slots, numbers) = (slots.base, numbers.base)
        for place in 0..<list.count { slots[place] = table.first(list.hashes[place]) }
        for place in 0..<list.count {
            let (bytes, key) = (list.bytes(place), list.key(place))
            numbers[place] = UInt32(truncatingIfNeeded: number(of: bytes, key, hash: list.hashes[place], first: slots[place]))
        }
        for place in 0..<list.count { chains.append(document, list.payload(place), to: Int(numbers[place])) }
        for stem in list.stems {
            let number = numbers[Int(stem.word)]
            guard stems[Int(number)] != stem.hash else { continue }
            stems[Int(number)] = stem.hash
            stemEntries.append(KeyedNumber(key: stem.hash, number: number))
        }
    }

    /// The number of a term, which may be a new one. Eight bytes after it can be read; they are copied at once.
    @inline(__always)
    private mutating func number(of bytes: UnsafeBufferPointer<UInt8>, _ key: UInt64, hash: UInt64, first: UInt64) -> Int {
        guard let start = bytes.baseAddress else { return 0 }  // a term is never empty
        func isSame(_ number: Int) -> Bool {
            let term = terms[number]
            return term.key == key && Int(term.length) == bytes.count
                && (bytes.count <= 8 || blob.holds(start, bytes.count, after: 8, at: Int(term.start)))
        }
        if let number = NumberTable.number(first, hash), isSame(number) { return number }
        if let known = table.find(hash, where: isSame) { return known }
        table.insert(hash)
        terms.append(Term(key: key, start: UInt32(blob.count), length: UInt32(bytes.count)))
        stems.append(0)
        chains.begin()
        blob.copy(start, bytes.count)
        return terms.count - 1
    }

    // MARK: Reading

    /// The numbers of the terms in the order of their bytes.
    func ordered() -> Row<KeyedNumber> {
        var order = Row<KeyedNumber>(capacity: terms.count)
        for number in 0..<terms.count { order.append(KeyedNumber(key: terms[number].key, number: UInt32(truncatingIfNeeded: number))) }
        KeyedNumber.sort(order) { TermDictionary.isBelow(rest(of: Int($0.number)), rest(of: Int($1.number))) }
        return order
    }

    /// The bytes of a term after the first eight; valid until the next one is added.
    func rest(of number: Int) -> UnsafeRawBufferPointer {
        let term = terms[number]
        guard term.length > 8 else { return UnsafeRawBufferPointer(start: nil, count: 0) }
        return blob.bytes(at: Int(term.start) + 8, Int(term.length) - 8)
    }

    /// Which words have which stems, by the places of the terms in their order.
    func stems(_ order: borrowing Row<KeyedNumber>) -> StemTable {
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
