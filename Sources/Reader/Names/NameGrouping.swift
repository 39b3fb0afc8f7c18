import News

/// Says which mentions of one article name the same thing: the same words, a part of a full name, initials, and an adjective with its place.
package enum NameGrouping {
    /// Numbers the mentions by what they name, from 0 in the order of the text.
    package static func group(_ mentions: inout [Mention], placeAliases: [String: String]) {
        var numbers: [Key: Int] = [:]
        let full = FullNames(mentions, placeAliases)
        for index in mentions.indices {
            let key = full.key(of: mentions[index])
            let number = numbers[key] ?? numbers.count
            numbers[key] = number
            mentions[index].entity = number
        }
    }

    private struct Key: Hashable {
        var kind: Entity.Kind
        var name: String
    }

    /// The longer names of an article, by what they are called in short.
    private struct FullNames {
        private let persons: PersonNames
        private var organizations = ShortNames()
        private var places = ShortNames()
        private let placeAliases: [String: String]

        init(_ mentions: [Mention], _ placeAliases: [String: String]) {
            self.placeAliases = placeAliases
            persons = PersonNames(mentions.filter { $0.kind == .person }.map { NameGrouping.plain($0.text) })
            for (place, mention) in mentions.enumerated() {
                let name = NameGrouping.plain(mention.text)
                switch mention.kind {
                case .organization: organizations.add(NameGrouping.company(name), written: mention.text, at: place)
                case .place: places.add(name, written: mention.text, at: place)
                case .person, .work, .other: break
                }
            }
        }

        func key(of mention: Mention) -> Key {
            let name = NameGrouping.plain(mention.text)
            switch mention.kind {
            case .person: return Key(kind: .person, name: persons.person(called: name).map { "\($0)" } ?? name)
            case .organization:
                let name = NameGrouping.company(name)
                let long = organizations.name(initials: mention.text) ?? organizations.name(part: name)
                return Key(kind: .organization, name: long ?? name)
            case .place:
                let long = placeAliases[mention.text].map(NameGrouping.plain) ?? places.name(initials: mention.text) ?? longPlace(name)
                return Key(kind: .place, name: long ?? name)
            case .work, .other:
                if let place = mention.adjectiveOf { return Key(kind: .place, name: NameGrouping.plain(place)) }
                return Key(kind: mention.kind, name: name)
            }
        }

        /// "Glacier" after "Glacier National Park", and "the Square" in Jack London Square: Virginia is no part of West Virginia.
        private func longPlace(_ name: String) -> String? {
            guard let longer = places.name(part: name) else { return nil }
            let rest = longer.dropFirst(name.count)
            let isPark = longer.hasPrefix(name) && rest.split(separator: " ").allSatisfy { CommonNouns.parks.contains($0) }
            return isPark || CommonNouns.areAll(of: name) ? longer : nil
        }
    }

    /// An organisation's name without its legal forms: "Cenergy Corp" is Cenergy.
    private static func company(_ name: String) -> String {
        var words = name.split(separator: " ")
        while words.count > 1, let last = words.last, LegalForm.words.contains(last.filter { $0 != "." && $0 != "," }) {
            words.removeLast()
        }
        return words.joined(separator: " ")
    }

    /// The name in small letters, its words one blank apart.
    private static func plain(_ name: String) -> String {
        name.lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
}
