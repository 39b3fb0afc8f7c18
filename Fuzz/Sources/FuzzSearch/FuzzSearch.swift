import NewsIndex

/// Any bytes are read as text and as a query; what is found lies within them, and an error has its place.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzSearch(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    // The bytes are the fuzzer's for the call.
    let bytes = UnsafeBufferPointer(start: start, count: count)
    for (mode, language) in [(Analyzer.Mode.full, "en"), (.full, "fr"), (.full, "tr"), (.plain, "en")] {
        var last: UInt32 = 0
        let positions = Analyzer(mode).forEachToken(utf8: bytes, language: TextLanguage(tag: language)) { token in
            precondition(!token.exact.isEmpty && String(validating: token.exact, as: UTF8.self) != nil)
            precondition(token.stem.map { !$0.isEmpty && String(validating: $0, as: UTF8.self) != nil } != false)
            precondition(!token.range.isEmpty && token.range.upperBound <= count && token.position >= last)
            last = token.position
        }
        precondition(positions == 0 ? last == 0 : last < positions)
    }
    var at = 0
    let breaker = WordBreaker(bytes, isTailored: false)
    while at < count {
        let end = breaker.end(from: at)
        precondition(end > at && end <= count)
        at = end
    }
    let text = String(decoding: bytes, as: UTF8.self)
    do throws(QueryError) {
        _ = try QueryParser.parse(text)
    } catch {
        precondition((0...text.unicodeScalars.count).contains(error.offset) && !error.detail.isEmpty)
    }
    return 0
}
