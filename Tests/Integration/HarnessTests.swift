import Foundation
import Testing

/// The harness against known bytes: what it fails to notice here, no other suite would notice.
struct HarnessTests {
    @Test func curlShowsAnAnswerAsItWasSent() throws {
        let server = try OneByOne(
            "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 201 Created\r\nX-Twice: a\r\nx-twice: b\r\nContent-Length: 2\r\n\r\n{}"
        )
        let answer = try server.curl.post("/a/../b?c", ["x": 1])
        #expect(answer.status == 201 && answer.head.version == "HTTP/1.1")
        #expect(answer.interim.map(\.status) == [103])
        #expect(answer.fields.values(of: "X-TWICE") == ["a", "b"] && answer["X-Twice"] == nil)
        #expect(answer["Content-Length"] == "2" && answer.body == [123, 125] && answer.json == [:])
        let request = try #require(server.requests.first)
        #expect(request.hasPrefix("POST /a/../b?c HTTP/1.1\r\n") && request.hasSuffix("\r\n\r\n{\"x\":1}"))
        #expect(request.contains("Content-Type: application/json\r\n"))
    }

    @Test func curlUsesAnOpenConnectionAgainAndTells() throws {
        let server = try OneByOne(
            "HTTP/1.1 204 No Content\r\n\r\n", "HTTP/1.1 204 No Content\r\n\r\n",
            "HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n")
        let curl = server.curl
        let answers = try (0..<3).map { _ in try curl.get("/") }
        #expect(answers.map(\.connects) == [1, 0, 0])
        #expect(Set(answers.map(\.localPort)).count == 1)
    }

