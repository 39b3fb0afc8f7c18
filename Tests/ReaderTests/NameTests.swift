import Foundation
import JSON
import News
import Reader
import TestSupport
import Testing

struct NameTests {
    /// The mentions of a body as "kind: text", with what is said of a person in brackets.
    static func read(_ body: String, headline: String? = nil, language: String = "en") -> [String] {
        var article = Article()
        article.headline = headline
        article.body = body
        article.language = language
        return Shipped.reader.read(article).mentions.filter { $0.span.field == .body }.map { mention in
            #expect(body.cut(mention.span) == mention.text)
            let description = mention.description.map { " [\(body.cut($0))]" } ?? ""
            return "\(mention.kind): \(mention.text)\(description)"
        }
    }

    @Test(arguments: [
        (
            "Estonian Prime Minister Kaja Kallas met Emmanuel Macron in Tallinn on Monday.",
            ["other: Estonian", "person: Kaja Kallas [Estonian Prime Minister]", "person: Emmanuel Macron", "place: Tallinn"]
        ),
        (
            "US Secretary of Defense Lloyd Austin arrived in Kyiv.",
            ["place: US", "person: Lloyd Austin [US Secretary of Defense]", "place: Kyiv"]
        ),
        (
            "Pentagon spokeswoman Sabrina Singh declined to comment.",
            ["organization: Pentagon", "person: Sabrina Singh [Pentagon spokeswoman]"]
        ),
        ("Mr. Smith and Dr. Jane Miller live in London.", ["person: Smith", "person: Jane Miller", "place: London"]),
        (
            "Anna Keller, a spokeswoman for the Ministry of Health, said so in Berlin.",
            ["person: Anna Keller [spokeswoman for the Ministry of Health]", "organization: Ministry of Health", "place: Berlin"]
        ),
        ("The United States’ support for Ukraine's army goes on.", ["place: United States", "place: Ukraine"]),
        (
            "A spokesman for Ukrainian President Volodymyr Zelensky and an adviser to President Joe Biden said so.",
            ["other: Ukrainian", "person: Volodymyr Zelensky [Ukrainian President]", "person: Joe Biden [President]"]
        ),
        ("US-led forces and Kim Jong-un’s guards were there.", ["place: US", "person: Kim Jong-un"]),
        (
            "Mayor John Smith came with his son, John Smith Jr. Governor Ann Price thanked them.",
            ["person: John Smith [Mayor]", "person: John Smith Jr.", "person: Ann Price [Governor]"]
        ),
        ("He met President Vladimir Putin.", ["person: Vladimir Putin [President]"]),
        ("“We are ready,” said Michael Brown.", ["person: Michael Brown"]),
        ("Our goal is clear. Monday was cold. The Secretary left.", []),
        ("The Foreign Secretary met the US Secretary of State on Monday.", ["place: US"]),
        ("(IPS) - Global talks began in Oslo.", ["place: Oslo"]),
        ("", []),
    ])
    func findsWhomAnArticleNames(_ body: String, _ names: [String]) {
        #expect(Self.read(body) == names)
    }

    /// One name is one thing all over an article, whatever a sentence by itself makes of it.
    @Test func anArticleAgreesWithItself() {
        let body = """
            Badger Meter Inc makes meters. Badger said so on Monday. Shares of Badger rose. Badger of Milwaukee is content.

            Sun Lijun pleaded guilty. Sun was charged in January. Sun took bribes, and Sun sold shares.
            """
        let mentions = Self.read(body)
        #expect(Set(mentions.filter { $0.contains("Badger") }) == ["organization: Badger Meter Inc", "organization: Badger"])
        #expect(Set(mentions.filter { $0.contains("Sun") }) == ["person: Sun Lijun", "person: Sun"])
    }

    @Test(arguments: [("GERMAN BANKS RAISE INTEREST RATES AGAIN", "GERMAN", "Germany"), ("German banks raise rates", "German", "Germany")])
    func adjectivesOfPlacesAreKnownInCapitals(_ headline: String, _ adjective: String, _ place: String) {
        var article = Article()
        article.headline = headline
        let mention = Shipped.reader.read(article).mentions.first { $0.text == adjective }
        #expect(mention?.kind == .other && mention?.adjectiveOf == place)
    }

    @Test func headlinesInTitleCaseAndCapitalsAreRead() {
        let body = "Volodymyr Zelensky met Joe Biden in Washington on Tuesday. The meeting in the White House lasted two hours."
        for headline in ["Zelensky Meets Biden in Washington to Discuss New Weapons", "ZELENSKY MEETS BIDEN IN WASHINGTON"] {
            var article = Article()
            article.headline = headline
            article.body = body
            let mentions = Shipped.reader.read(article).mentions.filter { $0.span.field == .headline }
            #expect(mentions.map { $0.text.lowercased() } == ["zelensky", "biden", "washington"])
            #expect(mentions.map(\.kind) == [.person, .person, .place])
        }
    }

