/// Words that are asked for after the names are found: titles, roles, and the adjectives of places.
package struct WordLists: Sendable {
    /// What stands before a person's name and is no part of it, in small letters: "mr.", "secretary", "gen.".
    package let titles: Set<String>
    /// What a person can be, in small letters: "spokeswoman", "minister", "coach".
    package let roles: Set<String>
    /// The place that an adjective or a name of people comes from: "Ukrainian" to "Ukraine".
    package let demonyms: [String: String]

    /// Lists from their lines; a demonym's line has the place after a tab.
    package init(titles: [Substring], roles: [Substring], demonyms: [Substring]) {
        self.titles = Set(titles.map(String.init))
        self.roles = Set(roles.map(String.init))
        var places: [String: String] = [:]
        for line in demonyms {
            let parts = line.split(separator: "\t")
            if parts.count == 2 { places[String(parts[0])] = String(parts[1]) }
        }
        self.demonyms = places
    }

    init(from reader: inout ModelReader) throws(ModelError) {
        self.init(titles: try reader.lines(), roles: try reader.lines(), demonyms: try reader.lines())
    }

    func write(to output: inout [UInt8]) {
        for lines in [titles.sorted(), roles.sorted(), demonyms.sorted { $0.key < $1.key }.map { "\($0.key)\t\($0.value)" }] {
            let text = Array(lines.joined(separator: "\n").utf8)
            UInt32(text.count).write(to: &output)
            output += text
        }
    }
}
