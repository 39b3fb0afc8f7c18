import News
import NewsIndex
import Reader

/// What a reading says of one thing that the article names: its mentions, and what it is called.
struct Finding {
    let kind: Entity.Kind
    /// The fullest of its names in the article.
    let name: String
    /// All of them, the fullest first.
    let names: [String]
    let mentions: [TextSpan]
    /// Where the article says what it is.
    let role: TextSpan?
    /// How sure the name is, 0 to 1.
    let confidence: Double
    /// The place that it is, if it is one of the table and that is fairly sure.
    let place: FoundPlace?
    /// How much the article is about it; only to be compared with others.
    let weight: Double

    /// What is less sure than this is left out, 0 to 1.
    private static let leastConfidence: [Entity.Kind: Double] = [.person: 0.5, .organization: 0.5, .place: 0.5, .work: 0.7, .other: 0.7]

    /// The mentions of one thing. nil if it is nothing to make an entity of: an adjective alone, or too unsure.
    init?(_ mentions: [Mention], _ place: FoundPlace?) {
        // "Ukrainian" stands for Ukraine where that is named too.
        let proper = mentions.filter { $0.adjectiveOf == nil }
        guard let best = proper.max(by: { $0.confidence < $1.confidence }) else { return nil }
        let kinds = Dictionary(grouping: proper, by: \.kind)
        // Of equals the first in the list of kinds, so that it doesn't hang on the dictionary's order.
        guard let kind = Entity.Kind.allCases.max(by: { kinds[$0]?.count ?? 0 < kinds[$1]?.count ?? 0 }),
            best.confidence >= Finding.leastConfidence[kind] ?? 0.5
        else { return nil }
        let names = Finding.names(of: proper)
        guard let name = names.first else { return nil }
        self.kind = kind
        let place = kind == .place && place?.confidence ?? 0 >= 0.5 && place.map({ Finding.fits(name, $0.place) }) == true ? place : nil
        let fullName = place?.place.name ?? name
        self.place = place
        self.name = fullName
        self.names = [fullName] + names.filter { $0 != fullName }
        self.mentions = mentions.prefix(Limits.mentions).map(\.span)
        role = proper.lazy.compactMap(\.description).first
        confidence = best.confidence
        let isInHeadline = mentions.contains { $0.span.field == .headline }
        let isEarly = mentions.contains { $0.span.field != .headline && $0.sentence < 2 }
        weight = Double(mentions.count) + (isInHeadline ? 3 : 0) + (isEarly ? 1 : 0)
    }

    /// Each name once: those of most words first, then the more frequent, then the earlier. Capitals count only where there is nothing else.
    private static func names(of mentions: [Mention]) -> [String] {
        var counts: [String: (count: Int, place: Int)] = [:]
        for (place, mention) in mentions.enumerated() where mention.text.unicodeScalars.count <= Limits.name {
            counts[mention.text, default: (0, place)].count += 1
        }
        let ranked = counts.map { name, seen in
            (name: name, words: name.split(separator: " ").count, isShouted: isShouted(name), count: seen.count, place: seen.place)
        }
        return ranked.sorted {
            if $0.isShouted != $1.isShouted { return $1.isShouted }
            if $0.words != $1.words { return $0.words > $1.words }
            return ($1.count, $0.place) < ($0.count, $1.place)
        }.map(\.name)
    }

    /// A town goes by other words than its own (Kiev for Kyiv) if it is one: "White House" is a house, and Casablanca only to the letter.
    private static func fits(_ name: String, _ place: Place) -> Bool {
        let words = Folding.fold(name).split(separator: " ")
        return place.kind != .city || words.count == 1 || words.contains { Folding.fold(place.name).split(separator: " ").contains($0) }
    }

    /// Words in capitals, as headlines have them; what is short may be initials.
    private static func isShouted(_ name: String) -> Bool {
        name.unicodeScalars.count > 5 && name.unicodeScalars.contains(where: \.properties.isUppercase) && name == name.uppercased()
    }
}

extension Place.Identifier {
    /// What stands for it among the names of an entity.
    var name: String { uri ?? description }
}

extension Reading {
    /// The language, if the reader found it out and is fairly sure.
    var foundLanguage: String? {
        guard let language, language.evidence != .given, language.confidence >= 0.5 else { return nil }
        return language.code
    }

    /// What is named, by its number.
    var findings: [(number: Int, finding: Finding)] {
        var mentionsOf: [Int: [Mention]] = [:]
        for mention in mentions { mentionsOf[mention.entity, default: []].append(mention) }
        let places = Dictionary(places.map { ($0.entity, $0) }) { first, _ in first }
        return mentionsOf.sorted { $0.key < $1.key }.compactMap { number, mentions in
            Finding(mentions, places[number]).map { (number, $0) }
        }
    }
}
