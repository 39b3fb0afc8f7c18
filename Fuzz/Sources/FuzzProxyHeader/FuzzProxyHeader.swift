import HTTPWire

/// A PROXY protocol header is read whole or not at all, wherever the bytes are cut, and takes no byte that isn't its own.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzProxyHeader(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: start, count: count))
    var refused: Int?
    var found: (header: ProxyHeader, end: Int)?
    for end in 0...count {
        do {
            guard let header = try ProxyHeader.parse(bytes.span.extracting(..<end)) else {
                precondition(refused == nil && found == nil)
                continue
            }
            precondition(refused == nil && header.length <= end && (found == nil || found?.header == header))
            if found == nil { precondition(header.length == end) }
            found = (header, end)
        } catch {
            precondition(found == nil)
            refused = end
        }
    }
    return 0
}
