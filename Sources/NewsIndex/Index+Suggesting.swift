import News

/// What somebody may mean who has not typed it all, or not right.
extension Index {
    /// The most prominent entities that a beginning of a name may mean, of any kind if none is given; with the name that was found.
    public func suggest(
        _ typed: String, kinds: Set<Entity.Kind> = [], limit: Int
    ) -> [(entry: EntityEntry, name: String, hasTypo: Bool)] {
        suggestions.suggest(typed, limit: limit) { id in
            guard let entry = entities[id], kinds.isEmpty || kinds.contains(entry.entity.kind) else { return nil }
            return .init(names: [entry.entity.name] + entry.entity.aliases, prominence: entry.articles)
        }.compactMap { found in entities[found.id].map { ($0, found.name, found.hasTypo) } }
    }

    /// So many words of a query are looked up among their neighbours.
    private static let mostCorrections = 8

    /// A query in which words that no article has are replaced by those that were probably meant; nil if there is nothing better.
    public func corrected(_ query: String) -> String? {
        let lists = views.map { SegmentWords($0.segment) }
        var left = Index.mostCorrections
        return Spelling.corrected(query) { word in
            guard left > 0, !hasWord(word) else { return nil }
            left -= 1
            return Spelling.nearest(to: word, in: lists).first?.word
        }
    }

    /// Whether any article has the word, or another form of it.
    private func hasWord(_ word: String) -> Bool {
        let bytes = Array(word.utf8)
        return views.contains { view in
            let segment = view.segment
            return segment.dictionary.place(of: bytes) != nil
                || segment.stemLanguages.contains { language in
                    let stem = Array(Analyzer.stem(word, in: language).utf8)
                    return segment.dictionary.place(of: stem) != nil
                        || !segment.stems.terms(with: StemTable.hash(stem, language)).isEmpty
                }
        }
    }

    /// Takes in what an entity is called, and how prominent it is.
    mutating func putNames(of entity: Entity, prominence: Int) {
        suggestions.put(entity.id, names: [entity.name] + entity.aliases, prominence: prominence)
    }
}

/// The words of a segment, which stand behind all other terms.
private struct SegmentWords: SortedWords {
    private let segment: Segment
    private let first: Int

    init(_ segment: Segment) {
        self.segment = segment
        first = segment.dictionary.lowerBound([Term.lastTag + 1])
    }

    var wordCount: Int { segment.termCount - first }
    func word(at place: Int) -> [UInt8] { segment.dictionary.bytes(first + place) }
    func articles(at place: Int) -> Int { segment.documentCount(first + place) }
    func firstWord(notBelow bytes: [UInt8]) -> Int { max(0, segment.dictionary.lowerBound(bytes) - first) }
}
