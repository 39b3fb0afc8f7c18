import Foundation
import News

/// An entity that stands beside another one.
public struct RelatedEntity: Sendable {
    /// What it is.
    public let entry: EntityEntry
    /// In how many live articles both are.
    public let together: Int
    /// How strongly they belong together (`Association.strength`), above 0.
    public let strength: Double
}

/// An article that is like another one.
public struct SimilarArticle: Sendable {
    /// The article.
    public let article: StoredArticle
    /// How well it answers what the other one says, as a part of how well that one does itself: above 0; 1 is as well.
    public let similarity: Double
}

extension Index {
    /// Of so many entities that are with another one most often is looked for the strongest.
    private static let companions = 4_096

    /// The entities that stand beside one more often than chance would have it, the strongest first; of any kind if none is given.
    public func related(
        to id: String, kinds: Set<Entity.Kind> = [], limit: Int, deadline: ContinuousClock.Instant? = nil
    ) throws(SearchError) -> [RelatedEntity] {
        guard let entry = entities[id] else { return [] }
        var query = ArticleQuery()
        query.clauses = [.init(anyOf: [Term(.entity, id)])]
        query.deadline = deadline
        let counts = try facets(query, [.entity], limit: Index.companions).counts[0]
        let others = counts.compactMap { count -> (name: String, counts: Association.Counts)? in
            guard count.value != id, let other = entities[count.value], kinds.isEmpty || kinds.contains(other.entity.kind) else {
                return nil
            }
            return (count.value, .init(together: count.count, first: entry.articles, second: other.articles, all: articleCount))
        }
        return Association.strongest(others, limit: limit).compactMap { found in
            entities[found.name].map { RelatedEntity(entry: $0, together: found.counts.together, strength: found.strength) }
        }
    }

    /// So many words say what an article is about.
    private static let telling = 25
    /// What is less like the article than this is not told.
    private static let leastSimilarity = 0.1
    /// A word of the headline says as much as so many of the body.
    private static let headlineWeight = 3

    /// The live articles nearest to one, the nearest first: those that answer best the words that tell most of it, by how often they
    /// stand in it and how rare they are elsewhere.
    public func similar(
        to stored: StoredArticle, limit: Int, deadline: ContinuousClock.Instant? = nil
    ) throws(SearchError) -> [SimilarArticle] {
        let words = tellingWords(stored.article())
        guard let first = words.first else { return [] }
        var query = ArticleQuery()
        query.expression = words.count == 1 ? first : .or(words)
        query.order = .relevance
        query.limit = limit + 1
        query.deadline = deadline
        guard let own = try explain(query, stored.id)?.score, own > 0 else { return [] }
        var similar: [SimilarArticle] = []
        for article in try search(query).items where article.id != stored.id && similar.count < limit {
            guard let score = try explain(query, article.id)?.score, score >= own * Index.leastSimilarity else { continue }
            similar.append(SimilarArticle(article: article, similarity: score / own))
        }
        return similar
    }

    private func tellingWords(_ article: Article) -> [QueryExpression] {
        var counts: [[UInt8]: Int] = [:]
        let language = TextLanguage(tag: article.language)
        for (text, weight) in [(article.headline, Index.headlineWeight), (article.body, 1)] {
            guard var text else { continue }
            // Read during the call alone.
            text.withUTF8 { bytes in
                _ = analyzer.forEachToken(utf8: bytes, language: language) { counts[Array($0.exact), default: 0] += weight }
            }
        }
        let all = Double(articleCount)
        var best = Best<Weight, [UInt8]>(limit: Index.telling)
        for (word, count) in counts {
            let others = Double(documentCount(word))
            // What stands nowhere else says nothing of others.
            guard others > 1 else { continue }
            let rarity = log(1 + max(0, all - others + 0.5) / (others + 0.5))
            best.add(Weight(weight: rarity * Double(count) / Double(count + 2), word: word), word)
        }
        return best.items.map { .text([QueryWord(forms: [String(decoding: $0.value, as: UTF8.self)])], in: .any) }
    }

    /// How many documents have a word, those that ended among them.
    private func documentCount(_ word: [UInt8]) -> Int {
        views.reduce(0) { sum, view in sum + (view.segment.dictionary.place(of: word).map(view.segment.documentCount) ?? 0) }
    }

    /// The heaviest first, then the first of the alphabet.
    private struct Weight: Comparable {
        let weight: Double
        let word: [UInt8]
        static func < (a: Weight, b: Weight) -> Bool {
            a.weight != b.weight ? a.weight > b.weight : a.word.lexicographicallyPrecedes(b.word)
        }
    }
}
