public import HTTPTypes

/// An answer. The server adds Date, the framing fields and Connection; fields of those names given here are left out.
public struct Response: Sendable {
    /// The status.
    public var status: HTTPResponse.Status
    /// Fields to send. Values are made legal by HTTPTypes, so no request byte breaks out of its line.
    public var fields: HTTPFields
    /// Whole field lines made in advance ("ETag: …\r\n…"), trusted, sent as they are. The hot path uses these and leaves `fields` empty.
    public var preparedFields: [UInt8]
    /// The body.
    public var body: ResponseBody
    /// What it is counted under, by the responder's own numbers; nil if it says nothing about that.
    public var route: Int?

    /// An answer with what is given, and an empty body otherwise.
    @inlinable
    public init(
        _ status: HTTPResponse.Status, fields: HTTPFields = HTTPFields(), preparedFields: [UInt8] = [], body: ResponseBody = .empty
    ) {
        self.status = status
        self.fields = fields
        self.preparedFields = preparedFields
        self.body = body
    }
}

/// A body to send. It is left out for HEAD, 204 and 304 (RFC 9110 §6.4.1), so a responder needs no second way for HEAD.
public enum ResponseBody: Sendable {
    /// Nothing.
    case empty
    /// These bytes.
    case bytes([UInt8])
    /// These bytes, sent in gathered writes. Content-Length is their sum.
    case pieces([[UInt8]])
    /// Part of an open file.
    case file(FileBody)
    /// A body of unknown length: chunked for HTTP/1.1, up to the close for HTTP/1.0. The function is called once, on the
    /// connection's loop, after the head was written; for HEAD it isn't called.
    case stream(@Sendable (any ResponseWriter) -> Void)

    /// Bytes of the body; nil for a stream.
    @inlinable
    public var length: Int? {
        switch self {
        case .empty: 0
        case .bytes(let bytes): bytes.count
        case .pieces(let pieces): pieces.reduce(0) { $0 + $1.count }
        case .file(let file): file.length
        case .stream: nil
        }
    }
}

/// Part of an open file, sent by the kernel.
public struct FileBody: Sendable {
    /// The descriptor, open for reading for as long as `owner` lives.
    public let descriptor: Int32
    /// First byte of the part, from 0.
    public let offset: Int
    /// Bytes of the part, from 0.
    public let length: Int
    /// What keeps the descriptor open, and closes it when it goes.
    public let owner: any AnyObject & Sendable

    /// A part of the file behind `descriptor`. If the file turns out shorter, the connection is cut off.
    public init(descriptor: Int32, offset: Int, length: Int, owner: any AnyObject & Sendable) {
        self.descriptor = descriptor
        self.offset = offset
        self.length = length
        self.owner = owner
    }
}

/// Where a streamed body is written.
public protocol ResponseWriter: Sendable {
    /// May be called from any thread. `then(true)` once the bytes are handed to the kernel or there is room to go on; `then(false)`
    /// when the client is gone. `then` is called exactly once.
    func write(_ bytes: [UInt8], then: @escaping @Sendable (Bool) -> Void)
    /// Ends the body well. Later calls do nothing.
    func finish()
    /// Ends without the last chunk, so that the client sees that it was cut off. The same happens if the writer is dropped unfinished.
    func abort()
}
