import Foundation
import Testing

/// One program takes over from another at a socket that stays open.
struct HandoverTests {
    /// A listening socket on a free port, as a service manager would hold it.
    private struct HeldSocket: ~Copyable {
        let descriptor: Int32
        init() throws {
            descriptor = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
            var address = sockaddr_in()
            address.sin_family = sa_family_t(AF_INET)
            address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
            let bound = withUnsafePointer(to: &address) {
                $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) }
            }
            guard bound == 0, listen(descriptor, 4096) == 0 else { throw HarnessError("no listening socket: \(errno)") }
        }
        deinit { close(descriptor) }
    }

    @Test func aSocketIsHandedDown() throws {
        let socket = try HeldSocket()
        let program = try Program.start(socket: socket.descriptor)
        #expect(program.addresses.count == 1 && program.port != 0, "\(program.log)")
        #expect(try program.get("/livez").status == 200)
    }

    /// Whoever asks while one program goes and the next comes has to wait a little, and never sees an error.
    @Test func noClientSeesTheChange() throws {
        let socket = try HeldSocket()
        let program = try Program.start(socket: socket.descriptor)
        let id = try #require(try program.publish(Sample.visit).id.asString)
        let base = program.base
        let state = Monitor((isOver: false, answers: 0, running: 4, faults: [String]()))
        for client in 0..<4 {
            let thread = Thread {
                var kept = Curl(base: base)
                var number = 0
                while !state.change({ $0.isOver }) {
                    number += 1
                    do {
                        // Two keep their connection, two make a new one for each request; every other one writes.
                        if client < 2 { kept = Curl(base: base) }
                        let answer =
                            client % 2 == 0
                            ? try kept.get("/articles/\(id)") : try kept.post("/articles", ["headline": .string("Number \(number) of \(client)")])
                        let isGood = answer.status == 200 || answer.status == 201
                        state.change { state in
                            state.answers += 1
                            if !isGood { state.faults.append("client \(client): \(answer.status) \(answer.text)") }
                        }
                    } catch {
                        state.change { $0.faults.append("client \(client), request \(number): \(error)") }
                    }
                }
                state.change { $0.running -= 1 }
            }
            thread.start()
        }
        for _ in 0..<4 {
            let before = state.change { $0.answers }
            #expect(state.wait(seconds: 60) { $0.answers > before + 40 ? true : nil } == true)
            try program.restart()
            #expect(program.base == base)
        }
        let before = state.change { $0.answers }
        #expect(state.wait(seconds: 60) { $0.answers > before + 40 ? true : nil } == true)
        state.change { $0.isOver = true }
        #expect(state.wait(seconds: 60) { $0.running == 0 ? true : nil } == true)
        #expect(state.change { $0.faults } == [])
    }

    @Test func whatIsNoListeningSocketIsRefused() throws {
        let program = Program.path
        let folder = try Folder()
        let child = try Child.running(
            ["/bin/sh", "-c", "LISTEN_FDS=1 LISTEN_PID=$$ exec \"$@\" 3</dev/null", "sh", program, "serve", "--data", folder.path])
        #expect(try child.waitForExit() != .status(0))
        #expect(child.errors.contains("fd:3"), "\(child.errors)")
        // What is meant for another process is none of its business.
        let other = try Program.start(environment: ["LISTEN_FDS": "1", "LISTEN_PID": "1"])
        #expect(try other.get("/livez").status == 200)
    }
}
