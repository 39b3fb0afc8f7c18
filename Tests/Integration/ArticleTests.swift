import Testing

/// One article at a time: every method, every outcome.
struct ArticleTests {
    @Test func aNewArticleIsAnsweredWholeAndFoundAgain() throws {
        let program = try Program.start()
        let posted = try program.post("/articles", Sample.visit)
        #expect(posted.status == 201, "\(posted.text)")
        #expect(posted.mediaType == "application/json")
        let article = posted.json
        let id = try #require(article.id.asString)
        #expect(id.wholeMatch(of: /[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/) != nil)
        #expect(article.version == 1 && article.status == "usable" && article.indexed.asString != nil)
        for name in [
            "uri", "headline", "summary", "body", "contentType", "language", "byline", "located", "source", "url",
            "authors", "section", "keywords", "published",
        ] {
            #expect(article[name] == Sample.visit[name], "\(name)")
        }
        let location = try #require(posted["Location"])
        #expect(pathAndQuery(location) == "/articles/\(id)")
        let found = try program.get("/articles/\(id)")
        #expect(found.status == 200 && found.body == posted.body)
        #expect(found["ETag"] == posted["ETag"] && found["ETag"]?.hasPrefix("\"") == true)
        #expect(found["Last-Modified"]?.hasSuffix(" GMT") == true)
    }

    @Test func headlineOrBodyIsEnough() throws {
        let program = try Program.start()
        #expect(try program.publish(["headline": "Only a headline"]).headline == "Only a headline")
        #expect(try program.publish(["body": "Only a body."]).body == "Only a body.")
        expectProblem(try program.post("/articles", ["section": "world"]), 400)
        expectProblem(try program.post("/articles", [:]), 400)
        #expect(try program.get("/articles").json.page.total == 2)
    }

    @Test func withoutUriTheSameTextIsAnotherArticle() throws {
        let program = try Program.start()
        let first = try program.publish(["headline": "Twice"])
        let second = try program.publish(["headline": "Twice"])
        #expect(first.id != second.id)
    }

    @Test func aKnownUriIsANewVersion() throws {
        let program = try Program.start()
        let first = try program.post("/articles", Sample.article(1))
        let second = try program.post("/articles", Sample.article(1, headline: "Corrected"))
        #expect(second.status == 200 && second.json.version == 2 && second.json.id == first.json.id)
        #expect(second.json.headline == "Corrected" && second["ETag"] != first["ETag"])
        let found = try program.get("/articles/\(first.json.id.asString ?? "")")
        #expect(found.body == second.body)
        #expect(try program.get("/articles").json.page.total == 1)
    }

    @Test func theSameAgainChangesNothing() throws {
        let program = try Program.start()
        let first = try program.post("/articles", Sample.visit)
        let changes = try program.changes().count
        let again = try program.post("/articles", Sample.visit)
        #expect(again.status == 200 && again.body == first.body && again["ETag"] == first["ETag"])
        #expect(try program.changes().count == changes)
    }

    @Test func anArrayIsAnsweredInOrderAndABadOneSpoilsOnlyItself() throws {
        let program = try Program.start()
        _ = try program.publish(Sample.article(0))
        let answer = try program.post(
            "/articles",
            [
                Sample.article(1), ["headline": 7], Sample.article(0, headline: "New"),
                ["published": "soon", "headline": "x"],
            ])
        #expect(answer.status == 200)
        let results = answer.json.data
        #expect(results.each("status") == [201, 400, 200, 400])
        #expect(results[0].version == 1 && results[2].version == 2)
        let location = try #require(results[0].location.asString)
        #expect(try program.get(pathAndQuery(location)).json.uri == .string(Sample.uri(1)))
        #expect(results[1].errors[0].pointer == "/1/headline" && results[1].errors[0].code == "wrong-type")
        #expect(results[3].errors[0].pointer == "/3/published" && results[3].errors[0].code == "bad-date")
        #expect(try program.get("/articles").json.page.total == 2)
        #expect(try program.post("/articles", []).json.data == [])
    }

    @Test func linesAreAnsweredByNumberAndBlankOnesSkipped() throws {
        let program = try Program.start()
        let text =
            "{\"headline\":\"one\"}\n\n   \r\n{\"headline\":}\n{\"headline\":\"three\",\"colour\":\"red\"}\n{\"headline\":\"four\"}"
        let answer = try program.send("POST", "/articles", text.utf8, as: "application/x-ndjson")
        #expect(answer.status == 200 && answer.mediaType == "application/x-ndjson")
        #expect(answer.lines.each("line") == [1, 4, 5, 6])
        #expect(answer.lines.each("status") == [201, 400, 400, 201])
        #expect(answer.lines[1].errors[0].code == "malformed-json")
        #expect(answer.lines[2].errors[0].code == "unknown-field" && answer.lines[2].errors[0].pointer == "/colour")
        for line in [answer.lines[0], answer.lines[3]] {
            #expect(try program.get("/articles/\(line.id.asString ?? "")").status == 200)
        }
    }

