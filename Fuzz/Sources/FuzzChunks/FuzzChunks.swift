import HTTPWire

/// A chunked body read at once and byte by byte comes to the same.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzChunks(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: start, count: count))
    let whole = read(bytes, step: max(1, count))
    let single = read(bytes, step: 1)
    precondition(whole == single, "\(bytes)")
    return 0
}

private struct Result: Equatable {
    var body: [UInt8] = []
    var used: Int?
    var code: String?
}

private func read(_ bytes: [UInt8], step: Int) -> Result {
    var decoder = ChunkedDecoder()
    var result = Result()
    let limits = WireLimits(chunkExtensionBytes: 100, trailerBytes: 100)
    var at = 0
    while at < bytes.count {
        do {
            switch try decoder.next(bytes.span.extracting(at..<min(bytes.count, at + step)), limits: limits) {
            case .needsMore: at = min(bytes.count, at + step)
            case .data(let range):
                precondition(!range.isEmpty)
                result.body += bytes[at + range.lowerBound..<at + range.upperBound]
                at += range.upperBound
            case .end(let used):
                result.used = at + used
                return result
            }
        } catch {
            result.code = error.code
            return result
        }
    }
    return result
}
