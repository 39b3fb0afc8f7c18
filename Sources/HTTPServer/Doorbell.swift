import Synchronization

/// Wakes a loop that waits for its sockets itself, when something comes to its queue meanwhile.
///
/// A busy loop that went back to Dispatch after every batch of events would be woken through Dispatch's own thread for the next:
/// two switches of threads, which cost more than a small answer. So it waits on its own for a moment, and whoever comes rings.
final class Doorbell: Sendable {
    /// An eventfd among the loop's sockets, edge-triggered, so that it never needs to be read.
    let descriptor: Int32
    /// The name of no connection and no listener: a ring is an event that nothing is done about.
    static let tag = UInt64(UInt32.max)

    /// How many have been put into the queue, and had no turn yet.
    private let visitors = Atomic(0)
    private let isWaiting = Atomic(false)

    init() throws(SystemError) { descriptor = try System.makeEvent() }

    deinit { System.close(descriptor) }

    /// Whether somebody in the queue waits for a turn.
    @inline(__always)
    var hasVisitors: Bool { visitors.load(ordering: .sequentiallyConsistent) > 0 }

    /// To be called before something is put into the queue.
    func ring() {
        // Each side says what it does before it looks at the other: one of them at least sees the other (Dekker).
        visitors.add(1, ordering: .sequentiallyConsistent)
        if isWaiting.load(ordering: .sequentiallyConsistent) { System.wake(descriptor) }
    }

    /// To be called by what was put into the queue, when it has its turn.
    func enter() { visitors.subtract(1, ordering: .sequentiallyConsistent) }

    /// Calls `wait` with the milliseconds that it may take: none if there are visitors.
    @inline(__always)
    func whileWaiting(_ patience: Int32, _ wait: (Int32) -> Int) -> Int {
        isWaiting.store(true, ordering: .sequentiallyConsistent)
        defer { isWaiting.store(false, ordering: .relaxed) }
        return wait(hasVisitors ? 0 : patience)
    }
}
