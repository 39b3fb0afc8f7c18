import Testing

/// The ordered log of changes.
struct ChangeTests {
    @Test func everyChangeIsThereInOrder() throws {
        let program = try Program.start()
        let first = try program.publish(Sample.article(1))
        let second = try program.publish(Sample.article(2))
        _ = try program.patch("/articles/\(first.id.asString ?? "")", ["section": "x"])
        _ = try program.delete("/articles/\(second.id.asString ?? "")")
        let changes = try program.changes().filter { [first.id, second.id].contains($0.id) }
        #expect(changes.map(\.id) == [first.id, second.id, first.id, second.id])
        #expect(changes.map { $0.kind == "article-put" } == [true, true, true, false])
        #expect(changes.allSatisfy { $0.at.asString?.hasSuffix("Z") == true })
        let numbers = changes.compactMap { $0.seq.asInt }
        #expect(numbers.count == 4 && zip(numbers, numbers.dropFirst()).allSatisfy { $0 < $1 })
    }

    @Test func whoComesBackGetsWhatIsNewAndNothingElse() throws {
        let program = try Program.start()
        _ = try program.publish(all: (0..<30).map { Sample.article($0) })
        let all = try program.changes()
        #expect(try program.changes(limit: 7) == all)
        #expect(all.first?.seq == 1)
        try #require(all.count >= 30)
        let middle = try #require(all[13].seq.asInt)
        #expect(try program.changes(since: middle) == Array(all[14...]))
        let last = try #require(all.last?.seq.asInt)
        #expect(try program.get("/changes?since=\(last)").json.data == [])
        let late = try program.publish(Sample.article(99))
        #expect(try program.changes(since: last).contains { $0.id == late.id })
        try program.restart()
        #expect(Array(try program.changes().prefix(all.count)) == all)
    }

    @Test func editsOfEntitiesAndEventsAreChangesToo() throws {
        let program = try Program.start()
        var last = 0
        func expectChange(of id: Value, _ comment: Comment) throws {
            let new = try program.changes(since: last)
            #expect(new.contains { $0.id == id }, comment)
            last = new.last?.seq.asInt ?? last
        }
        for (path, body) in [
            ("/entities", ["type": "person", "name": "A B"] as Value),
            ("/events", ["title": "C D", "start": "2024-01-01"]),
        ] {
            let id = try program.post(path, body).json.id
            try expectChange(of: id, "POST \(path)")
            _ = try program.patch(
                "\(path)/\(id.asString ?? "")", path == "/events" ? ["title": "E"] : ["description": "E"])
            try expectChange(of: id, "PATCH \(path)")
            _ = try program.delete("\(path)/\(id.asString ?? "")")
            try expectChange(of: id, "DELETE \(path)")
        }
    }

    @Test(arguments: [
        "since=-1", "since=x", "since=1.5", "since=", "since=99999999999999999999", "limit=0", "limit=1001",
    ])
    func whatCannotBeAskedIsNamed(_ query: String) throws {
        let program = try Program.start()
        expectProblem(try program.get("/changes?\(query)"), 400, parameter: String(query.prefix { $0 != "=" }))
    }
}
