import Testing

/// What was got can be sent back, and what only the server says stays the server's word.
struct RoundTripTests {
    @Test func whatOnlyTheServerSaysIsTakenAndLeft() throws {
        let program = try Program.start()
        let posted = try program.post(
            "/articles", Sample.article(1).with(["id": .string(Sample.unknownID), "version": 17, "indexed": "1999-01-01T00:00:00Z"]))
        #expect(posted.status == 201 && posted.json.id == .string(Sample.unknownID), "the id is the client's to choose")
        #expect(posted.json.version == 1 && posted.json.indexed.asString?.hasPrefix("1999") == false)
        expectProblem(try program.post("/articles", ["headline": "x", "version": "one"]), 400, code: "wrong-type", pointer: "/version")
        expectProblem(try program.post("/articles", ["headline": "x", "id": "one"]), 400, pointer: "/id")
        expectProblem(try program.post("/articles", ["headline": "x", "indexed": "once"]), 400, code: "bad-date", pointer: "/indexed")
        let other = "018bed3a-0000-7000-8000-000000000001"
        expectProblem(try program.put("/articles/\(Sample.unknownID)", ["headline": "x", "id": .string(other)]), 409)
        expectProblem(try program.patch("/articles/\(Sample.unknownID)", ["id": .string(other)]), 409)
        expectProblem(try program.post("/articles", Sample.article(1).with(["id": .string(other)])), 409)
        #expect(try program.get("/articles").json.page.total == 1)
    }

    @Test func whatWasGotCanBeSentBack() throws {
        let program = try Program.start()
        let article = try program.publish(Sample.visit)
        let path = "/articles/\(article.id.asString ?? "")"
        let last = try program.changes().count
        for answer in [try program.put(path, article), try program.post("/articles", article), try program.patch(path, article)] {
            #expect(answer.status == 200 && answer.json == article, "\(answer.text)")
        }
        #expect(try program.changes().count == last, "nothing happened")
        for target in ["/entities/lloyd-austin", "/events/2023-11-20-lloyd-austin-visits-kyiv"] {
            let resource = try program.get(target)
            let answer = try program.patch(target, resource.json)
            #expect(answer.status == 200 && answer.body == resource.body, "\(answer.text)")
        }
        #expect(try program.changes().count == last)
    }

    @Test func aWithdrawnArticleIsPublishedAgainUnderItsOldId() throws {
        let program = try Program.start()
        let id = try #require(try program.publish(Sample.visit).id.asString)
        for (number, again) in [Sample.visit, Sample.visit.with(["uri": .absent, "id": .string(id)])].enumerated() {
            #expect(try program.delete("/articles/\(id)").status == 204)
            expectProblem(try program.get("/articles/\(id)/versions"), 410)
            let posted = try program.post("/articles", again)
            #expect(posted.status == 200 && posted.json.id == .string(id), "\(posted.text)")
            #expect(posted.json.version == .int(number + 2))
            #expect(try program.get("/articles/\(id)").body == posted.body)
            #expect(try program.get("/articles").json.page.total == 1)
        }
        let versions = try program.get("/articles/\(id)/versions").json
        #expect(versions.data.each("version") == [3, 2, 1] && versions.page.total == 3, "the newest first")
    }

    @Test func aBatchNamesItsFaultsByTheWholeDocument() throws {
        let program = try Program.start()
        let unknown: Value = ["headline": "x", "entities": [["id": "nobody"]]]
        let answer = try program.post(
            "/articles",
            [
                Sample.article(0), ["headline": "x", "keywords": ["a", 1]], unknown, ["headline": "x", "published": "soon"],
                Sample.article(4),
            ])
        let results = answer.json.data
        #expect(results.each("status") == [201, 400, 400, 400, 201])
        #expect(
            results.asArray.map { $0.errors[0].pointer } == [.absent, "/1/keywords/1", "/2/entities/0/id", "/3/published", .absent])
        #expect(results[1].errors[0].offset.asInt.map { $0 > 0 } == true)
        #expect(results[2].errors[0].offset == .absent, "it was found when the bytes were long read")
        expectProblem(try program.post("/articles", unknown), 400, pointer: "/entities/0/id")
        #expect(try program.get("/articles").json.page.total == 2)
    }
}
