import Testing

/// Searching over the wire, and after a restart.
struct SearchTests {
    private static let words = ["oil", "gas", "coal", "wind"]

    private func filled() throws -> Program {
        let program = try Program.start()
        _ = try program.publish(
            all: (0..<60).map { number in
                Sample.article(number * 700, headline: "\(Self.words[number % 4]) report").with([
                    "body": .string((0...number % 3).map { _ in "The minister spoke of oil." }.joined(separator: " ")), "language": "en",
                    "source": ["name": .string("Wire \(number % 3)")],
                    "entities": [["type": "place", "name": .string("Town \(number % 5)")]],
                ])
            })
        return program
    }

    /// What is asked before a restart is answered in the same bytes after it.
    @Test func aRestartChangesNoAnswer() throws {
        let program = try filled()
        let paths = [
            "/articles?q=ministers%20oil&highlight=true&facet=source,entity,entityType&timeline=week&limit=7",
            "/articles?q=headline:wind%20OR%20headline:coal", "/articles?q=oill", "/facets?q=gas&facetLimit=3",
            "/timeline?interval=day&zone=%2B05:30", "/entities/suggest?prefix=tow", "/entities/suggest?prefix=twon",
            "/entities/town-1/related", "/entities/town-1/timeline?interval=month",
        ]
        let before = try paths.map { try program.get($0) }
        #expect(before.allSatisfy { $0.status == 200 })
        #expect(before[0].json.page.total == 60 && before[2].json.suggestion == "oil")
        #expect(before[5].json.data.asArray.count == 5 && before[6].json.data.asArray.count == 5)
        try program.restart()
        for (path, answer) in zip(paths, before) { #expect(try program.get(path).json == answer.json, "\(path)") }
    }

    @Test func pagesByRelevanceHoldEverythingOnce() throws {
        let program = try filled()
        let whole = try program.get("/articles?q=oil%20OR%20wind&limit=200").json.data.each("id")
        #expect(whole.count == 60)
        var arrived = 0
        let pages = try program.pages("/articles?q=oil%20OR%20wind&limit=9") { _ in
            arrived += 1
            _ = try program.publish(Sample.article(41_900 + arrived, headline: "wind wind oil"))
        }
        #expect(pages.flatMap { $0.json.data.each("id") } == whole)
        #expect(pages.allSatisfy { $0.json.page.total == 60 })
    }

    @Test func aBadQuerySaysWhere() throws {
        let program = try Program.start()
        let answer = try program.get("/articles?q=oil%20(gas")
        expectProblem(answer, 400)
        #expect(answer.json.errors[0].parameter == "q" && answer.json.errors[0].code == "unbalanced-parenthesis")
        #expect(answer.json.errors[0].offset == 4)
    }

    /// Each is refused or answered; none ends the process.
    @Test func hostileQueries() throws {
        let program = try filled()
        let pairs = "abcdefghijklmnopqrstuvwxyz".flatMap { first in "aeiou".map { "\(first)\($0)*" } }
        for query in [
            (0..<1_000).map { "w\($0)" }.joined(separator: "+OR+"), String(repeating: "(", count: 1_000), pairs.joined(separator: "+OR+"),
            String(repeating: "%22a*+", count: 500), String(repeating: "-", count: 3_000), "%EF%BF%BF*",
            String(repeating: "a", count: 6_000),
            "near(100,+" + String(repeating: "oil+", count: 16) + ")",
        ] {
            let answer = try program.get("/articles?q=\(query)&highlight=true&explain=true&facet=entity&timeline=year")
            #expect(answer.status == 200 || answer.status == 400 || answer.status == 414, "\(query.prefix(60)): \(answer.status)")
        }
        #expect(try program.get("/livez").status == 200)
    }
}
