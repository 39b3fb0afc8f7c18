import News

/// Where an article's score comes from: the sum of what its words add.
public struct Explanation: Sendable, Equatable {
    /// What a word of the query adds.
    public struct Word: Sendable, Equatable {
        /// The word as it is compared; with an asterisk where it is a prefix.
        public let word: String
        /// How often it stands in the headline and in the body.
        public let headline: Int
        /// How often it stands in the body.
        public let body: Int
        /// How many ways to write it stand in the lead, the first words of the body, which counts for more.
        public let lead: Int
        /// How often another form of the same stem stands in the headline, which counts for less.
        public let headlineVariants: Int
        /// The same of the body.
        public let bodyVariants: Int
        /// How many such forms stand in the lead.
        public let leadVariants: Int
        /// How rare the word is: the natural logarithm that BM25 has, to the power of 0.75, rounded to sixteenths. 0 for a prefix.
        public let rarity: Double
        /// What it adds.
        public let score: Double
    }

    /// In the order of the query; a word that is asked for in a part of the query that the article does not answer is left out.
    public let words: [Word]
    /// The sum, before it is rounded to be compared.
    public let score: Double
    /// Words of the headline.
    public let headlineLength: Int
    /// Words of the body.
    public let bodyLength: Int
}

extension Index {
    /// Says where the score of a live article comes from; nil if it does not answer the query. A page's position brings what the
    /// words were worth then.
    public func explain(_ query: ArticleQuery, _ id: ArticleID) throws(SearchError) -> Explanation? {
        guard let place = views.lastIndex(where: { view in view.segment.document(of: id, where: view.deaths.isLive) != nil }),
            let document = views[place].segment.document(of: id, where: views[place].deaths.isLive)
        else { return nil }
        let plan = try SearchPlan(query, views.map(\.segment))
        plan.weigh(query.position?.rarities)
        let segment = views[place].segment
        try plan.root.open(place)
        let base = document / Window.size * Window.size
        let window = Window(base: base, words: min(Window.words, (segment.count - base + 63) / 64))
        var mask = [UInt64](repeating: 0, count: Window.words)
        mask[(document - base) / 64] = 1 << UInt64(document % 64)
        guard plan.root.next(from: document) <= document, try plan.root.match(window, mask: mask),
            TimeRange(query).map({ $0.contains(segment.times($0.field)[document]) }) ?? true
        else { return nil }
        var words: [Explanation.Word] = []
        plan.root.explain(document, &words)
        var score: Float = 0
        plan.root.addScores([UInt32(document)], 1, to: &score)
        return Explanation(
            words: words, score: Double(score), headlineLength: Int(segment.headlineLengths[document]),
            bodyLength: Int(segment.bodyLengths[document]))
    }
}
