import HTTPTypes
import HTTPWire
import Testing

/// Whom the server believes about where a request came from.
struct RequestOriginTests {
    private static let trusted = ["unix", "10.0.0.0/8", "2001:db8::/32"].compactMap { AddressBlock($0) }

    /// The request of a peer that is trusted, unless another is named, in a line: `192.0.2.1:5 https news.example /news`.
    private func origin(
        _ lines: [(String, String)], peer: String = "unix", isSecure: Bool = false, trusting: [AddressBlock] = trusted
    ) throws -> String {
        var head = HeadParser()
        let fields = lines.map { "\($0.0): \($0.1)\r\n" }.joined()
        let bytes = Array("GET / HTTP/1.1\r\nHost: inner.example\r\n\(fields)\r\n".utf8)
        #expect(try head.parse(bytes.span, limits: WireLimits()))
        let address = try #require(peer == "unix" ? .unix : PeerAddress(literal: peer.utf8))
        var request = Request(head: head.head, bytes: bytes, base: 0, peer: address)
        #expect(request.client == address && request.scheme == "http" && request.host == "inner.example" && request.prefix.isEmpty)
        try request.findOrigin(isSecure: isSecure, trusting: trusting)
        let copy = request.detached()
        return "\(copy.client.host) \(copy.scheme) \(copy.host) \(copy.prefix)"
    }

    @Test(
        arguments: [
            ([], "unix http inner.example "),
            ([("X-Forwarded-For", "192.0.2.1")], "192.0.2.1 http inner.example "),
            ([("X-Forwarded-For", "6.6.6.6, 192.0.2.1")], "192.0.2.1 http inner.example "),
            ([("X-Forwarded-For", "6.6.6.6, 192.0.2.1, 10.1.1.1,2001:db8::1")], "192.0.2.1 http inner.example "),
            ([("X-Forwarded-For", "6.6.6.6"), ("x-forwarded-for", "192.0.2.1:4711")], "192.0.2.1 http inner.example "),
            ([("X-Forwarded-For", "10.0.0.1, 10.0.0.2")], "10.0.0.1 http inner.example "),
            ([("X-Forwarded-For", "[2001:db9::1]:80")], "2001:db9::1 http inner.example "),
            ([("X-Forwarded-For", "2001:db9::1")], "2001:db9::1 http inner.example "),
            ([("X-Forwarded-For", "::ffff:192.0.2.1")], "192.0.2.1 http inner.example "),
            ([("X-Forwarded-For", "192.0.2.1, unix:")], "192.0.2.1 http inner.example "),
            ([("X-Forwarded-For", "192.0.2.1, unknown, 10.0.0.1")], "10.0.0.1 http inner.example "),
            ([("X-Forwarded-For", " , 192.0.2.1 ,, ")], "192.0.2.1 http inner.example "),
            // What stands left of a stranger isn't looked at.
            ([("X-Forwarded-For", "\"nonsense; <b>, 192.0.2.1")], "192.0.2.1 http inner.example "),
            (
                [("X-Forwarded-For", "192.0.2.1"), ("X-Forwarded-Proto", "HTTPS"), ("X-Forwarded-Host", "News.example:8443")],
                "192.0.2.1 https News.example:8443 "
            ),
            // The lists of two proxies go together; one that is shorter was written by one of them.
            (
                [
                    ("X-Forwarded-For", "6.6.6.6, 192.0.2.1, 10.0.0.1"), ("X-Forwarded-Proto", "http, https, http"),
                    ("X-Forwarded-Host", "evil.example, news.example, 10.0.0.9"), ("X-Forwarded-Prefix", "/evil, /news, /inner"),
                ], "192.0.2.1 https news.example /news"
            ),
            (
                [("X-Forwarded-For", "192.0.2.1, 10.0.0.1"), ("X-Forwarded-Proto", "https"), ("X-Forwarded-Prefix", "/a/b/")],
                "192.0.2.1 https inner.example /a/b"
            ),
            ([("X-Forwarded-Proto", "http, https"), ("X-Forwarded-Host", "evil.example, news.example")], "unix https news.example "),
            ([("X-Forwarded-Prefix", "/")], "unix http inner.example "),
            ([("X-Forwarded-Prefix", "")], "unix http inner.example "),
            ([("X-Forwarded-Prefix", "/n%C3%A9ws/a:b@c")], "unix http inner.example /n%C3%A9ws/a:b@c"),
            ([("Forwarded", "for=192.0.2.1;proto=https;host=news.example")], "192.0.2.1 https news.example "),
            ([("Forwarded", "for=6.6.6.6;host=evil.example, For=\"[2001:db9::1]:5\"")], "2001:db9::1 http inner.example "),
            (
                [
                    ("Forwarded", "for=6.6.6.6;proto=http, for=192.0.2.1;proto=https"),
                    ("Forwarded", "for=10.0.0.1;host=\"news.example:1\""),
                ],
                "192.0.2.1 https news.example:1 "
            ),
            ([("Forwarded", "for=192.0.2.1, for=_hidden;proto=https, for=10.0.0.1")], "10.0.0.1 https inner.example "),
            ([("Forwarded", "for=192.0.2.1, proto=https")], "unix https inner.example "),
            (
                [("Forwarded", "for=\"nobody knows\", for=192.0.2.1"), ("X-Forwarded-Prefix", "/news")],
                "192.0.2.1 http inner.example /news"
            ),
            // What the usual proxies write wins over what they pass on.
            ([("Forwarded", "for=6.6.6.6;host=evil.example"), ("X-Forwarded-For", "192.0.2.1")], "192.0.2.1 http inner.example "),
            ([("Forwarded", "for=\"broken"), ("X-Forwarded-For", "192.0.2.1")], "192.0.2.1 http inner.example "),
        ] as [([(String, String)], String)])
    func trustedProxiesAreBelieved(_ lines: [(String, String)], _ expected: String) throws {
        #expect(try origin(lines) == expected)
    }

