/// Cuts text into tokens in one pass from left to right, looking ahead by a bounded number of bytes.
struct Tokenizer {
    private let bytes: [UInt8]
    private let isHTML: Bool
    private var markup = Markup()
    private var tokens: [Token] = []
    /// The byte that is looked at, and the scalars before it.
    private var index = 0
    private var scalars: UInt32 = 0
    /// What has been passed since the last token.
    private var traits: Token.Traits = [.spaceBefore]
    private var newlines = 0

    init(_ bytes: [UInt8], isHTML: Bool = false) {
        self.bytes = bytes
        self.isHTML = isHTML
    }

    mutating func run() -> [Token] {
        guard bytes.count < 1 << 31 else { return [] }
        tokens.reserveCapacity(bytes.count / 5 + 4)
        while let (scalar, width) = scalar(in: bytes, at: index) {
            if isHTML, scalar == "<" && skipTag() || scalar == "&" && reference() { continue }
            switch ScalarClass(scalar) {
            case .newline where isHTML:
                traits.insert(.spaceBefore)
                skip(width)
            case .space:
                traits.insert(.spaceBefore)
                skip(width)
            case .newline:
                traits.formUnion([.spaceBefore, .lineBefore])
                // CR LF is one.
                if !(scalar == "\n" && index > 0 && bytes[index - 1] == 0x0D) { newlines += 1 }
                if newlines > 1 { traits.insert(.paragraphBefore) }
                skip(width)
            case .mark: skip(width)
            case .letter, .digit: word()
            case .ideograph: single(.word)
            case .symbol: single(.symbol)
            case .apostrophe: single(.punctuation)
            case .punctuation:
                if scalar == "@" || scalar == "#", traits.contains(.spaceBefore), isWordByte(index + 1) {
                    word()
                } else if scalar == "." || scalar == "-" {
                    run(of: UInt8(ascii: scalar))
                } else {
                    single(.punctuation)
                }
            }
        }
        return tokens
    }

    private mutating func skip(_ width: Int) {
        index += width
        scalars += 1
    }

    private mutating func skip(to end: Int) {
        scalars += UInt32(bytes[index..<end].count { $0 & 0xC0 != 0x80 })
        index = end
    }

    /// Passes a tag, and breaks the text where its element does.
    private mutating func skipTag() -> Bool {
        guard let (end, effect) = markup.tag(in: bytes, at: index) else { return false }
        switch effect {
        case .none: break
        case .line: traits.formUnion([.spaceBefore, .lineBefore])
        case .paragraph: traits.formUnion([.spaceBefore, .lineBefore, .paragraphBefore])
        }
        skip(to: end)
        return true
    }

    /// A character reference is blank space, or a token of its own.
    private mutating func reference() -> Bool {
        guard let (width, scalar) = Markup.reference(in: bytes[index...]) else { return false }
        switch ScalarClass(scalar) {
        case .space, .newline, .mark:
            traits.insert(.spaceBefore)
            skip(to: index + width)
        case let found:
            let start = index
            let startScalar = scalars
            skip(to: index + width)
            append(
                from: start, startScalar, kind: found == .symbol ? .symbol : found == .letter ? .word : .punctuation,
                key: WordKey(String(scalar)))
        }
        return true
    }

    private mutating func append(from start: Int, _ startScalar: UInt32, kind: Token.Kind, key: WordKey, traits more: Token.Traits = []) {
        tokens.append(
            Token(
                start: UInt32(start), end: UInt32(index), scalarStart: startScalar, scalarEnd: scalars, key: key, kind: kind,
                traits: traits.union(more)))
        traits = []
        newlines = 0
    }

