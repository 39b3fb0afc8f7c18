private let rest = " HTTP/1.1\r\nHost: x\r\n\r\n"

extension Theme {
    /// The first line of a request.
    static let requestLines = Theme(
        name: "request line",
        cases: [
            .served("an empty line before the request", "9112 2.2", "\r\n" + ask("GET /livez"), Wanted(200)),
            .served("some empty lines before the request", "9112 2.2", "\r\n\r\n\r\n" + ask("GET /livez"), Wanted(200)),
            .served(
                "an empty line behind a body", "9112 2.2", framed("Content-Length: 47", body: Site.posted + "\r\n") + ask("GET /livez"),
                Wanted(200, to: "POST"), Wanted(200)),
            .served("a higher minor version", "9110 2.5", "GET /livez HTTP/1.2\r\nHost: x\r\n\r\n", Wanted(200)),
            .served("the highest minor version", "9110 2.5", "GET /livez HTTP/1.9\r\nHost: x\r\n\r\n", Wanted(200)),
            .refused("an empty line of LF before the request", "9112 2.2", "\n" + ask("GET /livez"), 400, "bad-request-line"),
            .refused("an empty line of CR before the request", "9112 2.2", "\r" + ask("GET /livez"), 400, "bad-request-line"),
            .refused("a blank before the request", "9112 3", " " + ask("GET /livez"), 400, "bad-request-line"),
            .refused("two blanks behind the method", "9112 3", "GET  /livez" + rest, 400, "bad-request-line"),
            .refused("two blanks behind the target", "9112 3", "GET /livez " + rest, 400, "bad-request-line"),
            .refused("a blank behind the version", "9112 3", "GET /livez HTTP/1.1 \r\nHost: x\r\n\r\n", 400, "bad-request-line"),
            .refused("a tab behind the method", "9112 3", "GET\t/livez" + rest, 400, "bad-request-line"),
            .refused("a tab behind the target", "9112 3", "GET /livez\tHTTP/1.1\r\nHost: x\r\n\r\n", 400, "bad-request-line"),
            .refused("a no-break space behind the target", "9112 3", "GET /livez\u{a0}HTTP/1.1\r\nHost: x\r\n\r\n", 400, "bad-target"),
            .refused("a blank within the target", "9112 3.2", "GET /li vez" + rest, 400, "bad-request-line"),
            .refused("no version", "9112 3", "GET /livez\r\nHost: x\r\n\r\n", 400, "bad-request-line"),
            .refused("no target", "9112 3", "GET HTTP/1.1\r\nHost: x\r\n\r\n", 400, "bad-request-line"),
            .refused("an empty target", "9112 3", "GET  HTTP/1.1\r\nHost: x\r\n\r\n", 400, "bad-request-line"),
            .refused("no method", "9112 3", "/livez" + rest, 400, "bad-request-line"),
            .refused("an odd byte in the method", "9110 9.1", "G(T /livez" + rest, 400, "bad-request-line"),
            .refused("a letter with an accent in the method", "9110 9.1", "G\u{c9}T /livez" + rest, 400, "bad-request-line"),
            .refused("NUL in the method", "9110 9.1", "GE\u{0}T /livez" + rest, 400, "bad-request-line"),
            .refused("a version in small letters", "9112 2.3", "GET /livez http/1.1\r\nHost: x\r\n\r\n", 400, "bad-request-line"),
            .refused("a version of another name", "9112 2.3", "GET /livez HTTQ/1.1\r\nHost: x\r\n\r\n", 400, "bad-request-line"),
            .refused("a version without a dot", "9112 2.3", "GET /livez HTTP/11\r\nHost: x\r\n\r\n", 400, "bad-request-line"),
            .refused("a version with a comma", "9112 2.3", "GET /livez HTTP/1,1\r\nHost: x\r\n\r\n", 400, "bad-request-line"),
            .refused("a version of two digits", "9112 2.3", "GET /livez HTTP/1.10\r\nHost: x\r\n\r\n", 400, "bad-request-line"),
            .refused("a version with a zero in front", "9112 2.3", "GET /livez HTTP/01.1\r\nHost: x\r\n\r\n", 400, "bad-request-line"),
            .refused("a version of one digit", "9112 2.3", "GET /livez HTTP/1\r\nHost: x\r\n\r\n", 400, "bad-request-line"),
            .refused("HTTP/0.9", "9110 15.6.6", "GET /livez HTTP/0.9\r\nHost: x\r\n\r\n", 505, "version-not-supported"),
            .refused("HTTP/2.0", "9110 15.6.6", "GET /livez HTTP/2.0\r\nHost: x\r\n\r\n", 505, "version-not-supported"),
            .refused("HTTP/9.9", "9110 15.6.6", "GET /livez HTTP/9.9\r\nHost: x\r\n\r\n", 505, "version-not-supported"),
            .refused("the preface of HTTP/2", "9110 15.6.6", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505, "version-not-supported"),
            .refused("a request line that ends in LF", "9112 2.2", "GET /livez HTTP/1.1\nHost: x\r\n\r\n", 400, "bad-line-end"),
            .refused("a request line that ends in CR", "9112 2.2", "GET /livez HTTP/1.1\rHost: x\r\n\r\n", 400, "bad-request-line"),
            .refused(
                "a request line that ends in CR CR LF", "9112 2.2", "GET /livez HTTP/1.1\r\r\nHost: x\r\n\r\n", 400, "bad-request-line"),
            .refused(
                "a greeting of TLS", "9112 3", "\u{16}\u{3}\u{1}\u{2}\u{0}\u{1}\u{0}\u{1}\u{fc}\u{3}\u{3}\r\n\r\n", 400, "bad-request-line"),
            .refused("a method that nobody knows", "9110 9.1", "BREW /livez" + rest, 501, "method-not-implemented"),
            .refused("a method in small letters", "9110 9.1", "get /livez" + rest, 501, "method-not-implemented"),
            .refused("a method that begins like GET", "9110 9.1", "GETS /livez" + rest, 501, "method-not-implemented"),
            .refused(
                "a method of ten thousand letters", "9112 3", String(repeating: "A", count: 10_000) + " /livez" + rest, 501,
                "method-not-implemented"),
            .refused("CONNECT", "9110 9.3.6", "CONNECT x:443" + rest, 501, "method-not-implemented"),
            .refused("a bad HEAD has no body", "9110 9.3.2", "HEAD /\"" + rest, 400, "bad-target", to: "HEAD"),
            .refused(
                "a HEAD of HTTP/2.0 has no body", "9110 9.3.2", "HEAD / HTTP/2.0\r\nHost: x\r\n\r\n", 505, "version-not-supported",
                to: "HEAD"),
        ])

