private let posted = Site.posted
private let whole = "2f\r\n\(posted)\r\n"

extension Theme {
    /// Bodies in chunks.
    static let chunks = Theme(
        name: "chunks",
        cases: [
            .served("one chunk", "9112 7.1", chunked(whole + "0\r\n\r\n"), Wanted(200, to: "POST")),
            .served(
                "many chunks", "9112 7.1", chunked(posted.map { "1\r\n\($0)\r\n" }.joined() + "0\r\n\r\n"), Wanted(200, to: "POST")),
            .served("a size in capitals", "9112 7.1", chunked("2F\r\n\(posted)\r\n0\r\n\r\n"), Wanted(200, to: "POST")),
            .served("a size with zeros in front", "9112 7.1", chunked("0000002f\r\n\(posted)\r\n0\r\n\r\n"), Wanted(200, to: "POST")),
            .served("several zeros at the end", "9112 7.1", chunked(whole + "000\r\n\r\n"), Wanted(200, to: "POST")),
            .served(
                "a chunk with what looks like the end", "9112 7.1", chunked("7\r\n\r\n0\r\n\r\n\r\n2f\r\n\(posted)\r\n0\r\n\r\n"),
                Wanted(400, to: "POST", code: "invalid-body")),
            .served("an extension", "9112 7.1.1", chunked("2f;a\r\n\(posted)\r\n0\r\n\r\n"), Wanted(200, to: "POST")),
            .served("an extension with a value", "9112 7.1.1", chunked("2f;a=b;c=d\r\n\(posted)\r\n0\r\n\r\n"), Wanted(200, to: "POST")),
            .served(
                "an extension in quotes", "9112 7.1.1", chunked("2f;a=\"b;\\\"c\"\r\n\(posted)\r\n0\r\n\r\n"), Wanted(200, to: "POST")),
            .served(
                "blanks around an extension", "9112 7.1.1", chunked("2f \t; a = b\r\n\(posted)\r\n0\r\n\r\n"), Wanted(200, to: "POST")),
            .served("an extension of the last chunk", "9112 7.1.1", chunked(whole + "0;a=b\r\n\r\n"), Wanted(200, to: "POST")),
            .served("a trailer", "9112 7.1.2", chunked(whole + "0\r\nX-Sum: abc\r\n\r\n"), Wanted(200, to: "POST")),
            .served(
                "trailers that would frame it", "9110 6.5.1",
                chunked(whole + "0\r\nContent-Length: 5\r\nTransfer-Encoding: gzip\r\nHost: y\r\n\r\n"), Wanted(200, to: "POST")),
            .served(
                "trailers that would change its meaning", "9110 6.5.1",
                chunked(whole + "0\r\nIf-Match: \"x\"\r\nContent-Type: text/plain\r\nConnection: close\r\nExpect: y\r\n\r\n"),
                Wanted(200, to: "POST")),
            .served(
                "chunks of lines", "9112 7.1",
                "POST /articles HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\n\r\n"
                    + whole + "1\r\n\n\r\n0\r\n\r\n",
                Wanted(200, to: "POST", ["Transfer-Encoding": "chunked", "Content-Type": "application/x-ndjson"])),
            .served(
                "chunks of a GET", "9110 9.3.1", ask("GET /livez", "Transfer-Encoding: chunked", body: "3\r\nGET\r\n0\r\n\r\n"), Wanted(200)
            ),
            .refused(
                "extensions beyond the limit", "9112 7.1.1", chunked("2f;\(String(repeating: "a", count: 16_385))\r\n"), 413,
                "chunk-extensions-too-large", to: "POST"),
            .refused(
                "extensions beyond the limit in all", "9112 7.1.1",
                chunked(String(repeating: "1;\(String(repeating: "a", count: 99))\r\nx\r\n", count: 166)), 413,
                "chunk-extensions-too-large",
                to: "POST"),
            .refused(
                "trailers beyond the limit", "9110 6.5", chunked(whole + "0\r\n" + String(repeating: "A: b\r\n", count: 1_400) + "\r\n"),
                431,
                "trailers-too-large", to: "POST"),
            .refused(
                "chunks beyond the limit", "9110 15.5.14",
                chunked(String(repeating: "400\r\n\(String(repeating: " ", count: 1024))\r\n", count: 20) + "0\r\n\r\n"), 413,
                "body-too-large",
                to: "POST"),
            Case("a chunk cut short", "9112 8", Array(chunked("2f\r\n{").utf8), [Wanted(400, to: "POST", code: "truncated")], .cutShort),
            Case("no last chunk", "9112 8", Array(chunked(whole).utf8), [Wanted(400, to: "POST", code: "truncated")], .cutShort),
            Case(
                "no end of the trailers", "9112 8", Array(chunked(whole + "0\r\nA: b\r\n").utf8),
                [Wanted(400, to: "POST", code: "truncated")],
                .cutShort),
        ]
            + [
                ("no size", "\r\n", "bad-chunk-size"), ("a size of letters", "xyz\r\n", "bad-chunk-size"),
                ("a size with plus", "+2f\r\n\(posted)\r\n0\r\n\r\n", "bad-chunk-size"),
                ("a size with minus", "-1\r\n", "bad-chunk-size"), ("a size with 0x", "0x2f\r\n\(posted)\r\n", "bad-chunk-size"),
                ("a blank before the size", " 2f\r\n\(posted)\r\n", "bad-chunk-size"),
                ("a blank behind the size", "2f \r\n\(posted)\r\n", "bad-chunk-size"),
                ("a size with a blank within", "2 f\r\n\(posted)\r\n", "bad-chunk-size"),
                ("a size with an underscore", "2_f\r\n\(posted)\r\n", "bad-chunk-size"),
                ("a size with NUL", "2f\u{0}\r\n\(posted)\r\n", "bad-chunk-size"),
                ("a size with a comma", "2f,2f\r\n\(posted)\r\n", "bad-chunk-size"),
                ("a size of 2^63", "8000000000000000\r\n", "bad-chunk-size"),
                ("a size of 2^64 - 1", "ffffffffffffffff\r\n", "bad-chunk-size"),
                ("a size of 2^64 and the real one", "1000000000000002f\r\n\(posted)\r\n0\r\n\r\n", "bad-chunk-size"),
                ("a size of 2^32 and more, of too many digits", "00000000010000002f\r\n", "bad-chunk-size"),
                ("a size that ends in LF", "2f\n\(posted)\r\n0\r\n\r\n", "bad-chunk-end"),
                ("a size that ends in CR", "2f\r\(posted)\r\n0\r\n\r\n", "bad-chunk-end"),
                ("a size that ends in CR CR LF", "2f\r\r\n\(posted)\r\n0\r\n\r\n", "bad-chunk-end"),
                ("an extension that ends in LF", "2f;a\n\(posted)\r\n0\r\n\r\n", "bad-chunk-end"),
                ("an extension with a bare CR", "2f;a\rb\r\n\(posted)\r\n0\r\n\r\n", "bad-chunk-end"),
                ("an extension with NUL", "2f;a\u{0}\r\n\(posted)\r\n0\r\n\r\n", "bad-chunk-end"),
                ("a line end in a quoted extension", "2f;a=\"\n\"\r\n\(posted)\r\n0\r\n\r\n", "bad-chunk-end"),
                ("a chunk longer than its size", "2\r\n\(posted)\r\n0\r\n\r\n", "bad-chunk-end"),
                ("a chunk shorter than its size", "30\r\n\(posted)\r\n0\r\n\r\n", "bad-chunk-end"),
                ("a chunk that ends in LF", "2f\r\n\(posted)\n0\r\n\r\n", "bad-chunk-end"),
                ("a chunk that ends in nothing", "2f\r\n\(posted)0\r\n\r\n", "bad-chunk-end"),
                ("a chunk that ends in two bytes", "2f\r\n\(posted)xx0\r\n\r\n", "bad-chunk-end"),
                ("a last chunk that ends in LF", whole + "0\n\r\n", "bad-chunk-end"),
                ("an end that is LF", whole + "0\r\n\n", "bad-trailer"), ("an end that is CR", whole + "0\r\n\rx", "bad-trailer"),
                ("a request where the trailers are", whole + "0\r\nGET /livez HTTP/1.1\r\n\r\n", "bad-trailer"),
                ("a trailer without a colon", whole + "0\r\nA\r\n\r\n", "bad-trailer"),
                ("a trailer with a blank before the colon", whole + "0\r\nA : b\r\n\r\n", "bad-trailer"),
                ("a folded trailer", whole + "0\r\nA: b\r\n c\r\n\r\n", "bad-trailer"),
                ("a trailer with NUL", whole + "0\r\nA: \u{0}\r\n\r\n", "bad-trailer"),
                ("a trailer that ends in LF", whole + "0\r\nA: b\n\r\n", "bad-trailer"),
            ].map { name, body, code in .refused(name, "9112 7.1", chunked(body), 400, code, to: "POST") })
}
