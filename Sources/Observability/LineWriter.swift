import Dispatch
import Glibc
import Synchronization

/// Writes lines to a descriptor from a queue of its own: whoever hands one in never waits for the disk or for a reader.
public final class LineWriter: Sendable {
    private struct State {
        var waiting: [UInt8] = []
        var isWriting = false
        var dropped = 0
    }

    private let descriptor: Int32
    private let limit: Int
    private let queue = DispatchQueue(label: "log.writer", qos: .utility)
    // Held to append a line, or to take all of them.
    private let state = Mutex(State())

    /// - Parameters:
    ///   - descriptor: open for writing, and left open.
    ///   - limit: bytes that may wait; lines beyond it are dropped and counted.
    public init(descriptor: Int32, limit: Int = 4 << 20) {
        self.descriptor = descriptor
        self.limit = limit
    }

    /// Lines that found no room.
    public var dropped: Int { state.withLock { $0.dropped } }

    /// Hands in a line: `append` adds its bytes, with the line end.
    @inline(__always)
    public func write(_ append: (inout [UInt8]) -> Void) {
        let isFirst = state.withLock { state in
            guard state.waiting.count < limit else {
                state.dropped += 1
                return false
            }
            append(&state.waiting)
            defer { state.isWriting = true }
            return !state.isWriting
        }
        if isFirst { queue.async { self.drain() } }
    }

    /// Waits until all that was handed in is written.
    public func flush() { queue.sync { drain() } }

    private func drain() {
        while true {
            let bytes = state.withLock { state in
                let bytes = state.waiting
                state.waiting = []
                state.isWriting = !bytes.isEmpty
                return bytes
            }
            if bytes.isEmpty { return }
            writeAll(bytes)
        }
    }

    /// What can't be written is let go: that nobody listens any more is no reason to stop serving.
    private func writeAll(_ bytes: [UInt8]) {
        var position = 0
        while position < bytes.count {
            // The pointer is read during the call alone.
            let count = bytes[position...].withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            if count < 0, errno == EAGAIN {
                var ready = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                poll(&ready, 1, 1_000)
                continue
            }
            guard count > 0 else { return }
            position += count
        }
    }
}
