import Testing

/// Every way to ask wrongly, and what is said about it.
struct ProblemTests {
    private struct Case {
        var name: String
        var method = "POST"
        var target = "/articles"
        var type: String? = "application/json"
        var body = ""
        var status = 400
        var code: String?
        var pointer: String?
        var parameter: String?
        /// Refused while its head was read, before there was a path to name.
        var isRefusedByWire = false
    }

    private func expect(_ cases: [Case]) throws {
        let program = try Program.start()
        _ = try program.publish(Sample.article(1))
        for test in cases {
            var ask = Ask(test.method, test.target)
            if let type = test.type {
                ask.fields.append(("Content-Type", type))
                ask.body = .bytes(Array(test.body.utf8))
            }
            let answer = try program.perform(ask)
            expectProblem(
                answer, test.status, code: test.code, pointer: test.pointer, parameter: test.parameter,
                instance: test.isRefusedByWire ? nil : String(test.target.prefix { $0 != "?" }), test.name)
        }
        #expect(try program.get("/articles").json.page.total == 1, "nothing of it was kept")
    }

    @Test func bodiesThatAreNoArticle() throws {
        func field(_ name: String, _ value: String, _ code: String, at pointer: String? = nil) -> Case {
            Case(
                name: "\(name): \(value)", body: "{\"headline\":\"x\",\"\(name)\":\(value)}", code: code,
                pointer: pointer ?? "/\(name)")
        }
        try expect([
            Case(name: "no body", code: "malformed-json"),
            Case(name: "cut", body: "{\"headline\":", code: "malformed-json"),
            Case(name: "trailing comma", body: "{\"headline\":\"x\",}", code: "malformed-json"),
            Case(name: "two values", body: "{\"headline\":\"x\"}{}", code: "malformed-json"),
            Case(name: "single quotes", body: "{'headline':'x'}", code: "malformed-json"),
            Case(name: "bare control character", body: "{\"headline\":\"a\u{1}\"}", code: "malformed-json"),
            Case(name: "NaN", body: "{\"headline\":NaN}", code: "malformed-json"),
            Case(name: "a string", body: "\"x\"", code: "wrong-type"),
            Case(name: "a number", body: "17", code: "wrong-type"),
            Case(name: "null", body: "null", code: "wrong-type"),
            field("foo", "1", "unknown-field"), field("a/b~c", "1", "unknown-field", at: "/a~1b~0c"),
            field("source", "{\"name\":\"A\",\"colour\":1}", "unknown-field", at: "/source/colour"),
            field("body", "7", "wrong-type"), field("keywords", "\"a\"", "wrong-type"),
            field("keywords", "[\"a\",1]", "wrong-type", at: "/keywords/1"),
            field("source", "\"Wire\"", "wrong-type"), field("authors", "{}", "wrong-type"),
            field("entities", "{}", "wrong-type"),
            field("entities", "[{\"type\":\"person\",\"name\":1}]", "wrong-type", at: "/entities/0/name"),
            field("published", "7", "wrong-type"), field("published", "\"yesterday\"", "bad-date"),
            field("published", "\"2023-02-30\"", "bad-date"),
            field("published", "\"2023-13-01T00:00:00Z\"", "bad-date"),
            field("published", "\"2023-01-01T25:00:00Z\"", "bad-date"),
            field("events", "[{\"title\":\"x\",\"start\":\"soon\"}]", "bad-date", at: "/events/0/start"),
        ])
    }

    @Test func aBadByteIsNamedByItsPlace() throws {
        let program = try Program.start()
        let prefix = "{\"headline\": \"Kraków\", "
        let problem = expectProblem(
            try program.send("POST", "/articles", (prefix + "?}").utf8), 400, code: "malformed-json")
        #expect(problem.errors[0].offset == .int(prefix.utf8.count))
    }

    @Test func parametersThatMeanNothing() throws {
        let names = [
            "foo=1": "foo", "limit=0": "limit", "limit=201": "limit", "limit=x": "limit", "limit=+5": "limit",
            "limit=": "limit",
            "limit=99999999999999999999": "limit", "limit=5&limit=5": "limit", "sort=upwards": "sort",
            "sort=published&sort=indexed": "sort",
            "from=soon": "from", "to=2023-02-30": "to", "from=2023-01-01&from=2023-01-02": "from",
            "cursor=nonsense": "cursor", "cursor=": "cursor",
            "Limit=5": "Limit", "q=a&q=b": "q",
        ]
        try expect(
            names.sorted { $0.key < $1.key }.map { query, name in
                Case(name: query, method: "GET", target: "/articles?\(query)", type: nil, parameter: name)
            } + [
                Case(
                    name: "unknown", method: "GET", target: "/articles?foo=1", type: nil, code: "unknown-parameter",
                    parameter: "foo"),
                Case(
                    name: "encoded name", method: "GET", target: "/articles?f%6Fo=1", type: nil,
                    code: "unknown-parameter", parameter: "foo"),
                Case(
                    name: "on an item", method: "GET", target: "/articles/\(Sample.unknownID)/versions?foo=1", type: nil,
                    code: "unknown-parameter", parameter: "foo"),
                Case(
                    name: "on entities", method: "GET", target: "/entities?foo=1", type: nil, code: "unknown-parameter",
                    parameter: "foo"),
                Case(
                    name: "on events", method: "GET", target: "/events?foo=1", type: nil, code: "unknown-parameter",
                    parameter: "foo"),
                Case(
                    name: "on changes", method: "GET", target: "/changes?foo=1", type: nil, code: "unknown-parameter",
                    parameter: "foo"),
                Case(name: "on livez", method: "GET", target: "/livez?foo=1", type: nil, code: "unknown-parameter", parameter: "foo"),
                Case(name: "on readyz", method: "GET", target: "/readyz?foo=1", type: nil, code: "unknown-parameter", parameter: "foo"),
                Case(
                    name: "on the document", method: "GET", target: "/openapi.json?foo=1", type: nil, code: "unknown-parameter",
                    parameter: "foo"),
                Case(name: "bad escape", method: "GET", target: "/articles?q=%zz", type: nil, isRefusedByWire: true),
                Case(name: "escape that isn't UTF-8", method: "GET", target: "/articles?q=%ff", type: nil),
            ])
    }

