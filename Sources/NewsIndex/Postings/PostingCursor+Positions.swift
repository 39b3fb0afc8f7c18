/// Where a document has the word, in one of its texts: ascending, counted from a base. The memory is the cursor's, and three numbers
/// after the last may be read.
struct PositionRun {
    let base: UInt32
    let sums: UnsafeBufferPointer<UInt32>

    /// The places in the text.
    var positions: some Sequence<UInt32> { sums.lazy.map { [base] in $0 &- base } }
}

/// Where documents have the word.
extension PostingCursor {
    /// Decodes the positions of the document at a place of a block, in the headline and in the body, until the next call.
    ///
    /// - Parameter whole: whether most documents of the block will be asked for: then all are decoded at once, which is cheaper than
    ///   to pass over the others.
    @inline(__always)
    mutating func positions(_ wanted: Int, _ place: Int, whole: Bool) -> (headline: PositionRun, body: PositionRun) {
        loadCounts(wanted)
        let start: Int
        if wanted != rowBlock, !whole {
            start = decodePositions(wanted, place)
        } else {
            if wanted != rowBlock { decodePositions(wanted) }
            start = 0
        }
        let first = positionStart(place) &- start
        let middle = first &+ Int(headlines[place])
        let end = Int(positionEnds[place]) &- start
        let row = UnsafePointer(positionRow)
        return (
            PositionRun(base: first == 0 ? 0 : row[first &- 1], sums: UnsafeBufferPointer(start: row + first, count: middle &- first)),
            PositionRun(base: middle == 0 ? 0 : row[middle &- 1], sums: UnsafeBufferPointer(start: row + middle, count: end &- middle))
        )
    }

    /// How many positions the documents of the block before one have.
    @inline(__always)
    private func positionStart(_ place: Int) -> Int { place == 0 ? 0 : Int(positionEnds[place &- 1]) }

    /// Decodes those of one document; answers how many stand before the first that is decoded.
    private mutating func decodePositions(_ wanted: Int, _ place: Int) -> Int {
        if positionBlock != wanted || positionStart(place) < positionsPassed { beginPositions(wanted) }
        let (start, end) = (positionStart(place), Int(positionEnds[place]))
        reserveRow(end - start)
        var sum: UInt32 = 0
        if wanted < blocks {
            var reader = positionReader
            reader.skip(start - positionsPassed)
            for number in 0..<end - start {
                sum &+= reader.next()
                positionRow[number] = sum
            }
            positionReader = reader
        } else {
            positionBytes.skipVarints(UInt32(truncatingIfNeeded: start - positionsPassed))
            PostingCursor.decodeSums(&positionBytes, end - start, into: positionRow)
        }
        rowBlock = -1
        positionsPassed = end
        return start
    }

    /// Decodes those of all documents of a block.
    private mutating func decodePositions(_ wanted: Int) {
        beginPositions(wanted)
        let count = Int(positionEnds[size(wanted) - 1])
        reserveRow(count)
        if wanted < blocks {
            let (numbers, parameter) = positionNumbers(wanted)
            UnaryCodec.decodeSums(numbers, count, parameter: parameter, into: positionRow)
        } else {
            var bytes = positionBytes
            PostingCursor.decodeSums(&bytes, count, into: positionRow)
        }
        rowBlock = wanted
    }

    private static func decodeSums(_ bytes: inout UnsafeRawPointer, _ count: Int, into sums: UnsafeMutablePointer<UInt32>) {
        var sum: UInt32 = 0
        for number in 0..<count {
            sum &+= bytes.varint()
            sums[number] = sum
        }
    }

    /// Goes to the positions of the first document of a block, whose counts are loaded.
    mutating func beginPositions(_ wanted: Int) {
        positionBlock = wanted
        positionsPassed = 0
        rowBlock = -1
        var sum: UInt32 = 0
        for place in 0..<size(wanted) {
            sum &+= BodyCount(bodies[place]).count &+ headlines[place]
            positionEnds[place] = sum
        }
        if wanted < blocks {
            let (numbers, parameter) = positionNumbers(wanted)
            positionReader = UnaryCodec.Reader(numbers, count: Int(sum), parameter: parameter)
        } else {
            positionBytes = tailPositions
        }
    }

    /// Where the positions of a full block stand, and how they are coded.
    private func positionNumbers(_ block: Int) -> (UnsafeRawPointer, parameter: Int) {
        let skip = skip(block)
        return (
            list + Int(skip.loadUnaligned(fromByteOffset: 8, as: UInt32.self)),
            Int((skip + 14).load(as: UInt8.self) &>> 4) | Int((skip + 13).load(as: UInt8.self) &>> 7) &<< 4
        )
    }
}
