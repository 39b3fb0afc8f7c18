import Foundation
import Testing

/// No input, however broken, ends the process or stays behind.
struct HostileTests {
    /// It answers, has nothing that it shouldn't, and is the same process.
    private func expectUnharmed(
        _ program: Program, articles: Int = 0, _ comment: Comment? = nil, at location: SourceLocation = #_sourceLocation
    ) throws {
        #expect(try program.connection().get("/livez").status == 200, comment, sourceLocation: location)
        #expect(try program.get("/articles").json.page.total == .int(articles), comment, sourceLocation: location)
    }

    @Test func aHundredMegabytesAreRefused() throws {
        let program = try Program.start()
        let before = try residentBytes(of: program)
        let size = 100_000_000
        let text = [UInt8](repeating: UInt8(ascii: "a"), count: size)
        let counted = Ask(
            "POST", "/articles", ["Content-Type": "application/json"],
            body: .bytes(Array("{\"body\":\"".utf8) + text + Array("\"}".utf8)))
        expectProblem(try program.connection().perform(counted), 413, instance: nil)
        for type in ["application/json", "application/x-ndjson"] {
            var sent = 0
            let chunked = Ask(
                "POST", "/articles", ["Content-Type": type],
                body: .chunks {
                    guard sent < size else { return .end }
                    sent += 1 << 16
                    return .bytes(Array(text[..<(1 << 16)]))
                })
            let answer = Result { try program.connection().perform(chunked) }
            // One line of that length may also be the end of a stream already begun.
            if type == "application/json" { expectProblem(try answer.get(), 413, instance: nil) }
            try expectUnharmed(program, "\(type)")
        }
        #expect(try residentBytes(of: program) - before < size / 2, "it is not kept in memory")
    }

