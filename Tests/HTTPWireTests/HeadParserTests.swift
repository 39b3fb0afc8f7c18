import HTTPWire
import Testing

/// Heads and what becomes of them; shared with the tests of prefixes and splits.
enum Heads {
    static let good: [String] = [
        "GET / HTTP/1.1\r\nHost: a\r\n\r\n",
        "\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /a/b%20c?x=%7e&y=?/ HTTP/1.1\r\nHost: a:80\r\n\r\n",
        "GET / HTTP/1.1\r\nhOST:\t a \t\r\nEmpty:\r\nLatin: \u{e9}\r\n\r\n",
        "GET http://a HTTP/1.1\r\nHost: b\r\n\r\n",
        "GET HTTP://a:1/x?y HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET https://[::1]:443/ HTTP/1.1\r\nHost: [::1]:443\r\n\r\n",
        "OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET / HTTP/1.0\r\n\r\n",
        "GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n",
        "GET / HTTP/1.7\r\nHost: a\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 0005\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9223372036854775807\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: Chunked\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-Continue\r\nContent-Length: 1\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: a\r\nExpect: ,100-continue ,\r\nContent-Length: 1\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nExpect:\r\n\r\n",
        "GET //a;b=c/./../@:!$&'()*+,= HTTP/1.1\r\nHost: a.b-c_d~%41\r\n\r\n",
        "TRACE / HTTP/1.1\r\nHost: 127.0.0.1:65535\r\nHost-Name: x\r\n!#$%&'*+-.^_`|~: x\r\n\r\n",
        "DELETE / HTTP/1.1\r\nHost: a:\r\nConnection: ,, close ,x\r\n\r\n",
    ]

