import Foundation
import Testing

/// What an operator sees: metrics, the access log, and ids that go through.
struct ObservationTests {
    /// The value of a line of /metrics.
    private func value(_ name: String, in text: String) -> Double? {
        text.split(separator: "\n").first { $0.hasPrefix(name + " ") }.flatMap { Double($0.dropFirst(name.count + 1)) }
    }

    @Test func metricsCountWhatHappened() throws {
        let program = try Program.start()
        let id = try #require(try program.publish(Sample.visit).id.asString)
        for _ in 0..<3 { _ = try program.get("/articles/\(id)") }
        _ = try program.get("/articles/\(id)/nothing")
        let socket = try program.socket()
        try socket.send("GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n")
        #expect(try socket.response().status == 400)
        let answer = try program.get("/metrics", ["Accept": "text/plain;version=0.0.4"])
        #expect(answer.status == 200 && answer["Content-Type"] == "text/plain; version=0.0.4; charset=utf-8")
        let text = answer.text
        #expect(value(#"dateline_http_requests_total{route="/articles/{id}",method="GET",status="200"}"#, in: text) == 3)
        #expect(value(#"dateline_http_requests_total{route="/articles",method="POST",status="201"}"#, in: text) == 1)
        #expect(value(#"dateline_http_requests_total{route="/*",method="GET",status="404"}"#, in: text) == 1)
        #expect(value(#"dateline_http_request_duration_seconds_count{route="/articles/{id}"}"#, in: text) == 3)
        #expect(value(#"dateline_journal_commits_total{durable="true"}"#, in: text) == 1)
        #expect(value("dateline_index_articles", in: text) == 1)
        #expect(value("dateline_journal_writable", in: text) == 1)
        #expect(text.contains("dateline_http_refused_total{code="))
        for name in ["dateline_http_received_bytes_total", "dateline_http_sent_bytes_total", "process_resident_memory_bytes", "process_open_fds"] {
            #expect(try #require(value(name, in: text)) > 0, "\(name)")
        }
        // Every line is one that Prometheus reads.
        for line in text.split(separator: "\n") where !line.hasPrefix("# ") {
            #expect(line.wholeMatch(of: /[a-zA-Z_:][a-zA-Z0-9_:]*(\{([a-zA-Z_]\w*="([^"\\]|\\.)*",?)*\})? [-+0-9.eIinfNa]+/) != nil, "\(line)")
        }
    }

    @Test func eachRequestHasItsLine() throws {
        let program = try Program.start(arguments: ["--access-log", "json"])
        _ = try program.get("/livez?", ["User-Agent": "a \"quoted\" one", "X-Request-Id": "r-1", "Accept": "*/*"])
        let socket = try program.socket()
        try socket.send("BROKEN\r\n\r\n")
        _ = try socket.response()
        #expect(program.waitForOutput { $0.split(separator: "\n").count >= 2 })
        let lines = Answer.lines(of: Array(program.output.utf8))
        let first = try #require(lines.asArray.first)
        #expect(first.method == "GET" && first.target == "/livez?" && first.status == 200 && first.client == "127.0.0.1")
        #expect(first.userAgent == "a \"quoted\" one" && first.requestId == "r-1")
        #expect(first["bytes"] == .int(15))
        #expect(lines.asArray.last?.status == 400 && lines.asArray.last?.method == .absent)
        try program.terminate()
    }

    @Test func aLogThatNobodyReadsHoldsNobodyUp() throws {
        let program = try Program.start(
            arguments: ["--access-log", "combined"], wrapper: ["/bin/sh", "-c", "exec \"$@\" >/dev/full", "sh"])
        for _ in 0..<200 { #expect(try program.get("/livez").status == 200) }
        #expect(try program.terminate() == .status(0))
    }

    @Test func idsGoThrough() throws {
        let program = try Program.start()
        let trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
        for target in ["/livez", "/articles", "/", "/nothing", "/articles/x", "/metrics"] {
            let answer = try program.get(target, ["X-Request-Id": "abc-123", "traceparent": trace])
            #expect(answer["X-Request-Id"] == "abc-123" && answer["traceparent"] == trace, "\(target)")
            #expect(try program.get(target)["X-Request-Id"] == nil, "not kept for the next")
        }
        let written = try program.post("/articles", Sample.visit, ["X-Request-Id": "w"])
        #expect(written.status == 201 && written["X-Request-Id"] == "w")
        // What can't safely stand in a head is left out.
        for odd in [String(repeating: "a", count: 257), "a b", "caf\u{e9}"] {
            #expect(try program.get("/livez", ["X-Request-Id": odd])["X-Request-Id"] == nil, "\(odd)")
        }
    }
}
