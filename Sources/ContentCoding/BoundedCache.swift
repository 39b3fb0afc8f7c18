import Synchronization

/// Keeps what was made for a key, up to a number of bytes; what has not been asked for the longest goes first.
///
/// Two generations: what is found in the old one moves to the young one, and when the young one holds half of the bytes, it
/// becomes the old one, and what was left in that is forgotten. So a look-up is one or two hash probes, with no list to keep.
public final class BoundedCache<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    private struct State: Sendable {
        var young: [Key: (value: Value, cost: Int)] = [:]
        var old: [Key: (value: Value, cost: Int)] = [:]
        var youngCost = 0
    }

    /// Bytes that are kept at most.
    public let capacity: Int
    // Held for a look-up; never while a value is made.
    private let state = Mutex(State())

    /// An empty cache.
    /// - Parameter capacity: in bytes, above 0.
    public init(capacity: Int) { self.capacity = capacity }

    /// What is kept for the key.
    public func value(for key: Key) -> Value? {
        state.withLock { state in
            if let found = state.young[key] { return found.value }
            guard let found = state.old.removeValue(forKey: key) else { return nil }
            keep(found.value, cost: found.cost, for: key, in: &state)
            return found.value
        }
    }

    /// Keeps a value, unless it is larger than half of what may be kept.
    /// - Parameter cost: the bytes that it takes.
    public func insert(_ value: Value, cost: Int, for key: Key) {
        guard cost <= capacity / 2 else { return }
        state.withLock { keep(value, cost: cost, for: key, in: &$0) }
    }

    private func keep(_ value: Value, cost: Int, for key: Key, in state: inout sending State) {
        if state.youngCost + cost > capacity / 2 {
            state.old = state.young
            state.young = [:]
            state.youngCost = 0
        }
        if let replaced = state.young.updateValue((value, cost), forKey: key) { state.youngCost -= replaced.cost }
        state.youngCost += cost
    }
}
