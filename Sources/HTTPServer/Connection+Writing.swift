import CLinux
import HTTPWire

extension Connection {
    /// Hands the loop's gathered answers to the kernel; what it doesn't take is kept.
    @inline(__always)
    func flush() {
        if loop.outbox.isEmpty { return }
        if !output.isEmpty { return loop.outbox.move(to: &output) }
        send(hasMore: false)
    }

    private func send(hasMore: Bool) {
        switch loop.outbox.send(to: descriptor, hasMore: hasMore) {
        case .bytes(let count):
            LoopCounters.add(count, to: loop.counters.bytesOut)
            if count < loop.outbox.count { loop.outbox.move(to: &output, from: count) } else { loop.outbox.removeAll() }
        case .wouldBlock: loop.outbox.move(to: &output)
        case .ended, .failed: close(resetting: true)
        }
    }

    /// Sends part of a file behind its head, which waits in the kernel for the file's first bytes, so that they share a segment.
    func enqueue(_ file: FileBody) {
        if output.isEmpty, !loop.outbox.isEmpty, file.length > 0 { send(hasMore: true) } else { loop.outbox.move(to: &output) }
        if isClosed { return }
        output.append(file)
        drainOutput()
    }

    /// Writes what the kernel takes. False if the connection is closed by that.
    @discardableResult
    func drainOutput() -> Bool {
        var written = 0
        let progress = output.drain(to: descriptor, written: &written)
        if written > 0 {
            LoopCounters.add(written, to: loop.counters.bytesOut)
            if waiting == .write { waitFor(.write, loop.shared.timeouts.write) }
        }
        if progress == .failed {
            close(resetting: true)
            return false
        }
        return true
    }

    /// The kernel has room again.
    func writable() {
        guard drainOutput() else { return }
        guard output.isEmpty else { return releaseWriters() }
        releaseWriters()
        resume()
    }
}
