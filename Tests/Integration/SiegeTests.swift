import Foundation
import Testing

/// A crowd of clients that come, break every rule, and go: nothing of them stays behind.
struct SiegeTests {
    /// What the kernel says of a process.
    private struct Footprint: CustomStringConvertible {
        var descriptors: Int
        var threads: Int
        var residentKilobytes: Int

        init(_ pid: pid_t) throws {
            descriptors = try FileManager.default.contentsOfDirectory(atPath: "/proc/\(pid)/fd").count
            threads = try FileManager.default.contentsOfDirectory(atPath: "/proc/\(pid)/task").count
            let status = try String(contentsOfFile: "/proc/\(pid)/status", encoding: .utf8)
            residentKilobytes = status.firstMatch(of: /VmRSS:\s+(\d+)/).flatMap { Int($0.1) } ?? 0
        }

        var description: String { "\(descriptors) descriptors, \(threads) threads, \(residentKilobytes) KB" }
    }

    @Test func whatComesAndGoesLeavesNothing() throws {
        let program = try Program.start(arguments: ["--idle-timeout", "2"])
        let id = try #require(try program.publish(Sample.visit).id.asString)
        let (port, seed) = (program.port, UInt64.random(in: 0 ... .max))
        /// 10,000 connections with 50,000 requests, faults among them.
        func siege(_ round: UInt64) {
            _ = onThreads(4) { thread in
                var chance = Chance(seed: seed &+ round &* 4 &+ UInt64(thread))
                for _ in 0..<2_500 { Visitor.visit(port, article: id, &chance) }
            }
        }
        func settled() throws -> Footprint {
            let deadline = Date(timeIntervalSinceNow: 60)
            while try !program.get("/metrics").text.contains("\ndateline_http_connections 1\n"), Date.now < deadline { usleep(50_000) }
            return try Footprint(program.pid)
        }
        let before = try settled()
        siege(0)
        let between = try settled()
        siege(1)
        let after = try settled()
        let told = Comment(rawValue: "seed \(seed): before \(before), between \(between), after \(after)")
        #expect(after.descriptors <= before.descriptors + 1, told)  // Dispatch opens one of its own now and then.
        #expect(after.threads <= between.threads + 2, told)
        // The first siege fills the allocator's pools; the second finds them.
        #expect(after.residentKilobytes <= between.residentKilobytes + (8 << 10), told)
        #expect(try program.get("/articles/\(id)").status == 200)
    }
}

/// A client with bad manners.
private enum Visitor {
    static func visit(_ port: UInt16, article: String, _ chance: inout Chance) {
        guard let socket = try? RawSocket(port: port) else { return }
        do {
            for _ in 0..<4 { try ask(socket, article, &chance) }
            try last(socket, article, &chance)
        } catch {
            // Whatever the server does to such a client is its right.
        }
        // With a reset, no port of ours waits two minutes for another use.
        socket.resetOnClose()
    }

    /// What a good client asks.
    private static func ask(_ socket: RawSocket, _ article: String, _ chance: inout Chance) throws {
        switch chance.below(4) {
        case 0: try socket.send("GET /articles/\(article) HTTP/1.1\r\nHost: x\r\n\r\n")
        case 1: try socket.send("GET /articles?q=kyiv HTTP/1.1\r\nHost: x\r\nAccept-Encoding: gzip\r\n\r\n")
        case 2: try socket.send("GET /nothing HTTP/1.1\r\nHost: x\r\n\r\n")
        default: try socket.send("POST /entities HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}")
        }
        _ = try socket.response()
    }

    /// What a bad one leaves it at.
    private static func last(_ socket: RawSocket, _ article: String, _ chance: inout Chance) throws {
        let get = "GET /articles/\(article) HTTP/1.1\r\nHost: x\r\n\r\n"
        switch chance.below(12) {
        case 0: try socket.send(String(get.prefix(chance.below(get.count))))
        case 1: try socket.send("POST /articles HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 5000\r\n\r\n{")
        case 2:
            try socket.send(
                "POST /articles HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{\"hea")
        case 3: try socket.send("POST /articles HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n")
        case 4: try socket.send("GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n")
        case 5: try socket.send([UInt8](repeating: UInt8(chance.below(256)), count: 1 + chance.below(9_000)))
        case 6: try socket.send(String(repeating: get, count: 30))
        case 7:
            try socket.send(get)
            socket.closeSending()
            _ = try socket.receiveAll()
        case 8: try socket.send("GET /openapi.json HTTP/1.1\r\nHost: x\r\n\r\n")
        case 9: try socket.send("GET / HTTP/1.1\r\nHost: x\r\nX-Long: " + String(repeating: "a", count: 70_000))
        case 10: try socket.send("PUT /articles/\(article) HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 9\r\n\r\n")
        default: break
        }
    }
}
