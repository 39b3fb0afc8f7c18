import Synchronization

/// What one loop has counted. Written by its loop alone, read by anyone.
final class LoopCounters: Sendable {
    let accepted = Atomic(0)
    let closed = Atomic(0)
    let requests = Atomic(0)
    let bytesIn = Atomic(0)
    let bytesOut = Atomic(0)
    let refused = Mutex<[String: Int]>([:])  // Only touched when something is refused, so rarely.

    /// One writer only, so a load and a store are enough.
    @inline(__always)
    static func add(_ count: Int, to counter: borrowing Atomic<Int>) {
        counter.store(counter.load(ordering: .relaxed) &+ count, ordering: .relaxed)
    }
}

/// What a server has counted since it started.
public struct ServerCounters: Sendable, Equatable {
    /// Connections open now.
    public var open = 0
    /// Connections accepted.
    public var accepted = 0
    /// Requests whose head was read.
    public var requests = 0
    /// Bytes received.
    public var bytesIn = 0
    /// Bytes handed to the kernel for sending.
    public var bytesOut = 0
    /// Requests refused by the server itself, by `WireError.code`.
    public var refused: [String: Int] = [:]

    /// The sum over the loops.
    init(_ loops: [LoopCounters]) {
        for loop in loops {
            let closed = loop.closed.load(ordering: .relaxed)
            let opened = loop.accepted.load(ordering: .relaxed)
            open += max(0, opened - closed)
            accepted += opened
            requests += loop.requests.load(ordering: .relaxed)
            bytesIn += loop.bytesIn.load(ordering: .relaxed)
            bytesOut += loop.bytesOut.load(ordering: .relaxed)
            loop.refused.withLock { refused.merge($0, uniquingKeysWith: +) }
        }
    }
}