    @Test func nestingHasAnEnd() throws {
        let program = try Program.start()
        for (open, close) in [("[", "]"), ("{\"a\":", "}"), ("{\"source\":", "}"), ("[{\"headline\":", "}]")] {
            for depth in [100, 10_000, 400_000] {
                let deep = String(repeating: open, count: depth)
                for body in [
                    deep, deep + "1" + String(repeating: close, count: depth),
                    "{\"headline\":\"x\",\"source\":" + deep + "1" + String(repeating: close, count: depth) + "}",
                ] {
                    let answer = try program.connection().send("POST", "/articles", body.utf8)
                    // An array of arrays is a batch with one bad element; all else is refused whole.
                    #expect(
                        [400, 413].contains(answer.status) || answer.json.data[0].status == 400,
                        "\(depth) of \(open): \(answer.status)")
                }
            }
        }
        try expectUnharmed(program)
    }

    @Test(
        arguments: [
            [0x80], [0xc0, 0xaf], [0xe0, 0x80, 0xaf], [0xed, 0xa0, 0x80], [0xf4, 0x90, 0x80, 0x80], [0xff, 0xfe],
            [0xe2, 0x82], [0xf8, 0x88, 0x80, 0x80, 0x80],
        ] as [[UInt8]])
    func whatIsNotUTF8IsRefused(_ bytes: [UInt8]) throws {
        let program = try Program.start()
        let body = Array("{\"headline\":\"a".utf8) + bytes + Array("b\"}".utf8)
        expectProblem(try program.send("POST", "/articles", body), 400)
        expectProblem(
            try program.send("POST", "/articles", Array("{\"head".utf8) + bytes + Array("line\":\"b\"}".utf8)), 400)
        let lines = try program.send(
            "POST", "/articles", body + [UInt8(ascii: "\n")] + Sample.article(1).bytes, as: "application/x-ndjson"
        ).lines
        #expect(lines.each("status") == [400, 201])
        try expectUnharmed(program, articles: 1)
    }

    @Test(arguments: [
        #"\ud800"#, #"\udc00"#, #"\ud800x"#, #"\udc00\ud800"#, #"\ud800A"#, #"\uD83D\uD83D\uDE00"#, #"\u12"#,
        #"\uZZZZ"#, #"\x41"#, #"\"#,
    ])
    func halfCharactersAreRefused(_ escape: String) throws {
        let program = try Program.start()
        for body in ["{\"headline\":\"a\(escape)\"}", "{\"\(escape)\":1,\"headline\":\"x\"}"] {
            expectProblem(try program.send("POST", "/articles", body.utf8), 400)
        }
        try expectUnharmed(program)
    }

    @Test func numbersBeyondAllBoundsAreRefused() throws {
        let program = try Program.start()
        for number in [
            "1e999999999", "-1e400", "99999999999999999999999999", "9223372036854775808", "-9223372036854775809", "0.5",
            "-1", String(repeating: "9", count: 100_000),
        ] {
            let body =
                "{\"headline\":\"x\",\"entities\":[{\"type\":\"person\",\"name\":\"x\",\"mentions\":[{\"field\":\"body\",\"offset\":\(number),\"length\":1}]}]}"
            expectProblem(try program.send("POST", "/articles", body.utf8), 400, number.prefix(40).description)
        }
        try expectUnharmed(program)
    }

    @Test func blankTextsSayNothing() throws {
        let program = try Program.start()
        for blank in ["", "   ", "\t\n", "\u{2003}\u{a0}"] {
            let value: Value = .string(blank)
            expectProblem(try program.post("/articles", ["headline": value]), 400, pointer: "/headline")
            expectProblem(try program.post("/articles", ["headline": value, "body": value]), 400)
            expectProblem(try program.post("/articles", ["headline": "x", "keywords": [value]]), 400, pointer: "/keywords/0")
            expectProblem(try program.post("/articles", ["headline": "x", "source": ["name": value]]), 400, pointer: "/source/name")
            expectProblem(
                try program.post("/articles", ["headline": "x", "entities": [["name": value]]]), 400, pointer: "/entities/0/name")
            expectProblem(try program.post("/entities", ["name": value]), 400, pointer: "/name")
            expectProblem(try program.post("/events", ["title": value]), 400, pointer: "/title")
        }
        try expectUnharmed(program)
    }

    @Test func manyOfOneNameAreEachGivenTheirOwn() throws {
        let program = try Program.start()
        // None has a letter that an id could be made of.
        let names = (0..<2000).map { String(repeating: "🚂", count: 1 + $0 % 50) + String(repeating: "🚀", count: 1 + $0 / 50) }
        _ = try program.publish(all: names.map { ["headline": "x", "entities": [["name": .string($0)]]] })
        let ids = try program.all("/entities?limit=200").compactMap(\.id.asString)
        #expect(Set(ids) == Set(["entity"] + (2...2000).map { "entity-\($0)" }))
    }

    @Test func oneArticleMayNotOutgrowWhatCanBeReadBack() throws {
        let program = try Program.start()
        let mentions = (0..<12_000).map { offset -> Value in ["field": "body", "offset": .int(offset), "length": 1] }
        let posted = try program.post(
            "/articles",
            [
                "headline": "x", "body": .string(String(repeating: "y", count: 12_000)),
                "entities": [
                    ["name": "A", "count": 4_000_000, "mentions": .array(Array(mentions[..<6000]))],
                    ["name": "A", "count": 4_000_000, "mentions": .array(Array(mentions[6000...]))],
                ],
            ])
        #expect(posted.status == 201)
        // An end before the start, put together of two that are each right.
        _ = try program.post("/events", ["title": "New", "start": "2024"])
        _ = try program.post("/events", ["title": "Old", "start": "2019", "end": "2020"])
        #expect(try program.post("/events/2019-old/merge", ["into": "2024-new"]).status == 200)
        _ = try program.post("/articles", ["headline": "y", "events": [["id": "2024-new", "end": "2018"]]])
        let before = try ["/articles", "/entities", "/events"].map { try program.get($0).text }
        #expect(try Program.run("check", "--data", program.data.path).exit == .status(0))
        try program.restart()
        #expect(try ["/articles", "/entities", "/events"].map { try program.get($0).text } == before)
    }

    @Test func garbageIsRefusedWhereverItStands() throws {
        let program = try Program.start()
        var random = Chance(seed: 3)
        let valid = Sample.visit.bytes
        for _ in 0..<400 {
            let garbage = (0..<(1 + random.below(300))).map { _ in UInt8.random(in: 0...255, using: &random) }
            let socket = try program.socket()
            try? socket.send(garbage + Array("\r\n\r\n".utf8))
            socket.closeSending()
            // The server may find it not worth an answer; what it says is never a success.
            let answer = String(decoding: try socket.receiveAll(), as: UTF8.self)
            #expect(
                answer.isEmpty || answer.hasPrefix("HTTP/1.1 4") || answer.hasPrefix("HTTP/1.1 5"),
                "\(garbage): \(answer.prefix(100))")

            var body = valid
            for _ in 0..<(1 + random.below(4)) {
                body[random.below(body.count)] = UInt8.random(in: 0...255, using: &random)
            }
            let type = ["application/json", "application/x-ndjson"][random.below(2)]
            let outcome = try program.send("POST", "/articles", body, as: type)
            #expect(outcome.status < 500, "\(String(decoding: body, as: UTF8.self)): \(outcome.text.prefix(200))")
            let target =
                "/articles?"
                + String(decoding: garbage.map { $0 % 94 + 33 }.filter { $0 != UInt8(ascii: "#") }, as: UTF8.self)
            #expect(try program.get(target).status < 500, "\(target)")
        }
        #expect(try program.connection().get("/livez").status == 200)
        #expect(try program.terminate() == .status(0))
    }

    /// What the kernel says that the process holds.
    private func residentBytes(of program: Program) throws -> Int {
        let status = try String(contentsOfFile: "/proc/\(program.pid)/status", encoding: .utf8)
        let line = try #require(status.firstMatch(of: /VmRSS:\s+([0-9]+) kB/))
        return (Int(line.1) ?? 0) * 1024
    }
}
