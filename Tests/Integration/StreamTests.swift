import Testing

/// Streams of articles of any length, answered line by line.
struct StreamTests {
    @Test func fiftyThousandLinesAreAnsweredWhileTheyAreSent() throws {
        let program = try Program.start()
        let count = 50_000
        let bad = 31_337
        var sent = 0
        var answered = 0
        var answeredBeforeTheLast = 0
        var ask = Ask(
            "POST", "/articles", ["Content-Type": "application/x-ndjson"],
            body: .chunks {
                if sent == count { return .end }
                // The last line is held back until an answer came: a server that waits for the end of the body waits for ever.
                if sent == count - 1 && answered == 0 { return .afterMoreAnswer }
                answeredBeforeTheLast = answered
                var piece: [UInt8] = []
                for number in sent..<min(sent + 97, max(count - 1, sent + 1)) {
                    piece +=
                        number == bad
                        ? Array("{\"headline\": nope}".utf8)
                        : Sample.article(number).with(["published": .string(Sample.time(number % 40_000))]).bytes
                    piece.append(UInt8(ascii: "\n"))
                    sent = number + 1
                }
                return .bytes(piece)
            })
        ask.onPiece = { piece in for byte in piece where byte == UInt8(ascii: "\n") { answered += 1 } }
        ask.deadlineInSeconds = 600
        let answer = try program.connection().perform(ask)
        #expect(answer.status == 200 && answeredBeforeTheLast > 0)
        let lines = answer.lines
        #expect(lines.each("line") == (1...count).map { .int($0) })
        #expect(lines.asArray.filter { $0.status != 201 }.map(\.line) == [.int(bad + 1)])
        #expect(lines[bad].status == 400 && lines[bad].errors[0].code == "malformed-json")
        #expect(try program.get("/articles?limit=1").json.page.total == .int(count - 1))
        var random = Chance(seed: 50)
        for number in (0..<200).map({ _ in random.below(count) }) + [bad - 1, bad + 1, count - 1] where number != bad {
            let article = try program.get("/articles/\(lines[number].id.asString ?? "")")
            #expect(article.json.uri == .string(Sample.uri(number)))
        }
        try program.restart()
        #expect(try program.get("/articles?limit=1").json.page.total == .int(count - 1))
    }

    @Test func anAnswerIsDurableWhenItIsSeen() throws {
        let program = try Program.start()
        let socket = try program.socket()
        try socket.send(
            "POST /articles HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\n\r\n"
        )
        let line = Sample.article(1).bytes + [UInt8(ascii: "\n")]
        try socket.send(Array("\(String(line.count, radix: 16))\r\n".utf8) + line + Array("\r\n".utf8))
        var received: [UInt8] = []
        while !String(decoding: received, as: UTF8.self).contains("\"line\":1") && !socket.isClosedByPeer {
            received += try socket.receiveMore()
        }
        // The stream is still open: the article is there all the same, and outlives the program.
        #expect(try program.get("/articles").json.page.total == 1)
        try program.kill()
        try program.restart()
        #expect(try program.get("/articles").json.data[0].uri == .string(Sample.uri(1)))
    }

    /// Go's HTTP server, which some proxies are made with, throws away what is left of a request's body when the answer begins.
    @Test func behindAProxyTheAnswerBeginsAfterTheBody() throws {
        let program = try Program.start(arguments: ["--trusted-proxy", "127.0.0.1"])
        let socket = try program.socket()
        func chunk(_ number: Int) -> [UInt8] {
            let line = Sample.article(number).bytes + [UInt8(ascii: "\n")]
            return Array("\(String(line.count, radix: 16))\r\n".utf8) + line + Array("\r\n".utf8)
        }
        try socket.send(
            "POST /articles HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: 192.0.2.1\r\nContent-Type: application/x-ndjson\r\n"
                + "Transfer-Encoding: chunked\r\n\r\n")
        try socket.send(chunk(1))
        while try program.get("/articles").json.page.total != 1 {}
        #expect(!socket.hasReceived)
        try socket.send(chunk(2) + Array("0\r\n\r\n".utf8))
        let answer = try socket.response(to: "POST")
        #expect(answer.status == 200 && answer.text.contains("\"line\":1") && answer.text.contains("\"line\":2"))
    }

    @Test func whatCameBeforeACutIsKept() throws {
        let program = try Program.start()
        let socket = try program.socket()
        let lines = (0..<50).flatMap { Sample.article($0).bytes + [UInt8(ascii: "\n")] }
        try socket.send(
            "POST /articles HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-ndjson\r\nContent-Length: \(lines.count + 1000)\r\n\r\n"
        )
        try socket.send(lines + Array("{\"headline\":\"never finished".utf8))
        socket.closeSending()
        // Every whole line is answered, and the answer is cut off like the request: no last chunk.
        let answer = String(decoding: try socket.receiveAll(), as: UTF8.self)
        #expect(answer.contains("\"line\":50,\"status\":201") && !answer.contains("\"line\":51") && !answer.hasSuffix("0\r\n\r\n"))
        let uris = try program.all("/articles?limit=200").compactMap(\.uri.asString)
        #expect(Set(uris) == Set((0..<50).map(Sample.uri)) && uris.count == 50)
    }

    @Test func aClientThatWaitsToBeAskedIsAskedFirst() throws {
        let program = try Program.start()
        let socket = try program.socket()
        let line = Sample.article(1).bytes + [UInt8(ascii: "\n")]
        try socket.send(
            "POST /articles HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-ndjson\r\nContent-Length: \(line.count)\r\n"
                + "Expect: 100-continue\r\n\r\n")
        // Before the answer begins, and not in the middle of it.
        #expect(try socket.response().status == 100)
        try socket.send(line)
        #expect(try socket.response().text.contains("\"status\":201"))
    }
}
