import NewsIndex
import TestSupport
import Testing

struct HighlighterTests {
    /// The fragments with brackets around what matched.
    static func marked(
        _ query: String, _ text: String, language: String? = "en", field: QueryExpression.TextScope = .body, limit: Int = 3,
        length: Int = 160
    ) throws -> [String] {
        let scalars = Array(text.unicodeScalars)
        return try fragments(query, text, language: language, field: field, limit: limit, length: length).map { fragment in
            var marked = String.UnicodeScalarView()
            for place in fragment.offset..<fragment.offset + fragment.length {
                if fragment.matches.contains(where: { $0.offset == place }) { marked.append("[") }
                marked.append(scalars[place])
                if fragment.matches.contains(where: { $0.offset + $0.length == place + 1 }) { marked.append("]") }
            }
            return String(marked)
        }
    }

    static func fragments(
        _ query: String, _ text: String, language: String? = "en", field: QueryExpression.TextScope = .body, limit: Int = 3,
        length: Int = 160
    ) throws -> [Highlighter.Fragment] {
        Highlighter(try QueryParser.parse(query), in: field, language: language).fragments(of: text, limit: limit, length: length)
    }

    @Test(arguments: [
        ("elections", "An election was held.", ["An [election] was held."]),
        ("oil price", "The price of oil fell.", ["The [price] of [oil] fell."]),
        ("\"oil price\"", "The price of oil: the oil price.", ["The price of oil: the [oil price]."]),
        ("\"a a b\"", "a a a b", ["a [a a b]"]),
        ("minist*", "Ministers and the ministry met.", ["[Ministers] and the [ministry] met."]),
        ("lodz", "W Łodzi i Łódź.", ["W Łodzi i [Łódź]."]),
        ("oil -price", "The price of oil", ["The price of [oil]"]),
        ("headline:oil price", "The price of oil", ["The [price] of oil"]),
        ("near(3, oil price) source:x", "The price of oil", ["The [price] of [oil]"]),
        ("covid-19", "Covid-19 and covid19 and covid", ["[Covid-19] and [covid19] and covid"]),
        ("o'neill", "Shaquille O'Neill's", ["Shaquille [O'Neill]'s"]),
        ("大学", "東京大学の人", ["東京[大学]の人"]),
        ("東京大学", "これは東京大学です", ["これは[東京大学]です"]),
        ("u.s.", "The U.S. said", ["The [U.S]. said"]),
        ("nothing", "something else", []),
        ("source:x", "x", []),
    ])
    func whatMatches(_ query: String, _ text: String, _ expected: [String]) throws {
        #expect(try Self.marked(query, text) == expected)
    }

    @Test func stemsAreThoseOfTheArticlesLanguage() throws {
        #expect(try Self.marked("wahlen", "Die Wahl.", language: "de") == ["Die [Wahl]."])
        #expect(try Self.marked("wahlen", "Die Wahl.", language: "en") == [])
        #expect(try Self.marked("elections", "election", language: nil) == [])
    }

    @Test func theBestPartsAreChosen() throws {
        let filler = String(repeating: "Nothing is said here at all. ", count: 20)
        let text = "Oil is found. " + filler + "The oil price rose as gas fell. " + filler + "Gas again. " + filler
        let one = try Self.marked("oil price gas", text, limit: 1, length: 60)
        #expect(one == ["The [oil] [price] rose as [gas] fell. Nothing is said here at all."])
        let two = try Self.marked("oil price gas", text, limit: 2, length: 40)
        #expect(two.count == 2 && two.contains { $0.hasPrefix("The [oil] [price] rose as [gas] fell.") })
        #expect(try Self.marked("oil price gas", text, limit: 5, length: 40).count == 3)
        #expect(try Self.fragments("oil", text, limit: 0).isEmpty)
    }

    @Test func fragmentsBeginAndEndWithWords() throws {
        let text = "One sentence ends here. " + String(repeating: "word ", count: 30) + "target " + String(repeating: "word ", count: 60)
        let fragment = try #require(try Self.fragments("target", text, length: 50).first)
        #expect(fragment.length <= 50 && fragment.text.hasPrefix("word ") && fragment.text.hasSuffix("word"))
    }

    /// Whatever the text and the query: fragments are parts of the text, apart from each other, and what is marked in them matches.
    @Test func randomTexts() throws {
        var chance = Chance(seed: 4)
        for _ in 0..<4_000 {
            let text = (0..<chance.below(60)).map { _ in chance.one(of: AnalyzerRandomTests.pieces) }.joined()
            let words = (0...chance.below(4)).map { _ in
                chance.one(of: ["a", "b", "word", "\"a b\"", "running", "ru*", "東京", "東", "us", "é", "1"])
            }
            let query = words.joined(separator: " ")
            let length = 1 + chance.below(40)
            let fragments = try Self.fragments(query, text, limit: 3, length: length)
            let scalars = Array(text.unicodeScalars)
            for fragment in fragments {
                #expect(scalars[fragment.offset..<fragment.offset + fragment.length].elementsEqual(fragment.text.unicodeScalars))
                #expect(!fragment.matches.isEmpty, "\(text.debugDescription) \(query)")
                #expect(zip(fragment.matches, fragment.matches.dropFirst()).allSatisfy { $0.offset + $0.length <= $1.offset })
                for match in fragment.matches {
                    #expect(match.length > 0 && match.offset >= fragment.offset)
                    #expect(match.offset + match.length <= fragment.offset + fragment.length)
                }
            }
            #expect(zip(fragments, fragments.dropFirst()).allSatisfy { $0.offset + $0.length <= $1.offset })
        }
    }

    /// The best fragment has as many different words as any part of that length has, found by trying all.
    @Test func noPartHasMoreWords() throws {
        var chance = Chance(seed: 5)
        let words = ["oil", "gas", "coal", "wind", "x", "y", "z", "and", "then"]
        for _ in 0..<1_000 {
            let text = (0..<80).map { _ in chance.one(of: words) }.joined(separator: " ")
            let scalars = Array(text)
            let best = try #require(try Self.fragments("oil gas coal wind", text, limit: 1, length: 20).first)
            let asked = Set(["oil", "gas", "coal", "wind"])
            func different(_ part: some Sequence<Character>) -> Int {
                Set(String(Array(part)).split(separator: " ").map(String.init)).intersection(asked).count
            }
            let most = (0..<scalars.count).map { different(scalars[$0..<min(scalars.count, $0 + 20)]) }.max() ?? 0
            #expect(different(best.text) >= most, "\(text) \(best.text)")
        }
    }

    @Test func storms() throws {
        let query =
            "a OR \"a a\" OR \"a a a b\" OR a* OR 東京 OR "
            + (0..<500).map { "w\($0)" }.joined(separator: " OR ")
            .replacing("a*", with: "aa*")
        for piece in ["a ", "a", "東京", "a\u{301} ", "w7 ", "\u{301}", ". ", "a'"] {
            let text = String(repeating: piece, count: 300_000 / piece.utf8.count)
            let fragments = try Self.fragments(query.replacing("a* ", with: "aa* "), text)
            #expect(fragments.count <= 3 && fragments.allSatisfy { $0.length <= 640 })
        }
    }
}
