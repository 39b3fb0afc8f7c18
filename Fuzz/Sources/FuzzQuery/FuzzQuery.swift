import HTTPWire

/// What is decoded and encoded again decodes to the same; queries read anything without a trap.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzQuery(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: start, count: count))
    if let text = PercentEncoding.decodeText(bytes[...]) {
        precondition(PercentEncoding.decodeText(Array(PercentEncoding.encode(text).utf8)[...]) == text)
    }
    if let items = try? QueryItems(parsing: bytes[...], limit: 50) {
        precondition(items.count <= 50)
        let again = items.map { PercentEncoding.encode($0.name) + "=" + PercentEncoding.encode($0.value) }.joined(separator: "&")
        let second = try? QueryItems(parsing: Array(again.utf8)[...], limit: 50)
        precondition(second.map { Array($0.map(\.name)) } == Array(items.map(\.name)))
        precondition(second.map { Array($0.map(\.value)) } == Array(items.map(\.value)))
    }
    return 0
}
