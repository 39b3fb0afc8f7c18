extension JSONReader {
    /// Reads a string. Escapes are resolved; bytes that are not UTF-8 and lone surrogates are refused.
    public mutating func string() throws(JSONError) -> String {
        try expect(.string)
        return try scanString()
    }

    /// Reads a whole number, written without fraction or exponent.
    public mutating func integer() throws(JSONError) -> Int {
        try expect(.number)
        let range = try scanNumber()
        guard let value = Int(String(decoding: bytes[range], as: UTF8.self)) else {
            throw failure(.wrongType, "Expected a whole number.")
        }
        return value
    }

    /// Reads a number; one that is too large for a double is refused.
    public mutating func number() throws(JSONError) -> Double {
        try expect(.number)
        let range = try scanNumber()
        guard let value = Double(String(decoding: bytes[range], as: UTF8.self)), value.isFinite else {
            throw failure(.badValue, "The number is out of range.")
        }
        return value
    }

    /// Reads `true` or `false`.
    public mutating func boolean() throws(JSONError) -> Bool {
        try expect(.boolean)
        let isTrue = bytes[position] == UInt8(ascii: "t")
        try scanLiteral()
        return isTrue
    }

    /// Reads `null` if it is next.
    public mutating func null() throws(JSONError) -> Bool {
        guard try kind() == .null else { return false }
        try scanLiteral()
        return true
    }

    // MARK: Scanning

    mutating func scanLiteral() throws(JSONError) {
        let literal: StaticString =
            switch bytes[position] {
            case UInt8(ascii: "t"): "true"
            case UInt8(ascii: "f"): "false"
            default: "null"
            }
        for offset in 0..<literal.utf8CodeUnitCount {
            // The pointer is to a static string, and the offset lies within its count.
            guard take(literal.utf8Start[offset]) else { throw malformed("'\(literal)'") }
        }
    }

    /// RFC 8259 §6: no leading zeros, no plus sign, digits on both sides of the point.
    mutating func scanNumber() throws(JSONError) -> Range<Int> {
        let start = position
        _ = take(UInt8(ascii: "-"))
        if !take(UInt8(ascii: "0")) { try scanDigits() }
        if take(UInt8(ascii: ".")) { try scanDigits() }
        if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
            if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
            try scanDigits()
        }
        return start..<position
    }

    private mutating func scanDigits() throws(JSONError) {
        let start = position
        while position < end, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[position]) { position += 1 }
        guard position > start else { throw malformed("a digit") }
    }

    /// At an opening quote. The common string, without escapes, is copied once.
    mutating func scanString() throws(JSONError) -> String {
        position += 1
        let start = position
        while position < end {
            let byte = bytes[position]
            if byte == UInt8(ascii: "\"") {
                let text = try validated(start..<position)
                position += 1
                return text
            }
            if byte == UInt8(ascii: "\\") { return try scanEscapedString(from: start) }
            guard byte >= 0x20 else { throw malformed("an escaped control character") }
            position += 1
        }
        throw malformed("'\"' to close the string")
    }

    private func validated(_ range: Range<Int>) throws(JSONError) -> String {
        guard let text = String(validating: bytes[range], as: UTF8.self) else { throw invalidUTF8(in: range) }
        return text
    }

    private func invalidUTF8(in range: Range<Int>) -> JSONError {
        // The longest valid prefix ends where the fault is; looked for again, since only the refusal pays for it.
        var fault = range.lowerBound
        var iterator = bytes[range].makeIterator()
        var decoder = UTF8()
        scan: while true {
            switch decoder.decode(&iterator) {
            case .scalarValue(let scalar): fault += UTF8.width(scalar)
            case .emptyInput, .error: break scan
            }
        }
        return failure(.invalidUTF8, at: fault, "The string is not valid UTF-8.")
    }

    private mutating func scanEscapedString(from start: Int) throws(JSONError) -> String {
        var buffer = Array(bytes[start..<position])
        var copied = position
        while position < end {
            let byte = bytes[position]
            switch byte {
            case UInt8(ascii: "\""):
                buffer.append(contentsOf: bytes[copied..<position])
                guard let text = String(validating: buffer, as: UTF8.self) else { throw invalidUTF8(in: start..<position) }
                position += 1
                return text
            case UInt8(ascii: "\\"):
                buffer.append(contentsOf: bytes[copied..<position])
                position += 1
                try scanEscape(into: &buffer)
                copied = position
            case 0..<0x20: throw malformed("an escaped control character")
            default: position += 1
            }
        }
        throw malformed("'\"' to close the string")
    }

    private mutating func scanEscape(into buffer: inout [UInt8]) throws(JSONError) {
        guard position < end else { throw malformed("an escape") }
        let byte = bytes[position]
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): buffer.append(byte)
        case UInt8(ascii: "b"): buffer.append(0x08)
        case UInt8(ascii: "f"): buffer.append(0x0C)
        case UInt8(ascii: "n"): buffer.append(0x0A)
        case UInt8(ascii: "r"): buffer.append(0x0D)
        case UInt8(ascii: "t"): buffer.append(0x09)
        case UInt8(ascii: "u"):
            let escape = position - 1
            position += 1
            let first = try scanHex()
            var value = UInt32(first)
            if (0xD800..<0xE000).contains(first) {
                guard first < 0xDC00, position + 1 < end, bytes[position] == UInt8(ascii: "\\"),
                    bytes[position + 1] == UInt8(ascii: "u")
                else { throw failure(.loneSurrogate, at: escape, "A \\u escape is half of a surrogate pair.") }
                position += 2
                let second = try scanHex()
                guard (0xDC00..<0xE000).contains(second) else {
                    throw failure(.loneSurrogate, at: escape, "A \\u escape is half of a surrogate pair.")
                }
                value = 0x10000 + (UInt32(first) - 0xD800) << 10 + (UInt32(second) - 0xDC00)
            }
            // Surrogates were dealt with above, so the value is a scalar.
            buffer.append(contentsOf: UTF8.encode(Unicode.Scalar(value) ?? "\u{FFFD}") ?? UTF8.encodedReplacementCharacter)
            return
        default: throw malformed("an escape")
        }
        position += 1
    }

    private mutating func scanHex() throws(JSONError) -> UInt16 {
        var value: UInt16 = 0
        for _ in 0..<4 {
            guard position < end, let digit = Character(Unicode.Scalar(bytes[position])).hexDigitValue else {
                throw malformed("four hexadecimal digits")
            }
            value = value << 4 | UInt16(digit)
            position += 1
        }
        return value
    }
}
