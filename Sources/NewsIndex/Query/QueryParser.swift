/// Reads `q`. docs/QUERY.md has the grammar.
public enum QueryParser {
    /// A query is at most so many bytes long.
    public static let longest = 65_536
    /// It has at most so many words and values.
    public static let mostTerms = 1_024
    /// Its groups stand in each other at most so deep.
    public static let deepest = 64
    /// A prefix has at least so many letters or digits, or one ideograph.
    public static let shortestPrefix = 2

    /// The tree of a query; throws what is wrong with it, and where.
    public static func parse(_ text: String, _ analyzer: Analyzer = Analyzer()) throws(QueryError) -> QueryExpression {
        var words: [QueryExpression] = []
        analyzer.forEachToken(in: text) { token in
            let word = String(decoding: token.exact, as: UTF8.self)
            words.append(.text([QueryWord(forms: [word], stemmed: word)], in: .any))
        }
        guard let first = words.first else {
            throw QueryError(code: .emptyQuery, offset: 0, detail: "The query has no words.")
        }
        return words.count == 1 ? first : .and(words)
    }
}
