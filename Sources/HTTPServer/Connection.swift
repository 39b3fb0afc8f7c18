import CLinux
import HTTPWire

/// One client's connection: carries out on its socket what the `ConnectionMachine` says.
///
/// Lives on its loop's queue and is never touched elsewhere. Holds no buffer while it is idle: it reads into the loop's and keeps
/// only what is left over. Its parts: `+Reading` bytes in, `+Answering` requests to answers, `+Writing` bytes out, `+Streaming`
/// bodies of unknown length, `+Closing` ends and deadlines.
final class Connection {
    /// What a deadline stands for.
    enum Waiting { case idle, head, body, write, linger, responder }

    let loop: EventLoop
    let descriptor: Int32
    let id: ConnectionID
    /// Who is at the other end.
    let neighbor: PeerAddress
    /// The same, or who is before the neighbor, once that one said so by the PROXY protocol.
    var peer: PeerAddress
    let verdict: Admission.Verdict
    var proxy: ProxyFacts
    var machine: ConnectionMachine

    /// Bytes received and not used yet.
    var input: [UInt8] = []
    /// Bytes that the kernel wouldn't take yet.
    var output = OutputQueue()
    /// What epoll is asked to watch for.
    var interest = EPOLLIN.rawValue
    var waiting = Waiting.idle
    /// What is to happen once the last answer is handed over.
    var ending: ConnectionMachine.Next?
    var isClosed = false
    var isLingering = false
    /// Bytes thrown away while lingering.
    var discarded = 0
    /// Whether unused bytes lay behind the request being answered.
    var hasUnread = false
    /// Counts requests, so that a late answer to an earlier one is told apart.
    var serial: UInt32 = 0

    /// A request whose body is being gathered, or whose body is a stream.
    var pending: PendingBody?
    /// The streamed answer under way.
    var streaming: StreamingAnswer?
    /// Lines of the request that its answer repeats.
    var repeated: [UInt8] = []
    /// What the completion hook is to be told; nil without a hook.
    var trace: Trace?
    /// The request under way, for the hook, where the answer does not come at once.
    var kept: Request?

    init(
        loop: EventLoop, descriptor: Int32, id: ConnectionID, peer: PeerAddress, _ verdict: Admission.Verdict, awaitsProxyHeader: Bool
    ) {
        self.loop = loop
        self.descriptor = descriptor
        self.id = id
        neighbor = peer
        self.peer = peer
        self.verdict = verdict
        proxy = ProxyFacts(awaitsHeader: awaitsProxyHeader)
        machine = ConnectionMachine(limits: loop.shared.configuration.limits)
    }

    /// Starts watching the socket.
    func begin() {
        guard loop.watch(descriptor, interest, tag: id.tag, isNew: true) else { return close() }
        if proxy.awaitsHeader { waitFor(.head, loop.shared.timeouts.head) } else { waitFor(.idle, loop.shared.timeouts.idle) }
        meetPeer()
    }

    /// Handles what epoll reported.
    @inline(__always)
    func handle(_ events: UInt32) {
        if events & (EPOLLERR.rawValue | EPOLLHUP.rawValue) != 0, interest & EPOLLIN.rawValue == 0 {
            // A reset, or both directions shut: nobody is left to answer.
            return close(resetting: true)
        }
        if events & EPOLLOUT.rawValue != 0 { writable() }
        if !isClosed, events & (EPOLLIN.rawValue | EPOLLERR.rawValue | EPOLLHUP.rawValue) != 0 { readable() }
    }

    /// Asks epoll for other events, if they are others.
    @inline(__always)
    func want(_ events: UInt32) {
        if interest == events { return }
        interest = events
        loop.watch(descriptor, events, tag: id.tag)
    }

    /// Sets what is waited for, and for how many milliseconds.
    @inline(__always)
    func waitFor(_ what: Waiting, _ milliseconds: Int64) {
        waiting = what
        loop.connections.setDeadline(loop.now + milliseconds, for: id)
    }

    /// Waits for the responder, who has all the time it takes.
    @inline(__always)
    func waitForResponder() {
        waiting = .responder
        loop.connections.setDeadline(.max, for: id)
    }
}

/// What the completion hook is to be told about the request under way.
struct Trace {
    let start: Int64
    var method: KnownMethod?
    var status = 0
    var route: Int?
    var bodyBytes = 0
}
