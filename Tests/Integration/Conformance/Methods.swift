extension Theme {
    /// What can be done where.
    static let methods = Theme(
        name: "methods",
        cases: [
            .served(
                "GET of an article", "9110 9.3.1", ask("GET /articles/@article@"),
                Wanted(200, ["ETag": "@tag@", "Content-Type": "application/json"])),
            .served(
                "HEAD of an article", "9110 9.3.2", ask("HEAD /articles/@article@"),
                Wanted(
                    200, to: "HEAD",
                    ["ETag": "@tag@", "Content-Length": "@size@", "Last-Modified": "@modified@", "Content-Type": "application/json"])),
            .served(
                "HEAD of a list", "9110 9.3.2", ask("HEAD /articles"),
                Wanted(200, to: "HEAD", ["ETag": "@listTag@", "Content-Length": .anything])),
            .served(
                "HEAD of a file", "9110 9.3.2", ask("HEAD /digits.txt"),
                Wanted(200, to: "HEAD", ["ETag": "@fileTag@", "Content-Length": "10"])),
            .served("HEAD of nothing", "9110 9.3.2", ask("HEAD /nothing"), Wanted(404, to: "HEAD")),
            .served("HEAD of what was withdrawn", "9110 9.3.2", ask("HEAD /articles/@gone@"), Wanted(410, to: "HEAD")),
            .served(
                "HEAD where only POST is", "9110 15.5.6", ask("HEAD /entities/@entity@/merge"),
                Wanted(405, to: "HEAD", ["Allow": .listing(["POST"])])),
            .served(
                "OPTIONS of an article", "9110 9.3.7", ask("OPTIONS /articles/@article@"),
                Wanted(
                    204, to: "OPTIONS",
                    [
                        "Allow": .listing(["GET", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS"]),
                        "Accept-Patch": .listing(["application/merge-patch+json"]),
                    ])),
            .served(
                "OPTIONS of a list", "9110 9.3.7", ask("OPTIONS /articles"),
                Wanted(204, to: "OPTIONS", ["Allow": .listing(["GET", "HEAD", "POST", "OPTIONS"])], without: ["Accept-Patch"])),
            .served(
                "OPTIONS of a file", "9110 9.3.7", ask("OPTIONS /digits.txt"),
                Wanted(204, to: "OPTIONS", ["Allow": .listing(["GET", "HEAD", "OPTIONS"])])),
            .served(
                "TRACE", "9110 9.3.8", ask("TRACE /articles"),
                Wanted(405, to: "TRACE", ["Allow": .listing(["GET", "POST"])], code: "method-not-allowed")),
            .served(
                "PUT on a list", "9110 15.5.6", send("PUT /articles"),
                Wanted(405, to: "PUT", ["Allow": .listing(["GET", "HEAD", "POST", "OPTIONS"])], code: "method-not-allowed")),
            .served(
                "POST on an article", "9110 15.5.6", send("POST /articles/@article@"),
                Wanted(405, to: "POST", ["Allow": .listing(["GET", "PUT", "PATCH", "DELETE"])], code: "method-not-allowed")),
            .served(
                "DELETE of a file", "9110 15.5.6", ask("DELETE /digits.txt"),
                Wanted(405, to: "DELETE", ["Allow": .listing(["GET", "HEAD"])], code: "method-not-allowed")),
            .served(
                "GET where only POST is", "9110 15.5.6", ask("GET /events/@event@/merge"),
                Wanted(405, ["Allow": .listing(["POST"])], code: "method-not-allowed")),
            .served("DELETE of nothing", "9110 9.3.5", ask("DELETE /articles/none"), Wanted(404, to: "DELETE")),
            .served("DELETE of what was withdrawn", "9110 9.2.2", ask("DELETE /articles/@gone@"), Wanted(410, to: "DELETE")),
            .served("GET of what was withdrawn", "9110 15.5.11", ask("GET /articles/@gone@"), Wanted(410, code: "gone")),
            .served(
                "PUT that changes nothing", "9110 9.3.4", send("PUT /articles/@article@"),
                Wanted(200, to: "PUT", without: ["ETag", "Last-Modified"])),
            .served(
                "PUT of a part", "9110 14.5", send("PUT /articles/@article@", "Content-Range: bytes 0-46/100"),
                Wanted(400, to: "PUT", code: "partial-put")),
            .served(
                "PATCH that changes nothing", "5789 2",
                ask("PATCH /articles/@article@", "Content-Type: application/merge-patch+json", "Content-Length: 2", body: "{}"),
                Wanted(200, to: "PATCH", ["ETag": "@tag@"])),
            .served(
                "a POST that is there already", "9110 9.3.3", send("POST /articles"),
                Wanted(200, to: "POST", ["ETag": "@tag@"], without: ["Location"])),
        ])

    /// Accept and Content-Type.
    static let negotiation = Theme(
        name: "negotiation",
        cases: [
            ("nothing is said", [], 200), ("anything", ["Accept: */*"], 200), ("what there is", ["Accept: application/json"], 200),
            ("another case", ["Accept: Application/JSON"], 200), ("any of the kind", ["Accept: application/*"], 200),
            ("what there is at last", ["Accept: text/html, application/xml;q=0.9, */*;q=0.1"], 200),
            ("a small weight", ["Accept: application/json;q=0.001"], 200),
            ("blanks around a weight", ["Accept: application/json ; q=0.5"], 200),
            ("a weight in capitals", ["Accept: application/json;Q=1.000"], 200),
            ("on the second line", ["Accept: text/html", "Accept: application/json"], 200),
            ("empty elements", ["Accept: ,, application/json ,"], 200),
            ("an empty list", ["Accept:"], 200), ("the exact type outweighs the range", ["Accept: application/json;q=1, */*;q=0"], 200),
            ("another type", ["Accept: text/html"], 406), ("another kind", ["Accept: image/*, text/*"], 406),
            ("a weight of zero", ["Accept: application/json;q=0"], 406),
            ("a weight of zero with decimals", ["Accept: application/json;q=0.000"], 406),
            ("all but what there is", ["Accept: */*, application/json;q=0"], 406),
            ("all but the kind", ["Accept: */*, application/*;q=0"], 406), ("nothing at all", ["Accept: */*;q=0"], 406),
            ("a type with a parameter that it hasn't", ["Accept: application/json;profile=\"x\""], 406),
            ("what only streams have", ["Accept: application/x-ndjson"], 406),
            ("a longer name", ["Accept: application/jsonl"], 406),
        ].map { (name: String, fields: [String], status: Int) in
            .served(
                "Accept: " + name, "9110 12.5.1",
                "GET /articles/@article@ HTTP/1.1\r\nHost: x\r\n" + fields.map { $0 + "\r\n" }.joined() + "\r\n",
                status == 200 ? Wanted(200, ["Vary": .listing(["Accept"])]) : Wanted(406, code: "not-acceptable"))
        }
            + [
                .served("Accept of a list", "9110 12.5.1", ask("GET /articles", "Accept: text/html"), Wanted(406, code: "not-acceptable")),
                .served(
                    "Accept of a list that is there", "9110 12.5.5", ask("GET /articles", "Accept: application/json"),
                    Wanted(200, ["Vary": .listing(["Accept"])])),
                .served(
                    "Accept before a write", "9110 15.5.7", send("POST /articles", "Accept: text/html"),
                    Wanted(406, to: "POST", code: "not-acceptable")),
                .served("Accept of a HEAD", "9110 12.5.1", ask("HEAD /articles", "Accept: text/html"), Wanted(406, to: "HEAD")),
                .served("Accept of a description", "9110 12.5.5", ask("GET /openapi.json"), Wanted(200, ["Vary": .listing(["Accept"])])),
                .served(
                    "Accept of a stream", "9110 12.5.1",
                    framed("Accept: application/x-ndjson", "Content-Type: application/x-ndjson", "Content-Length: 47").replacing(
                        "Content-Type: application/json\r\n", with: ""),
                    Wanted(200, to: "POST", ["Content-Type": "application/x-ndjson"])),
                .served("a list with a next page", "8288 3", ask("GET /entities?limit=1"), Wanted(200, ["Link": .starting("</entities?")])),
                .served(
                    "Accept-Language changes nothing", "9110 12.5.4", ask("GET /articles/@article@", "Accept-Language: tlh"), Wanted(200)),
                .served(
                    "Accept-Charset changes nothing", "9110 12.5.2", ask("GET /articles/@article@", "Accept-Charset: ascii"), Wanted(200)),
                .served(
                    "no Content-Type", "9110 15.5.16",
                    framed("Content-Length: 47").replacing("Content-Type: application/json\r\n", with: ""),
                    Wanted(415, to: "POST", ["Accept": .listing(["application/json"])], code: "unsupported-media-type")),
                .served(
                    "a Content-Type that isn't taken", "9110 15.5.16",
                    framed("Content-Length: 47").replacing("application/json", with: "text/plain"),
                    Wanted(415, to: "POST", ["Accept": .listing(["application/json"])], code: "unsupported-media-type")),
                .served(
                    "two Content-Types", "9110 8.3", framed("Content-Type: text/plain", "Content-Length: 47"),
                    Wanted(415, to: "POST", code: "unsupported-media-type")),
                .served(
                    "a Content-Type in capitals", "9110 8.3.1",
                    framed("Content-Length: 47").replacing("application/json", with: "APPLICATION/JSON; charset=\"utf-8\""),
                    Wanted(200, to: "POST")),
                .served(
                    "a Content-Encoding that isn't taken", "9110 8.4", send("POST /articles", "Content-Encoding: br"),
                    Wanted(415, to: "POST", ["Accept-Encoding": .anything], code: "unsupported-media-type")),
                .served(
                    "a patch that isn't one", "5789 2.2",
                    send("PATCH /articles/@article@").replacing("application/json", with: "application/json-patch+json"),
                    Wanted(415, to: "PATCH", ["Accept-Patch": .listing(["application/merge-patch+json"])], code: "unsupported-media-type")),
            ])

    /// Accept-Encoding.
    static let contentCodings: Theme = {
        let plain = Wanted(
            200, ["ETag": "@longTag@", "Vary": .listing(["Accept-Encoding"]), "Content-Length": "4400"], without: ["Content-Encoding"])
        let coded = Wanted(200, ["ETag": "@longGzipTag@", "Vary": .listing(["Accept-Encoding"]), "Content-Encoding": "gzip"])
        func get(_ fields: String...) -> String { "GET /long.txt HTTP/1.1\r\nHost: x\r\n" + fields.map { $0 + "\r\n" }.joined() + "\r\n" }
        return Theme(
            name: "content codings",
            cases: [
                .served("gzip that isn't asked for", "9110 12.5.3", get(), plain),
                .served("gzip that is asked for", "9110 8.4", get("Accept-Encoding: gzip"), coded),
                .served("gzip by its old name", "9110 8.4.1.3", get("Accept-Encoding: x-gzip"), coded),
                .served("gzip in capitals, among others", "9110 12.5.3", get("Accept-Encoding: br;q=1.0, GZIP;q=0.8, *;q=0.1"), coded),
                .served("gzip on the second line", "9110 12.5.3", get("Accept-Encoding: br", "Accept-Encoding: gzip"), coded),
                .served("gzip with a weight of zero", "9110 12.5.3", get("Accept-Encoding: gzip;q=0, *"), plain),
                .served("gzip less than identity", "9110 12.5.3", get("Accept-Encoding: gzip;q=0.5, identity"), plain),
                .served("any coding", "9110 12.5.3", get("Accept-Encoding: *"), coded),
                .served("a coding that nobody knows", "9110 12.5.3", get("Accept-Encoding: cow"), plain),
                .served("no coding at all", "9110 12.5.3", get("Accept-Encoding:"), plain),
                .served(
                    "a HEAD of gzip", "9110 9.3.2", get("Accept-Encoding: gzip").replacing("GET", with: "HEAD"),
                    Wanted(200, to: "HEAD", ["ETag": "@longGzipTag@", "Content-Encoding": "gzip"])),
                .served(
                    "gzip has a tag of its own", "9110 8.8.3.3", get("Accept-Encoding: gzip", "If-None-Match: @longGzipTag@"),
                    Wanted(304, ["ETag": "@longGzipTag@", "Vary": .listing(["Accept-Encoding"])])),
                .served("a tag of gzip names no other", "9110 8.8.3.3", get("If-None-Match: @longGzipTag@"), plain),
                .served(
                    "a tag of the whole names no gzip", "9110 8.8.3.3", get("Accept-Encoding: gzip", "If-None-Match: @longTag@"), coded),
                .served(
                    "a range of the whole, though gzip is taken", "9110 14.2", get("Accept-Encoding: gzip", "Range: bytes=0-2"),
                    Wanted(206, ["ETag": "@longTag@", "Vary": .listing(["Accept-Encoding"])], without: ["Content-Encoding"], body: "All")),
                .served(
                    "a range of gzip is the whole", "9110 13.1.5",
                    get("Accept-Encoding: gzip", "Range: bytes=0-2", "If-Range: @longGzipTag@"), Wanted(200, without: ["Content-Range"])),
            ])
    }()

    /// Bodies of the wrong size.
    static let bodies = Theme(
        name: "bodies",
        cases: [
            .served("a POST that says no length", "9112 6.3", framed(body: ""), Wanted(411, to: "POST", code: "length-required")),
            .served(
                "a PUT that says no length", "9110 15.5.12", ask("PUT /articles/@article@", "Content-Type: application/json"),
                Wanted(411, to: "PUT", code: "length-required")),
            .served(
                "a PATCH that says no length", "9110 15.5.12", ask("PATCH /articles/@article@", "Content-Type: application/json"),
                Wanted(411, to: "PATCH", code: "length-required")),
            .served("an empty chunked body", "9112 7.1", chunked("0\r\n\r\n"), Wanted(400, to: "POST", code: "invalid-body")),
            .served(
                "a body as long as may be", "9110 15.5.14",
                framed("Content-Length: \(Site.bodyLimit)", body: Site.posted + String(repeating: " ", count: Site.bodyLimit - 47)),
                Wanted(200, to: "POST")),
            .refused(
                "a body one longer than may be", "9110 15.5.14",
                framed("Content-Length: \(Site.bodyLimit + 1)", body: Site.posted + String(repeating: " ", count: Site.bodyLimit - 46)),
                413, "body-too-large", to: "POST"),
            .served("a DELETE needs no length", "9110 9.3.5", ask("DELETE /articles/none"), Wanted(404, to: "DELETE")),
        ])

    /// How much is read.
    static let limits = Theme(
        name: "limits",
        cases: [
            .served("a request line of 8000 bytes", "9112 3", ask("GET /" + String(repeating: "a", count: 7_980)), Wanted(404)),
            .served("a target as long as may be", "9110 4.1", ask("GET /" + String(repeating: "a", count: 8_191)), Wanted(404)),
            .refused(
                "a target one longer than may be", "9110 15.5.15", ask("GET /" + String(repeating: "a", count: 8_192)), 414,
                "target-too-long"),
            .refused(
                "a target of a megabyte", "9110 15.5.15", ask("GET /" + String(repeating: "a", count: 1_000_000)), 414, "target-too-long"),
            .refused(
                "a request line that never ends", "9110 15.5.15", "GET /?" + String(repeating: "a", count: 100_000), 414, "target-too-long"),
            .refused("empty lines for ever", "9112 2.2", String(repeating: "\r\n", count: 20_000), 414, "target-too-long"),
            .served(
                "a hundred fields", "9110 5.4",
                ask("GET /livez").replacing("\r\n\r\n", with: "\r\n" + String(repeating: "A: b\r\n", count: 99) + "\r\n"), Wanted(200)),
            .refused(
                "a hundred fields and one", "9110 5.4",
                ask("GET /livez").replacing("\r\n\r\n", with: "\r\n" + String(repeating: "A: b\r\n", count: 100) + "\r\n"), 431,
                "too-many-fields"),
            .served(
                "a head as long as may be", "9110 5.4", ask("GET /livez", "A: " + String(repeating: "b", count: 16_384 - 37)), Wanted(200)),
            .refused(
                "a head one longer than may be", "9110 5.4", ask("GET /livez", "A: " + String(repeating: "b", count: 16_384 - 36)), 431,
                "head-too-large"),
            .refused(
                "a field of a megabyte", "9110 5.4", ask("GET /livez", "A: " + String(repeating: "b", count: 1_000_000)), 431,
                "head-too-large"),
            .refused(
                "a name of a megabyte", "9110 5.4", ask("GET /livez", String(repeating: "b", count: 1_000_000)), 431, "head-too-large"),
        ])
}
