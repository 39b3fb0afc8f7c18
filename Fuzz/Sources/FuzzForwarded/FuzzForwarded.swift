import HTTPWire

/// Whatever a trusted proxy's fields say, what comes out of them is an address, a host and a path that can be printed anywhere.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzForwarded(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: start, count: count))
    for name in ["Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Forwarded-Prefix", "X"] {
        readFields(Array("GET / HTTP/1.1\r\nHost: x\r\n\(name): ".utf8) + bytes + Array("\r\n\r\n".utf8))
    }
    if let elements = ForwardedElement.list(bytes[...]) {
        for value in elements.flatMap({ [$0.sender, $0.receiver, $0.host, $0.scheme] }) { precondition((value?.count ?? 0) < bytes.count) }
    }
    if let address = PeerAddress(literal: bytes) { precondition(PeerAddress(literal: address.host.utf8) == address) }
    if let block = AddressBlock(String(decoding: bytes, as: UTF8.self)) { precondition(AddressBlock("\(block)") == block) }
    return 0
}

private func readFields(_ head: [UInt8]) {
    var parser = HeadParser()
    guard (try? parser.parse(head.span, limits: WireLimits())) == true else { return }
    var request = Request(head: parser.head, bytes: head, base: 0, peer: .unix)
    let everyone = ["unix", "0.0.0.0/0", "::/1"].compactMap { AddressBlock($0) }
    guard (try? request.findOrigin(isSecure: false, trusting: everyone)) != nil else { return }
    precondition(request.client == .unix || PeerAddress(literal: request.client.host.utf8) != nil)
    precondition(
        request.prefix.isEmpty || (request.prefix.hasPrefix("/") && !request.prefix.contains("//") && !request.prefix.hasSuffix("/")))
    let printable = (request.host + request.prefix).utf8.allSatisfy { $0 > 0x20 && $0 < 0x7f && !"\"<>\\^`{|}".utf8.contains($0) }
    precondition(printable)
}
