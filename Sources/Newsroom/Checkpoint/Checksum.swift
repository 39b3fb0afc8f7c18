/// Tells a file that was damaged: every step can be undone, so that a change within one word of 64 bits always changes the sum, and
/// any other one but by a chance of 2^-64. It keeps nobody out.
struct Checksum: Equatable {
    /// A file is summed up in blocks of this many bytes, and the rest.
    static let block = 1 << 20

    private(set) var value: UInt64 = 0x243F_6A88_85A3_08D3
    private static let prime: UInt64 = 0x9E37_79B1_85EB_CA87

    init() {}

    init(_ bytes: [UInt8]) {
        var rest = bytes[...]
        while !rest.isEmpty {
            // Read during the call alone.
            rest.prefix(Checksum.block).withUnsafeBytes { add($0) }
            rest = rest.dropFirst(Checksum.block)
        }
    }

    /// Adds a block. The bytes are the caller's, for the call alone.
    mutating func add(_ bytes: UnsafeRawBufferPointer) {
        var lanes: (UInt64, UInt64, UInt64, UInt64) = (1, 2, 3, 4)
        let whole = bytes.count / 32 * 32
        var place = 0
        while place < whole {
            lanes.0 = Checksum.mixed(lanes.0, bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self))
            lanes.1 = Checksum.mixed(lanes.1, bytes.loadUnaligned(fromByteOffset: place &+ 8, as: UInt64.self))
            lanes.2 = Checksum.mixed(lanes.2, bytes.loadUnaligned(fromByteOffset: place &+ 16, as: UInt64.self))
            lanes.3 = Checksum.mixed(lanes.3, bytes.loadUnaligned(fromByteOffset: place &+ 24, as: UInt64.self))
            place &+= 32
        }
        for byte in bytes[whole...] { lanes.0 = Checksum.mixed(lanes.0, UInt64(byte)) }
        for word in [lanes.0, lanes.1, lanes.2, lanes.3, UInt64(bytes.count)] { value = Checksum.mixed(value, word) }
    }

    @inline(__always)
    private static func mixed(_ sum: UInt64, _ word: UInt64) -> UInt64 {
        let product = (sum ^ word) &* prime
        return product << 29 | product >> 35
    }

    /// In 16 digits.
    var text: String {
        let digits = String(value, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
