import HTTPWire

/// Ranges lie within the representation, are not empty, and several are no more than the whole.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzRange(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: start, count: count))
    for length in [0, 1, 10, .max] {
        guard case .ranges(let ranges) = ByteRanges(bytes[...], length: length) else { continue }
        precondition(!ranges.isEmpty && ranges.count <= 16)
        precondition(ranges.allSatisfy { !$0.isEmpty && $0.lowerBound >= 0 && $0.upperBound <= length })
        precondition(ranges.count == 1 || ranges.reduce(0) { $0 + $1.count } <= length)
    }
    return 0
}
