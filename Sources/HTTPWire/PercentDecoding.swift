/// Percent-encoding (RFC 3986 §2.1).
public enum PercentEncoding {
    /// Decodes once; nil if a "%" isn't followed by two hexadecimal digits.
    /// - Parameter plusIsBlank: whether "+" stands for a space, as in queries made from forms.
    public static func decode(_ bytes: ArraySlice<UInt8>, plusIsBlank: Bool = false) -> [UInt8]? {
        var decoded: [UInt8] = []
        decoded.reserveCapacity(bytes.count)
        var position = bytes.startIndex
        while position < bytes.endIndex {
            let byte = bytes[position]
            if byte == UInt8(ascii: "%") {
                guard bytes.endIndex - position > 2, let high = bytes[position + 1].hexValue, let low = bytes[position + 2].hexValue
                else { return nil }
                decoded.append(high << 4 | low)
                position += 3
            } else {
                decoded.append(plusIsBlank && byte == UInt8(ascii: "+") ? 0x20 : byte)
                position += 1
            }
        }
        return decoded
    }

    /// The same as text; nil also if what comes out isn't UTF-8.
    public static func decodeText(_ bytes: ArraySlice<UInt8>, plusIsBlank: Bool = false) -> String? {
        decode(bytes, plusIsBlank: plusIsBlank).flatMap { String(validating: $0, as: UTF8.self) }
    }

    /// Encodes everything but the unreserved characters (RFC 3986 §2.3), so that the result can stand in any part of a URL.
    public static func encode(_ text: String) -> String {
        var encoded: [UInt8] = []
        let digits = Array("0123456789ABCDEF".utf8)
        for byte in text.utf8 {
            switch byte {
            case 0x30...0x39, 0x41...0x5a, 0x61...0x7a, 0x2d, 0x2e, 0x5f, 0x7e: encoded.append(byte)
            default: encoded += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: encoded, as: UTF8.self)
    }
}

/// The names and values of a query, in order, as forms write them: `a=1&b=two+words`.
public struct QueryItems: Sendable, RandomAccessCollection {
    /// One name and its value; the value is empty without "=".
    public typealias Element = (name: String, value: String)

    /// Why a query can't be read.
    public enum Failure: Error, Sendable, Equatable {
        /// A "%" without two hexadecimal digits, in the item of that number, counted from 0.
        case badEscape(item: Int)
        /// An item whose bytes aren't UTF-8.
        case badUTF8(item: Int)
        /// More items than the limit.
        case tooMany(limit: Int)
    }

    private let items: [Element]

    /// Takes a query apart. Empty items (`a&&b`) are passed over.
    /// - Parameter limit: the most items that are read.
    public init(parsing query: ArraySlice<UInt8>, limit: Int = 256) throws(Failure) {
        var items: [Element] = []
        for (number, part) in query.split(separator: UInt8(ascii: "&")).enumerated() {
            if number >= limit { throw .tooMany(limit: limit) }
            let equals = part.firstIndex(of: UInt8(ascii: "=")) ?? part.endIndex
            let name = try Self.text(part[..<equals], number)
            items.append((name, try Self.text(part[equals...].dropFirst(), number)))
        }
        self.items = items
    }

    private static func text(_ bytes: ArraySlice<UInt8>, _ item: Int) throws(Failure) -> String {
        guard let decoded = PercentEncoding.decode(bytes, plusIsBlank: true) else { throw .badEscape(item: item) }
        guard let text = String(validating: decoded, as: UTF8.self) else { throw .badUTF8(item: item) }
        return text
    }

    public var startIndex: Int { 0 }
    public var endIndex: Int { items.count }
    public subscript(position: Int) -> Element { items[position] }
}
