/// What a document takes its names for, as the first reading found them: one name is mostly one thing all over an article, and the
/// last word of a person's full name is that person.
struct NameVotes {
    private var byName: [UInt64: SIMD4<Float>] = [:]
    private var bySurname: [UInt64: Float] = [:]

    init(_ text: NameText, _ labels: [[UInt8]]) {
        for (sentence, labels) in zip(text.sentences, labels) {
            for span in NameLabel.spans(labels) {
                byName[Self.key(text, sentence, span.range), default: .zero][span.type.rawValue] += 1
                if span.type == .person, span.range.count > 1 {
                    bySurname[text.facts[sentence.lowerBound + span.range.upperBound - 1].titled, default: 0] += 1
                }
            }
        }
    }

    private static func key(_ text: NameText, _ sentence: Range<Int>, _ range: Range<Int>) -> UInt64 {
        range.reduce(0) { WordHash.phrase($0, adding: text.facts[sentence.lowerBound + $1].titled) }
    }

    /// Raises the scores of what the rest of the document takes the names of a sentence for. Answers whether any was changed.
    func correct(_ scores: inout [SIMD16<Float>], _ sentence: Range<Int>, _ labels: [UInt8], in text: NameText) -> Bool {
        var changed = false
        for span in NameLabel.spans(labels) {
            var votes = byName[Self.key(text, sentence, span.range)] ?? .zero
            let last = text.facts[sentence.lowerBound + span.range.lowerBound]
            let surname = span.range.count == 1 && last.length > 2 ? bySurname[last.titled] ?? 0 : 0
            votes[NameType.person.rawValue] += 2 * surname
            let total = votes.sum()
            guard total >= 2, let best = Self.best(votes), best != span.type else { continue }
            let lead = votes[best.rawValue] - votes[span.type.rawValue]
            guard lead > 0 else { continue }
            let bonus = 1.2 * lead / total + (surname > 0 ? 1.3 : 0.3)
            for index in span.range { Self.add(bonus, best, &scores[sentence.lowerBound + index]) }
            changed = true
        }
        for (offset, label) in labels.enumerated() where Int(label) == NameLabel.outside {
            let facts = text.facts[sentence.lowerBound + offset]
            guard facts.isCapitalized, facts.length > 2 else { continue }
            var votes = byName[WordHash.phrase(0, adding: facts.titled)] ?? .zero
            votes[NameType.person.rawValue] += bySurname[facts.titled] ?? 0
            guard let best = Self.best(votes) else { continue }
            Self.add(min(1.5, 0.7 * votes[best.rawValue]), best, &scores[sentence.lowerBound + offset])
            changed = true
        }
        return changed
    }

    private static func best(_ votes: SIMD4<Float>) -> NameType? {
        votes.max() > 0 ? NameType.allCases.first { votes[$0.rawValue] == votes.max() } : nil
    }

    private static func add(_ bonus: Float, _ type: NameType, _ score: inout SIMD16<Float>) {
        score[NameLabel.begin(type)] += bonus
        score[NameLabel.inside(type)] += bonus
    }
}
