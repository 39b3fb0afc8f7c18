import JSON
import News
import Reader

/// What was found in a text, as JSON. Who or what is named has a number, which dates, quotes and events refer to by `entity`.
extension Reading {
    /// Writes the reading of an article.
    public func write(_ article: Article, to writer: inout JSONWriter) {
        var slices = TextSlices(article)
        writer.object { writer in
            writer.member("readerVersion", Reading.version)
            if let language { writer.key("language"); language.write(to: &writer) }
            writer.key("entities")
            let places = Dictionary(places.map { ($0.entity, $0) }, uniquingKeysWith: { first, _ in first })
            writer.array { writer in
                for entity in entities { write(entity, places[entity.number], &slices, to: &writer) }
            }
            writer.key("dates")
            writer.array { writer in
                for date in dates { date.write(&slices, to: &writer) }
            }
            writer.key("events")
            writer.array { writer in
                for event in events { write(event, &slices, to: &writer) }
            }
            writer.key("quotes")
            writer.array { writer in
                for quote in quotes { write(quote, to: &writer) }
            }
        }
    }

    /// The mentions of one thing, in the order of the text.
    private typealias Named = (number: Int, mentions: [Mention])

    private var entities: [Named] {
        Dictionary(grouping: mentions, by: \.entity).map { (number: $0.key, mentions: $0.value) }.sorted { $0.number < $1.number }
    }

    private func write(_ entity: Named, _ place: FoundPlace?, _ slices: inout TextSlices, to writer: inout JSONWriter) {
        // The longest form names it best, and of equals the first; "Ukrainian" only where there is no "Ukraine".
        let proper = entity.mentions.filter { $0.adjectiveOf == nil }
        guard
            let best = (proper.isEmpty ? entity.mentions : proper).max(by: { $0.text.unicodeScalars.count < $1.text.unicodeScalars.count })
        else { return }
        writer.object { writer in
            writer.member("number", entity.number)
            writer.member("type", best.kind.rawValue)
            writer.member("name", best.text)
            let descriptions = entity.mentions.compactMap { $0.description.flatMap { slices[$0] } }
            writer.member("description", descriptions.first)
            writer.member("adjectiveOf", best.adjectiveOf)
            writer.key("confidence")
            writer.number(rounded(entity.mentions.map(\.confidence).max() ?? 0))
            if let place { writer.key("place"); place.write(to: &writer) }
            writer.key("mentions")
            writer.array { writer in
                for mention in entity.mentions {
                    writer.object { writer in
                        mention.span.writeMembers(to: &writer)
                        writer.member("text", mention.text)
                        writer.member("sentence", mention.sentence)
                    }
                }
            }
        }
    }

    private func write(_ event: FoundEvent, _ slices: inout TextSlices, to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("title", event.title)
            writer.member("kind", event.kind.rawValue)
            writer.member("mediaTopic", event.kind.mediaTopic)
            writer.member("start", event.start?.text)
            writer.member("end", event.end?.text)
            writer.member("status", event.status.rawValue)
            writer.member("place", event.place.map { mentions[$0].entity })
            writer.key("participants")
            writer.array { writer in
                for participant in event.participants {
                    writer.object { writer in
                        writer.member("entity", mentions[participant.mention].entity)
                        writer.member("role", participant.role.rawValue)
                    }
                }
            }
            writer.key("confidence")
            writer.number(rounded(event.confidence))
            writer.key("evidence")
            writer.array { writer in
                for span in event.evidence {
                    writer.object { writer in
                        span.writeMembers(to: &writer)
                        writer.member("sentence", slices[span])
                    }
                }
            }
        }
    }

    private func write(_ quote: FoundQuote, to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("text", quote.text)
            quote.span.writeMembers(to: &writer)
            writer.member("speaker", quote.speaker.map { mentions[$0].entity })
            writer.key("isWhole")
            writer.boolean(quote.isWhole)
            writer.key("confidence")
            writer.number(rounded(quote.confidence))
        }
    }
}

extension DetectedLanguage {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("code", code)
            writer.member("evidence", evidence.rawValue)
            writer.key("confidence")
            writer.number(rounded(confidence))
        }
    }
}

extension FoundPlace {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("id", place.identifier.description)
            writer.member("uri", place.identifier.uri)
            writer.member("name", place.name)
            writer.member("kind", place.kind.name)
            writer.member("country", place.country)
            writer.member("region", place.region)
            if let location = place.location { writer.key("location"); location.write(to: &writer) }
            writer.member("population", place.population)
            writer.key("confidence")
            writer.number(rounded(confidence))
        }
    }
}

extension FoundDate {
    fileprivate func write(_ slices: inout TextSlices, to writer: inout JSONWriter) {
        writer.object { writer in
            span.writeMembers(to: &writer)
            writer.member("text", slices[span])
            writer.member("type", kind.rawValue)
            writer.member("value", value)
            writer.member("precision", precision?.rawValue)
            writer.member("first", first?.description)
            writer.member("last", last?.description)
            writer.key("confidence")
            writer.number(rounded(confidence))
        }
    }
}

/// Two digits are as much as is known.
private func rounded(_ confidence: Double) -> Double { (confidence * 100).rounded() / 100 }
