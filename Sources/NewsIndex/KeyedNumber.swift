/// A number and what it is sorted by, side by side, since sorting goes over them again and again.
struct KeyedNumber: Comparable {
    let key: UInt64
    let number: UInt32

    @inline(__always)
    static func < (a: KeyedNumber, b: KeyedNumber) -> Bool { a.key != b.key ? a.key < b.key : a.number < b.number }

    /// From so many on, sorting byte by byte is faster than comparing.
    private static let many = 512

    /// Sorts by the keys alone, and by `isBelow` where they are the same. The row is the caller's.
    static func sort(_ row: borrowing Row<KeyedNumber>, _ isBelow: (KeyedNumber, KeyedNumber) -> Bool) {
        var all = UnsafeMutableBufferPointer(start: row.base, count: row.count)  // within the row, for the call
        guard all.count >= many else {
            all.sort { $0.key != $1.key ? $0.key < $1.key : isBelow($0, $1) }
            return
        }
        sortByKeys(row.base, all.count)
        var start = 0
        while start < all.count {
            var end = start + 1
            while end < all.count, all[end].key == all[start].key { end += 1 }
            if end - start > 1 { all[start..<end].sort(by: isBelow) }
            start = end
        }
    }

    /// A counting sort by each byte, the lowest first. The pointer is the caller's.
    private static func sortByKeys(_ row: UnsafeMutablePointer<KeyedNumber>, _ count: Int) {
        let spare = UnsafeMutablePointer<KeyedNumber>.allocate(capacity: count)
        let counts = UnsafeMutablePointer<Int>.allocate(capacity: 256 * 8)
        defer {
            spare.deallocate()
            counts.deallocate()
        }
        counts.initialize(repeating: 0, count: 256 * 8)
        for place in 0..<count {
            let key = row[place].key
            for byte in 0..<8 { counts[byte &* 256 &+ Int(key >> UInt64(byte &* 8) & 0xFF)] &+= 1 }
        }
        var (from, to) = (row, spare)
        for byte in 0..<8 {
            let counts = counts + byte * 256
            let shift = UInt64(byte * 8)
            // All have the same byte here.
            if counts[Int(row[0].key >> shift & 0xFF)] == count { continue }
            var sum = 0
            for value in 0..<256 { (counts[value], sum) = (sum, sum &+ counts[value]) }
            for place in 0..<count {
                let element = from[place]
                let value = Int(element.key &>> shift & 0xFF)
                to[counts[value]] = element
                counts[value] &+= 1
            }
            (from, to) = (to, from)
        }
        if from != row { row.update(from: from, count: count) }
    }
}
