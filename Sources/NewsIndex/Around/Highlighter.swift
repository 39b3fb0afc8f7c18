/// Finds the parts of a text that show best why a query found it: in time in proportion to the text, whatever it holds.
public struct Highlighter: Sendable {
    /// A part of a text.
    public struct Fragment: Sendable, Equatable {
        /// Where it begins, in Unicode scalars of the text.
        public var offset: Int
        /// How long it is, in Unicode scalars.
        public var length: Int
        /// The part itself.
        public var text: String
        /// What matched in it, in order, apart from each other.
        public var matches: [Match]
    }

    /// Words of a text that a query asks for.
    public struct Match: Sendable, Equatable {
        /// Where they begin, in Unicode scalars of the text.
        public var offset: Int
        /// How long they are, in Unicode scalars.
        public var length: Int
    }

    /// A word of a needle, which is a word or a phrase of the query.
    struct Place: Sendable {
        var needle: Int
        var word: Int
        var bytes: [UInt8]
    }

    /// How many words each needle has.
    private(set) var needles: [Int] = []
    /// By hash: exact forms, beginnings, and stems.
    private(set) var exact: [UInt64: [Place]] = [:]
    private(set) var stems: [UInt64: [Place]] = [:]
    private(set) var beginnings: [UInt64: [Place]] = [:]
    private var beginningLengths: Set<Int> = []
    private let analyzer: Analyzer
    private let language: TextLanguage

    /// Looks for what a query asks of a field, in texts of a language (a BCP 47 tag).
    public init(_ query: QueryExpression, in field: QueryExpression.TextScope, language: String?, _ analyzer: Analyzer = Analyzer()) {
        self.analyzer = analyzer
        self.language = TextLanguage(tag: language)
        add(query, field)
    }

    /// Whether the query asks for any word of the field.
    public var isEmpty: Bool { needles.isEmpty }

    private mutating func add(_ query: QueryExpression, _ field: QueryExpression.TextScope) {
        switch query {
        case .text(let words, let scope) where scope == .any || scope == field: add(words)
        case .near(let words, _, let scope) where scope == .any || scope == field: for word in words { add([word]) }
        case .and(let all), .or(let all): for each in all { add(each, field) }
        case .text, .near, .value, .not: break
        }
    }

    private mutating func add(_ words: [QueryWord]) {
        let needle = needles.count
        needles.append(words.count)
        for (index, word) in words.enumerated() {
            for form in word.forms {
                let place = Place(needle: needle, word: index, bytes: Array(form.utf8))
                if word.isPrefix {
                    beginnings[Highlighter.hash(place.bytes), default: []].append(place)
                    beginningLengths.insert(place.bytes.count)
                } else {
                    exact[Highlighter.hash(place.bytes), default: []].append(place)
                }
            }
            if let language = language.stem, let stem = word.stem(in: language) {
                let place = Place(needle: needle, word: index, bytes: Array(stem.utf8))
                stems[Highlighter.hash(place.bytes), default: []].append(place)
            }
        }
    }

    // MARK: Finding

    /// A match in the text, in bytes.
    struct Found {
        var range: Range<Int>
        var needle: Int
    }

    /// All matches, by where they begin. The pointer is read during the call alone.
    func matches(_ bytes: UnsafeBufferPointer<UInt8>) -> [Found] {
        var found: [Found] = []
        var phrases = needles.map { $0 > 1 ? PhraseProgress(words: $0) : nil }
        analyzer.forEachToken(utf8: bytes, language: language) { token in
            // The last word of a phrase first, so that one that is there twice doesn't follow itself.
            for place in places(token).sorted(by: { $0.word > $1.word }) {
                if phrases[place.needle] == nil {
                    found.append(Found(range: token.range, needle: place.needle))
                } else if let range = phrases[place.needle]?.advance(place.word, at: token.position, token.range) {
                    found.append(Found(range: range, needle: place.needle))
                }
            }
        }
        found.sort { ($0.range.lowerBound, $0.needle, $0.range.upperBound) < ($1.range.lowerBound, $1.needle, $1.range.upperBound) }
        return found
    }

    /// What a token is of; its pointers are valid.
    private func places(_ token: Token) -> [Place] {
        var places: [Place] = []
        var hash = Highlighter.basis
        for (index, byte) in token.exact.enumerated() {
            hash = (hash ^ UInt64(byte)) &* Highlighter.prime
            if beginningLengths.contains(index + 1), let all = beginnings[hash] {
                places += all.filter { $0.bytes.elementsEqual(token.exact.prefix(index + 1)) }
            }
        }
        if let all = exact[hash] { places += all.filter { $0.bytes.elementsEqual(token.exact) } }
        guard !stems.isEmpty else { return places }
        let stem = token.stem ?? token.exact
        for place in stems[Highlighter.hash(stem)] ?? []
        where place.bytes.elementsEqual(stem) && !places.contains(where: { $0.needle == place.needle && $0.word == place.word }) {
            places.append(place)
        }
        return places
    }

    // FNV-1a, which grows with the word.
    private static let basis: UInt64 = 0xCBF2_9CE4_8422_2325
    private static let prime: UInt64 = 0x100_0000_01B3

    private static func hash(_ bytes: some Sequence<UInt8>) -> UInt64 {
        bytes.reduce(basis) { ($0 ^ UInt64($1)) &* prime }
    }
}

/// How far a phrase has come in a text: for each of its words, the last two positions where it stood after those before it.
///
/// Two, because another form at the same position must not hide what stood at the position before.
struct PhraseProgress {
    private struct Step {
        var position: UInt32 = 0
        var start = -1
        var earlierPosition: UInt32 = 0
        var earlierStart = -1

        func start(before position: UInt32) -> Int? {
            if start >= 0, self.position &+ 1 == position { return start }
            return earlierStart >= 0 && earlierPosition &+ 1 == position ? earlierStart : nil
        }
    }
    private var steps: [Step]

    init(words: Int) { steps = Array(repeating: Step(), count: words) }

    /// The word stands at a position: answers the whole phrase if it is the last.
    mutating func advance(_ word: Int, at position: UInt32, _ range: Range<Int>) -> Range<Int>? {
        guard let start = word == 0 ? range.lowerBound : steps[word - 1].start(before: position) else { return nil }
        if steps[word].start < 0 || steps[word].position != position {
            steps[word].earlierPosition = steps[word].position
            steps[word].earlierStart = steps[word].start
            steps[word].position = position
            steps[word].start = start
        }
        return word == steps.count - 1 ? min(start, range.lowerBound)..<max(start, range.upperBound) : nil
    }
}
