import HTTPTypes
import HTTPWire

/// Turns the answer with a whole file into one with parts of it (RFC 9110 §14, §15.3.7).
struct RangeAnswer {
    let file: OpenFile
    let type: ContentType

    /// Bytes of a multipart answer that are read into memory; beyond it the whole file is sent instead, which §14.2 allows.
    private static let multipartLimit = 4 << 20

    func apply(_ ranges: ByteRanges, to whole: Response, _ errorPage: (WireError) -> Response) -> Response {
        var response = whole
        switch ranges {
        case .ranges(let ranges) where ranges.count == 1:
            response.status = .partialContent
            response.fields[.contentRange] = contentRange(ranges[0])
            response.body = .file(file.body(ranges[0]))
        case .ranges(let ranges):
            guard let pieces = multipart(ranges) else { fallthrough }
            response.status = .partialContent
            response.fields[.contentType] = "multipart/byteranges; boundary=\(boundary)"
            response.body = .pieces(pieces)
        case .ignored:
            response.body = .file(file.body(0..<file.length))
        case .unsatisfiable:
            response = errorPage(.rangeNotSatisfiable)
            response.fields[.contentRange] = "bytes */\(file.length)"
        }
        return response
    }

    private func contentRange(_ range: Range<Int>) -> String { "bytes \(range.lowerBound)-\(range.upperBound - 1)/\(file.length)" }

    /// Made of the tag, so the same request has the same answer. A file would have to hold its own tag to be taken apart wrongly.
    private var boundary: String { "part-" + String(decoding: file.tag.opaque, as: UTF8.self) }

    private func multipart(_ ranges: [Range<Int>]) -> [[UInt8]]? {
        guard ranges.reduce(0, { $0 + $1.count }) <= Self.multipartLimit else { return nil }
        var pieces: [[UInt8]] = []
        for range in ranges {
            guard let bytes = file.read(range) else { return nil }
            let head = "\r\n--\(boundary)\r\nContent-Type: \(type.text)\r\nContent-Range: \(contentRange(range))\r\n\r\n"
            pieces.append(Array(pieces.isEmpty ? head.utf8.dropFirst(2) : head.utf8[...]))
            pieces.append(bytes)
        }
        pieces.append(Array("\r\n--\(boundary)--\r\n".utf8))
        return pieces
    }
}
