import JSON
import News

/// A version of an article that is in no segment yet.
final class NewArticle: Sendable {
    let id: ArticleID
    let uri: String?
    let serial: UInt64
    let version: Int
    let published: Instant
    let updated: Instant
    let indexed: Instant
    let sequence: UInt64
    let changed: Instant
    let json: [UInt8]
    let versions: [UInt64]

    init(_ article: Article, json: [UInt8], serial: UInt64, sequence: UInt64, versions: [UInt64], at time: Instant) {
        id = article.id ?? ArticleID(high: 0, low: 0)
        uri = article.uri
        self.serial = serial
        version = article.version
        indexed = article.indexed ?? time
        published = article.published ?? indexed
        updated = article.updated ?? published
        self.sequence = sequence
        changed = time
        self.json = json
        self.versions = versions
    }

    /// A document of a segment to be, whose record is a single one.
    init(_ columns: DocumentColumns, _ document: Int, _ record: ArticleRecords) {
        id = columns.ids[document]
        uri = record.uri(0)
        serial = columns.serials[document]
        sequence = columns.sequences[document]
        published = Instant(milliseconds: columns.published[document])
        updated = Instant(milliseconds: columns.updated[document])
        indexed = Instant(milliseconds: columns.indexed[document])
        let head = record.head(0, indexed: columns.indexed[document], sequence: sequence)
        version = head.version
        changed = Instant(milliseconds: head.changed)
        versions = head.versions
        json = record.plainJSON
    }
}

/// A version of an article as the index holds it, with what lists are sorted by. It says where that is kept, and reads what is asked for.
public struct StoredArticle: Sendable {
    private enum Place: Sendable {
        case batch(NewArticle)
        case segment(Segment, document: Int)
    }

    private let place: Place

    init(_ article: NewArticle) { place = .batch(article) }
    init(_ segment: Segment, _ document: Int) { place = .segment(segment, document: document) }

    /// The article's id.
    public var id: ArticleID {
        switch place {
        case .batch(let article): article.id
        case .segment(let segment, let document): segment.ids[document]
        }
    }

    /// The publisher's own name for it.
    public var uri: String? {
        switch place {
        case .batch(let article): article.uri
        case .segment(let segment, let document): segment.records.uri(document)
        }
    }

    /// Grows by one with every document of the index, so that one can be found again after segments were merged.
    var serial: UInt64 {
        switch place {
        case .batch(let article): article.serial
        case .segment(let segment, let document): segment.serials[document]
        }
    }

    /// The number of this version.
    public var version: Int {
        switch place {
        case .batch(let article): article.version
        case .segment(let segment, let document): segment.head(document).version
        }
    }

    /// When it was published; when it was indexed if nobody says.
    public var published: Instant {
        switch place {
        case .batch(let article): article.published
        case .segment(let segment, let document): Instant(milliseconds: segment.published[document])
        }
    }

    /// When it was changed; when it was published if nobody says.
    public var updated: Instant {
        switch place {
        case .batch(let article): article.updated
        case .segment(let segment, let document): Instant(milliseconds: segment.updated[document])
        }
    }

    /// When the newsroom took this version.
    public var indexed: Instant {
        switch place {
        case .batch(let article): article.indexed
        case .segment(let segment, let document): Instant(milliseconds: segment.indexed[document])
        }
    }

    /// The sequence number of the change that made these bytes.
    public var sequence: UInt64 {
        switch place {
        case .batch(let article): article.sequence
        case .segment(let segment, let document): segment.sequences[document]
        }
    }

    /// When these bytes were made, by the article or by something that it shows.
    public var changed: Instant {
        switch place {
        case .batch(let article): article.changed
        case .segment(let segment, let document): Instant(milliseconds: segment.head(document).changed)
        }
    }

    /// The article as it is served, in JSON; made out of codes in a microsecond or two.
    public var json: [UInt8] {
        switch place {
        case .batch(let article): article.json
        case .segment(let segment, let document): segment.json(document)
        }
    }

    /// The headline, for which the article is read no further than needed; nil if it has none.
    public var headline: String? {
        switch place {
        case .batch: article().headline
        case .segment(let segment, let document): segment.headline(document)
        }
    }

    /// The sequence numbers of the journal's records that hold the article's versions, oldest first.
    public var versions: [UInt64] {
        switch place {
        case .batch(let article): article.versions
        case .segment(let segment, let document): segment.head(document).versions
        }
    }

    static func hash(uri: String) -> UInt64 {
        var uri = uri
        // Read during the call alone.
        return uri.withUTF8 { Term.hash($0) }
    }

    /// The article, read back from its bytes.
    public func article() -> Article {
        var reader = JSONReader(json)
        // The bytes were written by Article.write, or read by Article.init when the journal was replayed.
        return (try? Article(from: &reader)) ?? Article()
    }
}

extension Segment {
    func json(_ document: Int) -> [UInt8] { records.json(document, KnownParts(self, document)) }

    /// Most headlines end within the first of so many bytes, nearly all within the second.
    private static let beginnings = [160, 640, Int.max]

    fileprivate func headline(_ document: Int) -> String? {
        for size in Segment.beginnings {
            let headline = records.withBeginning(document, atLeast: size) { beginning in
                KnownParts.endOfHeadlineName(in: beginning).flatMap { Segment.string(beginning[$0...]) }
            }
            if let headline { return headline }
        }
        return nil
    }

    /// The JSON string that some bytes begin with, which are the caller's; nil where it goes on.
    private static func string(_ json: Slice<UnsafeRawBufferPointer>) -> String? {
        let text = json.dropFirst()
        guard let end = text.firstIndex(where: { $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "\\") }) else { return nil }
        if text[end] == UInt8(ascii: "\"") { return String(decoding: UnsafeRawBufferPointer(rebasing: text[..<end]), as: UTF8.self) }
        var reader = JSONReader(Array(json))
        return try? reader.string()
    }

    fileprivate func head(_ document: Int) -> ArticleRecords.Head {
        records.head(document, indexed: indexed[document], sequence: sequences[document])
    }
}

extension ArticleID {
    /// The low half is random; the high one is mixed in for ids that are not.
    var hash: UInt64 { (low ^ high &* 0x9E37_79B9_7F4A_7C15) &* 0xD6E8_FEB8_6659_FD93 }
}
