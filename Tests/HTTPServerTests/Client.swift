import Glibc
import HTTPServer

/// A plain blocking client. Every wait ends after a generous time, as a failure and not as a hang.
final class Client {
    let descriptor: Int32
    private var received: [UInt8] = []

    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    init(_ address: ListenAddress) throws {
        switch address {
        case .tcp(let host, let port):
            var hints = addrinfo()
            hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
            var list: UnsafeMutablePointer<addrinfo>?
            guard getaddrinfo(host, String(port), &hints, &list) == 0, let entry = list?.pointee else {
                throw Failure(description: "no address")
            }
            defer { freeaddrinfo(list) }
            descriptor = socket(entry.ai_family, entry.ai_socktype, 0)
            guard connect(descriptor, entry.ai_addr, entry.ai_addrlen) == 0 else {
                close(descriptor)
                throw Failure(description: "connect: \(errno)")
            }
        case .unix(let path, _):
            descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
            var address = sockaddr_un()
            address.sun_family = sa_family_t(AF_UNIX)
            withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
            let result = withUnsafePointer(to: &address) {
                $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) }
            }
            guard result == 0 else {
                close(descriptor)
                throw Failure(description: "connect: \(errno)")
            }
        case .inherited: throw Failure(description: "no address to connect to")
        }
        var patience = timeval(tv_sec: 30, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
    }

    deinit { close(descriptor) }

    func send(_ text: String) throws { try send(Array(text.utf8)) }

    func send(_ bytes: [UInt8]) throws {
        var sent = 0
        while sent < bytes.count {
            let count = bytes.withUnsafeBytes {
                Glibc.send(descriptor, $0.baseAddress.map { $0 + sent }, bytes.count - sent, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { throw Failure(description: "send: \(errno)") }
            sent += count
        }
    }

    func endSending() { shutdown(descriptor, Int32(SHUT_WR)) }

    /// Reads more; false at the end.
    private func more() throws -> Bool {
        var room = [UInt8](repeating: 0, count: 65536)
        let count = recv(descriptor, &room, room.count, 0)
        guard count >= 0 else { throw Failure(description: "recv: \(errno)") }
        received += room[..<count]
        return count > 0
    }

    /// Everything up to the end of the connection.
    func rest() throws -> String {
        while try more() {}
        defer { received = [] }
        return String(decoding: received, as: UTF8.self)
    }

    struct Answer {
        var status = 0
        var head = ""
        var body: [UInt8] = []
        var text: String { String(decoding: body, as: UTF8.self) }
        func field(_ name: String) -> String? {
            head.split(separator: "\r\n").first { $0.lowercased().hasPrefix(name + ": ") }.map { String($0.dropFirst(name.count + 2)) }
        }
    }

    /// The next answer, by its own framing.
    func answer(toHead isHead: Bool = false) throws -> Answer {
        var end: Int?
        while true {
            end = received.indices.first { received[$0...].starts(with: "\r\n\r\n".utf8) }
            if end != nil { break }
            guard try more() else { throw Failure(description: "ended in a head: \(String(decoding: received, as: UTF8.self))") }
        }
        var answer = Answer()
        answer.head = String(decoding: received[..<(end ?? 0)], as: UTF8.self)
        received.removeFirst((end ?? 0) + 4)
        answer.status = Int(answer.head.split(separator: " ")[1]) ?? 0
        if isHead || answer.status == 304 || answer.status == 204 || answer.status < 200 { return answer }
        if let length = answer.field("content-length").flatMap({ Int($0) }) {
            answer.body = try take(length)
        } else if answer.field("transfer-encoding") == "chunked" {
            while true {
                let size = Int(try line(), radix: 16) ?? 0
                answer.body += try take(size)
                _ = try line()
                if size == 0 { break }
            }
        } else {
            answer.body = Array(try rest().utf8)
        }
        return answer
    }

    private func take(_ count: Int) throws -> [UInt8] {
        while received.count < count { guard try more() else { throw Failure(description: "ended in a body") } }
        defer { received.removeFirst(count) }
        return Array(received[..<count])
    }

    private func line() throws -> String {
        while true {
            if let end = received.firstIndex(of: 10) {
                defer { received.removeFirst(end + 1) }
                return String(decoding: received[..<max(0, end - 1)], as: UTF8.self)
            }
            guard try more() else { throw Failure(description: "ended in a line") }
        }
    }
}