    /// The four forms of a target, and what may stand in them.
    static let targets = Theme(
        name: "target",
        cases: [
            .served("a path", "9112 3.2.1", ask("GET /livez"), Wanted(200)),
            .served("a path with a query", "9112 3.2.1", ask("GET /articles?limit=1"), Wanted(200)),
            .served("an empty query", "9112 3.2.1", ask("GET /articles?"), Wanted(200)),
            .served("question marks and slashes in a query", "3986 3.4", ask("GET /articles?q=a?b/c"), Wanted(200)),
            .served("every byte that a path may have", "3986 3.3", ask("GET /-._~!$&'()*+,;=:@%20AZaz09"), Wanted(404)),
            .served("empty segments", "3986 3.3", ask("GET //livez"), Wanted(404)),
            .served("escapes in either case", "3986 2.1", ask("GET /digits%2etxt"), Wanted(200, body: "0123456789")),
            .served("an escaped letter", "3986 6.2.2.2", ask("GET /%64igits.txt"), Wanted(200, body: "0123456789")),
            .served("an absolute form", "9112 3.2.2", ask("GET http://x/livez"), Wanted(200)),
            .served("an absolute form with a port", "9112 3.2.2", ask("GET http://x:8080/livez"), Wanted(200)),
            .served("an absolute form with an empty port", "3986 3.2.3", ask("GET http://x:/livez"), Wanted(200)),
            .served("an absolute form with its scheme in capitals", "3986 3.1", ask("GET HTTP://x/livez"), Wanted(200)),
            .served(
                "an absolute form without a path", "9110 4.2.3", ask("GET http://x"),
                Wanted(200, ["Content-Type": "text/html; charset=utf-8"])),
            .served("an absolute form without a path but with a query", "9112 3.2.2", ask("GET http://x?a"), Wanted(200)),
            .served("an absolute form of another host than Host", "9112 3.2.2", ask("GET http://y.example/livez"), Wanted(200)),
            .served("an absolute form of an IPv6 address", "3986 3.2.2", ask("GET http://[2001:db8::1]:80/livez"), Wanted(200)),
            .served(
                "an asterisk for OPTIONS", "9112 3.2.4", ask("OPTIONS *"), Wanted(204, to: "OPTIONS", ["Allow": .listing(["GET", "POST"])])),
            .served(
                "an absolute form for OPTIONS", "9112 3.2.2", ask("OPTIONS http://x/articles"),
                Wanted(204, to: "OPTIONS", ["Allow": .listing(["POST"])])),
            .refused("an asterisk for GET", "9112 3.2.4", ask("GET *"), 400, "bad-target"),
            .refused("an asterisk with more", "9112 3.2.4", ask("OPTIONS */x"), 400, "bad-target"),
            .refused("an authority for GET", "9112 3.2.3", ask("GET x:80"), 400, "bad-target"),
            .refused("a relative path", "9112 3.2.1", ask("GET livez"), 400, "bad-target"),
            .refused("a query alone", "9112 3.2.1", ask("GET ?a"), 400, "bad-target"),
            .refused("a scheme alone", "9112 3.2.2", ask("GET http://"), 400, "bad-target"),
            .refused("an absolute form without a host", "9110 4.2.1", ask("GET http:///livez"), 400, "bad-target"),
            .refused("an absolute form with only a port", "9110 4.2.1", ask("GET http://:80/livez"), 400, "bad-target"),
            .refused("an absolute form with user information", "9110 4.2.4", ask("GET http://u:p@x/livez"), 400, "bad-target"),
            .refused("an absolute form of another scheme", "9112 3.2.2", ask("GET ftp://x/livez"), 400, "bad-target"),
            .refused("an absolute form with a bad port", "3986 3.2.3", ask("GET http://x:8o/livez"), 400, "bad-target"),
            .refused("an absolute form with a port beyond 65535", "3986 3.2.3", ask("GET http://x:65536/livez"), 400, "bad-target"),
            .refused("an absolute form with a backslash", "3986 3.2.2", ask("GET http://x\\y/livez"), 400, "bad-target"),
            .refused("https where there is no TLS", "9110 7.4", ask("GET https://x/livez"), 421, "misdirected"),
            .refused("a fragment", "9112 3.2", ask("GET /livez#a"), 400, "bad-target"),
            .refused("a fragment in a query", "9112 3.2", ask("GET /articles?a#b"), 400, "bad-target"),
            .refused("a quote in a path", "3986 3.3", ask("GET /\"livez"), 400, "bad-target"),
            .refused("an angle bracket in a path", "3986 3.3", ask("GET /<livez>"), 400, "bad-target"),
            .refused("a backslash in a path", "3986 3.3", ask("GET /a\\livez"), 400, "bad-target"),
            .refused("a brace in a query", "3986 3.4", ask("GET /articles?q={a}"), 400, "bad-target"),
            .refused("a square bracket in a query", "3986 3.4", ask("GET /articles?q[]=a"), 400, "bad-target"),
            .refused("a caret in a path", "3986 3.3", ask("GET /^"), 400, "bad-target"),
            .refused("a letter with an accent in a path", "3986 2", ask("GET /caf\u{e9}"), 400, "bad-target"),
            .refused("half an escape", "3986 2.1", ask("GET /%4"), 400, "bad-target"),
            .refused("an escape of other letters", "3986 2.1", ask("GET /%zz"), 400, "bad-target"),
            .refused("a percent sign alone in a query", "3986 2.1", ask("GET /articles?q=100%"), 400, "bad-target"),
            .refused("NUL in a path", "9112 3.2", ask("GET /\u{0}"), 400, "bad-request-line"),
            .refused("DEL in a path", "9112 3.2", ask("GET /\u{7f}"), 400, "bad-target"),
        ])

