/// Where a document has the word: first in the headline, then in the body, ascending. Documents are asked for forward.
extension PostingCursor {
    /// Where the body's positions begin, so that nothing in it is near anything in the headline.
    static let bodyStart: UInt32 = 1 << 23

    /// Adds the positions of the document at a place of a block.
    mutating func positions(_ wanted: Int, _ place: Int, into positions: inout Numbers) {
        goToPositions(wanted, place)
        let (headline, body) = (headlines[place], BodyCount(bodies[place]).count)
        let count = Int(headline &+ body)
        positions.reserve(count)
        var target = positions.base + positions.count
        read(headline, body) { position in
            target.pointee = position
            target += 1
            return true
        }
        positions.added(count)
    }

    /// Keeps those of some positions, ascending, from which the document has the word so far away; answers how many. What stands behind the
    /// last of them is not read. The pointer is the caller's.
    mutating func keep(
        _ starts: UnsafeMutablePointer<UInt32>, _ count: Int, followedAt offset: UInt32, _ wanted: Int, _ place: Int
    ) -> Int {
        goToPositions(wanted, place)
        var (start, kept) = (starts, starts)
        let end = starts + count
        var sought = start.pointee &+ offset
        read(headlines[place], BodyCount(bodies[place]).count) { position in
            while sought <= position {
                kept.pointee = start.pointee
                kept += sought == position ? 1 : 0
                start += 1
                guard start < end else { return false }
                sought = start.pointee &+ offset
            }
            return true
        }
        return kept - starts
    }

    /// Calls `visit` with the positions of the document whose first is the next, as long as it wants to go on.
    @inline(__always)
    private mutating func read(_ headline: UInt32, _ body: UInt32, _ visit: (UInt32) -> Bool) {
        if positionBlock < blocks {
            var reader = positionReader
            positionsRead = PostingCursor.read(headline, body, visit) { reader.next() }
            positionReader = reader
        } else {
            var bytes = positionBytes
            positionsRead = PostingCursor.read(headline, body, visit) { bytes.varint() }
            positionBytes = bytes
        }
    }

    /// Answers how many were read.
    @inline(__always)
    private static func read(_ headline: UInt32, _ body: UInt32, _ visit: (UInt32) -> Bool, _ next: () -> UInt32) -> UInt32 {
        let all = headline &+ body
        var position = headline == 0 ? bodyStart : 0
        var number: UInt32 = 0
        while number < all {
            if number == headline { position = bodyStart }
            position &+= next()
            number &+= 1
            guard visit(position) else { break }
        }
        return number
    }

    /// Goes to the positions of the document at a place of a block.
    private mutating func goToPositions(_ wanted: Int, _ place: Int) {
        loadCounts(wanted)
        if positionBlock != wanted || place < positionPlace || place == positionPlace && positionsRead > 0 { beginPositions(wanted) }
        let passed = positionCount(positionPlace, place) &- positionsRead
        positionPlace = place
        positionsRead = 0
        guard passed > 0 else { return }
        if wanted < blocks { positionReader.skip(Int(passed)) } else { positionBytes.skipVarints(passed) }
    }

    /// How many positions the documents at some places of the block have, whose counts are loaded.
    @inline(__always)
    private func positionCount(_ from: Int, _ end: Int) -> UInt32 {
        var sum: UInt32 = 0
        var place = from
        while place < end {
            sum &+= BodyCount(bodies[place]).count &+ headlines[place]
            place &+= 1
        }
        return sum
    }

    /// Goes to the positions of the first document of a block, whose counts are loaded.
    mutating func beginPositions(_ wanted: Int) {
        positionBlock = wanted
        positionPlace = 0
        positionsRead = 0
        guard wanted < blocks else {
            positionBytes = tailPositions
            return
        }
        let skip = skip(wanted)
        let parameter = Int((skip + 14).load(as: UInt8.self) &>> 4) | Int((skip + 13).load(as: UInt8.self) &>> 7) &<< 4
        positionReader = UnaryCodec.Reader(
            list + Int(skip.loadUnaligned(fromByteOffset: 8, as: UInt32.self)), count: Int(positionCount(0, BlockCodec.size)),
            parameter: parameter)
    }
}
