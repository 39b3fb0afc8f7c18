private let other = "\"other\""
private let past = "Sun, 06 Nov 1994 08:49:36 GMT"
private let future = "Fri, 31 Dec 2100 23:59:59 GMT"

/// One condition, on each way to ask.
private func conditions(
    _ what: String, _ line: String, to method: String = "GET", _ rows: [(fields: [String], status: Int)]
) -> [Case] {
    rows.map { fields, status in
        let rule = fields.count > 1 ? "9110 13.2.2" : section(of: fields[0])
        let text =
            method == "GET" || method == "HEAD" || method == "DELETE"
            ? ask(line) : send(line, json: method == "PATCH" ? "{}" : Site.posted)
        let cut = text.range(of: "\r\n\r\n")!.lowerBound  // Every request has an end of its head.
        let bytes = text[..<cut] + fields.map { "\r\n" + $0 }.joined() + text[cut...]
        return .served(
            "\(method) of \(what), \(fields.joined(separator: ", "))", rule, String(bytes),
            Wanted(status, to: method, code: status == 412 ? "precondition-failed" : nil))
    }
}

private func section(of field: String) -> String {
    switch field.prefix(while: { $0 != ":" }) {
    case "If-Match": "9110 13.1.1"
    case "If-None-Match": "9110 13.1.2"
    case "If-Modified-Since": "9110 13.1.3"
    case "If-Unmodified-Since": "9110 13.1.4"
    default: "9110 13.1.5"
    }
}

extension Theme {
    /// What holds for reading anything with a strong tag and a date.
    private static func reading(_ what: String, _ path: String, tag: String, modified: String) -> [Case] {
        [("GET", 200), ("HEAD", 200)].flatMap { method, _ in
            conditions(
                what, "\(method) \(path)", to: method,
                [
                    (["If-Match: \(tag)"], 200), (["If-Match: *"], 200), (["If-Match: \(other), \(tag)"], 200),
                    (["If-Match: \(other)", "If-Match: \(tag)"], 200),
                    (["If-Match: ,\(tag),"], 200), (["If-Match: \(other)"], 412), (["If-Match: W/\(tag)"], 412),
                    (["If-Match: \(tag.dropLast())"], 412),
                    (["If-None-Match: \(tag)"], 304), (["If-None-Match: W/\(tag)"], 304), (["If-None-Match: *"], 304),
                    (["If-None-Match: \(other),\(tag)"], 304),
                    (["If-None-Match: \(other)", "If-None-Match: W/\(tag)"], 304), (["If-None-Match: \(other)"], 200),
                    (["If-None-Match: \(tag.dropFirst())"], 200),
                    (["If-None-Match: w/\(tag)"], 200),
                    (["If-Modified-Since: \(modified)"], 304), (["If-Modified-Since: \(future)"], 304),
                    (["If-Modified-Since: \(past)"], 200),
                    (["If-Modified-Since: yesterday"], 200), (["If-Modified-Since: 784111777"], 200),
                    (["If-Modified-Since: \(modified)", "If-Modified-Since: \(modified)"], 200),
                    (["If-Unmodified-Since: \(modified)"], 200), (["If-Unmodified-Since: \(future)"], 200),
                    (["If-Unmodified-Since: \(past)"], 412),
                    (["If-Unmodified-Since: yesterday"], 200),
                    (["If-Match: \(tag)", "If-Unmodified-Since: \(past)"], 200),
                    (["If-Match: \(other)", "If-Unmodified-Since: \(future)"], 412),
                    (["If-None-Match: \(other)", "If-Modified-Since: \(modified)"], 200),
                    (["If-None-Match: \(tag)", "If-Modified-Since: \(past)"], 304),
                    (["If-Match: \(tag)", "If-None-Match: \(tag)"], 304), (["If-Match: \(other)", "If-None-Match: \(tag)"], 412),
                    (["If-Unmodified-Since: \(future)", "If-Modified-Since: \(modified)"], 304),
                    (["If-Unmodified-Since: \(past)", "If-None-Match: \(tag)"], 412),
                ])
        }
    }