    @Test func aCursorOfAnotherQuestionIsRefused() throws {
        let program = try Program.start()
        _ = try program.publish(all: (0..<3).map { Sample.article($0) })
        let next = try #require(try program.get("/articles?limit=1").json.page.next.asString)
        let cursor = try #require(next.firstMatch(of: /cursor=([^&]*)/)).1
        expectProblem(try program.get("/articles?limit=1&sort=published&cursor=\(cursor)"), 400, parameter: "cursor")
        expectProblem(try program.get("/articles?limit=1&cursor=\(cursor.dropLast(2))"), 400, parameter: "cursor")
    }

    @Test func typesThatAreNotRead() throws {
        try expect(
            ["text/plain", "application/xml", "application/x-www-form-urlencoded", "application/jsonx", "nonsense"].map {
                Case(name: $0, type: $0, body: "{\"headline\":\"x\"}", status: 415)
            } + [
                Case(
                    name: "PUT of NDJSON", method: "PUT", target: "/articles/\(Sample.unknownID)",
                    type: "application/x-ndjson", body: "{}", status: 415)
            ])
        let program = try Program.start()
        for coding in ["gzip", "br", "x"] {
            let ask = Ask("POST", "/articles", json: ["headline": "x"], ["Content-Encoding": coding])
            expectProblem(try program.perform(ask), 415, coding)
        }
        #expect(try program.post("/articles", ["headline": "x"], ["Content-Encoding": "identity"]).status == 201)
        for type in ["application/json; charset=utf-8", "Application/JSON", "application/json ;charset=\"UTF-8\""] {
            #expect(
                try program.send("POST", "/articles", "{\"headline\":\"x\"}".utf8, as: type).status == 201, "\(type)")
        }
    }

    @Test func pathsAndMethodsThatDoNotExist() throws {
        try expect(
            [
                "/nothing", "/articles/", "/articles/a/b", "/Articles", "/articles/\(Sample.unknownID)/nothing",
                "/entities/a/b/c", "//articles",
            ].map {
                Case(name: $0, method: "GET", target: $0, type: nil, status: 404)
            })
        let program = try Program.start()
        let allowed: [(path: String, methods: Set<String>)] = [
            ("/articles", ["GET", "HEAD", "POST", "OPTIONS"]),
            ("/articles/\(Sample.unknownID)", ["GET", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS"]),
            ("/articles/\(Sample.unknownID)/versions", ["GET", "HEAD", "OPTIONS"]),
            ("/entities", ["GET", "HEAD", "POST", "OPTIONS"]),
            ("/entities/x", ["GET", "HEAD", "PATCH", "DELETE", "OPTIONS"]),
            ("/entities/x/articles", ["GET", "HEAD", "OPTIONS"]), ("/entities/x/events", ["GET", "HEAD", "OPTIONS"]),
            ("/entities/x/merge", ["POST", "OPTIONS"]),
            ("/events", ["GET", "HEAD", "POST", "OPTIONS"]),
            ("/events/x", ["GET", "HEAD", "PATCH", "DELETE", "OPTIONS"]),
            ("/events/x/articles", ["GET", "HEAD", "OPTIONS"]), ("/events/x/merge", ["POST", "OPTIONS"]),
            ("/changes", ["GET", "HEAD", "OPTIONS"]), ("/livez", ["GET", "HEAD", "OPTIONS"]),
            ("/readyz", ["GET", "HEAD", "OPTIONS"]), ("/openapi.json", ["GET", "HEAD", "OPTIONS"]),
        ]
        for (path, methods) in allowed {
            let options = try program.options(path)
            #expect(
                options.status == 204 && options.body.isEmpty && Set(options.list("Allow")) == methods,
                "OPTIONS \(path): \(options.list("Allow"))")
            for method in ["GET", "POST", "PUT", "PATCH", "DELETE", "TRACE"] where !methods.contains(method) {
                let answer = try program.perform(Ask(method, path))
                expectProblem(answer, 405, instance: path, "\(method) \(path)")
                #expect(Set(answer.list("Allow")) == methods, "\(method) \(path)")
            }
        }
        // RFC 9110 §9.1: a method that nothing here knows is not implemented, whatever the path.
        for method in ["PROPFIND", "get"] {
            expectProblem(try program.perform(Ask(method, "/articles")), 501, instance: nil, method)
        }
    }
}
