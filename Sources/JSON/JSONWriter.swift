/// Writes JSON into a byte buffer, members in the order they are given.
///
/// Commas are placed by the writer; nesting is the caller's, by `object` and `array`.
public struct JSONWriter: Sendable {
    /// What was written so far.
    public private(set) var bytes: [UInt8] = []
    private var needsComma = false

    /// A writer with room for so many bytes before it has to grow.
    public init(capacity: Int = 256) {
        bytes.reserveCapacity(capacity)
    }

    /// Writes an object; `members` writes what is in it.
    public mutating func object(_ members: (inout JSONWriter) -> Void) {
        open(UInt8(ascii: "{"))
        members(&self)
        close(UInt8(ascii: "}"))
    }

    /// Writes an array; `elements` writes what is in it.
    public mutating func array(_ elements: (inout JSONWriter) -> Void) {
        open(UInt8(ascii: "["))
        elements(&self)
        close(UInt8(ascii: "]"))
    }

    /// Starts a member; its value must follow. Names are the program's own and need no escaping.
    public mutating func key(_ name: StaticString) {
        comma()
        bytes.append(UInt8(ascii: "\""))
        bytes.append(contentsOf: UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount))  // static memory
        bytes.append(UInt8(ascii: "\""))
        bytes.append(UInt8(ascii: ":"))
        needsComma = false
    }

    /// Starts a member whose name comes from outside.
    public mutating func key(text name: String) {
        string(name)
        bytes.append(UInt8(ascii: ":"))
        needsComma = false
    }

    /// Writes a string, escaped as far as JSON wants it.
    public mutating func string(_ text: String) {
        comma()
        bytes.append(UInt8(ascii: "\""))
        var text = text
        text.withUTF8 { append(escaping: $0) }
        bytes.append(UInt8(ascii: "\""))
    }

    /// Writes a whole number.
    public mutating func integer(_ value: some FixedWidthInteger) {
        comma()
        var value = Int64(clamping: value)
        if value < 0 { bytes.append(UInt8(ascii: "-")) }
        // Digits are taken with the number's own sign, so that the smallest number does not overflow.
        var digits: InlineArray<20, UInt8> = .init(repeating: 0)
        var count = 0
        repeat {
            digits[count] = UInt8(ascii: "0") + UInt8((value % 10).magnitude)
            value /= 10
            count += 1
        } while value != 0
        while count > 0 {
            count -= 1
            bytes.append(digits[count])
        }
    }

    /// Writes a number in its shortest exact form; what JSON cannot hold (NaN, infinities) becomes null.
    public mutating func number(_ value: Double) {
        if let whole = Int64(exactly: value) { return integer(whole) }
        comma()
        bytes.append(contentsOf: value.isFinite ? Array(value.description.utf8) : Array("null".utf8))
    }

    /// Writes `true` or `false`.
    public mutating func boolean(_ value: Bool) {
        comma()
        bytes.append(contentsOf: (value ? "true" : "false").utf8)
    }

    /// Writes `null`.
    public mutating func null() {
        comma()
        bytes.append(contentsOf: "null".utf8)
    }

    /// Writes a value that is JSON already.
    public mutating func raw(_ json: some Collection<UInt8>) {
        comma()
        bytes.append(contentsOf: json)
    }

    // MARK: Members, left out when there is nothing to say

    /// A member with a string; nothing for nil.
    public mutating func member(_ name: StaticString, _ text: String?) {
        guard let text else { return }
        key(name)
        string(text)
    }

    /// A member with an array of strings; nothing for an empty one.
    public mutating func member(_ name: StaticString, _ texts: [String]) {
        guard !texts.isEmpty else { return }
        key(name)
        array { for text in texts { $0.string(text) } }
    }

    /// A member with a whole number; nothing for nil.
    public mutating func member(_ name: StaticString, _ value: Int?) {
        guard let value else { return }
        key(name)
        integer(value)
    }

    // MARK: Helpers

    @inline(__always) private mutating func comma() {
        if needsComma { bytes.append(UInt8(ascii: ",")) }
        needsComma = true
    }

    private mutating func open(_ byte: UInt8) {
        comma()
        bytes.append(byte)
        needsComma = false
    }

    private mutating func close(_ byte: UInt8) {
        bytes.append(byte)
        needsComma = true
    }

    /// RFC 8259 §7: quotes, backslashes and control characters are escaped, everything else stands as UTF-8.
    private mutating func append(escaping text: UnsafeBufferPointer<UInt8>) {
        var copied = 0
        for index in 0..<text.count {
            let byte = text[index]
            guard byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") else { continue }
            bytes.append(contentsOf: text[copied..<index])
            copied = index + 1
            bytes.append(UInt8(ascii: "\\"))
            switch byte {
            case 0x0A: bytes.append(UInt8(ascii: "n"))
            case 0x0D: bytes.append(UInt8(ascii: "r"))
            case 0x09: bytes.append(UInt8(ascii: "t"))
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes.append(byte)
            default:
                bytes.append(contentsOf: "u00".utf8)
                bytes.append(UInt8(ascii: "0") + byte >> 4)
                bytes.append(Array("0123456789abcdef".utf8)[Int(byte & 15)])
            }
        }
        bytes.append(contentsOf: text[copied...])
    }
}
