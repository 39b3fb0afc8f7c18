import Glibc
import HTTPServer
import HTTPWire
import Synchronization
import Testing

@Suite(.serialized) struct ServingTests {
    @Test func keepsConnectionsAlive() throws {
        let server = try TestServer()
        let client = try server.connect()
        for index in 0..<100 {
            try client.send(get("/\(index)"))
            let answer = try client.answer()
            #expect(answer.status == 200 && answer.text == "/\(index)")
            #expect(answer.field("date") != nil && answer.field("connection") == nil)
        }
        #expect(server.server.counters.accepted == 1 && server.server.counters.requests == 100)
    }

    @Test func answersPipelinedRequestsInOrder() throws {
        let server = try TestServer()
        let client = try server.connect()
        let paths = (0..<500).map { $0 % 7 == 0 ? "/soon?\($0)" : $0 % 11 == 0 ? "/pieces" : "/\($0)" }
        try client.send(paths.map { get($0) }.joined())
        for (index, path) in paths.enumerated() {
            let answer = try client.answer()
            if path == "/pieces" {
                #expect(answer.body.count == 100_000)
            } else {
                #expect(answer.text == (index % 7 == 0 ? "\(index)" : path))
            }
        }
    }

    @Test func readsByteByByte() throws {
        let server = try TestServer()
        let client = try server.connect()
        let text = "POST /echo HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\nA: b\r\n\r\n" + get("/x")
        for byte in text.utf8 { try client.send([byte]) }
        #expect(try client.answer().text == "hello")
        #expect(try client.answer().text == "/x")
    }

    @Test func echoesBodiesUpToTheLimit() throws {
        let server = try TestServer()
        let client = try server.connect()
        let body = String(repeating: "y", count: 1000)
        try client.send("POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 1000\r\n\r\n\(body)")
        #expect(try client.answer().text == body)
        try client.send("POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 1001\r\n\r\n\(body)z")
        let refused = try client.answer()
        #expect(refused.status == 413 && refused.text == "body-too-large" && refused.field("connection") == "close")
        #expect(try client.rest() == "")
        #expect(server.server.counters.refused["body-too-large"] == 1)
    }

    @Test func aRefusalCanBeReadWhileTheBodyStillComes() throws {
        let server = try TestServer()
        let client = try server.connect()
        try client.send("POST /echo HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n")
        let chunk = Array("1000\r\n".utf8) + [UInt8](repeating: 1, count: 4096) + [13, 10]
        for _ in 0..<50 { try client.send(chunk) }
        #expect(try client.answer().status == 413)
    }

    @Test func expectContinue() throws {
        let server = try TestServer()
        let client = try server.connect()
        try client.send("POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n")
        #expect(try client.answer().status == 100)
        try client.send("ok")
        #expect(try client.answer().text == "ok")
        try client.send("POST /stream HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n")
        // A stream nobody reads: the answer comes at once, and no 100.
        #expect(try client.answer().status == 200)
        let other = try server.connect()
        try other.send("POST /streamed HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n")
        #expect(try other.answer().status == 100)
        try other.send("ok" + get("/next"))
        #expect(try other.answer().text == "2")
        #expect(try other.answer().text == "/next")
    }

    @Test func streamsBodiesIn() throws {
        let server = try TestServer()
        let client = try server.connect()
        let chunk = Array("10000\r\n".utf8) + [UInt8](repeating: 1, count: 65536) + [13, 10]
        try client.send("POST /streamed HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n")
        for _ in 0..<100 { try client.send(chunk) }
        try client.send("0\r\n\r\n" + get("/after"))
        #expect(try client.answer().text == "\(6_553_600)")
        #expect(try client.answer().text == "/after")
        try client.send("POST /streamed HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\nx")
        let failed = try client.answer()
        #expect(failed.status == 400 && failed.text == "bad-chunk-size" && failed.field("connection") == "close")
    }

