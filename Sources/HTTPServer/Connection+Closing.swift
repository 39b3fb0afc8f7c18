import CLinux
import HTTPWire

extension Connection {
    /// How long a connection that hasn't asked for anything yet is still given when the server stops, in milliseconds.
    private static let farewell: Int64 = 1000

    /// The last answer is handed over.
    func end(_ how: ConnectionMachine.Next) {
        guard how == .linger else { return close() }
        // RFC 9112 §9.6: a close with bytes unread would send a reset, which can take the answer from the client.
        System.shutdownWriting(descriptor)
        isLingering = true
        input = []
        want(EPOLLIN.rawValue)
        waitFor(.linger, loop.shared.timeouts.linger)
    }

    /// Throws away what came after the end, up to a bound.
    func discard(_ count: Int) {
        discarded += count
        if discarded > loop.shared.configuration.lingerBytes { close() }
    }

    /// The deadline has passed.
    func timedOut() {
        switch waiting {
        case .head where machine.isInHead: refuseLate(.headTimeout)
        case .body: refuseLate(.bodyTimeout)
        case .write: close(resetting: true)
        case .idle, .head, .linger: close()
        case .responder: break
        }
    }

    private func refuseLate(_ error: WireError) {
        let isWithResponder = pending?.isStream == true
        _ = machine.refuse(error)
        refuse(error)
        if isWithResponder { waitForResponder() } else { settle() }
    }

    /// The server stops: finishes what runs, and closes then.
    func drain() {
        machine.drain()
        guard !isClosed, !isLingering, ending == nil, output.isEmpty, machine.isIdle else { return }
        // What has arrived but was not read yet is still answered.
        readable()
        guard !isClosed, !isLingering, ending == nil, output.isEmpty, machine.isIdle else { return }
        if serial > 0 { close() } else { waitFor(.idle, Self.farewell) }
    }

    /// Closes the socket and tells everyone who waits for it.
    /// - Parameter resetting: throws away what the kernel still holds, and frees the socket at once.
    func close(resetting: Bool = false) {
        if isClosed { return }
        isClosed = true
        if resetting { System.resetOnClose(descriptor) }
        System.close(descriptor)
        machine.abandon()
        input = []
        output.removeAll()
        loop.outbox.removeAll()
        let writers = streaming?.waiting ?? []
        streaming = nil
        if pending?.ask != nil { deliver(.failed(.disconnected)) }
        pending = nil
        trace = nil
        kept = nil
        loop.remove(self)
        for then in writers { then(false) }
    }
}
