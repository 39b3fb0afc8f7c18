import Foundation

/// A JSON value that reads well in a test: `answer.json.page.total == 3`, and can be written as a literal to be posted.
///
/// What is absent reads as `.absent`, so that a chain of names needs no unwrapping and still fails in the comparison at its end.
/// It is the tests' own, not the program's: a mistake in the program's JSON must not hide behind the same mistake here.
@dynamicMemberLookup
enum Value: Sendable, Hashable {
    case absent
    case null
    case bool(Bool)
    case int(Int)
    case double(Double)
    case string(String)
    case array([Value])
    case object([String: Value])

    subscript(dynamicMember name: String) -> Value { self[name] }

    subscript(name: String) -> Value {
        get { if case .object(let members) = self { members[name] ?? .absent } else { .absent } }
        set {
            guard case .object(var members) = self else { return }
            if newValue == .absent { members.removeValue(forKey: name) } else { members[name] = newValue }
            self = .object(members)
        }
    }

    subscript(index: Int) -> Value {
        let list = asArray
        return list.indices.contains(index) ? list[index] : .absent
    }

    var asString: String? { if case .string(let value) = self { value } else { nil } }
    var asInt: Int? { if case .int(let value) = self { value } else { nil } }
    var asArray: [Value] { if case .array(let value) = self { value } else { [] } }
    var asObject: [String: Value] { if case .object(let value) = self { value } else { [:] } }
    /// The same member of every element: `json.data.each("id")`.
    func each(_ name: String) -> [Value] { asArray.map { $0[name] } }
    /// This object with other members laid over it; `.absent` takes one away.
    func with(_ changes: KeyValuePairs<String, Value>) -> Value {
        var copy = self
        for (name, value) in changes { copy[name] = value }
        return copy
    }
}

extension Value: Encodable {
    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .absent, .null: try container.encodeNil()
        case .bool(let value): try container.encode(value)
        case .int(let value): try container.encode(value)
        case .double(let value): try container.encode(value)
        case .string(let value): try container.encode(value)
        case .array(let value): try container.encode(value)
        case .object(let value): try container.encode(value)
        }
    }

    /// Compact, one line, members in order of name: equal values give equal bytes.
    var bytes: [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        // Only a number that is not finite can't be encoded, and no literal or decoded value is one.
        return (try? encoder.encode(self)).map { [UInt8]($0) } ?? []
    }
}

extension Value: CustomStringConvertible {
    var description: String { self == .absent ? "absent" : String(decoding: bytes, as: UTF8.self) }
}

extension Value: ExpressibleByStringInterpolation, ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral,
    ExpressibleByBooleanLiteral, ExpressibleByNilLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    init(stringLiteral value: String) { self = .string(value) }
    init(integerLiteral value: Int) { self = .int(value) }
    init(floatLiteral value: Double) { self = .double(value) }
    init(booleanLiteral value: Bool) { self = .bool(value) }
    init(nilLiteral: ()) { self = .null }
    init(arrayLiteral elements: Value...) { self = .array(elements) }
    init(dictionaryLiteral elements: (String, Value)...) {
        self = .object(Dictionary(elements, uniquingKeysWith: { _, last in last }))
    }
}