    @Test func aBodyThatNobodyReadsCloses() throws {
        let server = try TestServer()
        let client = try server.connect()
        try client.send("POST /stream/refuse HTTP/1.1\r\nHost: h\r\nContent-Length: 10000000\r\n\r\nabc")
        let answer = try client.answer()
        #expect(answer.status == 409 && answer.field("connection") == "close")
        #expect(try client.rest() == "")
    }

    @Test func streamsAnswersOut() throws {
        let server = try TestServer()
        let client = try server.connect()
        try client.send(get("/lines") + get("/b"))
        let answer = try client.answer()
        #expect(answer.body.count == 2_000_000 && answer.field("transfer-encoding") == "chunked")
        #expect(try client.answer().text == "/b")
        let old = try server.connect()
        try old.send("GET /lines HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
        let closed = try old.answer()
        #expect(closed.body.count == 2_000_000 && closed.field("connection") == "close" && closed.field("transfer-encoding") == nil)
    }

    @Test(arguments: ["/cut", "/dropped"]) func anAbortedStreamHasNoLastChunk(path: String) throws {
        let server = try TestServer()
        let client = try server.connect()
        try client.send(get(path))
        #expect(try client.rest().hasSuffix("\r\n\r\n1\r\na\r\n"))
    }

    @Test func headHasTheLengthAndNoBody() throws {
        let server = try TestServer()
        let client = try server.connect()
        try client.send("HEAD /large HTTP/1.1\r\nHost: h\r\n\r\nHEAD /lines HTTP/1.1\r\nHost: h\r\n\r\n" + get("/x"))
        #expect(try client.answer(toHead: true).field("content-length") == "\(8 << 20)")
        #expect(try client.answer(toHead: true).field("transfer-encoding") == "chunked")
        #expect(try client.answer().text == "/x")
    }

    @Test func halfClosedClientsGetTheirAnswers() throws {
        let server = try TestServer()
        let client = try server.connect()
        try client.send(get("/soon?1") + get("/large") + get("/3"))
        client.endSending()
        #expect(try client.answer().text == "1")
        #expect(try client.answer().body.count == 8 << 20)
        #expect(try client.answer().text == "/3")
        #expect(try client.rest() == "")
        let cut = try server.connect()
        try cut.send("GET / HT")
        cut.endSending()
        #expect(try cut.answer().text == "truncated")
    }

    @Test func aGoodRequestIsAnsweredBeforeItsBadSuccessor() throws {
        let server = try TestServer()
        let client = try server.connect()
        try client.send(get("/soon?a") + "GET / HTTP/1.1\r\nHost : h\r\n\r\n" + get("/never"))
        #expect(try client.answer().text == "a")
        #expect(try client.answer().text == "bad-field-name")
        #expect(try client.rest() == "")
    }

    @Test func oldClientsAreToldWhatTheyGet() throws {
        let server = try TestServer()
        let client = try server.connect()
        try client.send("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
        #expect(try client.answer().field("connection") == "keep-alive")
        try client.send("GET / HTTP/1.0\r\n\r\n")
        #expect(try client.answer().field("connection") == "close")
        #expect(try client.rest() == "")
    }

    @Test func theHookSeesEveryAnswer() throws {
        let seen = Mutex<[String]>([])
        let server = try TestServer { configuration in
            configuration.onCompletion = { done, request in
                let line = "\(done.method.map { "\($0)" } ?? "-") \(request?.path ?? "-") \(done.status) \(done.bodyBytes)"
                seen.withLock { $0.append(line) }
            }
        }
        let client = try server.connect()
        try client.send(get("/ab") + get("/soon?xyz") + "POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\n\r\nq" + get("/lines"))
        for _ in 0..<4 { _ = try client.answer() }
        try client.send("X\r\n\r\n")
        _ = try client.rest()
        #expect(seen.withLock { $0 } == ["get /ab 200 3", "get /soon 200 3", "post /echo 200 1", "get /lines 200 2000000", "- - 400 16"])
    }
}
