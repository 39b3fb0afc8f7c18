/// Reads one term's list in one segment, forward; it is used for one segment after the other.
///
/// It is nothing but numbers and pointers, and used through a pointer itself, so that the innermost loops count no references:
/// whoever makes a cursor holds the segments that it is opened on, and frees it. The layout is told at `PostingEncoder`.
struct PostingCursor {
    /// How many documents have the term.
    private(set) var count = 0

    private var isText = false
    private var segmentCount = 0
    private var list: UnsafeRawPointer
    private var blocks = 0
    private var tail: UnsafeRawPointer
    private var ranks: UnsafeRawPointer
    private var bitmap: UnsafePointer<UInt64>?
    private var bodyLengths: UnsafePointer<UInt32>
    private var headlineLengths: UnsafePointer<UInt16>

    /// The block that `documents` holds; the rest counts as the last block.
    private var block = -1
    private var blockSize = 0
    /// Where the last look-up in the block ended.
    private var place = 0
    /// The block whose counts are decoded.
    private var countedBlock = -1
    /// The first block that the present window may need.
    private var windowBlock = 0
    /// Where positions were read last: in which block, and up to which of its documents.
    private var positionBlock = -1
    private var positionPlace = 0
    private var positionReader: UnaryCodec.Reader
    private var positionBytes: UnsafeRawPointer
    /// Where the positions of the rest begin, once it is decoded.
    private var tailPositions: UnsafeRawPointer

    /// What the block holds; `headlines` and `bodies` only once its counts are loaded.
    private(set) var documents: UnsafeMutablePointer<UInt32>
    private(set) var bodies: UnsafeMutablePointer<UInt32>
    private(set) var headlines: UnsafeMutablePointer<UInt32>
    private var capacity = BlockCodec.size

    private init(_ segment: Segment) {
        list = segment.postings.base
        tail = list
        ranks = list
        bodyLengths = segment.bodyLengths.base
        headlineLengths = segment.headlineLengths.base
        positionReader = UnaryCodec.Reader(list, count: 0, parameter: 0)
        positionBytes = list
        tailPositions = list
        documents = .allocate(capacity: BlockCodec.size * 3)
        bodies = documents + BlockCodec.size
        headlines = bodies + BlockCodec.size
    }

    /// A cursor for these segments, on none of them yet.
    static func make(_ segment: Segment) -> UnsafeMutablePointer<PostingCursor> {  // freed by `free`
        let cursor = UnsafeMutablePointer<PostingCursor>.allocate(capacity: 1)
        cursor.initialize(to: PostingCursor(segment))
        return cursor
    }

    static func free(_ cursor: UnsafeMutablePointer<PostingCursor>) {  // made by `make`
        cursor.pointee.deallocate()
        cursor.deallocate()
    }

    private func deallocate() { documents.deallocate() }

    /// Begins to read the list of a segment's term.
    mutating func open(_ segment: Segment, term: Int) {
        list = segment.postings.base + Int(segment.offsets[term])
        isText = segment.isText(term)
        segmentCount = segment.count
        bodyLengths = segment.bodyLengths.base
        headlineLengths = segment.headlineLengths.base
        count = Int(list.varint())
        blocks = segment.isPacked ? count / BlockCodec.size : 0
        bitmap = nil
        tail = list
        if blocks > 0 {
            let offset = blocks * PostingEncoder.skipSize
            tail = list + Int(list.loadUnaligned(fromByteOffset: offset, as: UInt32.self))
            if PostingEncoder.isDense(count, of: segmentCount) {
                ranks = list + offset + 4
                let spans = (segmentCount + PostingEncoder.rankSpan - 1) / PostingEncoder.rankSpan
                // Read unaligned, wherever it is read.
                bitmap = (ranks + spans * 4).assumingMemoryBound(to: UInt64.self)
            }
        }
        block = -1
        countedBlock = -1
        positionBlock = -1
        windowBlock = 0
        if tailCount > capacity { grow(tailCount) }
    }

    private mutating func grow(_ size: Int) {
        deallocate()
        capacity = size
        documents = .allocate(capacity: size * 3)
        bodies = documents + size
        headlines = bodies + size
    }

    // MARK: Blocks

    private var tailCount: Int { count - blocks * BlockCodec.size }
    /// How many blocks there are, the rest among them.
    var blockCount: Int { blocks + (tailCount > 0 ? 1 : 0) }

    @inline(__always)
    private func skip(_ block: Int) -> UnsafeRawPointer { list + block &* PostingEncoder.skipSize }

    /// The last document of a block; of the rest, one that is not before it.
    @inline(__always)
    private func last(_ block: Int) -> Int {
        block < blocks ? Int(skip(block).loadUnaligned(as: UInt32.self)) : segmentCount &- 1
    }

