/// Addresses that share their first bits (CIDR, RFC 4632 and RFC 4291 §2.3), or the processes of this machine.
public enum AddressBlock: Sendable, Hashable, CustomStringConvertible {
    /// IPv4 addresses with the first `length` bits of `prefix`, 0 to 32; the others are zero.
    case ipv4(prefix: UInt32, length: Int)
    /// IPv6 addresses with the first `length` bits of `prefix`, 0 to 128; the others are zero.
    case ipv6(prefix: UInt128, length: Int)
    /// Whoever connects through a Unix-domain socket.
    case unix

    /// Reads `192.0.2.0/24`, `2001:db8::/32`, a single address, or `unix`; nil for anything else. Bits behind the prefix must be
    /// zero: `10.1.2.3/8` is more likely a slip than a wish.
    public init?(_ text: String) {
        if text == "unix" {
            self = .unix
            return
        }
        let parts = text.utf8.split(separator: UInt8(ascii: "/"), maxSplits: 1, omittingEmptySubsequences: false)
        guard let address = PeerAddress(literal: parts[0]) else { return nil }
        var length: Int?
        if parts.count > 1 {
            let digits = parts[1]
            guard 1...3 ~= digits.count, digits.allSatisfy(\.isDigit), digits.count == 1 || digits.first != UInt8(ascii: "0") else {
                return nil
            }
            length = digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
            // A mapped address came out as IPv4, while its length counts 128 bits.
            if case .ipv4 = address, parts[0].contains(UInt8(ascii: ":")) { length = length.map { $0 - 96 } }
        }
        guard let block = AddressBlock(of: address, length: length), block.firstAddress == address else { return nil }
        self = block
    }

    /// The block of that length around an address: all its bits if nil. For a Unix-domain socket there is one block only.
    /// - Returns: nil if the address has not so many bits.
    public init?(of address: PeerAddress, length: Int? = nil) {
        switch address {
        case .ipv4(let bytes, _):
            let length = length ?? 32
            guard 0...32 ~= length else { return nil }
            self = .ipv4(prefix: Self.number(bytes) & (UInt32.max << (32 - length)), length: length)
        case .ipv6(let bytes, _):
            let length = length ?? 128
            guard 0...128 ~= length else { return nil }
            self = .ipv6(prefix: Self.number(bytes) & (UInt128.max << (128 - length)), length: length)
        case .unix:
            self = .unix
        }
    }

    /// Whether the address lies in the block. An address of another family never does.
    public func contains(_ address: PeerAddress) -> Bool {
        switch (self, address) {
        case (.ipv4(let prefix, let length), .ipv4(let bytes, _)):
            (Self.number(bytes) ^ prefix) >> (32 - length) == 0
        case (.ipv6(let prefix, let length), .ipv6(let bytes, _)):
            (Self.number(bytes) ^ prefix) >> (128 - length) == 0
        case (.unix, .unix): true
        default: false
        }
    }

    /// The text that `init` reads: `192.0.2.0/24`, `2001:db8::/32`, `unix`.
    public var description: String {
        switch self {
        case .ipv4(_, let length), .ipv6(_, let length): "\(firstAddress.host)/\(length)"
        case .unix: "unix"
        }
    }

    private var firstAddress: PeerAddress {
        switch self {
        case .ipv4(let prefix, _): .ipv4(SIMD4(truncatingIfNeeded: SIMD4(repeating: prefix) &>> SIMD4(24, 16, 8, 0)), port: 0)
        case .ipv6(let prefix, _):
            .ipv6(
                (0..<16).reduce(into: SIMD16()) { bytes, index in
                    bytes[index] = UInt8(truncatingIfNeeded: prefix >> (120 - index * 8))
                }, port: 0)
        case .unix: .unix
        }
    }

    private static func number(_ bytes: SIMD4<UInt8>) -> UInt32 {
        (0..<4).reduce(0) { $0 << 8 | UInt32(bytes[$1]) }
    }

    private static func number(_ bytes: SIMD16<UInt8>) -> UInt128 {
        (0..<16).reduce(0) { $0 << 8 | UInt128(bytes[$1]) }
    }
}
