private let length = Site.posted.utf8.count
private let smuggled = ask("GET /articles/smuggled")

extension Theme {
    /// Where a request ends that tells its length.
    static let framing = Theme(
        name: "framing",
        cases: [
            .served("neither length nor coding is no body", "9112 6.3", ask("GET /livez"), Wanted(200)),
            .served("a length", "9112 6.3", framed("Content-Length: \(length)"), Wanted(200, to: "POST")),
            .served("a length with zeros in front", "9110 8.6", framed("Content-Length: 000\(length)"), Wanted(200, to: "POST")),
            .served("a length among blanks", "9110 5.5", framed("Content-Length: \t \(length) \t"), Wanted(200, to: "POST")),
            .served("a length of zero", "9110 8.6", framed("Content-Length: 0", body: ""), Wanted(400, to: "POST", code: "invalid-body")),
            .served("a name of any case", "9110 5.1", framed("cOnTeNt-LeNgTh: \(length)"), Wanted(200, to: "POST")),
            .served(
                "a body of GET that is a request", "9110 9.3.1",
                ask("GET /livez", "Content-Length: \(smuggled.utf8.count)", body: smuggled), Wanted(200)),
            .served(
                "a body of HEAD that is a request", "9110 9.3.2",
                ask("HEAD /livez", "Content-Length: \(smuggled.utf8.count)", body: smuggled), Wanted(200, to: "HEAD")),
            .served(
                "a body of DELETE that is a request", "9110 9.3.5",
                ask("DELETE /articles/none", "Content-Length: \(smuggled.utf8.count)", body: smuggled),
                Wanted(404, to: "DELETE")),
            .served(
                "a body of OPTIONS that is a request", "9110 9.3.7",
                ask("OPTIONS *", "Content-Length: \(smuggled.utf8.count)", body: smuggled),
                Wanted(204, to: "OPTIONS")),
            .served(
                "a body behind a 404 that is a request", "9112 9.3",
                ask("POST /nothing", "Content-Length: \(smuggled.utf8.count)", body: smuggled),
                Wanted(405, to: "POST")),
            .served(
                "a body behind a 415 that is a request", "9112 9.3",
                ask(
                    "POST /articles", "Content-Type: text/plain", "Content-Length: \(smuggled.utf8.count)",
                    body: smuggled), Wanted(415, to: "POST")),
            .served(
                "a length in HTTP/1.0", "9112 6.3",
                "POST /articles HTTP/1.0\r\nConnection: keep-alive\r\nContent-Type: application/json\r\nContent-Length: \(length)\r\n\r\n\(Site.posted)",
                Wanted(200, to: "POST", ["Connection": "keep-alive"])),
            .refused("an empty length", "9112 6.3", framed("Content-Length: "), 400, "bad-length"),
            .refused("a length with plus", "9112 6.3", framed("Content-Length: +\(length)"), 400, "bad-length"),
            .refused("a length with minus", "9112 6.3", framed("Content-Length: -\(length)"), 400, "bad-length"),
            .refused("a length of minus zero", "9112 6.3", framed("Content-Length: -0", body: ""), 400, "bad-length"),
            .refused("a length in hexadecimal", "9112 6.3", framed("Content-Length: 0x2f"), 400, "bad-length"),
            .refused("a length with letters", "9112 6.3", framed("Content-Length: 2f"), 400, "bad-length"),
            .refused("a length with an exponent", "9112 6.3", framed("Content-Length: 4e1"), 400, "bad-length"),
            .refused("a length with a fraction", "9112 6.3", framed("Content-Length: \(length).0"), 400, "bad-length"),
            .refused("a length with an underscore", "9112 6.3", framed("Content-Length: 4_7"), 400, "bad-length"),
            .refused("a length with a blank within", "9112 6.3", framed("Content-Length: 4 7"), 400, "bad-length"),
            .refused("a length in quotes", "9112 6.3", framed("Content-Length: \"\(length)\""), 400, "bad-length"),
            .refused("a length with a parameter", "9112 6.3", framed("Content-Length: \(length);a"), 400, "bad-length"),
            .refused("a length of other digits", "9112 6.3", framed("Content-Length: \u{664}\u{667}"), 400, "bad-length"),
            .refused("a length of fullwidth digits", "9112 6.3", framed("Content-Length: \u{ff14}\u{ff17}"), 400, "bad-length"),
            .refused("a length behind a no-break space", "9112 6.3", framed("Content-Length: \u{a0}\(length)"), 400, "bad-length"),
            .refused("a length behind a vertical tab", "9110 5.5", framed("Content-Length: \u{b}\(length)"), 400, "bad-field-value"),
            .refused("a length with NUL", "9110 5.5", framed("Content-Length: 4\u{0}7"), 400, "bad-field-value"),
            .refused("a list of two lengths", "9112 6.3", framed("Content-Length: 5, \(length)"), 400, "bad-length"),
            .refused("a list of one length twice", "9112 6.3", framed("Content-Length: \(length), \(length)"), 400, "bad-length"),
            .refused("a list with one length", "9112 6.3", framed("Content-Length: \(length),"), 400, "bad-length"),
            .refused(
                "two lengths", "9112 6.3", framed("Content-Length: 5", "Content-Length: \(length)"), 400, "repeated-length"),
            .refused(
                "the same length twice", "9112 6.3", framed("Content-Length: \(length)", "content-length: \(length)"), 400,
                "repeated-length"),
            .refused(
                "a length and an empty one", "9112 6.3", framed("Content-Length: \(length)", "Content-Length:"), 400, "repeated-length"),
            .refused("a blank before the colon of a length", "9112 5.1", framed("Content-Length : \(length)"), 400, "bad-field-name"),
            .refused("a tab before the colon of a length", "9112 5.1", framed("Content-Length\t: \(length)"), 400, "bad-field-name"),
            .refused("a length on a folded line", "9112 5.2", framed("X: y\r\n Content-Length: \(length)"), 400, "folded-field"),
            .refused("a folded length", "9112 5.2", framed("Content-Length:\r\n \(length)"), 400, "bad-length"),
            .refused("a length of 2^31", "9110 8.6", framed("Content-Length: 2147483648"), 413, "body-too-large"),
            .refused("a length of 2^32 and the real one", "9110 8.6", framed("Content-Length: \(1 << 32 + length)"), 413, "body-too-large"),
            .refused("a length of 2^63 - 1", "9110 8.6", framed("Content-Length: 9223372036854775807"), 413, "body-too-large"),
            .refused("a length of 2^63", "9110 8.6", framed("Content-Length: 9223372036854775808"), 413, "body-too-large"),
            .refused("a length of 2^64", "9110 8.6", framed("Content-Length: 18446744073709551616"), 413, "body-too-large"),
            .refused(
                "a length of 2^64 and the real one", "9110 8.6", framed("Content-Length: 18446744073709551663"), 413, "body-too-large"),
            .refused(
                "a length of a thousand digits", "9110 8.6", framed("Content-Length: \(String(repeating: "9", count: 1000))"), 413,
                "body-too-large"),
            Case(
                "a body cut short", "9112 8", Array(framed("Content-Length: \(length + 1)").utf8),
                [Wanted(400, to: "POST", code: "truncated")],
                .cutShort),
            Case(
                "a head cut short", "9112 8", Array("GET /livez HTTP/1.1\r\nHost: x\r\n".utf8), [Wanted(400, code: "truncated")], .cutShort),
        ])

