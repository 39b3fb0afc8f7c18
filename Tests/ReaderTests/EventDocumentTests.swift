import Foundation
import Reader
import Testing

struct EventDocumentTests {
    /// docs/EVENTS.md lists every kind with its topic, and every role, and no other.
    @Test func everyKindAndRoleIsDocumented() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let text = try String(contentsOf: root.appending(path: "docs/EVENTS.md"), encoding: .utf8)
        let rows = text.split(separator: "\n").filter { $0.hasPrefix("| `") }.map {
            $0.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
        }
        let kinds = rows.filter { $0.count == 3 }
        #expect(kinds.map(\.[0]) == EventKind.allCases.map { "`\($0.rawValue)`" })
        for (row, kind) in zip(kinds, EventKind.allCases) {
            #expect(row[2].split(separator: " ").first.map(String.init) == kind.mediaTopic, "\(kind)")
        }
        #expect(rows.filter { $0.count == 2 }.map(\.[0]) == EventRole.allCases.map { "`\($0.rawValue)`" })
    }
}
