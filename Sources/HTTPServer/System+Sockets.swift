import CLinux
import Glibc
import HTTPWire

extension System {
    /// What came off the queue of a listening socket.
    enum Accepted {
        case connection(Int32, PeerAddress)
        case none
        /// This one was gone before it could be taken; there may be others.
        case aborted
        /// Out of descriptors or memory: pause.
        case exhausted(Int32)
    }

    static func accept(_ listener: Int32) -> Accepted {
        var address = sockaddr_storage()
        var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        let descriptor = clinux_accept(listener, &address, &length)
        if descriptor >= 0 { return .connection(descriptor, peer(address)) }
        switch errno {
        case EAGAIN: return .none
        case EMFILE, ENFILE, ENOBUFS, ENOMEM: return .exhausted(errno)
        default: return .aborted
        }
    }

    /// A listening TCP socket, and the port it got.
    /// - Parameter probing: binds without SO_REUSEPORT, which fails if anyone else has the port, and doesn't listen.
    static func listen(
        _ address: SocketAddress, backlog: Int32, probing: Bool
    ) throws(SystemError) -> (descriptor: Int32, bound: SocketAddress) {
        let kind = Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue)
        let descriptor = socket(address.family, kind, 0)
        if descriptor < 0 { throw .last("socket") }
        do throws(SystemError) {
            try set(descriptor, SOL_SOCKET, SO_REUSEADDR)
            if !probing, address.family != AF_UNIX { try set(descriptor, SOL_SOCKET, SO_REUSEPORT) }
            if address.family == AF_INET6 { try set(descriptor, Int32(IPPROTO_IPV6), IPV6_V6ONLY) }
            // Accepted sockets inherit it: answers are written whole, so nothing is won by waiting.
            if address.family != AF_UNIX { try set(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY) }
            if address.withPointer({ bind(descriptor, $0, $1) }) != 0 { throw .last("bind") }
            if !probing, address.family != AF_UNIX { try listen(descriptor, backlog: backlog) }
            return (descriptor, try boundAddress(descriptor))
        } catch {
            close(descriptor)
            throw error
        }
    }

    static func listen(_ descriptor: Int32, backlog: Int32) throws(SystemError) {
        if Glibc.listen(descriptor, backlog) != 0 { throw .last("listen") }
    }

    /// Makes a socket that someone else opened ready for a loop, and says where it listens.
    static func adoptListener(_ descriptor: Int32) throws(SystemError) -> ListenAddress {
        var isListening: Int32 = 0
        var size = socklen_t(4)
        if getsockopt(descriptor, SOL_SOCKET, SO_ACCEPTCONN, &isListening, &size) != 0 { throw .last("getsockopt") }
        guard isListening != 0 else { throw SystemError(call: "accept", code: EINVAL) }
        let flags = fcntl(descriptor, F_GETFL)
        if flags < 0 || fcntl(descriptor, F_SETFL, flags | O_NONBLOCK) < 0 || fcntl(descriptor, F_SETFD, FD_CLOEXEC) < 0 {
            throw .last("fcntl")
        }
        let bound = try boundAddress(descriptor)
        switch bound.peer {
        case .ipv4(_, let port), .ipv6(_, let port):
            try set(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY)
            return .tcp(host: bound.peer.host, port: port)
        case .unix: return .unix(path: bound.path, permissions: 0)
        }
    }

    /// Whether somebody accepts connections at a Unix-domain address; nil if the file isn't there.
    static func hasListener(_ address: SocketAddress) throws(SystemError) -> Bool? {
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue), 0)
        if descriptor < 0 { throw .last("socket") }
        defer { close(descriptor) }
        if address.withPointer({ connect(descriptor, $0, $1) }) == 0 { return true }
        switch errno {
        case ENOENT: return nil
        case ECONNREFUSED: return false
        case EAGAIN: return true
        default: throw .last("connect")
        }
    }

    static func removeFile(_ path: String) { _ = unlink(path) }

    static func setPermissions(_ path: String, _ mode: UInt16) throws(SystemError) {
        if chmod(path, mode_t(mode)) != 0 { throw .last("chmod") }
    }

    /// The addresses a host name or literal stands for.
    static func resolve(_ host: String, port: UInt16) throws(SystemError) -> [SocketAddress] {
        var hints = addrinfo()
        hints.ai_flags = AI_PASSIVE | AI_NUMERICSERV
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var list: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(host, String(port), &hints, &list) == 0 else {
            throw SystemError(call: "getaddrinfo", code: EADDRNOTAVAIL)
        }
        defer { freeaddrinfo(list) }
        var found: [SocketAddress] = []
        var entry = list
        while let one = entry {
            entry = one.pointee.ai_next
            if let address = one.pointee.ai_addr { found.append(SocketAddress(address, one.pointee.ai_addrlen)) }
        }
        return found
    }

    private static func set(_ descriptor: Int32, _ level: Int32, _ option: Int32) throws(SystemError) {
        var on: Int32 = 1
        if setsockopt(descriptor, level, option, &on, 4) != 0 { throw .last("setsockopt") }
    }

    private static func boundAddress(_ descriptor: Int32) throws(SystemError) -> SocketAddress {
        var storage = sockaddr_storage()
        var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        // A sockaddr_storage is made to be looked at as any sockaddr.
        let result = withUnsafeMutablePointer(to: &storage) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &length) }
        }
        if result != 0 { throw .last("getsockname") }
        return SocketAddress(storage: storage, length: length)
    }

    fileprivate static func peer(_ storage: sockaddr_storage) -> PeerAddress {
        // Both kinds of address have their port and their bytes at fixed places, within every sockaddr_storage.
        withUnsafeBytes(of: storage) { bytes in
            let port = UInt16(bytes[2]) << 8 | UInt16(bytes[3])
            switch Int32(storage.ss_family) {
            case AF_INET:
                var address = SIMD4<UInt8>()
                for index in 0..<4 { address[index] = bytes[4 + index] }
                return .ipv4(address, port: port)
            case AF_INET6:
                var address = SIMD16<UInt8>()
                for index in 0..<16 { address[index] = bytes[8 + index] }
                return .ipv6(address, port: port)
            default:
                return .unix
            }
        }
    }
}

