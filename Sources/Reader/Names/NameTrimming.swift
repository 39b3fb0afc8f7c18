/// What stands at the edges of a name and is no part of it.
package enum NameTrimming {
    private static let articles: Set<String> = ["the", "a", "an"]
    private static let possessives: Set<String> = ["'s", "’s", "'", "’", "'S", "’S"]

    /// The words of a name without articles and possessives, and a person's without titles. One word is always left.
    package static func trimmed(
        _ name: Range<Int>, _ type: NameType, titles: Set<String>, word: (Int) -> String
    ) -> Range<Int> {
        var (first, end) = (name.lowerBound, name.upperBound)
        while end - first > 1, possessives.contains(word(end - 1)) { end -= 1 }
        while end - first > 1, articles.contains(word(first).lowercased()) { first += 1 }
        guard type == .person else { return first..<end }
        while end - first > 1, titles.contains(word(first).lowercased()) { first += 1 }
        return first..<end
    }
}
