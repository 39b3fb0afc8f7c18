/// One element of a Forwarded field (RFC 7239): what one proxy says about the request that it took.
public struct ForwardedElement: Sendable, Equatable {
    /// `for`: who sent the request to the proxy. Quotes and escapes are resolved, here and below; nil if it isn't said.
    public internal(set) var sender: [UInt8]?
    /// `by`: where the proxy took it.
    public internal(set) var receiver: [UInt8]?
    /// `host`: the Host that the proxy was asked for.
    public internal(set) var host: [UInt8]?
    /// `proto`: the scheme that it was asked by.
    public internal(set) var scheme: [UInt8]?

    /// Reads the elements of one field line, in order (RFC 7239 §4). Empty elements are passed over (RFC 9110 §5.6.1.2), and
    /// parameters without a meaning here.
    /// - Returns: nil if any byte of the line is out of place: a doubt about where one element ends is one about who wrote the next.
    public static func list(_ line: ArraySlice<UInt8>) -> [ForwardedElement]? {
        var reader = ForwardedReader(rest: line)
        return reader.list()
    }
}

/// Takes a line apart from its front.
private struct ForwardedReader {
    var rest: ArraySlice<UInt8>

    mutating func list() -> [ForwardedElement]? {
        var elements: [ForwardedElement] = []
        while true {
            skipBlanks()
            guard let element = element() else { return nil }
            if element != ForwardedElement() { elements.append(element) }
            skipBlanks()
            if rest.isEmpty { return elements }
            guard take(",") else { return nil }
        }
    }

    /// Pairs with semicolons between them, and no blanks; both sides of a semicolon may be empty.
    private mutating func element() -> ForwardedElement? {
        var element = ForwardedElement()
        var others: Set<[UInt8]> = []
        while true {
            let name = token().map(\.lowercased)
            if !name.isEmpty {
                guard take("="), let value = value() else { return nil }
                switch String(decoding: name, as: UTF8.self) {
                case "for": guard set(\.sender, value, of: &element) else { return nil }
                case "by": guard set(\.receiver, value, of: &element) else { return nil }
                case "host": guard set(\.host, value, of: &element) else { return nil }
                case "proto": guard set(\.scheme, value, of: &element) else { return nil }
                default: guard others.insert(name).inserted else { return nil }
                }
            }
            guard take(";") else { return element }
        }
    }

    /// No parameter may be there twice.
    private func set(
        _ parameter: WritableKeyPath<ForwardedElement, [UInt8]?>, _ value: [UInt8], of element: inout ForwardedElement
    ) -> Bool {
        guard element[keyPath: parameter] == nil else { return false }
        element[keyPath: parameter] = value
        return true
    }

    private mutating func value() -> [UInt8]? {
        guard take("\"") else {
            let value = token()
            return value.isEmpty ? nil : Array(value)
        }
        var value: [UInt8] = []
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "\""): return value
            case UInt8(ascii: "\\"):
                // RFC 9110 §5.6.4: quoted-pair.
                guard let escaped = rest.popFirst(), escaped.isFieldContent else { return nil }
                value.append(escaped)
            default:
                guard byte.isFieldContent else { return nil }
                value.append(byte)
            }
        }
        return nil
    }

    private mutating func token() -> ArraySlice<UInt8> {
        let token = rest.prefix { ByteClass.token.contains($0) }
        rest = rest[token.endIndex...]
        return token
    }

    private mutating func take(_ letter: Unicode.Scalar) -> Bool {
        guard rest.first == UInt8(ascii: letter) else { return false }
        rest.removeFirst()
        return true
    }

    private mutating func skipBlanks() { rest = rest.drop(while: \.isBlank) }
}

/// Who takes part in forwarding, as a proxy names it (RFC 7239 §6).
public enum ForwardedNode: Sendable, Hashable {
    /// An address; port 0 if none is told.
    case address(PeerAddress)
    /// A name made up by the proxy, with its underscore (§6.3).
    case obfuscated(String)
    /// The proxy doesn't know (§6.2).
    case unknown

    /// Reads the value of `for` or `by`: `192.0.2.1`, `[2001:db8::1]:4711`, `_hidden:_port`, `unknown`; nil for anything else.
    public init?(_ text: [UInt8]) {
        var name = text[...]
        var port: UInt16 = 0
        // The brackets are the only way for a colon to be part of the name.
        let end = text.first == UInt8(ascii: "[") ? text.firstIndex(of: UInt8(ascii: "]")) ?? 0 : 0
        if let colon = text[end...].firstIndex(of: UInt8(ascii: ":")) {
            name = text[..<colon]
            let digits = text[(colon + 1)...]
            if let number = PortNumber.read(digits) { port = number } else if !Self.isObfuscated(digits) { return nil }
        }
        if name.first == UInt8(ascii: "["), name.last == UInt8(ascii: "]") {
            let inside = name.dropFirst().dropLast()
            guard inside.contains(UInt8(ascii: ":")), let address = PeerAddress(literal: inside, port: port) else { return nil }
            self = .address(address)
        } else if let address = PeerAddress(literal: name, port: port) {
            self = .address(address)
        } else if Self.isObfuscated(name) {
            self = .obfuscated(String(decoding: name, as: UTF8.self))
        } else if name.map(\.lowercased).elementsEqual("unknown".utf8) {
            self = .unknown
        } else {
            return nil
        }
    }

    /// Reads an element of X-Forwarded-For: as above, and as proxies write there: IPv6 without brackets, `unix:`.
    init?(listed text: ArraySlice<UInt8>) {
        if let address = PeerAddress(literal: text) {
            self = .address(address)
        } else if text.elementsEqual("unix:".utf8) {
            self = .address(.unix)
        } else {
            self.init(Array(text))
        }
    }

    /// RFC 7239 §6.3: "_" and at least one letter, digit, dot, underscore or hyphen.
    private static func isObfuscated(_ text: ArraySlice<UInt8>) -> Bool {
        text.count > 1 && text.first == UInt8(ascii: "_")
            && text.allSatisfy { byte in
                byte.isDigit || byte.lowercased &- 0x61 < 26 || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "_")
                    || byte == UInt8(ascii: "-")
            }
    }
}

/// Port numbers as text.
enum PortNumber {
    /// One to five digits, at most 65535; nil for anything else.
    static func read(_ digits: ArraySlice<UInt8>) -> UInt16? {
        guard 1...5 ~= digits.count, digits.allSatisfy(\.isDigit) else { return nil }
        return UInt16(exactly: digits.reduce(0) { $0 * 10 + Int($1 - 0x30) })
    }
}
