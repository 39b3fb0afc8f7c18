import News

/// Says which places the names in an article mean: "Portland, Maine", and Paris unless it is in Texas.
///
/// Each name starts with the places that it can mean and how many people each weighs; what the article says beside the name, and the
/// other places that it tells of, multiply these. Doubt weighs something too: that the name means none of the places known.
package struct PlaceReader: Sendable {
    private let table: PlaceTable

    /// A reader with the places of a table.
    package init(_ table: PlaceTable) { self.table = table }

    /// The places of an article, in the order of the numbers of their names. `located` is its dateline, like `Portland, Maine`.
    package func places(in fields: [FieldText], mentions: [Mention], located: String?) -> [FoundPlace] {
        var scan = PlaceScan(table)
        scan.gather(mentions)
        guard !scan.names.isEmpty else { return [] }
        if let located { scan.add(located: located) }
        scan.look(around: mentions, in: fields)
        return scan.decide()
    }
}

/// A name of a place in an article, with all that was seen of it.
struct ScannedName {
    /// The number of the mentions; nil for the dateline.
    var entity: Int?
    /// The different ways in which it is written.
    var keys: [UInt32] = []
    /// What it can mean, as a range of all senses.
    var senses = 0..<0
    /// How often it is mentioned.
    var count = 0
    /// The kinds of place that the words around it speak for.
    var cues: PlaceCues = []
    /// Another name that says where it is, by its number.
    var container: Int?
    /// Names of places that stand beside it in a list.
    var siblings: [Int] = []
}

/// A place that a name can mean.
struct PlaceSense {
    let place: Int
    let kind: Place.Kind
    /// The country that it is or is in; 0 for none.
    let country: UInt16
    /// The division that it is or is in.
    let region: Int?
    /// The number of the division among those of the article, from 1; 0 for none.
    let division: Int
    /// In people, with what the words around the name say.
    var weight: Double
    /// How likely it is, 0 to 1.
    var share = 0.0

    /// A place of a table. `number` numbers the divisions of the article.
    init(_ place: Int, weight: Double, in table: PlaceTable, division number: (Int) -> Int) {
        self.place = place
        self.weight = weight
        kind = table.kind(of: place)
        country = table.country(of: place)
        region = kind == .region ? place : table.region(of: place)
        division = region.map(number) ?? 0
    }

    /// Whether the place is within another one: a town in its division, both in their country.
    func isPlace(in other: PlaceSense) -> Bool {
        switch other.kind {
        case .country: country == other.country && kind != .country
        case .region: region == other.place && kind != .region
        case .continent, .area, .sea, .city: false
        }
    }
}

/// What the words around a name say of it.
struct PlaceCues: OptionSet {
    let rawValue: UInt8

    /// "Texas governor", "the state of Georgia"
    static let region = PlaceCues(rawValue: 1)
    /// "the city of Washington"
    static let city = PlaceCues(rawValue: 2)
    /// "the president of Georgia", "Georgian"
    static let country = PlaceCues(rawValue: 4)
    /// "western Washington": no town.
    static let wide = PlaceCues(rawValue: 8)
    /// "in Jackson": no person.
    static let locative = PlaceCues(rawValue: 16)
    /// The place that it is in stands after it, and is one that has it.
    static let contained = PlaceCues(rawValue: 32)
    /// A place that is in it stands before it.
    static let containing = PlaceCues(rawValue: 64)
    /// Written as an adjective alone.
    static let adjective = PlaceCues(rawValue: 128)
}
