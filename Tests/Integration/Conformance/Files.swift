private func part(_ range: String, _ more: String..., name: String? = nil, rule: String = "9110 14.2", gives wanted: Wanted) -> Case {
    let fields = ["Range: \(range)"] + more
    return .served(
        "range " + (name ?? fields.joined(separator: ", ")), rule,
        "GET /digits.txt HTTP/1.1\r\nHost: x\r\n" + fields.map { $0 + "\r\n" }.joined() + "\r\n", wanted)
}

private func is206(_ body: String, _ place: String) -> Wanted {
    Wanted(
        206,
        [
            "Content-Range": .exactly("bytes \(place)/10"), "ETag": "@fileTag@", "Content-Type": .starting("text/plain"),
            "Cache-Control": .anything,
        ], body: body)
}

private let whole = Wanted(200, ["Accept-Ranges": "bytes"], without: ["Content-Range"], body: "0123456789")
private let none = Wanted(416, ["Content-Range": "bytes */10"], code: "range-not-satisfiable")

private func parts(_ parts: (String, String)...) -> Wanted {
    let separator = "--@boundary@"
    let body = parts.map { "\(separator)\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Range: bytes \($0)/10\r\n\r\n\($1)\r\n" }
        .joined()
    return Wanted(
        206, ["Content-Type": .starting("multipart/byteranges; boundary=")], without: ["Content-Range"], body: body + separator + "--\r\n")
}

extension Theme {
    /// Parts of files.
    static let ranges = Theme(
        name: "ranges",
        cases: [
            part("bytes=0-0", gives: is206("0", "0-0")), part("bytes=2-4", gives: is206("234", "2-4")),
            part("bytes=7-", gives: is206("789", "7-9")),
            part("bytes=-3", rule: "9110 14.1.2", gives: is206("789", "7-9")),
            part("bytes=-10", rule: "9110 14.1.2", gives: is206("0123456789", "0-9")),
            part("bytes=-11", rule: "9110 14.1.2", gives: is206("0123456789", "0-9")),
            part("bytes=5-99", rule: "9110 14.1.2", gives: is206("56789", "5-9")),
            part("bytes=5-99999999999999999999999999", rule: "9110 14.1.2", gives: is206("56789", "5-9")),
            part("bytes=-99999999999999999999999999", rule: "9110 14.1.2", gives: is206("0123456789", "0-9")),
            part("BYTES=1-1", rule: "9110 14.1", gives: is206("1", "1-1")),
            part("bytes=,1-1,", rule: "9110 5.6.1.2", gives: is206("1", "1-1")),
            part("bytes= 1-1", rule: "9110 5.6.1", gives: is206("1", "1-1")),
            part("bytes=10-", rule: "9110 15.5.17", gives: none), part("bytes=10-20", rule: "9110 15.5.17", gives: none),
            part("bytes=-0", rule: "9110 15.5.17", gives: none),
            part("bytes=99999999999999999999-", rule: "9110 15.5.17", gives: none),
            part("bytes=10-,20-30", rule: "9110 15.5.17", gives: none),
            part("bytes=1-1,10-", gives: is206("1", "1-1")), part("bytes=-0,3-3", gives: is206("3", "3-3")),
            part("bytes=0-0,-1", rule: "9110 14.6", gives: parts(("0-0", "0"), ("9-9", "9"))),
            part("bytes=4-5, 1-2 ,8-", rule: "9110 14.6", gives: parts(("4-5", "45"), ("1-2", "12"), ("8-9", "89"))),
            part("bytes=1-2,1-2", rule: "9110 14.6", gives: parts(("1-2", "12"), ("1-2", "12"))),
            part("bytes=0-,0-,0-", rule: "9110 17.15", gives: whole), part("bytes=0-9,0-0", rule: "9110 17.15", gives: whole),
            part(
                "bytes=" + (0..<17).map { "\($0 % 2)-\($0 % 2)" }.joined(separator: ","), name: "seventeen of them", rule: "9110 17.15",
                gives: whole),
            part("lines=1-2", rule: "9110 14.2", gives: whole), part("bytes=2-1", gives: whole), part("bytes=a-b", gives: whole),
            part("bytes=1", gives: whole), part("bytes=-", gives: whole), part("bytes=", gives: whole),
            part("bytes 1-2", gives: whole), part("bytes=1-2-3", gives: whole), part("bytes=+1-2", gives: whole),
            part("bytes=0x1-2", gives: whole), part("bytes=1-2;3", gives: whole), part("bytes=1 -2", gives: whole),
            part("bytes=1-2", "Range: bytes=3-4", gives: whole),
            part("bytes=1-1", "If-Range: @fileTag@", rule: "9110 13.1.5", gives: is206("1", "1-1")),
            part("bytes=1-1", "If-Range: @fileModified@", rule: "9110 13.1.5", gives: is206("1", "1-1")),
            part("bytes=1-1", "If-Range: \"other\"", rule: "9110 13.1.5", gives: whole),
            part("bytes=1-1", "If-Range: W/@fileTag@", rule: "9110 13.1.5", gives: whole),
            part("bytes=1-1", "If-Range: Sun, 06 Nov 1994 08:49:38 GMT", rule: "9110 13.1.5", gives: whole),
            part("bytes=1-1", "If-Range: yesterday", rule: "9110 13.1.5", gives: whole),
            part("bytes=1-1", "If-Range: \"other\", @fileTag@", rule: "9110 13.1.5", gives: whole),
            part("bytes=99-", "If-Range: \"other\"", rule: "9110 13.2.2", gives: whole),
            part("bytes=1-1", "If-Match: @fileTag@", rule: "9110 13.2.2", gives: is206("1", "1-1")),
            part("bytes=1-1", "If-None-Match: @fileTag@", rule: "9110 13.2.2", gives: Wanted(304)),
            part("bytes=99-", "If-None-Match: @fileTag@", rule: "9110 13.2.2", gives: Wanted(304)),
            part("bytes=1-1", "If-Match: \"other\"", rule: "9110 13.2.2", gives: Wanted(412)),
            .served("If-Range without Range", "9110 13.1.5", ask("GET /digits.txt", "If-Range: \"other\""), whole),
            .served(
                "Range of a HEAD", "9110 14.2", ask("HEAD /digits.txt", "Range: bytes=1-1"),
                Wanted(200, to: "HEAD", ["Content-Length": "10", "Accept-Ranges": "bytes"], without: ["Content-Range"])),
            .served("Range of no file", "9110 14.2", ask("GET /nothing.txt", "Range: bytes=1-1"), Wanted(404)),
            .served(
                "Range of an empty file", "9110 15.5.17", ask("GET /empty.txt", "Range: bytes=0-"),
                Wanted(416, ["Content-Range": "bytes */0"])),
            .served(
                "the last bytes of an empty file", "9110 14.1.2", ask("GET /empty.txt", "Range: bytes=-5"),
                Wanted(200, ["Content-Length": "0"])),
            .served(
                "Range where there are none", "9110 14.2", ask("GET /articles/@article@", "Range: bytes=0-0"),
                Wanted(200, ["Content-Length": "@size@"], without: ["Content-Range", "Accept-Ranges"])),
            .served(
                "Range of a list", "9110 14.2", ask("GET /articles", "Range: bytes=0-0", "If-Range: @listTag@"),
                Wanted(200, without: ["Content-Range"])),
        ])

