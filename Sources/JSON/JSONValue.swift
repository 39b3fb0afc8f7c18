/// A JSON value as a tree, for the few places that need one: merge patch (RFC 7396) and values passed through.
public enum JSONValue: Sendable, Equatable {
    case object([(name: String, value: JSONValue)])
    case array([JSONValue])
    case string(String)
    /// Kept as written, so that passing a number on changes nothing.
    case number(String)
    case boolean(Bool)
    case null

    public static func == (a: JSONValue, b: JSONValue) -> Bool {
        switch (a, b) {
        case (.object(let a), .object(let b)):
            a.count == b.count && a.allSatisfy { member in b.contains { $0.name == member.name && $0.value == member.value } }
        case (.array(let a), .array(let b)): a == b
        case (.string(let a), .string(let b)): a == b
        case (.number(let a), .number(let b)): a == b
        case (.boolean(let a), .boolean(let b)): a == b
        case (.null, .null): true
        default: false
        }
    }

    /// The member of that name; nil if there is none, or if this is no object.
    public subscript(name: String) -> JSONValue? {
        guard case .object(let members) = self else { return nil }
        return members.first { $0.name == name }?.value
    }

    /// RFC 7396 §2: what this value becomes when the patch is applied.
    public func merged(with patch: JSONValue) -> JSONValue {
        guard case .object(let changes) = patch else { return patch }
        var members: [(name: String, value: JSONValue)] = if case .object(let own) = self { own } else { [] }
        for (name, change) in changes {
            let place = members.firstIndex { $0.name == name }
            switch (change, place) {
            case (.null, let place?): members.remove(at: place)
            case (.null, nil): break
            case (_, let place?): members[place].value = members[place].value.merged(with: change)
            case (_, nil): members.append((name, JSONValue.null.merged(with: change)))
            }
        }
        return .object(members)
    }
}

extension JSONReader {
    /// Reads any value as a tree.
    public mutating func value() throws(JSONError) -> JSONValue {
        switch try kind() {
        case .object:
            var members: [(name: String, value: JSONValue)] = []
            try object { (reader, name) throws(JSONError) in
                // An object of the documents has few fields; more are refused before looking for twins gets slow.
                guard members.count < 1_000 else { throw reader.failure(.tooLong, "More than 1,000 fields in one object.") }
                members.append((name, try reader.value()))
            }
            return .object(members)
        case .array:
            var elements: [JSONValue] = []
            try array { (reader) throws(JSONError) in elements.append(try reader.value()) }
            return .array(elements)
        case .string: return .string(try string())
        case .number: return .number(String(decoding: bytes[try scanNumber()], as: UTF8.self))
        case .boolean: return .boolean(try boolean())
        case .null:
            _ = try null()
            return .null
        }
    }
}

extension JSONWriter {
    /// Writes a tree.
    public mutating func value(_ value: JSONValue) {
        switch value {
        case .object(let members):
            object { writer in
                for (name, value) in members {
                    writer.key(text: name)
                    writer.value(value)
                }
            }
        case .array(let elements): array { writer in for element in elements { writer.value(element) } }
        case .string(let text): string(text)
        case .number(let text): raw(text.utf8)
        case .boolean(let flag): boolean(flag)
        case .null: null()
        }
    }
}
