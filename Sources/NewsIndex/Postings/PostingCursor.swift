/// Reads one term's list in one segment, forward; it is used for one segment after the other.
///
/// It is nothing but numbers and pointers, and used through a pointer itself, so that the innermost loops count no references:
/// whoever makes a cursor holds the segments that it is opened on, and frees it. The layout is told at `PostingEncoder`.
struct PostingCursor {
    /// How many documents have the term.
    private(set) var count = 0

    var isText = false
    var segmentCount = 0
    var list: UnsafeRawPointer
    var blocks = 0
    var tail: UnsafeRawPointer
    var ranks: UnsafeRawPointer
    var bitmap: UnsafePointer<UInt64>?
    var bodyLengths: UnsafePointer<UInt16>
    var headlineLengths: UnsafePointer<UInt16>

    /// The block that `documents` holds; the rest counts as the last block.
    var block = -1
    var blockSize = 0
    /// Where the last look-up in the block ended.
    var place = 0
    /// The block whose counts are decoded.
    var countedBlock = -1
    /// The first block that the present window may need.
    var windowBlock = 0
    /// The block whose positions are being read, how many of them were passed, and how many there are up to and with each document.
    var positionBlock = -1
    var positionsPassed = 0
    private(set) var positionEnds: UnsafeMutablePointer<UInt32>
    var positionReader: UnaryCodec.Reader
    var positionBytes: UnsafeRawPointer
    /// Where the positions of the rest begin, once it is decoded.
    var tailPositions: UnsafeRawPointer
    /// The last word of the bitmap that was looked at, and how many documents stand before it.
    var rankedWord = Int.max
    var rank = 0

    /// What the block holds; `headlines` and `bodies`, as `BodyCount` has them, only once its counts are loaded.
    private(set) var documents: UnsafeMutablePointer<UInt32>
    private(set) var bodies: UnsafeMutablePointer<UInt32>
    private(set) var headlines: UnsafeMutablePointer<UInt32>
    /// What the word adds to each of them, only once its impacts are loaded; and room for as many numbers.
    private(set) var impacts: UnsafeMutablePointer<Float>
    private(set) var lengths: UnsafeMutablePointer<Float>
    var impactBlock = -1
    var capacity = BlockCodec.size

    private init(_ segment: Segment) {
        list = segment.postings.base
        tail = list
        ranks = list
        bodyLengths = segment.bodyLengths.base
        headlineLengths = segment.headlineLengths.base
        positionReader = UnaryCodec.Reader(list, count: 0, parameter: 0)
        positionBytes = list
        tailPositions = list
        (documents, bodies, headlines, positionEnds, impacts, lengths) = PostingCursor.rows(BlockCodec.size)
    }

    private typealias Row = UnsafeMutablePointer<UInt32>  // as below
    /// Six rows in one piece of memory, which begins with the first; the cursor's until it is freed.
    private static func rows(_ size: Int) -> (Row, Row, Row, Row, UnsafeMutablePointer<Float>, UnsafeMutablePointer<Float>) {
        let memory = UnsafeMutableRawPointer.allocate(byteCount: size * 24, alignment: 16)
        let numbers = memory.bindMemory(to: UInt32.self, capacity: size * 4)
        let impacts = (memory + size * 16).bindMemory(to: Float.self, capacity: size * 2)
        return (numbers, numbers + size, numbers + size * 2, numbers + size * 3, impacts, impacts + size)
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

    private func deallocate() { UnsafeMutableRawPointer(documents).deallocate() }

    /// Begins to read the list of a segment's term.
    mutating func open(_ segment: Segment, term: Int) {
        open(segment, segment.postings.base + Int(segment.offsets[term]), isText: segment.isText(term))
    }

    /// Begins to read the list of a segment's word that begins at an offset of its postings.
    mutating func open(_ segment: Segment, wordAt offset: Int) { open(segment, segment.postings.base + offset, isText: true) }

    /// Begins to read the list of two of a segment's words that stand side by side.
    mutating func open(_ segment: Segment, pair: Int) { open(segment, segment.pairs.list(pair), isText: false) }

    private mutating func open(_ segment: Segment, _ start: UnsafeRawPointer, isText: Bool) {  // the segment's, which is held
        list = start
        self.isText = isText
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
        impactBlock = -1
        rankedWord = .max
        windowBlock = 0
        if tailCount > capacity { grow(tailCount) }
    }

    private mutating func grow(_ size: Int) {
        deallocate()
        capacity = size
        (documents, bodies, headlines, positionEnds, impacts, lengths) = PostingCursor.rows(size)
    }

    // MARK: Blocks

    var tailCount: Int { count - blocks * BlockCodec.size }
    /// How many blocks there are, the rest among them.
    var blockCount: Int { blocks + (tailCount > 0 ? 1 : 0) }

    @inline(__always)
    func skip(_ block: Int) -> UnsafeRawPointer { list + block &* PostingEncoder.skipSize }

    /// The last document of a block; of the rest, one that is not before it.
    @inline(__always)
    func last(_ block: Int) -> Int {
        block < blocks ? Int(skip(block).loadUnaligned(as: UInt32.self)) : segmentCount &- 1
    }

    /// The first document that a block can have.
    @inline(__always)
    func first(_ block: Int) -> Int { block == 0 ? 0 : last(block - 1) &+ 1 }

    /// How many documents a block has.
    @inline(__always)
    func size(_ block: Int) -> Int { block < blocks ? BlockCodec.size : tailCount }

    /// An upper bound of the impacts in a block.
    @inline(__always)
    func impact(_ block: Int) -> UInt8 { block < blocks && isText ? (skip(block) + 15).load(as: UInt8.self) : 255 }

    /// The first block from `start` on that does not end before a document.
    @inline(__always)
    func block(of document: Int, from start: Int) -> Int {
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
        let before = wanted == 0 ? UInt32.max : self.skip(wanted - 1).loadUnaligned(as: UInt32.self)
        if let bitmap {
            decode(bitmap, after: before)
            return
        }
        let numbers = list + Int(skip.loadUnaligned(fromByteOffset: 4, as: UInt32.self))
        let bits = Int((skip + 12).load(as: UInt8.self))
        BlockCodec.unpackSums(numbers, bits: bits, after: before, to: documents)
    }

    /// The next 128 bits of the bitmap that are set.
    private mutating func decode(_ bitmap: UnsafePointer<UInt64>, after before: UInt32) {
        let words = UnsafeRawPointer(bitmap)
        let first = Int(before &+ 1)
        let documents = documents
        var word = first / 64
        var bits = words.loadUnaligned(fromByteOffset: word &* 8, as: UInt64.self) & (.max &<< UInt64(first & 63))
        var found = 0
        while true {
            let base = UInt32(truncatingIfNeeded: word &* 64)
            let end = min(found &+ bits.nonzeroBitCount, BlockCodec.size)
            while found < end {
                documents[found] = base | UInt32(truncatingIfNeeded: bits.trailingZeroBitCount)
                bits &= bits &- 1
                found &+= 1
            }
            if found == BlockCodec.size { return }
            word &+= 1
            bits = words.loadUnaligned(fromByteOffset: word &* 8, as: UInt64.self)
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
}
