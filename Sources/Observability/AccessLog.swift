import HTTPTypes
public import HTTPWire
import JSON

/// One answered request, as an access log tells it.
public struct AccessRecord: Sendable {
    /// The request; nil if its head could not be read.
    public var request: Request?
    /// The client's address, without the port.
    public var client: String
    /// When it was answered, in seconds and nanoseconds since 1970.
    public var time: (seconds: Int64, nanoseconds: Int64)
    /// The status of the answer.
    public var status: Int
    /// Bytes of the answer's body.
    public var bodyBytes: Int
    /// From the end of the head to the end of the answer's handing over.
    public var nanoseconds: Int64

    /// A record.
    public init(
        request: Request?, client: String, time: (seconds: Int64, nanoseconds: Int64), status: Int, bodyBytes: Int, nanoseconds: Int64
    ) {
        self.request = request
        self.client = client
        self.time = time
        self.status = status
        self.bodyBytes = bodyBytes
        self.nanoseconds = nanoseconds
    }
}

/// Writes a line for each answered request.
public struct AccessLog: Sendable {
    /// How a line looks.
    public enum Format: String, Sendable, CaseIterable {
        /// The Combined Log Format of the Apache and nginx servers.
        case combined
        /// An object of JSON.
        case json
    }

    private let format: Format
    private let writer: LineWriter

    /// A log in this format.
    public init(_ format: Format, writer: LineWriter) {
        self.format = format
        self.writer = writer
    }

    /// Hands in the line of one request. Never waits for the disk.
    public func record(_ record: AccessRecord) {
        writer.write { bytes in
            switch format {
            case .combined: AccessLog.appendCombined(record, to: &bytes)
            case .json: AccessLog.appendJSON(record, to: &bytes)
            }
        }
    }

    /// `192.0.2.1 - - [06/Nov/1994:08:49:37 +0000] "GET / HTTP/1.1" 200 12 "-" "curl/8"`.
    static func appendCombined(_ record: AccessRecord, to bytes: inout [UInt8]) {
        bytes.append(contentsOf: record.client.utf8)
        bytes.append(contentsOf: " - - [".utf8)
        HTTPDate(seconds: record.time.seconds).appendCommonLog(to: &bytes)
        bytes.append(contentsOf: "] \"".utf8)
        if let request = record.request {
            append(escaping: request.method.rawValue.utf8, to: &bytes)
            bytes.append(0x20)
            append(escaping: request.prefix.utf8, to: &bytes)
            append(escaping: request.targetBytes, to: &bytes)
            bytes.append(contentsOf: request.isHTTP10 ? " HTTP/1.0".utf8 : " HTTP/1.1".utf8)
        } else {
            bytes.append(UInt8(ascii: "-"))
        }
        bytes.append(contentsOf: "\" \(record.status) \(record.bodyBytes) \"".utf8)
        append(escaping: record.request?.bytes(of: .referer) ?? [UInt8(ascii: "-")], to: &bytes)
        bytes.append(contentsOf: "\" \"".utf8)
        append(escaping: record.request?.bytes(of: .userAgent) ?? [UInt8(ascii: "-")], to: &bytes)
        bytes.append(contentsOf: "\"\n".utf8)
    }

    /// Quotes, backslashes and what is not visible ASCII as \xHH, so that no client breaks out of its place in the line.
    private static func append(escaping text: some Collection<UInt8>, to bytes: inout [UInt8]) {
        for byte in text {
            if byte >= 0x20, byte < 0x7f, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\") {
                bytes.append(byte)
            } else {
                bytes.append(contentsOf: "\\x".utf8)
                for digit in [byte >> 4, byte & 15] { bytes.append(digit < 10 ? 0x30 + digit : 0x37 + digit) }
            }
        }
    }

    static func appendJSON(_ record: AccessRecord, to bytes: inout [UInt8]) {
        var time: [UInt8] = []
        HTTPDate(seconds: record.time.seconds).appendRFC3339(milliseconds: Int(record.time.nanoseconds / 1_000_000), to: &time)
        var writer = JSONWriter(capacity: 384)
        writer.object { writer in
            writer.member("time", String(decoding: time, as: UTF8.self))
            writer.member("client", record.client)
            if let request = record.request {
                writer.member("method", request.method.rawValue)
                writer.member("target", request.prefix + String(decoding: request.targetBytes, as: UTF8.self))
                writer.member("scheme", request.scheme)
                writer.member("host", request.host)
                writer.member("protocol", request.isHTTP10 ? "HTTP/1.0" : "HTTP/1.1")
            }
            writer.member("status", record.status)
            writer.member("bytes", record.bodyBytes)
            writer.key("seconds")
            writer.number(Double(record.nanoseconds) / 1e9)
            guard let request = record.request else { return }
            writer.member("referer", request[.referer])
            writer.member("userAgent", request[.userAgent])
            writer.member("requestId", request[.requestID])
            writer.member("traceparent", request[.traceparent])
        }
        bytes.append(contentsOf: writer.bytes)
        bytes.append(UInt8(ascii: "\n"))
    }
}