    /// The first document that a block can have.
    @inline(__always)
    private func first(_ block: Int) -> Int { block == 0 ? 0 : last(block - 1) &+ 1 }

    /// How many documents a block has.
    @inline(__always)
    func size(_ block: Int) -> Int { block < blocks ? BlockCodec.size : tailCount }

    /// An upper bound of the impacts in a block.
    @inline(__always)
    func impact(_ block: Int) -> UInt8 { block < blocks && isText ? (skip(block) + 15).load(as: UInt8.self) : 255 }

    /// The first block from `start` on that does not end before a document.
    @inline(__always)
    private func block(of document: Int, from start: Int) -> Int {
        var low = start
        var step = 1
        while low &+ step <= blocks, last(low &+ step &- 1) < document {
            low &+= step
            step &*= 2
        }
        var high = min(low &+ step, blocks)
        while low < high {
            let middle = (low &+ high) &>> 1
            if last(middle) < document { low = middle &+ 1 } else { high = middle }
        }
        return low
    }

    /// Decodes the documents of a block; answers how many.
    @inline(__always) @discardableResult
    mutating func load(_ wanted: Int) -> Int {
        if wanted != block { decode(wanted) }
        return blockSize
    }

    private mutating func decode(_ wanted: Int) {
        place = 0
        block = wanted
        guard wanted < blocks else {
            decodeTail()
            return
        }
        blockSize = BlockCodec.size
        let skip = skip(wanted)
        var before = wanted == 0 ? UInt32.max : self.skip(wanted - 1).loadUnaligned(as: UInt32.self)
        if let bitmap {
            decode(bitmap, after: before)
            return
        }
        let numbers = list + Int(skip.loadUnaligned(fromByteOffset: 4, as: UInt32.self))
        let bits = Int((skip + 12).load(as: UInt8.self))
        BlockCodec.unpack(numbers, bits: bits, to: documents)
        for place in 0..<BlockCodec.size {
            before = before &+ documents[place] &+ 1
            documents[place] = before
        }
    }

    /// The next 128 bits of the bitmap that are set.
    private mutating func decode(_ bitmap: UnsafePointer<UInt64>, after before: UInt32) {
        let words = UnsafeRawPointer(bitmap)
        let first = Int(before &+ 1)
        var word = first / 64
        var bits = words.loadUnaligned(fromByteOffset: word * 8, as: UInt64.self) & (.max << UInt64(first % 64))
        var found = 0
        while true {
            let base = UInt32(truncatingIfNeeded: word * 64)
            while bits != 0, found < BlockCodec.size {
                documents[found] = base | UInt32(truncatingIfNeeded: bits.trailingZeroBitCount)
                bits &= bits &- 1
                found += 1
            }
            if found == BlockCodec.size { return }
            word += 1
            bits = words.loadUnaligned(fromByteOffset: word * 8, as: UInt64.self)
        }
    }

    private mutating func decodeTail() {
        var bytes = tail
        var before = blocks == 0 ? UInt32.max : skip(blocks - 1).loadUnaligned(as: UInt32.self)
        blockSize = tailCount
        countedBlock = block
        for place in 0..<blockSize {
            before = before &+ bytes.varint() &+ 1
            documents[place] = before
            guard isText else { continue }
            let head = bytes.varint()
            let headline = head & 1 == 0 ? 0 : bytes.varint()
            bodies[place] = head >> 1
            headlines[place] = headline
        }
        tailPositions = bytes
    }

    /// Decodes how often the documents of a block have the word.
    @inline(__always)
    mutating func loadCounts(_ wanted: Int) {
        if wanted != countedBlock { decodeCounts(wanted) }
    }

    private mutating func decodeCounts(_ wanted: Int) {
        guard wanted < blocks else {
            decode(wanted)
            return
        }
        let skip = skip(wanted)
        var numbers = list + Int(skip.loadUnaligned(fromByteOffset: 4, as: UInt32.self))
        numbers += BlockCodec.bytes(bits: Int((skip + 12).load(as: UInt8.self)))
        let bits = Int((skip + 13).load(as: UInt8.self) & 0x7F)
        BlockCodec.unpack(numbers, bits: bits, to: bodies)
        BlockCodec.unpack(numbers + BlockCodec.bytes(bits: bits), bits: Int((skip + 14).load(as: UInt8.self) & 15), to: headlines)
        countedBlock = wanted
    }

    /// The evidence of the document at a place of the block whose counts are loaded.
    @inline(__always)
    func evidence(at place: Int, _ document: Int) -> Float {
        Impact.evidence(
            headline: headlines[place], body: bodies[place], headlineLength: UInt32(headlineLengths[document]),
            bodyLength: bodyLengths[document])
    }

    // MARK: Documents

