/// What stands at the edges of a name and is no part of it.
package enum NameTrimming {
    private static let articles = Set(["the", "a", "an"].map { WordKey($0) })
    private static let possessives = Set(["'s", "’s", "'", "’"].map { WordKey($0) })

    /// The words of a name without articles and possessives, and a person's without titles. One word is always left.
    package static func trimmed(_ name: Range<Int>, _ type: NameType, titles: Set<WordKey>, key: (Int) -> WordKey) -> Range<Int> {
        var (first, end) = (name.lowerBound, name.upperBound)
        while end - first > 1, possessives.contains(key(end - 1)) { end -= 1 }
        while end - first > 1, articles.contains(key(first)) { first += 1 }
        guard type == .person else { return first..<end }
        while end - first > 1, titles.contains(key(first)) { first += 1 }
        return first..<end
    }
}
