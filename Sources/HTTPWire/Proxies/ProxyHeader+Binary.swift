extension ProxyHeader {
    /// The signature, version and command, family and protocol, and the length of the rest.
    private static let fixedPart = 16

    /// Version 2 (§2.2): the fixed part, addresses of the family's size, and values with their types and lengths.
    static func parseBinary(_ bytes: Span<UInt8>) throws(WireError) -> ProxyHeader? {
        // Each is looked at as soon as it is there.
        if bytes.count > 12, bytes[12] != local, bytes[12] != proxied { throw .badProxyHeader }
        if bytes.count > 13, bytes[12] == proxied, addressSize(bytes[13]) == nil { throw .badProxyHeader }
        guard bytes.count >= fixedPart else { return nil }
        let rest = number(bytes, at: 14)
        if rest > mostValues { throw .badProxyHeader }
        guard bytes.count >= fixedPart + rest else { return nil }
        var header = ProxyHeader()
        header.length = fixedPart + rest
        // What comes with LOCAL, or with UNSPEC, is to be passed over, whatever it is.
        guard bytes[12] == proxied, let size = addressSize(bytes[13]), size > 0 else { return header }
        guard rest >= size else { throw .badProxyHeader }
        header.readAddresses(bytes)
        header.isSecure = try readValues(bytes, fixedPart + size..<header.length)
        return header
    }

    /// Version 2, and the proxy's own connection.
    private static let local: UInt8 = 0x20
    /// Version 2, and somebody else's connection.
    private static let proxied: UInt8 = 0x21

    /// Bytes of both addresses and ports for a family (the high half) over a stream or datagrams; those of a Unix-domain socket are
    /// two paths. nil for what must not be sent.
    private static func addressSize(_ kind: UInt8) -> Int? {
        switch kind {
        case 0x00: 0
        case 0x11, 0x12: 12
        case 0x21, 0x22: 36
        case 0x31, 0x32: 216
        default: nil
        }
    }

    private mutating func readAddresses(_ bytes: Span<UInt8>) {
        let start = Self.fixedPart
        switch bytes[13] >> 4 {
        case 1:
            func address(_ place: Int, _ port: Int) -> PeerAddress {
                var address = SIMD4<UInt8>()
                for index in 0..<4 { address[index] = bytes[place + index] }
                return .ipv4(address, port: UInt16(Self.number(bytes, at: port)))
            }
            source = address(start, start + 8)
            destination = address(start + 4, start + 10)
        case 2:
            func address(_ place: Int, _ port: Int) -> PeerAddress {
                var address = SIMD16<UInt8>()
                for index in 0..<16 { address[index] = bytes[place + index] }
                return PeerAddress(ipv6: address, port: UInt16(Self.number(bytes, at: port)))
            }
            source = address(start, start + 32)
            destination = address(start + 16, start + 34)
        case 3:
            source = .unix
            destination = .unix
        default: break
        }
    }

    /// Reads type, length and value to the end, and says whether the client speaks TLS.
    private static func readValues(_ bytes: Span<UInt8>, _ range: Range<Int>) throws(WireError) -> Bool {
        var isSecure = false
        var sawChecksum = false
        var position = range.lowerBound
        while position < range.upperBound {
            guard range.upperBound - position >= 3 else { throw .badProxyHeader }
            let length = number(bytes, at: position + 1)
            let start = position + 3
            guard range.upperBound - start >= length else { throw .badProxyHeader }
            switch bytes[position] {
            case 0x03:  // PP2_TYPE_CRC32C
                guard length == 4, !sawChecksum, checksum(bytes, ofFirst: range.upperBound, without: start) else {
                    throw .badProxyHeader
                }
                sawChecksum = true
            case 0x20:  // PP2_TYPE_SSL: which of the client's bits hold, and how its certificate was found
                guard length >= 5 else { throw .badProxyHeader }
                isSecure = bytes[start] & 1 != 0
            default: break
            }
            position = start + length
        }
        return isSecure
    }

    /// Whether the four bytes at `place` are the CRC-32C (RFC 9260 appendix A) of the header with zeros in their place.
    private static func checksum(_ bytes: Span<UInt8>, ofFirst count: Int, without place: Int) -> Bool {
        var sum = UInt32.max
        for position in 0..<count {
            sum ^= UInt32(place..<place + 4 ~= position ? 0 : bytes[position])
            for _ in 0..<8 { sum = sum & 1 == 1 ? sum >> 1 ^ 0x82f6_3b78 : sum >> 1 }
        }
        return ~sum == UInt32(number(bytes, at: place)) << 16 | UInt32(number(bytes, at: place + 2))
    }

    /// Two bytes in network order.
    private static func number(_ bytes: Span<UInt8>, at position: Int) -> Int {
        Int(bytes[position]) << 8 | Int(bytes[position + 1])
    }
}
