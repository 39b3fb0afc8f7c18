/// Places of documents by hashes: a table that is made at once, of nothing but the slots, seven of eight of them taken.
///
/// A slot is the place + 1, 0 where it is free, and above it as many bits of the hash as there is room for: so what is not there is mostly
/// told without looking at any document. What has the same hash is met in the order of the places.
struct HashedPlaces: Sendable {
    let slots: Column<UInt32>
    /// How many bits a place takes.
    private let placeBits: UInt32

    /// The places 0, 1, 2, … of what has these hashes; what has none is left out.
    init(_ hashes: [UInt64?]) {
        let known = hashes.count { $0 != nil }
        let placeBits = HashedPlaces.placeBits(hashes.count)
        var slots = [UInt32](repeating: 0, count: known + known / 7 + 1)
        for (place, hash) in hashes.enumerated() {
            guard let hash else { continue }
            var slot = HashedPlaces.slot(hash, of: slots.count)
            while slots[slot] != 0 { slot = slot + 1 == slots.count ? 0 : slot + 1 }
            slots[slot] = UInt32(truncatingIfNeeded: hash << UInt64(placeBits)) | UInt32(place + 1)
        }
        self.slots = Column(slots)
        self.placeBits = placeBits
    }

    /// A table of slots that were kept; nil if they are none for so many places.
    init?(kept slots: Column<UInt32>, places: Int) {
        placeBits = HashedPlaces.placeBits(places)
        self.slots = slots
        // Whatever is looked for ends at a free slot.
        guard slots.values.contains(0), slots.values.allSatisfy({ place($0) < places }) else { return nil }
    }

    private static func placeBits(_ places: Int) -> UInt32 { UInt32(UInt64.bitWidth - UInt64(places + 1).leadingZeroBitCount) }

    /// By the high bits of the hash; the low ones stand in the slot.
    @inline(__always)
    private static func slot(_ hash: UInt64, of count: Int) -> Int { Int(hash.multipliedFullWidth(by: UInt64(count)).high) }

    @inline(__always)
    private func place(_ slot: UInt32) -> Int { Int(slot & (1 << placeBits - 1)) - 1 }

    var byteCount: Int { slots.byteCount }

    /// The first place with a hash for which `matches` says yes.
    @inline(__always)
    func find(_ hash: UInt64, where matches: (Int) -> Bool) -> Int? {
        let wanted = UInt32(truncatingIfNeeded: hash << UInt64(placeBits))
        var slot = HashedPlaces.slot(hash, of: slots.count)
        while slots[slot] != 0 {
            let found = slots[slot]
            if (found ^ wanted) >> placeBits == 0, matches(place(found)) { return place(found) }
            slot = slot + 1 == slots.count ? 0 : slot + 1
        }
        return nil
    }
}