    /// One scalar, with the marks that follow it: an accent, a joiner, a colour of skin.
    private mutating func single(_ kind: Token.Kind) {
        let start = index
        let startScalar = scalars
        guard let (_, width) = scalar(in: bytes, at: index) else { return }
        skip(width)
        while let (scalar, width) = scalar(in: bytes, at: index), scalar.value >= 0x300, ScalarClass(scalar) == .mark { skip(width) }
        append(from: start, startScalar, kind: kind, key: key(start..<index), traits: bytes[start] >= 0x80 ? .nonASCII : [])
    }

    private mutating func run(of byte: UInt8) {
        let start = index
        let startScalar = scalars
        while index < bytes.count, bytes[index] == byte { skip(1) }
        append(from: start, startScalar, kind: .punctuation, key: key(start..<index))
    }

    private func key(_ range: Range<Int>) -> WordKey {
        var key = WordKey()
        var previous: UInt8 = 0
        for byte in bytes[range] {
            key.add(byte, after: previous)
            previous = byte
        }
        return key
    }
}

// MARK: Words

extension Tokenizer {
    private func byte(_ index: Int) -> UInt8 { index >= 0 && index < bytes.count ? bytes[index] : 0x20 }
    private func isDigit(_ index: Int) -> Bool { byte(index) &- 0x30 < 10 }
    private func isLower(_ index: Int) -> Bool { byte(index) &- 0x61 < 26 }
    private func isUpper(_ index: Int) -> Bool { byte(index) &- 0x41 < 26 }

    /// Whether a letter or a digit begins here.
    private func isWordByte(_ index: Int) -> Bool {
        guard let (scalar, _) = scalar(in: bytes, at: index) else { return false }
        let found = ScalarClass(scalar)
        return found == .letter || found == .digit
    }

    private mutating func word() {
        let start = index
        let startScalar = scalars
        var more: Token.Traits = []
        var letters = 0
        var digits = 0
        /// Letters since the last stop: `U.S` has one after each.
        var segment = 0
        var isInitials = true
        var stops = 0
        var colons = 0
        var lastApostrophe: Int?
        if byte(index) == UInt8(ascii: "@") || byte(index) == UInt8(ascii: "#") { skip(1) }
        scan: while let (scalar, width) = scalar(in: bytes, at: index) {
            if width > 1 { more.insert(.nonASCII) }
            switch ScalarClass(scalar) {
            case .letter:
                let isCapital = width == 1 ? isUpper(index) : scalar.properties.isUppercase
                if isCapital, letters == 0 { more.insert(.capital) }
                if !isCapital { more.insert(.lowercase) }
                letters += 1
                segment += 1
                if segment > 1 { isInitials = false }
            case .digit:
                digits += 1
                segment += 2
                isInitials = false
                more.insert(.digit)
            case .mark: break
            case .apostrophe:
                guard letters + digits > 0, isWordByte(index + width) else { break scan }
                lastApostrophe = index
            case .punctuation:
                switch scalar {
                case ".":
                    let joins =
                        isDigit(index - 1) && isDigit(index + 1) || segment == 1 && isInitials && isWordByte(index + 1)
                        || digits == 0 && letters > 0 && isLower(index + 1)
                        || digits == 0 && letters == 2 && isUpper(index + 1) && byte(index + 2) == UInt8(ascii: ".")
                    guard joins else { break scan }
                    stops += 1
                    segment = 0
                case ",":
                    guard letters == 0, isDigit(index - 1), isDigit(index + 1), isDigit(index + 2), isDigit(index + 3), !isDigit(index + 4)
                    else { break scan }
                case ":":
                    if letters > 3, letters < 6, digits == 0, byte(index + 1) == UInt8(ascii: "/"), byte(index + 2) == UInt8(ascii: "/") {
                        address()
                        append(from: start, startScalar, kind: .word, key: key(start..<index), traits: more.union(.lowercase))
                        return
                    }
                    guard letters == 0, digits > 0, digits <= 2 + 2 * colons, isDigit(index + 1), isDigit(index + 2), !isDigit(index + 3)
                    else { break scan }
                    colons += 1
                case "&": guard letters > 0, digits == 0, isUpper(index - 1), isUpper(index + 1) else { break scan }
                case "_", "@": guard isWordByte(index + 1) else { break scan }
                default: break scan
                }
            default: break scan
            }
            skip(width)
        }
        let kind: Token.Kind = letters == 0 ? .number : .word
        if byte(index) == UInt8(ascii: "."), takesStop(start, letters: letters, digits: digits, initials: isInitials, stops: stops, more) {
            skip(1)
            append(from: start, startScalar, kind: kind, key: key(start..<index), traits: more.union(.abbreviation))
        } else if let cut = clitic(start, lastApostrophe) {
            // Both parts count their scalars on their own: what is cut off is short and its scalars are one byte, or ’ three.
            let tail = UInt32(bytes[cut..<index].count { $0 & 0xC0 != 0x80 })
            let (end, endScalar) = (index, scalars)
            (index, scalars) = (cut, scalars - tail)
            append(from: start, startScalar, kind: kind, key: key(start..<cut), traits: more)
            let middle = scalars
            (index, scalars) = (end, endScalar)
            append(from: cut, middle, kind: .word, key: cliticKey(cut), traits: [.clitic, .lowercase])
        } else {
            append(from: start, startScalar, kind: kind, key: key(start..<index), traits: more)
        }
    }

