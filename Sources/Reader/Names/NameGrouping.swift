import News

/// Says which mentions of one article name the same thing: the same words, a part of a full name, initials, and an adjective with its place.
package enum NameGrouping {
    /// Numbers the mentions by what they name, from 0 in the order of the text.
    package static func group(_ mentions: inout [Mention], placeAliases: [String: String]) {
        var numbers: [Key: Int] = [:]
        // Most names are written in the same way again.
        var written: [Written: Int] = [:]
        let names = mentions.map { plain($0.text) }
        let full = FullNames(mentions, names, placeAliases)
        for index in mentions.indices {
            let mention = mentions[index]
            let form = Written(mention)
            if let number = written[form] {
                mentions[index].entity = number
                continue
            }
            let key = full.key(of: mention, names[index])
            let number = numbers[key] ?? numbers.count
            numbers[key] = number
            written[form] = number
            mentions[index].entity = number
        }
    }

    private struct Key: Hashable {
        var kind: Entity.Kind
        var name: String

        func hash(into hasher: inout Hasher) { hasher.combine(name) }
    }

    /// All that says what a mention names within its article.
    private struct Written: Hashable {
        let kind: Entity.Kind
        let text: String
        let adjectiveOf: String?

        init(_ mention: Mention) { (kind, text, adjectiveOf) = (mention.kind, mention.text, mention.adjectiveOf) }

        func hash(into hasher: inout Hasher) { hasher.combine(text) }
    }

    /// The longer names of an article, by what they are called in short.
    private struct FullNames {
        private let persons: PersonNames
        private var organizations = ShortNames()
        private var places = ShortNames()
        private let placeAliases: [String: String]

        /// Mentions with their names in small letters.
        init(_ mentions: [Mention], _ names: [String], _ placeAliases: [String: String]) {
            self.placeAliases = placeAliases
            persons = PersonNames(mentions.indices.lazy.filter { mentions[$0].kind == .person }.map { names[$0] })
            for (place, mention) in mentions.enumerated() {
                let name = names[place]
                switch mention.kind {
                case .organization: organizations.add(NameGrouping.company(name), written: mention.text, at: place)
                case .place: places.add(name, written: mention.text, at: place)
                case .person, .work, .other: break
                }
            }
        }

        func key(of mention: Mention, _ name: String) -> Key {
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
        // Most have none.
        guard let blank = name.utf8.lastIndex(of: UInt8(ascii: " ")),
            LegalForm.words.contains(name[name.utf8.index(after: blank)...].filter { $0 != "." && $0 != "," })
        else { return name }
        var words = name.split(separator: " ")
        while words.count > 1, let last = words.last, LegalForm.words.contains(last.filter { $0 != "." && $0 != "," }) {
            words.removeLast()
        }
        return words.joined(separator: " ")
    }

    /// The name in small letters, its words one blank apart.
    private static func plain(_ name: String) -> String {
        if name.utf8.allSatisfy({ $0 < 0x80 }) { return plainASCII(name) }
        return name.lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    private static func plainASCII(_ name: String) -> String {
        var plain: [UInt8] = []
        plain.reserveCapacity(name.utf8.count)
        var isApart = false
        for byte in name.utf8 {
            guard byte != 0x20, !(0x09...0x0D).contains(byte) else {
                isApart = !plain.isEmpty
                continue
            }
            if isApart { plain.append(0x20) }
            isApart = false
            plain.append(byte &- 0x41 < 26 ? byte | 0x20 : byte)
        }
        return String(decoding: plain, as: UTF8.self)
    }
}
