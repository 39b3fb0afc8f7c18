import CZlib
import ContentCoding
import TestSupport
import Testing

@Suite struct GzipTests {
    @Test(arguments: [1, 6, 9]) func whatIsCompressedComesBack(level: Int) throws {
        var chance = Chance(seed: UInt64(level))
        for _ in 0..<50 {
            let text = (0..<Int.random(in: 150...5_000, using: &chance)).map { _ in "word\(Int.random(in: 0...99, using: &chance))" }
                .joined(separator: " ")
            let bytes = Array(text.utf8)
            let coded = try #require(Gzip.compress(bytes, level: level))
            #expect(coded.count < bytes.count)
            #expect(coded.starts(with: [0x1f, 0x8b, 8]))
            #expect(try inflated(coded, count: bytes.count) == bytes)
        }
    }

    @Test func whatGainsNothingStaysAsItIs() {
        #expect(Gzip.compress([]) == nil)
        #expect(Gzip.compress([UInt8](repeating: 1, count: Gzip.leastLength - 1)) == nil)
        var chance = Chance(seed: 7)
        let noise = (0..<10_000).map { _ in UInt8.random(in: 0...255, using: &chance) }
        #expect(Gzip.compress(noise) == nil)
    }

    /// Read back by zlib itself, which checks the frame's checksum and length too.
    private func inflated(_ coded: [UInt8], count: Int) throws -> [UInt8] {
        var stream = z_stream()
        try #require(inflateInit2_(&stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK)
        defer { inflateEnd(&stream) }
        var coded = coded
        var bytes = [UInt8](repeating: 0, count: count + 1)
        // zlib reads and writes within these bounds, during the call alone.
        let status = coded.withUnsafeMutableBufferPointer { input in
            bytes.withUnsafeMutableBufferPointer { output in
                stream.next_in = input.baseAddress
                stream.avail_in = UInt32(input.count)
                stream.next_out = output.baseAddress
                stream.avail_out = UInt32(output.count)
                return inflate(&stream, Z_FINISH)
            }
        }
        #expect(status == Z_STREAM_END)
        #expect(stream.avail_in == 0)
        return Array(bytes.prefix(Int(stream.total_out)))
    }
}
