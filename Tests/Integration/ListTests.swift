import Testing

/// Lists of articles: order, filters, pages.
struct ListTests {
    @Test func newestComesFirstUnlessAskedOtherwise() throws {
        let program = try Program.start()
        let ids = try program.publish(all: [30, 10, 20].map { Sample.article($0) }).map { Value.string($0) }
        func listed(_ query: String) throws -> Value {
            .array(try program.get("/articles\(query)").json.data.each("id"))
        }
        #expect(try listed("") == [ids[0], ids[2], ids[1]])
        #expect(try listed("?sort=-published") == [ids[0], ids[2], ids[1]])
        #expect(try listed("?sort=published") == [ids[1], ids[2], ids[0]])
        #expect(try listed("?sort=indexed") == .array(ids))
        #expect(try listed("?sort=-indexed") == .array(ids.reversed()))
    }

    @Test func pagesHoldEverythingOnceInOrder() throws {
        let program = try Program.start()
        // Some share an instant: the id must decide, the same way on every page.
        let ids = try program.publish(
            all: (0..<57).map { Sample.article($0).with(["published": .string(Sample.time($0 / 5))]) })
        let whole = try program.get("/articles?limit=200").json.data.each("id")
        #expect(Set(whole.compactMap(\.asString)) == Set(ids) && whole.count == 57)
        for limit in [1, 7, 56, 57, 58] {
            let pages = try program.pages("/articles?limit=\(limit)")
            #expect(pages.flatMap { $0.json.data.each("id") } == whole, "limit \(limit)")
            #expect(pages.count == (57 + limit - 1) / limit)
            #expect(pages.allSatisfy { $0.json.page.total == 57 && $0.json.page.limit == .int(limit) })
            for page in pages {
                let link = page["Link"] ?? ""
                #expect(link.contains("rel=\"next\"") == (page.json.page.next.asString != nil), "\(link)")
            }
        }
        #expect(try program.get("/articles").json.data.asArray.count == 20)
    }

    @Test(arguments: ["-published", "published", "-indexed", "indexed"])
    func pagesNeitherOverlapNorSkipWhileArticlesArrive(_ sort: String) throws {
        let program = try Program.start()
        let ids = try program.publish(all: (0..<40).map { Sample.article($0 * 10) })
        var arrived = 0
        let pages = try program.pages("/articles?limit=6&sort=\(sort)") { _ in
            // One older than all, one newer than all, one in between, and a new version of one that is there.
            for minutes in [5000 + arrived, 9000 + arrived, 1 + arrived * 10] {
                _ = try program.publish(
                    Sample.article(10_000 + arrived * 3 + minutes % 3).with(["published": .string(Sample.time(minutes))]
                    ))
            }
            _ = try program.publish(["headline": "Old", "published": "1999-01-01T00:00:00Z"])
            _ = try program.patch("/articles/\(ids[arrived])", ["section": "changed"])
            arrived += 1
        }
        let seen = pages.flatMap { $0.json.data.each("id") }.compactMap(\.asString)
        #expect(Set(seen).count == seen.count, "nothing twice")
        #expect(Set(ids).isSubset(of: seen), "nothing left out")
        #expect(Set(pages.map { $0.json.page.total }).count == 1, "the total stays")
        #expect(pages[0].json.page.total == 40)
    }

    @Test func aWithdrawnArticleDoesNotStopTheNextPage() throws {
        let program = try Program.start()
        let ids = try program.publish(all: (0..<9).map { Sample.article($0) })
        let first = try program.get("/articles?limit=3").json
        // The last one of the page, which the cursor stands on, and the first of the next.
        for id in [ids[6], ids[5]] { _ = try program.delete("/articles/\(id)") }
        let next = try #require(first.page.next.asString)
        let second = try program.get(pathAndQuery(next))
        #expect(second.json.data.each("id").compactMap(\.asString).prefix(2) == [ids[4], ids[3]])
    }

