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
        segment.sequences[document] <= sequence && (deaths.isEmpty || deaths.isAlive(document, at: sequence))
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

    func end(of document: Int) -> UInt64? {
        guard !bits.isEmpty, bits[document / 64] >> UInt64(document % 64) & 1 == 1 else { return nil }
        return ends[UInt32(document)]
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
        inputs = views.map(\.segment)
        var articles: [StoredArticle] = []
        var serials: [UInt64] = []
        var sequences: [UInt64] = []
        // Where each input's documents go; nil for those left behind.
        let places: [[UInt32]] = views.map { view in
            (0..<view.segment.count).map { document in
                if let end = view.deaths.end(of: document), end < horizon { return .max }
                articles.append(view.segment.articles[document])
                serials.append(view.segment.serials[document])
                sequences.append(view.segment.sequences[document])
                return UInt32(articles.count - 1)
            }
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

        // A k-way merge of the ordered dictionaries; k is small, so the least head is found by looking at all.
        var heads = [Int](repeating: 0, count: inputs.count)
        while true {
            var least: Int?
            for input in inputs.indices where heads[input] < inputs[input].termCount {
                guard let best = least else {
                    least = input
                    continue
                }
                if Merge.precedes(inputs[input], heads[input], inputs[best], heads[best]) { least = input }
            }
            guard let least else { break }
            let (source, term) = (inputs[least], heads[least])
            let before = postings.count
            for input in inputs.indices.dropFirst(least) where heads[input] < inputs[input].termCount {
                guard inputs[input].hashes[heads[input]] == source.hashes[term],
                    input == least || inputs[input].bytes(ofTerm: heads[input]) == source.bytes(ofTerm: term)
                else { continue }
                for posting in inputs[input].postings(ofTerm: heads[input]) {
                    let place = places[input][Int(inputs[input].postings[posting])]
                    if place != .max { postings.append(place) }
                }
                heads[input] += 1
            }
            guard postings.count > before else { continue }
            hashes.append(source.hashes[term])
            blob.append(contentsOf: source.bytes(ofTerm: term))
            termEnds.append(UInt32(blob.count))
            postingEnds.append(UInt32(postings.count))
        }
        output = Segment(
            articles: articles, serials: serials, dictionary: (hashes, termEnds, blob), postings: (postingEnds, postings),
            sequences: sequences)
    }

    private static func precedes(_ a: Segment, _ termA: Int, _ b: Segment, _ termB: Int) -> Bool {
        let (hashA, hashB) = (a.hashes[termA], b.hashes[termB])
        return hashA != hashB ? hashA < hashB : a.bytes(ofTerm: termA).lexicographicallyPrecedes(b.bytes(ofTerm: termB))
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
                    let place = output.document(serial: view.segment.serials[document])
                else { continue }
                merged.end(place, at: end)
            }
        }
        views.replaceSubrange(first..<first + inputs.count, with: output.count == 0 ? [] : [merged])
        return true
    }
}
