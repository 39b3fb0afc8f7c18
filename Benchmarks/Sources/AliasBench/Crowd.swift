import Foundation
import News
import NewsIndex
import Reader
import Resolving

/// Made-up persons, organisations and places with the surnames of a real crowd: the commonest is that of one in a hundred, and few are
/// alone with theirs. The same seed makes the same crowd.
struct Crowd {
    private var state: UInt64
    private static let syllables = ["ba", "ke", "ro", "mi", "tan", "sel", "vor", "dun", "li", "gar", "os", "per", "hal", "wen", "ci", "ma"]
    private static let sorts = ["Bank", "University", "Group", "Ministry of", "Union", "Institute", "Airlines", "Party"]
    private static let surnames = 50_000
    private static let forenames = 3_000

    init(seed: UInt64) { state = seed }

    /// SplitMix64.
    private mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var word = (state ^ state >> 30) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ word >> 27) &* 0x94D0_49BB_1331_11EB
        return word ^ word >> 31
    }

    private mutating func fraction() -> Double { Double(next() >> 11) / Double(1 << 53) }

    /// A number below a limit, each as likely as its rank makes it by the law of Zipf and Mandelbrot.
    private mutating func ranked(below limit: Int, from offset: Double) -> Int {
        min(limit - 1, Int(offset * pow(1 + Double(limit) / offset, fraction()) - offset))
    }

    private static func word(_ number: Int) -> String {
        var (rest, word) = (number, "")
        repeat {
            word += syllables[rest % syllables.count]
            rest /= syllables.count
        } while rest > 0
        return (word + syllables[number % 7]).capitalized
    }

    mutating func surname() -> String { Self.word(ranked(below: Self.surnames, from: 15)) }

    mutating func name(_ kind: Entity.Kind) -> String {
        switch kind {
        case .person: "\(Self.word(100_000 + ranked(below: Self.forenames, from: 5))) \(surname())"
        case .organization: "\(Self.word(Int(next() % 200_000))) \(Self.sorts[Int(next() % UInt64(Self.sorts.count))])"
        case .place, .work, .other: Self.word(Int(next() % 1_000_000))
        }
    }

    /// What an article names: eleven that are known, three that are not, and a person by the surname alone.
    mutating func names(known: [(name: String, kind: Entity.Kind)]) -> [(name: String, kind: Entity.Kind)] {
        var names = (0..<11).map { _ in known[Int(next() % UInt64(known.count))] }
        for kind in [Entity.Kind.person, .organization, .place] { names.append((name(kind), kind)) }
        return names + [(surname(), .person)]
    }
}

/// What it costs to resolve the findings of an article against so many known entities, in seconds of CPU: the median and the 99th
/// percentile of 2,000 articles.
func resolvingCost(known count: Int) -> (median: Double, high: Double) {
    var crowd = Crowd(seed: 7)
    var index = Index()
    var known: [(name: String, kind: Entity.Kind)] = []
    let day = Instant("2024-05-01T12:00:00Z") ?? Instant(milliseconds: 0)
    for number in 0..<count {
        let kind: Entity.Kind = number % 20 < 12 ? .person : number % 20 < 17 ? .organization : .place
        let entity = Entity(id: "e\(number)", kind: kind, name: crowd.name(kind), origin: .reader)
        known.append((entity.name, kind))
        index.fold(Entry(sequence: index.sequence + 1, time: day, change: .entityPut(entity)))
    }
    index.seal()
    var costs: [Double] = []
    for number in known.isEmpty ? 0..<0 : 0..<2_000 {
        var article = Article()
        (article.id, article.published) = (ArticleID(high: 1, low: UInt64(number)), day)
        var reading = Reading()
        reading.mentions = crowd.names(known: known).enumerated().map { place, name in
            Mention(
                span: TextSpan(field: .body, offset: place, length: 1), tokens: place..<place + 1, sentence: 0, kind: name.kind,
                text: name.name, entity: place, confidence: 0.9)
        }
        let start = clock()
        var resolver = Resolver(index)
        resolver.add(reading, to: &article, without: [])
        costs.append(Double(clock() - start) / Double(CLOCKS_PER_SEC))
    }
    costs.sort()
    return costs.isEmpty ? (0, 0) : (costs[costs.count / 2], costs[costs.count * 99 / 100])
}
