import JSON

/// Who found a thing or said it last: the reader of texts, or a person, who outranks it.
public enum Origin: String, Sendable, CaseIterable { case reader, editor }

/// A person, an organisation, a place or a work that articles name.
public struct Entity: Sendable, Equatable {
    /// What sort of thing it is.
    public enum Kind: String, Sendable, CaseIterable { case person, organization, place, work, other }

    /// A readable slug, stable for ever; empty until the newsroom has given one.
    public var id: String
    /// What sort of thing it is; `other` until somebody says more.
    public var kind: Kind
    /// The name that it is shown by.
    public var name: String
    /// Other names that it goes by.
    public var aliases: [String]
    /// URLs that identify the same thing elsewhere, Wikidata first of all (schema.org sameAs).
    public var sameAs: [String]
    public var description: String?
    /// Where it is.
    public var location: Location?
    /// The country that a place is, or is in: two letters of ISO 3166-1.
    public var country: String?
    /// Who said so last.
    public var origin: Origin

    /// An entity; what isn't given is not known.
    public init(
        id: String = "", kind: Kind = .other, name: String = "", aliases: [String] = [], sameAs: [String] = [],
        description: String? = nil, location: Location? = nil, country: String? = nil, origin: Origin = .editor
    ) {
        self.id = id
        self.kind = kind
        self.name = name
        self.aliases = aliases
        self.sameAs = sameAs
        self.description = description
        self.location = location
        self.country = country
        self.origin = origin
    }

    /// Takes over what the other one knows and this one doesn't. What is said here stands.
    public mutating func fill(from other: Entity) {
        if kind == .other { kind = other.kind }
        for alias in [other.name] + other.aliases
        where aliases.count < Limits.aliases && alias != name && !alias.isEmpty && !aliases.contains(alias) {
            aliases.append(alias)
        }
        for url in other.sameAs where sameAs.count < Limits.aliases && !sameAs.contains(url) { sameAs.append(url) }
        if description == nil { description = other.description }
        if location == nil { location = other.location }
        if country == nil { country = other.country }
    }
}

/// A point on the Earth in degrees (WGS 84), written as a GeoJSON Point (RFC 7946): longitude first.
public struct Location: Sendable, Equatable {
    /// −180 to 180.
    public var longitude: Double
    /// −90 to 90.
    public var latitude: Double

    /// A point by its coordinates.
    public init(longitude: Double, latitude: Double) {
        self.longitude = longitude
        self.latitude = latitude
    }
}

// MARK: JSON

extension Entity {
    /// Reads a member of an entity; answers false if there is none of that name.
    mutating func read(_ name: String, from reader: inout JSONReader) throws(JSONError) -> Bool {
        switch name {
        case "id": id = try reader.slug()
        case "type": kind = try reader.choice()
        case "name": self.name = try reader.name(limit: Limits.name)
        case "aliases": aliases = try reader.texts(limit: Limits.name, count: Limits.aliases)
        case "sameAs": sameAs = try reader.texts(limit: Limits.url, count: Limits.aliases)
        case "description": description = try reader.optionalText(limit: Limits.description)
        case "location": location = try Location(from: &reader)
        case "country": country = try reader.country()
        default: return false
        }
        return true
    }

    /// Reads an entity as a client declares it. `name` is required; read-only members are let through unread, so that
    /// what was got can be sent back. `other` reads members that are none of an entity's, and answers whether it did.
    public init(
        from reader: inout JSONReader,
        other: (inout JSONReader, String) throws(JSONError) -> Bool = { (_, _) throws(JSONError) in false }
    ) throws(JSONError) {
        var entity = Entity()
        try reader.object { (reader, name) throws(JSONError) in
            if try other(&reader, name) { return }
            if try entity.read(name, from: &reader) { return }
            switch name {
            case "origin": entity.origin = try reader.choice()
            case "articles", "quotes", "firstSeen", "lastSeen": try reader.skip()
            default: throw reader.unknownField(name)
            }
        }
        guard !entity.name.isEmpty else { throw reader.missing("name", "An entity needs a name.") }
        self = entity
    }

    /// Writes the members that are facts about the entity; what the index counts is added by the API.
    public func writeMembers(to writer: inout JSONWriter) {
        writer.member("id", id)
        writer.member("type", kind.rawValue)
        writer.member("name", name)
        writeDetails(to: &writer)
        writer.member("origin", origin.rawValue)
    }

    /// What an article doesn't say of it.
    func writeDetails(to writer: inout JSONWriter) {
        writer.member("aliases", aliases)
        writer.member("sameAs", sameAs)
        writer.member("description", description)
        if let location {
            writer.key("location")
            location.write(to: &writer)
        }
        writer.member("country", country)
    }

    /// Writes the entity as an object.
    public func write(to writer: inout JSONWriter) {
        writer.object { writeMembers(to: &$0) }
    }
}

extension Location {
    init?(from reader: inout JSONReader) throws(JSONError) {
        if try reader.null() { return nil }
        var numbers: [Double] = []
        var type: String?
        try reader.object { (reader, name) throws(JSONError) in
            switch name {
            case "type":
                type = try reader.string()
                guard type == "Point" else { throw reader.failure(.badValue, "The location must be a GeoJSON Point.") }
            case "coordinates":
                try reader.array { (reader) throws(JSONError) in
                    guard numbers.count < 3 else { throw reader.failure(.badValue, "A position has two or three numbers.") }
                    numbers.append(try reader.number())
                }
                guard numbers.count >= 2, abs(numbers[0]) <= 180, abs(numbers[1]) <= 90 else {
                    throw reader.failure(.badValue, "Expected [longitude, latitude] in degrees.")
                }
            default: throw reader.unknownField(name)
            }
        }
        guard type != nil, numbers.count >= 2 else {
            throw reader.failure(.missingField, "A GeoJSON Point needs type and coordinates.")
        }
        self.init(longitude: numbers[0], latitude: numbers[1])
    }

    /// Writes it as a Point of GeoJSON.
    public func write(to writer: inout JSONWriter) {
        writer.object {
            $0.member("type", "Point")
            $0.key("coordinates")
            $0.array {
                $0.number(longitude)
                $0.number(latitude)
            }
        }
    }
}
