/// What people are known for, as far as it tells namesakes apart.
public struct Callings: OptionSet, Sendable, Hashable {
    /// The bits.
    public let rawValue: UInt16
    /// A set of these bits.
    public init(rawValue: UInt16) { self.rawValue = rawValue }

    /// Playing, running, coaching.
    public static let sport = Callings(rawValue: 1)
    /// Governing, and wanting to.
    public static let politics = Callings(rawValue: 2)
    /// Acting, singing, writing.
    public static let arts = Callings(rawValue: 4)
    /// Companies and money.
    public static let business = Callings(rawValue: 8)
    /// Courts and police.
    public static let law = Callings(rawValue: 16)
    /// Armed forces.
    public static let military = Callings(rawValue: 32)
    /// Research and medicine.
    public static let science = Callings(rawValue: 64)
    /// Churches and other faiths.
    public static let faith = Callings(rawValue: 128)
    /// Reporting.
    public static let press = Callings(rawValue: 256)

    /// What a role says: `Foreign Secretary`, `former Leeds striker`. Empty where it says nothing of it.
    public init(role: String) {
        self = role.lowercased().split { !$0.isLetter }.reduce(into: []) { all, word in
            if let one = Callings.words[word] { all.formUnion(one) }
        }
    }

    /// What an article is about, by what the people in it do and by the kinds of its events: what most of these speak for.
    public init(of people: [Callings], events: [String]) {
        var votes = [Int](repeating: 0, count: 16)
        for calling in people + events.compactMap({ Callings.kinds[$0] }) {
            for bit in 0..<16 where calling.rawValue >> UInt16(bit) & 1 != 0 { votes[bit] += 1 }
        }
        let most = votes.max() ?? 0
        rawValue = most == 0 ? 0 : votes.indices.reduce(0) { $0 | (votes[$1] == most ? 1 << UInt16($1) : 0) }
    }

    /// Whether one who does this is hardly ever one who does that: players and artists seldom do anything else.
    public func contradicts(_ other: Callings) -> Bool {
        !isEmpty && !other.isEmpty && isDisjoint(with: other) && (isSubset(of: [.sport, .arts]) || other.isSubset(of: [.sport, .arts]))
    }

    private static let kinds: [String: Callings] = [
        "sport": .sport, "election": .politics, "legislation": .politics, "sanctions": .politics, "festival": .arts, "deal": .business,
    ]

    private static let words: [Substring: Callings] = {
        let lists: [(Callings, String)] = [
            (
                .sport,
                """
                footballer striker midfielder goalkeeper winger forward defender fullback player coach batsman batter bowler cricketer \
                sprinter runner swimmer boxer golfer quarterback linebacker pitcher shortstop cyclist athlete jockey skipper wrestler \
                gymnast skier skater rower hurdler keeper flanker hooker prop lock
                """
            ),
            (
                .politics,
                """
                minister secretary senator congressman congresswoman mp mep lawmaker governor mayor premier councillor councilman candidate \
                ambassador parliamentarian legislator politician deputy taoiseach diplomat envoy
                """
            ),
            ([.politics, .business], "president chairman chairwoman chancellor"),
            (
                .arts,
                """
                actor actress singer musician rapper novelist author writer poet painter comedian filmmaker composer pianist guitarist \
                drummer artist playwright sculptor songwriter dancer violinist
                """
            ),
            ([.arts, .business], "director producer"),
            (
                .business,
                "ceo executive analyst economist banker trader entrepreneur businessman businesswoman investor founder strategist broker"
            ),
            (.law, "lawyer attorney judge prosecutor detective sheriff constable solicitor barrister policeman policewoman"),
            (.military, "general colonel lieutenant sergeant admiral soldier"),
            (
                .science,
                "professor scientist researcher physicist biologist doctor surgeon astronomer engineer historian epidemiologist chemist"
            ),
            (.faith, "bishop archbishop pope priest cardinal rabbi imam pastor monk vicar"),
            (.press, "journalist reporter editor columnist broadcaster presenter correspondent"),
        ]
        var words: [Substring: Callings] = [:]
        for (calling, list) in lists { for word in list.split(whereSeparator: \.isWhitespace) { words[word] = calling } }
        return words
    }()
}
