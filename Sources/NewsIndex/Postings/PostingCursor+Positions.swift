/// Where a document has the word, in one of its texts: ascending, counted from a base. The memory is whose it says, and three numbers
/// after the last may be read.
struct PositionRun {
    let base: UInt32
    let sums: UnsafePointer<UInt32>
    let count: Int

    /// A place in the text.
    @inline(__always)
    subscript(_ number: Int) -> UInt32 { sums[number] &- base }
}

/// Where documents of a window have a word, one document after the other.
struct PositionRuns: ~Copyable {
    /// Sums of distances; the one before a run is its base.
    fileprivate var row = Numbers(capacity: 4_096)
    /// For each document where those of its headline begin, those of its body begin, and these end. Freed with the runs.
    fileprivate let bounds = UnsafeMutablePointer<(first: UInt32, middle: UInt32, end: UInt32)>.allocate(capacity: Window.size)

    deinit { bounds.deallocate() }

    @inline(__always)
    func headline(_ number: Int) -> PositionRun { run(bounds[number].first, bounds[number].middle) }
    @inline(__always)
    func body(_ number: Int) -> PositionRun { run(bounds[number].middle, bounds[number].end) }

    @inline(__always)
    private func run(_ first: UInt32, _ end: UInt32) -> PositionRun {
        let sums = row.base + Int(first)
        return PositionRun(base: sums[-1], sums: sums, count: Int(end &- first))
    }
}

/// Where documents have the word.
extension PostingCursor {
    /// Finds where some documents of a window, ascending, have the word; all have it. Where most documents of a block are among them, it
    /// is decoded as a whole, which is cheaper than to pass over the others. The pointer is the caller's.
    mutating func collectPositions(_ wanted: UnsafePointer<UInt32>, _ count: Int, into runs: inout PositionRuns) {
        runs.row.removeAll()
        let bounds = runs.bounds
        var next = 0
        var current = 0
        while next < count {
            current = block(of: Int(wanted[next]), from: current)
            guard current < blockCount else { return }
            let size = size(current)
            loadCounts(current)
            let headlines = headlines
            let until = wantedEnd(wanted, next, count, current)
            guard (until - next) * 4 > size else {
                while next < until {
                    guard let found = find(Int(wanted[next])) else { return }
                    let first = UInt32(truncatingIfNeeded: runs.row.count + 1)
                    decodePositions(current, found.place, into: &runs.row)
                    bounds[next] = (first, first &+ headlines[found.place], UInt32(truncatingIfNeeded: runs.row.count))
                    next &+= 1
                }
                continue
            }
            load(current)
            let documents = documents
            var place = 0
            let start = UInt32(truncatingIfNeeded: decodePositions(current, into: &runs.row))
            let ends = positionEnds
            while next < until {
                let document = wanted[next]
                while documents[place] < document { place &+= 1 }
                let first = start &+ (place == 0 ? 0 : ends[place &- 1])
                bounds[next] = (first, first &+ headlines[place], start &+ ends[place])
                next &+= 1
            }
        }
    }

    /// Where the documents of a block end among some.
    private func wantedEnd(_ wanted: UnsafePointer<UInt32>, _ next: Int, _ count: Int, _ block: Int) -> Int {
        let last = last(block)
        return last < wanted[count - 1] ? next + lowerBound(wanted + next, count - next, UInt32(truncatingIfNeeded: last + 1)) : count
    }

    /// Calls `visit` with the positions of the document at a place of a block: in the headline, then in the body.
    mutating func forEachPosition(_ wanted: Int, _ place: Int, _ visit: (_ isInBody: Bool, _ position: UInt32) -> Void) {
        var row = Numbers()
        loadCounts(wanted)
        decodePositions(wanted, place, into: &row)
        let headline = Int(headlines[place])
        let middle = row.base[headline]
        for number in 1..<row.count { visit(number > headline, row.base[number] &- (number > headline ? middle : 0)) }
    }

    /// How many positions the documents of the block before one have.
    @inline(__always)
    private func positionStart(_ place: Int) -> Int { place == 0 ? 0 : Int(positionEnds[place &- 1]) }

    /// Decodes those of one document of a block whose counts are loaded, behind a base.
    private mutating func decodePositions(_ wanted: Int, _ place: Int, into row: inout Numbers) {
        if positionBlock != wanted || positionStart(place) < positionsPassed { beginPositions(wanted) }
        let (start, end) = (positionStart(place), Int(positionEnds[place]))
        let target = PostingCursor.room(end - start, in: &row)
        var sum: UInt32 = 0
        if wanted < blocks {
            var reader = positionReader
            reader.skip(start - positionsPassed)
            for number in 0..<end - start {
                sum &+= reader.next()
                target[number] = sum
            }
            positionReader = reader
        } else {
            positionBytes.skipVarints(UInt32(truncatingIfNeeded: start - positionsPassed))
            PostingCursor.decodeSums(&positionBytes, end - start, into: target)
        }
        positionsPassed = end
    }

    /// Decodes those of all documents of a block whose counts are loaded, behind a base; answers where the first stands.
    private mutating func decodePositions(_ wanted: Int, into row: inout Numbers) -> Int {
        beginPositions(wanted)
        let count = Int(positionEnds[size(wanted) - 1])
        let start = row.count + 1
        let target = PostingCursor.room(count, in: &row)
        if wanted < blocks {
            let (numbers, parameter) = positionNumbers(wanted)
            UnaryCodec.decodeSums(numbers, count, parameter: parameter, into: target)
        } else {
            var bytes = positionBytes
            PostingCursor.decodeSums(&bytes, count, into: target)
        }
        return start
    }

    /// Adds a base of zero and room for so many sums; the memory is the row's, until it grows.
    private static func room(_ count: Int, in row: inout Numbers) -> UnsafeMutablePointer<UInt32> {
        row.reserve(count + 4)
        row.append(0)
        let room = row.base + row.count
        row.added(count)
        return room
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
        guard wanted < blocks else {
            var sum: UInt32 = 0
            for place in 0..<tailCount {
                sum &+= BodyCount(bodies[place]).count &+ headlines[place]
                positionEnds[place] = sum
            }
            positionBytes = tailPositions
            return
        }
        var sum = RunningSum()
        for offset in stride(from: 0, to: BlockCodec.size * 4, by: 16) {
            func four(_ row: UnsafeMutablePointer<UInt32>) -> SIMD4<UInt32> {  // the cursor's
                UnsafeRawPointer(row).loadUnaligned(fromByteOffset: offset, as: SIMD4<UInt32>.self)
            }
            let counts = four(bodies) &>> 1 &+ four(headlines)
            UnsafeMutableRawPointer(positionEnds).storeBytes(of: sum.add(counts), toByteOffset: offset, as: SIMD4<UInt32>.self)
        }
        let (numbers, parameter) = positionNumbers(wanted)
        positionReader = UnaryCodec.Reader(numbers, count: Int(positionEnds[BlockCodec.size - 1]), parameter: parameter)
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
