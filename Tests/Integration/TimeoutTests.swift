import Foundation
import Testing

/// Who takes too long is told so, or let go; how long is the operator's to say.
///
/// Only that it happens is tested: the socket's own deadline is generous, and the program's is a second.
struct TimeoutTests {
    @Test func aHeadThatDoesNotEndIsRefused() throws {
        let program = try Program.start(arguments: ["--head-timeout", "1"])
        let socket = try program.socket()
        try socket.send("GET /livez HTTP/1.1\r\nHost: x\r\nX-Slow")
        let answer = try socket.response()
        #expect(answer.status == 408 && answer["Connection"] == "close")
        #expect(answer["Content-Type"] == "application/problem+json")
        #expect(try socket.receiveAll().isEmpty)
        // It cost nobody else anything.
        #expect(try program.get("/livez").status == 200)
    }

    @Test func aDrippingHeadIsRefusedAllTheSame() throws {
        let program = try Program.start(arguments: ["--head-timeout", "1"])
        let socket = try program.socket()
        try socket.send("GET /livez HTTP/1.1\r\nHost: x\r\nX-Slow: ")
        // A byte now and then must not move the deadline. The bound is far beyond it, so that a server that waits fails the test.
        for _ in 0..<1000 where !socket.isClosedByPeer {
            guard (try? socket.send("x")) != nil else { break }
            usleep(50_000)
        }
        #expect(try socket.response().status == 408)
    }

    @Test func aBodyThatDoesNotEndIsRefused() throws {
        let program = try Program.start(arguments: ["--body-timeout", "1"])
        let socket = try program.socket()
        try socket.send(
            "POST /articles HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{\"headline\":")
        let answer = try socket.response(to: "POST")
        #expect(answer.status == 408 && answer["Connection"] == "close")
        #expect(try socket.receiveAll().isEmpty)
        #expect(try program.get("/articles").json.page.total == 0)
    }

    @Test func anIdleConnectionIsClosedWithoutAWord() throws {
        let program = try Program.start(arguments: ["--idle-timeout", "1"])
        let unused = try program.socket()
        let used = try program.socket()
        try used.send("GET /livez HTTP/1.1\r\nHost: x\r\n\r\n")
        #expect(try used.response().status == 200)
        #expect(try used.receiveAll().isEmpty && !used.wasReset)
        #expect(try unused.receiveAll().isEmpty)
        #expect(try program.get("/livez").status == 200)
    }

    @Test(arguments: ["--head-timeout", "--body-timeout", "--idle-timeout", "--write-timeout", "--stop-timeout"])
    func aTimeoutIsAWholeNumberAboveNothing(_ flag: String) throws {
        for value in ["0", "-1", "soon", "1.5", "99999999999999999999"] {
            let outcome = try Program.run("serve", flag, value)
            #expect(outcome.exit != .status(0) && outcome.errors.contains(flag), "\(flag) \(value): \(outcome)")
        }
    }
}