    /// Files, and nothing else.
    static let files = Theme(
        name: "files",
        cases: [
            .served(
                "the home page", "9110 9.3.1", ask("GET /"),
                Wanted(200, ["Content-Type": "text/html; charset=utf-8", "ETag": .anything, "Last-Modified": .anything])),
            .served("a folder's page", "9110 9.3.1", ask("GET /sub/"), Wanted(200, ["Content-Type": "text/html; charset=utf-8"])),
            .served("a folder without its slash", "9110 15.4.9", ask("GET /sub"), Wanted(308, ["Location": "./sub/"])),
            .served(
                "a folder without its slash, with a query", "9110 10.2.2", ask("GET /sub?a=b"), Wanted(308, ["Location": "./sub/?a=b"])),
            .served("an escaped name", "3986 2.4", ask("GET /a%20b.txt"), Wanted(200, body: "ab")),
            .served("a query is not the file's", "3986 3.4", ask("GET /digits.txt?a=b"), Wanted(200, body: "0123456789")),
            .served("an empty file", "9110 8.6", ask("GET /empty.txt"), Wanted(200, ["Content-Length": "0", "ETag": "@emptyTag@"])),
        ]
            + [
                "/../secret.txt", "/%2e%2e/secret.txt", "/..%2fsecret.txt", "/sub/../../secret.txt", "/./digits.txt", "/sub/../digits.txt",
                "/.hidden", "/%2ehidden", "/digits.txt%00",
                "/%00", "/digits.txt/", "/digits.txt/x", "//digits.txt", "/sub//index.html", "/%252e%252e/secret.txt", "/%ff", "/%c0%af",
                "/sub%2findex.html", "/DIGITS.TXT", "/digits.txt%20",
            ].map {
                .served("no file at \($0)", "3986 7.3", ask("GET \($0)"), Wanted(404, code: "not-found"))
            })
}