    @Test func putReplacesAndPatchMerges() throws {
        let program = try Program.start()
        let first = try program.post("/articles", Sample.visit)
        let path = "/articles/" + (first.json.id.asString ?? "")

        let patched = try program.patch(path, ["headline": "Patched", "byline": nil, "source": ["url": nil]])
        #expect(patched.status == 200 && patched.json.version == 2 && patched["ETag"] != first["ETag"])
        #expect(patched.json.headline == "Patched" && patched.json.body == Sample.visit.body)
        #expect(
            patched.json.byline.asString == nil && patched.json.source.name == "Example Wire"
                && patched.json.source.url.asString == nil)

        let asJSON = try program.perform(Ask("PATCH", path, json: ["section": "europe"]))
        #expect(asJSON.status == 200 && asJSON.json.version == 3 && asJSON.json.section == "europe")

        let put = try program.put(path, ["uri": Sample.visit.uri, "headline": "Put"])
        #expect(put.status == 200 && put.json.version == 4 && put.json.id == first.json.id)
        #expect(put.json.headline == "Put" && put.json.body.asString == nil && put.json.keywords.asArray.isEmpty)
        #expect(try program.get(path).body == put.body)
        expectProblem(try program.patch(path, ["headline": nil]), 400, "what is left must still be an article")
    }

    @Test func everyVersionIsKept() throws {
        let program = try Program.start()
        let id = try #require(try program.publish(Sample.article(1)).id.asString)
        for version in 2...5 { _ = try program.patch("/articles/\(id)", ["headline": "Version \(version)"]) }
        let versions = try program.get("/articles/\(id)/versions").json.data.asArray
        #expect(versions.compactMap { $0.version.asInt }.sorted() == [1, 2, 3, 4, 5])
        #expect(versions.first { $0.version == 1 }?.headline == "Item number 1")
        #expect(versions.first { $0.version == 4 }?.headline == "Version 4")
        expectProblem(try program.get("/articles/\(Sample.unknownID)/versions"), 404)
    }

    @Test func aWithdrawnArticleIsGoneAndLeavesATombstone() throws {
        let program = try Program.start()
        let id = try #require(try program.publish(Sample.visit).id.asString)
        let deleted = try program.delete("/articles/\(id)")
        #expect(deleted.status == 204 && deleted.body.isEmpty)
        expectProblem(try program.get("/articles/\(id)"), 410)
        #expect(try program.head("/articles/\(id)").status == 410)
        expectProblem(try program.put("/articles/\(id)", ["headline": "Back"]), 410)
        expectProblem(try program.patch("/articles/\(id)", ["headline": "Back"]), 410)
        expectProblem(try program.delete("/articles/\(id)"), 410)
        let list = try program.get("/articles").json
        #expect(list.data == [] && list.page.total == 0)
        let last = try #require(try program.changes().last { $0.id == .string(id) })
        #expect(last.kind != "article-put")
    }

    @Test func textComesBackToTheScalar() throws {
        let program = try Program.start()
        let texts = [
            "e\u{301} is not \u{e9}", "👩‍👩‍👧‍👦 and 🇵🇱", "עברית عربى",
            "tab\tquote\"slash\\/ nul\u{0} del\u{7f} line\u{2028}sep\u{2029}", "\r\n\n", "\u{feff}bom",
            "</script><!--", String(repeating: "długi ", count: 20_000), "\u{10FFFF}\u{FFFD}",
        ]
        for text in texts {
            let article = try program.publish(["headline": "T", "body": .string(text)])
            let read = try program.get("/articles/\(article.id.asString ?? "")").json
            // By scalars: Swift holds e with an accent equal to e and an accent.
            #expect(read.body.asString.map { Array($0.unicodeScalars) } == Array(text.unicodeScalars))
        }
    }

    @Test func postedEntitiesAndEventsAreLinked() throws {
        let program = try Program.start()
        let article = try program.publish(Sample.visit)
        let id = try #require(article.id.asString)
        #expect(article.entities.each("name") == ["Lloyd Austin", "Kyiv"])
        #expect(article.entities.each("id") == ["lloyd-austin", "kyiv"])
        #expect(article.entities[0].mentions[0].offset == 0 && article.entities[0].mentions[0].length == 12)
        #expect(article.events.each("id") == ["2023-11-20-lloyd-austin-visits-kyiv"])
        for target in [
            "/entities/lloyd-austin/articles", "/entities/kyiv/articles",
            "/events/2023-11-20-lloyd-austin-visits-kyiv/articles",
        ] {
            #expect(try program.get(target).json.data.each("id") == [.string(id)], "\(target)")
        }
        #expect(try program.get("/entities/lloyd-austin").json.type == "person")
    }

    @Test func whatDoesNotExistIsNotFound() throws {
        let program = try Program.start()
        for id in [Sample.unknownID, "nothing", "%F0%9F%9A%82", "0"] {
            let path = "/articles/\(id)"
            expectProblem(try program.get(path), 404)
            expectProblem(try program.put(path, ["headline": "x"]), 404)
            expectProblem(try program.patch(path, ["headline": "x"]), 404)
            expectProblem(try program.delete(path), 404)
        }
    }
}
