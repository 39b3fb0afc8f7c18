extension Segment {
    /// Builds a segment: terms are numbered as they are met, then put in order, then their postings written.
    convenience init(_ documents: [Document]) {
        var columns = DocumentColumns()
        var records = ArticleRecords.Builder(nil, capacity: documents.reduce(0) { $0 + $1.article.json.count + 64 })
        for document in documents {
            columns.append(document)
            records.append(document.article)
        }
        let isPacked = Segment.isPacked(documents.count)
        let lengths = TextLengths(columns)
        let (dictionary, stems, offsets, postings) = TermGathering.of(documents) { gathering in
            var dictionary = TermDictionary.Builder(capacity: gathering.order.count)
            var offsets: [UInt32] = []
            offsets.reserveCapacity(gathering.order.count)
            var writer = ByteWriter(capacity: documents.reduce(0) { $0 + $1.words.byteCount })
            var encoder = PostingEncoder()
            var postings = gathering.postings.base
            for place in 0..<gathering.order.count {
                let (key, number) = (gathering.order[place].key, gathering.order[place].number)
                let term = gathering.terms[Int(number)]
                let count = Int(term.count)
                dictionary.append(key: key, rest: term.rest)
                offsets.append(UInt32(writer.count))
                if isPacked, count >= BlockCodec.size {
                    for posting in 0..<count { encoder.add(postings + posting, isText: term.isText) }
                    encoder.write(isText: term.isText, lengths: lengths, isPacked: true, to: &writer)
                } else {
                    writer.write(postings, count, isText: term.isText)
                }
                postings += count
            }
            return (dictionary.finish(), gathering.stems(), offsets, writer.finish())
        }
        self.init(
            columns, records.finish(), dictionary: dictionary, stems: stems, offsets: offsets, postings: postings)
        // The lists' bytes were pointed to until here.
        withExtendedLifetime(documents) {}
    }
}

extension TermGathering.Posting {
    /// Lends the payload; the pointer to the posting is the caller's.
    @inline(__always)
    fileprivate static func payload(_ posting: UnsafeMutablePointer<Self>) -> UnsafeRawPointer {
        guard posting.pointee.size > 8, let payload = UnsafeRawPointer(bitPattern: UInt(posting.pointee.word)) else {
            return UnsafeRawPointer(posting) + 8
        }
        return payload
    }
}

extension ByteWriter {
    /// Writes a list in bytes alone. The pointer is the caller's.
    @inline(__always)
    fileprivate mutating func write(_ postings: UnsafeMutablePointer<TermGathering.Posting>, _ count: Int, isText: Bool) {
        varint(UInt32(truncatingIfNeeded: count))
        var before = UInt32.max
        guard isText else {
            for place in 0..<count {
                varint(postings[place].document &- before &- 1)
                before = postings[place].document
            }
            return
        }
        for place in 0..<count {
            let posting = postings[place]
            varint(posting.document &- before &- 1)
            before = posting.document
            // One byte says it all of a word that the headline has not, and the body not often.
            if posting.size <= 8, posting.word & 0x81 == 0 {
                byte(UInt8(truncatingIfNeeded: posting.word))
            } else {
                let payload = TermGathering.Posting.payload(postings + place)
                copy(payload, payload.countsSize)
            }
        }
        for place in 0..<count {
            let posting = postings[place]
            if posting.size <= 8, posting.word & 0x81 == 0 {
                bytes(of: posting.word >> 8, Int(posting.size) &- 1)
            } else {
                let payload = TermGathering.Posting.payload(postings + place)
                let counts = payload.countsSize
                copy(payload + counts, Int(posting.size) - counts)
            }
        }
    }
}

/// What a payload begins with; whoever reads knows that one is there.
extension UnsafeRawPointer {
    /// Bytes of a word's payload before its positions.
    fileprivate var countsSize: Int {
        var end = self
        if end.varint() & 1 == 1 { _ = end.varint() }
        return end - self
    }
}

extension PostingEncoder {
    /// Takes in a posting; the pointer is the caller's.
    @inline(__always)
    fileprivate mutating func add(_ posting: UnsafeMutablePointer<TermGathering.Posting>, isText: Bool) {
        guard isText else { return add(posting.pointee.document) }
        var payload = TermGathering.Posting.payload(posting)
        add(posting.pointee.document, payload: &payload)
    }
}
