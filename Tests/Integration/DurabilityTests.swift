import Foundation
import Testing

/// What was acknowledged is kept, however the program ends.
struct DurabilityTests {
    @Test func aRestartKeepsEverything() throws {
        let program = try Program.start()
        let ids = try program.publish(all: (0..<30).map { Sample.article($0) } + [Sample.visit])
        _ = try program.patch("/articles/\(ids[3])", ["headline": "Changed"])
        _ = try program.delete("/articles/\(ids[4])")
        _ = try program.patch("/entities/kyiv", ["description": "The capital."])
        _ = try program.post("/entities", ["type": "person", "name": "Someone"])
        _ = try program.post("/entities/someone/merge", ["into": "lloyd-austin"])
        let targets =
            ids.flatMap { ["/articles/\($0)", "/articles/\($0)/versions"] } + [
                "/articles?limit=200", "/articles?q=number&sort=published&limit=7", "/entities", "/entities/kyiv",
                "/entities/lloyd-austin", "/entities/someone",
                "/entities/kyiv/articles", "/events", "/changes?since=0&limit=200", "/articles?entity=kyiv",
            ]
        func state() throws -> [String] {
            try targets.map { target in
                let answer = try program.get(target)
                // The instance of a problem may name the request, and a cursor the index it is for.
                let body =
                    answer.status == 200
                    ? (answer.json.data == .absent ? answer.text : answer.json.data.description) : ""
                return
                    "\(target) \(answer.status) \(target.hasPrefix("/articles/") ? answer["ETag"] ?? "-" : "") \(body)"
            }
        }
        let before = try state()
        #expect(try program.terminate() == .status(0))
        try program.restart()
        #expect(try state() == before)
        try program.kill()
        try program.restart()
        #expect(try state() == before)
        // And it goes on where it was: no number is given twice.
        let last = try #require(try program.changes().last?.seq.asInt)
        _ = try program.publish(Sample.article(99))
        #expect(try program.changes(since: last).first?.seq == .int(last + 1))
    }

