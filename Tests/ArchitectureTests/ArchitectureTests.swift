import Foundation
import Testing

/// The picture of the house, held against the sources.
struct ArchitectureTests {
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// What each room may import of ours. What isn't here is known by nobody but the program.
    static let mayImport: [String: Set<String>] = [
        "CLinux": [], "HTTPWire": [], "HTTPServer": ["HTTPWire", "CLinux", "ContentCoding"], "ContentCoding": ["CZlib"],
        "Observability": ["HTTPWire", "JSON"],
        "JSON": [], "News": ["JSON"], "Reader": ["News"], "NewsIndex": ["News", "JSON"], "Journal": [],
        "Newsroom": ["News", "NewsIndex", "Reader", "Journal", "JSON"],
        "NewsAPI": ["HTTPWire", "ContentCoding", "Reader", "Newsroom", "NewsIndex", "News", "Journal", "JSON"],
        "dateline": [
            "CLinux", "HTTPServer", "HTTPWire", "Observability", "Reader", "NewsAPI", "Newsroom", "Journal", "NewsIndex", "News", "JSON",
        ],
    ]

    struct File {
        var module: String
        var name: String
        var lines: [String]
    }

    static let files: [File] = {
        let sources = root.appending(path: "Sources")
        let paths = (FileManager.default.subpaths(atPath: sources.path) ?? []).filter { $0.hasSuffix(".swift") }.sorted()
        return paths.compactMap { path in
            guard let text = try? String(contentsOf: sources.appending(path: path), encoding: .utf8) else { return nil }
            let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
            return File(module: String(path.prefix { $0 != "/" }), name: path, lines: lines)
        }
    }()

    @Test func roomsImportOnlyWhatTheyMay() {
        #expect(Set(Self.files.map(\.module)).isSubset(of: Self.mayImport.keys))
        #expect(Self.files.count > 50)
        let ours = Set(Self.mayImport.keys)
        for file in Self.files {
            for line in file.lines {
                guard let match = line.firstMatch(of: /^(?:@\w+ |public |package |internal |private )*import (?:\w+ )?(\w+)/) else {
                    continue
                }
                let imported = String(match.1)
                guard ours.contains(imported) else { continue }
                #expect(Self.mayImport[file.module]?.contains(imported) == true, "\(file.name) imports \(imported)")
            }
        }
    }

    /// What the compiler can't check says why it holds, in the same line, in the comment before it, or where its type or its
    /// function begins.
    @Test func claimsSayWhyTheyHold() {
        let claim =
            /@unchecked Sendable|nonisolated\(unsafe\)|\bMutex[<(]|\bunsafe|withUnsafe|withUTF8|Unsafe(Mutable)?(Raw)?(Buffer)?Pointer/
        for file in Self.files {
            var hasReason = false
            for (number, line) in file.lines.enumerated() {
                let text = line.drop { $0 == " " }
                if text.hasPrefix("import ") { continue }
                if text.isEmpty { hasReason = false }
                if text.contains("//") { hasReason = true }
                guard !text.hasPrefix("//"), text.contains(claim) else { continue }
                #expect(hasReason || saysWhy(file, above: number), "\(file.name):\(number + 1) \(text)")
            }
        }
    }

    /// Whether the type or function that the line is in begins with a comment.
    private func saysWhy(_ file: File, above number: Int) -> Bool {
        var indent = file.lines[number].prefix { $0 == " " }.count
        for line in stride(from: number - 1, through: 0, by: -1) {
            let text = file.lines[line]
            let depth = text.prefix { $0 == " " }.count
            guard !text.allSatisfy({ $0 == " " }), depth < indent else { continue }
            indent = depth
            if line > 0, file.lines[line - 1].drop(while: { $0 == " " }).hasPrefix("//") { return true }
        }
        return false
    }

    @Test func whatIsPublicIsDocumented() {
        let rooms: Set = ["HTTPWire", "HTTPServer", "JSON", "News", "Reader", "NewsIndex", "Journal", "Newsroom", "NewsAPI"]
        let declaration =
            /^\s*public (?:internal\(set\) |private\(set\) |package\(set\) |static |final |mutating |convenience |nonisolated |indirect )*(?:func|var|let|struct|class|enum|protocol|init|subscript|typealias|actor)\b/
        // What a protocol of the standard library asks for needs no words of its own.
        let known = /static func (<|==)|var description: String|var (startIndex|endIndex): Int|subscript\(position: Int\)/
        for file in Self.files where rooms.contains(file.module) {
            for (number, line) in file.lines.enumerated() where line.contains(declaration) && !line.contains(known) {
                var above = number - 1
                while above >= 0, file.lines[above].drop(while: { $0 == " " }).hasPrefix("@") { above -= 1 }
                let isDocumented = above >= 0 && file.lines[above].drop { $0 == " " }.hasPrefix("///")
                #expect(isDocumented, "\(file.name):\(number + 1) \(line.drop { $0 == " " })")
            }
        }
    }
}
