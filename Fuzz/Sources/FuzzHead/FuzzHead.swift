import HTTPWire

/// A head read at once and in two parts comes to the same; what is read out of it lies within it.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzHead(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: start, count: count))
    let limits = WireLimits(targetBytes: 200, headBytes: 2000, fieldCount: 20)
    let whole = read(bytes, [count], limits)
    let cut = count == 0 ? 0 : Int(bytes[count / 2]) % (count + 1)
    let parts = read(bytes, [cut, count], limits)
    // Refused is refused; where the two differ otherwise, one of them takes a request for what the other doesn't.
    precondition(whole == parts || (whole == nil && parts == 0) || (whole == 0 && parts == nil), "\(bytes)")
    return 0
}

/// Bytes of the head, 0 if it needs more, nil if it is refused.
private func read(_ bytes: [UInt8], _ ends: [Int], _ limits: WireLimits) -> Int? {
    var parser = HeadParser()
    do {
        for end in ends {
            guard try parser.parse(bytes.span.extracting(..<end), limits: limits) else { continue }
            let head = parser.head
            precondition(head.length <= end && head.fields.allSatisfy { $0.value.range.upperBound < head.length })
            let request = Request(head: head, bytes: bytes, base: 0, peer: .unix)
            precondition(request.pathBytes.first == UInt8(ascii: "/") || request.path == "*")
            _ = (request.queryBytes, request.authority, request[.accept], request.bytes(of: .contentLength))
            return head.length
        }
        return 0
    } catch {
        return nil
    }
}
