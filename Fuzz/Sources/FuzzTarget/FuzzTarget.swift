import HTTPWire

/// A target that is taken is made of the bytes of RFC 3986 alone, and its escapes decode as a plain reading has them.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzTarget(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let target = Array(UnsafeBufferPointer(start: start, count: count))
    checkDecoding(target)
    guard let request = read(target: target, host: Array("a".utf8)) else { return 0 }
    precondition(target.allSatisfy { $0 > 0x20 && $0 < 0x7f && !##""#<>\^`{|}[]"##.utf8.contains($0) || target.first != 0x2f })
    precondition(request.pathBytes.first == UInt8(ascii: "/") || request.path == "*")
    // What was checked as a target needs no second check.
    precondition(PercentEncoding.decode(request.pathBytes) != nil)
    if let query = request.queryBytes {
        precondition(PercentEncoding.decode(query) != nil)
        do throws(QueryItems.Failure) { _ = try QueryItems(parsing: query, limit: .max) } catch {
            guard case .badUTF8 = error else { preconditionFailure("\(target)") }
        }
    }
    // An authority is the same in a target and as Host.
    if target.first != UInt8(ascii: "/"), request.path != "*" {
        let asHost = read(target: Array("/".utf8), host: Array(request.authority.utf8))
        precondition(asHost?.authority == request.authority, "\(target)")
    }
    return 0
}

private func read(target: [UInt8], host: [UInt8]) -> Request? {
    let bytes = Array("OPTIONS ".utf8) + target + Array(" HTTP/1.1\r\nHost: ".utf8) + host + Array("\r\n\r\n".utf8)
    var parser = HeadParser()
    guard (try? parser.parse(bytes.span, limits: WireLimits())) == true, parser.head.length == bytes.count else { return nil }
    return Request(head: parser.head, bytes: bytes, base: 0, peer: .unix)
}

/// Against text, which takes its time.
private func checkDecoding(_ bytes: [UInt8]) {
    for plusIsBlank in [false, true] {
        var plain: [UInt8]? = []
        var rest = bytes[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%") {
                let digits = rest.prefix(2)
                rest = rest.dropFirst(2)
                let isEscape = digits.count == 2 && digits.allSatisfy { "0123456789abcdefABCDEF".utf8.contains($0) }
                guard isEscape, let value = UInt8(String(decoding: digits, as: UTF8.self), radix: 16) else {
                    plain = nil
                    break
                }
                plain?.append(value)
            } else {
                plain?.append(plusIsBlank && byte == UInt8(ascii: "+") ? 0x20 : byte)
            }
        }
        precondition(PercentEncoding.decode(bytes[...], plusIsBlank: plusIsBlank) == plain, "\(bytes)")
    }
}
