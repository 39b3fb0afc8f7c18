import JSON

extension Article {
    /// Reads an article as a client posts it.
    ///
    /// A headline or a body is required. A field that is not known is refused; what only the server says (version,
    /// indexed) is taken and left, so that what was got can be sent back.
    public init(from reader: inout JSONReader) throws(JSONError) {
        var article = Article()
        try reader.object { (reader, name) throws(JSONError) in try article.readMember(name, from: &reader) }
        guard [article.headline, article.body].contains(where: { $0?.isBlank == false }) else {
            throw reader.missing("headline", "An article needs a headline or a body.")
        }
        try article.checkSpans(reader)
        self = article
    }

    private mutating func readMember(_ name: String, from reader: inout JSONReader) throws(JSONError) {
        switch name {
        case "id":
            id = try ArticleID(from: &reader)
        case "uri": uri = try reader.uri()
        case "version": version = try reader.version()
        case "headline": headline = try reader.optionalText(limit: Limits.headline)
        case "summary": summary = try reader.optionalText(limit: Limits.text)
        case "body": body = try reader.optionalText(limit: Limits.text)
        case "contentType": contentType = try reader.choice()
        case "language": language = try reader.language()
        case "byline": byline = try reader.optionalText(limit: Limits.name)
        case "located": located = try reader.optionalText(limit: Limits.name)
        case "source": source = try Source(from: &reader)
        case "url": url = try reader.uri()
        case "authors": authors = try reader.texts(limit: Limits.name, count: Limits.authors)
        case "section": section = try reader.optionalText(limit: Limits.word)
        case "keywords": keywords = try reader.texts(limit: Limits.word, count: Limits.keywords)
        case "published": published = try reader.null() ? nil : try reader.instant()
        case "updated": updated = try reader.null() ? nil : try reader.instant()
        case "indexed": indexed = try reader.instant()
        case "status": status = try reader.choice()
        case "entities": entities = try reader.list(limit: Limits.entities, NamedEntity.init(from:))
        case "events": events = try reader.list(limit: Limits.events, ReportedEvent.init(from:))
        case "quotes": quotes = try reader.list(limit: Limits.quotes, Quote.init(from:))
        case "story": story = try reader.null() ? nil : try ArticleID(from: &reader)
        case "original": original = try reader.null() ? nil : try ArticleID(from: &reader)
        case "reading": reading = try ReadingNote(from: &reader)
        default: throw reader.unknownField(name)
        }
    }

    /// Every span must lie inside its field.
    private func checkSpans(_ reader: JSONReader) throws(JSONError) {
        guard !(entities.isEmpty && events.isEmpty && quotes.isEmpty) else { return }
        var lengths: [TextSpan.Field: Int] = [:]
        for field in TextSpan.Field.allCases { lengths[field] = self[field]?.unicodeScalars.count ?? 0 }
        func check(_ span: TextSpan, _ pointer: @autoclosure () -> String) throws(JSONError) {
            guard span.length > 0, span.offset + span.length <= lengths[span.field, default: 0] else {
                throw reader.bad(pointer(), .badValue, "The place lies outside the \(span.field.rawValue).")
            }
        }
        for (index, entity) in entities.enumerated() {
            for (place, mention) in entity.mentions.enumerated() { try check(mention, "entities/\(index)/mentions/\(place)") }
            if let role = entity.role { try check(role, "entities/\(index)/role") }
        }
        for (index, event) in events.enumerated() {
            if let evidence = event.evidence { try check(evidence, "events/\(index)/evidence") }
        }
        for (index, quote) in quotes.enumerated() {
            if let span = quote.span { try check(span, "quotes/\(index)") }
        }
    }
}

extension ArticleID {
    /// Reads an id.
    public init(from reader: inout JSONReader) throws(JSONError) {
        guard let id = ArticleID(try reader.string()) else { throw reader.failure(.badValue, "An article's id is a UUID.") }
        self = id
    }
}

extension Article.Source {
    init?(from reader: inout JSONReader) throws(JSONError) {
        if try reader.null() { return nil }
        var name = ""
        var url: String?
        try reader.object { (reader, member) throws(JSONError) in
            switch member {
            case "name": name = try reader.name(limit: Limits.name)
            case "url": url = try reader.uri()
            default: throw reader.unknownField(member)
            }
        }
        guard !name.isEmpty else { throw reader.missing("name", "A source needs a name.") }
        self.init(name: name, url: url)
    }
}

