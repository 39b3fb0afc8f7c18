import News

/// The names of places in one article, and what they can mean.
struct PlaceScan {
    let table: PlaceTable
    private(set) var names: [ScannedName] = []
    /// The number of the article's dateline.
    private(set) var dateline: Int?
    var senses: [PlaceSense] = []
    /// The number of the name that mentions of an entity belong to.
    private var numbers: [Int: Int] = [:]
    /// The divisions that names can mean or be in, numbered from 1.
    private(set) var divisions: [Int: Int] = [:]
    /// How often a word by itself is the name of a person.
    private var people: [UInt32: Int] = [:]
    /// Words of persons' full names.
    private var partsOfPeople: Set<UInt32> = []

    /// So many places of one name are looked at, the heaviest; and so many ways to write one name, the first.
    private static let mostSenses = 24
    private static let mostForms = 4

    init(_ table: PlaceTable) { self.table = table }

    /// The number of the name that a mention is of.
    func name(of mention: Mention) -> Int? { mention.kind == .place ? numbers[mention.entity] : nil }

    // MARK: Gathering

    mutating func gather(_ mentions: [Mention]) {
        for mention in mentions {
            if mention.kind == .place {
                add(mention.text, mention.entity)
            } else if let place = mention.adjectiveOf {
                add(place, mention.entity, isAdjective: true)
            } else if mention.kind == .person {
                addPerson(mention.text)
            }
        }
        for number in names.indices { findSenses(number) }
    }

    private mutating func addPerson(_ text: String) {
        let words = text.split(separator: " ")
        if words.count == 1 {
            people[PlaceName.key(text), default: 0] += 1
        } else if let first = words.first, let last = words.last {
            partsOfPeople.formUnion([PlaceName.key(first), PlaceName.key(last)])
        }
    }

    private mutating func add(_ text: String, _ entity: Int, isAdjective: Bool = false) {
        let number = numbers[entity] ?? names.count
        if number == names.count {
            numbers[entity] = number
            names.append(ScannedName(entity: entity))
        }
        names[number].count += 1
        if isAdjective { names[number].cues.insert(.adjective) }
        guard names[number].keys.count < Self.mostForms else { return }
        let form = self.form(text)
        names[number].cues.formUnion(form.cues)
        if !names[number].keys.contains(form.key) { names[number].keys.append(form.key) }
        if let container = form.container, names[number].container == nil { names[number].container = addContainer(container) }
    }

    /// Takes the article's dateline for a name that stands by itself.
    mutating func add(located: String) {
        let form = self.form(located)
        var name = ScannedName()
        name.keys = [form.key]
        if let container = form.container { name.container = addContainer(container) }
        dateline = names.count
        names.append(name)
        findSenses(names.count - 1)
    }

    /// Adds a name that only says where another one is; nil if nothing is known by it that has places.
    mutating func addContainer(_ text: some StringProtocol) -> Int? {
        let key = PlaceName.key(text)
        let isKnown = table.names(key).contains { [.region, .country].contains(table.kind(of: table.place(ofName: $0))) }
        guard isKnown else { return nil }
        var name = ScannedName()
        name.keys = [key]
        names.append(name)
        findSenses(names.count - 1)
        return names.count - 1
    }

    /// What a name is looked up by: as a whole, or without what says its kind ("Washington State"), or what is before its comma.
    private func form(_ text: String) -> (key: UInt32, cues: PlaceCues, container: Substring?) {
        let whole = PlaceName.key(text)
        guard table.names(whole).isEmpty else { return (whole, [], nil) }
        if let comma = text.firstIndex(of: ","), comma > text.startIndex {
            let inside = text[..<comma]
            let after = text[text.index(after: comma)...]
            return (PlaceName.key(inside), [], after.prefix { $0 != "," })
        }
        guard let blank = text.lastIndex(of: " "), let first = text.firstIndex(of: " ") else { return (whole, [], nil) }
        let last = PlaceWords.after[WordKey(String(text[text.index(after: blank)...]))] ?? []
        if !last.isEmpty { return (PlaceName.key(text[..<blank]), last, nil) }
        if PlaceWords.directions.contains(WordKey(String(text[..<first]))) {
            return (PlaceName.key(text[text.index(after: first)...]), .wide, nil)
        }
        return (whole, [], nil)
    }

    /// The places that a name can mean. What only one of its forms can mean is hardly meant.
    private mutating func findSenses(_ number: Int) {
        let start = senses.count
        var forms = 0
        for key in names[number].keys {
            let found = table.names(key).prefix(Self.mostSenses)
            guard !found.isEmpty else { continue }
            forms += 1
            let places = found.map { table.place(ofName: $0) }
            if forms > 1 {
                for sense in start..<senses.count where !places.contains(senses[sense].place) { senses[sense].weight /= 50 }
            }
            for (name, place) in zip(found, places) {
                if let known = (start..<senses.count).first(where: { senses[$0].place == place }) {
                    senses[known].weight = max(senses[known].weight, table.weight(ofName: name))
                } else {
                    let sense = PlaceSense(place, weight: table.weight(ofName: name) / (forms > 1 ? 50 : 1), in: table) { region in
                        let number = divisions[region] ?? divisions.count + 1
                        divisions[region] = number
                        return number
                    }
                    senses.append(sense)
                }
            }
        }
        names[number].senses = start..<senses.count
    }

    // MARK: What was seen

    mutating func add(_ cues: PlaceCues, to name: Int) { names[name].cues.formUnion(cues) }

    mutating func set(container: Int, of name: Int) {
        if names[name].container == nil { names[name].container = container }
    }

    mutating func add(sibling: Int, to name: Int) {
        if names[name].siblings.count < 4 { names[name].siblings.append(sibling) }
    }

    /// What it weighs that the name means none of the places known, in people; nil if the article uses it for a person.
    func doubt(of name: ScannedName) -> Double? {
        let least = 20_000.0
        guard name.cues.isDisjoint(with: [.locative, .contained, .adjective]) else { return least }
        let isPart = name.keys.contains { partsOfPeople.contains($0) }
        let times = name.keys.reduce(0) { $0 + (people[$1] ?? 0) }
        if times > 0, isPart || times >= name.count { return nil }
        return isPart ? least * 100 : least
    }
}
