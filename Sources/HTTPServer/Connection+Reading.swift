import CLinux
import HTTPWire

extension Connection {
    /// Whether bytes from the client are of use now.
    private var wantsInput: Bool {
        if isLingering { return true }
        if !output.isEmpty || ending != nil { return false }
        if machine.isAnswering { return machine.hasOpenBody && pending?.ask != nil }
        return true
    }

    /// The socket has bytes, or its end.
    func readable() {
        // Nothing is read that can't be used: what the client sends meanwhile waits in the kernel, and then at the client.
        guard wantsInput else { return want(interest & ~EPOLLIN.rawValue) }
        switch System.receive(descriptor, into: &loop.readBuffer) {
        case .bytes(let count):
            LoopCounters.add(count, to: loop.counters.bytesIn)
            if isLingering { return discard(count) }
            if input.isEmpty {
                let bytes = loop.readBuffer
                let used = work(through: bytes, count)
                if used < count, !isClosed { input = Array(bytes[used..<count]) }
            } else {
                input.append(contentsOf: loop.readBuffer[..<count])
                workThroughInput()
            }
        case .wouldBlock: return
        case .ended:
            if isLingering { return close() }
            if proxy.awaitsHeader { return close() }
            want(interest & ~EPOLLIN.rawValue)
            machine.endInput()
            workThroughInput()
        case .failed: return close(resetting: true)
        }
        settle()
    }

    /// Goes on with bytes that were left over.
    func workThroughInput() {
        let bytes = input
        let used = work(through: bytes, bytes.count)
        if isClosed { return }
        if used == bytes.count {
            input = []
        } else if used > 0 {
            input = Array(bytes[used...])
        }
    }

    /// Works through the first `end` bytes, as many requests as there are and answers can be taken for. Says how many were used.
    private func work(through bytes: [UInt8], _ end: Int) -> Int {
        var at = proxy.awaitsHeader ? takeProxyHeader(bytes.span.extracting(..<end)) : 0
        if proxy.awaitsHeader { return at }
        while !isClosed, output.isEmpty, ending == nil {
            if let pending, pending.isStream, machine.hasOpenBody, pending.ask == nil { return at }
            let action = machine.next(bytes.span.extracting(at..<end))
            let start = at
            at += machine.used
            switch action {
            case .needsInput:
                // Only now is it known that the client has sent none of the body by itself.
                if at == end, machine.takeContinue() { sendContinue() }
                return at
            case .wait: return at
            case .request:
                hasUnread = at < end
                beginRequest(bytes, start)
            case .body(let range):
                hasUnread = at < end
                take(bytes[start + range.lowerBound..<start + range.upperBound])
                if !machine.hasOpenBody { endBody() }
            case .bodyEnd:
                hasUnread = at < end
                endBody()
            case .refuse(let error): refuse(error)
            case .close:
                ending = .close
                return end
            }
        }
        return at
    }

    private func sendContinue() {
        loop.outbox.bytes.append(contentsOf: ResponseHead.continue)
    }

    /// After each turn: hands over what was written, and says what is waited for now.
    func settle() {
        if isClosed { return }
        flush()
        if isClosed || isLingering { return }
        if !output.isEmpty {
            want(EPOLLOUT.rawValue)
            if waiting != .write { waitFor(.write, loop.shared.timeouts.write) }
            return
        }
        if let ending { return end(ending) }
        if machine.isAnswering, !(machine.hasOpenBody && pending?.ask != nil) { return waitForResponder() }
        want(EPOLLIN.rawValue)
        if machine.hasOpenBody {
            waitForBody()
        } else if machine.isInHead || proxy.awaitsHeader {
            // From the first byte of the head on: a byte now and then doesn't move it.
            if waiting != .head { waitFor(.head, loop.shared.timeouts.head) }
        } else {
            waitFor(.idle, loop.shared.timeouts.idle)
        }
    }

    /// The deadline moves with what has come: the grace, and a second for each `bodyRate` bytes; in all no more than the total.
    private func waitForBody() {
        guard let pending else { return }
        let timeouts = loop.shared.timeouts
        let allowed = timeouts.bodyGrace + Int64(pending.received) * 1000 / timeouts.bodyRate
        let bound = pending.isStream ? allowed : min(allowed, timeouts.body)
        waiting = .body
        loop.connections.setDeadline(pending.clockStart + bound, for: id)
    }
}
