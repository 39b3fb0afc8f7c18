import Foundation
import News
import NewsIndex

/// How high articles stand among the answers to what somebody would ask who knows them: their headline, as words any of which may match,
/// and four words of their body, all of which must: drawn from all, or from the rarer half of them. One ranking for all, that of the product.
struct KnownItems {
    private var index: Index
    private let analyzer: Analyzer
    private var items: [Article] = []
    /// How many bodies have a word.
    private var frequencies: [String: Int] = [:]

    /// Reads the articles, and asks for every `step`th of them that has a headline of its own and 200 bytes of body.
    init?(_ path: String, _ analyzer: Analyzer, withHeadlines: Bool, step: Int) throws {
        guard var corpus = Corpus(path) else { return nil }
        self.analyzer = analyzer
        index = Index(analyzer)
        var entries: [Entry] = []
        // What is asked for can't be told from others of the same headline, or by a body of a line.
        var headlines: [String: Int] = [:]
        while let article = try corpus.next() {
            headlines[article.headline ?? "", default: 0] += 1
            for word in Set(plainWords(article.body)) { frequencies[word, default: 0] += 1 }
            if Int(corpus.count) % step == 0, (article.body?.utf8.count ?? 0) >= 200 { items.append(article) }
            var words = article
            if !withHeadlines { words.headline = nil }
            entries.append(
                Entry(
                    sequence: index.sequence + UInt64(entries.count) + 1, time: article.published ?? .first,
                    change: .articlePut(.init(article: article, json: [], entities: [], events: [])), words: ArticleWords(words, analyzer)))
            if entries.count == 4_096 { fold(&entries) }
        }
        fold(&entries)
        items.removeAll { headlines[$0.headline ?? ""] != 1 }
    }

    private mutating func fold(_ entries: inout [Entry]) {
        index.fold(entries)
        index.mergeSmall()
        while let merge = index.largeMerge() { index.apply(merge()) }
        entries.removeAll()
    }

    /// The mean reciprocal rank within the first ten, by headlines.
    func rankByHeadline() throws -> (mean: Double, count: Int) {
        try rank { article in
            let words = plainWords(article.headline)
            return words.isEmpty ? nil : words.joined(separator: " OR ")
        }
    }

    /// The same by four different words of five letters or more, drawn from the body by `seed`; from the rarer half of them if `isRarer`.
    func rankByFourWords(isRarer: Bool, seed: UInt64) throws -> (mean: Double, count: Int) {
        var state = seed
        return try rank { article in
            var words = Array(Set(plainWords(article.body).filter { $0.utf8.count >= 5 }))
            guard words.count >= 4 else { return nil }
            words.sort { (frequencies[$0, default: 0], $0) < (frequencies[$1, default: 0], $1) }
            if isRarer { words = Array(words[..<max(4, words.count / 2)]) }
            for place in 0..<4 {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                words.swapAt(place, place + Int(state >> 33) % (words.count - place))
            }
            return words[..<4].joined(separator: " ")
        }
    }

    /// Words that are letters alone, so that nothing in them is read as part of the query language.
    private func plainWords(_ text: String?) -> [String] {
        (text ?? "").lowercased().split { !$0.isLetter }.map(String.init)
    }

    private func rank(_ question: (Article) -> String?) throws -> (mean: Double, count: Int) {
        var sum = 0.0
        var count = 0
        for item in items {
            guard let text = question(item) else { continue }
            var query = ArticleQuery()
            query.expression = try QueryParser.parse(text, analyzer)
            query.order = .relevance
            query.limit = 10
            count += 1
            if let place = try index.search(query).items.firstIndex(where: { $0.id == item.id }) { sum += 1 / Double(place + 1) }
        }
        return (sum / Double(max(count, 1)), count)
    }
}
