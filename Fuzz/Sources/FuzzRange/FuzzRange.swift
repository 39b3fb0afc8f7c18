import HTTPTypes
import HTTPWire

/// Ranges lie within the representation and are no more than the whole; dates, tags and preferences read anything without a trap.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzRange(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: start, count: count))
    for length in [0, 1, 10, .max] {
        guard case .ranges(let ranges) = ByteRanges(bytes[...], length: length) else { continue }
        precondition(!ranges.isEmpty && ranges.count <= 16)
        precondition(ranges.allSatisfy { !$0.isEmpty && $0.lowerBound >= 0 && $0.upperBound <= length })
        precondition(ranges.count == 1 || ranges.reduce(0) { $0 + $1.count } <= length)
    }
    if let date = HTTPDate(bytes[...], now: HTTPDate(seconds: 1_700_000_000)) {
        precondition(HTTPDate(Array(date.text.utf8)[...], now: date) == date)
    }
    // A tag may hold bytes that are no text; only as text does it come back from its description.
    if let tag = EntityTag(bytes[...]), String(validating: tag.opaque, as: UTF8.self) != nil {
        precondition(EntityTag(Array(tag.description.utf8)[...]) == tag)
    }
    _ = EntityTag("x").isNamed(by: bytes[...], strongly: false)
    let text = String(decoding: bytes, as: UTF8.self)
    let request = Request(method: .get, target: "/", fields: [.ifMatch: text, .ifNoneMatch: text, .ifRange: text])
    let state = Preconditions(tag: EntityTag("x"), lastModified: HTTPDate(seconds: 0))
    _ = (state.evaluate(request, now: HTTPDate(seconds: 1)), state.rangeApplies(request, now: HTTPDate(seconds: 1)))
    precondition(0...1000 ~= Negotiation.quality(ofMediaType: "text/html;level=1", accept: bytes[...]))
    precondition(0...1000 ~= Negotiation.quality(ofCoding: "gzip", acceptEncoding: bytes[...]))
    return 0
}
