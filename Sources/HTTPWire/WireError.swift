public import HTTPTypes

/// What the wire layer refuses: a status, a stable code and a sentence for a person.
public struct WireError: Error, Sendable, Equatable {
    /// The status of the answer.
    public let status: HTTPResponse.Status
    /// A stable name in kebab case, such as "conflicting-length".
    public let code: String
    /// One sentence that says what was wrong.
    public let detail: String

    /// An error of one's own, for what a server above the wire refuses in the same manner.
    public init(status: HTTPResponse.Status, code: String, detail: String) {
        self.status = status
        self.code = code
        self.detail = detail
    }
}

extension WireError {
    private static func bad(_ code: String, _ detail: String) -> WireError {
        WireError(status: .badRequest, code: code, detail: detail)
    }

    // The request line (RFC 9112 §3).
    /// The first line isn't `method SP target SP HTTP-version`.
    public static let badRequestLine = bad("bad-request-line", "The first line is not a method, a target and a version, one space apart.")
    /// The target is none of the forms of RFC 9112 §3.2, or has a byte that RFC 3986 doesn't allow.
    public static let badTarget = bad("bad-target", "The request target is not a valid path, URL or asterisk.")
    /// The target is longer than `WireLimits.targetBytes`.
    public static let targetTooLong = WireError(
        status: .uriTooLong, code: "target-too-long", detail: "The request target is longer than this server reads.")
    /// A method this server has no meaning for (RFC 9110 §15.6.2).
    public static let methodNotImplemented = WireError(
        status: .notImplemented, code: "method-not-implemented", detail: "This server does not implement the request method.")
    /// A well-formed version whose first digit isn't 1.
    public static let versionNotSupported = WireError(
        status: .httpVersionNotSupported, code: "version-not-supported", detail: "This server speaks HTTP/1.1 and HTTP/1.0.")

    // Field lines (RFC 9112 §5).
    /// A line that ends in a bare LF, or a CR without its LF.
    public static let badLineEnd = bad("bad-line-end", "A line of the head does not end in CR LF.")
    /// A field line without a colon, with an odd name, or with a blank before the colon.
    public static let badFieldName = bad("bad-field-name", "A field line has no valid name directly followed by a colon.")
    /// A control byte in a field value.
    public static let badFieldValue = bad("bad-field-value", "A field value holds a control byte.")
    /// A line that continues the one before (RFC 9112 §5.2).
    public static let foldedField = bad("folded-field", "A field value is folded over several lines.")
    /// The head is longer than `WireLimits.headBytes`.
    public static let headTooLarge = WireError(
        status: .requestHeaderFieldsTooLarge, code: "head-too-large", detail: "The request head is larger than this server reads.")
    /// More field lines than `WireLimits.fieldCount`.
    public static let tooManyFields = WireError(
        status: .requestHeaderFieldsTooLarge, code: "too-many-fields", detail: "The request has more header fields than this server reads.")

    // Host (RFC 9112 §3.2).
    /// An HTTP/1.1 request without Host.
    public static let missingHost = bad("missing-host", "An HTTP/1.1 request must have a Host field.")
    /// More than one Host line.
    public static let repeatedHost = bad("repeated-host", "The request has more than one Host field.")
    /// A Host that is no host and port.
    public static let badHost = bad("bad-host", "The Host field is not a valid host name and port.")
    /// An absolute-form target of https, from somebody who is no gateway: TLS doesn't end here (RFC 9110 §7.4).
    public static let misdirected = WireError(
        status: .misdirectedRequest, code: "misdirected", detail: "This server does not serve https itself.")

