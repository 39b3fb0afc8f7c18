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
        let start = position + 1
        position = plainEnd(from: start)
        guard position < end else { throw malformed("'\"' to close the string") }
        switch bytes[position] {
        case UInt8(ascii: "\""):
            let text = try validated(start..<position)
            position += 1
            return text
        case UInt8(ascii: "\\"): return try scanEscapedString(from: start)
        default: throw malformed("an escaped control character")
        }
    }

    /// Where the first byte stands that means something within a string: a quote, a backslash, or a control character; `end` if there
    /// is none. Texts are long, so eight bytes are looked at at once.
    private func plainEnd(from start: Int) -> Int {
        // The bytes are read during the call alone, and none after `end`.
        bytes.withUnsafeBytes { bytes in
            var place = start
            while place + 8 <= end {
                let found = JSONReader.signs(UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self)))
                if found != 0 { return place + found.trailingZeroBitCount / 8 }
                place += 8
            }
            while place < end, bytes[place] >= 0x20, bytes[place] != UInt8(ascii: "\""), bytes[place] != UInt8(ascii: "\\") {
                place += 1
            }
            return place
        }
    }

    /// The highest bit of each byte that is a quote, a backslash, or a control character. Above the lowest such byte, which taking away
    /// borrows from, a bit may be set that should not.
    @inline(__always)
    private static func signs(_ word: UInt64) -> UInt64 {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let quote = word ^ ones &* UInt64(UInt8(ascii: "\""))
        let backslash = word ^ ones &* UInt64(UInt8(ascii: "\\"))
        let controls = (word &- ones &* 0x20) & ~word
        return ((quote &- ones) & ~quote | (backslash &- ones) & ~backslash | controls) & (ones &* 0x80)
    }

    private func validated(_ range: Range<Int>) throws(JSONError) -> String {
        guard let text = Self.text(bytes[range]) else { throw invalidUTF8(in: range) }
        return text
    }

    /// Nil if it isn't UTF-8. `String(validating:)` has to look for its types anew each time, so plain ASCII is told first.
    private static func text(_ bytes: ArraySlice<UInt8>) -> String? {
        // Read during the call alone.
        let isASCII = bytes.withUnsafeBufferPointer { $0.reduce(0, |) < 0x80 }
        return isASCII ? String(decoding: bytes, as: UTF8.self) : String(validating: bytes, as: UTF8.self)
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
        var buffer: [UInt8] = []
        // Long texts grow on; what follows the string may be far more than the string.
        buffer.reserveCapacity(min(end - start, 4_096))
        var copied = start
        while position < end {
            switch bytes[position] {
            case UInt8(ascii: "\""):
                buffer.append(contentsOf: bytes[copied..<position])
                guard let text = Self.text(buffer[...]) else { throw invalidUTF8(in: start..<position) }
                position += 1
                return text
            case UInt8(ascii: "\\"):
                buffer.append(contentsOf: bytes[copied..<position])
                position += 1
                try scanEscape(into: &buffer)
                copied = position
                position = plainEnd(from: position)
            default: throw malformed("an escaped control character")
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