    /// The first document from one on that may have the term; `Int.max` if there is none.
    mutating func next(from document: Int) -> Int {
        if bitmap != nil { return document < segmentCount ? document : .max }
        windowBlock = block(of: document, from: windowBlock)
        guard windowBlock < blockCount else { return .max }
        load(windowBlock)
        let place = lowerBound(documents, blockSize, UInt32(truncatingIfNeeded: document))
        return place < blockSize ? Int(documents[place]) : .max
    }

    /// Adds the documents from `base` on to a window's bits, leaving out some that are not in `mask`, which has no more than `few`.
    mutating func fill(_ base: Int, _ words: Int, few: Int, mask: UnsafePointer<UInt64>, into bits: UnsafeMutablePointer<UInt64>) {
        if let bitmap {
            let source = UnsafeRawPointer(bitmap) + base / 8
            for word in 0..<words { bits[word] |= source.loadUnaligned(fromByteOffset: word &* 8, as: UInt64.self) }
            return
        }
        let end = base &+ words &* 64
        var current = block(of: base, from: windowBlock)
        windowBlock = current
        if few < PostingCursor.searched {
            forEachBit(mask, words) { (bit) throws(Never) in
                if find(base &+ bit) != nil { bits[bit &>> 6] |= 1 &<< UInt64(bit & 63) }
            }
            return
        }
        while current < blockCount {
            let from = max(first(current), base)
            guard from < end else { return }
            let last = last(current)
            if PostingCursor.hasBits(mask, from &- base, min(last &+ 1, end) &- base) {
                load(current)
                var place = from == base ? lowerBound(documents, blockSize, UInt32(truncatingIfNeeded: base)) : 0
                while place < blockSize {
                    let bit = Int(documents[place]) &- base
                    guard bit < words &* 64 else { break }
                    bits[bit &>> 6] |= 1 &<< UInt64(bit & 63)
                    place &+= 1
                }
            }
            guard last < end &- 1 else { return }
            current &+= 1
        }
    }

    /// Adds the whole list to some bits, if it is one of bits itself. The pointer is the caller's.
    func copyBits(to bits: UnsafeMutablePointer<UInt64>) -> Bool {
        guard let bitmap else { return false }
        let source = UnsafeRawPointer(bitmap)
        for word in 0..<(segmentCount + 63) / 64 { bits[word] |= source.loadUnaligned(fromByteOffset: word &* 8, as: UInt64.self) }
        return true
    }

    /// Fewer documents of a window than this are looked up one by one.
    private static let searched = 48

    /// Whether a bit from one to before another is set.
    @inline(__always)
    private static func hasBits(_ mask: UnsafePointer<UInt64>, _ from: Int, _ end: Int) -> Bool {
        guard from < end else { return false }
        let (first, last) = (from &>> 6, (end &- 1) &>> 6)
        let head = mask[first] & (.max &<< UInt64(from & 63))
        let foot: UInt64 = .max &>> UInt64(63 &- (end &- 1) & 63)
        if first == last { return head & foot != 0 }
        if head != 0 || mask[last] & foot != 0 { return true }
        for word in first &+ 1..<last where mask[word] != 0 { return true }
        return false
    }

    /// Where a document's counts are, if it has the term: its block, and its place in the block.
    @inline(__always)
    mutating func find(_ document: Int) -> (block: Int, place: Int)? {
        if let bitmap {
            let words = UnsafeRawPointer(bitmap)
            let word = document &>> 6
            let bits = words.loadUnaligned(fromByteOffset: word &* 8, as: UInt64.self)
            guard bits &>> UInt64(document & 63) & 1 == 1 else { return nil }
            let span = document / PostingEncoder.rankSpan
            var rank = Int(ranks.loadUnaligned(fromByteOffset: span &* 4, as: UInt32.self))
            for before in span &* (PostingEncoder.rankSpan / 64)..<word {
                rank &+= words.loadUnaligned(fromByteOffset: before &* 8, as: UInt64.self).nonzeroBitCount
            }
            rank &+= (bits & ((1 &<< UInt64(document & 63)) &- 1)).nonzeroBitCount
            return rank < blocks &* BlockCodec.size ? (rank &>> 7, rank & 127) : (blocks, rank &- blocks &* BlockCodec.size)
        }
        let wanted = block >= 0 && first(block) <= document && document <= last(block) ? block : block(of: document, from: windowBlock)
        guard wanted < blockCount else { return nil }
        load(wanted)
        let target = UInt32(truncatingIfNeeded: document)
        // Most often the one that is looked for comes soon after the last one.
        var low = place < blockSize && documents[place] <= target ? place : 0
        var step = 1
        while low &+ step < blockSize, documents[low &+ step] <= target {
            low &+= step
            step &*= 2
        }
        var high = min(low &+ step, blockSize)
        while low &+ 1 < high {
            let middle = (low &+ high) &>> 1
            if documents[middle] <= target { low = middle } else { high = middle }
        }
        place = low
        return documents[low] == target ? (wanted, low) : nil
    }

