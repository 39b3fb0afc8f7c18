import Glibc
import News

/// What an article's JSON repeats of its columns: each value is kept as one byte that no JSON has.
struct KnownParts {
    private let id: ArticleID
    private let uri: [UInt8]
    private let published: Instant
    private let updated: Instant
    private let indexed: Instant

    /// The bytes for the values.
    static let marks: ClosedRange<UInt8> = 1...5
    /// The members' names, in the order of the bytes and of the JSON.
    private static let names: [StaticString] = ["\"id\":\"", "\"uri\":\"", "\"published\":\"", "\"updated\":\"", "\"indexed\":\""]

    private init(_ id: ArticleID, _ uri: [UInt8], published: Instant, updated: Instant, indexed: Instant) {
        self.id = id
        self.uri = uri
        self.published = published
        self.updated = updated
        self.indexed = indexed
    }

    /// A value as it stands in the JSON.
    private func value(_ mark: UInt8) -> [UInt8] {
        switch mark {
        case 1: id.utf8
        case 2: uri
        case 3: published.utf8
        case 4: updated.utf8
        default: indexed.utf8
        }
    }

    init(_ segment: Segment, _ document: Int) {
        self.init(
            segment.ids[document], segment.records.uriBytes(document), published: Instant(milliseconds: segment.published[document]),
            updated: Instant(milliseconds: segment.updated[document]), indexed: Instant(milliseconds: segment.indexed[document]))
    }

    /// The JSON with bytes for the values that are there; nil if it has such bytes already.
    func cut(out json: [UInt8]) -> [UInt8]? {
        guard !json.contains(where: { KnownParts.marks ~= $0 }) else { return nil }
        var rest: [UInt8] = []
        rest.reserveCapacity(json.count)
        var start = 0
        // Read during the call alone.
        json.withUnsafeBytes { json in
            for (name, mark) in zip(KnownParts.names, KnownParts.marks) {
                let known = value(mark)
                // They stand in this order; wherever one is met with its value, that is what comes back.
                guard !known.isEmpty, let value = KnownParts.end(of: name, in: json[start...]), json[value...].starts(with: known) else {
                    continue
                }
                rest += json[start..<value]
                rest.append(mark)
                start = value + known.count
            }
            rest += json[start...]
        }
        return rest
    }

    /// Where the name of a member and its colon end in some bytes of an article, which are the caller's; nil if it isn't there. No name
    /// stands within a text, whose marks have a backslash.
    static func end(of name: StaticString, in json: Slice<UnsafeRawBufferPointer>) -> Int? {
        let size = name.utf8CodeUnitCount
        guard let base = json.base.baseAddress else { return nil }
        var place = json.startIndex
        while place + size <= json.endIndex {
            guard let mark = memchr(base + place, Int32(UInt8(ascii: "\"")), json.endIndex - size + 1 - place) else { return nil }
            place = UnsafeRawPointer(mark) - base
            // Most marks are followed by something else.
            let isLike = base.load(fromByteOffset: place + 1, as: UInt8.self) == name.utf8Start[1]
            if isLike, memcmp(mark, name.utf8Start, size) == 0 { return place + size }
            place += 1
        }
        return nil
    }

    /// The same for the headline, which is looked for byte by byte, since it comes soon and after many marks.
    static func endOfHeadlineName(in json: UnsafeRawBufferPointer) -> Int? {  // the caller's
        let name: StaticString = "\"headline\":"
        let start = UnsafeRawPointer(name.utf8Start).loadUnaligned(as: UInt64.self)
        var place = 0
        while place + name.utf8CodeUnitCount <= json.count {
            if json.loadUnaligned(fromByteOffset: place, as: UInt64.self) == start { return end(of: name, in: json[place...]) }
            place &+= 1
        }
        return nil
    }

    /// Writes the value that a byte stands for, and answers its length; nil if it has no room.
    func write(_ mark: UInt8, to room: UnsafeMutableRawBufferPointer) -> Int? {  // the caller's
        let value = value(mark)
        guard value.count <= room.count else { return nil }
        room.copyBytes(from: value)
        return value.count
    }
}
