import HTTPWire
import Testing

/// The PROXY protocol, versions 1 and 2.
struct ProxyHeaderTests {
    static let signature: [UInt8] = [13, 10, 13, 10, 0, 13, 10, 81, 85, 73, 84, 10]

    /// A header of version 2.
    static func binary(_ kind: UInt8, _ rest: [UInt8], command: UInt8 = 0x21) -> [UInt8] {
        signature + [command, kind, UInt8(rest.count >> 8), UInt8(rest.count & 255)] + rest
    }
    static let four: [UInt8] = [192, 0, 2, 1, 198, 51, 100, 2, 0x12, 0x34, 0x01, 0xbb]
    static let six: [UInt8] =
        [0x20, 1, 0x0d, 0xb8] + Array(repeating: 0, count: 11) + [1] + Array(repeating: 0, count: 15) + [2, 0, 80, 0, 81]
    static let tls: [UInt8] = [0x20, 0, 5, 1, 0, 0, 0, 0]
    /// With room for a sum, and something behind it.
    static let summed = binary(0x11, four + [3, 0, 4, 0, 0, 0, 0] + [4, 0, 2, 9, 9])

    private func read(_ bytes: some Sequence<UInt8>) throws -> ProxyHeader? { try ProxyHeader.parse(Array(bytes).span) }

    @Test(arguments: [
        ("PROXY TCP4 192.0.2.1 198.51.100.2 4660 443\r\n", "192.0.2.1:4660"),
        ("PROXY TCP4 255.255.255.255 255.255.255.255 65535 65535\r\n", "255.255.255.255:65535"),
        ("PROXY TCP6 2001:db8::1 2001:db8::2 0 80\r\n", "[2001:db8::1]:0"),
        ("PROXY TCP6 ::ffff:192.0.2.1 ::1 1 2\r\n", "192.0.2.1:1"),
        (
            "PROXY TCP6 ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff ffff:ffff:ffff:ffff:ffff:ffff:ffff:fffe 65535 65535\r\n",
            "[ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff]:65535"
        ),
        ("PROXY UNKNOWN\r\n", nil), ("PROXY UNKNOWN ffff::1 what ever 99999999\r\n", nil),
    ])
    func linesAreRead(_ line: String, _ source: String?) throws {
        let header = try #require(try read(line.utf8))
        #expect(header.source?.description == source && header.length == line.utf8.count && !header.isSecure)
        #expect((header.destination == nil) == (source == nil))
        try expectWholeOnly(Array(line.utf8), header)
    }

