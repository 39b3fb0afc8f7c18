import JSON

/// What an article keeps of its having been read.
public struct ReadingNote: Sendable, Equatable {
    /// The version of the reader.
    public var version: Int
    /// By what its language is known (`script`, `words`), where the publisher didn't say.
    public var language: String?
    /// A digest of what was posted, by which the same article is known when it is posted again.
    public var digest: UInt64
    /// Ids of entities and events that the reader found here and an editor took out; it doesn't put them back.
    public var rejected: [String]
    /// The times that the texts name, each once, in their order.
    public var dates: [MentionedTime]

    /// A note by a version of the reader.
    public init(version: Int, language: String? = nil, digest: UInt64 = 0, rejected: [String] = [], dates: [MentionedTime] = []) {
        self.version = version
        self.language = language
        self.digest = digest
        self.rejected = rejected
        self.dates = dates
    }
}

extension Article {
    /// Leaves what was posted: without what the reader found.
    public mutating func removeReading() {
        entities.removeAll { $0.origin == .reader }
        events.removeAll { $0.origin == .reader }
        quotes.removeAll { $0.origin == .reader }
        if reading?.language != nil { language = nil }
        (story, original, reading) = (nil, nil, nil)
    }

    /// The article as it was posted.
    public var posted: Article {
        var article = self
        article.removeReading()
        return article
    }
}

// MARK: JSON

extension ReadingNote {
    init?(from reader: inout JSONReader) throws(JSONError) {
        if try reader.null() { return nil }
        var note = ReadingNote(version: 0)
        try reader.object { (reader, name) throws(JSONError) in
            switch name {
            case "version": note.version = try reader.version()
            case "language": note.language = try reader.optionalText(limit: Limits.word)
            case "digest":
                guard let digest = UInt64(try reader.text(limit: 16), radix: 16) else {
                    throw reader.failure(.badValue, "Expected up to 16 hexadecimal digits.")
                }
                note.digest = digest
            case "rejected":
                note.rejected = try reader.list(limit: Limits.rejected) { (reader) throws(JSONError) in try reader.slug() }
            case "dates":
                note.dates = try reader.list(limit: Limits.dates) { (reader) throws(JSONError) in
                    guard let time = MentionedTime(try reader.text(limit: 32)) else {
                        throw reader.failure(
                            .badDate, "Expected a day, a month, a year, or a first and a last day with a slash between them.")
                    }
                    return time
                }
            default: throw reader.unknownField(name)
            }
        }
        self = note
    }

    func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("version", version)
            writer.member("language", language)
            writer.member("digest", String(digest, radix: 16))
            writer.member("rejected", rejected)
            writer.member("dates", dates.map(\.text))
        }
    }
}
