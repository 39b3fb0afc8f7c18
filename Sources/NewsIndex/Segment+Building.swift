extension Segment {
    /// Builds a segment: terms are numbered as they are met, then put in order, then their postings written.
    ///
    /// The pointers into the documents' lists are used while the documents are held, which is until the end.
    convenience init(_ documents: [Document]) {
        let lists = documents.flatMap { [$0.words, $0.values] }
        let total = lists.reduce(0) { $0 + $1.count }
        var terms: [NumberedTerm] = []
        /// The numbers of the terms of all lists, one list after the other.
        var numbers: [UInt32] = []
        numbers.reserveCapacity(total)
        if documents.count == 1 { terms.reserveCapacity(total) }
        var table = SlotTable(capacity: min(total, 1 << 13))
        for list in lists {
            let hashes = list.hashes
            for term in 0..<list.count {
                let hash = hashes[term]
                let (bytes, key) = (list.bytes(term), list.key(term))
                let known = table.find(hash) { terms[$0].hash == hash && terms[$0].key == key && terms[$0].hasSameRest(bytes) }
                let number = known ?? terms.count
                if known == nil {
                    terms.append(NumberedTerm(bytes, hash, key))
                    table.insert(hash, number) { terms[$0].hash }
                }
                if !terms[number].isLink { terms[number].count += 1 }
                numbers.append(UInt32(truncatingIfNeeded: number))
            }
        }
        // Keys and numbers side by side, since sorting goes over them again and again.
        var order = terms.indices.map { (key: terms[$0].key, number: $0) }
        order.sort { $0.key != $1.key ? $0.key < $1.key : terms[$0.number].hasRestBelow(terms[$1.number]) }

        // The postings, term by term: which document, and its payload.
        var starts = [Int](repeating: 0, count: terms.count)
        var filled = 0
        for (_, number) in order {
            starts[number] = filled
            filled += terms[number].count
        }
        let nothing = Posting(document: 0, size: 0, payload: nil)
        var postings = [Posting](repeating: nothing, count: filled)
        var columns = DocumentColumns()
        var records = ArticleRecords.Builder(nil, capacity: documents.reduce(0) { $0 + $1.article.json.count + 64 })
        var next = 0
        for (place, list) in lists.enumerated() {
            if place % 2 == 0 {
                columns.append(documents[place / 2])
                records.append(documents[place / 2].article)
            }
            for term in 0..<list.count {
                let number = Int(numbers[next])
                next += 1
                guard !terms[number].isLink else { continue }
                let payload = list.payload(term)
                postings[starts[number]] = Posting(
                    document: UInt32(truncatingIfNeeded: place / 2), size: UInt32(truncatingIfNeeded: payload.count),
                    payload: payload.baseAddress)
                starts[number] += 1
            }
        }

        var dictionary = TermDictionary.Builder(capacity: order.count)
        var offsets: [UInt32] = []
        offsets.reserveCapacity(order.count)
        var writer = ByteWriter(capacity: total * 5)
        var encoder = PostingEncoder()
        let lengths = TextLengths(columns)
        let isPacked = Segment.isPacked(documents.count)
        var start = 0
        for (key, number) in order {
            let term = terms[number]
            dictionary.append(key: key, rest: term.rest)
            offsets.append(UInt32(writer.count))
            let end = start + term.count
            if isPacked, term.count >= BlockCodec.size {
                for place in start..<end { encoder.add(postings[place]) }
                encoder.write(isText: term.isText, lengths: lengths, isPacked: true, to: &writer)
            } else {
                writer.varint(UInt32(term.count))
                var before = UInt32.max
                for place in start..<end {
                    let posting = postings[place]
                    writer.varint(posting.document &- before &- 1)
                    before = posting.document
                    if let payload = posting.payload { writer.copy(payload, posting.countsSize) }
                }
                guard term.isText else {
                    start = end
                    continue
                }
                for place in start..<end {
                    let posting = postings[place]
                    if let payload = posting.payload { writer.copy(payload + posting.countsSize, Int(posting.size) - posting.countsSize) }
                }
            }
            start = end
        }
        self.init(columns, records.finish(), dictionary: dictionary.finish(), offsets: offsets, postings: writer.finish())
        withExtendedLifetime(documents) {}
    }
}

/// A term as it was first met; the pointer is its list's.
private struct NumberedTerm {
    let hash: UInt64
    let key: UInt64
    let bytes: UnsafeBufferPointer<UInt8>
    var count = 0

    init(_ bytes: UnsafeBufferPointer<UInt8>, _ hash: UInt64, _ key: UInt64) {
        self.bytes = bytes
        self.hash = hash
        self.key = key
    }

    // The first byte is in the key, which is at hand; the bytes are elsewhere.
    var isLink: Bool { UInt8(truncatingIfNeeded: key >> 56) == Term.linkTag }
    var isText: Bool { Term.isText(UInt8(truncatingIfNeeded: key >> 56)) }
    /// The bytes after the first eight.
    var rest: UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(bytes)[min(8, bytes.count)...]) }

    /// Whether it is a term with the same first eight bytes.
    @inline(__always)
    func hasSameRest(_ other: UnsafeBufferPointer<UInt8>) -> Bool {
        guard bytes.count == other.count else { return false }
        var place = 8
        while place < bytes.count {
            if bytes[place] != other[place] { return false }
            place += 1
        }
        return true
    }

    @inline(__always)
    func hasRestBelow(_ other: NumberedTerm) -> Bool { TermDictionary.isBelow(rest, other.rest) }
}

/// A document that has a term; the pointer is its list's.
private struct Posting {
    let document: UInt32
    let size: UInt32
    let payload: UnsafeRawPointer?

    /// Bytes of the payload before its positions.
    var countsSize: Int {
        guard let payload else { return 0 }
        var end = payload
        if end.varint() & 1 == 1 { _ = end.varint() }
        return end - payload
    }
}

extension PostingEncoder {
    @inline(__always)
    fileprivate mutating func add(_ posting: Posting) {
        if var payload = posting.payload {
            add(posting.document, payload: &payload)
        } else {
            add(posting.document)
        }
    }
}
