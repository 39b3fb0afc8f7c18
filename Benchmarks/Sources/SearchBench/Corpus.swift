import Foundation
import JSON
import News

/// Articles as peers are given them: JSON lines of id, headline, body, published, source, section, and perhaps more.
struct Corpus {
    private let file: UnsafeMutablePointer<FILE>
    private var line: UnsafeMutablePointer<CChar>?
    private var capacity = 0
    private(set) var count: UInt64 = 0
    /// The earliest and the latest time of publication, in seconds.
    private(set) var first = Int64.max
    private(set) var last = Int64.min

    init?(_ path: String) {
        guard let file = fopen(path, "r") else { return nil }
        self.file = file
    }

    /// The next article; nil after the last.
    mutating func next() throws(JSONError) -> Article? {
        let size = getline(&line, &capacity, file)
        guard size > 0, let line else { return nil }
        let bytes = UnsafeRawBufferPointer(start: line, count: size)
        var reader = JSONReader(Array(bytes))
        let value = try reader.value()
        var article = Article()
        count += 1
        article.id = ArticleID(high: 0x0190_0000_0000_7000, low: 1 << 63 | count)
        article.uri = value["id"]?.text.map { "urn:bench:\($0)" }
        article.headline = value["headline"]?.text
        article.body = value["body"]?.text
        article.published = value["published"]?.text.flatMap { Instant($0) }
        article.source = value["source"]?.text.map { Article.Source(name: $0) }
        article.section = value["section"]?.text
        article.language = value["language"]?.text ?? "en"
        article.url = value["url"]?.text
        if case .array(let keywords)? = value["keywords"] { article.keywords = keywords.compactMap(\.text) }
        article.indexed = article.published
        article.version = 1
        if let seconds = article.published.map({ $0.milliseconds / 1_000 }) {
            first = min(first, seconds)
            last = max(last, seconds)
        }
        return article
    }
}

extension JSONValue {
    var text: String? { if case .string(let text) = self { text } else { nil } }
    var double: Double? { if case .number(let number) = self { Double("\(number)") } else { nil } }
}
