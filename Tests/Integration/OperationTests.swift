import Testing

/// What operators and generators of clients ask.
struct OperationTests {
    @Test func itIsAliveAndReady() throws {
        let program = try Program.start()
        for path in ["/livez", "/readyz"] {
            #expect(try program.get(path).status == 200, "\(path)")
            #expect(try program.head(path).status == 200, "\(path)")
        }
    }

    @Test func seedsAreThereUnlessLeftOut() throws {
        let program = try Program.start(seeds: true)
        let total = try #require(try program.get("/articles").json.page.total.asInt)
        #expect(total >= 12)
        for list in ["/articles", "/entities", "/events"] {
            let items = try program.all(list)
            #expect(!items.isEmpty)
            for item in items {
                #expect(try program.get("\(list)/\(item.id.asString ?? "")").status == 200, "\(item.id)")
            }
        }
        // They are for an empty folder only: what was withdrawn doesn't come back.
        let id = try #require(try program.get("/articles").json.data[0].id.asString)
        _ = try program.delete("/articles/\(id)")
        try program.restart()
        #expect(try program.get("/articles").json.page.total == .int(total - 1))
        #expect(try Program.start().get("/articles").json.page.total == 0)
    }

    @Test func flagsCanBeGivenByEnvironment() throws {
        let folder = try Folder()
        let program = try Program.start(environment: ["DATELINE_PUBLIC": folder.path])
        try folder.write("from-environment.txt", "here".utf8)
        #expect(try program.get("/from-environment.txt").text == "here")
    }

    @Test func everyPathOfTheDocumentAnswers() throws {
        let program = try Program.start()
        let answer = try program.get("/openapi.json")
        #expect(answer.status == 200 && answer.mediaType?.hasSuffix("json") == true)
        let document = answer.json
        #expect(document.openapi.asString?.hasPrefix("3.1") == true && document.info.title.asString != nil)
        #expect(document.info.version.asString != nil)
        let paths = document.paths.asObject
        for path in [
            "/articles", "/articles/{id}", "/articles/{id}/versions", "/articles/{id}/similar",
            "/facets", "/timeline", "/entities", "/entities/suggest", "/entities/{id}", "/entities/{id}/related",
            "/entities/{id}/timeline", "/entities/{id}/articles", "/entities/{id}/events", "/entities/{id}/merge", "/events",
            "/events/{id}", "/events/{id}/articles", "/changes", "/livez", "/readyz", "/openapi.json",
        ] {
            #expect(paths[path] != nil, "\(path) isn't described")
        }
        var names: Set<String> = []
        for (path, item) in paths.sorted(by: { $0.key < $1.key }) {
            // Brings the resources that the path may name; the first time only, as the same again changes nothing.
            let article = try program.post("/articles", Sample.visit).json
            let id =
                path.hasPrefix("/articles")
                ? article.id : path.hasPrefix("/entities") ? article.entities[0].id : article.events[0].id
            let required = item.get.parameters.asArray.filter { $0.required == true }.compactMap { $0.name.asString.map { "\($0)=k" } }
            let target =
                path.replacing("{id}", with: id.asString ?? "") + (required.isEmpty ? "" : "?" + required.joined(separator: "&"))
            let described = Set(item.asObject.keys.map { $0.uppercased() }).intersection([
                "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS",
            ])
            #expect(!described.isEmpty, "\(path)")
            let allowed = Set(try program.options(target).list("Allow"))
            #expect(described.subtracting(["HEAD", "OPTIONS"]) == allowed.subtracting(["HEAD", "OPTIONS"]), "\(path)")
            for method in described.subtracting(["OPTIONS"]).sorted() {
                // A condition that does not hold keeps what is there.
                let isFinal = method == "DELETE" || path.hasSuffix("/reject")
                let answer = try program.perform(Ask(method, target, isFinal ? ["If-Match": "\"none\""] : [:]))
                if method == "GET" || method == "HEAD" {
                    #expect(answer.status == 200, "\(method) \(target): \(answer.text.prefix(200))")
                } else {
                    #expect(
                        (400..<500).contains(answer.status) && ![404, 405, 410].contains(answer.status),
                        "\(method) \(target): \(answer.status)")
                }
                let operation = item[method.lowercased()]
                #expect(!operation.responses.asObject.isEmpty, "\(method) \(path)")
                if let name = operation.operationId.asString {
                    #expect(names.insert(name).inserted, "\(name) is there twice")
                }
            }
        }
        expectReferencesResolve(in: document, of: document)
    }

    private func expectReferencesResolve(in value: Value, of document: Value) {
        if let reference = value["$ref"].asString {
            let target = reference.split(separator: "/").dropFirst().reduce(document) { $0[String($1)] }
            #expect(reference.hasPrefix("#/") && target != .absent, "\(reference)")
        }
        for member in value.asObject.values { expectReferencesResolve(in: member, of: document) }
        for element in value.asArray { expectReferencesResolve(in: element, of: document) }
    }

    @Test func theServerAsAWholeSaysWhatItCanDo() throws {
        let program = try Program.start()
        for version in ["1.1", "1.0"] {
            let socket = try program.socket()
            try socket.send("OPTIONS * HTTP/\(version)\r\nHost: x\r\nContent-Length: 0\r\n\r\n")
            let answer = try socket.response(to: "OPTIONS")
            #expect(answer.status == 204 && answer.body.isEmpty)
            #expect(
                Set(answer["Allow"]?.split(separator: ",").map { $0.trimming(" ") } ?? [])
                    == ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"])
        }
        // The asterisk is for OPTIONS alone (RFC 9112 §3.2.4), and a file's methods are a file's.
        let socket = try program.socket()
        try socket.send("GET * HTTP/1.1\r\nHost: x\r\n\r\n")
        #expect(try socket.response().status == 400)
        let file = try program.options("/index.html")
        #expect(file.status == 204 && Set(file.list("Allow")) == ["GET", "HEAD", "OPTIONS"])
    }

    @Test func headIsGetWithoutTheBody() throws {
        let program = try Program.start()
        let article = try program.publish(Sample.visit)
        let entity = article.entities[0].id.asString ?? ""
        let event = article.events[0].id.asString ?? ""
        let id = article.id.asString ?? ""
        for target in [
            "/articles", "/articles?limit=1", "/articles/\(id)", "/articles/\(id)/versions",
            "/articles/\(Sample.unknownID)", "/articles?foo=1",
            "/entities", "/entities/\(entity)", "/entities/\(entity)/articles", "/entities/\(entity)/events",
            "/events", "/events/\(event)", "/events/\(event)/articles", "/changes?since=0", "/livez", "/readyz",
            "/openapi.json", "/", "/nothing",
        ] {
            let get = try program.get(target)
            let head = try program.head(target)
            #expect(head.status == get.status && head.body.isEmpty, "\(target)")
            let changing: Set = ["date", "transfer-encoding"]
            func lines(_ answer: Answer) -> [String] {
                answer.fields.filter { !changing.contains($0.name.lowercased()) }.map { "\($0.name): \($0.value)" }
                    .sorted()
            }
            #expect(lines(head) == lines(get), "\(target)")
        }
    }

    @Test func everyAnswerIsDatedAndTyped() throws {
        let program = try Program.start()
        for target in ["/articles", "/nothing", "/livez", "/"] {
            let answer = try program.get(target)
            #expect(answer["Date"]?.hasSuffix(" GMT") == true, "\(target)")
            #expect(answer["Content-Type"] != nil, "\(target)")
        }
    }
}
