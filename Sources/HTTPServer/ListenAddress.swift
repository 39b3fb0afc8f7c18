/// Where a server listens: a host and port, or a Unix-domain socket.
public enum ListenAddress: Sendable, Hashable, CustomStringConvertible {
    /// A host name or an address literal, without brackets; port 0 takes a free one.
    case tcp(host: String, port: UInt16)
    /// The path of a Unix-domain socket and the mode of its file.
    case unix(path: String, permissions: UInt16)
    /// A socket that listens already, handed down by whoever started the process; the server leaves it to them to remove.
    case inherited(descriptor: Int32)

    /// Reads `HOST:PORT`, `[IPV6]:PORT` or `unix:PATH`; nil for anything else.
    /// - Parameter permissions: the mode of a Unix-domain socket's file.
    public init?(_ text: String, permissions: UInt16 = 0o660) {
        if text.hasPrefix("unix:") {
            let path = String(text.dropFirst(5))
            guard SocketAddress(path: path) != nil else { return nil }
            self = .unix(path: path, permissions: permissions)
            return
        }
        guard let colon = text.lastIndex(of: ":") else { return nil }
        let digits = text[text.index(after: colon)...]
        guard !digits.isEmpty, digits.utf8.allSatisfy({ 0x30...0x39 ~= $0 }), let port = UInt16(digits) else { return nil }
        var host = text[..<colon]
        if host.hasPrefix("["), host.hasSuffix("]") {
            host = host.dropFirst().dropLast()
            guard host.contains(":") else { return nil }
        } else if host.contains(":") {
            return nil
        }
        guard !host.isEmpty, !host.contains("[") else { return nil }
        self = .tcp(host: String(host), port: port)
    }

    /// The same text that `init` reads.
    public var description: String {
        switch self {
        case .tcp(let host, let port): host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
        case .unix(let path, _): "unix:\(path)"
        case .inherited(let descriptor): "fd:\(descriptor)"
        }
    }
}

extension ListenAddress {
    /// The sockets that a service manager hands down (sd_listen_fds(3)): descriptors from 3 on, `LISTEN_FDS` of them, meant for
    /// the process `LISTEN_PID`. Empty without these.
    public static func inherited(_ environment: [String: String], process: Int32) -> [ListenAddress] {
        guard environment["LISTEN_PID"].flatMap(Int32.init) == process,
            let count = environment["LISTEN_FDS"].flatMap(Int32.init), 1...1024 ~= count
        else { return [] }
        return (3..<3 + count).map { .inherited(descriptor: $0) }
    }
}