    @Test func killedAtAnyMomentNothingAcknowledgedIsMissing() throws {
        let program = try Program.start()
        var random = Chance(seed: UInt64.random(in: 0 ... .max))
        var acknowledged: [String: Value] = [:]
        for round in 0..<20 {
            let (base, seen) = (program.base, Monitor<[Value]>([]))
            let killing = Monitor(false)
            let (afterThatMany, andSoManyMicroseconds) = (1 + random.below(150), UInt32(random.below(3000)))
            let killer = Thread {
                let enough = seen.wait(seconds: 60) { $0.count >= afterThatMany ? true : nil }
                if enough != nil { usleep(andSoManyMicroseconds) }  // anywhere within a commit
                killing.change { $0 = true }
            }
            killer.start()
            let writers = Monitor(0)
            for writer in 0..<4 {
                let thread = Thread {
                    // Until the connection breaks, which is what is waited for.
                    if writer == 3 {
                        Writing.stream(base, round: round, seen)
                    } else {
                        Writing.oneByOne(base, round: round, writer: writer, seen)
                    }
                    writers.change { $0 += 1 }
                }
                thread.start()
            }
            _ = killing.wait(seconds: 90) { $0 ? true : nil }
            try program.kill()
            _ = writers.wait(seconds: 90) { $0 == 4 ? true : nil }
            let new = seen.change { $0 }
            #expect(new.count >= afterThatMany, "round \(round) wrote too little to show anything")
            for article in new { acknowledged[article.uri.asString ?? ""] = article }

            let check = try Program.run("check", "--data", program.data.path)
            #expect(check.exit == .status(0), "round \(round): \(check)")
            try program.restart()
            let missing = try new.filter { try !Writing.isThere($0, program) }
            #expect(missing.count == 0, "round \(round), of \(new.count), the first: \(missing.first?.uri ?? .absent)")
        }
        let missing = try acknowledged.values.filter { try !Writing.isThere($0, program) }
        #expect(missing.count == 0, "of \(acknowledged.count)")
        // Nothing is half there either: each article that a list knows is whole, once, and the log has no gap.
        let listed = try program.all("/articles?limit=200")
        #expect(
            Set(listed.map(\.uri)).count == listed.count
                && listed.allSatisfy { $0.body.asString?.hasPrefix("Text of ") == true })
        #expect(try program.changes(limit: 200).compactMap(\.seq.asInt) == Array(1...listed.count))
    }

    @Test func killedWhileItMakesItsJournalItStartsAgain() throws {
        var random = Chance(seed: UInt64.random(in: 0 ... .max))
        for _ in 0..<20 {
            let data = try Folder()
            let child = try Child.running([Program.path, "serve", "--data", data.path, "--listen", "127.0.0.1:0", "--no-seeds"])
            usleep(UInt32(random.below(25_000)))  // anywhere within its start
            child.send(SIGKILL)
            _ = try child.waitForExit()
            let program = try Program.start(data: data)
            _ = try program.publish(Sample.article(1))
        }
    }

    @Test func aJournalWhoseMakingWasCutShortIsMade() throws {
        let data = try Folder()
        // SQLite's rollback journal of a first write that did not get further: an empty file is to become of it again.
        let numbers: [UInt32] = [0xd9d5_05f9, 0x20a1_63d7, 0, 0x1234_5678, 0, 512, 16384]
        let head = numbers.flatMap { number in (0..<4).map { UInt8(truncatingIfNeeded: number >> (24 - $0 * 8)) } }
        try data.write("journal.sqlite", Array("SQLite format 3\0".utf8) + [UInt8](repeating: 0, count: 16368))
        try data.write("journal.sqlite-journal", head + [UInt8](repeating: 0, count: 512 - head.count))
        let program = try Program.start(data: data)
        _ = try program.publish(Sample.article(1))
        #expect(try program.terminate() == .status(0))
        #expect(try Program.run("check", "--data", data.path).exit == .status(0))
    }

    @Test func askedToStopItFinishesWhatRuns() throws {
        let program = try Program.start()
        let article = Sample.article(1).description
        let slow = try program.socket()
        let idle = try program.socket()
        try idle.send("GET /livez HTTP/1.1\r\nHost: x\r\n\r\n")
        #expect(try idle.response().status == 200)
        try slow.send(
            "POST /articles HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Type: application/json\r\nContent-Length: \(article.utf8.count)\r\n\r\n"
        )
        #expect(try slow.response().status == 100, "so the request runs")
        try slow.send(article.prefix(5).utf8)
        program.signal(SIGTERM)
        #expect(try idle.receiveAll().isEmpty, "an idle connection is closed, which shows that it is stopping")
        try slow.send(article.dropFirst(5).utf8)
        let answer = try slow.response(to: "POST")
        #expect(answer.status == 201 && answer["Connection"] == "close")
        #expect(try slow.receiveAll().isEmpty)
        #expect(try program.waitForExit() == .status(0))
        #expect(throws: (any Error).self, "nobody listens any more") { try program.socket() }
        try program.restart()
        #expect(try program.get("/articles").json.page.total == 1)
    }

    @Test(arguments: [SIGTERM, SIGINT])
    func itStopsAtOnceWhenNothingRuns(_ signal: Int32) throws {
        let program = try Program.start()
        let idle = try program.socket()
        program.signal(signal)
        #expect(try program.waitForExit() == .status(0))
        #expect(try idle.receiveAll().isEmpty)
    }

    @Test func twoProgramsDoNotShareAFolder() throws {
        let program = try Program.start()
        for command in [["serve", "--listen", "127.0.0.1:0"], ["import", "-"]] {
            let second = try Program.run(command + ["--data", program.data.path])
            #expect(second.exit != .status(0) && second.errors.contains("in use"), "\(command): \(second)")
        }
        _ = try program.publish(Sample.article(1))
        #expect(try program.get("/articles").json.page.total == 1)
    }
}

/// Writing until the connection breaks.
private enum Writing {
    static func article(_ round: Int, _ writer: Int, _ number: Int) -> Value {
        [
            "uri": "https://example.org/\(round)/\(writer)/\(number)", "headline": "H",
            "body": .string("Text of \(number). " + String(repeating: "More. ", count: number % 300)),
        ]
    }

    static func oneByOne(_ base: String, round: Int, writer: Int, _ seen: Monitor<[Value]>) {
        let curl = Curl(base: base)
        for number in 0... {
            guard let answer = try? curl.post("/articles", article(round, writer, number)), answer.status == 201 else {
                return
            }
            seen.change { $0.append(answer.json) }
        }
    }

    /// As NDJSON without an end; each line of the answer acknowledges one article.
    static func stream(_ base: String, round: Int, _ seen: Monitor<[Value]>) {
        var number = 0
        var partial: [UInt8] = []
        var ask = Ask(
            "POST", "/articles", ["Content-Type": "application/x-ndjson"],
            body: .chunks {
                number += 1
                return .bytes(article(round, 3, number).bytes + [UInt8(ascii: "\n")])
            })
        ask.onPiece = { piece in
            partial += piece
            while let end = partial.firstIndex(of: UInt8(ascii: "\n")) {
                if let line = try? Value(json: partial[..<end]), line.status == 201, let number = line.line.asInt {
                    seen.change { $0.append(article(round, 3, number).with(["id": line.id])) }
                }
                partial.removeSubrange(...end)
            }
        }
        _ = try? Curl(base: base).perform(ask)
    }

    static func isThere(_ article: Value, _ program: Program) throws -> Bool {
        let found = try program.get("/articles/\(article.id.asString ?? "")")
        return found.status == 200 && found.json.uri == article.uri && found.json.body == article.body
    }
}
