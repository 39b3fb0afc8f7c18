import Testing

/// Events: declared, found in articles, changed, merged.
struct EventTests {
    private let visit: Value = ["title": "Lloyd Austin visits Kyiv", "start": "2023-11-20", "status": "past"]

    @Test func aDeclaredEventHasADatedName() throws {
        let program = try Program.start()
        let posted = try program.post("/events", visit)
        #expect(posted.status == 201, "\(posted.text)")
        #expect(posted.json.id == "2023-11-20-lloyd-austin-visits-kyiv" && posted.json.origin == "editor")
        #expect(pathAndQuery(posted["Location"] ?? "") == "/events/2023-11-20-lloyd-austin-visits-kyiv")
        let found = try program.get("/events/2023-11-20-lloyd-austin-visits-kyiv")
        #expect(found.status == 200 && found.body == posted.body && found["ETag"] == posted["ETag"])
    }

    @Test func anArticlesEventsAreListedAndLinked() throws {
        let program = try Program.start()
        let article = try program.publish(Sample.visit)
        let event = try program.get("/events/2023-11-20-lloyd-austin-visits-kyiv").json
        #expect(event.title == "Lloyd Austin visits Kyiv" && event.start == "2023-11-20" && event.articles == 1)
        #expect(try program.get("/events").json.data.each("id") == [event.id])
        #expect(
            try program.get("/events/2023-11-20-lloyd-austin-visits-kyiv/articles").json.data.each("id") == [article.id]
        )
        #expect(try program.get("/articles?event=2023-11-20-lloyd-austin-visits-kyiv").json.page.total == 1)
        #expect(try program.get("/articles?event=another").json.page.total == 0)
    }

    @Test func participantsLinkEventsToEntities() throws {
        let program = try Program.start()
        _ = try program.post("/entities", ["type": "person", "name": "Lloyd Austin"])
        let event = try program.post(
            "/events", visit.with(["participants": [["id": "lloyd-austin", "role": "visitor"]]]))
        #expect(event.status == 201 && event.json.participants[0].id == "lloyd-austin", "\(event.text)")
        #expect(try program.get("/entities/lloyd-austin/events").json.data.each("id") == [event.json.id])
    }

    @Test func anEditorChangesAndWithdraws() throws {
        let program = try Program.start()
        let posted = try program.post("/events", visit)
        let path = "/events/" + (posted.json.id.asString ?? "")
        let patched = try program.patch(path, ["title": "A visit", "end": "2023-11-21"])
        #expect(patched.status == 200 && patched.json.title == "A visit" && patched.json.end == "2023-11-21")
        #expect(patched.json.id == posted.json.id && patched["ETag"] != posted["ETag"], "ids are stable for ever")
        #expect(try program.delete(path).status == 204)
        expectProblem(try program.get(path), 410)
        expectProblem(try program.get("/events/nothing"), 404)
        expectProblem(try program.get("/events/nothing/articles"), 404)
        #expect(try program.get("/events").json.page.total == 0)
    }

    @Test func whatIsNoEventIsRefused() throws {
        let program = try Program.start()
        expectProblem(try program.post("/events", ["start": "2023-11-20"]), 400)
        expectProblem(
            try program.post("/events", visit.with(["start": "2023-02-30"])), 400, code: "bad-date", pointer: "/start")
        expectProblem(try program.post("/events", visit.with(["status": "maybe"])), 400, pointer: "/status")
        expectProblem(
            try program.post("/events", visit.with(["colour": 1])), 400, code: "unknown-field", pointer: "/colour")
    }

    @Test func twoThatAreOneAreMerged() throws {
        let program = try Program.start()
        let ids = try program.publish(all: [
            Sample.article(0).with(["events": [["title": "Conference in Washington", "start": "2023-12-06"]]]),
            Sample.article(1).with(["events": [["title": "Defence industry conference", "start": "2023-12-06"]]]),
        ])
        let (old, heir) = ("2023-12-06-defence-industry-conference", "2023-12-06-conference-in-washington")
        #expect(try program.post("/events/\(old)/merge", ["into": .string(heir)]).status == 200)
        let answer = try program.get("/events/\(old)")
        #expect(answer.status == 308 && pathAndQuery(answer["Location"] ?? "") == "/events/\(heir)")
        #expect(
            Set(try program.get("/events/\(heir)/articles").json.data.each("id").compactMap(\.asString)) == Set(ids))
    }
}