    static let articleConditions = Theme(
        name: "conditions on articles",
        cases: reading("an article", "/articles/@article@", tag: "@tag@", modified: "@modified@")
            + conditions(
                "an article", "PUT /articles/@article@", to: "PUT",
                [
                    (["If-Match: @tag@"], 200), (["If-Match: *"], 200), (["If-Match: \(other)"], 412), (["If-Match: W/@tag@"], 412),
                    (["If-Match: broken"], 412),
                    (["If-None-Match: *"], 412), (["If-None-Match: @tag@"], 412), (["If-None-Match: W/@tag@"], 412),
                    (["If-None-Match: \(other)"], 200), (["If-None-Match: broken"], 412),
                    (["If-Unmodified-Since: @modified@"], 200), (["If-Unmodified-Since: \(past)"], 412),
                    (["If-Unmodified-Since: broken"], 200),
                    (["If-Modified-Since: \(future)"], 200), (["If-Match: @tag@", "If-Unmodified-Since: \(past)"], 200),
                    (["If-Match: @tag@", "If-None-Match: *"], 412),
                ])
            + conditions(
                "an article", "PATCH /articles/@article@", to: "PATCH",
                [
                    (["If-Match: @tag@"], 200), (["If-Match: \(other)"], 412), (["If-None-Match: *"], 412),
                    (["If-Unmodified-Since: \(past)"], 412), (["If-Unmodified-Since: @modified@"], 200),
                ])
            + conditions(
                "an article", "DELETE /articles/@article@", to: "DELETE",
                [
                    (["If-Match: \(other)"], 412), (["If-Match: W/@tag@"], 412), (["If-None-Match: *"], 412),
                    (["If-Unmodified-Since: \(past)"], 412),
                ])
            + conditions(
                "an event", "GET /events/@event@",
                [(["If-None-Match: @eventTag@"], 304), (["If-Match: \(other)"], 412), (["If-Modified-Since: \(future)"], 200)])
            + conditions("an event", "DELETE /events/@event@", to: "DELETE", [(["If-Match: \(other)"], 412), (["If-None-Match: *"], 412)])
            + conditions("an entity", "PATCH /entities/@entity@", to: "PATCH", [(["If-Match: \(other)"], 412)])
            + [
                .served(
                    "304 says what 200 would", "9110 15.4.5", ask("GET /articles/@article@", "If-None-Match: @tag@"),
                    Wanted(
                        304, ["ETag": "@tag@", "Cache-Control": .anything, "Vary": .listing(["Accept"])],
                        without: ["Content-Length", "Transfer-Encoding", "Content-Type", "Last-Modified"])),
                .served(
                    "conditions on nothing are not looked at", "9110 13.2.1",
                    ask("GET /articles/none", "If-Match: \"x\"", "If-None-Match: *"), Wanted(404)),
                .served(
                    "conditions on what was withdrawn are not looked at", "9110 13.2.1", ask("GET /articles/@gone@", "If-None-Match: *"),
                    Wanted(410)),
                .served(
                    "conditions on a bad query are not looked at", "9110 13.2.1", ask("GET /articles/@article@?foo=1", "If-None-Match: *"),
                    Wanted(400)),
                .served(
                    "conditions on OPTIONS are not looked at", "9110 13.2.1", ask("OPTIONS /articles/@article@", "If-Match: \"x\""),
                    Wanted(204, to: "OPTIONS")),
                .served(
                    "conditions where there is no such method are not looked at", "9110 13.2.1",
                    ask("TRACE /articles/@article@", "If-Match: \"x\""), Wanted(405, to: "TRACE")),
                .served(
                    "conditions on a bad type are not looked at", "9110 13.2.1",
                    send("PUT /articles/@article@", "If-Match: \"x\"").replacing("application/json", with: "text/plain"),
                    Wanted(415, to: "PUT")),
            ])

    static let listConditions = Theme(
        name: "conditions on lists",
        cases: conditions(
            "a list", "GET /articles",
            [
                (["If-None-Match: @listTag@"], 304), (["If-None-Match: *"], 304), (["If-None-Match: \(other), @listTag@"], 304),
                (["If-None-Match: \(other)"], 200),
                (["If-Match: *"], 200), (["If-Match: @listTag@"], 412), (["If-Match: \(other)"], 412),
                (["If-Modified-Since: \(future)"], 200), (["If-Unmodified-Since: \(past)"], 200),
            ])
            + conditions(
                "a list", "POST /articles", to: "POST",
                [
                    (["If-Match: *"], 200), (["If-Match: \(other)"], 412), (["If-None-Match: *"], 412), (["If-None-Match: @listTag@"], 412),
                    (["If-None-Match: \(other)"], 200),
                ])
            + [
                "/articles?limit=0", "/articles?foo=1", "/articles?cursor=x", "/entities?limit=0", "/entities?sort=x", "/events?limit=0",
                "/events?min_sources=x", "/articles?from=x",
            ].map {
                .served(
                    "conditions on \($0) are not looked at", "9110 13.2.1", ask("GET \($0)", "If-None-Match: @listTag@"),
                    Wanted(400, code: "invalid-parameter"))
            }
            + [
                .served(
                    "304 of a list says what 200 would", "9110 15.4.5", ask("GET /articles", "If-None-Match: @listTag@"),
                    Wanted(
                        304, ["ETag": "@listTag@", "Cache-Control": .anything, "Vary": .listing(["Accept"])], without: ["Content-Type"]))
            ])

    static let fileConditions = Theme(
        name: "conditions on files",
        cases: reading("a file", "/digits.txt", tag: "@fileTag@", modified: "@fileModified@")
            + [
                .served(
                    "a date of RFC 850", "9110 5.6.7", ask("GET /digits.txt", "If-Modified-Since: Sunday, 06-Nov-94 08:49:37 GMT"),
                    Wanted(304)),
                .served(
                    "a date of asctime", "9110 5.6.7", ask("GET /digits.txt", "If-Modified-Since: Sun Nov  6 08:49:37 1994"), Wanted(304)),
                .served(
                    "a date of asctime, a second too early", "9110 5.6.7",
                    ask("GET /digits.txt", "If-Modified-Since: Sun Nov  6 08:49:36 1994"), Wanted(200)),
                .served(
                    "304 of a file says what 200 would", "9110 15.4.5", ask("GET /digits.txt", "If-None-Match: @fileTag@"),
                    Wanted(
                        304, ["ETag": "@fileTag@", "Cache-Control": .anything],
                        without: ["Content-Length", "Content-Type", "Last-Modified"])),
                .served("conditions on no file are not looked at", "9110 13.2.1", ask("GET /nothing.txt", "If-None-Match: *"), Wanted(404)),
            ])
}