    /// Transfer-Encoding in any disguise.
    static let codings = Theme(
        name: "transfer codings",
        cases: [
            .served("chunked", "9112 6.1", chunked("\(String(length, radix: 16))\r\n\(Site.posted)\r\n0\r\n\r\n"), Wanted(200, to: "POST")),
            .served(
                "chunked in capitals", "9112 7", framed("TRANSFER-ENCODING: CHUNKED", body: "2f\r\n\(Site.posted)\r\n0\r\n\r\n"),
                Wanted(200, to: "POST")),
            .served(
                "chunked among blanks", "9110 5.5", framed("Transfer-Encoding:\t chunked \t", body: "2f\r\n\(Site.posted)\r\n0\r\n\r\n"),
                Wanted(200, to: "POST")),
            .refused(
                "a length before a coding", "9112 6.1",
                framed("Content-Length: 5", "Transfer-Encoding: chunked", body: "0\r\n\r\n"), 400, "conflicting-length"),
            .refused(
                "a length behind a coding", "9112 6.1",
                framed("Transfer-Encoding: chunked", "Content-Length: 5", body: "0\r\n\r\n"), 400, "conflicting-length"),
            .refused(
                "a length of zero beside a coding", "9112 6.1",
                framed("Content-Length: 0", "Transfer-Encoding: chunked", body: "0\r\n\r\n"), 400, "conflicting-length"),
            .refused(
                "a broken length beside a coding", "9112 6.1",
                framed("Transfer-Encoding: chunked", "Content-Length: x", body: "0\r\n\r\n"), 400, "bad-length"),
            .refused(
                "a coding in HTTP/1.0", "9112 6.1",
                "POST /articles HTTP/1.0\r\nHost: x\r\nConnection: keep-alive\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400,
                "bad-transfer-encoding"),
        ]
            + [
                ("chunked twice in a list", "chunked, chunked"), ("chunked and then identity", "chunked, identity"),
                ("chunked and then gzip", "chunked, gzip"), ("gzip alone", "gzip"), ("identity alone", "identity"), ("an empty coding", ""),
                ("a coding that ends like chunked", "xchunked"), ("a coding that begins like chunked", "chunkedx"),
                ("chunked with a parameter", "chunked;a=b"), ("chunked in quotes", "\"chunked\""), ("chunked and a comma", "chunked,"),
                ("a comma and chunked", ", chunked"), ("chunked in brackets", "[chunked]"), ("chunked after a word", "identity chunked"),
                ("a long s in chunked", "chun\u{212a}ed"), ("chunked with a no-break space", "chunked\u{a0}"),
                ("a broken list before chunked", "\"gzip\", chunked"),
            ].map { name, value in
                .refused(
                    name, "9112 6.3", framed("Transfer-Encoding: \(value)", body: "0\r\n\r\n"), 400, "bad-transfer-encoding")
            }
            + [
                .refused(
                    "chunked on two lines", "9112 6.3",
                    framed("Transfer-Encoding: chunked", "Transfer-Encoding: chunked", body: "0\r\n\r\n"), 400, "bad-transfer-encoding"),
                .refused(
                    "chunked and identity on two lines", "9112 6.3",
                    framed("Transfer-Encoding: chunked", "Transfer-Encoding: identity", body: "0\r\n\r\n"), 400, "bad-transfer-encoding"),
                .refused(
                    "a coding that isn't decoded", "9112 6.1", framed("Transfer-Encoding: gzip, chunked", body: "0\r\n\r\n"), 501,
                    "coding-not-implemented"),
                .refused(
                    "a coding that isn't known", "9112 6.1", framed("Transfer-Encoding: cow, chunked", body: "0\r\n\r\n"), 501,
                    "coding-not-implemented"),
                .refused(
                    "a blank before the colon of a coding", "9112 5.1", framed("Transfer-Encoding : chunked", body: "0\r\n\r\n"), 400,
                    "bad-field-name"),
                .refused(
                    "a coding on a folded line", "9112 5.2", framed("X: y\r\n\tTransfer-Encoding: chunked", body: "0\r\n\r\n"), 400,
                    "folded-field"),
                .refused(
                    "a folded coding", "9112 5.2", framed("Transfer-Encoding: gzip,\r\n chunked", body: "0\r\n\r\n"), 400,
                    "bad-transfer-encoding"),
                .refused(
                    "a vertical tab before chunked", "9110 5.5", framed("Transfer-Encoding: \u{b}chunked", body: "0\r\n\r\n"), 400,
                    "bad-field-value"),
                .refused(
                    "NUL behind chunked", "9110 5.5", framed("Transfer-Encoding: chunked\u{0}", body: "0\r\n\r\n"), 400, "bad-field-value"),
                .refused(
                    "a bare CR behind chunked", "9112 2.2", framed("Transfer-Encoding: chunked\rX: y", body: "0\r\n\r\n"), 400,
                    "bad-line-end"),
                .refused(
                    "a coding of GET that isn't known", "9112 6.1", ask("GET /livez", "Transfer-Encoding: x", body: "0\r\n\r\n"), 400,
                    "bad-transfer-encoding"),
            ])
}
