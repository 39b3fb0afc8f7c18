import Foundation
import News

/// A mention of a person, an organisation or a place, with whom or what people said that it means.
struct GoldMention {
    let kind: Entity.Kind
    let text: String
    /// The title in Wikipedia where there is one, otherwise the document and its own number for the entity.
    let identity: String
}

/// A document with its mentions, in their order.
struct GoldDocument {
    let name: String
    let published: Instant
    let mentions: [GoldMention]
}

/// Reads documents from JSON, in the order of their names: {name: [date, [[sentence, first token, end, type, number, title, text]…]]}.
/// Only PER, ORG and LOC are read; rows of another form are left out.
func documents(_ json: Data) throws -> [GoldDocument] {
    let kinds: [String: Entity.Kind] = ["PER": .person, "ORG": .organization, "LOC": .place]
    let object = try JSONSerialization.jsonObject(with: json) as? [String: [Any]] ?? [:]
    return object.sorted { $0.key < $1.key }.map { name, parts in
        let rows = (parts.last as? [[Any]] ?? []).compactMap { row -> (place: (Int, Int, Int), mention: GoldMention)? in
            guard row.count == 7, let sentence = row[0] as? Int, let first = row[1] as? Int, let end = row[2] as? Int,
                let kind = (row[3] as? String).flatMap({ kinds[$0] }), let text = row[6] as? String
            else { return nil }
            let identity = row[5] as? String ?? "\(name) \(row[4])"
            return ((sentence, first, end), GoldMention(kind: kind, text: written(text), identity: identity))
        }
        let mentions = rows.sorted { $0.place < $1.place }.map(\.mention)
        let date = (parts.first as? String).flatMap { Instant("\($0)T12:00:00Z") }
        return GoldDocument(name: name, published: date ?? Instant(milliseconds: 0), mentions: mentions)
    }
}

/// Tokens as they were written: the sets put blanks around hyphens, stops and the like.
private func written(_ tokens: String) -> String {
    var text = tokens
    for (apart, together) in [(" - ", "-"), (" – ", "–"), (" 's", "'s"), (" ’s", "’s"), (" ,", ","), (" / ", "/")] {
        text = text.replacingOccurrences(of: apart, with: together)
    }
    return text
}