    /// A role that is nothing but a courtesy left an empty place behind.
    @Test func descriptionsAreNeverEmpty() {
        let titles = ["Sir", "Lord", "Brother", "Private", "Lady", "Dr.", "Sister", "Dame", "Madam"]
        for title in titles {
            for body in ["\(title) John Smith spoke.", "The \(title.lowercased()) John Smith spoke, \(title) Smith said."] {
                var article = Article()
                (article.body, article.published) = (body, Instant(milliseconds: 0))
                for mention in Shipped.reader.read(article).mentions {
                    #expect(mention.description.map { $0.length > 0 } ?? true, "\(body)")
                }
            }
        }
    }

    @Test func adjectivesOfPlacesSayWhichPlace() {
        var article = Article()
        article.body = "Ukrainian troops crossed the river. The Russians left. Ukraine is a country in Europe."
        let mentions = Shipped.reader.read(article).mentions
        #expect(mentions.map(\.adjectiveOf) == ["Ukraine", "Russia", nil, nil])
        #expect(mentions.map(\.kind) == [.other, .other, .place, .place])
        #expect(mentions.first?.entity == mentions.first { $0.text == "Ukraine" }?.entity)
    }

    @Test func mentionsOfOnePersonShareTheirNumber() {
        var article = Article()
        article.headline = "Austin visits Kyiv"
        article.body =
            "Lloyd Austin came to Kyiv. Lloyd J. Austin met Rustem Umerov. Austin thanked Umerov. The US and the United States are one."
        let mentions = Shipped.reader.read(article).mentions
        let numbers = Dictionary(grouping: mentions, by: \.entity).mapValues { Set($0.map(\.text)) }
        #expect(numbers.values.contains(["Austin", "Lloyd Austin", "Lloyd J. Austin"]))
        #expect(numbers.values.contains(["Umerov", "Rustem Umerov"]))
        #expect(numbers.values.contains(["US", "United States"]))
    }

    @Test func aShortNameOfTwoPersonsIsNeither() {
        var article = Article()
        article.body = "John Miller met Anna Miller in Boston. Miller said nothing."
        let mentions = Shipped.reader.read(article).mentions.filter { $0.kind == .person }
        #expect(Set(mentions.map(\.entity)).count == 3)
    }

    @Test func otherLanguagesHaveWhatTheGazetteerHas() {
        #expect(Self.read("Der Zug nach Berlin hielt in Warschau nicht.", language: "de").contains("place: Berlin"))
        #expect(Self.read("Gestern kam die Post.", language: "de") == [])
    }

    @Test func markupIsNoText() {
        var article = Article()
        article.contentType = .html
        article.body =
            "<p class='a'>Kaja&nbsp;Kallas met <b>Emmanuel Macron</b></p><script>var Berlin = 'Oslo'</script><p>Ukraine&rsquo;s army <i>won<"
        let mentions = Shipped.reader.read(article).mentions
        #expect(mentions.map { $0.text.replacing("\u{A0}", with: " ") } == ["Kaja Kallas", "Emmanuel Macron", "Ukraine"])
        #expect(mentions.map { article.body?.cut($0.span) } == ["Kaja&nbsp;Kallas", "Emmanuel Macron", "Ukraine"])
    }

    @Test func theSameArticleIsReadTheSame() async {
        var article = Article()
        article.headline = "EU Leaders Agree on Aid for Ukraine"
        article.body = "Charles Michel said in Brussels that the European Union would pay. “It is done,” he said."
        article.published = Instant("2024-02-01T12:00:00Z")
        let first = Shipped.reader.read(article)
        #expect(!first.mentions.isEmpty)
        await withTaskGroup(of: Reading.self) { [article] group in
            for _ in 0..<8 { group.addTask { Shipped.reader.read(article) } }
            for await reading in group { #expect(reading == first) }
        }
    }

    /// The names that were marked by hand in our own articles are found, nearly all of them, as what they are.
    @Test func theSeedsAreRead() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let text = try String(contentsOf: root.appending(path: "seeds/news.jsonl"), encoding: .utf8)
        var (right, missed) = (0, [String]())
        for line in text.split(separator: "\n") {
            var json = JSONReader(Array(line.utf8))
            let article = try Article(from: &json)
            let mentions = Shipped.reader.read(article).mentions
            for entity in article.entities where [.person, .place, .organization].contains(entity.entity.kind) {
                for span in entity.mentions {
                    let words = article[span.field]?.cut(span) ?? ""
                    let overlapping = mentions.first {
                        $0.span.field == span.field && $0.span.offset < span.offset + span.length
                            && span.offset < $0.span.offset + $0.span.length
                    }
                    // Hand-made mentions have "Ukrainian" for Ukraine.
                    let fits = overlapping.map { $0.kind == entity.entity.kind || $0.adjectiveOf != nil } ?? false
                    if fits { right += 1 } else { missed.append("\(entity.entity.kind) \(words)") }
                }
            }
        }
        #expect(right > 100)
        #expect(Double(missed.count) < 0.06 * Double(right), "\(missed)")
    }
}
