import JSON

extension Article {
    /// Writes the article as it is served; `withFacts` adds what is known of its entities and events, so that another
    /// newsroom can learn it from there.
    public func write(to writer: inout JSONWriter, withFacts: Bool = false) {
        writer.object { writer in
            writer.member("id", id?.description)
            writer.member("uri", uri)
            if version > 0 { writer.member("version", version) }
            writer.member("headline", headline)
            writer.member("summary", summary)
            writer.member("body", body)
            writer.member("contentType", contentType.rawValue)
            writer.member("language", language)
            writer.member("byline", byline)
            writer.member("located", located)
            if let source {
                writer.key("source")
                writer.object {
                    $0.member("name", source.name)
                    $0.member("url", source.url)
                }
            }
            writer.member("url", url)
            writer.member("authors", authors)
            writer.member("section", section)
            writer.member("keywords", keywords)
            writer.member("published", published?.description)
            writer.member("updated", updated?.description)
            writer.member("indexed", indexed?.description)
            writer.member("status", status.rawValue)
            writeFindings(to: &writer, withFacts)
            writer.member("story", story?.description)
            writer.member("original", original?.description)
            if let reading {
                writer.key("reading")
                reading.write(to: &writer)
            }
        }
    }

    private func writeFindings(to writer: inout JSONWriter, _ withFacts: Bool) {
        var slices = TextSlices(self)
        if !entities.isEmpty {
            writer.key("entities")
            writer.array { writer in for entity in entities { entity.write(to: &writer, &slices, withFacts) } }
        }
        if !events.isEmpty {
            writer.key("events")
            writer.array { writer in for event in events { event.write(to: &writer, withFacts) } }
        }
        if !quotes.isEmpty {
            writer.key("quotes")
            writer.array { writer in for quote in quotes { quote.write(to: &writer) } }
        }
    }
}

extension NamedEntity {
    fileprivate func write(to writer: inout JSONWriter, _ slices: inout TextSlices, _ withFacts: Bool) {
        writer.object { writer in
            writer.member(id: entity.id)
            writer.member("type", entity.kind.rawValue)
            writer.member("name", entity.name)
            if withFacts { entity.writeDetails(to: &writer) }
            writer.member("count", count)
            if let prominence {
                writer.key("prominence")
                writer.number(prominence)
            }
            writer.member(confidence: confidence, origin)
            if let role {
                writer.key("role")
                role.write(to: &writer, &slices)
            }
            guard !mentions.isEmpty else { return }
            writer.key("mentions")
            writer.array { writer in
                for mention in mentions { mention.write(to: &writer, &slices) }
            }
        }
    }
}

extension ReportedEvent {
    fileprivate func write(to writer: inout JSONWriter, _ withFacts: Bool) {
        writer.object { writer in
            writer.member(id: event.id)
            writer.member("title", event.title)
            writer.member("kind", event.kind)
            writer.member("start", event.start?.text)
            writer.member("end", event.end?.text)
            if withFacts { event.writeDetails(to: &writer) }
            writer.member(confidence: nil, origin)
            guard let evidence else { return }
            writer.key("evidence")
            writer.object { evidence.writeMembers(to: &$0) }
        }
    }
}

extension Quote {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.object { writeMembers(to: &$0) }
    }

    /// Writes the quote as members of an object.
    public func writeMembers(to writer: inout JSONWriter) {
        writer.member("speaker", speaker)
        writer.member("text", text)
        writer.member(confidence: confidence, origin)
        span?.writeMembers(to: &writer)
    }
}

extension TextSpan {
    /// Writes the place as members of the object that it belongs to.
    public func writeMembers(to writer: inout JSONWriter) {
        writer.member("field", field.rawValue)
        writer.member("offset", offset)
        writer.member("length", length)
    }

    /// Writes the place with the text that stands there.
    fileprivate func write(to writer: inout JSONWriter, _ slices: inout TextSlices) {
        writer.object {
            writeMembers(to: &$0)
            $0.member("text", slices[self])
        }
    }
}

extension JSONWriter {
    /// What the reader found says so; without a word about it, somebody said it.
    fileprivate mutating func member(confidence: Double?, _ origin: Origin) {
        if let confidence {
            key("confidence")
            number(confidence)
        }
        if origin == .reader { member("origin", origin.rawValue) }
    }
}

/// Cuts spans out of an article's texts, walking each text from where it last was, since mentions mostly ascend.
public struct TextSlices {
    private let article: Article
    private var marks: [TextSpan.Field: (offset: Int, index: String.Index)] = [:]

    /// Cuts out of this article's texts.
    public init(_ article: Article) { self.article = article }

    /// The text of the span; nil if it lies outside the field.
    public subscript(span: TextSpan) -> String? {
        mutating get {
            guard span.offset >= 0, span.length >= 0, let text = article[span.field] else { return nil }
            let scalars = text.unicodeScalars
            var mark = marks[span.field] ?? (0, text.startIndex)
            if span.offset < mark.offset { mark = (0, text.startIndex) }
            guard let start = scalars.index(mark.index, offsetBy: span.offset - mark.offset, limitedBy: text.endIndex),
                let end = scalars.index(start, offsetBy: span.length, limitedBy: text.endIndex)
            else { return nil }
            marks[span.field] = (span.offset, start)
            return String(scalars[start..<end])
        }
    }
}

extension JSONWriter {
    /// The id, unless there is none yet: what is only named gets one from the newsroom.
    fileprivate mutating func member(id: String) { member("id", id.isEmpty ? nil : id) }
}
