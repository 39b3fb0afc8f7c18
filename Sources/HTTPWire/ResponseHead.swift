import HTTPTypes

/// What goes round an answer: decided by the connection machine, written in front of the application's fields.
public struct AnswerPlan: Sendable, Equatable {
    /// How the end of the body is told (RFC 9112 §6.3).
    public enum Framing: Sendable, Equatable {
        /// No body and no length: 204, 304.
        case none
        /// Content-Length.
        case length(Int)
        /// Transfer-Encoding: chunked.
        case chunked
        /// The close of the connection, for HTTP/1.0.
        case untilClose
    }

    /// How the end of the body is told.
    public var framing: Framing
    /// Whether the body is left out though its length is told: HEAD.
    public var omitsBody: Bool
    /// Whether the connection closes after the answer.
    public var closes: Bool
    /// Whether staying open must be said: HTTP/1.0 (RFC 9112 §9.3).
    public var saysKeepAlive: Bool

    /// A plan of one's own; a connection's comes from `ConnectionMachine.plan`.
    public init(framing: Framing, omitsBody: Bool, closes: Bool, saysKeepAlive: Bool) {
        self.framing = framing
        self.omitsBody = omitsBody
        self.closes = closes
        self.saysKeepAlive = saysKeepAlive
    }

    /// Whether body bytes follow the head.
    @inline(__always)
    public var sendsBody: Bool { !omitsBody && framing != .none }
}

/// Writes response heads (RFC 9112 §4).
public enum ResponseHead {
    /// The interim answer to `Expect: 100-continue`.
    public static let `continue` = Array("HTTP/1.1 100 Continue\r\n\r\n".utf8)

    /// Appends the head for `response`, up to and with its blank line.
    /// - Parameters:
    ///   - dateLine: a whole `Date:` line, with its CR LF.
    ///   - repeated: whole lines of the request that the answer repeats.
    @inline(__always)
    public static func append(
        _ response: borrowing Response, _ plan: AnswerPlan, dateLine: [UInt8], repeated: [UInt8] = [], to bytes: inout [UInt8]
    ) {
        append(status: response.status, to: &bytes)
        bytes.append(contentsOf: dateLine)
        switch plan.framing {
        case .length(let length):
            bytes.append(literal: "Content-Length: ")
            bytes.append(decimal: length)
            bytes.append(literal: "\r\n")
        case .chunked: bytes.append(literal: "Transfer-Encoding: chunked\r\n")
        case .none, .untilClose: break
        }
        if plan.closes {
            bytes.append(literal: "Connection: close\r\n")
        } else if plan.saysKeepAlive {
            bytes.append(literal: "Connection: keep-alive\r\n")
        }
        if !response.fields.isEmpty { append(fields: response.fields, to: &bytes) }
        bytes.append(contentsOf: response.preparedFields)
        if !repeated.isEmpty { bytes.append(contentsOf: repeated) }
        bytes.append(literal: "\r\n")
    }

    @inline(__always)
    private static func append(status: HTTPResponse.Status, to bytes: inout [UInt8]) {
        switch status.code {
        case 200: bytes.append(literal: "HTTP/1.1 200 OK\r\n")
        case 304: bytes.append(literal: "HTTP/1.1 304 Not Modified\r\n")
        default:
            bytes.append(literal: "HTTP/1.1 ")
            bytes.append(decimal: status.code)
            bytes.append(0x20)
            bytes.append(contentsOf: status.reasonPhrase.utf8)
            bytes.append(literal: "\r\n")
        }
    }

    private static func append(fields: HTTPFields, to bytes: inout [UInt8]) {
        for field in fields where !isOurs(field.name) {
            bytes.append(contentsOf: field.name.rawName.utf8)
            bytes.append(literal: ": ")
            field.withUnsafeBytesOfValue { bytes.append(contentsOf: $0) }
            bytes.append(literal: "\r\n")
        }
    }

    private static func isOurs(_ name: HTTPField.Name) -> Bool {
        name == .date || name == .contentLength || name == .transferEncoding || name == .connection
    }
}

extension [UInt8] {
    @inline(__always)
    mutating func append(literal: StaticString) {
        // A static string's bytes live as long as the program.
        append(contentsOf: UnsafeBufferPointer(start: literal.utf8Start, count: literal.utf8CodeUnitCount))
    }

    /// The last two digits of a number from 0.
    @inline(__always)
    mutating func append(twoDigits number: Int) {
        append(UInt8(truncatingIfNeeded: 0x30 + number / 10 % 10))
        append(UInt8(truncatingIfNeeded: 0x30 + number % 10))
    }

    /// Three letters out of a row of names.
    @inline(__always)
    mutating func append(name index: Int, of names: StaticString) {
        // The callers' index is below the number of names in the row.
        append(contentsOf: UnsafeBufferPointer(start: names.utf8Start + index * 3, count: 3))
    }

    /// A number from 0 in decimal digits.
    mutating func append(decimal number: Int) {
        // From the last digit on, as division by a constant is a multiplication.
        var digits = InlineArray<19, UInt8>(repeating: 0)
        var first = digits.count
        var rest = number
        repeat {
            first -= 1
            digits[first] = UInt8(truncatingIfNeeded: 0x30 + rest % 10)
            rest /= 10
        } while rest > 0
        for index in first..<digits.count { append(digits[index]) }
    }
}

extension [UInt8] {
    /// Appends the line before a chunk of `count` bytes (RFC 9112 §7.1). An empty chunk would end the body: `count` is at least 1.
    public mutating func append(chunkHeadFor count: Int) {
        var shift = 60
        while shift > 0, count >> shift == 0 { shift -= 4 }
        while shift >= 0 {
            let digit = UInt8(truncatingIfNeeded: count >> shift & 15)
            append(digit < 10 ? 0x30 + digit : 0x57 + digit)
            shift -= 4
        }
        append(literal: "\r\n")
    }

    /// Appends what follows a chunk's bytes.
    public mutating func appendChunkTail() { append(literal: "\r\n") }

    /// Appends the last chunk and the empty trailer section.
    public mutating func appendLastChunk() { append(literal: "0\r\n\r\n") }
}
