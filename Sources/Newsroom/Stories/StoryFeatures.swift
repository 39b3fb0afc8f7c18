import News
import Reader

/// What an article has in common with others that tell the same: its words, names counting twice, and a sketch of its phrases.
struct StoryFeatures: Sendable {
    /// Hashes of its words with how much they count, each once.
    let words: [(hash: UInt32, weight: Float)]
    /// The least hashes of its runs of four words: of two texts, what part of the least of both is common estimates what part of all is
    /// (bottom-k sketch; Cohen and Kaplan, 2007).
    let sketch: [UInt32]

    /// So many scalars of a text are looked at; a story is told at the beginning.
    private static let scalars = 6_000
    private static let sketchSize = 64
    private static let run = 4

    init(_ article: Article, names: some Sequence<String>) {
        var counts: [UInt32: Float] = [:]
        var phrases: Set<UInt32> = []
        for (text, weight) in [(article.headline, Float(2)), (article.body ?? article.summary, 1)] {
            var last: [UInt32] = []
            StoryFeatures.forEachWord(in: text ?? "") { word in
                last.append(word)
                if last.count > StoryFeatures.run { last.removeFirst() }
                if last.count == StoryFeatures.run { phrases.insert(last.reduce(0x811C_9DC5) { ($0 ^ $1) &* 0x0100_0193 &+ $0 >> 15 }) }
                guard !FunctionWords.hashes.contains(word) else { return }
                counts[word, default: 0] += weight
            }
        }
        var named: Set<UInt32> = []
        for name in names { StoryFeatures.forEachWord(in: name) { named.insert($0) } }
        words = counts.sorted { $0.key < $1.key }.map { ($0.key, (1 + StoryFeatures.log2($0.value)) * (named.contains($0.key) ? 2 : 1)) }
        sketch = Array(phrases.sorted().prefix(StoryFeatures.sketchSize))
    }

    /// The same of an article that was read before.
    init(_ article: Article) {
        var slices = TextSlices(article)
        self.init(article, names: article.entities.flatMap { $0.mentions.compactMap { slices[$0] } })
    }

    /// What part of all the phrases of two texts is in both, 0 to 1, by their sketches.
    static func likeness(_ a: [UInt32], _ b: [UInt32]) -> Double {
        var (i, j, common, seen) = (0, 0, 0, 0)
        while i < a.count || j < b.count, seen < sketchSize {
            seen += 1
            if j == b.count || i < a.count && a[i] < b[j] {
                i += 1
            } else if i == a.count || b[j] < a[i] {
                j += 1
            } else {
                common += 1
                (i, j) = (i + 1, j + 1)
            }
        }
        return seen == 0 ? 0 : Double(common) / Double(seen)
    }

    /// Calls `body` with the hash (FNV-1a) of each run of letters and digits, in small letters; signs of writing without blanks are words by
    /// themselves.
    static func forEachWord(in text: String, _ body: (UInt32) -> Void) {
        var hash: UInt32 = 0x811C_9DC5
        var length = 0
        func end() {
            if length > 0 { body(hash ^ hash >> 16) }
            (hash, length) = (0x811C_9DC5, 0)
        }
        func add(_ value: UInt32) { (hash, length) = ((hash ^ value) &* 0x0100_0193, length + 1) }
        for scalar in text.unicodeScalars.prefix(scalars) {
            switch scalar.value {
            case 0x30...0x39, 0x61...0x7A: add(scalar.value)
            case 0x41...0x5A: add(scalar.value | 0x20)
            case ..<0x80: end()
            case 0x2E80...0x9FFF, 0xF900...0xFAFF, 0x20000...0x3FFFF:
                end()
                add(scalar.value)
                end()
            default:
                if scalar.properties.isAlphabetic {
                    add(scalar.properties.lowercaseMapping.unicodeScalars.first?.value ?? 0)
                } else {
                    end()
                }
            }
        }
        end()
    }

    private static func log2(_ value: Float) -> Float { Float(value.exponent) + (value.significand - 1) }
}

/// The words that say nothing of what a text is about, as the reader knows them of each language.
private enum FunctionWords {
    static let hashes: Set<UInt32> = {
        var hashes: Set<UInt32> = []
        for words in DetectedLanguage.commonWords { StoryFeatures.forEachWord(in: words) { hashes.insert($0) } }
        return hashes
    }()
}
