import Foundation
import Testing

/// Who the program takes the client for behind each proxy, and what it prints for it.
@Suite(.serialized, .enabled(if: Proxy.areInstalled, "needs nginx, haproxy, caddy and varnish; scripts/test installs them"))
struct ProxyOriginTests {
    /// What a client may try. None of these is what the proxy knows.
    private static let forged: [[(String, String)]] = [
        [("X-Forwarded-For", "203.0.113.9")], [("x-forwarded-for", "203.0.113.9, 127.0.0.1")],
        [("X-Forwarded-For", "203.0.113.9"), ("X-Forwarded-For", "127.0.0.1")], [("X_Forwarded_For", "203.0.113.9")],
        [("X-Forwarded-For", "nonsense")], [("X-Forwarded-For", "\"203.0.113.9")], [("X-Forwarded-For", ",")],
        [("Forwarded", "for=203.0.113.9")], [("Forwarded", "for=203.0.113.9;host=evil.example;proto=https, for=127.0.0.1")],
        [("Forwarded", "for=\"203.0.113.9")], [("forwarded", "for=127.0.0.1"), ("Forwarded", "for=203.0.113.9")],
        [("X-Real-IP", "203.0.113.9"), ("Client-IP", "203.0.113.9"), ("True-Client-IP", "203.0.113.9"), ("Via", "1.1 203.0.113.9")],
        [("X-Forwarded-Host", "evil.example")], [("X-Forwarded-Host", "evil.example, evil.example")], [("X-Forwarded-Proto", "https")],
        [("X-Forwarded-Prefix", "/evil")], [("X-Forwarded-Prefix", "//evil.example")], [("X-Forwarded-Prefix", "nonsense")],
        [("Connection", "X-Forwarded-For")], [("Connection", "close, X-Forwarded-For, X-Forwarded-Host, X-Forwarded-Proto")],
    ]

    /// The client comes from 127.0.0.2, which nobody trusts; the proxy's own address is 127.0.0.1.
    @Test(arguments: Proxy.Kind.allCases)
    func aClientCannotForgeWhereItIs(_ kind: Proxy.Kind) throws {
        let program = try Program.behindProxies()
        let proxy = try Proxy(kind, before: program.authority)
        for (number, fields) in Self.forged.enumerated() {
            let target = "/changes?since=\(number)&limit=1"
            let socket = try RawSocket(port: proxy.port, host: 2)
            let lines = fields.map { "\($0): \($1)\r\n" }.joined()
            try socket.send("GET \(target) HTTP/1.1\r\nHost: news.example:81\r\n\(lines)\r\n")
            let answer = try socket.response()
            if kind == .varnish, answer.status == 400 { continue }  // It refuses a Connection that names its own fields.
            #expect(answer.status == 200 && !answer.text.contains("evil"), "\(fields): \(answer.text)")
            let line = try program.logged(target)
            #expect(line.client == "127.0.0.2" && line.host == "news.example:81" && line.scheme == "http", "\(fields): \(line)")
        }
    }

    /// The same for who comes round the proxy.
    @Test func aStrangerIsNotBelieved() throws {
        let program = try Program.behindProxies(trusting: ["127.0.0.7", "10.0.0.0/8"])
        for (number, fields) in Self.forged.enumerated() {
            let target = "/changes?since=\(number)&limit=1"
            let lines = fields.map { "\($0): \($1)\r\n" }.joined()
            let socket = try program.socket()
            try socket.send("GET \(target) HTTP/1.1\r\nHost: news.example\r\n\(lines)\r\n")
            let answer = try socket.response()
            #expect(answer.status == 200 && !answer.text.contains("evil"), "\(fields): \(answer.text)")
            let line = try program.logged(target)
            #expect(line.client == "127.0.0.1" && line.host == "news.example" && line.scheme == "http", "\(line)")
        }
    }

