import News

/// What stands at the edges of a name and is no part of it.
package enum NameTrimming {
    private static let articles = Set(["the", "a", "an"].map { WordKey($0) })
    private static let possessives = Set(["'s", "’s", "'", "’"].map { WordKey($0) })

    private static let generations = Set(["jr", "jr.", "sr", "sr."].map { WordKey($0) })

    /// A person's name, in two where it goes on behind a "Jr.": the stop was a sentence's as well, and somebody else begins the next. A
    /// single word there, as in "King Jr. Boulevard", is nobody.
    static func persons(_ name: Range<Int>, in text: TokenizedText) -> [Range<Int>] {
        let words = name.dropFirst().dropLast()
        guard let last = words.first(where: { generations.contains(text.tokens[$0].key) }) else { return [name] }
        let rest = last + 1..<name.upperBound
        guard text.tokens[rest.lowerBound].isCapital else { return [name] }
        return rest.count > 1 ? [name.lowerBound..<last + 1, rest] : [name.lowerBound..<last + 1]
    }

    /// The words of a name up to a bracket that was opened before it, or a dash with blanks around it. One word is always left.
    static func unbroken(_ name: Range<Int>, in text: TokenizedText) -> Range<Int> {
        var depth = 0
        for index in name.dropFirst() {
            let mark = text.leadingScalar(of: index).value
            if mark == 0x28 { depth += 1 }
            if mark == 0x29 { depth -= 1 }
            let isDash = (mark == 0x2D || (0x2013...0x2014).contains(mark)) && text.tokens[index].traits.contains(.spaceBefore)
            if depth < 0 || isDash && text.tokens[index].kind == .punctuation { return name.lowerBound..<index }
        }
        return name
    }

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
