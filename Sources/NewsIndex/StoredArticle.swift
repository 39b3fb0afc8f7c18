import JSON
import News

/// An article on its way into a segment.
struct Document: Sendable {
    let article: StoredArticle
    let terms: TermList
    /// Grows by one with every document, so that one can be found again after segments were merged.
    let serial: UInt64
}

/// A version of an article as the index holds it: ready to send, with what lists are sorted by.
public final class StoredArticle: Sendable {
    public let id: ArticleID
    public let uri: String?
    public let version: Int
    public let published: Instant
    public let updated: Instant
    public let indexed: Instant
    /// The sequence number of the change that made these bytes, and when that was.
    public let sequence: UInt64
    public let changed: Instant
    /// The article as it is served, in JSON.
    public let json: [UInt8]
    /// The sequence numbers of the journal's records that hold the article's versions, oldest first.
    public let versions: [UInt64]

    public init(_ article: Article, json: [UInt8], sequence: UInt64, versions: [UInt64], at time: Instant) {
        id = article.id ?? ArticleID(high: 0, low: 0)
        uri = article.uri
        version = article.version
        indexed = article.indexed ?? time
        published = article.published ?? indexed
        updated = article.updated ?? published
        self.sequence = sequence
        changed = time
        self.json = json
        self.versions = versions
    }

    /// The article, read back from its bytes.
    public func article() -> Article {
        var reader = JSONReader(json)
        // The bytes were written by Article.write, or read by Article.init when the journal was replayed.
        return (try? Article(from: &reader)) ?? Article()
    }
}