/// A socket address of any family.
struct SocketAddress {
    private var storage: sockaddr_storage
    private let length: socklen_t

    init(storage: sockaddr_storage, length: socklen_t) {
        self.storage = storage
        self.length = length
    }

    init(_ address: UnsafePointer<sockaddr>, _ length: socklen_t) {
        storage = sockaddr_storage()
        self.length = min(length, socklen_t(MemoryLayout<sockaddr_storage>.size))
        // `length` bytes are behind `address`, and no more than the storage holds.
        withUnsafeMutableBytes(of: &storage) { $0.copyMemory(from: UnsafeRawBufferPointer(start: address, count: Int(self.length))) }
    }

    /// A Unix-domain address; nil if the path is empty, too long, or holds a NUL.
    init?(path: String) {
        var address = sockaddr_un()
        let bytes = Array(path.utf8)
        guard !bytes.isEmpty, bytes.count < MemoryLayout.size(ofValue: address.sun_path), !bytes.contains(0) else { return nil }
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
        storage = sockaddr_storage()
        length = socklen_t(MemoryLayout<sockaddr_un>.size)
        withUnsafeMutableBytes(of: &storage) { room in withUnsafeBytes(of: address) { room.copyMemory(from: $0) } }
    }

    var family: Int32 { Int32(storage.ss_family) }

    /// The path of a Unix-domain address; empty for one without a name.
    var path: String {
        // The path begins behind the family, and ends with the address or at a NUL.
        withUnsafeBytes(of: storage) { bytes in
            String(decoding: bytes[min(2, Int(length))..<Int(length)].prefix { $0 != 0 }, as: UTF8.self)
        }
    }

    /// Host and port of an internet address.
    var peer: PeerAddress { System.peer(storage) }

    /// The same address with another port.
    func with(port: UInt16) -> SocketAddress {
        var copy = self
        withUnsafeMutableBytes(of: &copy.storage) { bytes in
            bytes[2] = UInt8(port >> 8)
            bytes[3] = UInt8(port & 0xff)
        }
        return copy
    }

    func withPointer<Result>(_ body: (UnsafePointer<sockaddr>, socklen_t) -> Result) -> Result {
        withUnsafePointer(to: storage) { pointer in
            // A sockaddr_storage is made to be looked at as any sockaddr.
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, length) }
        }
    }
}
