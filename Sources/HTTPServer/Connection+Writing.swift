import CLinux
import HTTPWire

extension Connection {
    /// Hands the loop's gathered answers to the kernel; what it doesn't take is kept.
    @inline(__always)
    func flush() {
        if loop.scratch.isEmpty { return }
        if !output.isEmpty { return moveScratch(from: 0) }
        switch System.send(descriptor, loop.scratch) {
        case .bytes(let count):
            LoopCounters.add(count, to: loop.counters.bytesOut)
            if count < loop.scratch.count { return moveScratch(from: count) }
            loop.scratch.removeAll(keepingCapacity: true)
        case .wouldBlock: moveScratch(from: 0)
        case .ended, .failed:
            loop.scratch.removeAll(keepingCapacity: true)
            close(resetting: true)
        }
    }

    /// Keeps the rest of the scratch bytes as this connection's own.
    private func moveScratch(from start: Int) {
        output.append(Array(loop.scratch[start...]))
        loop.scratch.removeAll(keepingCapacity: true)
    }

    /// Sends large bodies from where they are, gathered with the head before them.
    func enqueue(_ pieces: [[UInt8]]) {
        moveScratch(from: 0)
        for piece in pieces { output.append(piece) }
        drainOutput()
    }

    /// Sends part of a file behind its head.
    func enqueue(_ file: FileBody) {
        if output.isEmpty, !loop.scratch.isEmpty, file.length > 0 {
            // The head waits in the kernel for the file's first bytes, so that they share a segment.
            switch System.send(descriptor, loop.scratch, hasMore: true) {
            case .bytes(let count):
                LoopCounters.add(count, to: loop.counters.bytesOut)
                if count < loop.scratch.count { moveScratch(from: count) }
            case .wouldBlock: moveScratch(from: 0)
            case .ended, .failed: break  // The file's bytes will meet the same error.
            }
            loop.scratch.removeAll(keepingCapacity: true)
        } else {
            moveScratch(from: 0)
        }
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
