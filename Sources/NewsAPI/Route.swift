import HTTPTypes
import HTTPWire

/// A path with what can be done there. The table of them serves, and is what the OpenAPI document is made from.
package final class Route: Sendable {
    /// As in OpenAPI: `/articles/{id}/versions`. The only variable there is is `{id}`.
    package let path: String
    let operations: [Operation]
    private let segments: [Segment]

    private enum Segment: Sendable {
        case literal([UInt8])
        case identifier
    }

    init(_ path: String, _ operations: Operation...) {
        self.path = path
        self.operations = operations
        segments = path.split(separator: "/").map { $0 == "{id}" ? .identifier : .literal(Array($0.utf8)) }
    }

    /// HEAD is GET without the body (RFC 9110 §9.3.2); the server leaves it out.
    func operation(_ method: HTTPRequest.Method) -> Operation? {
        let wanted = method == .head ? .get : method
        return operations.first { $0.method == wanted }
    }

    /// The methods of the resource, for Allow.
    var allow: String {
        var methods = operations.map(\.method.rawValue)
        if methods.contains("GET") { methods.append("HEAD") }
        return (methods + ["OPTIONS"]).joined(separator: ", ")
    }

    /// What OPTIONS answers (RFC 9110 §9.3.7, RFC 5789 §3.1).
    var options: HTTPFields {
        var fields: HTTPFields = [.allow: allow]
        fields[.acceptPatch] = operation(.patch)?.body?.types.joined(separator: ", ")
        return fields
    }

    static let allMethods = "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS"

    /// What stands for `{id}`, empty where there is none; nil if the path is another one.
    package func match(_ path: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        let bytes = path.span
        var position = 0
        var found = 0..<0
        for segment in segments {
            guard position < bytes.count, bytes[position] == UInt8(ascii: "/") else { return nil }
            position += 1
            switch segment {
            case .literal(let word):
                guard bytes.count - position >= word.count else { return nil }
                for index in word.indices where word[index] != bytes[position + index] { return nil }
                position += word.count
            case .identifier:
                let start = position
                while position < bytes.count, bytes[position] != UInt8(ascii: "/") { position += 1 }
                guard position > start else { return nil }
                found = start..<position
            }
        }
        guard position == bytes.count else { return nil }
        return path[path.startIndex + found.lowerBound..<path.startIndex + found.upperBound]
    }
}

/// What can be done at a path, with what is needed to say so in the OpenAPI document.
final class Operation: Sendable {
    typealias Handler = @Sendable (Call) throws(Problem) -> Outcome

    let method: HTTPRequest.Method
    let name: String
    let summary: String
    let parameters: [Parameter]
    /// Media types of the body, and the schema of it.
    let body: (types: [String], schema: String)?
    /// What a success answers: its status, and the schema of it.
    let answer: (status: Int, schema: String?)
    /// What it is served as, for those who don't take everything.
    let mediaTypes: [String]
    /// Whether the body of this request is read as it comes.
    let streams: @Sendable (Request) -> Bool
    let run: Handler

    init(
        method: HTTPRequest.Method, name: String, summary: String, parameters: [Parameter] = [],
        body: (types: [String], schema: String)? = nil, answer: (status: Int, schema: String?), mediaTypes: [String] = ["application/json"],
        streams: @escaping @Sendable (Request) -> Bool = { _ in false }, run: @escaping Handler
    ) {
        self.method = method
        self.name = name
        self.summary = summary
        self.parameters = parameters
        self.body = body
        self.answer = answer
        self.mediaTypes = mediaTypes
        self.streams = streams
        self.run = run
    }
}

/// A query parameter.
struct Parameter: Sendable {
    let name: String
    let detail: String
    /// An OpenAPI schema, in JSON.
    let schema: String
    var repeats = false
    var isRequired = false

    static func text(_ name: String, _ detail: String) -> Parameter {
        Parameter(name: name, detail: detail, schema: #"{"type":"string"}"#)
    }

    /// Repeat = and, comma = or, leading hyphen = not.
    static func filter(_ name: String, _ detail: String) -> Parameter {
        Parameter(
            name: name, detail: detail + " Repeat it for and, use commas for or, a leading hyphen for not.",
            schema: #"{"type":"array","items":{"type":"string"}}"#, repeats: true)
    }

    static func choice(_ name: String, _ detail: String, _ choices: [String]) -> Parameter {
        Parameter(
            name: name, detail: detail,
            schema: #"{"type":"string","enum":["# + choices.map { "\"\($0)\"" }.joined(separator: ",") + "]}")
    }

    static func flag(_ name: String, _ detail: String) -> Parameter {
        Parameter(name: name, detail: detail, schema: #"{"type":"boolean","default":false}"#)
    }

    static let zone = Parameter.text("zone", "How far local time is ahead of UTC, like +02:00; Z if left out.")
    static let limit = Parameter(
        name: "limit", detail: "How many at most on one page.",
        schema: #"{"type":"integer","minimum":1,"maximum":200,"default":20}"#)
    static let cursor = Parameter.text("cursor", "Where the page begins; only ever taken from a link.")
}
