/// A parsed request head: what was decided, and where its parts stand. Positions count from the first byte of the head.
public struct RequestHead: Sendable {
    /// Bytes the head takes, with the blank line at its end.
    public internal(set) var length = 0
    /// The method; only those that the server knows get this far.
    public internal(set) var method = KnownMethod.get
    /// The minor version: 0 or 1. Higher ones count as 1 (RFC 9110 §2.5).
    public internal(set) var minorVersion: UInt8 = 1
    /// Whether the connection may serve another request after this one (RFC 9112 §9.3).
    public internal(set) var isPersistent = true
    /// Whether the client waits for 100 Continue (RFC 9110 §10.1.1). Never for HTTP/1.0.
    public internal(set) var expectsContinue = false
    /// How the body is delimited.
    public internal(set) var framing = BodyFraming.none
    /// The path; empty for an absolute-form target without one, which stands for "/".
    public internal(set) var path = Range32()
    /// What follows the first "?"; nil without one.
    public internal(set) var query: Range32?
    /// Host, or the authority of an absolute-form target (RFC 9112 §3.2.2). Empty for HTTP/1.0 without Host.
    public internal(set) var authority = Range32()
    /// Whether an absolute-form target says https.
    public internal(set) var isForTLS = false
    /// The field lines in order.
    public private(set) var fields: [FieldRange] = []
    /// Which names are not among them.
    private(set) var hints = FieldHints()

    /// A head with nothing in it yet.
    public init() {}

    /// Adds a field line, whose name begins with `initial`.
    @inline(__always)
    mutating func append(_ field: FieldRange, initial: UInt8) {
        fields.append(field)
        hints.insert(initial: initial, count: Int(field.name.upper &- field.name.lower))
    }

    /// Starts over with the room for the field lines.
    mutating func reset() {
        var room: [FieldRange] = []
        swap(&room, &fields)  // Held once, so that emptying it keeps its room.
        room.removeAll(keepingCapacity: true)
        self = RequestHead()
        fields = room
    }
}

/// The methods this server has a meaning for. Others are 501 (RFC 9110 §15.6.2); CONNECT is among those, as an origin is no tunnel.
public enum KnownMethod: UInt8, Sendable, CaseIterable {
    case get, head, post, put, delete, options, patch, trace
}

/// How a request body is delimited (RFC 9112 §6.3).
public enum BodyFraming: Sendable, Equatable {
    /// No body.
    case none
    /// So many bytes, more than none.
    case length(Int)
    /// Chunks up to the last chunk.
    case chunked
}

/// A range of positions in half the room; heads are far shorter than 4 GB.
public struct Range32: Sendable, Equatable {
    /// First position.
    public var lower: UInt32
    /// One past the last position.
    public var upper: UInt32

    init(_ range: Range<Int> = 0..<0) {
        lower = UInt32(truncatingIfNeeded: range.lowerBound)
        upper = UInt32(truncatingIfNeeded: range.upperBound)
    }

    /// The same as a range of `Int`.
    @inline(__always)
    public var range: Range<Int> { Int(lower)..<Int(upper) }
}

/// Where one field line's name and value stand; the value without the blanks around it.
public struct FieldRange: Sendable, Equatable {
    /// The name.
    public var name: Range32
    /// The value.
    public var value: Range32
}
