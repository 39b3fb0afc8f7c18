import CLinux
import HTTPWire
import Logging

/// A listening socket of a loop.
struct Listener {
    let descriptor: Int32
    /// Whether its connections begin with a PROXY protocol header.
    var expectsProxyHeader = false
    /// The loops that its connections go to in turn; empty if they stay where they are accepted.
    var shares: [EventLoop] = []
    var turn = 0
    var isPaused = false

    private static let mark: UInt64 = 1 << 63

    static func tag(_ index: Int) -> UInt64 { mark | UInt64(index) }

    @inline(__always)
    static func index(ofTag tag: UInt64) -> Int? { tag & mark == 0 ? nil : Int(tag & ~mark) }
}

extension EventLoop {
    /// Connections taken off one queue before other events get their turn.
    private static let acceptBatch = 64

    func add(_ listener: Listener) {
        listeners.append(listener)
        watch(listener.descriptor, EPOLLIN.rawValue, tag: Listener.tag(listeners.count - 1), isNew: true)
    }

    func acceptAll(from index: Int, limit: Int = EventLoop.acceptBatch) {
        guard index < listeners.count else { return }
        for _ in 0..<limit {
            switch System.accept(listeners[index].descriptor) {
            case .connection(let descriptor, let peer): place(descriptor, peer, from: index)
            case .aborted: continue
            case .none: return
            case .exhausted(let code):
                // The queue stays readable: without a pause the loop would spin on it.
                listeners[index].isPaused = true
                watch(listeners[index].descriptor, 0, tag: Listener.tag(index))
                keepTicking()
                shared.logger.warning("accepting paused", metadata: ["errno": "\(code)"])
                return
            }
        }
    }

    func resumeAccepting() {
        for index in listeners.indices where listeners[index].isPaused {
            listeners[index].isPaused = false
            watch(listeners[index].descriptor, EPOLLIN.rawValue, tag: Listener.tag(index))
        }
    }

    private func place(_ descriptor: Int32, _ peer: PeerAddress, from index: Int) {
        let shares = listeners[index].shares
        let expectsHeader = listeners[index].expectsProxyHeader
        guard !shares.isEmpty else { return adopt(descriptor, peer, expectsHeader) }
        let turn = listeners[index].turn
        listeners[index].turn = (turn + 1) % shares.count
        let other = shares[turn]
        if other === self { return adopt(descriptor, peer, expectsHeader) }
        other.run { $0.adopt(descriptor, peer, expectsHeader) }
    }

    /// Takes an accepted connection in.
    private func adopt(_ descriptor: Int32, _ peer: PeerAddress, _ awaitsProxyHeader: Bool) {
        let verdict = shared.admission.enter(peer)
        LoopCounters.add(1, to: counters.accepted)
        if case .refused(isTold: false) = verdict {
            shared.admission.leave(peer, verdict)
            LoopCounters.add(1, to: counters.closed)
            countRefusal(WireError.tooManyConnections)
            System.resetOnClose(descriptor)
            System.close(descriptor)
            return
        }
        let connection = connections.insert {
            Connection(loop: self, descriptor: descriptor, id: $0, peer: peer, verdict, awaitsProxyHeader: awaitsProxyHeader)
        }
        keepTicking()
        connection.begin()
        if case .refused = verdict { connection.refuseOutright(.tooManyConnections) }
        if isDraining { connection.drain() }
    }

    func countRefusal(_ error: WireError) {
        counters.refused.withLock { $0[error.code, default: 0] += 1 }
    }
}
