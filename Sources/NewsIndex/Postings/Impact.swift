import Glibc

/// How much a word in a text says about what the article is about: BM25F (Robertson, Zaragoza: "The Probabilistic Relevance
/// Framework: BM25 and Beyond", 2009) over headline, lead and body, in one fixed setting, with which known items come up best
/// among articles of news agencies and of a broadcaster (`SearchBench --known`).
///
/// The lengths that count as usual are fixed as well, and not the averages of what happens to be there: so the impact of a
/// word in an article never changes, and the largest in a block can be known when the block is written.
public enum Impact {
    /// How soon more of a word stops saying more.
    static let saturation: Float = 1.2
    /// How much longer texts need more of a word, in the headline and in the body.
    static let headlineSlope: Float = 0.3
    static let bodySlope: Float = 0.6
    /// Words of a usual headline and a usual body.
    static let usualHeadline: Float = 9
    static let usualBody: Float = 150
    /// News says first what it is about: so many words are the body's lead, and a word there counts as often more.
    static let lead: UInt32 = 20
    static let leadWeight: UInt32 = 2
    /// What a word in the headline counts against one in the body.
    static let headlineWeight: Float = 5
    /// What an occurrence counts, and one of another form of the word: whole numbers, so that sums are the same in any order.
    static let unit: UInt32 = 5
    static let variantUnit: UInt32 = 3

    // The saturation and the unit are taken into the lengths, so that one division each is enough. Not stored, since a stored number that is
    // made of others is asked for through a lock.
    private static var bodyBase: Float { saturation * Float(unit) * (1 - bodySlope) }
    private static var bodyStep: Float { saturation * Float(unit) * bodySlope / usualBody }
    private static var headlineBase: Float { saturation * Float(unit) * (1 - headlineSlope) / headlineWeight }
    private static var headlineStep: Float { saturation * Float(unit) * headlineSlope / usualHeadline / headlineWeight }

    /// What occurrences in a body, in units, are worth by its length in words; comparable between articles and with those of headlines.
    @inline(__always)
    static func body(_ occurrences: Float, length: Float) -> Float { occurrences / (bodyBase + bodyStep * length) }

    /// The same for a headline.
    @inline(__always)
    static func headline(_ occurrences: Float, length: Float) -> Float { occurrences / (headlineBase + headlineStep * length) }

    /// From 0 to 1: what a word adds, given what its occurrences are worth together.
    @inline(__always)
    static func saturated(_ worth: Float) -> Float { worth / (1 + worth) }

    /// From 0 to 1: what a word adds that a text has so often.
    @inline(__always)
    static func of(_ occurrences: Occurrences, headlineLength: UInt32, bodyLength: UInt32) -> Float {
        saturated(
            body(Float(Int32(truncatingIfNeeded: occurrences.body)), length: Float(Int32(truncatingIfNeeded: bodyLength)))
                + headline(Float(Int32(truncatingIfNeeded: occurrences.headline)), length: Float(Int32(truncatingIfNeeded: headlineLength)))
        )
    }

    /// An upper bound of a saturated impact in one byte, and the bound that the byte says.
    @inline(__always)
    static func byte(_ saturated: Float) -> UInt8 { UInt8(min(255, (saturated * 255).rounded(.up))) }
    @inline(__always)
    static func bound(_ byte: UInt8) -> Float { Float(byte) / 255 }

    /// The rarest words are names that a text has by the way: below 1, they weigh less against what an article has many words of.
    static let rarityPower: Float = 0.75

    /// How rare a word is: what its impact is multiplied by, given how many of how many articles have it.
    static func rarity(_ articles: Int, of all: Int) -> Float {
        let articles = Float(min(articles, all))
        return powf(log1p((Float(all) - articles + 0.5) / (articles + 0.5)), rarityPower)
    }
}

/// How often a word and other forms of it stand in an article, in units of `Impact`, the lead counted in.
struct Occurrences {
    private(set) var headline: UInt32 = 0
    private(set) var body: UInt32 = 0

    @inline(__always)
    mutating func add(headline: UInt32, _ body: BodyCount, unit: UInt32) {
        add(headline: headline, body: body.count, lead: body.lead, unit: unit)
    }

    @inline(__always)
    mutating func add(headline: UInt32, body: UInt32, lead: UInt32, unit: UInt32) {
        self.headline &+= headline &* unit
        self.body &+= (body &+ lead &* Impact.leadWeight) &* unit
    }
}

/// How often a body has a word, and whether its lead does.
struct BodyCount {
    /// The count times two, and one more for the lead: how postings have it.
    let rawValue: UInt32

    @inline(__always)
    init(_ rawValue: UInt32) { self.rawValue = rawValue }
    @inline(__always)
    init(_ count: UInt32, isInLead: Bool) { rawValue = count << 1 | (isInLead ? 1 : 0) }

    @inline(__always)
    var count: UInt32 { rawValue >> 1 }
    /// 1 if the lead has it.
    @inline(__always)
    var lead: UInt32 { rawValue & 1 }
    /// The count, with what the lead adds.
    @inline(__always)
    var weighted: UInt32 { count &+ lead &* Impact.leadWeight }
}
