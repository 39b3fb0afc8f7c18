/// How large the parts of a request may be. Past a limit the request is refused with the status named, and the connection closed.
public struct WireLimits: Sendable, Equatable {
    /// Bytes of the request target; past it 414. RFC 9112 §3 asks for at least 8000.
    public var targetBytes: Int
    /// Bytes of the whole head, request line and blank line included; past it 431 (414 within the target).
    public var headBytes: Int
    /// Field lines of the head; past it 431.
    public var fieldCount: Int
    /// Bytes of all chunk extensions of one body; past it 413.
    public var chunkExtensionBytes: Int
    /// Bytes of the trailer section of a chunked body; past it 431.
    public var trailerBytes: Int

    /// The defaults suit an API: 8 KB of target, 16 KB of head, 100 fields, 16 KB of extensions, 8 KB of trailers.
    public init(
        targetBytes: Int = 8192, headBytes: Int = 16384, fieldCount: Int = 100, chunkExtensionBytes: Int = 16384,
        trailerBytes: Int = 8192
    ) {
        self.targetBytes = targetBytes
        self.headBytes = headBytes
        self.fieldCount = fieldCount
        self.chunkExtensionBytes = chunkExtensionBytes
        self.trailerBytes = trailerBytes
    }
}
