import News

/// A place of the world, as the table of places knows it.
public struct Place: Sendable, Equatable {
    /// What sort of place it is.
    public enum Kind: UInt8, Sendable, CaseIterable {
        /// Europe.
        case continent
        /// A part of the world that is neither state nor province: the Middle East, Siberia, the West Bank.
        case area
        /// A sea or an ocean.
        case sea
        /// What has a code in ISO 3166-1, Hong Kong and Greenland too.
        case country
        /// A first-level division of a country: Texas, Ontario, Scotland.
        case region
        /// A town, a city, or a borough of one.
        case city

        /// What it is called in JSON.
        public var name: String {
            switch self {
            case .continent: "continent"
            case .area: "area"
            case .sea: "sea"
            case .country: "country"
            case .region: "region"
            case .city: "city"
            }
        }
    }

    /// By what others know it.
    public enum Identifier: Sendable, Hashable, CustomStringConvertible {
        /// The number in GeoNames.
        case geonames(UInt32)
        /// The number of the item in Wikidata, for seas and the like.
        case wikidata(UInt32)
        /// A code of ISO 3166-2: `CA-ON`.
        case subdivision(String)

        /// The scheme and what it says: `geonames:703448`, `wikidata:Q166`, `iso3166-2:CA-ON`.
        public var description: String {
            switch self {
            case .geonames(let number): "geonames:\(number)"
            case .wikidata(let number): "wikidata:Q\(number)"
            case .subdivision(let code): "iso3166-2:\(code)"
            }
        }

        /// The URI that identifies it on the web, where there is one.
        public var uri: String? {
            switch self {
            case .geonames(let number): "https://sws.geonames.org/\(number)/"
            case .wikidata(let number): "https://www.wikidata.org/wiki/Q\(number)"
            case .subdivision: nil
            }
        }
    }

    /// By what others know it.
    public var identifier: Identifier
    /// What it is called in English.
    public var name: String
    /// What sort of place it is.
    public var kind: Kind
    /// The country that it is, or is in: two letters of ISO 3166-1.
    public var country: String?
    /// The name of the first-level division that it is in.
    public var region: String?
    /// Where it is, in degrees. Of a country or a division: the mean of its towns, by population.
    public var location: Location?
    /// How many people live there.
    public var population: Int?

    /// A place with what is known of it.
    public init(
        identifier: Identifier, name: String, kind: Kind, country: String? = nil, region: String? = nil, location: Location? = nil,
        population: Int? = nil
    ) {
        self.identifier = identifier
        self.name = name
        self.kind = kind
        self.country = country
        self.region = region
        self.location = location
        self.population = population
    }
}

/// The place that a name in an article means.
public struct FoundPlace: Sendable, Equatable {
    /// The number that the mentions of the name share.
    public var entity: Int
    /// What it means.
    public var place: Place
    /// 0 to 1; below a half it is undecided, and this the likeliest.
    public var confidence: Double

    /// A name with its place.
    public init(entity: Int, place: Place, confidence: Double) {
        self.entity = entity
        self.place = place
        self.confidence = confidence
    }
}
