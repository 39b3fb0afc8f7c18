import HTTPTypes
import HTTPWire
import JSON
import NewsAPI
import Testing

struct RouteTests {
    /// A path, the route that serves it, and what stands for the id.
    @Test(
        arguments: [
            ("/articles", "/articles", ""), ("/articles/a", "/articles/{id}", "a"), ("/articles/a%2Fb", "/articles/{id}", "a%2Fb"),
            ("/articles/a/versions", "/articles/{id}/versions", "a"),
            ("/entities", "/entities", ""), ("/entities/lloyd-austin", "/entities/{id}", "lloyd-austin"),
            ("/entities/é", "/entities/{id}", "é"), ("/entities/x/articles", "/entities/{id}/articles", "x"),
            ("/entities/x/events", "/entities/{id}/events", "x"), ("/entities/x/merge", "/entities/{id}/merge", "x"),
            ("/events/x/merge", "/events/{id}/merge", "x"), ("/events/versions", "/events/{id}", "versions"),
            ("/changes", "/changes", ""), ("/livez", "/livez", ""), ("/readyz", "/readyz", ""), ("/openapi.json", "/openapi.json", ""),
        ] as [(String, String, String)])
    func matches(_ path: String, route: String, identifier: String) {
        let matching = Route.table.filter { $0.match(Array(path.utf8)[...]) != nil }
        #expect(matching.map(\.path) == [route])
        #expect(matching.first?.match(Array(path.utf8)[...]).map { String(decoding: $0, as: UTF8.self) } == identifier)
        // A part of a longer buffer, as it comes from the wire.
        let buffer = Array("GET \(path) HTTP/1.1".utf8)
        #expect(matching.first?.match(buffer[4..<4 + path.utf8.count]).map { String(decoding: $0, as: UTF8.self) } == identifier)
    }

    @Test(arguments: [
        "/", "/article", "/articlesx", "/articles/", "/articles//", "/articles//versions", "/articles/a/", "/articles/a/version",
        "/articles/a/versions/", "/articles/a/versions/1", "//articles",
        "/Articles", "/articles;x", "/entities/a/b/c", "/openapi", "/openapi.json/", "/livezz", "articles", "*", "/entities/x/merge/y",
    ])
    func matchesNothing(_ path: String) {
        #expect(Route.table.allSatisfy { $0.match(Array(path.utf8)[...]) == nil })
    }

    @Test func methods() async throws {
        let client = try Client()
        #expect(await client.get("/nothing").body == Array("file".utf8))
        let refused = await client.ask(.delete, "/articles")
        #expect(
            refused.status == 405 && refused.fields["allow"] == "GET, POST, HEAD, OPTIONS"
                && refused["type"]?.text == "urn:dateline:problem:method-not-allowed")
        let options = await client.ask(.options, "/articles/x")
        #expect(options.status == 204 && options.fields["allow"] == "GET, PUT, PATCH, DELETE, HEAD, OPTIONS")
        #expect(await client.ask(.options, "*").fields["allow"]?.contains("PATCH") == true)
        #expect(await client.ask(.head, "/livez").status == 200)
        for path in ["/livez", "/readyz", "/openapi.json", "/articles", "/entities", "/events", "/changes"] {
            #expect(await client.get(path).status == 200, "\(path)")
        }
    }

    /// Every route, operation and parameter of the table is in the description, which is JSON.
    @Test func theDescriptionIsWhole() async throws {
        let description = try await Client().get("/openapi.json")
        guard case .object(let paths) = description["paths"] else {
            Issue.record("there are no paths")
            return
        }
        #expect(paths.map(\.name) == Route.table.map(\.path))
        #expect(description["openapi"]?.text == "3.1.0")
        guard case .object(let schemas) = description["components", "schemas"] else {
            Issue.record("there are no schemas")
            return
        }
        // Every schema that is pointed to is there.
        let text = String(decoding: description.body, as: UTF8.self)
        let names = Set(schemas.map(\.name))
        let references = text.matches(of: /"#\/components\/schemas\/(\w+)"/).map { String($0.1) }
        #expect(!references.isEmpty && references.allSatisfy(names.contains))
    }

    @Test(arguments: [
        ("*/*", 200), ("application/json", 200), ("application/*;q=0.1", 200), ("text/html, */*;q=0.1", 200), ("text/html", 406),
        ("application/json;q=0", 406), ("image/*", 406),
        ("application/x-ndjson", 406), ("application/problem+json", 406),
    ])
    func accept(_ accept: String, status: Int) async throws {
        #expect(try await Client().ask(.get, "/articles", fields: [.accept: accept]).status == status)
    }
}

struct ProblemTests {
    /// Every kind of problem there is renders as one: valid JSON with its type, title and status.
    @Test(arguments: ProblemKind.catalogue)
    func renders(_ kind: ProblemKind) throws {
        let nasty = "quote \" backslash \\ control \u{1} 😀"
        var problem = Problem(JSONError(.badValue, pointer: "/a~1b", offset: 7, detail: nasty))
        problem.kind = kind
        let request = Request(method: .get, target: "/articles?q=\"")
        let answer = Answer(problem.response(to: request))
        #expect(answer.fields["content-type"] == "application/problem+json" && answer.fields["cache-control"] == "no-store")
        #expect(
            answer["type"]?.text == "urn:dateline:problem:\(kind.code)" && answer["title"]?.text == kind.title
                && answer["detail"]?.text == nasty)
        #expect(
            answer["status"]?.text == "\(answer.status)" && (400..<600).contains(answer.status) && answer["instance"]?.text == "/articles")
        #expect(answer.fault == ["/a~1b", "bad-value"])
        #expect((answer.fields["retry-after"] != nil) == (answer.status == 503))
        #expect(kind.code.wholeMatch(of: /[a-z]+(-[a-z0-9]+)*/) != nil && !kind.title.isEmpty)
    }

    @Test func theCatalogueHasNoTwins() {
        let kinds = ProblemKind.catalogue
        #expect(Set(kinds.map { "\($0.code) \($0.status)" }).count == kinds.count)
        for error in WireError.catalogue {
            let answer = Answer(API.problem(error))
            #expect(answer.status == error.status.code && answer["type"]?.text == "urn:dateline:problem:\(error.code)")
        }
    }
}
