import JSON

/// How long the parts of a resource may be, in Unicode scalars or in elements. Longer is refused, never cut.
public enum Limits {
    /// An article's headline, in scalars.
    public static let headline = 2_000
    /// A body, a summary or a quote, in scalars.
    public static let text = 4_000_000
    /// A URL or URI, in scalars.
    public static let url = 4_096
    /// The name of anybody or anything, in scalars.
    public static let name = 500
    /// A keyword, a section, a role or a kind, in scalars.
    public static let word = 200
    /// An event's title, in scalars.
    public static let title = 1_000
    /// An entity's description, in scalars.
    public static let description = 10_000
    /// Authors of an article.
    public static let authors = 200
    /// Keywords of an article.
    public static let keywords = 500
    /// Times that the reader notes of an article.
    public static let dates = 64
    /// Aliases of an entity, and as many URLs that identify it.
    public static let aliases = 500
    /// Participants of an event.
    public static let participants = 500
    /// Entities of an article.
    public static let entities = 2_000
    /// Events of an article.
    public static let events = 500
    /// Quotes of an article.
    public static let quotes = 1_000
    /// Mentions of one entity in an article.
    public static let mentions = 10_000
    /// Articles that are given to a part of an entity at once.
    public static let splitArticles = 10_000
    /// Entities and events that an editor took out of an article.
    public static let rejected = 2_500
    /// An id of an entity or event, in bytes.
    public static let slug = 120
    /// The highest number that a version can have.
    public static let version = 1_000_000_000
}

/// Reading with the rules that the resources share.
extension JSONReader {
    func unknownField(_ name: String) -> JSONError {
        failure(.unknownField, "There is no field \"\(name)\" here.")
    }

    /// An error about a member of the object that was just read.
    func bad(_ member: String, _ code: JSONError.Code, _ detail: String) -> JSONError {
        var error = failure(code, detail)
        error.pointer += "/\(member)"
        return error
    }

    func missing(_ member: String, _ detail: String) -> JSONError { bad(member, .missingField, detail) }

    func tooMany(_ limit: Int) -> JSONError { failure(.tooLong, "At most \(limit) are taken.") }

    mutating func text(limit: Int) throws(JSONError) -> String {
        let text = try string()
        guard text.utf8.count <= limit || text.unicodeScalars.count <= limit else {
            throw failure(.tooLong, "At most \(limit) characters are taken.")
        }
        return text
    }

    /// Null or blank is the same as left out.
    mutating func optionalText(limit: Int) throws(JSONError) -> String? {
        if try null() { return nil }
        let text = try text(limit: limit)
        return text.isEmpty ? nil : text
    }

    /// A name or a title; one that nobody would see is the same as none.
    mutating func name(limit: Int) throws(JSONError) -> String {
        let text = try text(limit: limit)
        return text.isBlank ? "" : text
    }

    mutating func texts(limit: Int, count: Int) throws(JSONError) -> [String] {
        if try null() { return [] }
        var texts: [String] = []
        try array { (reader) throws(JSONError) in
            guard texts.count < count else { throw reader.tooMany(count) }
            let text = try reader.name(limit: limit)
            guard !text.isEmpty else { throw reader.failure(.badValue, "An empty text says nothing.") }
            texts.append(text)
        }
        return texts
    }

    mutating func instant() throws(JSONError) -> Instant {
        let text = try string()
        guard let instant = Instant(text) else {
            throw failure(.badDate, "Expected a date-time of RFC 3339 with its zone, like 2023-11-20T10:00:00Z.")
        }
        return instant
    }

    mutating func date() throws(JSONError) -> EventDate? {
        if try null() { return nil }
        let text = try string()
        guard let date = EventDate(text) else {
            throw failure(.badDate, "Expected a date like 2023, 2023-11, 2023-11-20 or 2023-11-20T10:00:00Z.")
        }
        return date
    }

    mutating func choice<Choice: RawRepresentable<String> & CaseIterable>() throws(JSONError) -> Choice {
        let text = try string()
        guard let choice = Choice(rawValue: text) else {
            throw failure(.badValue, "Expected one of \(Choice.allCases.map(\.rawValue).joined(separator: ", ")).")
        }
        return choice
    }

    /// A URI with a scheme (RFC 3986 §3.1), without blanks or control characters.
    mutating func uri() throws(JSONError) -> String? {
        guard let text = try optionalText(limit: Limits.url) else { return nil }
        let scheme = text.utf8.prefix { $0 != UInt8(ascii: ":") }
        guard scheme.count < text.utf8.count, let first = scheme.first, first.isASCIILetter,
            scheme.allSatisfy({ $0.isASCIILetter || $0.isASCIIDigit || "+-.".utf8.contains($0) }),
            text.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F })
        else { throw failure(.badValue, "Expected a URI with its scheme, like https://example.org/1.") }
        return text
    }

    /// Two capital letters, as ISO 3166-1 has them; whether they are given out is not looked at.
    mutating func country() throws(JSONError) -> String? {
        guard let code = try optionalText(limit: 2) else { return nil }
        guard code.utf8.count == 2, code.utf8.allSatisfy({ (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) }) else {
            throw failure(.badValue, "Expected a country as two capital letters, like UA (ISO 3166-1).")
        }
        return code
    }

    /// A slug: a-z, 0-9 and single hyphens.
    mutating func slug() throws(JSONError) -> String {
        let text = try string()
        guard Slug.isValid(text) else {
            throw failure(.badValue, "An id has 1 to \(Limits.slug) of a-z, 0-9 and '-', and starts with one of a-z and 0-9.")
        }
        return text
    }

    /// A number from 0 to 1.
    mutating func fraction() throws(JSONError) -> Double {
        let value = try number()
        guard (0...1).contains(value) else { throw failure(.badValue, "Expected a number from 0 to 1.") }
        return value
    }

    /// An entity by id or name, or as an object that has one of them.
    mutating func reference() throws(JSONError) -> String {
        if try kind() == .string { return try text(limit: Limits.name) }
        var found: String?
        try object { (reader, name) throws(JSONError) in
            switch name {
            case "id": found = try reader.slug()
            case "name":
                let name = try reader.text(limit: Limits.name)
                found = found ?? name
            default: throw reader.unknownField(name)
            }
        }
        guard let found else { throw missing("id", "An entity is named by id or by name.") }
        return found
    }

    /// A whole number of Unicode scalars, 0 or more.
    mutating func count() throws(JSONError) -> Int {
        let value = try integer()
        guard (0...Limits.text).contains(value) else { throw failure(.badValue, "Expected a whole number, 0 or more.") }
        return value
    }
}

extension UInt8 {
    var isASCIILetter: Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self | 0x20) }
    var isASCIIDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }
}

extension String {
    /// Whether nobody would see anything of it.
    var isBlank: Bool { unicodeScalars.allSatisfy(\.properties.isWhitespace) }
}
