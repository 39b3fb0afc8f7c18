/// The lists of the words of a phrase, each word being one: finds the documents in which the words follow each other.
///
/// Positions are decoded for all documents of a window before they are compared, list after list, since each of these is a short loop then.
final class PhraseLists {
    private var lists: [UnsafeMutablePointer<PostingCursor>] = []  // the words' own
    private var offsets: [UInt32] = []
    /// For the documents in question: where they have the first word, and another.
    private var first = PositionRuns()
    private var other = PositionRuns()
    /// Those documents; freed with the lists.
    private let documents = UnsafeMutablePointer<UInt32>.allocate(capacity: Window.size)
    /// Where the phrase may begin in each, in turn, where it has more than two words.
    private var starts = Numbers(capacity: 1)
    private var startEnds = Numbers(capacity: 1)

    init(_ count: Int) { lists.reserveCapacity(count) }

    deinit { documents.deallocate() }

    /// Begins with a segment's lists: the shortest first, and how far the words stand behind the first of these.
    func open(_ lists: [UnsafeMutablePointer<PostingCursor>], _ offsets: [UInt32]) {
        (self.lists, self.offsets) = (lists, offsets)
    }

    /// Sets the bits of those documents of a mask, which have all the words, that have the phrase; answers whether any has it. The
    /// pointers are the caller's.
    func fill(_ window: Window, _ mask: UnsafePointer<UInt64>, into bits: UnsafeMutablePointer<UInt64>) -> Bool {
        var count = 0
        forEachBit(mask, window.words) { (bit) throws(Never) in
            documents[count] = UInt32(truncatingIfNeeded: window.base &+ bit)
            count &+= 1
        }
        lists[0].pointee.collectPositions(documents, count, into: &first)
        for word in 1..<lists.count where count > 0 {
            lists[word].pointee.collectPositions(documents, count, into: &other)
            if lists.count == 2 {
                count = keepPairs(count, offsets[word])
            } else {
                if word == 1 { copyStarts(count) }
                count = keepStarts(count, offsets[word])
            }
        }
        for place in 0..<count {
            let bit = Int(documents[place]) &- window.base
            bits[bit &>> 6] |= 1 &<< UInt64(bit & 63)
        }
        return count > 0
    }

    /// Keeps the documents in which a place of the first word has one of the other at a distance; answers how many.
    private func keepPairs(_ count: Int, _ offset: UInt32) -> Int {
        var kept = 0
        for number in 0..<count {
            documents[kept] = documents[number]
            let isPair =
                PhraseLists.meet(first.body(number), other.body(number), offset)
                || PhraseLists.meet(first.headline(number), other.headline(number), offset)
            kept &+= isPair ? 1 : 0
        }
        return kept
    }

    // MARK: More than two words

    /// Every place of the first word may be where the phrase is: in the headline of each document, and in its body.
    private func copyStarts(_ count: Int) {
        starts.removeAll()
        startEnds.removeAll()
        for number in 0..<count {
            for run in [first.headline(number), first.body(number)] {
                for place in 0..<run.count { starts.append(run[place]) }
                startEnds.append(UInt32(starts.count))
            }
        }
    }

    /// Keeps the places that have one of the other word at a distance, and the documents that have any left; answers how many these are.
    private func keepStarts(_ count: Int, _ offset: UInt32) -> Int {
        var (kept, from, written) = (0, 0, 0)
        for number in 0..<count {
            let before = written
            for text in 0..<2 {
                let end = Int(startEnds.base[2 * number + text])
                (starts.base + written).update(from: starts.base + from, count: end - from)
                let run = text == 0 ? other.headline(number) : other.body(number)
                written += PhraseLists.keep(starts.base + written, end - from, before: run, offset)
                startEnds.base[2 * kept + text] = UInt32(written)
                from = end
            }
            documents[kept] = documents[number]
            kept += written > before ? 1 : 0
        }
        return kept
    }

    /// Keeps those of some places that have one of the other word at a distance; answers how many. The pointer is the caller's.
    static func keep(_ starts: UnsafeMutablePointer<UInt32>, _ count: Int, before others: PositionRun, _ offset: UInt32) -> Int {
        var (kept, place) = (0, 0)
        for number in 0..<count {
            let start = starts[number]
            let sought = Int64(start) + Int64(Int32(bitPattern: offset))
            while place < others.count, Int64(others[place]) < sought { place += 1 }
            guard place < others.count else { break }
            starts[kept] = start
            kept += Int64(others[place]) == sought ? 1 : 0
        }
        return kept
    }

    // MARK: Two words

    /// Whether one of some places has one of the others at a distance. Four are held against four others at a time, since which of two
    /// is lower can't be foreseen. A place before the text's beginning is none, and beyond all numbers.
    @inline(__always)
    private static func meet(_ some: PositionRun, _ others: PositionRun, _ offset: UInt32) -> Bool {
        guard some.count > 0, others.count > 0 else { return false }
        guard some.count &* others.count <= 1_024 else { return hasPairInTurn(some, others, offset) }
        let shift = offset &- some.base
        var found = SIMDMask<SIMD4<Int32>>(repeating: false)
        var place = 0
        repeat {
            let a = four(some, place, shift, isBelow: 0)
            var other = 0
            repeat {
                let b = four(others, other, 0 &- others.base, isBelow: 1)
                found .|= (a .== b) .| (a .== SIMD4(b[1], b[2], b[3], b[0]))
                found .|= (a .== SIMD4(b[2], b[3], b[0], b[1])) .| (a .== SIMD4(b[3], b[0], b[1], b[2]))
                other &+= 4
            } while other < others.count
            place &+= 4
        } while place < some.count
        return any(found)
    }

    /// Four places, moved by a distance; where the run has ended the largest of numbers, or the one below.
    @inline(__always)
    private static func four(_ run: PositionRun, _ place: Int, _ shift: UInt32, isBelow: UInt32) -> SIMD4<UInt32> {
        let four = UnsafeRawPointer(run.sums + place).loadUnaligned(as: SIMD4<UInt32>.self) &+ shift
        // Signs, since comparing lanes with a number becomes branches.
        let left = SIMD4(repeating: Int32(truncatingIfNeeded: run.count &- place))
        let isOver = ~unsafeBitCast((SIMD4<Int32>(0, 1, 2, 3) &- left) &>> 31, to: SIMD4<UInt32>.self)
        return (four | isOver) ^ (isOver & isBelow)
    }

    private static func hasPairInTurn(_ some: PositionRun, _ others: PositionRun, _ offset: UInt32) -> Bool {
        var (a, b) = (0, 0)
        while a < some.count, b < others.count {
            let sought = Int64(some[a]) + Int64(Int32(bitPattern: offset))
            let found = Int64(others[b])
            if sought == found { return true }
            if sought < found { a += 1 } else { b += 1 }
        }
        return false
    }
}
