extension PeerAddress {
    /// Reads an address literal without a port: `192.0.2.1`, `2001:db8::1` (RFC 4291 §2.2, no zone); nil for anything else.
    ///
    /// An IPv4 address has four decimal numbers without leading zeros, as others read these as octal. An IPv4-mapped IPv6 address
    /// (`::ffff:192.0.2.1`) becomes the IPv4 address that it stands for, so that one client has one name.
    public init?(literal text: some Collection<UInt8>, port: UInt16 = 0) {
        if text.contains(UInt8(ascii: ":")) {
            guard let bytes = Self.ipv6(Array(text)) else { return nil }
            self = PeerAddress(ipv6: bytes, port: port)
        } else {
            guard let bytes = Self.ipv4(text) else { return nil }
            self = .ipv4(bytes, port: port)
        }
    }

    /// The address of those sixteen bytes; an IPv4-mapped one (RFC 4291 §2.5.5.2) as IPv4.
    public init(ipv6 bytes: SIMD16<UInt8>, port: UInt16) {
        let isMapped = (0..<10).allSatisfy { bytes[$0] == 0 } && bytes[10] == 0xff && bytes[11] == 0xff
        self = isMapped ? .ipv4(bytes.highHalf.highHalf, port: port) : .ipv6(bytes, port: port)
    }

    private static func ipv4(_ text: some Collection<UInt8>) -> SIMD4<UInt8>? {
        var address = SIMD4<UInt8>()
        var part = 0
        var digits = 0
        var number = 0
        for byte in text {
            if byte == UInt8(ascii: ".") {
                guard digits > 0, part < 3 else { return nil }
                address[part] = UInt8(number)
                part += 1
                digits = 0
                number = 0
            } else {
                guard byte.isDigit, digits == 0 || number > 0 else { return nil }
                number = number * 10 + Int(byte - 0x30)
                digits += 1
                if number > 255 { return nil }
            }
        }
        guard part == 3, digits > 0 else { return nil }
        address[3] = UInt8(number)
        return address
    }

    /// Up to eight groups of one to four hexadecimal digits; "::" once, for one zero group or more; the last two groups may be IPv4.
    private static func ipv6(_ text: [UInt8]) -> SIMD16<UInt8>? {
        guard text.count <= 45 else { return nil }
        var groups: [UInt16] = []
        var gap: Int?
        var position = 0
        if text.starts(with: "::".utf8) {
            gap = 0
            position = 2
        }
        while position < text.count {
            let end = text[position...].firstIndex(of: UInt8(ascii: ":")) ?? text.count
            let group = text[position..<end]
            if end == text.count, let last = ipv4(group) {
                groups += [UInt16(last[0]) << 8 | UInt16(last[1]), UInt16(last[2]) << 8 | UInt16(last[3])]
            } else {
                guard 1...4 ~= group.count else { return nil }
                var value: UInt16 = 0
                for byte in group {
                    guard let digit = byte.hexValue else { return nil }
                    value = value << 4 | UInt16(digit)
                }
                groups.append(value)
            }
            if end == text.count { break }
            position = end + 1
            if position == text.count { return nil }  // A colon at the end.
            if text[position] == UInt8(ascii: ":") {
                guard gap == nil else { return nil }
                gap = groups.count
                position += 1
            }
        }
        if let gap {
            guard groups.count < 8 else { return nil }
            groups.insert(contentsOf: repeatElement(0, count: 8 - groups.count), at: gap)
        }
        guard groups.count == 8 else { return nil }
        var address = SIMD16<UInt8>()
        for (index, group) in groups.enumerated() {
            address[index * 2] = UInt8(group >> 8)
            address[index * 2 + 1] = UInt8(group & 0xff)
        }
        return address
    }
}
