import News

extension PlaceScan {
    /// Looks at the words around the names, each with the name after it.
    mutating func look(around mentions: [Mention], in fields: [FieldText]) {
        for (index, mention) in mentions.enumerated() {
            guard let name = name(of: mention), let text = fields.first(where: { $0.field == mention.span.field })?.text,
                !mention.tokens.isEmpty, mention.tokens.upperBound <= text.tokens.count
            else { continue }
            let sentence = text.sentences[text.sentence(of: mention.tokens.lowerBound)]
            add(cues(before: mention.tokens.lowerBound, from: sentence.lowerBound, in: text), to: name)
            let end = mention.tokens.upperBound
            guard end < sentence.upperBound else { continue }
            add(PlaceWords.after[text.tokens[end].key] ?? [], to: name)
            let next = index + 1 < mentions.count ? mentions[index + 1] : nil
            if let next, next.span.field == mention.span.field, next.tokens.lowerBound < sentence.upperBound, next.tokens.lowerBound >= end
            {
                relate(name, next, end..<next.tokens.lowerBound, text)
                if next.tokens.lowerBound <= end + 1 { continue }
            }
            if names[name].container == nil, text.isMark(end, ","),
                let container = container(from: end + 1, to: sentence.upperBound, in: text)
            {
                set(container: container, of: name)
            }
        }
        for name in names.indices {
            if let container = names[name].container { contain(name, container) }
            weighCues(name)
        }
    }

    private func cues(before first: Int, from start: Int, in text: TokenizedText) -> PlaceCues {
        guard first > start else { return [] }
        let word = text.tokens[first - 1].key
        if PlaceWords.directions.contains(word) { return [.wide, .locative] }
        if PlaceWords.locative.contains(word) { return .locative }
        if word == PlaceWords.downtown { return .city }
        // "the state of Georgia"
        if word == PlaceWords.of, first - 1 > start { return PlaceWords.before[text.tokens[first - 2].key] ?? [] }
        return []
    }

    /// What the words between a name and the next one say of both.
    private mutating func relate(_ name: Int, _ next: Mention, _ between: Range<Int>, _ text: TokenizedText) {
        guard let other = self.name(of: next), other != name, (1...2).contains(between.count) else { return }
        let first = text.tokens[between.lowerBound].key
        if between.count == 1, text.isMark(between.lowerBound, ",") || text.isMark(between.lowerBound, "(") || first == PlaceWords.in {
            set(container: other, of: name)
        }
        let last = between.upperBound - 1
        let isList = text.isMark(last, ",") || PlaceWords.ands.contains(text.tokens[last].key)
        guard isList, between.count == 1 || text.isMark(between.lowerBound, ",") else { return }
        add(sibling: other, to: name)
        add(sibling: name, to: other)
    }

    /// A division or country that stands after a comma and isn't taken for a name: "Cambridge, MA", "Cambridge, Mass."
    private mutating func container(from first: Int, to end: Int, in text: TokenizedText) -> Int? {
        guard first < end, text.tokens[first].isCapital else { return nil }
        if first + 1 < end, text.tokens[first + 1].isCapital, let found = addContainer(text.text(of: first..<first + 2)) { return found }
        return addContainer(text.text(of: first))
    }

    /// Lets a name and the one that says where it is settle each other, if one can be in the other.
    private mutating func contain(_ name: Int, _ container: Int) {
        let (inner, outer) = (names[name].senses, names[container].senses)
        // "Mexico, Philippines" are two countries, rather than the town of Mexico there.
        let isCountry = inner.contains { senses[$0].kind == .country }
        let factor = isCountry ? 30.0 : 1_000
        var confirmed: [Int] = []
        for sense in inner {
            let holders = outer.filter { senses[sense].isPlace(in: senses[$0]) }
            guard !holders.isEmpty else { continue }
            confirmed += holders
            senses[sense].weight *= factor
        }
        guard !confirmed.isEmpty else { return }
        add(.contained, to: name)
        guard !names[container].cues.contains(.containing) else { return }
        add(.containing, to: container)
        for sense in Set(confirmed) { senses[sense].weight *= factor }
    }

    private mutating func weighCues(_ name: Int) {
        let cues = names[name].cues
        for sense in names[name].senses {
            switch senses[sense].kind {
            case .city:
                if cues.contains(.city) { senses[sense].weight *= 50 }
                if cues.contains(.wide) { senses[sense].weight /= 10 }
            case .region: if cues.contains(.region) { senses[sense].weight *= 50 }
            case .country:
                if cues.contains(.country) { senses[sense].weight *= 50 }
                if cues.contains(.adjective) { senses[sense].weight *= 20 }
            case .continent, .area, .sea: break
            }
        }
    }
}

/// Words that say what sort of place a name beside them is.
package enum PlaceWords {
    private static func keys(_ words: String) -> Set<WordKey> { Set(words.split(separator: " ").map { WordKey(String($0)) }) }

    static let of = WordKey("of")
    static let `in` = WordKey("in")
    static let downtown = WordKey("downtown")
    static let ands = keys("and or &")
    static let locative = keys("in at near from to outside around across into toward towards throughout reached left")
    static let directions = keys(
        "northern southern eastern western northeastern northwestern southeastern southwestern central upstate rural")

    /// Whether a name says that only a part of a place is meant: "Southern France" of France, but not "Central Asia" of Central Asia.
    package static func isPart(_ name: String, of place: String) -> Bool {
        let first = name.prefix { $0 != " " }
        return first.utf8.count < name.utf8.count && directions.contains(WordKey(String(first))) && !place.hasPrefix(first)
    }

    /// Words after a name.
    static let after: [WordKey: PlaceCues] = words([
        (
            .region,
            """
            state province region oblast governorate prefecture governor gov. gov senator sen. sen legislature lawmakers republicans \
            democrats
            """
        ),
        (.city, "city mayor"),
    ])

    /// Words before a name and "of".
    static let before: [WordKey: PlaceCues] = words([
        (.region, "state province region governor oblast"),
        (.city, "city town mayor suburb outskirts port"),
        (.country, "republic president government nation country kingdom people"),
    ])

    private static func words(_ lists: [(PlaceCues, String)]) -> [WordKey: PlaceCues] {
        var words: [WordKey: PlaceCues] = [:]
        for (cue, list) in lists { for key in keys(list) { words[key] = cue } }
        return words
    }
}