    static let bad: [(head: String, code: String)] =
        [
            ("GET /\r\n", "bad-request-line"),
            (" GET / HTTP/1.1\r\n", "bad-request-line"),
            ("GET  / HTTP/1.1\r\n", "bad-request-line"),
            ("GET / HTTP/1.1 \r\n", "bad-request-line"),
            ("GET /\tHTTP/1.1\r\n", "bad-request-line"),
            ("GET / http/1.1\r\n", "bad-request-line"),
            ("GET / HTTP/11\r\n", "bad-request-line"),
            ("GET / HTTP/1.10\r\n", "bad-request-line"),
            ("GET / HTTP/1.\r\n", "bad-request-line"),
            ("G<T / HTTP/1.1\r\n", "bad-request-line"),
            ("\0GET / HTTP/1.1\r\n", "bad-request-line"),
            ("\nGET / HTTP/1.1\r\n", "bad-request-line"),
            ("\r\rGET / HTTP/1.1\r\n", "bad-request-line"),
            ("GET /\0 HTTP/1.1\r\n", "bad-request-line"),
            ("GET / HTTP/1.1\n", "bad-line-end"),
            ("GET / HTTP/1.1\rHost: a\r\n\r\n", "bad-request-line"),
            ("GET a HTTP/1.1\r\n", "bad-target"),
            ("GET * HTTP/1.1\r\n", "bad-target"),
            ("OPTIONS *x HTTP/1.1\r\n", "bad-target"),
            ("GET a:80 HTTP/1.1\r\n", "bad-target"),
            ("GET ftp://a/ HTTP/1.1\r\n", "bad-target"),
            ("GET http:///x HTTP/1.1\r\n", "bad-target"),
            ("GET http://u@a/ HTTP/1.1\r\n", "bad-target"),
            ("GET http://a:x/ HTTP/1.1\r\n", "bad-target"),
            ("GET /a#b HTTP/1.1\r\n", "bad-target"),
            ("GET /a\"b HTTP/1.1\r\n", "bad-target"),
            ("GET /a\\b HTTP/1.1\r\n", "bad-target"),
            ("GET /%4 HTTP/1.1\r\n", "bad-target"),
            ("GET /%zz HTTP/1.1\r\n", "bad-target"),
            ("GET /?%q1 HTTP/1.1\r\n", "bad-target"),
            ("GET /?a{b} HTTP/1.1\r\n", "bad-target"),
            ("GET /\u{e9} HTTP/1.1\r\n", "bad-target"),
            ("GET / HTTP/2.0\r\n", "version-not-supported"),
            ("PRI * HTTP/2.0\r\n", "version-not-supported"),
            ("GET / HTTP/0.9\r\n", "version-not-supported"),
            ("get / HTTP/1.1\r\n", "method-not-implemented"),
            ("CONNECT a:80 HTTP/1.1\r\n", "method-not-implemented"),
            ("PROPPATCHES / HTTP/1.1\r\n", "method-not-implemented"),
            (String(repeating: "A", count: 65) + " / HTTP/1.1\r\n", "method-not-implemented"),
            ("GET / HTTP/1.1\r\nHost : a\r\n", "bad-field-name"),
            ("GET / HTTP/1.1\r\nHost\r\n", "bad-field-name"),
            ("GET / HTTP/1.1\r\n: a\r\n", "bad-field-name"),
            ("GET / HTTP/1.1\r\nH\u{e9}: a\r\n", "bad-field-name"),
            ("GET / HTTP/1.1\r\nH\0: a\r\n", "bad-field-name"),
            ("GET / HTTP/1.1\r\n Host: a\r\n", "folded-field"),
            ("GET / HTTP/1.1\r\nHost: a\r\n\tb\r\n", "folded-field"),
            ("GET / HTTP/1.1\r\nHost: a\n", "bad-line-end"),
            ("GET / HTTP/1.1\r\nHost: a\rb\r\n", "bad-line-end"),
            ("GET / HTTP/1.1\r\nHost: a\r\n\n", "bad-line-end"),
            ("GET / HTTP/1.1\r\nHost: a\r\n\rX", "bad-line-end"),
            ("GET / HTTP/1.1\r\nX: a\0b\r\n", "bad-field-value"),
            ("GET / HTTP/1.1\r\nX: a\u{7f}\r\n", "bad-field-value"),
            ("GET / HTTP/1.1\r\nX: \u{1}\r\n", "bad-field-value"),
            ("GET / HTTP/1.1\r\n\r\n", "missing-host"),
            ("GET http://a/ HTTP/1.1\r\n\r\n", "missing-host"),
            ("GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n", "repeated-host"),
            ("GET / HTTP/1.0\r\nHost: a\r\nhost: b\r\n", "repeated-host"),
            ("GET / HTTP/1.1\r\nHost:\r\n\r\n", "bad-host"),
            ("GET / HTTP/1.1\r\nHost: a b\r\n\r\n", "bad-host"),
            ("GET / HTTP/1.1\r\nHost: a,b\"\r\n\r\n", "bad-host"),
            ("GET / HTTP/1.1\r\nHost: a/b\r\n\r\n", "bad-host"),
            ("GET / HTTP/1.1\r\nHost: u@a\r\n\r\n", "bad-host"),
            ("GET / HTTP/1.1\r\nHost: a:65536\r\n\r\n", "bad-host"),
            ("GET / HTTP/1.1\r\nHost: a:000080\r\n\r\n", "bad-host"),
            ("GET / HTTP/1.1\r\nHost: a:-1\r\n\r\n", "bad-host"),
            ("GET / HTTP/1.1\r\nHost: ::1\r\n\r\n", "bad-host"),
            ("GET / HTTP/1.1\r\nHost: [::1\r\n\r\n", "bad-host"),
            ("GET / HTTP/1.1\r\nHost: [a]\r\n\r\n", "bad-host"),
            ("GET / HTTP/1.1\r\nHost: [::1::]\r\n\r\n", "bad-host"),
            ("GET / HTTP/1.1\r\nHost: [1:2]\r\n\r\n", "bad-host"),
            ("GET / HTTP/1.1\r\nHost: [v1.a:b]\r\n\r\n", "bad-host"),
            ("GET / HTTP/1.1\r\nHost: [127.0.0.1]\r\n\r\n", "bad-host"),
            ("GET / HTTP/1.1\r\nHost: a%4\r\n\r\n", "bad-host"),
        ] + lengths + codings

    static let lengths: [(head: String, code: String)] =
        [
            ("", "bad-length"), ("+5", "bad-length"), ("-1", "bad-length"), ("5 5", "bad-length"), ("5,5", "bad-length"),
            ("0x5", "bad-length"), ("5.", "bad-length"), ("\u{665}", "bad-length"), ("5;a", "bad-length"),
            ("9223372036854775808", "body-too-large"), ("18446744073709551615", "body-too-large"),
            ("18446744073709551616", "body-too-large"), ("99999999999999999999999999999999", "body-too-large"),
        ].map { ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: \($0.0)\r\n\r\n", $0.1) } + [
            ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nContent-Length: 5\r\n\r\n", "repeated-length"),
            ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\ncontent-length: 6\r\n\r\n", "repeated-length"),
            ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n", "conflicting-length"),
            ("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nContent-Length: 0\r\n\r\n", "conflicting-length"),
        ]