    @Test func strangersAreNot() throws {
        let lines = [
            ("X-Forwarded-For", "10.0.0.1"), ("X-Forwarded-Proto", "https"), ("X-Forwarded-Host", "evil.example"),
            ("X-Forwarded-Prefix", "//evil.example"), ("Forwarded", "for=\"broken"),
        ]
        #expect(try origin(lines, peer: "192.0.2.9") == "192.0.2.9 http inner.example ")
        #expect(try origin(lines, peer: "unix", trusting: []) == "unix http inner.example ")
        // The connection's own word counts all the same.
        #expect(try origin(lines, peer: "192.0.2.9", isSecure: true) == "192.0.2.9 https inner.example ")
        #expect(try origin([("X-Forwarded-Proto", "http")], isSecure: true) == "unix http inner.example ")
    }

    @Test(arguments: [
        ("X-Forwarded-For", "nonsense"), ("X-Forwarded-For", "192.0.2.1, 10.0.0.256"), ("X-Forwarded-For", "6.6.6.6, what, 10.0.0.1"),
        ("X-Forwarded-Proto", "ftp"), ("X-Forwarded-Proto", "http, https\""), ("X-Forwarded-Host", "evil.example/x"),
        ("X-Forwarded-Host", "a@b"), ("X-Forwarded-Host", "a b"), ("X-Forwarded-Host", "a\"b"), ("X-Forwarded-Host", "a:99999"),
        ("X-Forwarded-Host", "[::1"), ("X-Forwarded-Host", "<a>"), ("X-Forwarded-Prefix", "news"), ("X-Forwarded-Prefix", "//evil.example"),
        ("X-Forwarded-Prefix", "/a//b"), ("X-Forwarded-Prefix", "/a/../b"), ("X-Forwarded-Prefix", "/%2e%2E"), ("X-Forwarded-Prefix", "/."),
        ("X-Forwarded-Prefix", "/a>b"), ("X-Forwarded-Prefix", "/a\"b"), ("X-Forwarded-Prefix", "/a\\b"), ("X-Forwarded-Prefix", "/a?b"),
        ("X-Forwarded-Prefix", "/a#b"), ("X-Forwarded-Prefix", "/%4"), ("X-Forwarded-Prefix", "/é"), ("X-Forwarded-Prefix", "https://a/b"),
        ("X-Forwarded-Prefix", "/" + String(repeating: "a", count: 256)), ("Forwarded", "for=\"x, for=192.0.2.1"),
        ("Forwarded", "for=nobody"),
        ("Forwarded", "for=192.0.2.1;proto=ws"), ("Forwarded", "for=192.0.2.1;host=\"a b\""), ("Forwarded", "for=192.0.2.1;host=\"\""),
        ("Forwarded", "for=192.0.2.1;host=\"a\\\"b\""),
    ])
    func whatCountsAndCantBeReadIsRefused(_ name: String, _ value: String) {
        #expect(throws: WireError.badForwarding) { try origin([(name, value)]) }
    }
}
