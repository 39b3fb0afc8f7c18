public import HTTPTypes
public import HTTPWire

/// Where and within what bounds a server serves.
public struct ServerConfiguration: Sendable {
    /// Where to listen.
    public var listen: [ListenAddress]
    /// Where to listen for connections that begin with a PROXY protocol header.
    public var proxyListen: [ListenAddress] = []
    /// Whether connections to every address begin with one.
    public var proxyProtocol = false
    /// The proxies that are believed about whom they speak for.
    public var trustedProxies: [AddressBlock] = []
    /// Event loops, at least 1. By default one for each processor.
    public var loops: Int
    /// Sizes of a request's parts.
    public var limits = WireLimits()
    /// How long things may take.
    public var timeouts = Timeouts()
    /// Connections open at once, over all loops; past it 503. Lowered at start to what the process may open.
    public var maxConnections = 20_000
    /// Whether a peer stands for many clients, as a proxy does: it may take all connections, where others have a fair share.
    public var isSharedPeer: @Sendable (PeerAddress) -> Bool = { _ in false }
    /// Connections the kernel holds for a listening socket until they are accepted.
    public var backlog: Int32 = 4096
    /// Bytes read and thrown away after an answer that closes, so that a client that first sends everything can read it.
    public var lingerBytes = 1 << 30
    /// Bytes of a streamed answer waiting for the client beyond which its writer is held back.
    public var streamHighWater = 256 << 10
    /// Fields of a request that its answer repeats, so that a proxy or a client finds them in both.
    public var repeatedFields: [HTTPField.Name] = []
    /// Called on the loop after each answer, for counting and an access log. Must not block. Costs nothing when nil. The request is nil
    /// if its head could not be read, or if nobody needs it: the answer has its route and `logsRequests` is false. Its bytes may be
    /// the loop's buffer: take what is needed, or `detached()`.
    public var onCompletion: (@Sendable (_ completed: CompletedRequest, _ request: Request?) -> Void)?
    /// Whether `onCompletion` is given the request always.
    public var logsRequests = false

    /// Who may send a PROXY protocol header: the trusted proxies. Where none are named, this machine, as nobody else should reach
    /// an address that is meant for a proxy.
    public var headerSenders: [AddressBlock] { trustedProxies.isEmpty ? Self.thisMachine : trustedProxies }
    private static let thisMachine = ["127.0.0.0/8", "::1", "unix"].compactMap { AddressBlock($0) }

    /// The defaults for the given addresses.
    public init(listen: [ListenAddress], loops: Int? = nil) {
        self.listen = listen
        self.loops = loops ?? System.processorCount
    }
}

/// How long things may take. A connection that exceeds one is closed, after 408 where a request was under way.
public struct Timeouts: Sendable {
    /// From the first byte of a head to its last, however it drips.
    public var head: Duration = .seconds(15)
    /// From the end of the head to the end of a buffered body. Streamed bodies have only the rate.
    public var body: Duration = .seconds(300)
    /// The least rate of a body in bytes a second, after `bodyGrace`. Time that the server isn't reading doesn't count.
    public var bodyRate = 512
    /// How long a body may stay below `bodyRate` at first.
    public var bodyGrace: Duration = .seconds(15)
    /// Without a request. Longer than a proxy keeps its side (60 s is usual), so that the proxy is the one that closes.
    public var idle: Duration = .seconds(75)
    /// Without the client taking any byte of an answer.
    public var write: Duration = .seconds(30)
    /// Reading on after an answer that closes.
    public var linger: Duration = .seconds(5)

    /// The defaults.
    public init() {}
}

/// One answered request, for a log.
public struct CompletedRequest: Sendable {
    /// Who was answered.
    public let peer: PeerAddress
    /// The request's method; nil if its head could not be read.
    public let method: KnownMethod?
    /// What the responder has the answer counted under; nil if it doesn't say.
    public let route: Int?
    /// The status of the answer.
    public let status: Int
    /// Bytes of the answer's body.
    public let bodyBytes: Int
    /// Nanoseconds to the end of the answer's handing over, from the events or the answer to another that came just before the
    /// head.
    public let nanoseconds: Int64
}

extension Duration {
    /// Whole milliseconds, 0 at least.
    var milliseconds: Int64 {
        let (seconds, attoseconds) = components
        let (product, overflow) = seconds.multipliedReportingOverflow(by: 1000)
        return overflow ? .max / 4 : max(0, min(product, .max / 4) + attoseconds / 1_000_000_000_000_000)
    }
}
