/// What sort of thing a name stands for, as the CoNLL shared tasks divide it.
public enum NameType: Int, Sendable, CaseIterable {
    /// PER: one person.
    case person
    /// ORG: a company, an authority, a party, a team.
    case organization
    /// LOC: a country, a town, a river, a building one can stand in.
    case place
    /// MISC: works, wars, prizes, products, and what is called after a place ("Ukrainian").
    case other
}

/// The labels of the tagger: outside of every name, the first token of a name of some type, or a further one (BIO).
package enum NameLabel {
    /// How many there are.
    package static let count = 9
    /// Outside of every name.
    package static let outside = 0

    /// The first token of a name.
    package static func begin(_ type: NameType) -> Int { 1 + 2 * type.rawValue }

    /// A further token of a name.
    package static func inside(_ type: NameType) -> Int { 2 + 2 * type.rawValue }

    /// What the label says of the type; nil outside.
    package static func type(_ label: Int) -> NameType? { label == outside ? nil : NameType(rawValue: (label - 1) / 2) }

    /// Whether a name begins here.
    package static func begins(_ label: Int) -> Bool { label % 2 == 1 }

    /// Whether one may follow the other; nil stands for the beginning of the sentence. A name goes on only in its own type.
    package static func mayFollow(_ previous: Int?, _ label: Int) -> Bool {
        if label == outside || begins(label) { return true }
        return previous == label || previous == label - 1
    }

    /// The names that a sentence's labels spell.
    package static func spans(_ labels: some RandomAccessCollection<UInt8>) -> [(range: Range<Int>, type: NameType)] {
        var spans: [(range: Range<Int>, type: NameType)] = []
        for (index, label) in labels.enumerated() {
            guard let type = type(Int(label)) else { continue }
            if let last = spans.indices.last, !begins(Int(label)), spans[last].range.upperBound == index, spans[last].type == type {
                spans[last].range = spans[last].range.lowerBound..<index + 1
            } else {
                spans.append((index..<index + 1, type))
            }
        }
        return spans
    }
}
