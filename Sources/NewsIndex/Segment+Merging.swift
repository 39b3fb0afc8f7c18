/// A segment as a snapshot sees it: with the documents that were replaced or withdrawn since it was built.
struct SegmentView: Sendable {
    let segment: Segment
    private(set) var deaths = Deaths()

    /// Marks a document as gone from that sequence number on.
    mutating func end(_ document: Int, at sequence: UInt64) {
        deaths.add(document, at: sequence, of: segment.count)
    }

    /// Whether the document is part of the index as it was at that sequence number.
    @inline(__always)
    func isVisible(_ document: Int, at sequence: UInt64) -> Bool {
        segment.columns.sequences[document] <= sequence && (deaths.isEmpty || deaths.isAlive(document, at: sequence))
    }
}

/// Which documents of a segment are gone, and since when.
struct Deaths: Sendable {
    private var bits: [UInt64] = []
    private var ends: [UInt32: UInt64] = [:]

    var isEmpty: Bool { ends.isEmpty }
    var count: Int { ends.count }

    mutating func add(_ document: Int, at sequence: UInt64, of count: Int) {
        if bits.isEmpty { bits = [UInt64](repeating: 0, count: (count + 63) / 64) }
        bits[document / 64] |= 1 << UInt64(document % 64)
        ends[UInt32(document)] = sequence
    }

    @inline(__always)
    func isLive(_ document: Int) -> Bool { bits.isEmpty || bits[document / 64] >> UInt64(document % 64) & 1 == 0 }

    func end(of document: Int) -> UInt64? {
        isLive(document) ? nil : ends[UInt32(document)]
    }

    @inline(__always)
    func isAlive(_ document: Int, at sequence: UInt64) -> Bool {
        guard let end = end(of: document) else { return true }
        return end > sequence
    }
}

/// Several neighbouring segments becoming one.
///
/// The work depends on immutable segments alone, so that it can run beside the writer; documents that end meanwhile
/// are carried over when the result is put in place.
struct Merge: Sendable {
    let inputs: [Segment]
    let output: Segment

    /// Documents that were gone before `horizon` are left behind.
    init(_ views: [SegmentView], horizon: UInt64) {
        let inputs = views.map(\.segment)
        var columns = DocumentColumns()
        let places: [Places] = views.map { view in
            let segment = view.segment
            guard !view.deaths.isEmpty else {
                defer { columns.append(segment.columns) }
                return .from(UInt32(columns.count))
            }
            return .each(
                (0..<segment.count).map { document in
                    if let end = view.deaths.end(of: document), end < horizon { return .max }
                    columns.append(segment.columns, at: document)
                    return UInt32(columns.count - 1)
                })
        }
        let dictionarySize = inputs.reduce(0) { $0 + $1.termCount }
        var hashes: [UInt64] = []
        var termEnds: [UInt32] = []
        var blob: [UInt8] = []
        var postingEnds: [UInt32] = []
        var postings: [UInt32] = []
        hashes.reserveCapacity(dictionarySize)
        termEnds.reserveCapacity(dictionarySize)
        postingEnds.reserveCapacity(dictionarySize)
        blob.reserveCapacity(inputs.reduce(0) { $0 + $1.blob.count })
        postings.reserveCapacity(inputs.reduce(0) { $0 + $1.postings.count })

        // A k-way merge of the ordered dictionaries; k is small, so the least head is found by looking at all. The heads'
        // hashes stand side by side, since going through a segment for each would cost more than comparing.
        var heads = [Int](repeating: 0, count: inputs.count)
        var hashesAtHeads = inputs.map { $0.hashes.first }
        while let hash = hashesAtHeads.lazy.compactMap({ $0 }).min() {
            var standing = inputs.indices.filter { hashesAtHeads[$0] == hash }
            if standing.count > 1 {
                // Different terms can have one hash; then they are in the order of their bytes.
                let least = standing.map { inputs[$0].bytes(ofTerm: heads[$0]) }.min { $0.lexicographicallyPrecedes($1) }
                standing.removeAll { inputs[$0].bytes(ofTerm: heads[$0]) != least }
            }
            let before = postings.count
            for input in standing {
                let segment = inputs[input]
                places[input].append(segment.postings[segment.postings(ofTerm: heads[input])], to: &postings)
            }
            if postings.count > before {
                hashes.append(hash)
                blob.append(contentsOf: inputs[standing[0]].bytes(ofTerm: heads[standing[0]]))
                termEnds.append(UInt32(blob.count))
                postingEnds.append(UInt32(postings.count))
            }
            for input in standing {
                heads[input] += 1
                hashesAtHeads[input] = heads[input] < inputs[input].termCount ? inputs[input].hashes[heads[input]] : nil
            }
        }
        self.inputs = inputs
        output = Segment(columns, dictionary: (hashes, termEnds, blob), postings: (postingEnds, postings))
    }

    /// Where the documents of one input go.
    private enum Places {
        /// All of them, one after the other from here on.
        case from(UInt32)
        /// Each to its own place, or away where that is the largest number.
        case each([UInt32])

        func append(_ documents: ArraySlice<UInt32>, to postings: inout [UInt32]) {
            switch self {
            case .from(let first): for document in documents { postings.append(first + document) }
            case .each(let places):
                for document in documents where places[Int(document)] != .max { postings.append(places[Int(document)]) }
            }
        }
    }

    /// Puts the result in the place of the inputs, with the documents that have ended since; false if the inputs are
    /// not all there any more.
    func apply(to views: inout [SegmentView]) -> Bool {
        guard let first = views.firstIndex(where: { $0.segment === inputs[0] }), first + inputs.count <= views.count,
            zip(views[first...], inputs).allSatisfy({ $0.segment === $1 })
        else { return false }
        var merged = SegmentView(segment: output)
        for view in views[first..<first + inputs.count] where !view.deaths.isEmpty {
            for document in 0..<view.segment.count {
                guard let end = view.deaths.end(of: document),
                    let place = output.document(serial: view.segment.columns.serials[document])
                else { continue }
                merged.end(place, at: end)
            }
        }
        views.replaceSubrange(first..<first + inputs.count, with: output.count == 0 ? [] : [merged])
        return true
    }
}
