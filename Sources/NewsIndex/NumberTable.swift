/// The numbers of what is gathered, mostly 0, 1, 2, …, by hashes: an open-addressing table that grows.
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
        slot(hash, where: matches).map { NumberTable.number(slots[$0]) }
    }

    /// The slot at which the search for a hash begins, for who looks for several at the same time.
    @inline(__always)
    func first(_ hash: UInt64) -> UInt64 { slots[Int(truncatingIfNeeded: hash &>> shift)] }

    /// The number in a slot, if it is likely to be of that hash.
    @inline(__always)
    static func number(_ slot: UInt64, _ hash: UInt64) -> Int? {
        slot != 0 && (slot ^ hash) >> 32 == 0 ? number(slot) : nil
    }

    @inline(__always)
    private static func number(_ slot: UInt64) -> Int { Int(truncatingIfNeeded: slot & 0xFFFF_FFFF) &- 1 }

    @inline(__always)
    private func slot(_ hash: UInt64, where matches: (Int) -> Bool) -> Int? {
        var slot = Int(truncatingIfNeeded: hash &>> shift)
        while true {
            let found = slots[slot]
            guard found != 0 else { return nil }
            if let number = NumberTable.number(found, hash), matches(number) { return slot }
            slot = (slot &+ 1) & mask
        }
    }

    /// Adds the next number.
    @inline(__always)
    mutating func insert(_ hash: UInt64) { insert(hash, number: count) }

    /// Adds a number.
    @inline(__always)
    mutating func insert(_ hash: UInt64, number: Int) {
        count += 1
        if count * 2 > mask { grow() }
        put(NumberTable.entry(hash, number))
    }

    /// Puts a number in the place of the one with that hash for which `matches` says yes, or adds it if there is none.
    mutating func replace(_ hash: UInt64, with number: Int, where matches: (Int) -> Bool) {
        if let slot = slot(hash, where: matches) { slots[slot] = NumberTable.entry(hash, number) } else { insert(hash, number: number) }
    }

    @inline(__always)
    private static func entry(_ hash: UInt64, _ number: Int) -> UInt64 {
        hash & ~0xFFFF_FFFF | UInt64(truncatingIfNeeded: number &+ 1) & 0xFFFF_FFFF
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
