import Dispatch
import Glibc
import HTTPServer
import HTTPWire
import Testing

/// Slow, many, and gone clients; starting and stopping.
@Suite(.serialized) struct EnduranceTests {
    @Test func slowHeadsAndBodiesAreRefusedInTime() throws {
        let server = try TestServer { configuration in
            configuration.timeouts.head = .milliseconds(300)
            configuration.timeouts.bodyGrace = .milliseconds(300)
            configuration.timeouts.idle = .milliseconds(600)
        }
        let head = try server.connect()
        try head.send("GET / HTTP/1.1\r\n")
        #expect(try head.answer().text == "head-timeout")
        let body = try server.connect()
        try body.send("POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\na")
        #expect(try body.answer().text == "body-timeout")
        let stream = try server.connect()
        try stream.send("POST /streamed HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\na")
        #expect(try stream.answer().text == "body-timeout")
        let idle = try server.connect()
        try idle.send(get("/x"))
        #expect(try idle.answer().status == 200)
        #expect(try idle.rest() == "")
    }

    @Test func aClientThatDoesNotReadIsCutOff() throws {
        let server = try TestServer { $0.timeouts.write = .milliseconds(300) }
        let lazy = try server.connect()
        try lazy.send(get("/endless"))
        let good = try server.connect()
        try good.send(get("/a"))
        #expect(try good.answer().text == "/a")
        #expect(server.wait { $0.open == 1 })
    }

    @Test func pipelinedRequestsWaitWhileAnswersAreUnread() throws {
        let server = try TestServer()
        let client = try server.connect()
        let count = 40
        try client.send((0..<count).map { _ in get("/large") }.joined())
        #expect(server.wait { $0.requests > 0 })
        // Far fewer than were asked for: the answers fill the sockets, and the rest is not begun.
        #expect(server.server.counters.requests < 5)
        for _ in 0..<count { #expect(try client.answer().body.count == 8 << 20) }
        #expect(server.server.counters.requests == count)
    }

    @Test func aThousandConnectionsAreServed() throws {
        let server = try TestServer()
        let clients = try (0..<1000).map { _ in try server.connect() }
        for (index, client) in clients.enumerated() { try client.send(get("/\(index)")) }
        for (index, client) in clients.enumerated() { #expect(try client.answer().text == "/\(index)") }
        withExtendedLifetime(clients) { #expect(server.server.counters.open == 1000) }
    }

    @Test func pastTheLimitConnectionsAreRefused() throws {
        let server = try TestServer { $0.maxConnections = 2 }
        let first = try server.connect()
        let second = try server.connect()
        for client in [first, second] {
            try client.send(get("/"))
            #expect(try client.answer().status == 200)
        }
        let third = try server.connect()
        let refused = try third.answer()
        #expect(refused.status == 503 && refused.text == "too-many-connections")
    }

    @Test func resetsAndVanishedClientsLeaveNothing() throws {
        let server = try TestServer()
        for index in 0..<200 {
            let client = try server.connect()
            try client.send(get(["/large", "/endless", "/soon?1", "/lines"][index % 4]))
            if index % 2 == 0 {
                var option = linger(l_onoff: 1, l_linger: 0)
                setsockopt(client.descriptor, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
            }
        }
        #expect(server.wait { $0.accepted == 200 && $0.open == 0 })
    }

    @Test func servesUnixSocketsAndReplacesStaleOnes() throws {
        let path = "/tmp/http-test-\(getpid()).sock"
        let address = ListenAddress.unix(path: path, permissions: 0o600)
        let first = try TestServer([address])
        #expect(throws: ServerError.self) { try TestServer([address]) }
        var facts = stat()
        #expect(stat(path, &facts) == 0 && facts.st_mode & 0o777 == 0o600)
        for _ in 0..<4 {
            let client = try first.connect()
            try client.send(get("/u"))
            #expect(try client.answer().text == "/u")
        }
        let done = DispatchSemaphore(value: 0)
        first.server.stop(deadline: .seconds(5)) { done.signal() }
        #expect(done.wait(timeout: .now() + 30) == .success)
        #expect(stat(path, &facts) != 0)
        // A socket file that nobody listens on.
        let stale = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        var name = sockaddr_un()
        name.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &name.sun_path) { $0.copyBytes(from: path.utf8) }
        _ = withUnsafePointer(to: &name) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(stale, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) }
        }
        close(stale)
        let second = try TestServer([address])
        let client = try second.connect()
        try client.send(get("/v"))
        #expect(try client.answer().text == "/v")
    }

    @Test func servesBothFamiliesAndKeepsItsPort() throws {
        let server = try TestServer([.tcp(host: "127.0.0.1", port: 0), .tcp(host: "::1", port: 0)])
        for address in server.addresses {
            let client = try Client(address)
            try client.send(get("/six"))
            #expect(try client.answer().text == "/six")
        }
        // SO_REUSEPORT doesn't let another server slip in.
        #expect(throws: ServerError.self) { try TestServer([server.address]) }
    }

    @Test func stopsGracefully() throws {
        // A path of its own, since another program may be given the port as soon as it is free.
        let server = try TestServer([.unix(path: "/tmp/http-test-stop-\(getpid()).sock", permissions: 0o600)])
        // Connections are dealt to the loops in turn, so that every loop has one of these, and its end says that it drains.
        let idle = try (0..<64).map { _ in try server.connect() }
        for client in idle {
            try client.send(get("/i"))
            _ = try client.answer()
        }
        let busy = try server.connect()
        try busy.send(get("/held"))
        #expect(server.responder.held.arrived.wait(timeout: .now() + 30) == .success)
        let done = DispatchSemaphore(value: 0)
        server.server.stop(deadline: .seconds(60)) { done.signal() }
        for client in idle { #expect(try client.rest() == "") }
        #expect(throws: Client.Failure.self) { try server.connect() }
        server.responder.held.release()
        let answer = try busy.answer()
        #expect(answer.text == "late" && answer.field("connection") == "close")
        #expect(try busy.rest() == "")
        _ = consume busy
        #expect(done.wait(timeout: .now() + 30) == .success)
        #expect(server.server.counters.open == 0)
    }

    @Test func theDeadlineEndsWhatDoesNot() throws {
        let server = try TestServer()
        let busy = try server.connect()
        try busy.send(get("/held"))
        #expect(server.responder.held.arrived.wait(timeout: .now() + 30) == .success)
        let done = DispatchSemaphore(value: 0)
        server.server.stop(deadline: .milliseconds(50)) { done.signal() }
        #expect(done.wait(timeout: .now() + 30) == .success)
        server.responder.held.release()
        #expect(server.server.counters.open == 0)
    }
}
