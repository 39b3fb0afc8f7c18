extension Theme {
    /// Field lines as such.
    static let fields = Theme(
        name: "field lines",
        cases: [
            .served("no blank behind the colon", "9112 5", ask("GET /livez", "X:y"), Wanted(200)),
            .served("many blanks around a value", "9112 5", ask("GET /livez", "X: \t y z\t "), Wanted(200)),
            .served("an empty value", "9110 5.5", ask("GET /livez", "X:", "Y: "), Wanted(200)),
            .served("every byte that a name may have", "9110 5.6.2", ask("GET /livez", "!#$%&'*+-.^_`|~09azAZ: x"), Wanted(200)),
            .served("a name that nobody knows", "9110 5.1", ask("GET /livez", "Never-Heard-Of: x"), Wanted(200)),
            .served("bytes beyond ASCII in a value", "9110 5.5", ask("GET /livez", "X: caf\u{e9} \u{1f682}"), Wanted(200)),
            .served("colons in a value", "9112 5", ask("GET /livez", "X: :a:b:"), Wanted(200)),
            .served("the same name often", "9110 5.3", ask("GET /livez", "X: a", "X: b", "x: c"), Wanted(200)),
            .served(
                "an Upgrade that isn't taken", "9110 7.8", ask("GET /livez", "Connection: upgrade", "Upgrade: websocket, h2c"),
                Wanted(200, without: ["Upgrade"])),
            .served("TE with trailers", "9110 10.1.4", ask("GET /livez", "Connection: TE", "TE: trailers"), Wanted(200)),
            .served("Max-Forwards of zero", "9110 7.6.2", ask("OPTIONS /articles", "Max-Forwards: 0"), Wanted(204, to: "OPTIONS")),
            .refused("no colon", "9112 5", ask("GET /livez", "X"), 400, "bad-field-name"),
            .refused("no name", "9112 5", ask("GET /livez", ": x"), 400, "bad-field-name"),
            .refused("a blank before the colon", "9112 5.1", ask("GET /livez", "X : y"), 400, "bad-field-name"),
            .refused("a tab before the colon", "9112 5.1", ask("GET /livez", "X\t: y"), 400, "bad-field-name"),
            .refused("a blank within a name", "9112 5.1", ask("GET /livez", "X Y: z"), 400, "bad-field-name"),
            .refused("an odd byte in a name", "9110 5.1", ask("GET /livez", "X(Y): z"), 400, "bad-field-name"),
            .refused("a letter with an accent in a name", "9110 5.1", ask("GET /livez", "X\u{e9}: z"), 400, "bad-field-name"),
            .refused("NUL in a name", "9110 5.1", ask("GET /livez", "X\u{0}: z"), 400, "bad-field-name"),
            .refused("NUL in a value", "9110 5.5", ask("GET /livez", "X: a\u{0}b"), 400, "bad-field-value"),
            .refused("a control byte in a value", "9110 5.5", ask("GET /livez", "X: a\u{1}b"), 400, "bad-field-value"),
            .refused("DEL in a value", "9110 5.5", ask("GET /livez", "X: a\u{7f}b"), 400, "bad-field-value"),
            .refused("a bare CR in a value", "9112 2.2", ask("GET /livez", "X: a\rb"), 400, "bad-line-end"),
            .refused("a line that ends in LF", "9112 2.2", ask("GET /livez", "X: a\nY: b"), 400, "bad-line-end"),
            .refused("a line that ends in CR CR LF", "9112 2.2", ask("GET /livez", "X: a\r"), 400, "bad-line-end"),
            .refused(
                "a head that ends in LF", "9112 2.2", "GET /livez HTTP/1.1\r\nHost: x\r\n\nGET / HTTP/1.1\r\n\r\n", 400, "bad-line-end"),
            .refused("a folded line", "9112 5.2", ask("GET /livez", "X: a\r\n b"), 400, "folded-field"),
            .refused("a line folded by a tab", "9112 5.2", ask("GET /livez", "X: a\r\n\tb"), 400, "folded-field"),
            .refused("a line folded to nothing", "9112 5.2", ask("GET /livez", "X: a\r\n "), 400, "folded-field"),
            .refused("a blank before the first line", "9112 2.2", "GET /livez HTTP/1.1\r\n Host: x\r\n\r\n", 400, "folded-field"),
            .refused("a blank line with a blank", "9112 2.2", "GET /livez HTTP/1.1\r\nHost: x\r\n \r\n\r\n", 400, "folded-field"),
        ])

    /// How long a connection lasts.
    static let persistence = Theme(
        name: "persistence",
        cases: [
            .served("HTTP/1.1 stays open", "9112 9.3", ask("GET /livez"), Wanted(200, without: ["Connection"])),
            .served("keep-alive in HTTP/1.1", "9112 9.3", ask("GET /livez", "Connection: keep-alive"), Wanted(200)),
            .served("Connection with other words", "9110 7.6.1", ask("GET /livez", "Connection: x-close, closed, y"), Wanted(200)),
            .served("Connection with nothing", "9110 5.6.1.2", ask("GET /livez", "Connection: , ,"), Wanted(200)),
            .served("close elsewhere", "9112 9.3", ask("GET /livez", "Keep-Alive: close", "Proxy-Connection: close"), Wanted(200)),
            .served(
                "keep-alive in HTTP/1.0", "9112 9.3", "GET /livez HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n",
                Wanted(200, ["Connection": "keep-alive"])),
            .last("close", "9112 9.6", ask("GET /livez", "Connection: close"), Wanted(200)),
            .last("close in capitals", "9112 9.6", ask("GET /livez", "CONNECTION: CLOSE"), Wanted(200)),
            .last("close in a list", "9112 9.3", ask("GET /livez", "Connection: keep-alive, ,close"), Wanted(200)),
            .last("close on another line", "9112 9.3", ask("GET /livez", "Connection: keep-alive", "Connection: close"), Wanted(200)),
            .last("close behind a body", "9112 9.6", framed("Connection: close", "Content-Length: 47"), Wanted(200, to: "POST")),
            .last(
                "close behind chunks", "9112 9.6",
                framed("Connection: close", "Transfer-Encoding: chunked", body: "2f\r\n\(Site.posted)\r\n0\r\n\r\n"),
                Wanted(200, to: "POST")),
            .last("HTTP/1.0 closes", "9112 9.3", "GET /livez HTTP/1.0\r\n\r\n", Wanted(200)),
            .last("HTTP/1.0 with other words closes", "9112 9.3", "GET /livez HTTP/1.0\r\nConnection: x\r\n\r\n", Wanted(200)),
            .last(
                "keep-alive and close in HTTP/1.0", "9112 9.3", "GET /livez HTTP/1.0\r\nConnection: close, keep-alive\r\n\r\n", Wanted(200)),
            .last(
                "keep-alive elsewhere in HTTP/1.0", "9112 9.3", "GET /livez HTTP/1.0\r\nProxy-Connection: keep-alive\r\n\r\n", Wanted(200)),
            .last(
                "a stream to HTTP/1.0 ends with the connection", "9112 6.1",
                "POST /articles HTTP/1.0\r\nConnection: keep-alive\r\nContent-Type: application/x-ndjson\r\nContent-Length: 47\r\n\r\n"
                    + Site.posted,
                Wanted(200, to: "POST", without: ["Transfer-Encoding", "Content-Length"])),
            .served(
                "answers come in order", "9112 9.3.2",
                ask("GET /articles/@article@") + framed("Content-Length: 47") + ask("HEAD /digits.txt") + ask("GET /nothing")
                    + ask("OPTIONS *") + ask("GET /digits.txt"),
                Wanted(200, ["ETag": "@tag@"]), Wanted(200, to: "POST", ["ETag": "@tag@"]), Wanted(200, to: "HEAD", ["ETag": "@fileTag@"]),
                Wanted(404), Wanted(204, to: "OPTIONS"), Wanted(200, body: "0123456789")),
            .served(
                "sixteen at once", "9112 9.3.2", (0..<16).map { ask("GET /digits.txt", "Range: bytes=\($0 % 10)-\($0 % 10)") }.joined(),
                Wanted(206, body: "0"), Wanted(206, body: "1"), Wanted(206, body: "2"), Wanted(206, body: "3"), Wanted(206, body: "4"),
                Wanted(206, body: "5"), Wanted(206, body: "6"), Wanted(206, body: "7"), Wanted(206, body: "8"), Wanted(206, body: "9"),
                Wanted(206, body: "0"), Wanted(206, body: "1"), Wanted(206, body: "2"), Wanted(206, body: "3"), Wanted(206, body: "4"),
                Wanted(206, body: "5")),
            .last(
                "a good request before a bad one", "9112 9.3.2", ask("GET /livez") + ask("GET /livez", "X : y") + ask("GET /livez"),
                Wanted(200), Wanted(400, code: "bad-field-name")),
            .last(
                "an answer before close is the last", "9112 9.6",
                ask("GET /livez") + ask("GET /livez", "Connection: close") + ask("GET /livez"), Wanted(200), Wanted(200)),
            Case(
                "half-closed clients are answered", "9112 9.6", Array((ask("GET /livez") + ask("GET /digits.txt")).utf8),
                [Wanted(200), Wanted(200)], .halfClosed),
            Case("half-closed behind a body", "9112 9.6", Array(framed("Content-Length: 47").utf8), [Wanted(200, to: "POST")], .halfClosed),
            Case("half-closed after nothing", "9112 9.6", [], [], .halfClosed),
        ])

    /// Expect.
    static let expectations = Theme(
        name: "expect",
        cases: [
            .served("100-continue", "9110 10.1.1", framed("Expect: 100-continue", "Content-Length: 47"), Wanted(200, to: "POST")),
            .served(
                "100-continue in capitals", "9110 10.1.1", framed("Expect: 100-CONTINUE", "Content-Length: 47"), Wanted(200, to: "POST")),
            .served(
                "100-continue with chunks", "9110 10.1.1",
                framed("Expect: 100-continue", "Transfer-Encoding: chunked", body: "2f\r\n\(Site.posted)\r\n0\r\n\r\n"),
                Wanted(200, to: "POST")),
            .served("100-continue without a body", "9110 10.1.1", ask("GET /livez", "Expect: 100-continue"), Wanted(200)),
            .served("an empty list of expectations", "9110 10.1.1", ask("GET /livez", "Expect:"), Wanted(200)),
            .last(
                "100-continue in HTTP/1.0", "9110 10.1.1",
                "POST /articles HTTP/1.0\r\nContent-Type: application/json\r\nExpect: 100-continue\r\nContent-Length: 47\r\n\r\n"
                    + Site.posted, Wanted(200, to: "POST")),
            .refused(
                "an expectation that nobody knows", "9110 10.1.1", ask("GET /livez", "Expect: the-unexpected"), 417, "expectation-failed"),
            .refused(
                "an unknown expectation in a list", "9110 10.1.1", framed("Expect: 100-continue, x=y", "Content-Length: 47"), 417,
                "expectation-failed", to: "POST"),
            .refused(
                "100-continue for too much", "9110 10.1.1", framed("Expect: 100-continue", "Content-Length: 1000000000"), 413,
                "body-too-large", to: "POST"),
        ])
}
