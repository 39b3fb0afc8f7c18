/// Words that are asked for after the names are found: titles, roles, and the adjectives of places.
package struct WordLists: Sendable {
    /// The lists as they stand in the model: titles, roles, modifiers, demonyms, place aliases.
    private let lines: [[Substring]]
    /// What stands before a person's name and is no part of it: "Mr.", "Secretary", "Gen.".
    let titles: Set<WordKey>
    /// What a person can be: "spokeswoman", "minister", "coach".
    let roles: Set<WordKey>
    /// What stands beside a role: "former", "foreign", "defense".
    let modifiers: Set<WordKey>
    /// The place that an adjective or a name of people comes from: "Ukrainian" to "Ukraine".
    private let demonyms: [String: String]
    /// The same as headlines in capitals have it; what is short may be initials.
    private let shoutedDemonyms: [String: String]
    /// The name that a country is known by: "U.S." to "United States".
    package let placeAliases: [String: String]
    /// The names of the places that have an adjective or an alias, and these aliases.
    package let places: Set<String>

    /// Lists from their lines; a demonym and an alias have the place after a tab.
    package init(
        titles: [Substring], roles: [Substring], modifiers: [Substring], demonyms: [Substring], placeAliases: [Substring]
    ) {
        lines = [titles, roles, modifiers, demonyms, placeAliases]
        self.titles = Set(titles.map { WordKey(String($0)) })
        self.roles = Set(roles.map { WordKey(String($0)) })
        self.modifiers = Set(modifiers.map { WordKey(String($0)) })
        self.demonyms = Self.pairs(demonyms)
        shoutedDemonyms = Dictionary(
            self.demonyms.lazy.filter { $0.key.utf8.count > 3 }.map { ($0.key.uppercased(), $0.value) }, uniquingKeysWith: min)
        self.placeAliases = Self.pairs(placeAliases)
        places = Set(self.demonyms.values).union(self.placeAliases.values).union(self.placeAliases.keys)
    }

    /// The place that an adjective or a name of people comes from, also in capitals.
    func place(ofAdjective name: String) -> String? { demonyms[name] ?? shoutedDemonyms[name] }

    private static func pairs(_ lines: [Substring]) -> [String: String] {
        var pairs: [String: String] = [:]
        for line in lines {
            let parts = line.split(separator: "\t")
            if parts.count == 2 { pairs[String(parts[0])] = String(parts[1]) }
        }
        return pairs
    }

    init(from reader: inout ModelReader) throws(ModelError) {
        self.init(
            titles: try reader.lines(), roles: try reader.lines(), modifiers: try reader.lines(), demonyms: try reader.lines(),
            placeAliases: try reader.lines())
    }

    func write(to output: inout [UInt8]) {
        for list in lines {
            let text = Array(list.joined(separator: "\n").utf8)
            UInt32(text.count).write(to: &output)
            output += text
        }
    }
}
