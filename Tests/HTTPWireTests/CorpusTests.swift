import Foundation
import HTTPWire
import Testing

/// The fuzzers start from the inputs of the tests, those of the raw socket (`ConformanceCorpusTests`) among them:
/// `RECORD_CORPUS=Fuzz/corpus swift test --filter CorpusTests` writes them.
@Suite struct CorpusTests {
    static let folder = ProcessInfo.processInfo.environment["RECORD_CORPUS"]

    @Test(.enabled(if: folder != nil)) func writesTheCorpus() throws {
        try record("FuzzHead", Heads.good + Heads.bad.map(\.head))
        try record("FuzzChunks", ChunkedDecoderTests.good.map(\.input) + ChunkedDecoderTests.bad.map(\.input))
        try record("FuzzRange", ByteRangesTests.fields.map(\.0))
        try record("FuzzConditions", HTTPDateTests.wrong + HTTPDateTests.right.map(\.1) + ["\"a\", W/\"b\"", "*"])
        // The fuzzer puts its input behind a field's name; other lines may follow.
        let fields = RequestOriginTests.believed.map { lines, _ in
            lines.enumerated().map { $0 == 0 ? $1.1 : "\($1.0): \($1.1)" }.joined(separator: "\r\n")
        }
        try record("FuzzForwarded", ForwardedTests.good.map(\.0) + fields)
        try record("FuzzProxyHeader", ProxyHeaderTests.lines.map { Array($0.0.utf8) } + ProxyHeaderTests.binaries.map(\.bytes))
        try record("FuzzQuery", PercentEncodingTests.good.map(\.0) + PercentEncodingTests.bad + ["a=1&&b=two+w%C3%A9&c&=d&e=f=g&a=2"])
    }

    private func record(_ target: String, _ inputs: [String]) throws {
        try record(target, inputs.map { Array($0.utf8) })
    }

    private func record(_ target: String, _ inputs: [[UInt8]]) throws {
        let folder = try #require(Self.folder) + "/" + target
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        for (index, input) in inputs.enumerated() {
            #expect(FileManager.default.createFile(atPath: "\(folder)/\(index)", contents: Data(input)))
        }
    }
}
