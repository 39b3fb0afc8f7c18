/// The organisations and places of an article that have longer names, by what they are called in short.
struct ShortNames {
    /// Full names by their initials, the first in the text.
    private var initials: [String: String] = [:]
    /// How often each name is written, and where it is first.
    private var seen: [String: (count: Int, place: Int)] = [:]
    /// Full names by what they begin and end with.
    private var byStart: [String: Set<String>] = [:]
    private var byEnd: [String: Set<String>] = [:]

    /// Longer names are seldom shortened by words.
    private static let mostWords = 8
    private static let mostNamesakes = 16
    private static let links: Set<Substring> = ["of", "for"]
    /// Nobody calls it the House.
    private static let indivisible: Set = ["white house"]

    /// Takes in a name, its words one blank apart, with where in the text it is.
    mutating func add(_ name: String, written text: String, at place: Int) {
        seen[name, default: (0, place)].count += 1
        guard name.utf8.contains(UInt8(ascii: " ")), seen[name]?.count == 1, !Self.indivisible.contains(name) else { return }
        let words = name.utf8.split(separator: UInt8(ascii: " ")).map { Substring($0) }
        guard words.count > 1 else { return }
        let capitals = text.split(separator: " ").compactMap(\.first).filter(\.isUppercase)
        for letters in [capitals, words.compactMap(\.first)] where capitals.count > 1 {
            let key = String(letters).lowercased()
            initials[key] = initials[key] ?? name
        }
        guard words.count <= Self.mostWords else { return }
        for count in 1..<words.count {
            Self.insert(name, &byEnd[String(name[words[words.count - count].startIndex...]), default: []])
            // "United Nations" is more than a part of its Development Programme.
            guard count == 1 || Self.links.contains(words[count]) else { continue }
            Self.insert(name, &byStart[String(name[..<words[count - 1].endIndex]), default: []])
        }
    }

    private static func insert(_ name: String, _ names: inout Set<String>) {
        if names.count < mostNamesakes { names.insert(name) }
    }

    /// The full name that initials stand for.
    func name(initials text: String) -> String? {
        guard !initials.isEmpty, !text.utf8.contains(UInt8(ascii: " ")), Self.hasCapitals(text) else { return nil }
        return initials[text.lowercased().filter { $0 != "." }]
    }

    /// Whether there are two at least.
    private static func hasCapitals(_ text: String) -> Bool {
        if text.utf8.allSatisfy({ $0 < 0x80 }) { return text.utf8.count { $0 &- 0x41 < 26 } > 1 }
        return text.count(where: \.isUppercase) > 1
    }

    /// The full name that a part of it stands for, or a part of a part.
    func name(part: String) -> String? {
        var long: String?
        while let longer = longer(than: long ?? part) { long = longer }
        return long
    }

    /// What a name is the end of ("the Red Sox"), or the beginning where that introduces it ("Harvard").
    private func longer(than part: String) -> String? {
        let (ends, starts) = (byEnd[part] ?? [], byStart[part] ?? [])
        if ends.isEmpty && starts.isEmpty { return nil }
        let first = seen[part]?.place ?? 0
        return likeliest(ends.union(starts.filter { seen[$0].map { $0.place < first } ?? false }))
    }

    /// The one that is written more often than each other, or that the others are parts of.
    private func likeliest(_ names: Set<String>) -> String? {
        let whole = names.filter { name in !names.contains { $0.hasSuffix(" " + name) || $0.hasPrefix(name + " ") } }
        let most = whole.map { seen[$0]?.count ?? 0 }.max() ?? 0
        let best = whole.filter { seen[$0]?.count == most }
        return best.count == 1 ? best.first : nil
    }
}
