/// Who is at the other end of a connection.
public enum PeerAddress: Sendable, Hashable, CustomStringConvertible {
    /// Four bytes in network order, and the port.
    case ipv4(SIMD4<UInt8>, port: UInt16)
    /// Sixteen bytes in network order, and the port.
    case ipv6(SIMD16<UInt8>, port: UInt16)
    /// A process on this machine, through a Unix-domain socket.
    case unix

    /// The address without the port: `192.0.2.1`, `2001:db8::1` (RFC 5952), or `unix`.
    public var host: String {
        switch self {
        case .ipv4(let bytes, _): "\(bytes[0]).\(bytes[1]).\(bytes[2]).\(bytes[3])"
        case .ipv6(let bytes, _): Self.compressed(bytes)
        case .unix: "unix"
        }
    }

    /// `192.0.2.1:80`, `[2001:db8::1]:80`, or `unix:`.
    public var description: String {
        switch self {
        case .ipv4(_, let port): "\(host):\(port)"
        case .ipv6(_, let port): "[\(host)]:\(port)"
        case .unix: "unix:"
        }
    }

    /// RFC 5952 §4: lower case, no leading zeros, the first longest run of two or more zero groups as "::".
    private static func compressed(_ bytes: SIMD16<UInt8>) -> String {
        let groups = (0..<8).map { UInt16(bytes[$0 * 2]) << 8 | UInt16(bytes[$0 * 2 + 1]) }
        var longest = 0..<0
        var start = 0
        while start < 8 {
            var end = start
            while end < 8, groups[end] == 0 { end += 1 }
            if end - start > max(longest.count, 1) { longest = start..<end }
            start = max(end, start + 1)
        }
        let hex = groups.map { String($0, radix: 16) }
        if longest.isEmpty { return hex.joined(separator: ":") }
        return hex[..<longest.lowerBound].joined(separator: ":") + "::" + hex[longest.upperBound...].joined(separator: ":")
    }
}
