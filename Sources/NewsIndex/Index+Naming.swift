import News

extension Index {
    /// A value of a field as it is shown: the name of an entity, the title of an event, and everything else as the newest article writes
    /// it that has the value; nil if nothing is known.
    public func shownName(of field: Term.Field, _ value: String) -> String? {
        switch field {
        case .entity, .speaker: return entities[value]?.entity.name
        case .event: return events[value]?.event.title
        default: break
        }
        let term = Term(field, value)
        for view in views.reversed() {
            guard let place = view.segment.dictionary.place(of: term.bytes) else { continue }
            let stored = view.segment.withCursor { cursor -> StoredArticle? in
                cursor.open(view.segment, term: place)
                for block in (0..<cursor.blockCount).reversed() {
                    for place in (0..<cursor.load(block)).reversed() where view.deaths.isLive(Int(cursor.documents[place])) {
                        return view.segment.article(Int(cursor.documents[place]))
                    }
                }
                return nil
            }
            guard let article = stored?.article() else { continue }
            let values: [String?] =
                switch field {
                case .source: [article.source?.name]
                case .section: [article.section]
                case .keyword: article.keywords
                case .author: article.authors + [article.byline]
                default: []
                }
            return values.compactMap { $0 }.first { Term(field, $0) == term }
        }
        return nil
    }
}
