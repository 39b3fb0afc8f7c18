/// A read-only table from hashes to 16 bits, four bytes an entry: the upper 16 bits of a hash choose the bucket, the next 16
/// tell its entries apart. A key that isn't in the table is taken for one that is in about one of 50,000 cases.
package struct HashTable: Sendable {
    /// Where each bucket begins; one more for the end.
    private let starts: [UInt32]
    /// 16 bits of hash, 16 of value.
    private let entries: [UInt32]

    /// Looks a key up. Keys are mixed first, so any hash will do.
    @inline(__always)
    package subscript(key: UInt64) -> UInt16? {
        let hash = WordHash.mixed(key)
        let bucket = Int(hash &>> 48)
        let mark = UInt32(truncatingIfNeeded: hash &>> 32) & 0xffff
        var index = Int(starts[bucket])
        let end = Int(starts[bucket + 1])
        while index < end {
            let entry = entries[index]
            if entry &>> 16 == mark { return UInt16(truncatingIfNeeded: entry) }
            index += 1
        }
        return nil
    }

    /// Makes a table. Of two keys that can't be told apart, the first in `pairs` stays.
    package init(_ pairs: [(key: UInt64, value: UInt16)]) {
        var rows: [UInt64: UInt16] = [:]
        for pair in pairs where rows[WordHash.mixed(pair.key) >> 32] == nil { rows[WordHash.mixed(pair.key) >> 32] = pair.value }
        let sorted = rows.sorted { $0.key < $1.key }
        var counts = [UInt32](repeating: 0, count: 65_537)
        for row in sorted { counts[Int(row.key >> 16) + 1] += 1 }
        for bucket in 1...65_536 { counts[bucket] += counts[bucket - 1] }
        starts = counts
        entries = sorted.map { UInt32($0.key & 0xffff) << 16 | UInt32($0.value) }
    }

    /// Reads a table that `write` wrote.
    init(from reader: inout ModelReader) throws(ModelError) {
        let counts = try reader.bytes(65_536)
        var starts: [UInt32] = [0]
        starts.reserveCapacity(65_537)
        for count in counts { starts.append(starts[starts.count - 1] + UInt32(count)) }
        self.starts = starts
        entries = try reader.words(Int(starts[65_536]))
    }

    /// Writes the table: how many entries each bucket has, and the entries.
    package func write(to output: inout [UInt8]) {
        for bucket in 0..<65_536 { output.append(UInt8(starts[bucket + 1] - starts[bucket])) }
        for entry in entries { entry.write(to: &output) }
    }
}
