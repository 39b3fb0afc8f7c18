import Foundation

/// A plain connection for what libcurl won't send, or won't show. Every wait has a deadline, only so that a hung server fails the test.
final class RawSocket {
    private let descriptor: Int32
    private let deadline: Int32
    /// Received, and not yet given out.
    private var received: [UInt8] = []
    private(set) var isClosedByPeer = false
    private(set) var wasReset = false

    /// `host` is the last number of our own address in 127.0.0.0/8.
    init(port: UInt16, deadlineInSeconds: Int = 60, host: UInt8 = 1) throws {
        deadline = Int32(deadlineInSeconds * 1000)
        descriptor = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw RawSocket.failure("socket") }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        var own = sockaddr_in()
        own.sin_family = sa_family_t(AF_INET)
        own.sin_addr.s_addr = (UInt32(0x7f00_0000) | UInt32(host)).bigEndian
        if host != 1 {
            _ = withUnsafePointer(to: &own) {
                $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) }
            }
        }
        let outcome = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard outcome == 0 else { throw RawSocket.failure("connect") }
        var yes: Int32 = 1
        setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &yes, socklen_t(MemoryLayout<Int32>.size))
    }

    deinit { close(descriptor) }

    /// Sends all of it, receiving meanwhile: a server that answers before it has read everything must not block us both.
    func send(_ bytes: some Sequence<UInt8>) throws {
        var rest = ArraySlice(bytes)
        while !rest.isEmpty {
            let ready = try wait(for: Int16(POLLIN | POLLOUT))
            if ready & Int16(POLLIN) != 0 && !isClosedByPeer { receiveSome() }
            guard ready & Int16(POLLOUT | POLLERR | POLLHUP) != 0 else { continue }
            let flags = Int32(MSG_NOSIGNAL | MSG_DONTWAIT)
            let count = rest.withUnsafeBytes { Glibc.send(descriptor, $0.baseAddress, $0.count, flags) }
            if count >= 0 {
                rest = rest.dropFirst(count)
            } else if errno != EAGAIN && errno != EINTR {
                throw RawSocket.failure("send")
            }
        }
    }
    func send(_ text: String) throws { try send(text.utf8) }

    /// Nothing more comes from us; the answers may still.
    func closeSending() { shutdown(descriptor, Int32(SHUT_WR)) }

    /// Makes the kernel answer the peer with a reset when this socket goes.
    func resetOnClose() {
        var linger = Glibc.linger(l_onoff: 1, l_linger: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout<Glibc.linger>.size))
    }

    /// The next answer. `method` is that of its request: an answer to HEAD has no body.
    func response(to method: String = "GET") throws -> RawResponse {
        while true {
            if let (response, length) = try RawResponse.first(in: received, to: method, isWhole: isClosedByPeer) {
                received.removeFirst(length)
                return response
            }
            guard !isClosedByPeer else {
                let end = wasReset ? "reset" : "closed"
                throw HarnessError("\(end) before a whole answer; there are \(received.count) bytes: \(text(received))")
            }
            _ = try wait(for: Int16(POLLIN))
            receiveSome()
        }
    }

    func responses(_ count: Int, to method: String = "GET") throws -> [RawResponse] {
        try (0..<count).map { _ in try response(to: method) }
    }

    /// All that comes until the peer closes.
    func receiveAll() throws -> [UInt8] {
        while !isClosedByPeer {
            _ = try wait(for: Int16(POLLIN))
            receiveSome()
        }
        defer { received = [] }
        return received
    }

    /// At least one more byte, unless the peer has closed.
    func receiveMore() throws -> [UInt8] {
        if received.isEmpty && !isClosedByPeer {
            _ = try wait(for: Int16(POLLIN))
            receiveSome()
        }
        defer { received = [] }
        return received
    }

    /// Whether anything has come that was not given out.
    var hasReceived: Bool {
        receiveSome()
        return !received.isEmpty
    }

    private func receiveSome() {
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        let count = recv(descriptor, &buffer, buffer.count, Int32(MSG_DONTWAIT))
        if count > 0 {
            received.append(contentsOf: buffer[..<count])
        } else if count == 0 {
            isClosedByPeer = true
        } else if errno != EAGAIN && errno != EINTR {
            isClosedByPeer = true
            wasReset = true
        }
    }

    private func wait(for events: Int16) throws -> Int16 {
        var entry = pollfd(fd: descriptor, events: events, revents: 0)
        while true {
            let count = poll(&entry, 1, deadline)
            if count > 0 { return entry.revents }
            if count == 0 {
                throw HarnessError("nothing came within \(deadline / 1000) s; there is: \(text(received))")
            }
            if errno != EINTR { throw RawSocket.failure("poll") }
        }
    }

    private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes.prefix(500), as: UTF8.self) }

    private static func failure(_ call: String) -> HarnessError {
        HarnessError("\(call): \(String(cString: strerror(errno)))")
    }
}
