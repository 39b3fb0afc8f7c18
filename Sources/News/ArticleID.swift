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
    public init?(_ bytes: some Collection<UInt8>) {
        guard bytes.count == 36 else { return nil }
        var words: (UInt64, UInt64) = (0, 0)
        var position = 0
        for byte in bytes {
            defer { position += 1 }
            if position == 8 || position == 13 || position == 18 || position == 23 {
                guard byte == UInt8(ascii: "-") else { return nil }
                continue
            }
            let digit: UInt8
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = byte - UInt8(ascii: "0")
            case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = byte - UInt8(ascii: "a") + 10
            case UInt8(ascii: "A")...UInt8(ascii: "F"): digit = byte - UInt8(ascii: "A") + 10
            default: return nil
            }
            words.0 = words.0 << 4 | words.1 >> 60
            words.1 = words.1 << 4 | UInt64(digit)
        }
        (high, low) = words
    }

    /// Reads the 36-byte form, in either case; nil for anything else.
    public init?(_ text: String) { self.init(text.utf8) }

    public static func < (a: ArticleID, b: ArticleID) -> Bool { (a.high, a.low) < (b.high, b.low) }
}

extension ArticleID: CustomStringConvertible {
    public var description: String {
        var text = [UInt8]()
        text.reserveCapacity(36)
        for position in 0..<32 {
            if position == 8 || position == 12 || position == 16 || position == 20 { text.append(UInt8(ascii: "-")) }
            let word = position < 16 ? high : low
            let digit = UInt8(truncatingIfNeeded: word >> UInt64(60 - position % 16 * 4)) & 15
            text.append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") - 10 + digit)
        }
        return String(decoding: text, as: UTF8.self)
    }
}