    @Test func curlSendsOnlyWhatItWasTold() throws {
        let server = try OneByOne("HTTP/1.1 204 No Content\r\n\r\n")
        _ = try server.curl.perform(Ask("DELETE", "/%2e%2E/x", ["If-Match": "*", "X-Empty": ""]))
        #expect(
            server.requests == [
                "DELETE /%2e%2E/x HTTP/1.1\r\nHost: 127.0.0.1:\(server.port)\r\nIf-Match: *\r\nX-Empty:\r\n\r\n"
            ])
    }

    @Test func curlSendsAChunkedBodyWhileItReads() throws {
        let server = try OneByOne(
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\none\r\n", "3\r\ntwo\r\n0\r\n\r\n")
        var seen: [UInt8] = []
        var sent = 0
        var ask = Ask(
            "POST", "/",
            body: .chunks {
                // Asked for again only after some of the answer came; if that is here already, there is nothing to wait for.
                if sent == 1 && seen.isEmpty { return .afterMoreAnswer }
                sent += 1
                return sent > 2 ? .end : .bytes(Array((sent == 1 ? "a" : "b").utf8))
            })
        ask.onPiece = { seen += $0 }
        let answer = try server.curl.perform(ask)
        #expect(answer.text == "onetwo" && seen == answer.body)
        #expect(server.requests.last == "1\r\nb\r\n0\r\n\r\n")
    }

    @Test func curlFailsOnACutAnswer() throws {
        let server = try OneByOne("HTTP/1.1 200 OK\r\nContent-Length: 9\r\nConnection: close\r\n\r\n{}")
        server.closeAfterLast()
        #expect(throws: CurlError.self) { try server.curl.get("/") }
    }

    @Test func curlNeverFollowsARedirect() throws {
        let server = try OneByOne("HTTP/1.1 308 Permanent Redirect\r\nLocation: /b\r\nContent-Length: 0\r\n\r\n")
        #expect(try server.curl.get("/a").status == 308)
    }

    @Test func responsesAreCutAtTheirLengths() throws {
        let bytes = Array(
            "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabcHTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nde\r\n0\r\nX: y\r\n\r\nrest"
                .utf8)
        let (first, length) = try #require(try RawResponse.first(in: bytes, to: "GET", isWhole: false))
        #expect(first.text == "abc")
        let (second, rest) = try #require(try RawResponse.first(in: Array(bytes[length...]), to: "GET", isWhole: false))
        #expect(second.text == "de" && length + rest == bytes.count - 4)
        for cut in 0..<length {
            #expect(try RawResponse.first(in: Array(bytes[..<cut]), to: "GET", isWhole: false) == nil)
        }
    }

    @Test(arguments: [
        "HTTP/1.1 20 OK\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: +3\r\n\r\nabc",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nabc\r\n",
    ])
    func responsesThatBreakTheRulesAreNoticed(_ bytes: String) {
        #expect(throws: HarnessError.self) { try RawResponse.first(in: Array(bytes.utf8), to: "GET", isWhole: true) }
    }

    @Test func valuesReadAndWriteJSON() throws {
        let value: Value = ["a": [1, 2.5, "x", true, nil], "b": ["c": -3]]
        #expect(try Value(json: value.bytes) == value)
        #expect(value.a[2] == "x" && value.b.c.asInt == -3 && value.b.d.e == .absent && value.a[9] == .absent)
        #expect(value.with(["a": .absent, "z": 1]) == ["b": ["c": -3], "z": 1])
        #expect(try Value(json: #" "a\u00e9\ud83d\ude00\n" "#.utf8) == "aé😀\n")
    }

    @Test(arguments: [
        #"{"a":1,}"#, #"{"a":1,"a":2}"#, "[1 2]", "01", "1.", "\"\\ud800\"", "\"\n\"", "{} {}", "", "nul", "[",
        "\"\\x\"",
    ])
    func whatIsNotJSONIsNoticed(_ text: String) {
        #expect(throws: HarnessError.self) { try Value(json: text.utf8) }
    }

    @Test func childrenTellHowTheyEnded() throws {
        #expect(try shell("exit 7").waitForExit() == .status(7))
        #expect(try shell("kill -9 $$").waitForExit() == .signal(9))
        let echo = try shell("cat; echo word >&2", input: Array("in".utf8))
        #expect(try echo.waitForExit() == .status(0))
        #expect(echo.output == Array("in".utf8) && echo.errors == "word\n")
        #expect(throws: HarnessError.self) { try Child.running(["/nowhere/at/all"]) }
    }

    @Test func childrenInheritNothingThatWouldChangeThem() throws {
        let held = open("/dev/null", O_RDONLY)  // not close-on-exec, as libcurl's sockets aren't
        defer { close(held) }
        // `exec`, as a shell that waits for its child blocks signals of its own accord.
        let child = try shell("ls /proc/$$/fd; exec grep -E 'Sig(Blk|Ign)' /proc/self/status")
        _ = try child.waitForExit()
        let lines = String(decoding: child.output, as: UTF8.self).split(separator: "\n")
        #expect(lines.filter { Int($0) != nil } == ["0", "1", "2"])
        let masks = lines.filter { $0.hasPrefix("Sig") }.compactMap { UInt64($0.split(separator: "\t")[1], radix: 16) }
        // Above the 31 that a program meets are libc's own.
        #expect(masks.count == 2 && masks.allSatisfy { $0 & 0x7fff_ffff == 0 }, "\(lines)")
        let waiting = try shell("echo ready >&2; while :; do sleep 1; done")
        _ = waiting.waitForErrors { $0.contains("ready") ? true : nil }
        waiting.send(SIGTERM)
        #expect(try waiting.waitForExit() == .signal(SIGTERM))
    }

    @Test func theAddressIsReadFromWholeLinesOnly() {
        let log =
            "… level=info msg=\"listening\" address=127.0.0.1:5 loops=2\nlistening address=\"unix:/a\"\nlistening address=127.0.0.1:6"
        #expect(Program.addresses(in: log) == ["127.0.0.1:5", "unix:/a"])
    }

    private func shell(_ script: String, input: [UInt8] = []) throws -> Child {
        try Child.running(["/bin/sh", "-c", script], input: input)
    }
}
