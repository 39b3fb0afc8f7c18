import Foundation
import HTTPWire
import JSON
import NewsAPI
import NewsIndex
import Testing

/// docs/API.md says what the code does.
struct DocumentTests {
    static let text = read("docs/API.md")
    static let grammar = read("docs/QUERY.md")

    private static func read(_ path: String) -> String {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        return (try? String(contentsOf: root.appending(path: path), encoding: .utf8)) ?? ""
    }

    static func description() throws -> [String: Any] {
        try #require(JSONSerialization.jsonObject(with: Data(OpenAPI.document())) as? [String: Any])
    }

    @Test func everyRouteIsDocumentedWithItsMethods() throws {
        let paths = try #require(try Self.description()["paths"] as? [String: [String: Any]])
        #expect(paths.count > 10)
        for (path, operations) in paths {
            let row = try #require(Self.text.split(separator: "\n").first { $0.hasPrefix("| `\(path)` |") }, "\(path) is not documented")
            let methods = row.split(separator: "|")[1].split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
            #expect(Set(methods) == Set(operations.keys.filter { $0 != "parameters" }.map { $0.uppercased() }), "\(path)")
        }
    }

    @Test func everyParameterIsDocumented() throws {
        let paths = try #require(try Self.description()["paths"] as? [String: [String: Any]])
        for (path, operations) in paths {
            for case let operation as [String: Any] in operations.values {
                for parameter in operation["parameters"] as? [[String: Any]] ?? [] {
                    let name = try #require(parameter["name"] as? String)
                    #expect(Self.text.contains("`\(name)`") || Self.text.contains("\(name)="), "\(name) of \(path)")
                }
            }
        }
    }

    @Test func everyCodeIsDocumented() {
        // What is told to the reader of a body alone is never sent.
        for kind in ProblemKind.catalogue where kind.code != WireError.disconnected.code {
            let row = Self.text.split(separator: "\n").first { $0.hasPrefix("| \(kind.status.code) |") }
            #expect(row?.contains("`\(kind.code)`") == true, "\(kind.status.code) \(kind.code)")
        }
        for code in QueryError.Code.allCases { #expect(Self.grammar.contains("`\(code.rawValue)`"), "\(code.rawValue)") }
        for code in JSONError.Code.allCases { #expect(Self.text.contains("`\(code.rawValue)`"), "\(code.rawValue)") }
    }

    @Test func everyReferenceOfTheDescriptionResolves() throws {
        let description = try Self.description()
        var references = 0
        func visit(_ value: Any) {
            if let object = value as? [String: Any] {
                if let reference = object["$ref"] as? String {
                    references += 1
                    var place: Any? = description
                    for step in reference.split(separator: "/").dropFirst() { place = (place as? [String: Any])?[String(step)] }
                    #expect(place != nil, "\(reference)")
                }
                object.values.forEach(visit)
            } else if let array = value as? [Any] {
                array.forEach(visit)
            }
        }
        visit(description)
        #expect(references > 20)
    }
}
