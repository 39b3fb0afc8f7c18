import ContentCoding
import HTTPWire
import News
import NewsIndex

/// An article with all that its answers are made of, so that one which is asked for again needs no work.
final class ReadyArticle: Sendable {
    /// Names these bytes: the article, the change that made them, and whether they are compressed.
    struct Key: Hashable, Sendable {
        let article: ArticleID
        let sequence: UInt64
        let isGzip: Bool

        /// Half of the id tells articles apart, and an article's others are few.
        func hash(into hasher: inout Hasher) { hasher.combine(article.low) }
    }

    let state: Preconditions
    /// The field lines of the answer.
    let fields: [UInt8]
    /// Those for a client who has it.
    let unchangedFields: [UInt8]
    let body: [UInt8]

    init(_ article: StoredArticle, isGzip: Bool) {
        let plain = article.json
        let coded = isGzip ? Gzip.compress(plain) : nil
        state = Call.state(article.sequence, changed: article.changed, isGzip: isGzip)
        fields = Call.itemFields(state) + (coded == nil ? [] : Call.gzipLine)
        unchangedFields = Call.unchangedFields(state)
        body = coded ?? plain
    }

    /// Bytes that keeping it takes, about.
    var cost: Int { body.count + fields.count + unchangedFields.count + 200 }
}

extension API {
    /// The article as it is sent, kept if it was asked for before.
    func ready(_ article: StoredArticle, isGzip: Bool) -> ReadyArticle {
        let key = ReadyArticle.Key(article: article.id, sequence: article.sequence, isGzip: isGzip)
        if let kept = readyArticles.value(for: key) { return kept }
        let made = ReadyArticle(article, isGzip: isGzip)
        readyArticles.insert(made, cost: made.cost, for: key)
        return made
    }
}
