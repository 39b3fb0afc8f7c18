/// Where a request came from and what it was asked for, before the proxies that it passed, as far as these are trusted.
///
/// Each trusted proxy is believed about whoever sent it the request, and nobody else is: the fields are read from right to left,
/// beginning with the connection's peer, for as long as the sender that was told is itself trusted. What stands further left was
/// sent in by a stranger and isn't looked at.
///
/// X-Forwarded-For, -Host and -Proto win over Forwarded if any of them is there: the usual proxies write these by themselves, and
/// pass on a client's own Forwarded as it came. X-Forwarded-Prefix has no counterpart there, and counts with both.
public final class RequestOrigin: Sendable {
    /// Who sent the request to the outermost trusted proxy. If that one doesn't say, it is the proxy itself.
    public let client: PeerAddress
    /// Whether the client asked by https.
    public let isSecure: Bool
    /// Host and port that the client asked for, valid as a Host field; nil if they are those of the request.
    public let host: String?
    /// The path under which the client sees this server's root: empty, or segments with "/" before each.
    public let prefix: String

    /// Reads the fields of a request. If its peer is not trusted, they say nothing.
    /// - Parameter isSecure: whether the connection itself tells that the client speaks TLS.
    /// - Throws: `WireError.badForwarding` if anything that counts can't be read. To guess would give one client the name of another.
    public init(of request: Request, isSecure: Bool, trusting trusted: [AddressBlock]) throws(WireError) {
        let fields = trusted.contains(request.peer) ? ForwardingFields(request) : ForwardingFields()
        var walk = OriginWalk(client: request.peer, trusted: trusted)
        let (scheme, host) = try fields.isExtended ? walk.extended(fields) : walk.standard(fields)
        client = walk.client
        self.isSecure = try scheme.map(Self.isSecure) ?? isSecure
        self.host = try host.map(Self.host)
        prefix = try walk.told(fields.prefixes).map(Self.prefix) ?? ""
    }

    private static func isSecure(_ scheme: ArraySlice<UInt8>) throws(WireError) -> Bool {
        let name = scheme.map(\.lowercased)
        if name.elementsEqual("https".utf8) { return true }
        guard name.elementsEqual("http".utf8) else { throw .badForwarding }
        return false
    }

    private static func host(_ host: ArraySlice<UInt8>) throws(WireError) -> String {
        do { try (0..<host.count).checkAuthority(in: host.span) } catch { throw .badForwarding }
        return String(decoding: host, as: UTF8.self)
    }

    /// It is printed in every link of an answer, which may have many.
    private static let longestPrefix = 256

    /// RFC 3986 §3.3: a path without empty and dot segments, which a client would resolve to another place, or another host.
    private static func prefix(_ path: ArraySlice<UInt8>) throws(WireError) -> String {
        var rest = path
        if rest.last == UInt8(ascii: "/") { rest.removeLast() }
        if rest.isEmpty, !path.isEmpty { return "" }
        guard rest.count <= longestPrefix, rest.first == UInt8(ascii: "/") else { throw .badForwarding }
        for segment in rest.dropFirst().split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false) {
            guard segment.allSatisfy({ ByteClass.path.contains($0) }), let name = PercentEncoding.decode(segment),
                !name.isEmpty, !name.elementsEqual(".".utf8), !name.elementsEqual("..".utf8)
            else { throw .badForwarding }
        }
        return String(decoding: rest, as: UTF8.self)
    }
}

/// The way from the connection's peer outwards, hop by hop.
private struct OriginWalk {
    /// The outermost sender known so far.
    var client: PeerAddress
    let trusted: [AddressBlock]
    /// How many elements were written by trusted proxies, counted from the right.
    var steps = 0

    /// Goes on while the sender is trusted and says who was before it.
    private mutating func goThrough(_ count: Int, _ node: (Int) throws(WireError) -> ForwardedNode) throws(WireError) {
        while steps < count, trusted.contains(client) {
            steps += 1
            guard case .address(let address) = try node(count - steps) else { return }
            client = address
        }
    }

