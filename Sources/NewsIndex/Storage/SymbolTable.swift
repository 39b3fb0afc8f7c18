/// Text in fewer bytes: a code of one or two bytes for each of some 40,000 strings that were found to stand often in texts of
/// the kind.
///
/// Beside deflate with a preset dictionary of 32 KB, articles come out as small, one by one, and both ways take a tenth of the time.
/// Immutable; any bytes can be coded and decoded by any table.
final class SymbolTable: Sendable {
    /// A symbol has this many bytes at most.
    static let longest = 16
    /// Codes below this are one byte; all others two, the first of which says that a second one follows.
    static let shortCodes = 64
    /// Codes that there are.
    static let most = shortCodes + (256 - shortCodes) * 256

    /// The symbols by their codes, each in two words, the first byte lowest, filled up with zeros.
    private let words: Column<UInt64>
    private let lengths: Column<UInt8>
    /// How many articles there were when it was made.
    let articleCount: Int

    var count: Int { lengths.count }
    var byteCount: Int { words.byteCount + lengths.byteCount }

    /// The symbols in the order of their codes; the 256 single bytes are among them.
    init(_ symbols: [Symbol], articleCount: Int) {
        words = Column(symbols.flatMap { [$0.low, $0.high] })
        lengths = Column(symbols.map(\.length))
        self.articleCount = articleCount
    }

    /// A string of 1 to 16 bytes.
    struct Symbol: Hashable {
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
    }

    func symbol(_ code: Int) -> Symbol {
        var symbol = Symbol()
        (symbol.low, symbol.high, symbol.length) = (words[2 * code], words[2 * code + 1], lengths[code])
        return symbol
    }

    /// Decodes into memory of `limit` bytes and `longest` more, which are the caller's. Answers how many bytes that makes; 0 if what is
    /// there are no codes, or codes for more bytes.
    func decode(_ codes: UnsafeRawBufferPointer, into output: UnsafeMutableRawPointer, limit: Int) -> Int {
        var written = 0
        var place = 0
        while place < codes.count {
            var code = Int(codes[place])
            place += 1
            if code >= SymbolTable.shortCodes {
                guard place < codes.count else { return 0 }
                code = SymbolTable.shortCodes + (code - SymbolTable.shortCodes) << 8 + Int(codes[place])
                place += 1
            }
            guard code < count, written < limit else { return 0 }
            (output + written).storeBytes(of: words[2 * code], as: UInt64.self)
            (output + written + 8).storeBytes(of: words[2 * code + 1], as: UInt64.self)
            written += Int(lengths[code])
        }
        return written <= limit ? written : 0
    }
}