    /// The largest impact that a document of a window can have, as far as the blocks say.
    mutating func impact(_ base: Int, _ words: Int) -> UInt8 {
        guard isText, blocks > 0 else { return 255 }
        var most: UInt8 = 0
        var current = block(of: base, from: windowBlock)
        windowBlock = current
        while current < blockCount, first(current) < base &+ words &* 64 {
            most = max(most, impact(current))
            current &+= 1
        }
        return most
    }

    // MARK: Positions

    /// Where the body's positions begin, so that nothing in it is near anything in the headline.
    static let bodyStart: UInt32 = 1 << 23

    /// Adds the positions of the document at a place of a block, ascending: those in the headline, then those in the body.
    mutating func positions(_ wanted: Int, _ place: Int, into positions: inout Numbers) {
        loadCounts(wanted)
        let headline = headlines[place]
        let body = bodies[place]
        positions.reserve(Int(headline &+ body))
        if positionBlock != wanted || positionPlace > place { beginPositions(wanted) }
        let passed = occurrences(positionPlace, place)
        positionPlace = place &+ 1
        if wanted < blocks {
            positionReader.skip(passed)
            add(headline, from: 0, to: &positions) { positionReader.next() }
            add(body, from: PostingCursor.bodyStart, to: &positions) { positionReader.next() }
        } else {
            positionBytes.skipVarints(UInt32(truncatingIfNeeded: passed))
            add(headline, from: 0, to: &positions) { positionBytes.varint() }
            add(body, from: PostingCursor.bodyStart, to: &positions) { positionBytes.varint() }
        }
    }

    @inline(__always)
    private func add(_ count: UInt32, from start: UInt32, to positions: inout Numbers, _ next: () -> UInt32) {
        var position = start
        let target = positions.base + positions.count
        for number in 0..<Int(count) {
            position &+= next()
            target[number] = position
        }
        positions.added(Int(count))
    }

    /// How often some documents of the block, whose counts are loaded, have the word.
    @inline(__always)
    private func occurrences(_ from: Int, _ end: Int) -> Int {
        var sum: UInt32 = 0
        for place in from..<end { sum &+= bodies[place] &+ headlines[place] }
        return Int(sum)
    }

    /// Goes to the positions of the first document of a block, whose counts are loaded.
    private mutating func beginPositions(_ wanted: Int) {
        positionBlock = wanted
        positionPlace = 0
        guard wanted < blocks else {
            positionBytes = tailPositions
            return
        }
        let skip = skip(wanted)
        let parameter = Int((skip + 14).load(as: UInt8.self) &>> 4) | Int((skip + 13).load(as: UInt8.self) &>> 7) &<< 4
        positionReader = UnaryCodec.Reader(
            list + Int(skip.loadUnaligned(fromByteOffset: 8, as: UInt32.self)), count: occurrences(0, BlockCodec.size),
            parameter: parameter)
    }

    // MARK: Copying

    /// Gives the whole list to an encoder, each document under the number that `place` says, or not where it says nil.
    mutating func copy(to encoder: inout PostingEncoder, _ place: (UInt32) -> UInt32?) {
        for block in 0..<blockCount {
            let size = load(block)
            guard isText else {
                for document in 0..<size { if let place = place(documents[document]) { encoder.add(place) } }
                continue
            }
            loadCounts(block)
            beginPositions(block)
            for document in 0..<size {
                let count = bodies[document] &+ headlines[document]
                let place = place(documents[document])
                if let place { encoder.add(place, body: bodies[document], headline: headlines[document]) }
                for _ in 0..<count {
                    let distance = block < blocks ? positionReader.next() : positionBytes.varint()
                    if place != nil { encoder.positions.append(distance) }
                }
            }
            positionBlock = -1
        }
    }
}

/// Marking all documents of a list at once. The marks are the caller's, a bit for each document of the segment.
extension PostingCursor {
    mutating func mark(in marks: UnsafeMutablePointer<UInt64>) {
        guard !copyBits(to: marks) else { return }
        for block in 0..<blockCount {
            for place in 0..<load(block) {
                let document = Int(documents[place])
                marks[document &>> 6] |= 1 &<< UInt64(document & 63)
            }
        }
    }

    /// Those that have the word in one of the texts.
    mutating func mark(in marks: UnsafeMutablePointer<UInt64>, where scope: QueryExpression.TextScope) {
        for block in 0..<blockCount {
            let size = load(block)
            loadCounts(block)
            for place in 0..<size where (scope == .headline ? headlines : bodies)[place] > 0 {
                let document = Int(documents[place])
                marks[document &>> 6] |= 1 &<< UInt64(document & 63)
            }
        }
    }
}
