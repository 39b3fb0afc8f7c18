import HTTPWire
import Testing

@Suite struct ChunkedDecoderTests {
    static let good: [(input: String, body: String)] = [
        ("0\r\n\r\n", ""),
        ("5\r\nhello\r\n0\r\n\r\n", "hello"),
        ("a;x=\"y;z\"\r\n0123456789\r\n00\r\nTrailer: t\r\nOther:\r\n\r\n", "0123456789"),
        ("1 ;a\r\nx\r\n0001\t;\r\ny\r\n0;last\r\n\r\n", "xy"),
        ("000000000000000A\r\n0123456789\r\n0\r\n\r\n", "0123456789"),
    ]
    static let bad: [(input: String, code: String)] = [
        ("\r\n", "bad-chunk-size"), ("g\r\n", "bad-chunk-size"), ("-1\r\n", "bad-chunk-size"), ("+1\r\n", "bad-chunk-size"),
        ("0x1\r\n", "bad-chunk-size"), (" 1\r\n", "bad-chunk-size"), ("1 \r\n", "bad-chunk-size"), ("1 1\r\n", "bad-chunk-size"),
        ("00000000000000000\r\n", "bad-chunk-size"), ("8000000000000000\r\n", "bad-chunk-size"),
        ("ffffffffffffffff\r\n", "bad-chunk-size"), ("10000000000000000\r\n", "bad-chunk-size"),
        ("1\n", "bad-chunk-end"), ("1\rx", "bad-chunk-end"), ("1;a\nx", "bad-chunk-end"), ("1;\0", "bad-chunk-end"),
        ("1\r\nxx\r\n", "bad-chunk-end"), ("1\r\nx\n", "bad-chunk-end"), ("1\r\nx\r\r", "bad-chunk-end"),
        ("0\r\n a: b\r\n", "bad-trailer"), ("0\r\na b: c\r\n", "bad-trailer"), ("0\r\na\r\n", "bad-trailer"),
        ("0\r\na: b\n", "bad-trailer"), ("0\r\na: \0", "bad-trailer"), ("0\r\n\n", "bad-trailer"), ("0\r\n\rx", "bad-trailer"),
    ]

    /// The body, whether it is complete, how much was used; or the code.
    private func decode(_ parts: [ArraySlice<UInt8>], _ limits: WireLimits = WireLimits()) -> (body: [UInt8], used: Int?, code: String?) {
        var decoder = ChunkedDecoder()
        var body: [UInt8] = []
        var used = 0
        for part in parts {
            var rest = part
            reading: while true {
                do {
                    switch try decoder.next(rest.span, limits: limits) {
                    case .needsMore:
                        used += rest.count
                        break reading
                    case .data(let range):
                        body += rest.dropFirst(range.lowerBound).prefix(range.count)
                        used += range.upperBound
                        rest = rest.dropFirst(range.upperBound)
                    case .end(let count): return (body, used + count, nil)
                    }
                } catch { return (body, nil, error.code) }
            }
        }
        return (body, nil, nil)
    }

    @Test(arguments: good) func decodesAtEverySplit(input: String, body: String) {
        let bytes = Array((input + "GET").utf8)
        for cut in 0...bytes.count {
            let result = decode([bytes[..<cut], bytes[cut...]])
            #expect(result.body == Array(body.utf8) && result.used == input.utf8.count && result.code == nil)
        }
        #expect(decode(bytes.indices.map { bytes[$0...$0] }).used == input.utf8.count)
        for count in 0..<input.utf8.count {
            #expect(decode([bytes[..<count]]) == (Array(body.utf8.prefix(decode([bytes[..<count]]).body.count)), nil, nil))
        }
    }

    @Test(arguments: bad) func refusesAtEverySplit(input: String, code: String) {
        let bytes = Array(input.utf8)
        for cut in 0...bytes.count { #expect(decode([bytes[..<cut], bytes[cut...]]).code == code) }
    }

    @Test func extensionsAndTrailersAreBounded() {
        let limits = WireLimits(chunkExtensionBytes: 8, trailerBytes: 8)
        func result(_ text: String) -> String? { decode([Array(text.utf8)[...]], limits).code }
        #expect(result("1;12345678\r\n") == nil)
        #expect(result("1;123456789\r\n") == "chunk-extensions-too-large")
        #expect(result("1;12345\r\nx\r\n1;1234\r\n") == "chunk-extensions-too-large")
        #expect(result("0\r\na:bcde\r\n\r\n") == nil)
        #expect(result("0\r\na:bcdef\r\n\r\n") == "trailers-too-large")
    }

    @Test func sizesUpToTheLargestAreTaken() {
        #expect(decode([Array("7fffffffffffffff\r\nx".utf8)[...]]).code == nil)
    }
}
