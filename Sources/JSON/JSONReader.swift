/// Reads a JSON text (RFC 8259) by pulling values out of it, without building a tree.
///
/// Foundation's decoder is not used for what clients send because an answer must name the byte offset of a syntax
/// error, the pointer of a wrong value, an unknown field and a duplicate one; and because a batch is read on the way
/// of every write.
public struct JSONReader: Sendable {
    /// Nesting deeper than this is refused, so that no input can exhaust the stack.
    public static let maximumDepth = 64

    enum Step: Sendable {
        case field(String)
        case index(Int)
    }

    let bytes: [UInt8]
    let end: Int
    /// The next byte to be read, in `bytes`.
    public internal(set) var position: Int
    /// Where the value or the name begins that an error about its meaning points to.
    private var meant: Int
    var path: [Step] = []

    /// Reads the given part of `bytes`; offsets in errors count from the start of that part.
    public init(_ bytes: [UInt8], in range: Range<Int>? = nil) {
        self.bytes = bytes
        position = range?.lowerBound ?? 0
        start = position
        meant = position
        end = range?.upperBound ?? bytes.count
    }
    private let start: Int

    // MARK: Errors

    /// The pointer (RFC 6901) of the value being read.
    public var pointer: String {
        path.reduce(into: "") { text, step in
            switch step {
            case .index(let index): text += "/\(index)"
            case .field(let name):
                text += "/"
                for scalar in name.unicodeScalars {
                    switch scalar {
                    case "~": text += "~0"
                    case "/": text += "~1"
                    default: text.unicodeScalars.append(scalar)
                    }
                }
            }
        }
    }

    /// An error about what was read last: the value, or the name of the field that begins.
    public func failure(_ code: JSONError.Code, _ detail: String) -> JSONError {
        failure(code, at: meant, detail)
    }

    func failure(_ code: JSONError.Code, at place: Int, _ detail: String) -> JSONError {
        JSONError(code, pointer: pointer, offset: place - start, detail: detail)
    }

    func malformed(_ expected: String) -> JSONError {
        let found = position < end ? "found \(Self.name(of: bytes[position]))" : "the text ends"
        return failure(.malformed, at: position, "Expected \(expected), but \(found) at byte \(position - start).")
    }

    private static func name(of byte: UInt8) -> String {
        (0x21...0x7E).contains(byte) ? "'\(Character(Unicode.Scalar(byte)))'" : "byte 0x\(String(byte, radix: 16))"
    }

    // MARK: Structure

    /// What the next value is, by its first byte.
    public enum Kind: String, Sendable { case object, array, string, number, boolean, null }

    /// Looks at the next value without taking it.
    public mutating func kind() throws(JSONError) -> Kind {
        skipBlanks()
        meant = position
        guard position < end else { throw malformed("a value") }
        switch bytes[position] {
        case UInt8(ascii: "{"): return .object
        case UInt8(ascii: "["): return .array
        case UInt8(ascii: "\""): return .string
        case UInt8(ascii: "t"), UInt8(ascii: "f"): return .boolean
        case UInt8(ascii: "n"): return .null
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return .number
        default: throw malformed("a value")
        }
    }

    /// Reads an object: `member` is called with each name and must read its value. A name given twice is refused.
    public mutating func object(_ member: (inout JSONReader, String) throws(JSONError) -> Void) throws(JSONError) {
        try expect(.object)
        try enter()
        let start = position
        position += 1
        var names: [String] = []
        skipBlanks()
        if take(UInt8(ascii: "}")) { return leave(start) }
        while true {
            skipBlanks()
            meant = position
            guard position < end, bytes[position] == UInt8(ascii: "\"") else { throw malformed("a field name in quotes") }
            let name = try scanString()
            path[path.count - 1] = .field(name)
            // Linear, and bounded: a decoder refuses the first name it does not know.
            if names.contains(name) { throw failure(.duplicateField, "The field \"\(name)\" is given twice.") }
            names.append(name)
            skipBlanks()
            guard take(UInt8(ascii: ":")) else { throw malformed("':'") }
            try member(&self, name)
            skipBlanks()
            if take(UInt8(ascii: ",")) { continue }
            if take(UInt8(ascii: "}")) { return leave(start) }
            throw malformed("',' or '}'")
        }
    }

    /// Reads an array: `element` is called for each element and must read it.
    public mutating func array(_ element: (inout JSONReader) throws(JSONError) -> Void) throws(JSONError) {
        try expect(.array)
        try enter()
        let start = position
        position += 1
        skipBlanks()
        if take(UInt8(ascii: "]")) { return leave(start) }
        var index = 0
        while true {
            path[path.count - 1] = .index(index)
            skipBlanks()
            meant = position
            try element(&self)
            index += 1
            skipBlanks()
            if take(UInt8(ascii: ",")) { continue }
            if take(UInt8(ascii: "]")) { return leave(start) }
            throw malformed("',' or ']'")
        }
    }

    /// Ends the reading: nothing but blanks may follow.
    public mutating func finish() throws(JSONError) {
        skipBlanks()
        guard position == end else { throw malformed("the end of the text") }
    }

    /// Reads any value and drops it.
    public mutating func skip() throws(JSONError) {
        switch try kind() {
        case .object:
            try enter()
            let start = position
            position += 1
            skipBlanks()
            if take(UInt8(ascii: "}")) { return leave(start) }
            while true {
                skipBlanks()
                guard position < end, bytes[position] == UInt8(ascii: "\"") else {
                    throw malformed("a field name in quotes")
                }
                path[path.count - 1] = .field(try scanString())
                skipBlanks()
                guard take(UInt8(ascii: ":")) else { throw malformed("':'") }
                try skip()
                skipBlanks()
                if take(UInt8(ascii: ",")) { continue }
                if take(UInt8(ascii: "}")) { return leave(start) }
                throw malformed("',' or '}'")
            }
        case .array: try array { (reader) throws(JSONError) in try reader.skip() }
        case .string: _ = try scanString()
        case .number: _ = try scanNumber()
        case .boolean, .null: try scanLiteral()
        }
    }

    // MARK: Helpers

    mutating func expect(_ wanted: Kind) throws(JSONError) {
        let found = try kind()
        guard found == wanted else {
            throw failure(.wrongType, "Expected \(Self.article(wanted)), found \(Self.article(found)).")
        }
    }

    static func article(_ kind: Kind) -> String {
        switch kind {
        case .object, .array: "an \(kind.rawValue)"
        case .null: "null"
        default: "a \(kind.rawValue)"
        }
    }

    mutating func enter() throws(JSONError) {
        guard path.count < Self.maximumDepth else {
            throw failure(.tooDeep, "Nested deeper than \(Self.maximumDepth) levels.")
        }
        path.append(.index(0))
    }

    /// After an object or an array: what is said of it then is about the whole.
    private mutating func leave(_ start: Int) {
        path.removeLast()
        meant = start
    }

    @inline(__always) mutating func take(_ byte: UInt8) -> Bool {
        guard position < end, bytes[position] == byte else { return false }
        position += 1
        return true
    }

    @inline(__always) mutating func skipBlanks() {
        while position < end, bytes[position] == 0x20 || bytes[position] == 0x0A || bytes[position] == 0x0D || bytes[position] == 0x09 {
            position += 1
        }
    }
}
