/// The numbers 0, 1, 2, … of what is gathered, by hashes: an open-addressing table that grows.
///
/// A slot is the upper half of a hash with the number + 1 below it, 0 where it is free. So what has another hash is mostly passed over
/// without a look at what the number stands for, and growing asks nobody.
struct NumberTable: ~Copyable {
    private var slots: UnsafeMutablePointer<UInt64>  // the table's own, as many as `mask` says and one more
    private var mask: Int
    /// What leaves the place in the table of a hash.
    private var shift: UInt64
    private(set) var count = 0

    init(capacity: Int) {
        var bits: UInt64 = 4
        while 1 << bits < capacity * 2 { bits += 1 }
        mask = 1 << Int(bits) - 1
        shift = 64 - bits
        slots = .allocate(capacity: mask + 1)
        slots.initialize(repeating: 0, count: mask + 1)
    }

    deinit { slots.deallocate() }

    /// The number with that hash for which `matches` says yes.
    @inline(__always)
    func find(_ hash: UInt64, where matches: (Int) -> Bool) -> Int? {
        var slot = Int(truncatingIfNeeded: hash &>> shift)
        while true {
            let found = slots[slot]
            guard found != 0 else { return nil }
            if (found ^ hash) >> 32 == 0 {
                let number = Int(truncatingIfNeeded: found & 0xFFFF_FFFF) &- 1
                if matches(number) { return number }
            }
            slot = (slot &+ 1) & mask
        }
    }

    /// Adds the next number.
    @inline(__always)
    mutating func insert(_ hash: UInt64) {
        count += 1
        if count * 2 > mask { grow() }
        put(hash & ~0xFFFF_FFFF | UInt64(truncatingIfNeeded: count))
    }

    @inline(__always)
    private func put(_ entry: UInt64) {
        var slot = Int(truncatingIfNeeded: entry &>> shift)
        while slots[slot] != 0 { slot = (slot &+ 1) & mask }
        slots[slot] = entry
    }

    @inline(never)
    private mutating func grow() {
        let (old, size) = (slots, mask + 1)
        mask = size * 2 - 1
        shift -= 1
        slots = .allocate(capacity: size * 2)
        slots.initialize(repeating: 0, count: size * 2)
        for slot in 0..<size where old[slot] != 0 { put(old[slot]) }
        old.deallocate()
    }

    /// Forgets all, and keeps the memory.
    mutating func removeAll() {
        count = 0
        slots.update(repeating: 0, count: mask + 1)
    }
}
