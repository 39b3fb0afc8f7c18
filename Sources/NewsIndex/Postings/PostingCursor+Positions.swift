/// Where a document has the word: first in the headline, then in the body, ascending. Documents are asked for forward.
extension PostingCursor {
    /// Where the body's positions begin, so that nothing in it is near anything in the headline.
    static let bodyStart: UInt32 = 1 << 23

    /// Adds the positions of the document at a place of a block.
    mutating func positions(_ wanted: Int, _ place: Int, into positions: inout Numbers) {
        loadCounts(wanted)
        if positionBlock != wanted || positionStarts[place] < positionsRead { beginPositions(wanted) }
        // What the documents between have.
        let passed = Int(positionStarts[place] &- positionsRead)
        let headline = headlines[place]
        let body = BodyCount(bodies[place]).count
        let count = Int(headline &+ body)
        positionsRead = positionStarts[place] &+ headline &+ body
        positions.reserve(count)
        let target = positions.base + positions.count
        if wanted < blocks {
            var reader = positionReader
            if passed > 0 { reader.skip(passed) }
            PostingCursor.add(headline, from: 0, to: target) { reader.next() }
            PostingCursor.add(body, from: PostingCursor.bodyStart, to: target + Int(headline)) { reader.next() }
            positionReader = reader
        } else {
            var bytes = positionBytes
            bytes.skipVarints(UInt32(truncatingIfNeeded: passed))
            PostingCursor.add(headline, from: 0, to: target) { bytes.varint() }
            PostingCursor.add(body, from: PostingCursor.bodyStart, to: target + Int(headline)) { bytes.varint() }
            positionBytes = bytes
        }
        positions.added(count)
    }

    /// Writes so many positions, of which each distance is told. The target is the caller's.
    @inline(__always)
    private static func add(_ count: UInt32, from start: UInt32, to target: UnsafeMutablePointer<UInt32>, _ next: () -> UInt32) {
        var position = start
        for number in 0..<Int(count) {
            position &+= next()
            target[number] = position
        }
    }

    /// Goes to the positions of the first document of a block, whose counts are loaded.
    mutating func beginPositions(_ wanted: Int) {
        positionBlock = wanted
        positionsRead = 0
        var sum: UInt32 = 0
        for place in 0..<size(wanted) {
            positionStarts[place] = sum
            sum &+= BodyCount(bodies[place]).count &+ headlines[place]
        }
        guard wanted < blocks else {
            positionBytes = tailPositions
            return
        }
        let skip = skip(wanted)
        let parameter = Int((skip + 14).load(as: UInt8.self) &>> 4) | Int((skip + 13).load(as: UInt8.self) &>> 7) &<< 4
        positionReader = UnaryCodec.Reader(
            list + Int(skip.loadUnaligned(fromByteOffset: 8, as: UInt32.self)), count: Int(sum), parameter: parameter)
    }
}