    /// Passes the rest of a web address, without the marks that end the sentence around it.
    private mutating func address() {
        var end = index
        while end < bytes.count, bytes[end] > 0x20, bytes[end] < 0x7F, !"<>\"".utf8.contains(bytes[end]) { end += 1 }
        while end > index, ".,;:!?)]'".utf8.contains(bytes[end - 1]) { end -= 1 }
        scalars += UInt32(end - index)
        index = end
    }

    /// Whether the stop after a word belongs to it.
    private func takesStop(_ start: Int, letters: Int, digits: Int, initials: Bool, stops: Int, _ traits: Token.Traits) -> Bool {
        guard digits == 0, letters > 0, letters < 8 else { return false }
        var next = index + 1
        while next < bytes.count, next < index + 4, byte(next) == 0x20 { next += 1 }
        let hasSpace = next > index + 1
        if stops > 0, initials || byte(index - 2) == UInt8(ascii: ".") { return true }
        if letters == 1, traits.contains(.capital) {
            // An initial, unless it is the word I or the sentence is over.
            guard byte(start) != UInt8(ascii: "I") || tokens.last?.isCapital == true else { return false }
            return hasSpace && (isUpper(next) || byte(next) >= 0xC3)
        }
        guard let entry = Abbreviation.table[key(start..<index)], !entry.capital || traits.contains(.capital) else { return false }
        switch entry.kind {
        case .prefix: return hasSpace && byte(next) > 0x20 || byte(index + 1) == UInt8(ascii: ",")
        case .beforeNumber: return isDigit(next)
        case .anywhere: return true
        }
    }

    /// Where `'s`, `n't` and their like begin in the word that ends at `index`.
    private func clitic(_ start: Int, _ apostrophe: Int?) -> Int? {
        guard let apostrophe, apostrophe > start else { return nil }
        let width = bytes[apostrophe] < 0x80 ? 1 : bytes[apostrophe] < 0xE0 ? 2 : 3
        let tail = bytes[(apostrophe + width)..<index].map { $0 | 0x20 }
        switch String(decoding: tail, as: UTF8.self) {
        case "s", "re", "ve", "ll", "d", "m": return apostrophe
        case "t" where apostrophe - 1 > start && byte(apostrophe - 1) | 0x20 == UInt8(ascii: "n"): return apostrophe - 1
        default: return nil
        }
    }

    /// Keys of what is cut off are the same for all apostrophes.
    private func cliticKey(_ cut: Int) -> WordKey {
        WordKey(String(decoding: bytes[cut..<index], as: UTF8.self).replacing("\u{2019}", with: "'").replacing("\u{2BC}", with: "'"))
    }
}
