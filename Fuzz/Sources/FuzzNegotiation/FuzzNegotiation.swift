import HTTPWire

private let types = ["application/json", "text/html", "application/json;profile=\"a b\"", "text/csv;header=present"]
private let codings = ["gzip", "identity", "br"]

/// Preferences are from 0 to 1000, the same in either case and with empty elements in front, and the best offer is the one wanted most.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzNegotiation(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let field = Array(UnsafeBufferPointer(start: start, count: count))
    let capitals = field.map { (0x61...0x7a).contains($0) ? $0 - 0x20 : $0 }
    let padded = Array(", \t,".utf8) + field
    for type in types {
        let quality = Negotiation.quality(ofMediaType: type, accept: field[...])
        precondition(0...1000 ~= quality)
        precondition(Negotiation.quality(ofMediaType: type, accept: capitals[...]) == quality, "\(field)")
        precondition(Negotiation.quality(ofMediaType: type, accept: padded[...]) == quality, "\(field)")
    }
    let qualities = types.map { Negotiation.quality(ofMediaType: $0, accept: field[...]) }
    let most = qualities.max() ?? 0
    precondition(Negotiation.best(of: types, accept: field[...]) == (most > 0 ? qualities.firstIndex(of: most) : nil), "\(field)")
    for coding in codings {
        let quality = Negotiation.quality(ofCoding: coding, acceptEncoding: field[...])
        precondition(0...1000 ~= quality)
        precondition(Negotiation.quality(ofCoding: coding, acceptEncoding: capitals[...]) == quality, "\(field)")
        precondition(Negotiation.quality(ofCoding: coding, acceptEncoding: padded[...]) == quality, "\(field)")
    }
    return 0
}