    // Framing (RFC 9112 §6).
    /// A Content-Length that is empty or has anything but digits.
    public static let badLength = bad("bad-length", "The Content-Length is not a plain decimal number.")
    /// More than one Content-Length line.
    public static let repeatedLength = bad("repeated-length", "The request has more than one Content-Length field.")
    /// Content-Length beside Transfer-Encoding.
    public static let conflictingLength = bad("conflicting-length", "The request has both Content-Length and Transfer-Encoding.")
    /// A Transfer-Encoding that isn't exactly `chunked`.
    public static let badTransferEncoding = bad("bad-transfer-encoding", "The Transfer-Encoding is not exactly \"chunked\".")
    /// A coding before `chunked` that this server doesn't decode.
    public static let codingNotImplemented = WireError(
        status: .notImplemented, code: "coding-not-implemented", detail: "This server decodes no transfer coding but \"chunked\".")
    /// An Expect that isn't `100-continue` (RFC 9110 §10.1.1).
    public static let expectationFailed = WireError(
        status: .expectationFailed, code: "expectation-failed", detail: "This server meets no expectation but \"100-continue\".")
    /// A body longer than the limit for its resource.
    public static let bodyTooLarge = WireError(
        status: .contentTooLarge, code: "body-too-large", detail: "The request body is larger than is accepted here.")
    /// A chunk size that isn't a hexadecimal number that fits.
    public static let badChunkSize = bad("bad-chunk-size", "A chunk size is not a hexadecimal number that fits.")
    /// A chunk line or a chunk that doesn't end in CR LF.
    public static let badChunkEnd = bad("bad-chunk-end", "A chunk does not end in CR LF.")
    /// Extensions longer than `WireLimits.chunkExtensionBytes`.
    public static let chunkExtensionsTooLarge = WireError(
        status: .contentTooLarge, code: "chunk-extensions-too-large", detail: "The chunk extensions are larger than this server reads.")
    /// A trailer line that is no field line.
    public static let badTrailer = bad("bad-trailer", "A trailer line is not a valid field line.")
    /// Trailers longer than `WireLimits.trailerBytes`.
    public static let trailersTooLarge = WireError(
        status: .requestHeaderFieldsTooLarge, code: "trailers-too-large", detail: "The trailers are larger than this server reads.")
    /// The client closed its side in the middle of a request.
    public static let truncated = bad("truncated", "The connection was closed before the request was complete.")

    // Proxies.
    /// A Forwarded or X-Forwarded field of a trusted proxy that can't be read.
    public static let badForwarding = bad("bad-forwarding", "What the proxy says about where the request came from can't be read.")
    /// A connection that doesn't begin with a PROXY protocol header where one must come.
    public static let badProxyHeader = bad("bad-proxy-header", "The connection does not begin with a valid PROXY protocol header.")
    /// A connection from elsewhere than a trusted proxy where only these may connect.
    public static let untrustedProxy = WireError(
        status: .forbidden, code: "untrusted-proxy", detail: "Only trusted proxies may connect to this address.")

    // Time and room.
    /// The head took longer than its time limit.
    public static let headTimeout = WireError(
        status: .requestTimeout, code: "head-timeout", detail: "The request head took too long to arrive.")
    /// The body took longer than its time limit, or came below the least rate.
    public static let bodyTimeout = WireError(
        status: .requestTimeout, code: "body-timeout", detail: "The request body took too long to arrive.")
    /// More connections than the server holds.
    public static let tooManyConnections = WireError(
        status: .serviceUnavailable, code: "too-many-connections",
        detail: "The server holds as many connections as it may; try again shortly.")
    /// The client went away; never sent, only told to whoever reads the body.
    public static let disconnected = bad("disconnected", "The client went away.")

    /// Every error above, for documents and tests.
    public static let catalogue: [WireError] = [
        .badRequestLine, .badTarget, .targetTooLong, .methodNotImplemented, .versionNotSupported,
        .badLineEnd, .badFieldName, .badFieldValue, .foldedField, .headTooLarge, .tooManyFields,
        .missingHost, .repeatedHost, .badHost, .misdirected,
        .badLength, .repeatedLength, .conflictingLength, .badTransferEncoding, .codingNotImplemented, .expectationFailed,
        .bodyTooLarge, .badChunkSize, .badChunkEnd, .chunkExtensionsTooLarge, .badTrailer, .trailersTooLarge, .truncated,
        .badForwarding, .badProxyHeader, .untrustedProxy,
        .headTimeout, .bodyTimeout, .tooManyConnections, .disconnected,
    ]
}
