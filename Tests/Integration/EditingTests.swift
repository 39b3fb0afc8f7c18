import Testing

/// What an editor does to entities and events is seen in the articles that name them, at once and after a replay.
struct EditingTests {
    private let visit = Sample.visit.with([
        "events": [
            [
                "title": "Visit", "start": "2023-11-20", "place": "Kyiv",
                "participants": [["name": "Lloyd Austin", "role": "visitor"]],
            ]
        ],
        "quotes": [["speaker": "Lloyd Austin", "text": "We stay"]],
    ])

    /// The journal is sound, and what it is replayed to is what was served.
    private func expectReplayEquals(_ program: Program, at location: SourceLocation = #_sourceLocation) throws {
        let targets =
            ["/articles", "/entities", "/events"] + (try program.all("/articles").map { "/articles/\($0.id.asString ?? "")" })
            + (try program.all("/entities").map { "/entities/\($0.id.asString ?? "")/articles" })
        func state() throws -> [String] { try targets.map { try program.get($0).text } }
        let before = try state()
        let check = try Program.run("check", "--data", program.data.path)
        #expect(check.exit == .status(0), "\(String(decoding: check.output, as: UTF8.self))", sourceLocation: location)
        try program.restart()
        #expect(try state() == before, sourceLocation: location)
    }

    @Test func mergesFollowOneAnotherThroughTheArticles() throws {
        let program = try Program.start()
        let names = ["A One", "B Two", "C Three"]
        let ids = try program.publish(
            all: names.enumerated().map {
                Sample.article($0.offset).with([
                    "entities": [["type": "person", "name": .string($0.element)]],
                    "quotes": [["speaker": .string($0.element), "text": "Yes."]],
                ])
            })
        #expect(try program.post("/entities/a-one/merge", ["into": "b-two"]).status == 200)
        #expect(try program.post("/entities/b-two/merge", ["into": "c-three"]).status == 200)
        for id in ids {
            let article = try program.get("/articles/\(id)").json
            #expect(article.entities.each("id") == ["c-three"] && article.quotes[0].speaker == "c-three", "\(article)")
            #expect(article.version == 1, "an editor's word makes no version of the article")
        }
        for old in ["a-one", "b-two"] {
            #expect(try program.get("/entities/\(old)")["Location"].map(pathAndQuery) == "/entities/c-three")
            #expect(
                try program.get("/entities/\(old)/articles?limit=2")["Location"].map(pathAndQuery) == "/entities/c-three/articles?limit=2")
            #expect(try program.get("/articles?entity=\(old)").json.page.total == 3)
            expectProblem(try program.patch("/entities/\(old)", ["description": "x"]), 409)
        }
        let heir = try program.get("/entities/c-three").json
        #expect(heir.articles == 3 && Set(heir.aliases.asArray) == ["A One", "B Two"])
        #expect(try program.get("/articles?entity=A%20One").json.page.total == 3)
        try expectReplayEquals(program)
    }

    @Test func aNewNameStandsInEveryArticle() throws {
        let program = try Program.start()
        let id = try #require(try program.publish(visit).id.asString)
        let path = "/articles/\(id)"
        let before = try program.get(path)
        #expect(try program.patch("/entities/lloyd-austin", ["name": "Lloyd J. Austin III"]).status == 200)
        let after = try program.get(path)
        #expect(after.json.entities[0].name == "Lloyd J. Austin III" && after.json.entities[0].id == "lloyd-austin")
        #expect(after["ETag"] != before["ETag"] && after.json.version == before.json.version)
        #expect(try program.get(path, ["If-None-Match": before["ETag"] ?? ""]).status == 200)
        expectProblem(try program.put(path, visit, ["If-Match": before["ETag"] ?? ""]), 412)
        #expect(try program.patch("/events/2023-11-20-visit", ["title": "The visit"]).status == 200)
        #expect(try program.get(path).json.events[0].title == "The visit")
        try expectReplayEquals(program)
    }

    @Test func whatIsDeletedLeavesItsArticles() throws {
        let program = try Program.start()
        let id = try #require(try program.publish(visit).id.asString)
        #expect(try program.delete("/entities/lloyd-austin").status == 204)
        let article = try program.get("/articles/\(id)").json
        #expect(article.entities.each("id") == ["kyiv"] && article.quotes[0].speaker == .absent)
        #expect(try program.get("/events/2023-11-20-visit").json.participants.asArray.isEmpty)
        #expect(try program.get("/articles?entity=lloyd-austin").json.page.total == 0)
        #expect(try program.delete("/entities/kyiv").status == 204)
        #expect(try program.get("/articles/\(id)").json.entities == .absent)
        #expect(try program.get("/events/2023-11-20-visit").json.place == .absent)
        #expect(try program.delete("/events/2023-11-20-visit").status == 204)
        #expect(try program.get("/articles/\(id)").json.events == .absent)
        #expect(try program.get("/articles/\(id)").json.body == visit.body)
        for list in ["/entities", "/events"] { #expect(try program.get(list).json.page.total == 0) }
        try expectReplayEquals(program)
    }

    @Test func eachWriterIsAnsweredWithWhatTheyWrote() throws {
        let program = try Program.start()
        _ = try program.post("/entities", ["type": "person", "name": "Many"])
        let answers = try program.together(
            (0..<32).map { number in
                var ask = Ask("PATCH", "/entities/many", json: ["description": "By \(number)"])
                ask.fields.append(("X-Number", "\(number)"))
                return ask
            }
        ).map { try $0.get() }
        #expect(answers.map { $0.json["description"] } == (0..<32).map { "By \($0)" })
        #expect(Set(answers.compactMap { $0["ETag"] }).count == 32)
    }
}
