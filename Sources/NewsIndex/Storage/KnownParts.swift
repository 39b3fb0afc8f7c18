import Glibc
import News

/// What an article's JSON repeats of its columns: each value is kept as one byte that no JSON has.
struct KnownParts {
    /// The members' names, and their values as they stand in the JSON. The bytes for the values are 1, 2, and so on.
    private let parts: [(name: StaticString, value: [UInt8])]

    private init(_ id: ArticleID, _ uri: String?, published: Instant, updated: Instant, indexed: Instant) {
        parts = [
            ("\"id\":\"", Array(id.description.utf8)), ("\"uri\":\"", Array((uri ?? "").utf8)),
            ("\"published\":\"", Array(published.description.utf8)), ("\"updated\":\"", Array(updated.description.utf8)),
            ("\"indexed\":\"", Array(indexed.description.utf8)),
        ]
    }

    init(_ article: NewArticle) {
        self.init(article.id, article.uri, published: article.published, updated: article.updated, indexed: article.indexed)
    }

    init(_ segment: Segment, _ document: Int) {
        self.init(
            segment.ids[document], segment.records.uri(document), published: Instant(milliseconds: segment.published[document]),
            updated: Instant(milliseconds: segment.updated[document]), indexed: Instant(milliseconds: segment.indexed[document]))
    }

    /// The JSON with bytes for the values that are there; nil if it has such bytes already.
    func cut(out json: [UInt8]) -> [UInt8]? {
        guard !json.contains(where: { 1...UInt8(parts.count) ~= $0 }) else { return nil }
        var rest: [UInt8] = []
        rest.reserveCapacity(json.count)
        var start = 0
        // Read during the call alone.
        json.withUnsafeBytes { json in
            for (number, part) in parts.enumerated() where !part.value.isEmpty {
                // They stand in this order; wherever one is met with its value, that is what comes back.
                guard let value = KnownParts.end(of: part.name, in: json[start...]), json[value...].starts(with: part.value) else {
                    continue
                }
                rest += json[start..<value]
                rest.append(UInt8(number + 1))
                start = value + part.value.count
            }
            rest += json[start...]
        }
        return rest
    }

    /// Where a name ends that stands in some bytes, which are the caller's. No name stands within a text, whose marks have a backslash.
    private static func end(of name: StaticString, in json: Slice<UnsafeRawBufferPointer>) -> Int? {
        let size = name.utf8CodeUnitCount
        guard let base = json.base.baseAddress else { return nil }
        var place = json.startIndex
        while place + size <= json.endIndex {
            guard let mark = memchr(base + place, Int32(UInt8(ascii: "\"")), json.endIndex - size + 1 - place) else { return nil }
            place = UnsafeRawPointer(mark) - base
            if memcmp(mark, name.utf8Start, size) == 0 { return place + size }
            place += 1
        }
        return nil
    }

    /// The JSON whose values were cut out.
    /// - Parameter size: its length.
    func filled(into rest: [UInt8], size: Int) -> [UInt8] {
        var json: [UInt8] = []
        json.reserveCapacity(size)
        var start = 0
        for (place, byte) in rest.enumerated() where 1...UInt8(parts.count) ~= byte {
            json += rest[start..<place]
            json += parts[Int(byte) - 1].value
            start = place + 1
        }
        json += rest[start...]
        return json
    }
}
