import HTTPWire
import Testing

/// The Forwarded field (RFC 7239) and the names in it.
struct ForwardedTests {
    private func list(_ text: String) -> [ForwardedElement]? { ForwardedElement.list(Array(text.utf8)[...]) }

    private func described(_ text: String) -> [String]? {
        list(text)?.map { element in
            [("for", element.sender), ("by", element.receiver), ("host", element.host), ("proto", element.scheme)]
                .compactMap { name, value in value.map { "\(name)=\(String(decoding: $0, as: UTF8.self))" } }.joined(separator: " ")
        }
    }

    @Test(arguments: [
        ("for=192.0.2.43", ["for=192.0.2.43"]),
        ("For=\"[2001:db8:cafe::17]:4711\"", ["for=[2001:db8:cafe::17]:4711"]),
        ("for=192.0.2.60;proto=http;by=203.0.113.43", ["for=192.0.2.60 by=203.0.113.43 proto=http"]),
        ("for=192.0.2.43, for=198.51.100.17", ["for=192.0.2.43", "for=198.51.100.17"]),
        ("for=_gazonk ,\t for=unknown", ["for=_gazonk", "for=unknown"]),
        (";;for=a;;HOST=\"a:1\";", ["for=a host=a:1"]),
        (",for=a,, ,for=b,", ["for=a", "for=b"]),
        ("secret=x;for=a;trace=\"1;2,3\"", ["for=a"]),
        ("for=\"a\\\"b\\\\\"", ["for=a\"b\\"]),
        ("for=\"\"", ["for="]), ("", []), (" \t", []),
    ])
    func elementsAreRead(_ line: String, _ elements: [String]) {
        #expect(described(line) == elements)
    }

    @Test(arguments: [
        "for", "for=", "=a", "for =a", "for= a", "for=a; proto=http", "for=a ;proto=http", "for=a;for=b", "for=a;FOR=a", "x=1;X=2",
        "for=a b",
        "for=\"a", "for=\"a\\", "for=\"a\"b", "for=a\"b\"", "for=[::1]", "for=::1", "for=a:1", "for=a/b", "for=\"a\u{7f}\"", "for=\"a\nb\"",
        "for=a,;=", "for=a,,b", "för=a", "for=é", "for=\"x, for=192.0.2.1",
    ])
    func whatIsOutOfPlaceSpoilsTheLine(_ line: String) {
        #expect(list(line) == nil)
    }

    /// What is written by the rules reads back, and so does every prefix that ends with an element; no other prefix traps.
    @Test func whatIsWrittenReadsBack() {
        let letters = Array("ab19.:_-[]\\\",;= é".unicodeScalars)
        for _ in 0..<300 {
            var written: [ForwardedElement] = []
            var line = ""
            for _ in 0..<Int.random(in: 1...4) {
                let sender = String(String.UnicodeScalarView((0..<Int.random(in: 1...9)).map { _ in letters.randomElement()! }))
                let quoted = sender.unicodeScalars.map { $0 == "\"" || $0 == "\\" ? "\\\($0)" : "\($0)" }.joined()
                line += line.isEmpty ? "" : Bool.random() ? "," : " , "
                line += Bool.random() ? "for=\"\(quoted)\";x=\",\"" : "proto=http;;for=\"\(quoted)\""
                let read = list(line)
                #expect(read?.count == written.count + 1 && read?.last?.sender == Array(sender.utf8), "\(line)")
                #expect(read.map { Array($0.dropLast()) } == written)
                written = read ?? []
            }
            let bytes = Array(line.utf8)
            for end in 0...bytes.count {
                if let read = ForwardedElement.list(bytes[..<end]) { #expect(read.count <= written.count) }
            }
        }
    }

    @Test(arguments: [
        ("192.0.2.43", "192.0.2.43:0"), ("192.0.2.43:47011", "192.0.2.43:47011"), ("[2001:DB8::17]", "[2001:db8::17]:0"),
        ("[2001:db8::17]:4711", "[2001:db8::17]:4711"), ("192.0.2.43:_port", "192.0.2.43:0"), ("[::ffff:192.0.2.1]:5", "192.0.2.1:5"),
        ("_hidden", "_hidden"), ("_h.i-d_D3n:_a", "_h.i-d_D3n"), ("_h:80", "_h"), ("unknown", "unknown"), ("Unknown:1", "unknown"),
    ])
    func nodesAreRead(_ text: String, _ expected: String) {
        switch ForwardedNode(Array(text.utf8)) {
        case .address(let address): #expect("\(address)" == expected)
        case .obfuscated(let name): #expect(name == expected)
        case .unknown: #expect(expected == "unknown")
        case nil: Issue.record("\(text) isn't read")
        }
    }

    @Test(arguments: [
        "", "_", "__:", "a", "hidden", "192.0.2.43:", "192.0.2.43:65536", "192.0.2.43:123456", "192.0.2.43:+1", "192.0.2.43:_",
        "192.0.2.43:_é",
        "2001:db8::17", "[2001:db8::17", "2001:db8::17]", "[2001:db8::17]4711", "[192.0.2.43]", "[unknown]", "[]", "[_a]", "_a b",
        "unknown ",
        "[::1]:80:80", "_a:_b:_c", "192.0.2.1:80:80", "[::1]]",
    ])
    func whatIsNoNodeIsNone(_ text: String) {
        #expect(ForwardedNode(Array(text.utf8)) == nil)
    }
}