    static let codings: [(head: String, code: String)] =
        [
            ("", "bad-transfer-encoding"), ("identity", "bad-transfer-encoding"), ("gzip", "bad-transfer-encoding"),
            ("chunked, chunked", "bad-transfer-encoding"), ("chunked,", "bad-transfer-encoding"),
            ("xchunked", "bad-transfer-encoding"), ("\"chunked\"", "bad-transfer-encoding"), ("chunked;q=1", "bad-transfer-encoding"),
            ("chunked, gzip", "bad-transfer-encoding"), ("identity, chunked", "coding-not-implemented"),
            ("gzip, x;y, chunked", "bad-transfer-encoding"),
            ("\u{b}chunked", "bad-field-value"), ("gzip, chunked", "coding-not-implemented"),
        ].map { ("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: \($0.0)\r\n\r\n", $0.1) } + [
            ("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n", "bad-transfer-encoding"),
            ("POST / HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n", "bad-transfer-encoding"),
            ("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding : chunked\r\n\r\n", "bad-field-name"),
            ("POST / HTTP/1.1\r\nHost: a\r\nExpect: 200-ok\r\n\r\n", "expectation-failed"),
        ]
}

@Suite struct HeadParserTests {
    @Test(arguments: Heads.good) func acceptsGoodHeads(head: String) {
        #expect(parseHead(head) == .done(head.utf8.count))
        #expect(parseHead(head + "GET") == .done(head.utf8.count))
    }

    @Test(arguments: Heads.bad) func refusesBadHeads(head: String, code: String) {
        #expect(parseHead(head) == .refused(code))
    }

    @Test(arguments: Heads.good) func everyPrefixNeedsMore(head: String) throws {
        let bytes = Array(head.utf8)
        for count in 0..<bytes.count {
            var parser = HeadParser()
            #expect(try !parser.parse(in: bytes[..<count], limits: WireLimits()))
        }
    }

