import Foundation
import Testing

/// Room for connections runs out: for one peer, and for the whole process.
struct ShareTests {
    @Test func aGreedyPeerLeavesRoomForOthers() throws {
        let program = try Program.start(arguments: ["--max-connections", "50"])
        let greedy = try (0..<60).map { _ in try program.socket() }
        // A refused one may be reset before it reads why.
        let statuses = greedy.map { socket -> Int in
            do {
                try socket.send("GET /livez HTTP/1.1\r\nHost: x\r\n\r\n")
                return try socket.response().status
            } catch { return 503 }
        }
        #expect(statuses.count { $0 == 200 } == 40, "four fifths")
        #expect(statuses.count { $0 == 503 } == 20)
        // Those who come from elsewhere are served, each from what is left.
        for host in [2, 3, 4] as [UInt8] {
            let other = try RawSocket(port: program.port, host: host)
            try other.send("GET /livez HTTP/1.1\r\nHost: x\r\n\r\n")
            #expect(try other.response().status == 200, "127.0.0.\(host)")
        }
        withExtendedLifetime(greedy) {}
    }

    @Test func outOfDescriptorsAcceptingPausesAndGoesOn() throws {
        let program = try Program.start()
        #expect(try program.get("/livez").status == 200)
        func limit(to count: Int) throws {
            _ = try Child.running(["prlimit", "--pid", "\(program.pid)", "--nofile=\(count):"]).waitForExit()
        }
        let open = try FileManager.default.contentsOfDirectory(atPath: "/proc/\(program.pid)/fd").compactMap { Int($0) }
        try limit(to: (open.max() ?? 0) + 4)
        let sockets = try (0..<30).map { _ in try program.socket() }
        for socket in sockets { try socket.send("GET /livez HTTP/1.1\r\nHost: x\r\n\r\n") }
        #expect(program.waitForLog { $0.contains("accepting paused") })
        // Those inside are served all the while.
        #expect(try program.get("/articles").status == 200)
        try limit(to: 1024)
        for socket in sockets { #expect(try socket.response().status == 200) }
    }
}
