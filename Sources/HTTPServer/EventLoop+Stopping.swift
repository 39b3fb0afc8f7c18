import HTTPWire

extension EventLoop {
    /// Stops accepting, once what the kernel has already taken is accepted too, and closes each connection after what it is at.
    func drain(whenEmpty: @escaping () -> Void) {
        isDraining = true
        self.whenEmpty = whenEmpty
        for index in listeners.indices {
            acceptAll(from: index, limit: Int(shared.configuration.backlog))
            System.close(listeners[index].descriptor)
        }
        listeners = []
        for id in connections.ids { connections[id]?.drain() }
        tellIfEmpty()
    }

    /// Closes everything that is still open.
    func closeAll() {
        for id in connections.ids { connections[id]?.close(resetting: true) }
        tellIfEmpty()
    }

    /// Forgets a connection that has closed.
    func remove(_ connection: Connection) {
        connections.remove(connection.id)
        shared.admission.leave(connection.neighbor, connection.verdict)
        LoopCounters.add(1, to: counters.closed)
        if listeners.contains(where: \.isPaused) { resumeAccepting() }
        tellIfEmpty()
    }

    private func tellIfEmpty() {
        guard isDraining, connections.isEmpty, let tell = whenEmpty else { return }
        whenEmpty = nil
        tell()
    }
}
