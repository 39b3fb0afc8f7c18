import Foundation
import Testing

/// Connections: kept, closed, shared by many requests, cut short (RFC 9112).
struct ConnectionTests {
    private let get = "GET /livez HTTP/1.1\r\nHost: x\r\n\r\n"
    private func post(_ body: String, _ framing: String) -> String {
        "POST /articles HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n\(framing)\r\n\r\n\(body)"
    }

    @Test func oneConnectionServesAWholeSession() throws {
        let program = try Program.start()
        let curl = program.connection()
        var answers = [try curl.post("/articles", Sample.visit)]
        let path = "/articles/" + (answers[0].json.id.asString ?? "")
        answers += [
            try curl.get(path), try curl.head(path), try curl.options(path),
            try curl.get(path, ["If-None-Match": answers[0]["ETag"] ?? ""]),
            try curl.post("/articles", ["foo": 1]), try curl.get("/nothing"), try curl.perform(Ask("POST", path)),
            try curl.send("POST", "/articles", "x".utf8, as: "text/plain"),
            try curl.post(lines: [Sample.article(1)]), try curl.delete(path), try curl.get("/"), try curl.get("/livez"),
        ]
        #expect(answers.map(\.status) == [201, 200, 200, 204, 304, 400, 404, 405, 415, 200, 204, 200, 200])
        #expect(
            answers.map(\.connects) == [1] + Array(repeating: 0, count: answers.count - 1),
            "an open connection is used again")
    }

    @Test func closeIsHonouredAndSaid() throws {
        let program = try Program.start()
        for field in ["close", "Close", "keep-alive, close", "close, x"] {
            let socket = try program.socket()
            try socket.send("GET /livez HTTP/1.1\r\nHost: x\r\nConnection: \(field)\r\n\r\n\(get)")
            #expect(try socket.response()["Connection"] == "close", "\(field)")
            #expect(try socket.receiveAll().isEmpty, "nothing after it is answered")
        }
    }

    @Test func olderClientsAreServedTheirWay() throws {
        let program = try Program.start()
        let plain = try program.socket()
        try plain.send("GET /livez HTTP/1.0\r\n\r\n")
        #expect(try plain.response().status == 200)
        #expect(try plain.receiveAll().isEmpty && plain.isClosedByPeer)
        let kept = try program.socket()
        for _ in 0..<2 {
            try kept.send("GET /livez HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
            let answer = try kept.response()
            #expect(answer.status == 200 && answer["Connection"]?.lowercased() == "keep-alive")
        }
        #expect(
            try program.perform(
                {
                    var ask = Ask("GET", "/articles")
                    ask.version = .http10
                    return ask
                }()
            ).status == 200)
    }

    @Test func pipelinedRequestsAreAnsweredInOrder() throws {
        let program = try Program.start()
        let socket = try program.socket()
        let articles = (0..<100).map { Sample.article($0) }
        try socket.send(
            articles.map { article in
                let body = article.description
                return post(body, "Content-Length: \(body.utf8.count)") + get
                    + "HEAD /articles HTTP/1.1\r\nHost: x\r\n\r\n"
            }.joined())
        for article in articles {
            let posted = try socket.response(to: "POST")
            #expect(posted.status == 201 && posted.json.uri == article.uri)
            #expect(try socket.response().status == 200)
            #expect(try socket.response(to: "HEAD")["Content-Length"].map { $0 != "0" } == true)
        }
        try socket.send(get)
        #expect(try socket.response().status == 200)
    }

    @Test func aGoodRequestIsAnsweredBeforeItsBadSuccessorIsRefused() throws {
        let program = try Program.start()
        let socket = try program.socket()
        try socket.send(get + "GET /livez HTTP/1.1\r\nHost : x\r\n\r\n" + get)
        #expect(try socket.response().status == 200)
        let refused = try socket.response()
        #expect(
            refused.status == 400 && refused["Connection"] == "close"
                && refused["Content-Type"] == "application/problem+json")
        #expect(try socket.receiveAll().isEmpty)
        #expect(!socket.wasReset, "closed so that the answer can be read")
    }

    @Test func chunkedBodiesAreReadHoweverTheyAreCut() throws {
        let program = try Program.start()
        let socket = try program.socket()
        let framings = [
            "5\r\n{\"hea\r\nd\r\ndline\":\"x\"}  \r\n0\r\n\r\n",
            "15;name=\"v\\\"\"\r\n{\"headline\":\"abcdef\"}\r\n0\r\n\r\n",
            "015\r\n{\"headline\":\"abcdef\"}\r\n000\r\nX-Trailer: y\r\n\r\n",
        ]
        for chunks in framings {
            try socket.send(post(chunks, "Transfer-Encoding: chunked"))
            #expect(try socket.response(to: "POST").status == 201, "\(chunks)")
        }
        // The same byte by byte: no answer may hang on where the reads fall.
        for byte in (post(framings[0], "Transfer-Encoding: chunked") + get).utf8 { try socket.send([byte]) }
        #expect(try socket.response(to: "POST").status == 201)
        #expect(try socket.response().status == 200)
    }

    @Test(
        arguments: [
            ([400], "GET /livez HTTP/1.1\r\n\r\n"),
            ([400], "GET /livez HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n"),
            ([400], "GET /livez HTTP/1.1\r\nHost: a b\r\n\r\n"),
            ([400], "GET /livez HTTP/1.1\r\nHost: x\r\n folded: y\r\n\r\n"),
            ([400], "GET /livez HTTP/1.1\r\nHost: x\r\nA\u{0}: y\r\n\r\n"),
            ([400], "GET  /livez HTTP/1.1\r\nHost: x\r\n\r\n"),
            ([400], "GET /livez\r\nHost: x\r\n\r\n"),
            ([505], "GET /livez HTTP/2.0\r\nHost: x\r\n\r\n"),
            ([400], "GET /livez http/1.1\r\nHost: x\r\n\r\n"),
            ([400], "GET livez HTTP/1.1\r\nHost: x\r\n\r\n"),
            ([400], "POST /articles HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nx"),
            ([400], "POST /articles HTTP/1.1\r\nHost: x\r\nContent-Length: +1\r\n\r\nx"),
            ([400], "POST /articles HTTP/1.1\r\nHost: x\r\nContent-Length: \r\n\r\nx"),
            (
                [400],
                "POST /articles HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
            ),
            ([400], "POST /articles HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n"),
            ([400], "POST /articles HTTP/1.0\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
            (
                [400],
                "POST /articles HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\n\r\n"
            ),
            (
                [400],
                "POST /articles HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n1\n{\r\n"
            ),
            (
                [400],
                "POST /articles HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n10000000000000000\r\n{"
            ),
            (
                [400, 413],
                "POST /articles HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 18446744073709551616\r\n\r\n{"
            ),
            ([400], "\u{16}\u{3}\u{1}\u{2}\u{0}\u{1}\u{0}\u{1}\r\n\r\n"),
            ([400, 505], "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
        ] as [(Set<Int>, String)])
    func whatIsAmbiguousIsRefusedAndClosed(_ statuses: Set<Int>, _ bytes: String) throws {
        let program = try Program.start()
        let socket = try program.socket()
        try socket.send(bytes)
        let answer = try socket.response()
        #expect(statuses.contains(answer.status), "\(answer.status)")
        #expect(answer["Connection"] == "close" && answer["Date"] != nil && answer["Content-Length"] != nil)
        #expect(try socket.receiveAll().isEmpty)
        #expect(try program.get("/articles").json.page.total == 0)
    }

    @Test func headsBeyondTheLimitsAreRefused() throws {
        let program = try Program.start()
        for (status, head) in [
            (414, "GET /\(String(repeating: "a", count: 1 << 20)) HTTP/1.1\r\nHost: x\r\n\r\n"),
            (431, "GET /livez HTTP/1.1\r\nHost: x\r\nA: \(String(repeating: "a", count: 1 << 20))\r\n\r\n"),
            (431, "GET /livez HTTP/1.1\r\nHost: x\r\n\(String(repeating: "A: b\r\n", count: 10_000))\r\n"),
        ] {
            let socket = try program.socket()
            try? socket.send(head)  // the server may have enough before the end
            #expect(try socket.response().status == status)
        }
    }

    @Test func aBodyWaitsForContinue() throws {
        let program = try Program.start()
        var ask = Ask("POST", "/articles", json: Sample.visit)
        ask.expectsContinue = true
        let answer = try program.perform(ask)
        #expect(answer.status == 201 && answer.interim.map(\.status) == [100])
        // Refused by its head alone, it is never asked for.
        let large = try program.socket()
        try large.send(
            "POST /articles HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Type: application/json\r\nContent-Length: 1000000000000\r\n\r\n"
        )
        #expect(try large.response(to: "POST").status == 413)
        let unknown = try program.socket()
        try unknown.send("GET /livez HTTP/1.1\r\nHost: x\r\nExpect: the-unexpected\r\n\r\n")
        #expect(try unknown.response().status == 417)
    }

    @Test func whoHasStoppedSendingStillGetsTheAnswers() throws {
        let program = try Program.start()
        let socket = try program.socket()
        try socket.send(get + get)
        socket.closeSending()
        #expect(try socket.responses(2).map(\.status) == [200, 200])
        #expect(try socket.receiveAll().isEmpty)
        let cut = try program.socket()
        try cut.send(post("{\"headline\":", "Content-Length: 40"))
        cut.closeSending()
        _ = try cut.receiveAll()
        #expect(try program.get("/articles").json.page.total == 0)
    }

    @Test func aSlowReaderGetsAllOfIt() throws {
        let program = try Program.start()
        let body = String(repeating: "Long reads. ", count: 80_000)
        let article = try program.publish(["headline": "Long", "body": .string(body)])
        let path = "/articles/\(article.id.asString ?? "")"
        // A dozen answers asked for at once, none read until all are asked: more than the kernel will hold.
        let socket = try program.socket()
        try socket.send(String(repeating: "GET \(path) HTTP/1.1\r\nHost: x\r\n\r\n", count: 12))
        #expect(try program.get("/livez").status == 200, "it costs only itself")
        let whole = try program.get(path).body
        for _ in 0..<12 { #expect(try socket.response().body == whole) }
        var slow = Ask("GET", path)
        slow.bytesPerSecond = 1_000_000
        #expect(try program.connection().perform(slow).body == whole)
    }

    @Test func whoGoesAwayLeavesNothingBehind() throws {
        let program = try Program.start()
        for _ in 0..<200 {
            let socket = try program.socket()
            try socket.send(get + "GET /articles HTTP/1.1\r\nHo")
            socket.resetOnClose()
        }
        #expect(try program.get("/livez").status == 200)
        #expect(try program.terminate() == .status(0))
    }

    @Test func itListensWhereItIsTold() throws {
        let folder = try Folder()
        let program = try Program.start(listen: ["127.0.0.1:0", "unix:\(folder.file("socket"))"])
        #expect(program.addresses.contains("unix:\(folder.file("socket"))"), "\(program.addresses)")
        let article = try program.publish(Sample.article(1))
        let local = Curl(base: "http://localhost", unixSocket: folder.file("socket"))
        #expect(try local.get("/articles/\(article.id.asString ?? "")").json == article)
        #expect(try program.terminate() == .status(0))
        #expect(!FileManager.default.fileExists(atPath: folder.file("socket")))
    }

    /// A log on a full disk, and one whose reader is gone.
    @Test(arguments: [#"exec "$@" 2>/dev/full"#, #"exec "$@" 2> >(exec true)"#])
    func itServesOnWhenItsLogCannotBeWritten(_ script: String) throws {
        let folder = try Folder()
        let socket = folder.file("socket")
        let child = try Child.running(
            ["bash", "-c", script, "bash", Program.path, "serve", "--data", folder.file("data"), "--listen", "unix:\(socket)"])
        var status: Int?
        let deadline = Date.now.addingTimeInterval(60)
        while status == nil, Date.now < deadline {
            status = try? Curl(base: "http://localhost", unixSocket: socket).get("/livez").status
            if status == nil { usleep(50_000) }
        }
        #expect(status == 200)
        child.send(SIGTERM)
        #expect(try child.waitForExit() == .status(0))
    }

    @Test(.enabled(if: hasIPv6Loopback, "this machine has no ::1"))
    func itListensOnIPv6() throws {
        let program = try Program.start(listen: ["[::1]:0"])
        #expect(program.authority.hasPrefix("[::1]:"))
        #expect(try program.get("/livez").status == 200)
    }
}

private let hasIPv6Loopback =
    (try? String(contentsOfFile: "/proc/net/if_inet6", encoding: .utf8))?.contains(
        String(repeating: "0", count: 31) + "1") == true
