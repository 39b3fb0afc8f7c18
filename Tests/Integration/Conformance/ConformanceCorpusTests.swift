import Foundation
import Testing

/// The fuzzers start from the cases: `RECORD_CORPUS=Fuzz/corpus swift test --filter CorpusTests` writes them.
struct ConformanceCorpusTests {
    static let folder = ProcessInfo.processInfo.environment["RECORD_CORPUS"]
    /// What a fuzzer takes at once.
    private static let longest = 4096

    @Test(.enabled(if: folder != nil)) func writesTheCorpus() throws {
        let wire: [Theme] = [.framing, .codings, .chunks, .requestLines, .targets, .hosts, .fields, .persistence, .expectations]
        try record("FuzzConnection", wire.flatMap(\.cases).map(\.bytes))
        try record("FuzzTarget", Theme.targets.cases.compactMap { $0.bytes.split(separator: 32).dropFirst().first.map(Array.init) })
        let conditions: [Theme] = [.articleConditions, .listConditions, .fileConditions, .ranges]
        try record(
            "FuzzConditions", conditions.flatMap { fieldLines($0, "If-").map { $0.joined(separator: "\r\n") } }.map { Array($0.utf8) })
        try record(
            "FuzzNegotiation",
            [Theme.negotiation, .contentCodings].flatMap { fieldLines($0, "Accept") }.flatMap { $0 }.map { line in
                Array(line.drop { $0 != ":" }.dropFirst(2).utf8)
            })
    }

    /// The lines of such fields in each case that has some, with plain values for those that only a running program knows.
    private func fieldLines(_ theme: Theme, _ name: String) -> [[String]] {
        theme.cases.map { one in
            let text = String(decoding: one.bytes, as: UTF8.self).replacing(/@\w*[tT]ag@/, with: "\"x\"").replacing(
                /@\w*[mM]odified@/, with: "Sun, 06 Nov 1994 08:49:37 GMT")
            return text.split(separator: "\r\n").filter { $0.hasPrefix(name) }.map(String.init)
        }.filter { !$0.isEmpty }
    }

    private func record(_ target: String, _ inputs: [[UInt8]]) throws {
        let folder = try #require(Self.folder) + "/" + target
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        var seen: Set<[UInt8]> = []
        for input in inputs where input.count <= Self.longest && seen.insert(input).inserted {
            #expect(FileManager.default.createFile(atPath: "\(folder)/case-\(seen.count)", contents: Data(input)))
        }
    }
}