    @Test func whatATrustedProxySaysIsPrinted() throws {
        let program = try Program.behindProxies()
        let outer: KeyValuePairs = [
            "X-Forwarded-For": "203.0.113.9", "X-Forwarded-Proto": "https", "X-Forwarded-Host": "news.example:8443",
            "X-Forwarded-Prefix": "/news/",
        ]
        let posted = try program.post("/articles", Sample.visit, outer)
        let path = "/articles/\(posted.json.id.asString ?? "")"
        #expect(posted["Location"] == "/news" + path && posted.status == 201)
        #expect(
            try program.post("/articles", [Sample.article(1)], outer).json.data[0].location.asString?.hasPrefix("/news/articles/") == true)
        var lines = Ask("POST", "/articles", outer, body: .bytes(Sample.article(2).bytes))
        lines.fields.append(("Content-Type", "application/x-ndjson"))
        #expect(try program.perform(lines).lines[0].location.asString?.hasPrefix("/news/articles/") == true)

        let list = try program.get("/articles?limit=1", outer)
        let next = try #require(list.json.page.next.asString)
        #expect(next.hasPrefix("/news/articles?") && list["Link"] == "<\(next)>; rel=\"next\"")
        #expect(list["Vary"]?.contains("X-Forwarded-Prefix") == true)
        let second = try program.get(String(next.dropFirst(5)), outer)
        #expect(second.status == 200 && second.json.page.prev.asString?.hasPrefix("/news/articles?") == true)
        #expect(try program.get("/changes", outer).json.page.next.asString?.hasPrefix("/news/changes?") == true)
        #expect(try program.get("/openapi.json", outer).json.servers[0].url == "https://news.example:8443/news")
        #expect(try program.get("/openapi.json").json.servers[0].url == "http://\(program.authority)")
        #expect(try program.get("/nothing", outer).json.instance == "/news/nothing")

        // One entity merged into another is found there, by a redirect that stays outside.
        for name in ["One", "Two"] { #expect(try program.post("/entities", ["name": .string(name)]).status == 201) }
        #expect(try program.post("/entities/one/merge", ["into": "two"]).status == 200)
        #expect(try program.get("/entities/one?x", outer)["Location"] == "/news/entities/two?x")

        let line = try program.logged("/news/nothing")
        #expect(line.client == "203.0.113.9" && line.scheme == "https" && line.host == "news.example:8443", "\(line)")
    }

    @Test(arguments: Proxy.Kind.allCases.filter { $0 != .varnish })
    func aServerUnderAPathLinksThere(_ kind: Proxy.Kind) throws {
        let program = try Program.behindProxies()
        let proxy = try Proxy(kind, before: program.authority, Self.underAPath(kind), ready: "/news/readyz")
        #expect(try proxy.post("/news/articles", [Sample.article(1), Sample.article(2)]).status == 200)
        let list = try proxy.get("/news/articles?limit=1&sort=published")
        #expect(list.json.data[0].uri == .string(Sample.uri(1)), "\(list.text)")
        let next = try #require(list.json.page.next.asString)
        #expect(next.hasPrefix("/news/articles?"))
        #expect(try proxy.get(next).json.data[0].uri == .string(Sample.uri(2)))
        #expect(try proxy.get("/news/openapi.json").json.servers[0].url == .string(proxy.base + "/news"))
        #expect(try proxy.get("/news/").text.contains("<html"))
        #expect(try proxy.get("/articles").json.data == .absent)
        #expect(try proxy.get("/news/metrics").status == 404)
    }

    /// As the comments of the files say.
    private static func underAPath(_ kind: Proxy.Kind) -> Proxy.Edits {
        switch kind {
        case .nginx:
            [
                ("location / {\n        proxy_pass http://dateline;", "location /news/ {\n        proxy_pass http://dateline/;"),
                ("X-Forwarded-Prefix \"\";", "X-Forwarded-Prefix /news;"), ("location = /metrics", "location = /news/metrics"),
            ]
        case .haproxy: [("# http-request ", "http-request ")]
        case .caddy:
            [
                ("\trespond /metrics", "\thandle_path /news/* {\n\trespond /metrics"),
                ("header_up -X-Forwarded-Prefix", "header_up X-Forwarded-Prefix /news"),
                ("\n\t}\n}\n", "\n\t}\n\t}\n}\n"),
            ]
        case .varnish: []
        }
    }

