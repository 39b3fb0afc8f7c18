/// An article's name for ever: a UUID (RFC 9562), version 7 when the server makes it.
public struct ArticleID: Sendable, Hashable, Comparable, BitwiseCopyable {
    /// The first 64 bits.
    public let high: UInt64
    /// The last 64 bits.
    public let low: UInt64

    /// An id from its bits.
    public init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// A new id: 48 bits of time in milliseconds, 26 bits of a number that orders those of one moment, then random bits
    /// (RFC 9562 §5.7 and §6.2, method 1).
    public init(at instant: Instant, number: Int = 0) {
        let time = UInt64(clamping: instant.milliseconds) & 0xFFFF_FFFF_FFFF
        let number = UInt64(clamping: number) & 0x3FF_FFFF
        high = time << 16 | 0x7000 | number >> 14
        low = 0x8000_0000_0000_0000 | (number & 0x3FFF) << 48 | UInt64.random(in: 0...0xFFFF_FFFF_FFFF)
    }

    /// Reads the 36-byte form, in either case; nil for anything else.
    public init?(_ bytes: Span<UInt8>) {
        guard bytes.count == 36 else { return nil }
        let hyphen = UInt8(ascii: "-")
        guard bytes[8] == hyphen, bytes[13] == hyphen, bytes[18] == hyphen, bytes[23] == hyphen else { return nil }
        guard let a = Self.half(of: bytes, 0, 4, 9, 14), let b = Self.half(of: bytes, 19, 24, 28, 32) else { return nil }
        (high, low) = (a, b)
    }

    /// Reads the 36-byte form, in either case; nil for anything else.
    public init?(_ text: String) { self.init(text.utf8.span) }

    /// 64 bits out of four places of four hexadecimal digits each.
    @inline(__always)
    private static func half(of bytes: Span<UInt8>, _ a: Int, _ b: Int, _ c: Int, _ d: Int) -> UInt64? {
        guard let upper = digits(of: bytes, a, b), let lower = digits(of: bytes, c, d) else { return nil }
        return upper << 32 | lower
    }

    /// Eight hexadecimal digits at once, a byte each. They are told by adding what takes those from a bound on past 0x7f.
    @inline(__always)
    private static func digits(of bytes: Span<UInt8>, _ a: Int, _ b: Int) -> UInt64? {
        // Any bits are a UInt32.
        let first = bytes.bytes.unsafeLoadUnaligned(fromByteOffset: a, as: UInt32.self).bigEndian
        let second = bytes.bytes.unsafeLoadUnaligned(fromByteOffset: b, as: UInt32.self).bigEndian
        let word = UInt64(first) << 32 | UInt64(second)
        let tops: UInt64 = 0x8080_8080_8080_8080
        let folded = word | 0x2020_2020_2020_2020
        let numerals = (word &+ 0x5050_5050_5050_5050) & ~(word &+ 0x4646_4646_4646_4646)  // from "0" up to "9"
        let letters = (folded &+ 0x1f1f_1f1f_1f1f_1f1f) & ~(folded &+ 0x1919_1919_1919_1919)  // from "a" up to "f"
        guard word & tops == 0, (numerals | letters) & tops == tops else { return nil }
        var value = word & 0x0f0f_0f0f_0f0f_0f0f &+ (word >> 6 & 0x0101_0101_0101_0101) &* 9
        value = (value | value >> 4) & 0x00ff_00ff_00ff_00ff
        value = (value | value >> 8) & 0x0000_ffff_0000_ffff
        return (value | value >> 16) & 0xffff_ffff
    }

    public static func < (a: ArticleID, b: ArticleID) -> Bool { (a.high, a.low) < (b.high, b.low) }
}

extension ArticleID: CustomStringConvertible {
    public var description: String { String(decoding: utf8, as: UTF8.self) }

    /// The description's bytes.
    public var utf8: [UInt8] {
        var text = [UInt8]()
        text.reserveCapacity(36)
        for position in 0..<32 {
            if position == 8 || position == 12 || position == 16 || position == 20 { text.append(UInt8(ascii: "-")) }
            let word = position < 16 ? high : low
            let digit = UInt8(truncatingIfNeeded: word >> UInt64(60 - position % 16 * 4)) & 15
            text.append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") - 10 + digit)
        }
        return text
    }
}
