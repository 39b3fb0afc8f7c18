/// Text in fewer bytes: a code of one or two bytes for each of some 40,000 strings that were found to stand often in texts of
/// the kind.
///
/// Beside deflate with a preset dictionary of 32 KB, articles come out as small, one by one, and both ways take a tenth of the time.
/// Immutable; any bytes can be coded and decoded by any table.
final class SymbolTable: Sendable {
    /// A symbol has this many bytes at most.
    static let longest = 15
    /// Codes below this are one byte; all others two, the first of which says that a second one follows.
    static let shortCodes = 64
    /// Codes that there are.
    static let most = shortCodes + (256 - shortCodes) * 256

    /// The symbols by their codes, each in two words, the first byte lowest, filled up with zeros; the highest byte is the length, and
    /// more than that by `mark` where one of the bytes is a mark.
    private let words: Column<UInt64>
    private static let mark: UInt64 = 0x80
    /// The bytes that stand for something else in texts that lack it.
    private static let marks = KnownParts.marks
    /// How many articles there were when it was made.
    let articleCount: Int

    var count: Int { words.count / 2 }
    var byteCount: Int { words.byteCount }

    /// The symbols in the order of their codes; the 256 single bytes are among them.
    init(_ symbols: [Symbol], articleCount: Int) {
        words = Column(
            symbols.flatMap { symbol in
                let isMarked = (0..<symbol.length).contains { SymbolTable.marks ~= symbol[$0] }
                return [symbol.low, symbol.high | (UInt64(symbol.length) | (isMarked ? SymbolTable.mark : 0)) << 56]
            })
        self.articleCount = articleCount
    }

    /// A string of 1 to 15 bytes.
    struct Symbol: Hashable, Comparable {
        var low: UInt64 = 0
        var high: UInt64 = 0
        var length: UInt8 = 0

        init() {}

        init(byte: UInt8) {
            low = UInt64(byte)
            length = 1
        }

        /// One after the other; nil if that is too long.
        init?(_ first: Symbol, _ second: Symbol) {
            guard Int(first.length) + Int(second.length) <= SymbolTable.longest else { return nil }
            self = first
            for place in 0..<second.length { append(second[place]) }
        }

        mutating func append(_ byte: UInt8) {
            if length < 8 { low |= UInt64(byte) << (UInt64(length) * 8) } else { high |= UInt64(byte) << (UInt64(length - 8) * 8) }
            length += 1
        }

        subscript(place: UInt8) -> UInt8 {
            UInt8(truncatingIfNeeded: place < 8 ? low >> (UInt64(place) * 8) : high >> (UInt64(place - 8) * 8))
        }

        /// The order of the bytes.
        static func < (a: Symbol, b: Symbol) -> Bool {
            (a.low.byteSwapped, a.high.byteSwapped, a.length) < (b.low.byteSwapped, b.high.byteSwapped, b.length)
        }
    }

    func symbol(_ code: Int) -> Symbol {
        var symbol = Symbol()
        symbol.low = words[2 * code]
        symbol.high = words[2 * code + 1] & ~(0xFF << 56)
        symbol.length = UInt8(truncatingIfNeeded: words[2 * code + 1] >> 56 & ~SymbolTable.mark)
        return symbol
    }

    /// Decodes into memory of `limit` bytes and 16 more, which are the caller's. Answers how many bytes that makes; 0 if what is
    /// there are no codes, or codes for more bytes.
    /// - Parameters:
    ///   - enough: no more is decoded once there are so many bytes.
    ///   - fill: writes what a mark stands for, and answers how many bytes that is; nil if they are more than there is room for.
    @inline(__always)
    func decode(
        _ codes: UnsafeRawBufferPointer, into output: UnsafeMutableRawPointer, limit: Int, enough: Int = .max,
        fill: (_ mark: UInt8, _ room: UnsafeMutableRawBufferPointer) -> Int?
    ) -> Int {
        let words = words.base
        let count = count
        var written = 0
        var place = 0
        while place < codes.count, written < enough {
            var code = Int(codes[place])
            place &+= 1
            if code >= SymbolTable.shortCodes {
                guard place < codes.count else { return 0 }
                code = SymbolTable.shortCodes &+ (code &- SymbolTable.shortCodes) &<< 8 &+ Int(codes[place])
                place &+= 1
            }
            guard code < count, written < limit else { return 0 }
            let high = words[2 &* code &+ 1]
            if high >> 63 == 0 {
                (output + written).storeBytes(of: words[2 &* code], as: UInt64.self)
                (output + written + 8).storeBytes(of: high, as: UInt64.self)
                written &+= Int(truncatingIfNeeded: high >> 56)
                continue
            }
            let symbol = symbol(code)
            for byte in 0..<symbol.length {
                guard written < limit else { return 0 }
                let room = UnsafeMutableRawBufferPointer(start: output + written, count: limit - written)
                if SymbolTable.marks ~= symbol[byte] {
                    guard let size = fill(symbol[byte], room) else { return 0 }
                    written += size
                } else {
                    room[0] = symbol[byte]
                    written += 1
                }
            }
        }
        return written <= limit ? written : 0
    }
}
