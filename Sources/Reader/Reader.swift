import News

/// Reads articles: whom and what they name, which places these are, when things happen, and who says what.
///
/// A pure function of the article's texts, its language and its time of publication. One reader serves any number of threads.
public struct Reader: Sendable {
    private let names: NameReader
    private let places: PlaceReader?

    /// A reader with what the tagger has learnt; without a table it doesn't say which places are named.
    public init(model: NameModel, places: PlaceTable? = nil) {
        names = NameReader(model)
        self.places = places.map { PlaceReader($0) }
    }

    /// Reads the headline, the summary and the body. Without a time of publication nothing can be dated, so there are neither dates nor
    /// events. Where no language is given it is detected, and taken for English where too little is written to tell.
    public func read(_ article: Article) -> Reading {
        let fields = TextSpan.Field.allCases.compactMap { field in
            article[field].map { FieldText(field, TokenizedText($0, isHTML: field == .body && article.contentType == .html)) }
        }
        var reading = Reading()
        reading.language =
            article.language.map { DetectedLanguage(code: $0, evidence: .given, confidence: 1) }
            ?? fields.max { $0.text.tokens.count < $1.text.tokens.count }.flatMap { DetectedLanguage(of: $0.text) }
        let language = reading.language.flatMap { $0.confidence < 0.5 ? nil : $0.code.lowercased() } ?? "en"
        let isEnglish = language == "en" || language.hasPrefix("en-")
        reading.mentions = names.mentions(in: fields, isEnglish: isEnglish)
        reading.places = places?.places(in: fields, mentions: reading.mentions, located: article.located) ?? []
        if let published = article.published {
            var dates = DateReader(published: published, language: language)
            if let body = fields.first(where: { $0.field == .body }) { dates = dates.dated(by: body.text) }
            for field in fields { reading.dates += dates.dates(in: field.text, field: field.field) }
            if isEnglish {
                reading.events = Reading.events(
                    in: fields.map { ($0.field, $0.text) }, mentions: reading.mentions, dates: reading.dates,
                    today: CalendarDay(days: dates.today))
            }
        }
        for field in fields {
            reading.quotes += Reading.quotes(in: field.text, field: field.field, mentions: reading.mentions)
        }
        return reading
    }
}
