import Reader

/// How many names were found, for each type: right ones, ones that are none, and ones that were missed. Exact tokens and type.
struct Counts {
    var right = [Int](repeating: 0, count: 4)
    var wrong = [Int](repeating: 0, count: 4)
    var missed = [Int](repeating: 0, count: 4)

    static func + (a: Counts, b: Counts) -> Counts {
        var sum = a
        for type in 0..<4 {
            sum.right[type] += b.right[type]
            sum.wrong[type] += b.wrong[type]
            sum.missed[type] += b.missed[type]
        }
        return sum
    }

    /// Micro-F1 over some types, in percent.
    func f1(_ types: [NameType] = [.person, .organization, .place]) -> Double {
        let right = types.reduce(0) { $0 + self.right[$1.rawValue] }
        let others = types.reduce(0) { $0 + wrong[$1.rawValue] + missed[$1.rawValue] }
        return right == 0 ? 0 : 200 * Double(right) / Double(2 * right + others)
    }
}

/// How often names of some confidence are right.
struct Calibration {
    var bins = [(count: Int, right: Int, sum: Double)](repeating: (0, 0, 0), count: 10)

    mutating func add(_ confidence: Float, isRight: Bool) {
        let bin = min(9, Int(confidence * 10))
        bins[bin].count += 1
        bins[bin].right += isRight ? 1 : 0
        bins[bin].sum += Double(confidence)
    }
}

/// Compares what the tagger finds in documents with their labels.
func evaluate(
    _ tagger: NameTagger, _ documents: [LabelledDocument], _ calibration: inout Calibration, errors: inout [String: Int]
) -> Counts {
    struct Name: Hashable {
        var sentence: Int
        var tokens: Range<Int>
        var type: NameType
    }
    var counts = Counts()
    for document in documents {
        var gold: Set<Name> = []
        for (number, sentence) in document.enumerated() {
            for span in NameLabel.spans(sentence.labels) { gold.insert(Name(sentence: number, tokens: span.range, type: span.type)) }
        }
        var found: Set<Name> = []
        for name in tagger.names(document.map(\.sequence)) {
            let words = document[name.sentence].words
            let tokens = NameTrimming.trimmed(name.tokens, name.type, titles: []) { WordKey(words[$0]) }
            let name = (Name(sentence: name.sentence, tokens: tokens, type: name.type), name.confidence)
            found.insert(name.0)
            if name.0.type != .other { calibration.add(name.1, isRight: gold.contains(name.0)) }
        }
        func note(_ what: String, _ name: Name) {
            errors["\(what) \(name.type) \(document[name.sentence].words[name.tokens].joined(separator: " "))", default: 0] += 1
        }
        for name in found.subtracting(gold) { note("wrong", name) }
        for name in gold.subtracting(found) { note("missed", name) }
        for name in found {
            if gold.contains(name) { counts.right[name.type.rawValue] += 1 } else { counts.wrong[name.type.rawValue] += 1 }
        }
        for name in gold.subtracting(found) { counts.missed[name.type.rawValue] += 1 }
    }
    return counts
}
