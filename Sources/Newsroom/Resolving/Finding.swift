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
    /// Those that mean the same in other articles.
    let fullNames: [String]
    let mentions: [TextSpan]
    /// Where the article says what it is.
    let role: TextSpan?
    /// How sure the name is, 0 to 1.
    let confidence: Double
    /// The place that it is, if it is one of the table and that is fairly sure.
    let place: FoundPlace?
    /// How much the article is about it; only to be compared with others.
    let weight: Double
    /// What is left of the name when the ways of writing it are taken off.
    let outline: NameOutline?

    /// What is less sure than this is left out, 0 to 1.
    private static func leastConfidence(_ kind: Entity.Kind) -> Double {
        switch kind {
        case .person, .organization, .place: 0.5
        case .work, .other: 0.7
        }
    }

    /// The mentions of one thing. nil if it is nothing to make an entity of: an adjective alone, or too unsure.
    init?(_ mentions: [Mention], _ place: FoundPlace?) {
        // "Ukrainian" stands for Ukraine where that is named too.
        let proper = mentions.contains { $0.adjectiveOf != nil } ? mentions.filter { $0.adjectiveOf == nil } : mentions
        guard let best = proper.max(by: { $0.confidence < $1.confidence }) else { return nil }
        let kind = Finding.commonestKind(of: proper)
        guard best.confidence >= Finding.leastConfidence(kind) else { return nil }
        let names = Finding.names(of: proper, kind)
        guard let name = names.first else { return nil }
        self.kind = kind
        let place = kind == .place && place?.confidence ?? 0 >= 0.5 && place.map({ Finding.fits(name, $0.place) }) == true ? place : nil
        // "The University" is another one in every article, and so is "Co. Ltd."
        guard place != nil || kind == .person || !CommonNouns.areAll(of: name) && !LegalForm.isAll(of: name) else { return nil }
        let fullName = place?.place.name ?? name
        self.place = place
        self.name = fullName
        let all = [fullName] + names.filter { $0 != fullName }
        self.names = all
        fullNames = Finding.fullNames(all, kind)
        self.mentions = mentions.prefix(Limits.mentions).map(\.span)
        role = proper.lazy.compactMap(\.description).first
        confidence = best.confidence
        let isInHeadline = mentions.contains { $0.span.field == .headline }
        let isEarly = mentions.contains { $0.span.field != .headline && $0.sentence < 2 }
        weight = Double(mentions.count) + (isInHeadline ? 3 : 0) + (isEarly ? 1 : 0)
        outline = NameOutline(fullName, kind)
    }

    /// What most mentions are; of equals the first in the list of kinds.
    private static func commonestKind(of mentions: [Mention]) -> Entity.Kind {
        guard mentions.count > 1 else { return mentions[0].kind }
        var best: (kind: Entity.Kind, count: Int) = (mentions[0].kind, 0)
        for kind in Entity.Kind.allCases {
            let count = mentions.count { $0.kind == kind }
            if count > best.count { best = (kind, count) }
        }
        return best.kind
    }

    /// The names that mean the same in other articles: a forename or surname alone doesn't, nor does a part of a longer name, however that
    /// is written, with a legal form behind it or without.
    private static func fullNames(_ names: [String], _ kind: Entity.Kind) -> [String] {
        if kind == .person { return names.filter { !$0.isOneWord } }
        guard names.count > 1 else { return names }
        let cores = names.map { LegalForm.removed(from: Folding.fold($0)) }
        return zip(names, cores).filter { _, core in
            !cores.contains { $0.utf8.count > core.utf8.count && ($0.hasPrefix(core + " ") || $0.hasSuffix(" " + core)) }
        }.map(\.0)
    }

    /// Each name once: those of most words first, then the more frequent, then the earlier. Persons go by the full name that is used most,
    /// rather than the one with all their middle names. Capitals count only where there is nothing else.
    private static func names(of mentions: [Mention], _ kind: Entity.Kind) -> [String] {
        if mentions.count == 1 {
            return mentions[0].text.unicodeScalars.count <= Limits.name ? [mentions[0].text] : []
        }
        var counts: [String: (count: Int, place: Int)] = [:]
        for (place, mention) in mentions.enumerated() where mention.text.unicodeScalars.count <= Limits.name {
            counts[mention.text, default: (0, place)].count += 1
        }
        let ranked = counts.map { name, seen in
            let words = name.utf8.split(separator: UInt8(ascii: " ")).count
            let rank = kind == .person ? (min(words, 2), seen.count, words) : (words, seen.count, 0)
            return (name: name, rank: rank, isShouted: isShouted(name), place: seen.place)
        }
        return ranked.sorted {
            if $0.isShouted != $1.isShouted { return $1.isShouted }
            return $0.rank == $1.rank ? $0.place < $1.place : $0.rank > $1.rank
        }.map(\.name)
    }

    /// A town goes by other words than its own (Kiev for Kyiv) if it is one: "White House" is a house, and Casablanca only to the letter.
    private static func fits(_ name: String, _ place: Place) -> Bool {
        // Southern France has places of its own.
        if PlaceWords.isPart(name, of: place.name) { return false }
        let words = Folding.fold(name).split(separator: " ")
        return place.kind != .city || words.count == 1 || words.contains { Folding.fold(place.name).split(separator: " ").contains($0) }
    }

    /// Words in capitals, as headlines have them; what is short may be initials.
    private static func isShouted(_ name: String) -> Bool {
        // A small letter of ASCII, which most names have, says no at once.
        !name.utf8.contains { $0 &- 0x61 < 26 } && name.unicodeScalars.count > 5
            && name.unicodeScalars.contains(where: \.properties.isUppercase) && name == name.uppercased()
    }
}

extension String {
    /// Whether it has no blank.
    var isOneWord: Bool { !utf8.contains(UInt8(ascii: " ")) }
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

    /// The times that are named, each once, in the order of the texts.
    var times: [MentionedTime] {
        var seen: Set<MentionedTime> = []
        var times: [MentionedTime] = []
        for date in dates where (date.kind == .date || date.kind == .time) && seen.count < Limits.dates {
            guard let first = date.first, let last = date.last, let time = MentionedTime(first: first, last: last) else { continue }
            if seen.insert(time).inserted { times.append(time) }
        }
        return times
    }

    /// What is named, by its number.
    var findings: [(number: Int, finding: Finding)] {
        let numbers = mentions.map(\.entity)
        let order = numbers.indices.sorted { (numbers[$0], $0) < (numbers[$1], $1) }
        let places = Dictionary(places.map { ($0.entity, $0) }) { first, _ in first }
        var findings: [(number: Int, finding: Finding)] = []
        var rest = order[...]
        while let first = rest.first {
            let number = numbers[first]
            let same = rest.prefix { numbers[$0] == number }
            rest = rest[same.endIndex...]
            if let finding = Finding(same.map { mentions[$0] }, places[number]) { findings.append((number, finding)) }
        }
        return findings
    }
}