    @Test(arguments: [
        "PROXY TCP4 192.0.2.1 198.51.100.2 4660 443\n", "PROXY TCP4 192.0.2.1 198.51.100.2 4660 443\r \n",
        "PROXY  TCP4 192.0.2.1 198.51.100.2 4660 443\r\n", "PROXY TCP4 192.0.2.1 198.51.100.2 4660 443 \r\n",
        "PROXY TCP4 192.0.2.1 198.51.100.2 4660\r\n", "PROXY TCP4 192.0.2.1 198.51.100.2 4660 443 1\r\n",
        "PROXY TCP4 192.0.2.1 198.51.100.2 04660 443\r\n", "PROXY TCP4 192.0.2.1 198.51.100.2 65536 443\r\n",
        "PROXY TCP4 192.0.2.1 198.51.100.2 -1 443\r\n", "PROXY TCP4 192.0.2.1 ::1 1 2\r\n", "PROXY TCP6 192.0.2.1 198.51.100.2 1 2\r\n",
        "PROXY TCP4 192.0.2.01 198.51.100.2 1 2\r\n", "PROXY TCP4 localhost 198.51.100.2 1 2\r\n",
        "PROXY TCP5 192.0.2.1 198.51.100.2 1 2\r\n",
        "PROXY tcp4 192.0.2.1 198.51.100.2 1 2\r\n", "PROXY \r\n", "PROXY UNKNOWNX\r\n", "PROXY\r\n", "proxy UNKNOWN\r\n",
        "GET / HTTP/1.1\r\n\r\n", "\r\n\r\nGET", "PROXY UNKNOWN " + String(repeating: "x", count: 92) + "\r\n",
    ])
    func whatIsNoLineIsRefused(_ line: String) {
        #expect(throws: WireError.badProxyHeader) { try read(line.utf8) }
        // Never taken for the beginning of something else once it is refused.
        var wasRefused = false
        for end in 0...line.utf8.count {
            let outcome = Result { try read(line.utf8.prefix(end)) }
            if case .success(let header) = outcome { #expect(header == nil && !wasRefused, "\(end)") } else { wasRefused = true }
        }
    }

    @Test func aLineEndsInTime() {
        let line = "PROXY UNKNOWN " + String(repeating: "x", count: 91)
        #expect(throws: Never.self) { try read((line + "\r\n").utf8) }
        #expect(throws: Never.self) { try read(line.utf8) }
        #expect(throws: WireError.badProxyHeader) { try read((line + "x").utf8) }
    }

    @Test func binaryHeadersAreRead() throws {
        let unix = Self.binary(0x31, Array(repeating: 65, count: 216))
        let wide = Self.binary(0x11, Self.four + Self.tls + [4, 0, 3, 1, 2, 3])
        for (bytes, source, isSecure) in [
            (Self.binary(0x11, Self.four), "192.0.2.1:4660", false), (Self.binary(0x12, Self.four), "192.0.2.1:4660", false),
            (Self.binary(0x21, Self.six), "[2001:db8::1]:80", false), (Self.binary(0x21, Self.six + Self.tls), "[2001:db8::1]:80", true),
            (unix, "unix:", false), (wide, "192.0.2.1:4660", true),
            (Self.binary(0x11, Self.four + [0x20, 0, 5, 0, 0, 0, 0, 0]), "192.0.2.1:4660", false),
            (Self.binary(0x00, []), nil, false), (Self.binary(0x00, [1, 2, 3]), nil, false),
            (Self.binary(0x00, [], command: 0x20), nil, false), (Self.binary(0x11, Self.four + Self.tls, command: 0x20), nil, false),
            (Self.binary(0xff, [7], command: 0x20), nil, false),
            (Self.binary(0x11, Self.four + [4, 0x0f, 0xf1] + Array(repeating: 0, count: 4081)), "192.0.2.1:4660", false),
        ] as [([UInt8], String?, Bool)] {
            let header = try #require(try read(bytes))
            #expect(header.source?.description == source && header.isSecure == isSecure && header.length == bytes.count)
            try expectWholeOnly(bytes, header)
        }
    }

    @Test func whatIsNoBinaryHeaderIsRefused() {
        for bytes in [
            Self.binary(0x11, Self.four, command: 0x22), Self.binary(0x11, Self.four, command: 0x11), Self.binary(0x10, Self.four),
            Self.binary(0x13, Self.four),
            Self.binary(0x41, Self.four), Self.binary(0x11, Array(Self.four.dropLast())), Self.binary(0x21, Self.four),
            Self.binary(0x31, Self.six),
            Self.binary(0x11, Self.four + [4]), Self.binary(0x11, Self.four + [4, 0]), Self.binary(0x11, Self.four + [4, 0, 1]),
            Self.binary(0x11, Self.four + [4, 255, 255, 0]), Self.binary(0x11, Self.four + [0x20, 0, 4, 1, 0, 0, 0]),
            Self.binary(0x11, Self.four + [3, 0, 4, 1, 2, 3, 4]), Self.binary(0x11, Self.four + [3, 0, 3, 1, 2, 3]),
            Self.binary(0x11, Array(repeating: 0, count: 4097)), Array(Self.signature.dropLast()) + [11],
        ] {
            #expect(throws: WireError.badProxyHeader, "\(bytes.prefix(40))") { try read(bytes) }
            for end in 0..<bytes.count { if let header = try? read(bytes.prefix(end)) { Issue.record("\(header) of \(end) bytes") } }
        }
    }

    /// CRC-32C of "123456789" is e3069283 (RFC 3720 appendix B.4 has more); the same sum over a header made here.
    @Test func aChecksumIsChecked() throws {
        var header = Self.summed
        let place = 16 + 12 + 3
        let sum = Self.slowSum(header)
        for index in 0..<4 { header[place + index] = UInt8(truncatingIfNeeded: sum >> UInt32(24 - 8 * index)) }
        #expect(Self.slowSum(Array("123456789".utf8)) == 0xe306_9283)
        #expect(try read(header)?.source?.host == "192.0.2.1")
        // With the type of the sum changed there is none.
        for bit in 0..<header.count * 8 where bit / 8 != place - 3 {
            var other = header
            other[bit / 8] ^= 1 << UInt8(bit % 8)
            if let read = try? read(other) { #expect(read.source == nil, "\(bit)") }
        }
        let twice = Self.binary(0x11, Self.four + [3, 0, 4, 0, 0, 0, 0, 3, 0, 4, 0, 0, 0, 0])
        #expect(throws: WireError.badProxyHeader) { try read(twice) }
    }

    /// By polynomial division, a bit at a time from the other end.
    static func slowSum(_ bytes: [UInt8]) -> UInt32 {
        var bits = bytes.flatMap { byte in (0..<8).map { byte >> $0 & 1 == 1 } } + Array(repeating: false, count: 32)
        for index in 0..<32 { bits[index].toggle() }
        let divisor = (0..<32).map { UInt32(0x1edc_6f41) >> (31 - $0) & 1 == 1 }
        for index in 0..<bits.count - 32 where bits[index] {
            for (offset, bit) in divisor.enumerated() where bit { bits[index + 1 + offset].toggle() }
        }
        return bits.suffix(32).enumerated().reduce(0) { $0 | ($1.element ? 0 : 1 << UInt32($1.offset)) }
    }

    /// Nothing is read before the last byte is there, and nothing behind it.
    private func expectWholeOnly(_ bytes: [UInt8], _ header: ProxyHeader) throws {
        for end in 0..<bytes.count { #expect(try read(bytes.prefix(end)) == nil, "\(end)") }
        #expect(try read(bytes + Array("GET / HTTP/1.1\r\n".utf8)) == header)
    }
}
