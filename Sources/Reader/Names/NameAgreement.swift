import News

/// Lets an article agree with itself on what sort of thing a name is, after the tagger has looked at each sentence by itself.
enum NameAgreement {
    /// Surer mentions are left as they are: Washington may be a town and a person in one article.
    private static let sure = 0.9
    /// Less sure ones are the person whose name they are part of, however many there are.
    private static let doubtful = 0.7

    /// Gives the mentions of one name one kind, where one is likelier than the others. `isTitled` says whether a title stands before a mention.
    static func settle(_ mentions: inout [Mention], isTitled: (Mention) -> Bool) {
        var persons: [Substring: Double] = [:]
        var companies: Set<Substring> = []
        for mention in mentions where mention.adjectiveOf == nil {
            let words = mention.text.split(separator: " ")
            guard words.count > 1, let first = words.first, let last = words.last else { continue }
            if mention.kind == .person {
                for word in [first, last] { persons[word, default: 0] += mention.confidence }
            } else if mention.kind == .organization {
                companies.insert(first.hasSuffix("'s") || first.hasSuffix("’s") ? first.dropLast(2) : first)
            }
        }
        var weights: [String: [Entity.Kind: Double]] = [:]
        for index in mentions.indices where mentions[index].adjectiveOf == nil {
            let name = mentions[index].text
            // "Badger" after "Badger Meter Inc", unless somebody is called so.
            if mentions[index].kind == .person, companies.contains(name[...]), persons[name[...]] == nil, !isTitled(mentions[index]) {
                mentions[index].kind = .organization
            }
            weights[name, default: [:]][mentions[index].kind, default: 0] += mentions[index].confidence
        }
        for index in mentions.indices where mentions[index].confidence < sure {
            let (name, kind) = (mentions[index].text, mentions[index].kind)
            guard mentions[index].adjectiveOf == nil, var votes = weights[name] else { continue }
            if let person = persons[name[...]] {
                votes[.person, default: 0] += mentions[index].confidence < doubtful && person >= doubtful ? .infinity : person
            }
            if let best = Entity.Kind.allCases.max(by: { votes[$0] ?? 0 < votes[$1] ?? 0 }), votes[best] ?? 0 > votes[kind] ?? 0 {
                mentions[index].kind = best
            }
        }
    }
}
