import HTTPTypes
import HTTPWire
import Testing

/// Looking fields up, against a plain search through the lines.
struct FieldLookupTests {
    @Test(arguments: 0..<4 as Range<UInt64>)
    func findsWhatIsThereAndNothingElse(_ seed: UInt64) throws {
        var random = Seeded(seed)
        let names: [HTTPField.Name] = [
            .accept, .acceptEncoding, .acceptLanguage, .contentType, .cookie, .ifMatch, .ifNoneMatch, .ifModifiedSince, .ifUnmodifiedSince,
            .ifRange, .range, .referer, .userAgent, .requestID,
        ]
        for _ in 0..<500 {
            let lines = (0..<Int.random(in: 0...8, using: &random)).map { ($0, names.randomElement(using: &random)!) }
            let text = lines.map { number, name in
                "\(Bool.random(using: &random) ? name.rawName.uppercased() : name.canonicalName): \(number)\r\n"
            }
            let bytes = Array("GET / HTTP/1.1\r\nHost: h\r\n\(text.joined())\r\n".utf8)
            var parser = HeadParser()
            let isWhole = try parser.parse(bytes.span, limits: WireLimits())
            #expect(isWhole)
            let request = Request(head: parser.head, bytes: bytes, base: 0, peer: .unix)
            for name in names {
                let expected = lines.filter { $0.1 == name }.map { String($0.0) }
                #expect(request.values(of: name) == expected, "seed \(seed): \(name)")
                #expect(expected.isEmpty || request.mayHave(FieldHints([name])))
                #expect(expected.isEmpty || request.mayHave(FieldHints(names)))
            }
            #expect(!Request(method: .get, target: "/").mayHave(FieldHints(names)))
        }
    }
}