    /// The same answer however the bytes arrive: in two parts at every place, and one by one.
    @Test(arguments: Heads.good + Heads.bad.map(\.head)) func everySplitGivesTheSame(head: String) {
        let bytes = Array(head.utf8)
        let whole = parseHead(head)
        func inParts(_ ends: [Int]) -> HeadOutcome {
            var parser = HeadParser()
            do {
                for end in ends where try parser.parse(in: bytes[..<end], limits: WireLimits()) { return .done(parser.head.length) }
                return .needsMore
            } catch {
                return .refused(error.code)
            }
        }
        for cut in 0...bytes.count { #expect(inParts([cut, bytes.count]) == whole) }
        #expect(inParts(Array(0...bytes.count)) == whole)
    }

    @Test func limitsHoldOnBothSides() {
        let limits = WireLimits(targetBytes: 10, headBytes: 60, fieldCount: 3)
        func target(_ count: Int) -> String { "GET /" + String(repeating: "a", count: count - 1) + " HTTP/1.1\r\nHost: a\r\n\r\n" }
        #expect(parseHead(target(10), limits: limits) == .done(36))
        #expect(parseHead(target(11), limits: limits) == .refused("target-too-long"))
        func fields(_ count: Int) -> String { "GET / HTTP/1.1\r\nHost: a\r\n" + String(repeating: "b: c\r\n", count: count - 1) + "\r\n" }
        #expect(parseHead(fields(3), limits: limits) == .done(39))
        #expect(parseHead(fields(4), limits: limits) == .refused("too-many-fields"))
        func head(_ count: Int) -> String { "GET / HTTP/1.1\r\nHost: a\r\nX: " + String(repeating: "y", count: count - 32) + "\r\n\r\n" }
        #expect(parseHead(head(60), limits: limits) == .done(60))
        #expect(parseHead(head(61), limits: limits) == .refused("head-too-large"))
        #expect(parseHead(String(head(200).dropLast(30)), limits: limits) == .refused("head-too-large"))
        #expect(parseHead(String(repeating: "\r\n", count: 31), limits: limits) == .refused("target-too-long"))
    }

    /// At and around the limit the verdict is the same however the bytes come: what lies beyond it plays no part.
    @Test func theLimitIsTheSameAtEverySplit() {
        let limits = WireLimits(targetBytes: 20, headBytes: 60, fieldCount: 3)
        let line = "GET / HTTP/1.1\r\nHost: a\r\nX: "
        let long = String(repeating: "y", count: 80)
        let inputs = [
            long, long + "\0", "GET /" + long, "GET /a" + long + "\0", line + long, line + long + "\r\n\r\n", line + long + "\n",
            line + String(long.prefix(30)) + "\0" + long, line + String(long.prefix(31)) + "\0", line + String(long.prefix(29)) + "\rb",
            line + "a\rb" + long, line + "\r" + long, line + "a b\r\n\r" + long, "GET / HTTP/1.1\r\n" + long + " : b" + long,
            String(repeating: "\r\n", count: 40), String(repeating: "\r\n", count: 29) + "GET / HTTP/1.1\r\n", "GET /\u{1}" + long,
        ]
        for input in inputs {
            let bytes = Array(input.utf8)
            var parser = HeadParser()
            var verdict = HeadOutcome.needsMore
            for end in 0...bytes.count where verdict == .needsMore {
                do {
                    if try parser.parse(in: bytes[..<end], limits: limits) { verdict = .done(parser.head.length) }
                } catch { verdict = .refused(error.code) }
            }
            #expect(verdict == parseHead(input, limits: limits), "\(input.debugDescription)")
            #expect(verdict != .needsMore, "\(input.debugDescription)")
        }
    }

    @Test func aDrippingHeadIsReadInLinearTime() throws {
        // Counted in steps of the parser's work: a megabyte in single bytes would take hours if each began anew.
        let bytes = Array(("GET / HTTP/1.1\r\nHost: a\r\nX: " + String(repeating: "y", count: 1 << 18)).utf8)
        var parser = HeadParser()
        let limits = WireLimits(headBytes: .max)
        for end in 1...bytes.count { _ = try parser.parse(in: bytes[..<end], limits: limits) }
    }

    @Test func factsAreRead() throws {
        func head(_ text: String) throws -> RequestHead {
            var parser = HeadParser()
            let bytes = Array(text.utf8)
            #expect(try parser.parse(in: bytes[...], limits: WireLimits()))
            return parser.head
        }
        #expect(try head(Heads.good[0]).isPersistent)
        #expect(try !head(Heads.good[8]).isPersistent)
        #expect(try head(Heads.good[9]).isPersistent)
        #expect(try !head("GET / HTTP/1.0\r\nConnection: keep-alive\r\nConnection: close\r\n\r\n").isPersistent)
        #expect(try !head(Heads.good[20]).isPersistent)
        #expect(try head(Heads.good[16]).expectsContinue)
        #expect(try !head(Heads.good[17]).expectsContinue)
        #expect(try head(Heads.good[11]).framing == .none)
        #expect(try head(Heads.good[12]).framing == .length(5))
        #expect(try head(Heads.good[13]).framing == .length(.max))
        #expect(try head(Heads.good[14]).framing == .chunked)
        #expect(try head(Heads.good[15]).expectsContinue)
        #expect(try !head("POST / HTTP/1.0\r\nExpect: 100-continue\r\nContent-Length: 1\r\n\r\n").expectsContinue)
    }

    @Test func requestsGiveTheirParts() throws {
        let text = "xxGET http://h:1?q=1 HTTP/1.1\r\nHost: b\r\nAccept: a\r\naccept:  b \r\n\r\n"
        let bytes = Array(text.utf8)
        var parser = HeadParser()
        #expect(try parser.parse(in: bytes[2...], limits: WireLimits()))
        let request = Request(head: parser.head, bytes: bytes, base: 2, peer: .unix)
        for one in [request, request.detached()] {
            #expect(one.path == "/")
            #expect(one.queryBytes.map { String(decoding: $0, as: UTF8.self) } == "q=1")
            #expect(one.authority == "h:1")
            #expect(one[.accept] == "a, b")
            #expect(one.values(of: .accept) == ["a", "b"])
            #expect(one.bytes(of: .accept).map(Array.init) == [UInt8(ascii: "a")])
            #expect(one.bytes(of: .range) == nil)
        }
        let made = Request(method: .put, target: "/a?b", fields: [.ifMatch: "\"x\""], body: [1])
        #expect(made.path == "/a" && made[.ifMatch] == "\"x\"" && made.method == .put)
    }
}

extension HeadParser {
    /// The same over a slice, so that no span has to live through a macro or a loop's condition.
    fileprivate mutating func parse(in bytes: ArraySlice<UInt8>, limits: WireLimits) throws(WireError) -> Bool {
        try parse(bytes.span, limits: limits)
    }
}
