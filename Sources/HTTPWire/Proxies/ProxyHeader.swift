/// What a proxy says about a connection before its first byte: the PROXY protocol, versions 1 and 2
/// (haproxy.org/download/2.9/doc/proxy-protocol.txt).
public struct ProxyHeader: Sendable, Equatable {
    /// Who connected to the proxy; nil where the proxy speaks for itself (LOCAL, as for a health check) or can't say (UNKNOWN, UNSPEC).
    public internal(set) var source: PeerAddress?
    /// Where to; nil with the source.
    public internal(set) var destination: PeerAddress?
    /// Whether they speak over TLS: the client bit of version 2's PP2_TYPE_SSL.
    public internal(set) var isSecure = false
    /// Bytes that the header takes.
    public internal(set) var length = 0

    /// A line of version 1 is at most 107 bytes long, CR LF included (§2.1).
    static let longestLine = 107
    /// Bytes of addresses and values that are taken in version 2. The usual ones are far below; more is refused, not kept.
    static let mostValues = 4096

    private static let lineStart = Array("PROXY ".utf8)
    private static let signature: [UInt8] = [0x0d, 0x0a, 0x0d, 0x0a, 0x00, 0x0d, 0x0a, 0x51, 0x55, 0x49, 0x54, 0x0a]

    /// Reads the header at the beginning of `bytes`; nil while it isn't there whole. What no header begins with is refused at its
    /// first wrong byte.
    /// - Throws: `WireError.badProxyHeader`. The connection can't be read on after that.
    public static func parse(_ bytes: Span<UInt8>) throws(WireError) -> ProxyHeader? {
        guard !bytes.isEmpty else { return nil }
        let start = bytes[0] == lineStart[0] ? lineStart : signature
        for position in 0..<min(bytes.count, start.count) where bytes[position] != start[position] { throw .badProxyHeader }
        guard bytes.count >= start.count else { return nil }
        return start == lineStart ? try parseLine(bytes) : try parseBinary(bytes)
    }

    /// Version 1: `PROXY TCP4 192.0.2.1 198.51.100.1 35646 443`, one space apart.
    private static func parseLine(_ bytes: Span<UInt8>) throws(WireError) -> ProxyHeader? {
        var end = lineStart.count
        while end < bytes.count, bytes[end] != 0x0d {
            guard bytes[end] != 0x0a, end < longestLine - 2 else { throw .badProxyHeader }
            end += 1
        }
        guard end + 1 < bytes.count else { return nil }
        guard bytes[end + 1] == 0x0a else { throw .badProxyHeader }
        var line: [UInt8] = []
        for position in lineStart.count..<end { line.append(bytes[position]) }
        var header = ProxyHeader()
        header.length = end + 2
        let words = line.split(separator: 0x20, omittingEmptySubsequences: false)
        let family = words.first ?? []
        // The rest of such a line is to be left unread.
        if family.elementsEqual("UNKNOWN".utf8) { return header }
        let isFour = family.elementsEqual("TCP4".utf8)
        guard isFour || family.elementsEqual("TCP6".utf8), words.count == 5,
            let source = address(words[1], words[3], isFour: isFour), let destination = address(words[2], words[4], isFour: isFour)
        else { throw .badProxyHeader }
        header.source = source
        header.destination = destination
        return header
    }

    private static func address(_ text: ArraySlice<UInt8>, _ digits: ArraySlice<UInt8>, isFour: Bool) -> PeerAddress? {
        guard text.contains(UInt8(ascii: ":")) != isFour, digits.count == 1 || digits.first != UInt8(ascii: "0"),
            let port = PortNumber.read(digits)
        else { return nil }
        return PeerAddress(literal: text, port: port)
    }
}
