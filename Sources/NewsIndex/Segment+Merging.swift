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

    /// All that are gone, with the sequence numbers since when.
    var all: [(document: Int, sequence: UInt64)] { ends.map { (Int($0.key), $0.value) } }

    /// The bits of 64 documents, set where one is gone; there is at least one.
    @inline(__always)
    func bits(_ word: Int) -> UInt64 { bits[word] }

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

/// Several neighbouring segments becoming one; or a single one, to which something is added.
///
/// The work depends on immutable segments alone, so that it can run beside the writer; documents that end meanwhile
/// are carried over when the result is put in place.
struct Merge: Sendable {
    let inputs: [Segment]
    let output: Segment

    /// Documents that were gone before `horizon` are left behind.
    ///
    /// - Parameters:
    ///   - codes: whether the articles' texts are put in codes.
    ///   - pairsFrom: of so many documents on, the result lists the frequent pairs of words.
    init(_ views: [SegmentView], horizon: UInt64, codes: TextCodes, pairsFrom: Int) {
        let inputs = views.map(\.segment)
        // Texts that were read with a checkpoint are in one piece of memory with all else, which would stay for what is not made anew.
        if let only = views.first, views.count == 1, only.deaths.isEmpty,
            only.segment.records.table != nil || only.segment.records.bytes.isOwner
        {
            self.inputs = inputs
            output = only.segment.with(codes, pairs: only.segment.count >= pairsFrom)
            return
        }
        var columns = DocumentColumns()
        /// The documents that stay, as neighbours.
        var kept: [(segment: Segment, documents: Range<Int>)] = []
        let places: [MergedTerms.Places] = views.map { view in
            let segment = view.segment
            guard !view.deaths.isEmpty else {
                defer {
                    columns.append(segment, 0..<segment.count)
                    kept.append((segment, 0..<segment.count))
                }
                return .from(UInt32(columns.count))
            }
            return .each(
                (0..<segment.count).map { document in
                    if let end = view.deaths.end(of: document), end < horizon { return .max }
                    columns.append(segment, document..<document + 1)
                    kept.append((segment, document..<document + 1))
                    return UInt32(columns.count - 1)
                })
        }
        let terms = MergedTerms(inputs, places, columns)
        var records = ArticleRecords.Builder(codes.table(for: inputs), capacity: inputs.reduce(0) { $0 + $1.records.byteCount })
        for (segment, documents) in kept { records.append(segment, documents) }
        self.inputs = inputs
        let merged = Segment(
            columns, records.finish(), dictionary: terms.dictionary, stems: terms.stems, offsets: terms.offsets, postings: terms.postings)
        output = merged.with(.none, pairs: merged.count >= pairsFrom)
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

/// The terms of several segments as one, with their postings.
private struct MergedTerms {
    let dictionary: TermDictionary
    let stems: StemTable
    let offsets: [UInt32]
    let postings: ByteStore

    /// - Parameters:
    ///   - places: where the documents of each input go.
    ///   - columns: those of what the inputs become.
    init(_ inputs: [Segment], _ places: [Places], _ columns: DocumentColumns) {
        let isPacked = Segment.isPacked(columns.count)
        let lengths = TextLengths(columns)
        let keepsAll = places.allSatisfy { if case .from = $0 { true } else { false } }
        let size = inputs.reduce(0) { $0 + $1.termCount }
        var dictionary = TermDictionary.Builder(capacity: size)
        var offsets: [UInt32] = []
        offsets.reserveCapacity(size)
        var writer = ByteWriter(capacity: inputs.reduce(0) { $0 + $1.postings.count })
        var encoder = PostingEncoder()
        // Freed at the end.
        let cursor = PostingCursor.make(inputs[0])
        defer { PostingCursor.free(cursor) }

        // The numbers that the inputs' terms have in the output.
        let hasStems = inputs.contains { $0.stems.count > 0 }
        var numbers = inputs.map { [UInt32](repeating: .max, count: hasStems ? $0.termCount : 0) }
        let lists = inputs.map(Lists.init)
        /// Where the positions of a term stand in the inputs, one after the other.
        var positions: [UnsafeRawBufferPointer] = []
        // A k-way merge of the ordered dictionaries; k is small, so the least head is found by looking at all.
        var heads = Heads(inputs)
        while heads.next() {
            let (first, isText) = (heads.standing[0], heads.isText)
            let start = writer.count
            var (count, isInBlocks) = (0, false)
            for input in heads.standing {
                let documents = lists[input].documentCount(heads.places[input])
                count += documents
                isInBlocks = isInBlocks || (inputs[input].isPacked && documents >= BlockCodec.size)
            }
            if keepsAll, !isInBlocks, !isPacked || count < BlockCodec.size {
                writer.varint(UInt32(count))
                var before = UInt32.max
                positions.removeAll(keepingCapacity: true)
                for input in heads.standing {
                    guard case .from(let base) = places[input] else { continue }
                    positions.append(
                        lists[input].copyDocuments(heads.places[input], isText: isText, from: base, after: &before, to: &writer))
                }
                for run in positions { if let start = run.baseAddress { writer.copy(start, run.count) } }
            } else {
                for input in heads.standing {
                    cursor.pointee.open(inputs[input], term: heads.places[input])
                    cursor.pointee.copy(to: &encoder) { places[input].place(of: $0) }
                }
                guard encoder.documents.count > 0 else { continue }
                encoder.write(isText: isText, lengths: lengths, isPacked: isPacked, to: &writer)
            }
            let source = inputs[first].dictionary
            dictionary.append(key: source.key(heads.places[first]), rest: source.rest(heads.places[first]))
            if hasStems { for input in heads.standing { numbers[input][heads.places[input]] = UInt32(offsets.count) } }
            offsets.append(UInt32(start))
        }
        self.dictionary = dictionary.finish()
        stems = StemTable(merging: inputs.map(\.stems), numbers)
        self.offsets = offsets
        postings = writer.finish()
    }

    /// Where the documents of one input go.
    enum Places {
        /// All of them, one after the other from here on.
        case from(UInt32)
        /// Each to its own place, or away where that is the largest number.
        case each([UInt32])

        @inline(__always)
        func place(of document: UInt32) -> UInt32? {
            switch self {
            case .from(let first): return first + document
            case .each(let places):
                let place = places[Int(document)]
                return place == .max ? nil : place
            }
        }
    }

    /// The next terms of several dictionaries.
    private struct Heads {
        private let dictionaries: [TermDictionary]
        /// The present term of each input.
        private(set) var places: [Int]
        private var keys: [UInt64]
        private var isAtEnd: [Bool]
        /// The inputs that have the least term.
        private(set) var standing: [Int] = []

        init(_ inputs: [Segment]) {
            dictionaries = inputs.map(\.dictionary)
            places = inputs.map { _ in 0 }
            keys = dictionaries.map { $0.count > 0 ? $0.key(0) : .max }
            isAtEnd = dictionaries.map { $0.count == 0 }
        }

        var isText: Bool { dictionaries[standing[0]].isText(places[standing[0]]) }

        /// Goes on to the next term; false if there is none.
        mutating func next() -> Bool {
            for input in standing {
                places[input] += 1
                if places[input] < dictionaries[input].count {
                    keys[input] = dictionaries[input].key(places[input])
                } else {
                    (keys[input], isAtEnd[input]) = (.max, true)
                }
            }
            standing.removeAll(keepingCapacity: true)
            var least = UInt64.max
            for input in keys.indices {
                if isAtEnd[input] || keys[input] > least { continue }
                if keys[input] < least { standing.removeAll(keepingCapacity: true) }
                least = keys[input]
                guard let other = standing.first else {
                    standing.append(input)
                    continue
                }
                // The same first eight bytes: the rest decides.
                let (mine, theirs) = (dictionaries[input].rest(places[input]), dictionaries[other].rest(places[other]))
                if TermDictionary.isSame(mine, theirs) {
                    standing.append(input)
                } else if TermDictionary.isBelow(mine, theirs) {
                    standing = [input]
                }
            }
            return !standing.isEmpty
        }
    }
}

/// The lists of a segment that is being merged, whose beginnings are at hand, since all are read in turn.
private struct Lists {
    private let segment: Segment
    /// Where each list begins in the postings, and where they end.
    private let starts: [UInt32]

    init(_ segment: Segment) {
        self.segment = segment
        var starts: [UInt32] = []
        starts.reserveCapacity(segment.termCount + 1)
        segment.offsets.forEach(in: 0..<segment.termCount) { starts.append(UInt32(truncatingIfNeeded: $0)) }
        starts.append(UInt32(segment.postings.count))
        self.starts = starts
    }

    @inline(__always)
    func documentCount(_ term: Int) -> Int {
        var list = segment.postings.base + Int(starts[term])
        return Int(list.varint())
    }

    /// Copies the documents of a list that is in bytes alone; only the distance to the first becomes another. Answers where its positions
    /// stand, which are the segment's.
    func copyDocuments(
        _ term: Int, isText: Bool, from base: UInt32, after before: inout UInt32, to writer: inout ByteWriter
    ) -> UnsafeRawBufferPointer {
        var list = segment.postings.base + Int(starts[term])
        let count = list.varint()
        let first = list.varint()
        let rest = list
        var document = first
        for place in 0..<count {
            if place > 0 { document = document &+ list.varint() &+ 1 }
            if isText, list.varint() & 1 == 1 { _ = list.varint() }
        }
        writer.varint(base &+ first &- before &- 1)
        writer.copy(rest, list - rest)
        before = base &+ document
        return UnsafeRawBufferPointer(start: list, count: segment.postings.base + Int(starts[term + 1]) - list)
    }
}
