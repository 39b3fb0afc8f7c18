import News

extension Index {
    /// The words of an article that tell most of what it is about are asked for, at most this many.
    private static let tellingWords = 24

    /// The live articles that are most like one, the best first and at most the query's limit: those that have the words which tell most
    /// of what it is about. The conditions of the query hold for them too; its expression, order and position do not matter. Nil
    /// if there is no such article.
    public func similar(to id: ArticleID, _ query: ArticleQuery = ArticleQuery()) throws(SearchError) -> [StoredArticle]? {
        guard case .live(let stored) = article(id) else { return nil }
        let words = TermList(stored.article(), analyzer)
        let segments = views.map(\.segment)
        let all = segments.reduce(0) { $0 + $1.count }
        var telling = Best<TellingWord, Void>(limit: Index.tellingWords)
        for word in 0..<words.wordCount {
            let bytes = Array(words.bytes(word))
            var count = 0
            for segment in segments {
                if let term = segment.dictionary.place(of: bytes) { count += segment.documentCount(term) }
            }
            // A word that no other article has finds none.
            guard count > 1 else { continue }
            let impact = Impact.of(words.occurrences(word), headlineLength: words.headlineLength, bodyLength: words.bodyLength)
            telling.add(TellingWord(weight: Impact.rarity(count, of: all) * impact, bytes: bytes), ())
        }
        let expressions = telling.items.map { QueryExpression.text([QueryWord(forms: [$0.key.text])], in: .any) }
        guard let first = expressions.first else { return [] }
        var query = query
        query.expression = expressions.count == 1 ? first : .or(expressions)
        query.order = .relevance
        query.position = nil
        let limit = query.limit
        query.limit = limit < .max ? limit + 1 : limit
        return Array(try search(query).items.filter { $0.id != id }.prefix(limit))
    }

    private struct TellingWord: Comparable {
        let weight: Float
        let bytes: [UInt8]

        var text: String { String(decoding: bytes, as: UTF8.self) }

        /// The one that tells most comes first.
        static func < (a: TellingWord, b: TellingWord) -> Bool {
            a.weight != b.weight ? b.weight < a.weight : a.bytes.lexicographicallyPrecedes(b.bytes)
        }
    }
}

extension TermList {
    /// How often a word stands in headline and body.
    fileprivate func occurrences(_ word: Int) -> Occurrences {
        var occurrences = Occurrences()
        // A word always has a payload.
        guard var payload = payload(word).baseAddress else { return occurrences }
        let head = payload.varint()
        occurrences.add(headline: head & 1 == 0 ? 0 : payload.varint(), BodyCount(head >> 1), unit: Impact.unit)
        return occurrences
    }
}
