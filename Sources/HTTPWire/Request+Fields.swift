public import HTTPTypes

extension Request {
    /// Combined value of all lines of this field, joined by ", " (RFC 9110 §5.2); nil if absent.
    public subscript(name: HTTPField.Name) -> String? {
        var combined: String?
        forEachValue(of: name) { value in
            let text = String(decoding: value, as: UTF8.self)
            combined = combined.map { $0 + ", " + text } ?? text
            return true
        }
        return combined
    }

    /// The value of the first line of that field, as bytes, without blanks around. No allocation. nil if absent.
    public func bytes(of name: HTTPField.Name) -> ArraySlice<UInt8>? {
        var first: ArraySlice<UInt8>?
        forEachValue(of: name) { value in
            first = value
            return false
        }
        return first
    }

    /// The values of all lines of this field in order.
    public func values(of name: HTTPField.Name) -> [String] {
        var values: [String] = []
        forEachValue(of: name) { value in
            values.append(String(decoding: value, as: UTF8.self))
            return true
        }
        return values
    }

    /// Calls `take` with each value of the field until it returns false.
    @inline(__always)
    private func forEachValue(of name: HTTPField.Name, _ take: (ArraySlice<UInt8>) -> Bool) {
        // `canonicalName` is in lower case already.
        var wanted = name.canonicalName
        wanted.withUTF8 { wanted in
            var hint = FieldHints()
            hint.insert(initial: wanted[0], count: wanted.count)  // A name is never empty.
            guard head.hints.mayShare(with: hint) else { return }
            for field in head.fields where matches(field.name, wanted) {
                if !take(slice(field.value)) { return }
            }
        }
    }

    /// Compares without regard to case. The pointer is read during the call alone.
    @inline(__always)
    private func matches(_ name: Range32, _ wanted: UnsafeBufferPointer<UInt8>) -> Bool {
        guard Int(name.upper &- name.lower) == wanted.count else { return false }
        let found = bytes.span.extracting(base &+ Int(name.lower)..<base &+ Int(name.upper))
        for index in 0..<wanted.count where found[index].lowercased != wanted[index] { return false }
        return true
    }
}

extension HTTPField.Name {
    /// HTTPTypes keeps Host as the pseudo field `:authority`; on this wire it is a field like the others.
    public static let host = HTTPField.Name("Host")!  // A token, so it can't be nil.
    /// Names a request through all that handle it; a custom of proxies.
    public static let requestID = HTTPField.Name("X-Request-Id")!  // A token.
}

extension HTTPRequest.Method {
    init(_ known: KnownMethod) {
        switch known {
        case .get: self = .get
        case .head: self = .head
        case .post: self = .post
        case .put: self = .put
        case .delete: self = .delete
        case .options: self = .options
        case .patch: self = .patch
        case .trace: self = .trace
        }
    }
}

extension KnownMethod {
    init?(_ method: HTTPRequest.Method) {
        guard let known = KnownMethod.allCases.first(where: { HTTPRequest.Method($0) == method }) else { return nil }
        self = known
    }
}

extension Request {
    /// The field's lines as one value (RFC 9110 §5.3): that of the only line without a copy, of several joined by ", ". nil if absent.
    public func combinedBytes(of name: HTTPField.Name) -> ArraySlice<UInt8>? {
        var combined: ArraySlice<UInt8>?
        forEachValue(of: name) { value in
            if combined == nil { combined = value } else { combined?.append(contentsOf: Array(", ".utf8) + value) }
            return true
        }
        return combined
    }
}

extension Request {
    /// Whether there may be fields of some of these names. No false no.
    @inline(__always)
    public func mayHave(_ names: FieldHints) -> Bool { head.hints.mayShare(with: names) }

    /// The field lines of these names as the answer repeats them, such as an id that a proxy gave the request. Values that are
    /// long or more than visible ASCII are left out. No allocation where there are none.
    public func lines(repeating names: [HTTPField.Name]) -> [UInt8] {
        var lines: [UInt8] = []
        for name in names {
            guard let value = bytes(of: name), 1...256 ~= value.count, value.allSatisfy({ 0x21...0x7e ~= $0 }) else { continue }
            lines.append(contentsOf: name.rawName.utf8)
            lines.append(literal: ": ")
            lines.append(contentsOf: value)
            lines.append(literal: "\r\n")
        }
        return lines
    }
}
