extension Value {
    /// Reads JSON strictly by RFC 8259: Foundation's reader lets a trailing comma pass, and the last of two equal names win.
    init(json bytes: some Sequence<UInt8>) throws {
        var reader = JSONReader(bytes: Array(bytes))
        self = try reader.whole()
    }
}

private struct JSONReader {
    let bytes: [UInt8]
    var position = 0

    init(bytes: [UInt8]) { self.bytes = bytes }

    mutating func whole() throws -> Value {
        guard String(validating: bytes, as: UTF8.self) != nil else { throw HarnessError("JSON isn't UTF-8") }
        let value = try value()
        skipBlanks()
        guard position == bytes.count else { throw broken("something after the value") }
        return value
    }

    private mutating func value() throws -> Value {
        skipBlanks()
        switch peek {
        case UInt8(ascii: "{"): return try object()
        case UInt8(ascii: "["): return try array()
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        default: return try number()
        }
    }

    private mutating func object() throws -> Value {
        var members: [String: Value] = [:]
        try list(until: "}") { reader in
            let name = try reader.string()
            reader.skipBlanks()
            guard reader.take(":") else { throw reader.broken("no colon") }
            guard members.updateValue(try reader.value(), forKey: name) == nil else {
                throw reader.broken("\(name) is there twice")
            }
        }
        return .object(members)
    }

    private mutating func array() throws -> Value {
        var elements: [Value] = []
        try list(until: "]") { elements.append(try $0.value()) }
        return .array(elements)
    }

    private mutating func list(until end: Unicode.Scalar, _ element: (inout JSONReader) throws -> Void) throws {
        position += 1
        skipBlanks()
        if take(end) { return }
        repeat {
            skipBlanks()
            try element(&self)
            skipBlanks()
        } while take(",")
        guard take(end) else { throw broken("no \(end)") }
    }

    private mutating func string() throws -> String {
        guard take("\"") else { throw broken("no string") }
        var units: [UInt16] = []
        while let byte = peek, byte >= 0x20 {
            position += 1
            switch byte {
            case UInt8(ascii: "\""):
                guard let text = String(validating: units, as: UTF16.self) else { throw broken("a lone surrogate") }
                return text
            case UInt8(ascii: "\\"): units.append(try escaped())
            default:
                let start = position - 1
                while let next = peek, next >= 0x20, next != UInt8(ascii: "\""), next != UInt8(ascii: "\\") {
                    position += 1
                }
                units += Array(String(decoding: bytes[start..<position], as: UTF8.self).utf16)
            }
        }
        throw broken("a string that doesn't end")
    }

    private mutating func escaped() throws -> UInt16 {
        let names: [UInt8: Unicode.Scalar] = [
            UInt8(ascii: "b"): "\u{8}", UInt8(ascii: "f"): "\u{c}", UInt8(ascii: "n"): "\n", UInt8(ascii: "r"): "\r",
            UInt8(ascii: "t"): "\t", UInt8(ascii: "\""): "\"", UInt8(ascii: "\\"): "\\", UInt8(ascii: "/"): "/",
        ]
        guard let byte = peek else { throw broken("an escape that doesn't end") }
        position += 1
        if let scalar = names[byte] { return UInt16(scalar.value) }
        let digits = bytes[position...].prefix(4)
        guard byte == UInt8(ascii: "u"), digits.count == 4,
            digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }),
            let unit = UInt16(String(decoding: digits, as: UTF8.self), radix: 16)
        else { throw broken("not an escape") }
        position += 4
        return unit
    }

    private mutating func number() throws -> Value {
        let start = position
        while let byte = peek, "+-.0123456789eE".utf8.contains(byte) { position += 1 }
        let text = String(decoding: bytes[start..<position], as: UTF8.self)
        guard text.wholeMatch(of: /-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?/) != nil else {
            throw broken("no value")
        }
        if let value = Int(text) { return .int(value) }
        return .double(Double(text) ?? .infinity)
    }

    private mutating func word(_ word: String, _ value: Value) throws -> Value {
        guard bytes[position...].starts(with: word.utf8) else { throw broken("no value") }
        position += word.utf8.count
        return value
    }

    private var peek: UInt8? { position < bytes.count ? bytes[position] : nil }
    private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
        guard peek == UInt8(ascii: scalar) else { return false }
        position += 1
        return true
    }
    private mutating func skipBlanks() {
        while let byte = peek, byte == 0x20 || byte == 0x09 || byte == 0x0a || byte == 0x0d { position += 1 }
    }
    private func broken(_ why: String) -> HarnessError { HarnessError("not JSON: \(why) at byte \(position)") }
}
