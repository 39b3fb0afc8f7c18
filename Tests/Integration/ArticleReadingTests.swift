import Foundation
import Testing

/// What is posted is read, and linked, over HTTP.
struct ArticleReadingTests {
    private func article(_ number: Int, _ body: String) -> Value {
        [
            "uri": .string(Sample.uri(number)), "headline": .string("Day \(number)"), "body": .string(body),
            "published": "2017-06-06T10:00:00Z", "source": ["name": .string("Wire \(number)")],
        ]
    }

    private static let visit =
        "German Chancellor Angela Merkel arrived in Ottawa on Monday and met Prime Minister Justin Trudeau. "
        + "“We will stand together in these hard times,” Merkel said. “Nobody should doubt that for a moment,” she said."

    @Test func anArticleComesBackRead() throws {
        let program = try Program.start(reads: true)
        let posted = try program.post("/articles", article(1, Self.visit))
        #expect(posted.status == 201, "\(posted.text)")
        let id = try #require(posted.json.id.asString)
        #expect(posted.json.language == "en" && posted.json.reading.language == "words")
        #expect(posted.json.entities.each("id").contains("angela-merkel"))
        #expect(try program.post("/articles", article(1, Self.visit)).json.version == 1)
        #expect(try program.put("/articles/\(id)", posted.json).json.version == 1)
        #expect(try program.get("/articles?entity=Justin%20Trudeau").json.page.total == 1)
        let events = try program.get("/entities/angela-merkel/events").json.data
        #expect(events.asArray.contains { $0.start == "2017-06-05" && $0.origin == "reader" }, "\(events)")
        // A second source tells the same.
        _ = try program.publish(article(2, "Angela Merkel met Justin Trudeau in Ottawa on Monday, it was said there."))
        #expect(try program.get("/events?min_sources=2").json.page.total == 1)
        let state = try ["/articles/\(id)", "/articles", "/entities", "/events"].map { try program.get($0).text }
        try program.restart()
        #expect(try ["/articles/\(id)", "/articles", "/entities", "/events"].map { try program.get($0).text } == state)
        let check = try Program.run("check", "--data", program.data.path)
        #expect(check.exit == .status(0), "\(String(decoding: check.output, as: UTF8.self))")
    }

    @Test func aStoryIsListedAndCollapsed() throws {
        let program = try Program.start(reads: true)
        let first = try #require(try program.publish(article(1, Self.visit)).id.asString)
        let copy = try #require(try program.publish(article(2, Self.visit + " That was all.")).id.asString)
        let alone = try #require(
            try program.publish(article(3, "Three hens laid blue eggs in a shed near Ulm, farmer Otto Lang said.")).id.asString)
        for id in [first, copy] {
            let story = try program.get("/articles/\(id)/story").json
            #expect(Set(story.data.each("id")) == [.string(first), .string(copy)] && story.page.total == 2, "\(story)")
            #expect(try program.get("/articles/\(id)").json.original == .string(first))
        }
        #expect(try program.get("/articles/\(alone)/story").json.data.each("id") == [.string(alone)])
        #expect(try program.get("/articles").json.page.total == 3)
        for collapse in ["story", "duplicate"] {
            let list = try program.get("/articles?collapse=\(collapse)&limit=1").json
            #expect(list.page.total == 2)
            let rest = try program.get(try #require(list.page.next.asString)).json
            #expect(rest.page.total == 2 && rest.data.asArray.count == 1 && rest.page.next == .null)
        }
        expectProblem(try program.get("/articles?collapse=source"), 400, "no such thing")
        #expect(try program.get("/articles/\(Sample.unknownID)/story").status == 404)
    }

    @Test func quotesAreListedWithTheirArticles() throws {
        let program = try Program.start(reads: true)
        for number in 1...3 { _ = try program.publish(article(number, Self.visit)) }
        let all = try program.get("/entities/angela-merkel/quotes").json
        #expect(all.page.total == 6 && all.data.asArray.count == 6 && all.page.next == .null, "\(all)")
        #expect(all.data[0].headline != .absent && all.data[0].text == "We will stand together in these hard times")
        #expect(try program.get("/entities/angela-merkel").json.quotes == 6)
        for limit in 1...5 {
            var pages: [Value] = []
            var next: String? = "/entities/angela-merkel/quotes?limit=\(limit)"
            while let target = next {
                let page = try program.get(target).json
                #expect(page.page.total == 6)
                pages += page.data.asArray
                next = page.page.next.asString
            }
            #expect(pages == all.data.asArray, "limit \(limit)")
        }
        expectProblem(try program.get("/entities/angela-merkel/quotes?cursor=AAAA"), 400, "a cursor from nowhere")
        expectProblem(try program.get("/entities/nobody/quotes"), 404, "nobody")
    }

    @Test func editorsHaveTheLastWord() throws {
        let program = try Program.start(reads: true)
        let one = try #require(try program.publish(article(1, Self.visit)).id.asString)
        let two = try #require(try program.publish(article(2, Self.visit)).id.asString)
        let split = try program.post(
            "/entities/angela-merkel/split", ["name": "Angela Merkel", "id": "other-merkel", "articles": [.string(two)]])
        #expect(split.status == 201 && split["Location"].map(pathAndQuery) == "/entities/other-merkel", "\(split.text)")
        #expect(try program.get("/articles/\(one)").json.entities.each("id").contains("angela-merkel"))
        #expect(try program.get("/articles/\(two)").json.entities.each("id").contains("other-merkel"))
        expectProblem(try program.post("/entities/angela-merkel/split", ["name": "X", "articles": [.string(two)]]), 400, "not its article")
        expectProblem(try program.post("/entities/angela-merkel/split", ["name": "X"]), 400, "no articles")
        #expect(try program.send("POST", "/entities/justin-trudeau/reject", [], as: "application/json").status == 204)
        #expect(try program.get("/entities/justin-trudeau").status == 410)
        let third = try program.publish(article(3, Self.visit))
        #expect(!third.entities.each("name").contains("Justin Trudeau"))
        expectProblem(try program.send("POST", "/entities/nobody/reject", [], as: "application/json"), 404, "nobody")
    }

    @Test func whatIsStoredCanBeReadAgain() throws {
        let program = try Program.start()
        let id = try #require(try program.publish(article(1, Self.visit)).id.asString)
        #expect(try program.get("/articles/\(id)").json.entities == .absent)
        _ = try program.terminate()
        let first = try Program.run("reread", "--data", program.data.path)
        #expect(String(decoding: first.output, as: UTF8.self).contains("1 articles looked at, 1 with new findings"), "\(first)")
        let second = try Program.run("reread", "--data", program.data.path)
        #expect(String(decoding: second.output, as: UTF8.self).contains("1 articles looked at, 0 with new findings"), "\(second)")
        let after = try Program.start(data: program.data, arguments: ["--reread"], reads: true)
        #expect(after.waitForLog { $0.contains("everything is read") })
        #expect(try after.get("/articles/\(id)").json.entities.each("id").contains("angela-merkel"))
        #expect(try after.get("/articles/\(id)").json.version == 1)
        #expect(try after.get("/changes").json.data.each("kind").contains("article-read"))
    }
}
