import JSON
import News

/// An article on its way into a segment.
struct Document: Sendable {
    let article: StoredArticle
    let words: TermList
    let values: TermList
}

/// A version of an article as the index holds it: ready to send, with what lists are sorted by.
public final class StoredArticle: Sendable {
    /// The article's id.
    public let id: ArticleID
    /// The publisher's own name for it.
    public let uri: String?
    let uriHash: UInt64?
    /// Grows by one with every document of the index, so that one can be found again after segments were merged.
    let serial: UInt64
    /// The number of this version.
    public let version: Int
    /// When it was published; when it was indexed if nobody says.
    public let published: Instant
    /// When it was changed; when it was published if nobody says.
    public let updated: Instant
    /// When the newsroom took this version.
    public let indexed: Instant
    /// The sequence number of the change that made these bytes, and when that was.
    public let sequence: UInt64
    /// When these bytes were made, by the article or by something that it shows.
    public let changed: Instant
    /// The article as it is served, in JSON.
    public let json: [UInt8]
    /// The sequence numbers of the journal's records that hold the article's versions, oldest first.
    public let versions: [UInt64]

    init(_ article: Article, json: [UInt8], serial: UInt64, sequence: UInt64, versions: [UInt64], at time: Instant) {
        id = article.id ?? ArticleID(high: 0, low: 0)
        uri = article.uri
        uriHash = article.uri.map(StoredArticle.hash)
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

    static func hash(uri: String) -> UInt64 {
        var uri = uri
        // Read during the call alone.
        return uri.withUTF8(Term.hash)
    }

    /// The article, read back from its bytes.
    public func article() -> Article {
        var reader = JSONReader(json)
        // The bytes were written by Article.write, or read by Article.init when the journal was replayed.
        return (try? Article(from: &reader)) ?? Article()
    }
}

extension ArticleID {
    /// The low half is random; the high one is mixed in for ids that are not.
    var hash: UInt64 { (low ^ high &* 0x9E37_79B9_7F4A_7C15) &* 0xD6E8_FEB8_6659_FD93 }
}
