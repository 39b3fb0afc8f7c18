import News

extension Index {
    /// About how many steps a query will take, each of a nanosecond or a few: what has to be looked at of the lists of its words. It is
    /// meant to tell short queries from long ones, and costs a look into the dictionaries at most.
    public func cost(of query: ArticleQuery) -> Int {
        let filters = query.clauses.filter { !$0.isNegated }.map { clause in clause.terms.reduce(0) { $0 + documentCount($1.bytes) } }
        let texts = query.expression.map { cost(of: $0) }
        // Where a part is rare, the others are looked at there alone; but their lists are opened.
        let documents = views.reduce(0) { $0 + $1.segment.count }
        let rarest = (filters + [texts?.documents].compactMap { $0 }).min() ?? documents
        return min(rarest, documents) * (1 + filters.count) + (texts?.steps ?? 0)
    }

    /// A word takes so many steps to be found in the dictionaries.
    private static let lookup = 1_000
    /// A word of a prefix's range.
    private static let opening = 100

    private func cost(of expression: QueryExpression) -> (documents: Int, steps: Int) {
        switch expression {
        case .text(let words, _), .near(let words, _, _):
            let each = words.map { cost(of: $0) }
            let least = each.map(\.documents).min() ?? 0
            // Places are compared where all the words are.
            return (least, each.reduce(words.count > 1 ? 8 * least : 0) { $0 + $1.steps })
        case .value(let field, let value):
            let count = documentCount(Term(field, value).bytes)
            return (count, count + Index.lookup)
        case .and(let all):
            let each = all.map { cost(of: $0) }
            return (each.map(\.documents).min() ?? 0, each.reduce(0) { $0 + $1.steps })
        case .or(let all):
            let each = all.map { cost(of: $0) }
            return each.reduce((0, 0)) { ($0.documents + $1.documents, $0.steps + $1.steps) }
        case .not(let operand):
            return (views.reduce(0) { $0 + $1.segment.count }, cost(of: operand).steps)
        }
    }

    private func cost(of word: QueryWord) -> (documents: Int, steps: Int) {
        var documents = 0
        var steps = Index.lookup * views.count
        for form in word.forms {
            if word.isPrefix {
                let bytes = Array(form.utf8)
                for view in views {
                    let words = view.segment.dictionary.places(withPrefix: bytes).count
                    // Most words are rare: what a prefix has in all is not known before they are counted.
                    documents += min(view.segment.count, 16 * words)
                    steps += Index.opening * words
                }
            } else {
                documents += documentCount(Array(form.utf8))
            }
        }
        return (documents, steps + documents)
    }

    private func documentCount(_ term: [UInt8]) -> Int {
        views.reduce(0) { sum, view in sum + (view.segment.dictionary.place(of: term).map(view.segment.documentCount) ?? 0) }
    }
}
