public import HTTPTypes

/// One request as an application sees it. Cheap to make: the head's bytes are held once, the rest are ranges into them.
public struct Request: Sendable {
    /// The method.
    public var method: HTTPRequest.Method { HTTPRequest.Method(head.method) }
    /// Who sent it, as far as the connection tells.
    public let peer: PeerAddress
    /// The body. While the body policy is being asked for, `.none`.
    public var body: RequestBody
    /// The parsed head.
    public let head: RequestHead
    /// Where it came from before trusted proxies; nil while nobody but the peer is known.
    public internal(set) var origin: RequestOrigin?
    let bytes: [UInt8]
    /// Where in `bytes` the head begins.
    let base: Int

    /// A request whose head was parsed from `bytes` at `base`. The bytes are shared, not copied.
    public init(head: RequestHead, bytes: [UInt8], base: Int, peer: PeerAddress, body: RequestBody = .none) {
        self.peer = peer
        self.body = body
        self.head = head
        self.bytes = bytes
        self.base = base
    }

    /// A request made by hand, for tests of a `Responder` without a socket. Nothing is checked; `host` stands in for a missing Host.
    public init(method: HTTPRequest.Method, target: String, fields: HTTPFields = [:], body: [UInt8] = []) {
        var head = RequestHead()
        var bytes: [UInt8] = []
        func put(_ part: some Collection<UInt8>) -> Range32 {
            bytes.append(contentsOf: part)
            return Range32(bytes.count - part.count..<bytes.count)
        }
        let parts = target.utf8.split(separator: UInt8(ascii: "?"), maxSplits: 1, omittingEmptySubsequences: false)
        head.path = put(parts[0])
        if parts.count > 1 {
            bytes.append(UInt8(ascii: "?"))
            head.query = put(parts[1])
        }
        head.authority = put((fields[HTTPField.Name.host] ?? "host").utf8)
        head.method = KnownMethod(method) ?? .get
        for field in fields {
            let name = put(field.name.rawName.utf8)
            let value = field.withUnsafeBytesOfValue { Array($0) }
            head.append(FieldRange(name: name, value: put(value)), initial: bytes[Int(name.lower)])
        }
        head.length = bytes.count
        self.peer = .unix
        self.body = body.isEmpty ? .none : .bytes(body)
        self.head = head
        self.bytes = bytes
        self.base = 0
    }

    /// The same request with a copy of just the head's bytes, for keeping longer than the buffer it was read into.
    public func detached() -> Request {
        var copy = Request(head: head, bytes: Array(bytes[base..<base + head.length]), base: 0, peer: peer, body: body)
        copy.origin = origin
        return copy
    }

    @inline(__always)
    func slice(_ range: Range32) -> ArraySlice<UInt8> {
        bytes[base &+ Int(range.lower)..<base &+ Int(range.upper)]
    }

    private static let root: [UInt8] = [UInt8(ascii: "/")]

    /// The target's path, still percent-encoded, starting with "/"; "*" for `OPTIONS *`. No allocation.
    public var pathBytes: ArraySlice<UInt8> {
        let path = slice(head.path)
        return path.isEmpty ? Self.root[...] : path
    }

    /// The same as a string.
    public var path: String { String(decoding: pathBytes, as: UTF8.self) }

    /// What follows the first "?", still encoded; nil without "?".
    public var queryBytes: ArraySlice<UInt8>? { head.query.map(slice) }

    /// Path and query as they were sent.
    public var targetBytes: ArraySlice<UInt8> {
        guard let query = head.query else { return pathBytes }
        return head.path.range.isEmpty
            ? Self.root + [UInt8(ascii: "?")] + slice(query) : slice(Range32(Int(head.path.lower)..<Int(query.upper)))
    }

    /// Whether the request is of HTTP/1.0.
    public var isHTTP10: Bool { head.minorVersion == 0 }

    /// Host, or that of an absolute-form target (RFC 9112 §3.2.2); empty for HTTP/1.0 without Host.
    public var authority: String { String(decoding: slice(head.authority), as: UTF8.self) }
}

/// A request's body.
public enum RequestBody: Sendable {
    /// There is none, or it is empty.
    case none
    /// The whole of it.
    case bytes([UInt8])
    /// To be read as it comes.
    case stream(any BodyStream)
}

/// A request body read as it comes. Pull-based: nothing more is read from the socket than is asked for, which is the back-pressure.
public protocol BodyStream: Sendable {
    /// Asks for the next piece; `deliver` is called exactly once, on the connection's loop. One ask at a time.
    func read(_ deliver: @escaping @Sendable (BodyPiece) -> Void)
}

/// What an ask for more of a body brings.
public enum BodyPiece: Sendable {
    /// Some bytes, at least one.
    case bytes([UInt8])
    /// The body is complete. Every later ask brings the same.
    case end
    /// The body will not become complete: bad framing, too slow, or the client went away.
    case failed(WireError)
}