extension NamedEntity {
    init(from reader: inout JSONReader) throws(JSONError) {
        var named = NamedEntity(entity: Entity(), count: 0)
        try reader.object { (reader, name) throws(JSONError) in
            if try named.entity.read(name, from: &reader) { return }
            switch name {
            case "count": named.count = try reader.count()
            case "prominence": named.prominence = try reader.null() ? nil : try reader.fraction()
            case "mentions": named.mentions = try reader.list(limit: Limits.mentions, TextSpan.init(mention:))
            case "role": named.role = try reader.null() ? nil : try TextSpan(mention: &reader)
            case "confidence": named.confidence = try reader.null() ? nil : try reader.fraction()
            case "origin": named.origin = try reader.choice()
            default: throw reader.unknownField(name)
            }
        }
        guard !named.entity.name.isEmpty || !named.entity.id.isEmpty else {
            throw reader.missing("name", "An entity needs a name, or the id of one that is known.")
        }
        named.count = max(named.count, named.mentions.count, 1)
        self = named
    }
}

extension ReportedEvent {
    init(from reader: inout JSONReader) throws(JSONError) {
        var reported = ReportedEvent(event: Event())
        try reader.object { (reader, name) throws(JSONError) in
            if try reported.event.read(name, from: &reader) { return }
            switch name {
            case "evidence": reported.evidence = try reader.null() ? nil : try TextSpan(mention: &reader)
            case "origin": reported.origin = try reader.choice()
            default: throw reader.unknownField(name)
            }
        }
        // One that is known needs no title, but what is said of its dates must hold.
        if reported.event.id.isEmpty { try reported.event.check(reader) } else { try reported.event.checkDates(reader) }
        self = reported
    }
}

extension Quote {
    init(from reader: inout JSONReader) throws(JSONError) {
        var quote = Quote(text: "")
        var span = TextSpan(field: .body, offset: 0, length: 0)
        var hasSpan = false
        try reader.object { (reader, name) throws(JSONError) in
            switch name {
            case "speaker": quote.speaker = try reader.null() ? nil : try reader.reference()
            case "text": quote.text = try reader.text(limit: Limits.text)
            case "confidence": quote.confidence = try reader.null() ? nil : try reader.fraction()
            case "origin": quote.origin = try reader.choice()
            case "field": span.field = try reader.choice()
            case "offset":
                span.offset = try reader.count()
                hasSpan = true
            case "length":
                span.length = try reader.count()
                hasSpan = true
            default: throw reader.unknownField(name)
            }
        }
        guard !quote.text.isEmpty else { throw reader.missing("text", "A quote needs its text.") }
        if hasSpan { quote.span = span }
        self = quote
    }
}

extension TextSpan {
    /// A mention also has the text that stands there; it follows from the rest and is not kept.
    init(mention reader: inout JSONReader) throws(JSONError) {
        var span = TextSpan(field: .body, offset: 0, length: 0)
        try reader.object { (reader, name) throws(JSONError) in
            switch name {
            case "field": span.field = try reader.choice()
            case "offset": span.offset = try reader.count()
            case "length": span.length = try reader.count()
            case "text": try reader.skip()
            default: throw reader.unknownField(name)
            }
        }
        guard span.length > 0 else { throw reader.missing("length", "A place in a text needs offset and length.") }
        self = span
    }
}

extension JSONReader {
    /// Reads an array of so many elements at most; null is an empty one.
    public mutating func list<Element>(
        limit: Int, _ read: (inout JSONReader) throws(JSONError) -> Element
    ) throws(JSONError) -> [Element] {
        if try null() { return [] }
        var elements: [Element] = []
        try array { (reader) throws(JSONError) in
            guard elements.count < limit else { throw reader.tooMany(limit) }
            elements.append(try read(&reader))
        }
        return elements
    }

    /// The number of a version; far below what counting on could overflow.
    mutating func version() throws(JSONError) -> Int {
        let value = try integer()
        guard (0...Limits.version).contains(value) else { throw failure(.badValue, "Expected a whole number from 0 to \(Limits.version).") }
        return value
    }

    /// A language tag: letters, digits and hyphens, as in BCP 47; kept in lower case.
    mutating func language() throws(JSONError) -> String? {
        guard let tag = try optionalText(limit: 35) else { return nil }
        let isTag = tag.utf8.allSatisfy { $0.isASCIILetter || $0.isASCIIDigit || $0 == UInt8(ascii: "-") }
        guard isTag, tag.utf8.count >= 2 else { throw failure(.badValue, "Expected a language tag like en or pt-br (BCP 47).") }
        return tag.lowercased()
    }
}
