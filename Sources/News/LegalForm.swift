/// What stands at the end of a company's name and says how it is founded, not which one it is: "Corp", "plc".
package enum LegalForm {
    /// In small letters, without stops.
    package static let words: Set = [
        "inc", "incorporated", "corp", "corporation", "co", "company", "ltd", "limited", "plc", "llc", "llp", "lp", "nv", "bv", "sa", "ag",
        "gmbh", "spa", "ab", "oyj", "group", "holding", "holdings",
    ]

    /// Whether a name consists of nothing else.
    package static func isAll(of name: String) -> Bool { count(in: name.lowercased().split(separator: " ")) == nil }

    /// A name in small letters without what stands at its end of this; the last word that is left is kept, whatever it is.
    package static func removed(from name: String) -> String {
        let parts = name.split(separator: " ")
        guard let count = count(in: parts), count < parts.count else { return name }
        return parts.prefix(count).joined(separator: " ")
    }

    /// How many words are left; nil if none is.
    private static func count(in parts: [Substring]) -> Int? {
        parts.lastIndex { !words.contains($0.filter { $0 != "." && $0 != "," }) }.map { $0 + 1 }
    }
}
