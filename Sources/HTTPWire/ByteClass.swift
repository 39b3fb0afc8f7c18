/// A set of ASCII bytes as two words, so that membership is a shift and a mask, without a table in memory.
struct ByteClass: Sendable {
    let low: UInt64
    let high: UInt64

    @inline(__always)
    func contains(_ byte: UInt8) -> Bool {
        let word = byte < 64 ? low : byte < 128 ? high : 0
        return (word &>> UInt64(byte & 63)) & 1 == 1
    }

    /// RFC 9110 §5.6.2: tchar.
    @inline(__always)
    static var token: ByteClass { ByteClass(low: 0x03ff_6cfa_0000_0000, high: 0x57ff_ffff_c7ff_fffe) }
    /// RFC 3986 §3.3: pchar and "/".
    @inline(__always)
    static var path: ByteClass { ByteClass(low: 0x2fff_fff2_0000_0000, high: 0x47ff_fffe_87ff_ffff) }
    /// RFC 3986 §3.4: pchar, "/" and "?".
    @inline(__always)
    static var query: ByteClass { ByteClass(low: 0xafff_fff2_0000_0000, high: 0x47ff_fffe_87ff_ffff) }
    /// RFC 3986 §3.2.2: reg-name, which covers IPv4 addresses too.
    @inline(__always)
    static var registeredName: ByteClass { ByteClass(low: 0x2bff_7ff2_0000_0000, high: 0x47ff_fffe_87ff_fffe) }
    /// RFC 3986 §3.2.2: what stands between the brackets of an IPv6 literal.
    @inline(__always)
    static var addressLiteral: ByteClass { ByteClass(low: 0x07ff_4000_0000_0000, high: 0x0000_007e_0000_007e) }
}

extension UInt8 {
    /// SP or HTAB, and nothing else (RFC 9110 §5.6.3).
    @inline(__always)
    var isBlank: Bool { self == 0x20 || self == 0x09 }

    /// RFC 9110 §5.5: VCHAR, obs-text, SP and HTAB; no other control byte.
    @inline(__always)
    var isFieldContent: Bool { (self >= 0x20 && self != 0x7f) || self == 0x09 }

    @inline(__always)
    var isDigit: Bool { self &- 0x30 < 10 }

    /// Whether it is a letter, a digit or one of "-./": what most of a target is made of, told without a look at a class.
    @inline(__always)
    var isPlain: Bool { (self | 0x20) &- 0x61 < 26 || self &- 0x2d < 13 }

    /// A to Z become a to z; every other byte stays.
    @inline(__always)
    var lowercased: UInt8 { self &- 0x41 < 26 ? self | 0x20 : self }

    /// The value of a hexadecimal digit, or nil.
    @inline(__always)
    var hexValue: UInt8? {
        switch self {
        case 0x30...0x39: self &- 0x30
        case 0x41...0x46: self &- 0x41 &+ 10
        case 0x61...0x66: self &- 0x61 &+ 10
        default: nil
        }
    }
}

/// Eight bytes at once, for scanning: each test is of all of them. Each adds to every byte what takes those from a bound on past 0x7f;
/// as all are below 0x80, nothing is carried from one byte into the next.
extension UInt64 {
    private static let tops: UInt64 = 0x8080_8080_8080_8080

    @inline(__always)
    private static func each(_ byte: UInt8) -> UInt64 { UInt64(byte) &* 0x0101_0101_0101_0101 }

    /// The top bits of the bytes from `first` up to `last`.
    @inline(__always)
    private func tops(from first: UInt8, to last: UInt8) -> UInt64 {
        (self &+ Self.each(0x80 &- first)) & ~(self &+ Self.each(0x7f &- last)) & Self.tops
    }

    /// VCHAR (RFC 5234 B.1).
    @inline(__always)
    var isVisible: Bool { self & Self.tops == 0 && tops(from: 0x21, to: 0x7e) == Self.tops }

    /// VCHAR and SP.
    @inline(__always)
    var isPrintable: Bool { self & Self.tops == 0 && tops(from: 0x20, to: 0x7e) == Self.tops }

    /// As of a byte: letters, digits and "-./".
    @inline(__always)
    var isPlain: Bool {
        let letters = (self | Self.each(0x20)).tops(from: UInt8(ascii: "a"), to: UInt8(ascii: "z"))
        return self & Self.tops == 0 && letters | tops(from: UInt8(ascii: "-"), to: UInt8(ascii: "9")) == Self.tops
    }
}

extension Span<UInt8> {
    /// The eight bytes from `position` on.
    @inline(__always)
    func word(at position: Int) -> UInt64 {
        // Any bits are a UInt64; the place is checked.
        bytes.unsafeLoadUnaligned(fromByteOffset: position, as: UInt64.self)
    }

    /// Whether `range` spells `word`, ASCII case aside. `word` is in lower case.
    @inline(__always)
    func spells(_ word: StaticString, in range: Range<Int>) -> Bool {
        guard range.count == word.utf8CodeUnitCount else { return false }
        // A static string's bytes live as long as the program; the index stays under its length.
        let letters = word.utf8Start
        var index = 0
        for position in range {
            if self[position].lowercased != letters[index] { return false }
            index &+= 1
        }
        return true
    }

    /// `range` without the blanks at its two ends.
    @inline(__always)
    func trimmed(_ range: Range<Int>) -> Range<Int> {
        var lower = range.lowerBound
        var upper = range.upperBound
        while lower < upper, self[lower].isBlank { lower &+= 1 }
        while lower < upper, self[upper &- 1].isBlank { upper &-= 1 }
        return lower..<upper
    }

    /// Calls `element` with each non-empty element of a comma-separated list (RFC 9110 §5.6.1).
    @inline(__always)
    func forEachElement(of range: Range<Int>, _ element: (Range<Int>) -> Void) {
        var start = range.lowerBound
        for position in range where self[position] == UInt8(ascii: ",") {
            let one = trimmed(start..<position)
            if !one.isEmpty { element(one) }
            start = position + 1
        }
        let last = trimmed(start..<range.upperBound)
        if !last.isEmpty { element(last) }
    }
}