    @Test(arguments: ["send-proxy", "send-proxy-v2", "send-proxy-v2 proxy-v2-options crc32c,unique-id"])
    func theProxyProtocolTellsTheClient(_ option: String) throws {
        let program = try Program.behindProxies(listen: ["127.0.0.1:0"], proxyListen: ["127.0.0.1:0"])
        let authority = program.addresses[1]
        let edits: Proxy.Edits = [
            ("127.0.0.1:8080\n", "127.0.0.1:8080 \(option) check-send-proxy\n"), ("http-request set-header X-Forwarded-For %[src]\n", ""),
        ]
        let proxy = try Proxy(.haproxy, before: authority, edits)
        for (number, host) in ([2, 3, 2] as [UInt8]).enumerated() {
            let target = "/changes?since=\(number)"
            let socket = try RawSocket(port: proxy.port, host: host)
            try socket.send("GET \(target) HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: 203.0.113.9\r\n\r\n")
            #expect(try socket.response().status == 200)
            #expect(try program.logged(target).client == .string("127.0.0.\(host)"))
        }
        // Its checks speak for HAProxy itself.
        #expect(try program.accessLog(until: "/readyz").filter { $0.target == "/readyz" }.contains { $0.client == "127.0.0.1" })
    }

    @Test func aProxyHeaderMayComeInAnyPieces() throws {
        let program = try Program.behindProxies(["--proxy-protocol"], trusting: ["127.0.0.1", "192.0.2.0/24"])
        let header = "PROXY TCP4 192.0.2.1 198.51.100.2 4660 443\r\n"
        let request = "GET /livez?%d HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: 203.0.113.9\r\n\r\n"
        for cut in stride(from: 1, to: header.utf8.count + 40, by: 7) {
            let target = "/changes?since=\(cut)"
            let whole = header + request.replacing("/livez?%d", with: target)
            let socket = try program.socket()
            try socket.send(whole.utf8.prefix(cut))
            Thread.sleep(forTimeInterval: 0.01)
            try socket.send(whole.utf8.dropFirst(cut))
            #expect(try socket.response().status == 200)
            // The proxy before this one is trusted too.
            #expect(try program.logged(target).client == "203.0.113.9")
        }
    }

    @Test func whoeverDoesNotSpeakTheProxyProtocolIsRefused() throws {
        let program = try Program.behindProxies(["--proxy-protocol"])
        for start in ["GET /livez HTTP/1.1\r\nHost: x\r\n\r\n", "PROXY TCP4 192.0.2.1\r\nGET", "\r\n\r\n\0\r\nQUIX"] {
            let socket = try program.socket()
            try socket.send(start)
            let answer = try socket.response()
            #expect(answer.status == 400 && answer.json.type == "urn:dateline:problem:bad-proxy-header" && answer["Connection"] == "close")
            #expect(try socket.receiveAll().isEmpty)
        }
        let cut = try program.socket()
        try cut.send("PROXY TCP4 192.0")
        cut.closeSending()
        #expect(try cut.receiveAll().isEmpty)

        let strict = try Program.behindProxies(["--proxy-protocol"], trusting: ["10.0.0.1"])
        let stranger = try strict.socket()
        try stranger.send("PROXY TCP4 192.0.2.1 198.51.100.2 4660 443\r\nGET /livez HTTP/1.1\r\nHost: x\r\n\r\n")
        #expect(try stranger.response().status == 403)
    }

    @Test(arguments: [
        ["--trusted-proxy", "10.0.0.1/8"], ["--trusted-proxy", "localhost"], ["--listen-proxy", "nowhere"], ["--socket-mode", "0888"],
        ["--socket-mode", "07777"], ["--socket-mode", "rw"],
    ])
    func whatCannotBeMeantIsSaid(_ arguments: [String]) throws {
        let outcome = try Program.run(["serve"] + arguments)
        #expect(outcome.exit == .status(64) && outcome.errors.contains("\(arguments[0]) \(arguments[1])"), "\(outcome)")
    }
}
