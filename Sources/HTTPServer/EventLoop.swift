import CLinux
import Dispatch
import Glibc
import HTTPWire
import Logging

/// One event loop: a serial queue, an epoll descriptor with all its sockets, and one Dispatch source on that descriptor.
///
/// While there is something to do it waits for its sockets itself; when there was nothing for a moment, it leaves that to Dispatch.
///
/// `@unchecked Sendable` holds because everything mutable is touched on `queue` alone; others come in by `queue.async`.
final class EventLoop: @unchecked Sendable {
    let queue: DispatchQueue
    let shared: SharedState
    let counters = LoopCounters()
    private let poll: Int32
    private let doorbell: Doorbell
    private let source: any DispatchSourceRead
    private let ticker: any DispatchSourceTimer
    private var events = [epoll_event](repeating: epoll_event(), count: 256)
    private var isTicking = false

    /// Milliseconds, as of the events being handled.
    private(set) var now: Int64 = 0
    /// Nanoseconds, as of the events being handled or the last answer to one of them.
    var moment: Int64 = 0
    private(set) var dateLine = DateLine()
    /// What any connection of the loop reads into. A request that is kept shares it, and the next read then works on a copy.
    var readBuffer = [UInt8](repeating: 0, count: 32 << 10)
    /// Answers of the connection being served, until they are written together.
    var outbox = Outbox()
    var connections = ConnectionTable()
    var listeners: [Listener] = []
    var isDraining = false
    var whenEmpty: (() -> Void)?

    /// How often deadlines are looked at; they are that coarse.
    private static let tick = DispatchTimeInterval.milliseconds(200)
    /// Batches of events before those get their turn who are known to be in the queue.
    private static let batches = 16
    /// Milliseconds before others do too, such as the timer.
    private static let turn: Int64 = 100
    /// Milliseconds without an event until the waiting is left to Dispatch. A timeout that is nearer than the kernel's other ones would
    /// have it set the processor's timer for each wait.
    private static let patience: Int32 = 50

    init(index: Int, shared: SharedState) throws(SystemError) {
        queue = DispatchQueue(label: "http.loop.\(index)")
        poll = try System.makePoll()
        doorbell = try Doorbell()
        self.shared = shared
        source = DispatchSource.makeReadSource(fileDescriptor: poll, queue: queue)
        ticker = DispatchSource.makeTimerSource(queue: queue)
        let poll = poll
        source.setEventHandler { [weak self] in self?.handleEvents() }
        source.setCancelHandler { System.close(poll) }
        ticker.setEventHandler { [weak self] in self?.handleTick() }
        ticker.schedule(deadline: .distantFuture)
        ticker.activate()
        updateClock()
        System.watch(poll, doorbell.descriptor, EPOLLIN.rawValue | EPOLLET.rawValue, tag: Doorbell.tag, isNew: true)
        source.activate()
    }

    deinit {
        source.cancel()
        ticker.cancel()
    }

    /// Runs `work` on the loop with a current clock.
    func run(_ work: @escaping @Sendable (EventLoop) -> Void) {
        doorbell.ring()
        queue.async {
            self.doorbell.enter()
            self.updateClock()
            work(self)
        }
    }

    /// Runs `work` on the loop with the connection, or with nil if it is gone.
    func run(on id: ConnectionID, _ work: @escaping @Sendable (Connection?) -> Void) {
        run { work($0.connections[id]) }
    }

    private func updateClock() {
        moment = System.nanoseconds()
        now = moment / 1_000_000
        dateLine.update(System.seconds())
    }

    private func handleEvents() {
        updateClock()
        let end = now + Self.turn
        var batch = 0
        while now < end, batch < Self.batches || !doorbell.hasVisitors {
            let count = doorbell.whileWaiting(Self.patience) { System.collect(poll, into: &events, waiting: $0) }
            if count == 0 { return }
            batch += 1
            updateClock()
            for index in 0..<count {
                let event = events[index]
                if let listener = Listener.index(ofTag: event.data.u64) {
                    acceptAll(from: listener)
                } else if let connection = connections[ConnectionID(tag: event.data.u64)] {
                    connection.handle(event.events)
                }
            }
        }
    }

    private func handleTick() {
        updateClock()
        for id in connections.expired(at: now) { connections[id]?.timedOut() }
        resumeAccepting()
        if connections.isEmpty, !listeners.contains(where: \.isPaused) {
            isTicking = false
            ticker.schedule(deadline: .distantFuture)
        }
    }

    /// The tick runs only while there is something to look after.
    func keepTicking() {
        if isTicking { return }
        isTicking = true
        ticker.schedule(deadline: .now() + Self.tick, repeating: Self.tick, leeway: .milliseconds(50))
    }

    /// Says which events of a descriptor are wanted.
    @discardableResult
    func watch(_ descriptor: Int32, _ interest: UInt32, tag: UInt64, isNew: Bool = false) -> Bool {
        System.watch(poll, descriptor, interest, tag: tag, isNew: isNew)
    }
}

/// What all loops of a server share.
final class SharedState: Sendable {
    let configuration: ServerConfiguration
    let responder: any Responder
    let logger: Logger
    let timeouts: Milliseconds
    let admission: Admission
    /// Of the fields that answers repeat.
    let repeated: FieldHints

    init(_ configuration: ServerConfiguration, _ responder: any Responder, _ logger: Logger, maxConnections: Int) {
        self.configuration = configuration
        self.responder = responder
        self.logger = logger
        admission = Admission(limit: maxConnections, isShared: configuration.isSharedPeer)
        timeouts = Milliseconds(configuration.timeouts)
        repeated = FieldHints(configuration.repeatedFields)
    }

    /// The timeouts in the loop's unit.
    struct Milliseconds: Sendable {
        let head, body, bodyGrace, idle, write, linger: Int64
        let bodyRate: Int64

        init(_ timeouts: Timeouts) {
            head = timeouts.head.milliseconds
            body = timeouts.body.milliseconds
            bodyGrace = timeouts.bodyGrace.milliseconds
            bodyRate = Int64(max(1, timeouts.bodyRate))
            idle = timeouts.idle.milliseconds
            write = timeouts.write.milliseconds
            linger = timeouts.linger.milliseconds
        }
    }
}
