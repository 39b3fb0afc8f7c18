import NewsIndex
import TestSupport
import Testing

struct SpellingTests {
    struct Words: SortedWords {
        var all: [(word: [UInt8], articles: Int)]

        init(_ counts: [String: Int]) {
            all = counts.map { (Array($0.key.utf8), $0.value) }.sorted { $0.0.lexicographicallyPrecedes($1.0) }
        }

        var wordCount: Int { all.count }
        func word(at place: Int) -> [UInt8] { all[place].word }
        func articles(at place: Int) -> Int { all[place].articles }
        func firstWord(notBelow bytes: [UInt8]) -> Int { all.firstIndex { !$0.word.lexicographicallyPrecedes(bytes) } ?? all.count }
    }

    static let words = Words([
        "election": 500, "elections": 300, "selection": 40, "erection": 2, "minister": 900, "ministry": 400, "oil": 700, "oils": 20,
        "soil": 50, "нефть": 30,
        "lodz": 10, "kyiv": 5, "president": 1_000, "precedent": 3,
    ])

    @Test(arguments: [
        ("electoin", "election"), ("elecion", "election"), ("lection", "election"), ("slection", "election"), ("selecton", "selection"),
        ("minster", "minister"),
        ("prezidnet", "president"), ("brezidnet", nil), ("presidnet", "president"), ("oill", "oil"), ("iol", "oil"), ("нефт", "нефть"),
        ("нефьт", "нефть"), ("ol", nil), ("zzzzzz", nil), ("", nil),
        ("kiyv", "kyiv"), ("precident", "president"),
    ])
    func whatWasMeant(_ word: String, _ expected: String?) {
        #expect(Spelling.nearest(to: word, in: [Self.words]).first?.word == expected)
    }

    @Test func countsOfAllListsAreTogether() {
        let more = Words(["elections": 400])
        #expect(Spelling.nearest(to: "electionz", in: [Self.words, more], limit: 2).map(\.articles) == [700, 500])
    }

    /// The same as measuring every word.
    @Test func theSameAsMeasuringAll() {
        var chance = Chance(seed: 11)
        for _ in 0..<60 {
            func word(_ most: Int) -> String {
                (0..<1 + chance.below(most)).map { _ in chance.one(of: ["a", "b", "c", "ö", "京"]) }.joined()
            }
            var counts: [String: Int] = [:]
            for _ in 0..<150 { counts[word(8)] = 1 + chance.below(50) }
            let words = Words(counts)
            for _ in 0..<40 {
                let typed = word(9)
                let found = Set(Spelling.nearest(to: typed, in: [words], limit: 1_000).map { "\($0.word) \($0.distance) \($0.articles)" })
                let letters = Array(typed)
                var expected: Set<String> = []
                for (other, articles) in counts where letters.count >= 3 {
                    let distance = Self.distance(letters, Array(other))
                    let most = letters.count < 6 || other.first != letters[0] ? 1 : 2
                    if 1...most ~= distance { expected.insert("\(other) \(distance) \(articles)") }
                }
                #expect(found == expected, "\(typed)")
            }
        }
    }

    /// Optimal string alignment, as it is defined.
    static func distance(_ a: [Character], _ b: [Character]) -> Int {
        var rows = [Array(0...b.count)]
        for i in 1...a.count {
            var row = [i]
            for j in 1...b.count {
                var least = min(rows[i - 1][j] + 1, row[j - 1] + 1, rows[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1))
                if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] { least = min(least, rows[i - 2][j - 2] + 1) }
                row.append(least)
            }
            rows.append(row)
        }
        return rows[a.count][b.count]
    }

    @Test(arguments: [
        ("electoin", "election"), ("the Electoin AND minster", "the election AND minister"), ("\"oil minster\"", "\"oil minister\""),
        ("source:minster minster", "source:minster minister"), ("headline:minster", "headline:minister"), ("source:\"a minster\"", nil),
        ("minster*", nil), ("minster2", nil), ("oil", nil), ("near(5, minster oil)", "near(5, minister oil)"),
        ("-minster oil", "-minister oil"),
        ("(minster)", "(minister)"), ("", nil), ("Minster's", "minister's"),
        ("section:(minster OR x) minster", "section:(minster OR x) minister"),
    ])
    func queriesAreCorrected(_ query: String, _ expected: String?) {
        let corrected = Spelling.corrected(query) { word in
            Self.words.all.contains { $0.word == Array(word.utf8) } ? nil : Spelling.nearest(to: word, in: [Self.words]).first?.word
        }
        #expect(corrected == expected)
    }
}
