import News

/// The persons that an article names in full, by all the ways in which it names them.
struct PersonNames {
    private var persons: [Person] = []
    /// The persons that have a word in their names; and those whose names begin or end with it.
    private var byWord: [String: [Int]] = [:]
    private var byEnd: [String: [Int]] = [:]
    private var byName: [String: Int] = [:]

    private struct Person {
        var names: [FullName]
        /// How often the article names it in full.
        var count: Int
    }

    /// So many persons who share a word are told apart, and so many names of each; that keeps a list of ten thousand brothers from
    /// taking long.
    private static let mostNamesakes = 16

    /// Names in small letters. Longer ones are taken in first, so that the shorter find all that they may stand for.
    init(_ names: [String]) {
        var counts: [String: (count: Int, place: Int)] = [:]
        for (place, name) in names.enumerated() { counts[name, default: (0, place)].count += 1 }
        let full = counts.compactMap { name, seen in FullName(name).map { (name: name, full: $0, seen: seen) } }
        let ordered = full.sorted { ($1.full.words.count, $0.seen.place) < ($0.full.words.count, $1.seen.place) }
        for (name, full, seen) in ordered { byName[name] = add(full, seen.count) }
    }

    /// The number of the person that a name means in this article: full, or a forename or surname alone. nil where that is undecided.
    func person(called name: String) -> Int? {
        if let known = byName[name] { return known }
        return likeliest(byEnd[name] ?? byEnd[Forename.full(name)] ?? [])
    }

    private mutating func add(_ name: FullName, _ count: Int) -> Int {
        let alike = name.words.flatMap { byWord[$0] ?? [] }.sorted()
        let different = alike.indices.lazy.filter { $0 == 0 || alike[$0] != alike[$0 - 1] }.map { alike[$0] }
        let known = likeliest(different.filter { persons[$0].names.contains { $0.canBe(name) } })
        let number = known ?? persons.count
        if known == nil { persons.append(Person(names: [], count: 0)) }
        if persons[number].names.count < Self.mostNamesakes { persons[number].names.append(name) }
        persons[number].count += count
        for word in name.words { Self.insert(number, &byWord[word, default: []]) }
        for word in [name.words[0], Forename.full(name.words[0]), name.words[name.words.count - 1]] {
            Self.insert(number, &byEnd[word, default: []])
        }
        return number
    }

    private static func insert(_ number: Int, _ list: inout [Int]) {
        if list.count < mostNamesakes, !list.contains(number) { list.append(number) }
    }

    /// The one that is named in full more often than each other.
    private func likeliest(_ numbers: [Int]) -> Int? {
        guard let best = numbers.max(by: { persons[$0].count < persons[$1].count }) else { return nil }
        return numbers.contains { $0 != best && persons[$0].count == persons[best].count } ? nil : best
    }
}

/// A name of two words and more.
private struct FullName {
    /// Without stops, and without what tells son from father.
    let words: [String]
    let generation: String?

    init?(_ name: String) {
        guard name.utf8.contains(UInt8(ascii: " ")) else { return nil }
        var words = name.utf8.split(separator: UInt8(ascii: " ")).map { word in
            let isPlain = !word.contains { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: ",") }
            return isPlain ? String(Substring(word)) : Substring(word).filter { $0 != "." && $0 != "," }
        }.filter { !$0.isEmpty }
        generation = words.last.flatMap { Forename.generations.contains($0) ? $0 : nil }
        if generation != nil { words.removeLast() }
        guard words.count > 1 else { return nil }
        self.words = words
    }

    /// Whether a name that is no longer can be the same person's: words are left out, initials stand for names and short forms for
    /// forenames, or the surname comes first.
    func canBe(_ other: FullName) -> Bool {
        guard generation == other.generation, words.count >= other.words.count else { return false }
        if words.count == 2, words.elementsEqual(other.words.reversed()) { return true }
        var next = 0
        for word in words where next < other.words.count {
            let wanted = other.words[next]
            let isLast = next == other.words.count - 1
            if word == wanted || !isLast && (Self.isInitial(word, wanted) || Forename.full(word) == Forename.full(wanted)) { next += 1 }
        }
        return next == other.words.count
    }

    private static func isInitial(_ one: String, _ other: String) -> Bool {
        (one.utf8.count == 1 || other.utf8.count == 1) && one.first == other.first
    }
}
