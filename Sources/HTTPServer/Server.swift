import Dispatch
import Glibc
public import HTTPWire
public import Logging
import Synchronization

/// An HTTP/1.1 server: event loops, each with its own listening sockets, and a responder that answers.
public final class Server: Sendable {
    private let configuration: ServerConfiguration
    private let responder: any Responder
    private let logger: Logger
    private let state = Mutex(State())  // Starting, stopping and counting are rare; no request comes by here.

    private struct State {
        var loops: [EventLoop] = []
        var unixPaths: [String] = []
        var isStarted = false
        var isStopping = false
    }

    /// A server that isn't listening yet.
    public init(_ configuration: ServerConfiguration, responder: any Responder, logger: Logger) {
        self.configuration = configuration
        self.responder = responder
        self.logger = logger
    }

    /// Starts to listen and to serve. Once only. From here on the process ignores SIGPIPE, and its limit of open descriptors is the
    /// hard one.
    /// - Returns: where it listens, in the order asked for, with the ports that were chosen for 0.
    /// - Throws: the address and why it can't be listened on; then nothing is left open.
    public func start() throws(ServerError) -> [ListenAddress] {
        let isFirst = state.withLock { state in
            defer { state.isStarted = true }
            return !state.isStarted
        }
        if !isFirst { throw ServerError(address: nil, cause: SystemError(call: "start", code: EALREADY)) }
        System.ignoreBrokenPipes()
        let plan = ListeningPlan(configuration)
        let listening = try plan.open()
        let shared = SharedState(configuration, responder, logger, maxConnections: boundedConnections())
        var loops: [EventLoop] = []
        do throws(SystemError) {
            for index in 0..<plan.loops { loops.append(try EventLoop(index: index, shared: shared)) }
        } catch {
            listening.closeAll()
            throw ServerError(address: nil, cause: error)
        }
        let made = loops
        state.withLock {
            $0.loops = made
            $0.unixPaths = listening.unixPaths
        }
        for (index, loop) in loops.enumerated() {
            let own = listening.tcp.map { $0[index] }
            let shared = index == 0 ? listening.shared : []
            let proxied = configuration.proxyProtocol ? Set(own + shared) : listening.proxied
            loop.run { loop in
                for descriptor in own { loop.add(Listener(descriptor: descriptor, expectsProxyHeader: proxied.contains(descriptor))) }
                for descriptor in shared {
                    loop.add(Listener(descriptor: descriptor, expectsProxyHeader: proxied.contains(descriptor), shares: made))
                }
            }
        }
        return listening.addresses
    }

    /// Stops: accepts no more, finishes what runs with `Connection: close`, and closes the rest after `deadline`.
    /// - Parameter completion: called once everything is closed, on a queue of the server's.
    public func stop(deadline: Duration, completion: @escaping @Sendable () -> Void) {
        let (loops, paths) = state.withLock { state in
            defer {
                state.isStopping = true
                state.unixPaths = []
            }
            return (state.isStopping ? [] : state.loops, state.unixPaths)
        }
        for path in paths { System.removeFile(path) }
        let group = DispatchGroup()
        for _ in loops { group.enter() }
        Self.drain(loops[...], group)
        let giveUp = DispatchWorkItem { for loop in loops { loop.run { $0.closeAll() } } }
        DispatchQueue.global().asyncAfter(deadline: .now() + .milliseconds(Int(deadline.milliseconds)), execute: giveUp)
        group.notify(queue: .global()) {
            giveUp.cancel()
            completion()
        }
    }

    /// One after the other: the first loop may hand connections to the others, and these come before their own drain.
    private static func drain(_ loops: ArraySlice<EventLoop>, _ group: DispatchGroup) {
        guard let first = loops.first else { return }
        first.run { loop in
            loop.drain { group.leave() }
            drain(loops.dropFirst(), group)
        }
    }

    /// What has been counted since the start.
    public var counters: ServerCounters { ServerCounters(state.withLock { $0.loops }.map(\.counters)) }

    /// The wanted number of connections, or what the limit of descriptors leaves for them.
    private func boundedConnections() -> Int {
        let descriptors = System.raiseDescriptorLimit()
        // The rest of the program needs some too: files, the journal, listening sockets.
        let available = max(16, descriptors - max(64, descriptors / 16))
        if available < configuration.maxConnections {
            logger.warning(
                "fewer connections than configured: descriptor limit",
                metadata: ["connections": "\(available)", "configured": "\(configuration.maxConnections)", "descriptors": "\(descriptors)"])
        }
        return min(available, configuration.maxConnections)
    }
}

/// Why a server could not start.
public struct ServerError: Error, Sendable, CustomStringConvertible {
    /// Where it should have listened; nil if the cause has nothing to do with an address.
    public let address: ListenAddress?
    /// What went wrong.
    public let cause: SystemError

    /// `127.0.0.1:8080: bind: Address already in use`.
    public var description: String { address.map { "\($0): \(cause)" } ?? "\(cause)" }
}