    /// Host.
    static let hosts = Theme(
        name: "host",
        cases: [
            "x", "X.Example", "x:80", "x:", "127.0.0.1", "127.0.0.1:8080", "[::1]", "[::1]:8080", "[2001:db8::a:1]", "[::ffff:192.0.2.1]",
            "a-b_c.d~e",
            "%61", "xn--bcher-kva.example", "x:65535",
        ].map { host in
            .served("Host is \(host)", "9110 7.2", "GET /livez HTTP/1.1\r\nHost: \(host)\r\n\r\n", Wanted(200))
        }
            + [
                "", "a b", "a, b", "a/b", "a?b", "a#b", "u@a", "http://a", "a:b", "a:-1", "a:65536", "a:80:80", "::1", "[::1", "::1]", "[]",
                "[a]",
                "[::1]a", "[1:2:3:4:5:6:7:8:9]", "[::1::2]", "[:1:2:3:4:5:6:7]", "[12345::]", "[::1.2.3]", "[::1.2.3.256]", "[:::]", "a%",
                "a%4", "a%zz", "a\\b", "\"a\"", "<a>",
                "a\u{e9}",
            ].map { host in
                .refused("Host is \(host.debugDescription)", "9112 3.2", "GET /livez HTTP/1.1\r\nHost: \(host)\r\n\r\n", 400, "bad-host")
            }
            + [
                .served(
                    "no Host in HTTP/1.0", "9112 3.2", "GET /livez HTTP/1.0\r\nConnection: keep-alive\r\n\r\n",
                    Wanted(200, ["Connection": "keep-alive"])),
                .refused("no Host", "9112 3.2", "GET /livez HTTP/1.1\r\n\r\n", 400, "missing-host"),
                .refused("no Host in a higher minor version", "9112 3.2", "GET /livez HTTP/1.2\r\n\r\n", 400, "missing-host"),
                .refused("no Host beside an absolute form", "9112 3.2", "GET http://x/livez HTTP/1.1\r\n\r\n", 400, "missing-host"),
                .refused("no Host for a HEAD", "9112 3.2", "HEAD /livez HTTP/1.1\r\n\r\n", 400, "missing-host", to: "HEAD"),
                .refused("two Hosts", "9112 3.2", "GET /livez HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n", 400, "repeated-host"),
                .refused("one Host twice", "9112 3.2", "GET /livez HTTP/1.1\r\nHost: x\r\nhost: x\r\n\r\n", 400, "repeated-host"),
                .refused("two Hosts in HTTP/1.0", "9112 3.2", "GET /livez HTTP/1.0\r\nHost: x\r\nHost: y\r\n\r\n", 400, "repeated-host"),
                .refused(
                    "two Hosts beside an absolute form", "9112 3.2", "GET http://x/livez HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n", 400,
                    "repeated-host"),
                .refused(
                    "a bad Host beside an absolute form", "9112 3.2", "GET http://x/livez HTTP/1.1\r\nHost: a b\r\n\r\n", 400, "bad-host"),
                .refused("a blank before the colon of Host", "9112 5.1", "GET /livez HTTP/1.1\r\nHost : x\r\n\r\n", 400, "bad-field-name"),
                .refused("a folded Host", "9112 5.2", "GET /livez HTTP/1.1\r\nHost: x\r\n y\r\n\r\n", 400, "folded-field"),
            ])
}