    @Test func filtersMeanWhatTheySay() throws {
        let program = try Program.start()
        var random = Chance(seed: 7)
        let articles = (0..<80).map { Item(number: $0, &random) }
        let ids = try program.publish(all: articles.map(\.json))
        let names: [String: (Item) -> [String]] = [
            "source": { [$0.source] }, "section": { [$0.section] }, "language": { [$0.language] },
            "keyword": \.keywords,
            "entity": { $0.entities.map { $0.lowercased().replacing(" ", with: "-") } },
        ]
        for _ in 0..<150 {
            var query = ["limit=200", "sort=published"]
            var tests: [(Item) -> Bool] = []
            for _ in 0..<(1 + random.below(3)) {
                let (name, of) = names.sorted { $0.key < $1.key }[random.below(names.count)]
                let values = (0..<(1 + random.below(2))).map { _ in of(articles[random.below(80)]).first ?? "none" }
                let isNot = random.below(4) == 0
                if isNot {
                    query.append("\(name)=-\(escaped(values[0]))")
                    tests.append { !of($0).contains(values[0]) }
                } else {
                    query.append("\(name)=\(values.map(escaped).joined(separator: ","))")
                    tests.append { item in values.contains { of(item).contains($0) } }
                }
            }
            if random.below(3) == 0 {
                let ends = [random.below(80), random.below(80)].sorted()
                let (low, high) = (ends[0], ends[1])
                // Between two articles, so that it matters to none whether the bounds are within.
                query += ["from=\(bound(low))", "to=\(bound(high))"]
                tests.append { $0.number > low && $0.number <= high }
            }
            let expected = zip(articles, ids).filter { item, _ in tests.allSatisfy { $0(item) } }.map(\.1)
            let target = "/articles?" + query.joined(separator: "&")
            let answer = try program.get(target)
            #expect(
                answer.json.data.each("id").compactMap(\.asString) == expected, "\(target): \(answer.text.prefix(300))")
            #expect(answer.json.page.total == .int(expected.count), "\(target)")
        }
    }

    @Test func everyWordOfAQuestionMustMatch() throws {
        let program = try Program.start()
        let ids = try program.publish(all: [
            ["headline": "Storm over Gdańsk", "body": "Ships stayed in the harbour."],
            ["headline": "Calm", "body": "No storm in the harbour today."],
            ["headline": "Harbour strike", "body": "Workers left."],
        ])
        func found(_ words: String) throws -> Set<String> {
            Set(try program.get("/articles?q=\(escaped(words))").json.data.each("id").compactMap(\.asString))
        }
        #expect(try found("storm") == [ids[0], ids[1]])
        #expect(try found("storm harbour") == [ids[0], ids[1]])
        #expect(try found("HARBOUR strike") == [ids[2]])
        #expect(try found("gdańsk") == [ids[0]])
        #expect(try found("storm strike") == [])
        #expect(try found("absent") == [])
    }

    @Test func aDateMeansTheWholeOfItsDay() throws {
        let program = try Program.start()
        let ids = try program.publish(
            all: ["2024-01-01T00:00:00Z", "2024-01-01T23:59:59.999Z", "2024-01-02T00:00:00Z"].map {
                ["headline": "x", "published": .string($0)]
            })
        func found(_ query: String) throws -> [String] {
            try program.get("/articles?sort=published&\(query)").json.data.each("id").compactMap(\.asString)
        }
        #expect(try found("from=2024-01-01&to=2024-01-01") == [ids[0], ids[1]])
        #expect(try found("to=2024-01") == ids && found("from=2024-02") == [])
        #expect(try found("to=2024-01-01T00:00:00Z") == [], "an instant in to is not part of it")
        #expect(try found("from=2024-01-02T00:00:00Z") == [ids[2]], "an instant in from is")
        #expect(try found("from=2024-01-01T01:00:00%2B01:00&to=2024-01-01T23:59:59.999Z") == [ids[0]])
        #expect(try found("from=2024-01-02&to=2024-01-01") == [])
        for bad in ["from=-%2B3d", "to=-3", "from=-d", "to=--3d", "from=-3x", "to=2024-1-1", "from=2024-01-01T00:00:00"] {
            expectProblem(try program.get("/articles?\(bad)"), 400, parameter: String(bad.prefix { $0 != "=" }), bad)
        }
    }

    @Test func anEntityThatNobodyIsKnownByMatchesNothing() throws {
        let program = try Program.start()
        _ = try program.publish(all: [Sample.visit, Sample.article(1)])
        #expect(try program.get("/articles?entity=nobody").json.page.total == 0)
        #expect(try program.get("/articles?entity=nobody,kyiv").json.page.total == 1)
        #expect(try program.get("/articles?entity=-nobody").json.page.total == 2)
        #expect(try program.get("/articles?entity=kyiv&entity=nobody").json.page.total == 0)
        #expect(try program.get("/events?entity=nobody").json.page.total == 0)
    }

    private func bound(_ number: Int) -> String { String(Sample.time(number).dropLast(3)) + "30Z" }
}

private struct Item {
    let number: Int
    let source: String, section: String, language: String
    let keywords: [String], entities: [String]

    init(number: Int, _ random: inout Chance) {
        self.number = number
        source = ["Wire A", "Wire & B", "Żółw"][random.below(3)]
        section = ["world", "sport", "culture"][random.below(3)]
        language = ["en", "pl"][random.below(2)]
        keywords = ["war", "peace", "tea"].filter { _ in random.below(2) == 0 }
        entities = ["Jan Kowalski", "Anna Nowak", "Kyiv"].filter { _ in random.below(2) == 0 }
    }

    var json: Value {
        Sample.article(number).with([
            "source": ["name": .string(source)], "section": .string(section), "language": .string(language),
            "keywords": .array(keywords.map { .string($0) }),
            "entities": .array(entities.map { ["type": $0 == "Kyiv" ? "place" : "person", "name": .string($0)] }),
        ])
    }
}
