import Glibc
import HTTPWire

/// Opens all sockets of a configuration, or none.
struct ListeningPlan {
    let loops: Int
    private let addresses: [ListenAddress]
    /// Addresses for connections that begin with a PROXY protocol header.
    private let proxyAddresses: [ListenAddress]
    private let backlog: Int32

    init(_ configuration: ServerConfiguration) {
        loops = max(1, configuration.loops)
        addresses = configuration.listen
        proxyAddresses = configuration.proxyListen
        backlog = configuration.backlog
    }

    /// Open listening sockets.
    struct Listening {
        var addresses: [ListenAddress] = []
        /// For each TCP address a socket for each loop.
        var tcp: [[Int32]] = []
        /// One socket for all loops.
        var shared: [Int32] = []
        var unixPaths: [String] = []
        /// Those of the sockets whose connections begin with a PROXY protocol header.
        var proxied: Set<Int32> = []

        var descriptors: [Int32] { tcp.joined() + shared }

        func closeAll() {
            for descriptor in descriptors { System.close(descriptor) }
            for path in unixPaths { System.removeFile(path) }
        }
    }

    func open() throws(ServerError) -> Listening {
        var listening = Listening()
        for address in addresses { try open(address, &listening) }
        let plain = listening.descriptors
        for address in proxyAddresses { try open(address, &listening) }
        listening.proxied = Set(listening.descriptors).subtracting(plain)
        return listening
    }

    private func open(_ address: ListenAddress, _ listening: inout Listening) throws(ServerError) {
        do throws(SystemError) {
            switch address {
            case .tcp(let host, let port): try openTCP(host, port, &listening)
            case .unix(let path, let permissions): try openUnix(address, path, permissions, &listening)
            case .inherited(let descriptor):
                listening.addresses.append(try System.adoptListener(descriptor))
                listening.shared.append(descriptor)
            }
        } catch {
            listening.closeAll()
            throw ServerError(address: address, cause: error)
        }
    }

    private func openTCP(_ host: String, _ port: UInt16, _ listening: inout Listening) throws(SystemError) {
        for resolved in try System.resolve(host, port: port) {
            // SO_REUSEPORT lets a second server of the same user share the port unnoticed; a bind without it doesn't. It also
            // chooses the port for 0, and holds it until the others have it.
            let probe = try System.listen(resolved, backlog: backlog, probing: true)
            System.close(probe.descriptor)
            guard let chosen = probe.bound.port else { continue }
            var sockets: [Int32] = []
            do throws(SystemError) {
                for _ in 0..<loops {
                    sockets.append(try System.listen(resolved.with(port: chosen), backlog: backlog, probing: false).descriptor)
                }
            } catch {
                for descriptor in sockets { System.close(descriptor) }
                throw error
            }
            listening.tcp.append(sockets)
            listening.addresses.append(.tcp(host: resolved.peer.host, port: chosen))
        }
    }

    private func openUnix(
        _ address: ListenAddress, _ path: String, _ permissions: UInt16, _ listening: inout Listening
    ) throws(SystemError) {
        guard let socketAddress = SocketAddress(path: path) else { throw SystemError(call: "bind", code: ENAMETOOLONG) }
        switch try System.hasListener(socketAddress) {
        case true: throw SystemError(call: "bind", code: EADDRINUSE)
        case false: System.removeFile(path)  // Left behind by a server that was killed.
        case nil: break
        }
        let descriptor = try System.listen(socketAddress, backlog: backlog, probing: false).descriptor
        do throws(SystemError) {
            // Nobody can connect before `listen`, so no one gets in between bind and chmod.
            try System.setPermissions(path, permissions)
            try System.listen(descriptor, backlog: backlog)
        } catch {
            System.close(descriptor)
            System.removeFile(path)
            throw error
        }
        listening.shared.append(descriptor)
        listening.unixPaths.append(path)
        listening.addresses.append(address)
    }
}

extension SocketAddress {
    /// The port of an internet address.
    fileprivate var port: UInt16? {
        switch peer {
        case .ipv4(_, let port), .ipv6(_, let port): port
        case .unix: nil
        }
    }
}
