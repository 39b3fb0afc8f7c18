/// Facts about scalars, packed out of the strings in `Tables` when first asked for, in a few milliseconds.
///
/// `@unchecked Sendable`: the pointers are filled once, before anyone can see them, never changed and never freed.
struct UnicodeData: @unchecked Sendable {
    static let shared = UnicodeData()

    /// What a scalar is to the boundaries of words.
    struct Kind: Equatable {
        let byte: UInt8

        /// The table has no other numbers than those of the cases, which a test sees to.
        @inline(__always) var boundary: WordBreakClass { unsafeBitCast(byte & 0x1F, to: WordBreakClass.self) }
        @inline(__always) var isPictograph: Bool { byte & 0x20 != 0 }
        /// Belongs to a script that is written without spaces, or like Korean with more than a word between them.
        @inline(__always) var isUnspaced: Bool { byte & 0x40 != 0 }
        @inline(__always) var isUppercase: Bool { byte & 0x80 != 0 }
    }

    private static let pageSize = 128
    private static let scalarCount = 0x11_0000
    /// Which page the scalars of each 128 are on, and the pages, each different one once.
    private let kindPages: UnsafePointer<UInt8>
    private let kinds: UnsafePointer<UInt8>
    /// The same, with places in `replacements`; 0 is none.
    private let foldingPages: UnsafePointer<UInt8>
    private let foldings: UnsafePointer<UInt16>
    /// Each is its length and its bytes.
    private let replacements: UnsafePointer<UInt8>

    private init() {
        (kindPages, kinds) = UnicodeData.paged(UnicodeData.readBoundaries())
        var bytes: [UInt8] = [0]
        (foldingPages, foldings) = UnicodeData.paged(UnicodeData.readFoldings(&bytes))
        replacements = UnicodeData.kept(bytes)
    }

    /// `scalar` must be one, as every scalar that was decoded is.
    @inline(__always)
    func kind(_ scalar: UInt32) -> Kind {
        let page = Int(kindPages[Int(scalar >> 7)])
        return Kind(byte: kinds[page &* UnicodeData.pageSize &+ Int(scalar & 0x7F)])
    }

    /// What a scalar is folded to, in UTF-8; nil if to itself. The bytes are there for ever.
    @inline(__always)
    func folding(_ scalar: UInt32) -> UnsafeBufferPointer<UInt8>? {
        let page = Int(foldingPages[Int(scalar >> 7)])
        let place = Int(foldings[page &* UnicodeData.pageSize &+ Int(scalar & 0x7F)])
        return place == 0 ? nil : UnsafeBufferPointer(start: replacements + place + 1, count: Int(replacements[place]))
    }

    // MARK: Reading the tables

    private static func readBoundaries() -> [UInt8] {
        var all: [UInt8] = []
        all.reserveCapacity(scalarCount)
        let text = Array(UnsafeBufferPointer(start: boundaries.utf8Start, count: boundaries.utf8CodeUnitCount))  // A literal: always there.
        let stop = text.firstIndex(of: UInt8(ascii: ".")) ?? text.count
        let values = stride(from: 0, to: stop, by: 2).map { digit(text[$0]) << 4 | digit(text[$0 + 1]) }
        var at = stop + 1
        while at < text.count {
            let letter = text[at]
            let value = letter >= UInt8(ascii: "g") ? letter - UInt8(ascii: "g") : letter - UInt8(ascii: "G") + 20
            at += 1
            all.append(contentsOf: repeatElement(values[Int(value)], count: Int(number(text, &at))))
        }
        return all
    }

    private static func readFoldings(_ bytes: inout [UInt8]) -> [UInt16] {
        var all = [UInt16](repeating: 0, count: scalarCount)
        var known: [[UInt8]: UInt16] = [:]
        let text = Array(UnsafeBufferPointer(start: foldings.utf8Start, count: foldings.utf8CodeUnitCount))  // A literal: always there.
        var at = 0
        while at < text.count {
            var scalar = Int(number(text, &at))
            while at < text.count, text[at] != UInt8(ascii: ";") {
                // At a colon or a comma: the scalars of one folding come, joined by plus.
                var folded: [UInt8] = []
                repeat {
                    at += 1
                    let value = number(text, &at)
                    if value != 0, let scalar = Unicode.Scalar(value) { folded += Array(String(scalar).utf8) }
                } while at < text.count && text[at] == UInt8(ascii: "+")
                let place = known[folded] ?? UInt16(bytes.count)
                if known.updateValue(place, forKey: folded) == nil { bytes += [UInt8(folded.count)] + folded }
                all[scalar] = place
                scalar += 1
            }
            at += 1
        }
        return all
    }

    private static func digit(_ byte: UInt8) -> UInt8 {
        byte <= UInt8(ascii: "9") ? byte &- UInt8(ascii: "0") : byte &- UInt8(ascii: "a") &+ 10
    }

    /// A hexadecimal number, maybe empty, which is 0.
    private static func number(_ text: [UInt8], _ at: inout Int) -> UInt32 {
        var value: UInt32 = 0
        while at < text.count, digit(text[at]) < 16 {
            value = value << 4 | UInt32(digit(text[at]))
            at += 1
        }
        return value
    }

    private static func paged<Element: FixedWidthInteger>(_ all: [Element]) -> (UnsafePointer<UInt8>, UnsafePointer<Element>) {
        var places: [UInt64: [Int]] = [:]
        var index: [UInt8] = []
        var pages: [Element] = []
        for start in stride(from: 0, to: all.count, by: pageSize) {
            let page = all[start..<start + pageSize]
            var hash: UInt64 = 0
            for element in page { hash = (hash ^ UInt64(truncatingIfNeeded: element)) &* 0x9E37_79B9_7F4A_7C15 }
            let known = places[hash]?.first { pages[$0 * pageSize..<($0 + 1) * pageSize].elementsEqual(page) }
            let place = known ?? pages.count / pageSize
            if known == nil {
                places[hash, default: []].append(place)
                pages += page
            }
            index.append(UInt8(place))
        }
        return (kept(index), kept(pages))
    }

    /// Memory that is never freed, filled once.
    private static func kept<Element>(_ elements: [Element]) -> UnsafePointer<Element> {
        let memory = UnsafeMutablePointer<Element>.allocate(capacity: elements.count)
        memory.initialize(from: elements, count: elements.count)
        return UnsafePointer(memory)
    }
}

/// The values of the property Word_Break (UAX #29, table 3), in the order of the table in `Tables`.
enum WordBreakClass: UInt8 {
    case other, carriageReturn, lineFeed, newline, extend, zeroWidthJoiner, format, regionalIndicator, katakana, hebrewLetter, letter,
        singleQuote, doubleQuote, midNumberLetter, midLetter, midNumber, numeric, extendNumberLetter, space
    /// Raised and lowered digits. To the standard they are `other`; people write CO2 for CO₂.
    case smallDigit

    @inline(__always) var isLetter: Bool { self == .letter || self == .hebrewLetter }
    /// WB4: what is looked through.
    @inline(__always) var isIgnored: Bool { self == .extend || self == .format || self == .zeroWidthJoiner }
    @inline(__always) var isLineEnd: Bool { self == .lineFeed || self == .carriageReturn || self == .newline }
    @inline(__always) var isBetweenLetters: Bool { self == .midLetter || self == .midNumberLetter || self == .singleQuote }
    @inline(__always) var isBetweenNumbers: Bool { self == .midNumber || self == .midNumberLetter || self == .singleQuote }
    /// Words begin with it.
    @inline(__always) var isWord: Bool { isLetter || self == .numeric || self == .katakana }
}
