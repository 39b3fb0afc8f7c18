extension Segment {
    /// Makes a segment of one that has grown: puts the terms in order, and writes their postings.
    convenience init(_ grown: GrowingSegment) {
        let isPacked = Segment.isPacked(grown.columns.count)
        let lengths = TextLengths(grown.columns)
        let order = grown.gathering.ordered()
        var dictionary = TermDictionary.Builder(capacity: order.count)
        var offsets: [UInt32] = []
        offsets.reserveCapacity(order.count)
        var writer = ByteWriter(capacity: grown.gathering.chains.byteCount)
        var encoder = PostingEncoder()
        var positions = ByteWriter()
        for place in 0..<order.count {
            let number = Int(order[place].number)
            let term = grown.gathering.terms[number]
            dictionary.append(key: term.key, rest: grown.gathering.rest(of: number))
            offsets.append(UInt32(writer.count))
            if isPacked, grown.gathering.chains.count(number) >= BlockCodec.size {
                encoder.add(number, of: grown.gathering.chains, isText: term.isText)
                encoder.write(isText: term.isText, lengths: lengths, isPacked: true, to: &writer)
            } else {
                writer.write(number, of: grown.gathering.chains, isText: term.isText, &positions)
            }
        }
        self.init(
            grown.columns, grown.records.copy(), dictionary: dictionary.finish(), stems: grown.gathering.stems(order), offsets: offsets,
            postings: writer.finish())
    }
}

extension PostingEncoder {
    /// Takes in all postings of a term.
    fileprivate mutating func add(_ term: Int, of chains: borrowing PostingChains, isText: Bool) {
        var document = UInt32.max
        chains.forEachRun(of: term) { run in
            guard var place = run.baseAddress else { return }
            let end = place + run.count
            while place < end {
                document = document &+ place.varint() &+ 1
                if isText { add(document, payload: &place) } else { add(document) }
            }
        }
    }
}

extension ByteWriter {
    /// Writes a list in bytes alone: of the postings, what isn't positions, and then these, for which there is room in `positions`.
    fileprivate mutating func write(_ term: Int, of chains: borrowing PostingChains, isText: Bool, _ positions: inout ByteWriter) {
        let count = chains.count(term)
        varint(UInt32(count))
        guard isText, count > 1 else {
            chains.forEachRun(of: term) { run in if let start = run.baseAddress { copy(start, run.count) } }
            return
        }
        positions.removeAll()
        chains.forEachRun(of: term) { run in
            guard var place = run.baseAddress else { return }
            let end = place + run.count
            while place < end {
                let start = place
                place.skipVarints(1)
                let head = place.varint()
                let headline = head & 1 == 0 ? 0 : place.varint()
                appendShort(start, place - start)
                let first = place
                place.skipVarints(headline &+ BodyCount(head >> 1).count)
                positions.appendShort(first, place - first)
            }
        }
        positions.withMemory(at: 0) { copy($0, positions.count) }
    }
}
