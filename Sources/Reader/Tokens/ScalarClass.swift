/// What a scalar does to the cutting of words.
enum ScalarClass: UInt8 {
    case letter, digit, mark, ideograph, space, newline, apostrophe, punctuation, symbol

    /// Scripts that almost every text is written in are told by range; the tables of Unicode cost ten times as much.
    init(_ scalar: Unicode.Scalar) {
        let value = scalar.value
        switch value {
        case 0..<0x80: self = Self.ascii[Int(value)]
        case 0xC0..<0x250: self = value == 0xD7 || value == 0xF7 ? .symbol : .letter
        case 0x370..<0x374, 0x388..<0x482, 0x48A..<0x530: self = .letter
        case 0x2019, 0x2BC: self = .apostrophe
        case 0x85, 0x2028, 0x2029: self = .newline
        case 0x2010...0x2027, 0x2030...0x205E, 0x3001...0x3003, 0x3008...0x3011: self = .punctuation
        case 0x3041..<0x3100, 0x3400..<0x4DC0, 0x4E00..<0xA000, 0xF900..<0xFB00, 0x20000..<0x3FFFE: self = .ideograph
        default: self = Self.lookup(scalar)
        }
    }

    private static let ascii: [ScalarClass] = (0..<128).map { value in
        switch UInt8(value) {
        case 0x0A, 0x0B, 0x0C, 0x0D: .newline
        case 0...0x20, 0x7F: .space
        case UInt8(ascii: "0")...UInt8(ascii: "9"): .digit
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"): .letter
        case UInt8(ascii: "'"): .apostrophe
        case let byte where "$%+<=>^`|~".utf8.contains(byte): .symbol
        default: .punctuation
        }
    }

    private static func lookup(_ scalar: Unicode.Scalar) -> ScalarClass {
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter: .letter
        case .decimalNumber, .letterNumber, .otherNumber: .digit
        // Joiners and direction marks belong to the word they stand in, like accents.
        case .nonspacingMark, .spacingMark, .enclosingMark, .format: .mark
        case .spaceSeparator, .control, .surrogate, .unassigned, .privateUse, .lineSeparator, .paragraphSeparator: .space
        case .mathSymbol, .currencySymbol, .modifierSymbol, .otherSymbol: .symbol
        default: .punctuation
        }
    }
}

/// The scalar that a token begins with; for a character reference of HTML, the one that it stands for.
func firstScalar(in bytes: [UInt8], _ token: Token) -> Unicode.Scalar {
    if bytes[Int(token.start)] == UInt8(ascii: "&"), token.end - token.start > 2, let found = Markup.reference(in: bytes[token.bytes]) {
        return found.scalar
    }
    return scalar(in: bytes, at: Int(token.start))?.scalar ?? "\u{FFFD}"
}

/// The scalar that begins at a byte of well-formed UTF-8, and its bytes; nil at the end.
func scalar(in bytes: [UInt8], at index: Int) -> (scalar: Unicode.Scalar, width: Int)? {
    guard index < bytes.count else { return nil }
    let first = bytes[index]
    if first < 0x80 { return (Unicode.Scalar(first), 1) }
    let width = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
    guard index + width <= bytes.count else { return ("\u{FFFD}", 1) }
    var value = UInt32(first) & (width == 2 ? 0x1F : width == 3 ? 0x0F : 0x07)
    for byte in bytes[index + 1..<index + width] { value = value << 6 | UInt32(byte & 0x3F) }
    return (Unicode.Scalar(value) ?? "\u{FFFD}", width)
}
