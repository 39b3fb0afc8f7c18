import Synchronization

/// Names one connection of a loop, and never another one after it.
struct ConnectionID: Sendable, Equatable {
    let slot: UInt32
    let generation: UInt32

    init(slot: UInt32, generation: UInt32) {
        self.slot = slot
        self.generation = generation
    }

    init(tag: UInt64) {
        slot = UInt32(truncatingIfNeeded: tag)
        generation = UInt32(truncatingIfNeeded: tag >> 32)
    }

    /// The same as the number that epoll gives back with an event.
    var tag: UInt64 { UInt64(generation) << 32 | UInt64(slot) }
}

/// The connections of a loop by slot, and their deadlines in one plain array, so that a tick over ten thousand is a few microseconds.
struct ConnectionTable {
    private var slots: [Connection?] = []
    private var generations: [UInt32] = []
    private var deadlines: [Int64] = []
    private var free: [UInt32] = []
    private(set) var count = 0

    var isEmpty: Bool { count == 0 }

    /// The connection of that name; nil once it is closed.
    @inline(__always)
    subscript(id: ConnectionID) -> Connection? {
        let slot = Int(id.slot)
        guard slot < slots.count, generations[slot] == id.generation else { return nil }
        return slots[slot]
    }

    mutating func insert(_ make: (ConnectionID) -> Connection) -> Connection {
        if free.isEmpty {
            free.append(UInt32(slots.count))
            slots.append(nil)
            generations.append(0)
            deadlines.append(.max)
        }
        let slot = free.removeLast()
        let connection = make(ConnectionID(slot: slot, generation: generations[Int(slot)]))
        slots[Int(slot)] = connection
        count += 1
        return connection
    }

    mutating func remove(_ id: ConnectionID) {
        let slot = Int(id.slot)
        guard slot < slots.count, generations[slot] == id.generation, slots[slot] != nil else { return }
        slots[slot] = nil
        deadlines[slot] = .max
        // 31 bits: the highest bit of a tag marks listeners.
        generations[slot] = (generations[slot] &+ 1) & 0x7fff_ffff
        free.append(id.slot)
        count -= 1
    }

    @inline(__always)
    mutating func setDeadline(_ deadline: Int64, for id: ConnectionID) { deadlines[Int(id.slot)] = deadline }

    func expired(at now: Int64) -> [ConnectionID] {
        deadlines.indices.filter { deadlines[$0] <= now }.map { ConnectionID(slot: UInt32($0), generation: generations[$0]) }
    }

    /// The names of all that are open now.
    var ids: [ConnectionID] {
        slots.indices.filter { slots[$0] != nil }.map { ConnectionID(slot: UInt32($0), generation: generations[$0]) }
    }
}
