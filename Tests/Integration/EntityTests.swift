import Testing

/// Entities: declared by an editor or found in articles, changed, withdrawn, merged.
struct EntityTests {
    @Test func aDeclaredEntityHasAReadableName() throws {
        let program = try Program.start()
        let posted = try program.post(
            "/entities",
            [
                "type": "person", "name": "Żaneta O’Neil", "aliases": ["Z. O'Neil"],
                "sameAs": ["https://www.wikidata.org/wiki/Q1"], "description": "A writer.",
            ])
        #expect(posted.status == 201, "\(posted.text)")
        let id = try #require(posted.json.id.asString)
        #expect(id.wholeMatch(of: /[a-z0-9]+(-[a-z0-9]+)*/) != nil, "\(id)")
        #expect(pathAndQuery(posted["Location"] ?? "") == "/entities/\(id)" && posted["ETag"] != nil)
        #expect(posted.json.origin == "editor" && posted.json.articles == 0)
        let found = try program.get("/entities/\(id)")
        #expect(found.status == 200 && found.body == posted.body && found["ETag"] == posted["ETag"])
        #expect(
            found.json.name == "Żaneta O’Neil" && found.json.aliases == ["Z. O'Neil"]
                && found.json["description"] == "A writer.")
    }

    @Test func aTakenNameGetsANumber() throws {
        let program = try Program.start()
        let ids = try ["person", "place", "organization"].map {
            try program.post("/entities", ["type": .string($0), "name": "Jordan"]).json.id.asString ?? ""
        }
        #expect(
            Set(ids).count == 3 && ids[0] == "jordan"
                && ids.allSatisfy { $0.wholeMatch(of: /jordan(-[0-9]+)?/) != nil }, "\(ids)")
    }

    @Test func articlesThatNameTheSameMeetInOneEntity() throws {
        let program = try Program.start()
        let person: Value = ["type": "person", "name": "Anna Nowak"]
        let ids = try program.publish(all: (0..<3).map { Sample.article($0).with(["entities": [person]]) })
        let entity = try program.get("/entities/anna-nowak").json
        #expect(entity.articles == 3 && entity.firstSeen.asString != nil && entity.lastSeen.asString != nil)
        let list = try program.get("/entities").json
        #expect(list.page.total == 1 && list.data.each("id") == ["anna-nowak"])
        let articles = try program.get("/entities/anna-nowak/articles")
        #expect(articles.json.page.total == 3)
        #expect(Set(articles.json.data.each("id").compactMap(\.asString)) == Set(ids))
        _ = try program.delete("/articles/\(ids[0])")
        #expect(try program.get("/entities/anna-nowak").json.articles == 2)
    }

    @Test func anAliasIsTheSameEntity() throws {
        let program = try Program.start()
        _ = try program.post("/entities", ["type": "place", "name": "Kyiv", "aliases": ["Kiev"]])
        let article = try program.publish(Sample.article(1).with(["entities": [["type": "place", "name": "Kiev"]]]))
        #expect(article.entities.each("id") == ["kyiv"])
        #expect(try program.get("/articles?entity=Kiev").json.data.each("id") == [article.id])
    }

    @Test func theListIsFilteredAndPaged() throws {
        let program = try Program.start()
        for number in 0..<25 {
            _ = try program.post(
                "/entities", ["type": number % 2 == 0 ? "person" : "place", "name": .string("Name \(number)")])
        }
        let all = try program.all("/entities?limit=4").compactMap(\.id.asString)
        #expect(all.count == 25 && Set(all).count == 25)
        let first = try program.get("/entities?limit=4").json
        #expect(first.page.total == 25 && first.data.asArray.count == 4)
    }

    @Test func anEditorChangesAndWithdraws() throws {
        let program = try Program.start()
        let posted = try program.post("/entities", ["type": "organization", "name": "White House"])
        let path = "/entities/" + (posted.json.id.asString ?? "")
        let patched = try program.patch(path, ["description": "Residence and office.", "aliases": ["The White House"]])
        #expect(patched.status == 200 && patched["ETag"] != posted["ETag"])
        #expect(patched.json["description"] == "Residence and office." && patched.json.name == "White House")
        #expect(try program.get(path).body == patched.body)
        #expect(try program.delete(path).status == 204)
        expectProblem(try program.get(path), 410)
        expectProblem(try program.patch(path, ["description": "x"]), 410)
        #expect(try program.get("/entities").json.page.total == 0)
        expectProblem(try program.get("/entities/nobody"), 404)
        expectProblem(try program.get("/entities/nobody/articles"), 404)
        expectProblem(try program.delete("/entities/nobody"), 404)
    }

    @Test func whatIsNoEntityIsRefused() throws {
        let program = try Program.start()
        expectProblem(try program.post("/entities", ["type": "person"]), 400)
        expectProblem(try program.post("/entities", ["type": "ghost", "name": "Boo"]), 400, pointer: "/type")
        expectProblem(
            try program.post("/entities", ["type": "person", "name": 3]), 400, code: "wrong-type", pointer: "/name")
        expectProblem(
            try program.post("/entities", ["type": "person", "name": "A", "shoe": 43]), 400, code: "unknown-field",
            pointer: "/shoe")
        #expect(try program.get("/entities").json.page.total == 0)
    }

    @Test func twoThatAreOneAreMerged() throws {
        let program = try Program.start()
        let ids = try program.publish(all: [
            Sample.article(0).with(["entities": [["type": "person", "name": "Volodymyr Zelensky"]]]),
            Sample.article(1).with(["entities": [["type": "person", "name": "Zelenskyy"]]]),
            Sample.article(2).with([
                "entities": [
                    ["type": "person", "name": "Zelenskyy"], ["type": "person", "name": "Volodymyr Zelensky"],
                ]
            ]),
        ])
        let merged = try program.post("/entities/zelenskyy/merge", ["into": "volodymyr-zelensky"])
        #expect(merged.status == 200, "\(merged.text)")
        let old = try program.get("/entities/zelenskyy")
        #expect(old.status == 308 && pathAndQuery(old["Location"] ?? "") == "/entities/volodymyr-zelensky")
        let heir = try program.get("/entities/volodymyr-zelensky").json
        #expect(heir.articles == 3 && heir.aliases.asArray.contains("Zelenskyy"))
        #expect(
            Set(try program.get("/entities/volodymyr-zelensky/articles").json.data.each("id").compactMap(\.asString))
                == Set(ids))
        #expect(try program.get("/entities").json.page.total == 1)
        #expect(try program.get("/articles/\(ids[1])").json.entities.each("id") == ["volodymyr-zelensky"])

        // What comes later under the old name is the heir's too, also after a restart.
        try program.restart()
        let later = try program.publish(
            Sample.article(3).with(["entities": [["type": "person", "name": "Zelenskyy"]]]))
        #expect(later.entities.each("id") == ["volodymyr-zelensky"])
        #expect(try program.get("/entities/zelenskyy").status == 308)
    }

    @Test func mergesFollowOneAnotherAndMakeNoRing() throws {
        let program = try Program.start()
        for name in ["A One", "B Two", "C Three"] {
            _ = try program.post("/entities", ["type": "person", "name": .string(name)])
        }
        #expect(try program.post("/entities/a-one/merge", ["into": "b-two"]).status == 200)
        #expect(try program.post("/entities/b-two/merge", ["into": "c-three"]).status == 200)
        // Either hop by hop or at once, the first leads to the last.
        var path = "/entities/a-one"
        for _ in 0..<3 {
            let answer = try program.get(path)
            guard answer.status == 308 else { break }
            path = pathAndQuery(answer["Location"] ?? "")
        }
        #expect(path == "/entities/c-three")
        for (from, into) in [("c-three", "c-three"), ("c-three", "a-one"), ("c-three", "nobody")] {
            let answer = try program.post("/entities/\(from)/merge", ["into": .string(into)])
            #expect((400..<500).contains(answer.status), "\(from) into \(into): \(answer.status)")
        }
        #expect(try program.get("/entities/c-three").status == 200)
        expectProblem(try program.post("/entities/nobody/merge", ["into": "c-three"]), 404)
        expectProblem(try program.post("/entities/c-three/merge", [:]), 400)
    }
}
