import Foundation
import Testing

/// The Dockerfile can't be built by the tests, so its words are held against the tree.
struct DockerfileTests {
    static let root = ArchitectureTests.root
    static let lines: [String] = {
        let text = (try? String(contentsOf: root.appending(path: "Dockerfile"), encoding: .utf8)) ?? ""
        return text.replacing("\\\n", with: " ").split(separator: "\n").map(String.init)
    }()

    @Test func everyPathThatIsCopiedIsThere() {
        let copies = Self.lines.filter { $0.hasPrefix("COPY ") && !$0.contains("--from=") }
        #expect(copies.count >= 4)
        for line in copies {
            for path in line.split(separator: " ").dropFirst().dropLast() {
                #expect(FileManager.default.fileExists(atPath: Self.root.appending(path: String(path)).path), "\(line)")
                #expect(Self.ignored.allSatisfy { $0 != path }, "\(path) is left out by .dockerignore")
            }
        }
    }

    @Test func theImageRunsWhatThePackageBuilds() throws {
        let manifest = try String(contentsOf: Self.root.appending(path: "Package.swift"), encoding: .utf8)
        #expect(manifest.contains(#".executable(name: "dateline""#))
        #expect(Self.lines.contains { $0.hasPrefix("COPY --from=build /src/.build/release/dateline /opt/dateline/dateline") })
        #expect(Self.lines.contains(#"ENTRYPOINT ["/opt/dateline/dateline"]"#))
        #expect(Self.lines.contains("USER dateline") && Self.lines.contains { $0.hasPrefix("HEALTHCHECK ") && $0.contains("/livez") })
    }

    @Test func everyVariableIsOneThatTheProgramReads() throws {
        let program = Self.root.appending(path: "Sources/dateline")
        let sources = try FileManager.default.contentsOfDirectory(at: program, includingPropertiesForKeys: nil)
            .map { try String(contentsOf: $0, encoding: .utf8) }.joined()
        let names = Self.lines.joined(separator: " ").matches(of: /DATELINE_(\w+)=/).map { String($0.1) }
        #expect(!names.isEmpty)
        for name in names { #expect(sources.contains("Environment[\"\(name)\"]"), "DATELINE_\(name)") }
    }

    private static let ignored: [Substring] = {
        let text = (try? String(contentsOf: root.appending(path: ".dockerignore"), encoding: .utf8)) ?? ""
        return text.split(separator: "\n").filter { $0 != "data" }
    }()
}