    /// By the X-Forwarded fields: the scheme and the host.
    mutating func extended(_ fields: ForwardingFields) throws(WireError) -> (ArraySlice<UInt8>?, ArraySlice<UInt8>?) {
        try goThrough(fields.senders.count) { (index) throws(WireError) in
            guard let node = ForwardedNode(listed: fields.senders[index]) else { throw .badForwarding }
            return node
        }
        return (told(fields.schemes), told(fields.hosts))
    }

    /// By Forwarded: the scheme and the host, of the outermost element that has them.
    mutating func standard(_ fields: ForwardingFields) throws(WireError) -> (ArraySlice<UInt8>?, ArraySlice<UInt8>?) {
        var elements: [ForwardedElement] = []
        for line in fields.standard {
            guard let more = ForwardedElement.list(line) else { throw .badForwarding }
            elements += more
        }
        try goThrough(elements.count) { (index) throws(WireError) in
            guard let sender = elements[index].sender else { return .unknown }
            guard let node = ForwardedNode(sender) else { throw .badForwarding }
            return node
        }
        let believed = elements.suffix(steps)
        return (believed.lazy.compactMap(\.scheme).first?[...], believed.lazy.compactMap(\.host).first?[...])
    }

    /// What the outermost trusted proxy said in a list. A list that is shorter was written by the outer or the inner ones alone.
    func told(_ list: [ArraySlice<UInt8>]) -> ArraySlice<UInt8>? {
        list.isEmpty ? nil : list[max(0, list.count - max(1, steps))]
    }
}

/// The lines that tell of forwarding, found in one pass.
private struct ForwardingFields {
    /// The elements of X-Forwarded-For, -Proto, -Host and -Prefix.
    var senders: [ArraySlice<UInt8>] = []
    var schemes: [ArraySlice<UInt8>] = []
    var hosts: [ArraySlice<UInt8>] = []
    var prefixes: [ArraySlice<UInt8>] = []
    /// The lines of Forwarded.
    var standard: [ArraySlice<UInt8>] = []

    /// None.
    init() {}

    init(_ request: Request) {
        for field in request.head.fields {
            let name = request.slice(field.name)
            switch name.count {
            case 9 where name.spells("forwarded"): standard.append(request.slice(field.value))
            case 15 where name.spells("x-forwarded-for"): senders += request.slice(field.value).elements
            case 16 where name.spells("x-forwarded-host"): hosts += request.slice(field.value).elements
            case 17 where name.spells("x-forwarded-proto"): schemes += request.slice(field.value).elements
            case 18 where name.spells("x-forwarded-prefix"): prefixes += request.slice(field.value).elements
            default: break
            }
        }
    }

    var isExtended: Bool { !(senders.isEmpty && schemes.isEmpty && hosts.isEmpty) }
}

extension ArraySlice<UInt8> {
    fileprivate func spells(_ word: StaticString) -> Bool { span.spells(word, in: 0..<count) }

    /// The elements of a comma-separated list, without those that are empty (RFC 9110 §5.6.1.2).
    fileprivate var elements: [ArraySlice<UInt8>] {
        var elements: [ArraySlice<UInt8>] = []
        span.forEachElement(of: 0..<count) { elements.append(self[(startIndex + $0.lowerBound)..<(startIndex + $0.upperBound)]) }
        return elements
    }
}

extension [AddressBlock] {
    /// Whether one of the blocks holds the address.
    public func contains(_ address: PeerAddress) -> Bool { contains { $0.contains(address) } }
}

extension Request {
    /// Works out where the request came from, once its peer may be a trusted proxy. Until then the peer is the client.
    /// - Throws: as `RequestOrigin.init`.
    public mutating func findOrigin(isSecure: Bool, trusting trusted: [AddressBlock]) throws(WireError) {
        origin = try RequestOrigin(of: self, isSecure: isSecure, trusting: trusted)
    }

    /// Who sent the request, before all trusted proxies.
    public var client: PeerAddress { origin?.client ?? peer }
    /// The scheme that the client asked by: `http` or `https`.
    public var scheme: String { origin?.isSecure == true ? "https" : "http" }
    /// The host and port that the client asked for; empty for HTTP/1.0 without Host.
    public var host: String { origin?.host ?? authority }
    /// What stands before every path as the client sees it: empty, or `/news`.
    public var prefix: String { origin?.prefix ?? "" }
}
