import News
import Reader

/// A document as it was written before it was cut into words, with the places of its names: to measure the reader from text to mentions.
struct WrittenText {
    private(set) var text = ""
    private(set) var names: Set<Name> = []

    /// A name by its scalars.
    struct Name: Hashable {
        var offset: Int
        var length: Int
        var kind: Entity.Kind
    }

    private static let closing: Set<String> = [
        ",", ".", ";", ":", "!", "?", ")", "]", "%", "'s", "’s", "n't", "n’t", "'re", "'ve", "'ll", "'d", "'m", "'", "’", "”", "...",
    ]
    private static let opening: Set<String> = ["(", "[", "$", "£", "€", "“", "‘", "#", "@"]

    init(_ document: LabelledDocument) {
        for sentence in document { add(sentence) }
    }

    private mutating func add(_ sentence: LabelledSentence) {
        var ends = [Int](repeating: 0, count: sentence.words.count)
        var length = text.unicodeScalars.count
        var isOpen = false
        var previous = " "
        for (index, word) in sentence.words.enumerated() {
            let isQuote = word == "\""
            let joins =
                Self.closing.contains(word) || word == "-" || previous == "-" || Self.opening.contains(previous) || isQuote && isOpen
                || previous == "\"" && isOpen
            if isQuote { isOpen.toggle() }
            if !joins, !text.isEmpty {
                text += " "
                length += 1
            }
            text += word
            length += word.unicodeScalars.count
            ends[index] = length
            previous = word
        }
        for span in NameLabel.spans(sentence.labels) {
            guard let first = span.range.first, let last = span.range.last else { continue }
            let offset = ends[first] - sentence.words[first].unicodeScalars.count
            let kind: Entity.Kind? =
                switch span.type {
                case .person: .person
                case .organization: .organization
                case .place: .place
                case .other: nil
                }
            if let kind { names.insert(Name(offset: offset, length: ends[last] - offset, kind: kind)) }
        }
    }

    /// How the reader's mentions compare, for persons, organisations and places.
    func evaluate(_ reader: NameReader) -> (right: Int, wrong: Int, missed: Int) {
        let mentions = reader.mentions(in: [FieldText(.body, TokenizedText(text))], isEnglish: true)
        let found = Set(
            mentions.filter { $0.kind != .other && $0.kind != .work }
                .map { Name(offset: $0.span.offset, length: $0.span.length, kind: $0.kind) })
        let right = found.intersection(names).count
        return (right, found.count - right, names.count - right)
    }
}
