import HTTPWire

/// What a connection knows of the proxies in front of it.
struct ProxyFacts {
    /// Whether a PROXY protocol header has yet to come.
    var awaitsHeader: Bool
    /// Whether the client behind the proxy speaks TLS, by that header.
    var isSecure = false
    /// Whether requests may have been sent for somebody else, so that their fields are to be read.
    var mayForward = false
}

extension Connection {
    private var trusted: [AddressBlock] { loop.shared.configuration.trustedProxies }

    /// The connection is there: who may speak for others is known from its peer.
    func meetPeer() {
        if proxy.awaitsHeader, !loop.shared.configuration.headerSenders.contains(peer) {
            proxy.awaitsHeader = false
            return refuseOutright(.untrustedProxy)
        }
        proxy.mayForward = proxy.isSecure || trusted.contains(peer)
    }

    /// Reads the PROXY protocol header, after which the peer is who the proxy says; says how many bytes it took.
    func takeProxyHeader(_ bytes: Span<UInt8>) -> Int {
        do throws(WireError) {
            guard let header = try ProxyHeader.parse(bytes) else { return 0 }
            proxy.awaitsHeader = false
            proxy.isSecure = header.isSecure
            if let source = header.source { peer = source }
            meetPeer()
            return header.length
        } catch {
            proxy.awaitsHeader = false
            _ = machine.refuse(error)
            refuse(error)
            return 0
        }
    }

    /// Finds out where a request came from. What the proxy says and can't be read is refused; that leaves the connection open for
    /// the proxy's other clients, as the end of the request isn't in doubt.
    /// - Returns: nil if it was refused.
    func traced(_ request: Request) -> Request? {
        var request = request
        do throws(WireError) {
            try request.findOrigin(isSecure: proxy.isSecure, trusting: trusted)
            return request
        } catch {
            noteBeginning(of: request)
            if request.head.framing == .none {
                _ = machine.admit(.buffer(limit: 0))
                loop.countRefusal(error)
                send(loop.shared.responder.refusal(error))
            } else {
                _ = machine.refuse(error)
                refuse(error)
            }
            return nil
        }
    }
}
