import News
import Reader
import TestSupport
import Testing

struct TokenTests {
    @Test(arguments: [
        ("Mr. Vance met Gen. K. L. Moreau in the U.S. on Feb. 24.", ["Mr.|Vance|met|Gen.|K.|L.|Moreau|in|the|U.S.|on|Feb.|24|."]),
        ("He moved to the U.S. The move was slow.", ["He|moved|to|the|U.S.", "The|move|was|slow|."]),
        ("The U.S. Navy sailed.", ["The|U.S.|Navy|sailed|."]),
        ("Ore is sold in St. Anton. It sells well.", ["Ore|is|sold|in|St.|Anton|.", "It|sells|well|."]),
        ("\"We won't go,\" he said. \"Never.\" She left.", ["\"|We|wo|n't|go|,|\"|he|said|.", "\"|Never|.|\"", "She|left|."]),
        ("“It’s done.” They’d left.", ["“|It|’s|done|.|”", "They|’d|left|."]),
        ("It rose to $1.5bn, or 2,300,000.75 in all.", ["It|rose|to|$|1.5bn|,|or|2,300,000.75|in|all|."]),
        ("Trains leave at 10 a.m. Monday and 9:30 p.m. on Tuesdays.", ["Trains|leave|at|10|a.m.|Monday|and|9:30|p.m.|on|Tuesdays|."]),
        ("O'Hara's two-year-old plan – AT&T's – failed.", ["O'Hara|'s|two|-|year|-|old|plan|–|AT&T|'s|–|failed|."]),
        ("Is it so?! Yes... Perhaps.", ["Is|it|so|?|!", "Yes|...", "Perhaps|."]),
        (
            "See https://example.org/a?b=c. Or write to desk@example.org.",
            ["See|https://example.org/a?b=c|.", "Or|write|to|desk@example.org|."]
        ),
        ("Vela Corp. She runs it. Vela Corp. Chairman Dean left.", ["Vela|Corp.", "She|runs|it|.", "Vela|Corp.|Chairman|Dean|left|."]),
        ("A headline\nThe text begins here.", ["A|headline", "The|text|begins|here|."]),
        ("So did I. Then it rained.", ["So|did|I|.", "Then|it|rained|."]),
        ("In the 1990s a Ph.D. cost less than No. 10.", ["In|the|1990s|a|Ph.D.|cost|less|than|No.|10|."]),
        ("今天很好。明天。", ["今|天|很|好|。", "明|天|。"]),
        ("Er kam (spät.) Dann ging er.", ["Er|kam|(|spät|.|)", "Dann|ging|er|."]),
        ("", []), (" \n\t ", []),
    ])
    func cutsAsNewsWritesIt(text: String, expected: [String]) {
        #expect(TokenizedText(text).outline == expected)
    }

    @Test func linesOfAPageAreNoParagraphs() {
        let text = """
            The harbour of the old town has been closed since the storm, and
            Marta Ilves said on Friday that it would stay so until the
            cranes are mended. Nobody was hurt when they fell into the sea.
            The council meets again in a week.
            """
        #expect(TokenizedText(text).sentences.count == 3)
    }

    @Test func keysForgetCaseAndTheShapeOfApostrophes() {
        let tokens = TokenizedText("KYIV Kyiv kyiv ÉLAN élan they’re they're").tokens
        #expect(tokens[0].key == tokens[2].key && tokens[1].key == WordKey("kyiv"))
        #expect(tokens[3].key == tokens[4].key)
        #expect(tokens[6].key == tokens[8].key && tokens[6].traits.contains(.clitic))
        #expect(tokens[0].isAllCapitals && !tokens[1].isAllCapitals && tokens[1].isCapital && !tokens[2].isCapital)
    }

    @Test func ofHTMLWhatIsSeenIsRead() {
        let html = """
            <h1>Hale in Oslo</h1><p class="a">&ldquo;We <b>will</b> stay,&rdquo; he&nbsp;said.</p><script>if (a < b) { "Bad. Word." }</script>
            <!-- No. Nothing. --><p>AT&amp;T &lt;rose&gt;<br>5 < 6 &euro;
            """
        let text = TokenizedText(html, isHTML: true)
        #expect(text.outline == ["Hale|in|Oslo", "“|We|will|stay|,|”|he|said|.", "AT|&|T|<|rose|>", "5|<|6|€"])
        #expect(text.text(of: 3..<10) == "“We will stay,” he")
        Self.check(html, isHTML: true)
    }

    /// Every token is where it says it is, in bytes and in scalars; nothing but blank space and marks is left out.
    static func check(_ text: String, isHTML: Bool = false) {
        let cut = TokenizedText(text, isHTML: isHTML)
        let scalars = Array(text.unicodeScalars)
        var byte = 0
        var scalar = 0
        var isRight = true
        for token in cut.tokens {
            while byte < Int(token.start), scalar < scalars.count {
                byte += UTF8.width(scalars[scalar])
                scalar += 1
            }
            isRight = isRight && byte == Int(token.start) && scalar == Int(token.scalarStart) && token.start < token.end
            while byte < Int(token.end), scalar < scalars.count {
                byte += UTF8.width(scalars[scalar])
                scalar += 1
            }
            isRight = isRight && byte == Int(token.end) && scalar == Int(token.scalarEnd)
        }
        #expect(isRight, "\(text.prefix(80))")
        #expect(cut.sentences.first?.lowerBound ?? 0 == 0 && cut.sentences.last?.upperBound ?? 0 == cut.tokens.count)
        #expect(zip(cut.sentences, cut.sentences.dropFirst()).allSatisfy { $0.upperBound == $1.lowerBound && !$0.isEmpty })
    }

    @Test func offsetsAreRightWhateverComes() {
        for (_, make) in Hostile.kinds {
            Self.check(make(20_000))
            Self.check(make(20_000), isHTML: true)
        }
        var chance = Chance(seed: 5)
        for _ in 0..<2_000 {
            let text = Hostile.mixture(&chance, pieces: 60)
            Self.check(text)
            Self.check(text, isHTML: true)
        }
    }
}
