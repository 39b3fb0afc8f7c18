import News

extension Chance {
    /// A moment between the years 1 and 9999, most often one of our days.
    public mutating func instant() -> Instant {
        if once(in: 4) {
            return Instant(milliseconds: Int64.random(in: Instant.first.milliseconds...Instant.last.milliseconds, using: &self))
        }
        return Instant(milliseconds: 1_700_000_000_000 + Int64(below(500)) * 3_600_000)
    }

    public mutating func date() -> EventDate {
        let day = instant().description.prefix(10)
        let text = one(of: [String(day), String(day.prefix(7)), String(day.prefix(4)), instant().description])
        guard let date = EventDate(text) else { fatalError("\(text) is a date") }
        return date
    }

    /// An id that no other article has.
    public mutating func articleID() -> ArticleID { ArticleID(high: next(), low: next()) }

    /// An article with every field that can be there, each of them now and then, as it comes back out of its JSON.
    public mutating func article(entities: [Entity] = [], events: [Event] = []) -> Article {
        var article = Article()
        article.id = articleID()
        article.headline = sentence(words: 8)
        if !once(in: 5) { article.body = once(in: 6) ? text(upTo: 40) + "." : sentence(words: 40) }
        if once(in: 3) { article.summary = sentence(words: 12) }
        if once(in: 4) { article.uri = "https://example.org/\(next())" }
        if once(in: 5) { article.contentType = .html }
        if once(in: 2) { article.language = one(of: ["en", "en-gb", "pl", "zh-hant"]) }
        if once(in: 4) { article.byline = one(of: ["Anna Nowak", "J. Doe"]) }
        if once(in: 4) { article.located = "Kyiv" }
        if !once(in: 4) {
            article.source = .init(name: one(of: ["Do Rzeczy", "Wire", "Gazeta", "Łącze"]), url: once(in: 2) ? "https://example.org" : nil)
        }
        if once(in: 3) { article.url = "https://example.org/a?b=\(below(9))" }
        article.authors = some(of: ["Anna Nowak", "Jan Kowalski", "Li Wei"], limit: 2)
        if once(in: 2) { article.section = one(of: ["world", "Sport", "économie"]) }
        article.keywords = some(of: ["war", "Aid", "élections", "oil", "talks"], limit: 3)
        article.published = instant()
        if once(in: 3) { article.updated = instant() }
        article.indexed = instant()
        article.version = 1 + below(3)
        article.status = once(in: 6) ? one(of: Article.Status.allCases) : .usable
        article.entities = some(of: entities, limit: 3).map { named($0, in: article) }
        article.events = some(of: events, limit: 2).map {
            ReportedEvent(event: $0.asServed, evidence: once(in: 2) ? span(in: article) : nil, origin: origin())
        }
        if !entities.isEmpty, once(in: 3) {
            article.quotes = [
                Quote(
                    speaker: one(of: entities).id, text: sentence(words: 5), span: once(in: 2) ? span(in: article) : nil,
                    confidence: once(in: 2) ? 0.5 : nil, origin: origin())
            ]
        }
        if once(in: 5) { article.story = article.id }
        if once(in: 3) {
            article.reading = ReadingNote(
                version: 1 + below(3), language: once(in: 2) ? "words" : nil, digest: next(), rejected: once(in: 3) ? ["a", "b-c"] : [],
                dates: ["2023-11-20", "2023-11", "2023", "2023-11-13/2023-11-19"].filter { _ in once(in: 3) }.compactMap(MentionedTime.init)
            )
        }
        return article
    }

    private mutating func named(_ entity: Entity, in article: Article) -> NamedEntity {
        let mentions = (0..<below(3)).compactMap { _ in span(in: article) }
        return NamedEntity(
            entity: entity.asServed, count: max(1, mentions.count + below(2)), prominence: once(in: 2) ? Double(below(11)) / 10 : nil,
            mentions: mentions, role: once(in: 3) ? span(in: article) : nil, confidence: once(in: 2) ? 0.25 : nil, origin: origin())
    }

    private mutating func origin() -> Origin { once(in: 2) ? .reader : .editor }

    /// A place in one of the article's texts.
    private mutating func span(in article: Article) -> TextSpan? {
        let field = one(of: TextSpan.Field.allCases)
        guard let count = article[field]?.unicodeScalars.count, count > 0 else { return nil }
        let offset = below(count)
        return TextSpan(field: field, offset: offset, length: 1 + below(count - offset))
    }
}

extension Entity {
    /// What an article's JSON says of it.
    public var asServed: Entity { Entity(id: id, kind: kind, name: name) }
}

extension Event {
    /// What an article's JSON says of it.
    public var asServed: Event { Event(id: id, title: title, kind: kind, start: start, end: end) }
}
