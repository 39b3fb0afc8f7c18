import News

/// Says which mentions of one article name the same thing: the same words, the last word of a full name, initials, and an adjective with
/// its place.
enum NameGrouping {
    /// Numbers the mentions by what they name, from 0 in the order of the text.
    static func group(_ mentions: inout [Mention], placeAliases: [String: String]) {
        var numbers: [Key: Int] = [:]
        var keys: [Key] = []
        let full = FullNames(mentions, placeAliases)
        for mention in mentions {
            let key = full.key(of: mention)
            if numbers[key] == nil { numbers[key] = numbers.count }
            keys.append(key)
        }
        for index in mentions.indices { mentions[index].entity = numbers[keys[index]] ?? 0 }
    }

    private struct Key: Hashable {
        var kind: Entity.Kind
        var name: String
    }

    /// The longer names of an article, by what they are called in short.
    private struct FullNames {
        private var persons: [String: Set<String>] = [:]
        private var organizations: [String: String] = [:]

        private let placeAliases: [String: String]

        init(_ mentions: [Mention], _ placeAliases: [String: String]) {
            self.placeAliases = placeAliases
            for mention in mentions {
                let name = NameGrouping.plain(mention.text)
                let words = name.split(separator: " ")
                guard words.count > 1 else { continue }
                if mention.kind == .person {
                    for word in [words[0], words[words.count - 1]] { persons[String(word), default: []].insert(Self.outline(words)) }
                } else if mention.kind == .organization {
                    let capitals = mention.text.split(separator: " ").compactMap(\.first).filter(\.isUppercase)
                    if capitals.count > 1 {
                        organizations[String(capitals).lowercased()] = organizations[String(capitals).lowercased()] ?? name
                    }
                }
            }
        }

        /// First and last name alone: what stands between them is often left out.
        private static func outline(_ words: [Substring]) -> String { "\(words[0]) \(words[words.count - 1])" }

        func key(of mention: Mention) -> Key {
            let name = NameGrouping.plain(mention.text)
            switch mention.kind {
            case .person:
                let words = name.split(separator: " ")
                if words.count > 1 { return Key(kind: .person, name: Self.outline(words)) }
                // A short name that fits two persons stays by itself.
                if let known = persons[name], known.count == 1, let one = known.first { return Key(kind: .person, name: one) }
                return Key(kind: .person, name: name)
            case .organization:
                let initials = name.filter { $0 != "." }
                return Key(kind: .organization, name: organizations[initials] ?? name)
            case .place: return Key(kind: .place, name: NameGrouping.plain(placeAliases[mention.text] ?? mention.text))
            case .work, .other:
                if let place = mention.adjectiveOf { return Key(kind: .place, name: NameGrouping.plain(place)) }
                return Key(kind: mention.kind, name: name)
            }
        }
    }

    /// The name in small letters, its words one blank apart.
    private static func plain(_ name: String) -> String {
        name.lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
}
