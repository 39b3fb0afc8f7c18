import News
import Reader
import TestSupport
import Testing

/// Which places the names in an article mean.
struct PlaceTests {
    static func article(_ text: String, located: String? = nil) -> Article {
        var article = Article()
        article.body = text
        article.located = located
        return article
    }

    /// A text, and what a name in it means: `city Portland, Maine, US`, or a hyphen for no place.
    struct Case: Sendable, CustomTestStringConvertible {
        var text: String
        var located: String?
        var meant: [String: String]
        var testDescription: String { text }

        init(_ text: String, located: String? = nil, _ meant: [String: String]) {
            self.text = text
            self.located = located
            self.meant = meant
        }
    }

    static func outline(_ found: FoundPlace?) -> String {
        guard let place = found?.place else { return "-" }
        return place.kind.name + " "
            + [place.name, place.region, place.kind == .country ? nil : place.country].compactMap { $0 }.joined(separator: ", ")
    }

    /// The place of the first mention with this text that is a place or an adjective of one.
    static func place(_ name: String, in reading: Reading) -> FoundPlace? {
        let mention = reading.mentions.first { $0.text == name && ($0.kind == .place || $0.adjectiveOf != nil) }
        return mention.flatMap { mention in reading.places.first { $0.entity == mention.entity } }
    }

    static let cases: [Case] = [
        // By how many people live there.
        Case("The mayor of Paris opened the new bridge over the Seine on Friday.", ["Paris": "city Paris, FR"]),
        Case("Thousands of people marched through London on Saturday.", ["London": "city London, England, GB"]),
        Case("A fire broke out at a market in Lagos, officials said.", ["Lagos": "city Lagos, NG"]),
        Case("The airline will fly to Mumbai and Delhi from next year.", ["Mumbai": "city Mumbai, Maharashtra, IN"]),
        // By what stands beside the name.
        Case(
            "A man was arrested in Portland, Maine, after a robbery.",
            ["Portland": "city Portland, Maine, US", "Maine": "region Maine, US"]),
        Case("The storm hit Paris, Texas, on Tuesday night.", ["Paris": "city Paris, Texas, US", "Texas": "region Texas, US"]),
        Case("Researchers in Cambridge, Mass., built the robot.", ["Cambridge": "city Cambridge, Massachusetts, US"]),
        Case("She grew up in Birmingham, Alabama, and studied law.", ["Birmingham": "city Birmingham, Alabama, US"]),
        Case("Police in London, Ontario, asked witnesses to come forward.", ["London": "city London, Ontario, CA"]),
        Case("The factory in Melbourne, Florida, will close in May.", ["Melbourne": "city Melbourne, Florida, US"]),
        Case(
            "The company moved from Dublin, Ohio, to Austin, Texas.",
            ["Dublin": "city Dublin, Ohio, US", "Austin": "city Austin, Texas, US"]),
        Case("He was born in Moscow, Idaho, in 1950.", ["Moscow": "city Moscow, Idaho, US"]),
        Case("The trial was held in Athens, Georgia, last week.", ["Athens": "city Athens, Georgia, US", "Georgia": "region Georgia, US"]),
        Case("Rescuers reached Tripoli, Lebanon, on Sunday.", ["Tripoli": "city Tripoli, LB", "Lebanon": "country Lebanon"]),
        Case("The bishop visited Victoria, British Columbia, in June.", ["Victoria": "city Victoria, British Columbia, CA"]),
        // Washington, Georgia, New York.
        Case(
            "The minister will fly to Washington on Monday to meet the president.",
            ["Washington": "city Washington, District of Columbia, US"]),
        Case("Lawmakers arrived in Washington, D.C., for the vote.", ["Washington, D.C.": "city Washington, District of Columbia, US"]),
        Case(
            "Wildfires spread across Washington state and Oregon.", ["Washington": "region Washington, US", "Oregon": "region Oregon, US"]),
        Case("Snow fell in eastern Washington, and in Idaho and Oregon.", ["Washington": "region Washington, US"]),
        Case("Voters in Atlanta and Savannah went to the polls as Georgia elected a senator.", ["Georgia": "region Georgia, US"]),
        Case("Leaders of Georgia, Armenia and Azerbaijan met in Tbilisi.", ["Georgia": "country Georgia", "Tbilisi": "city Tbilisi, GE"]),
        Case("The president of Georgia signed the law on Tuesday.", ["Georgia": "country Georgia"]),
        Case("The governor of Georgia signed the law on Tuesday.", ["Georgia": "region Georgia, US"]),
        Case(
            "The Georgian parliament met, and protests in Georgia went on.", ["Georgia": "country Georgia", "Georgian": "country Georgia"]),
        Case("Stocks in New York fell sharply on Thursday.", ["New York": "city New York City, New York, US"]),
        Case("Farmers in upstate New York lost their apples to frost.", ["New York": "region New York, US"]),
        // By what else the article tells of.
        Case(
            "Officials in Alabama said the fire in Birmingham was out. The governor of Alabama thanked the crews from Mobile and Montgomery.",
            ["Birmingham": "city Birmingham, Alabama, US", "Alabama": "region Alabama, US"]),
        Case(
            "Trains between Toronto and Ottawa will stop in Hamilton, the Ontario government said.",
            ["Hamilton": "city Hamilton, Ontario, CA"]),
        Case("A ferry sank off the coast of Bermuda on Sunday.", ["Bermuda": "country Bermuda"]),
        Case("Syria and Lebanon will talk about the border near Tripoli. Beirut welcomed it.", ["Tripoli": "city Tripoli, LB"]),
        Case("Fighting went on near Tripoli as Libya waited for the election in Benghazi.", ["Tripoli": "city Tripoli, LY"]),
        Case("The council in Portland voted on Monday.", located: "Portland, Maine", ["Portland": "city Portland, Maine, US"]),
        Case("Homes in Valencia, Caracas and Maracaibo were without power, Venezuela said.", ["Valencia": "city Valencia, VE"]),
        Case("Flooding in Valencia killed nine people, and Spain sent troops from Madrid.", ["Valencia": "city Valencia, ES"]),
        // Other names.
        Case("The ambassador returned to Kiev on Sunday.", ["Kiev": "city Kyiv, UA"]),
        Case("Ukrainian troops left the town.", ["Ukrainian": "country Ukraine"]),
        Case("The U.S. and the UK signed the treaty with the UAE.", ["U.S.": "country United States", "UK": "country United Kingdom"]),
        Case("Ships left for the Black Sea on Monday, Turkey said.", ["Black Sea": "sea Black Sea", "Turkey": "country Turkey"]),
        Case("Leaders from across Europe and Africa met in Brussels.", ["Europe": "continent Europe", "Africa": "continent Africa"]),
        Case("Russia annexed Crimea in 2014.", ["Crimea": "region Crimea, UA", "Russia": "country Russia"]),
        Case("Coffee from Central America was cheaper than that of Brazil.", ["Central America": "area Central America"]),
        Case("Diplomats say that peace in the Middle East is far away.", ["Middle East": "area Middle East"]),
        Case("KYIV, Ukraine (AP) — Sirens sounded before dawn.", ["KYIV": "city Kyiv, UA", "Ukraine": "country Ukraine"]),
    ]

    @Test(arguments: cases)
    func placesAreTheOnesThatAreMeant(_ example: Case) {
        let reading = Shipped.reader.read(Self.article(example.text, located: example.located))
        for (name, meant) in example.meant {
            let found = Self.place(name, in: reading)
            #expect(
                Self.outline(found) == meant,
                "\(name): \(found.map { $0.confidence } ?? 0) \(reading.mentions.map { "\($0.kind) \($0.text)" })")
            #expect(found?.confidence ?? 1 >= 0.5, "\(name)")
        }
    }

    /// Names that more than one place has, where nothing says which: the likeliest is told, and how little is known.
    @Test(arguments: [
        "Police in Cambridge arrested a man on Monday.", "Fans in Georgia cheered on Friday.", "Crowds filled San Jose on Sunday.",
    ])
    func whatIsUndecidedIsSaidSo(_ text: String) throws {
        let places = Shipped.reader.read(Self.article(text)).places
        let found = try #require(places.first, "\(text)")
        #expect(places.count == 1 && found.confidence < 0.75, "\(Self.outline(found)) \(found.confidence)")
    }

    @Test func aNameWithoutAPlaceHasNone() {
        let reading = Shipped.reader.read(Self.article("The hobbits of Brandyhall went to Buckland in the spring."))
        #expect(reading.places.allSatisfy { $0.confidence < 0.5 }, "\(reading.places)")
    }

    @Test func withoutATableNoPlacesAreFound() {
        #expect(Reader(model: Shipped.model).read(Self.article("He lives in Paris, Texas.")).places.isEmpty)
    }

    // MARK: Names of people

    /// The places in a text whose names are given; of the last mention of `placed` it is said that it is a place.
    private static func places(_ written: String, _ names: String, placed: String) -> [FoundPlace] {
        let text = TokenizedText(written)
        var mentions = text.mentions(names)
        if let last = mentions.lastIndex(where: { $0.text == placed }) {
            mentions[last].kind = .place
            mentions[last].entity = 99
        }
        return PlaceReader(Shipped.places).places(in: [FieldText(.body, text)], mentions: mentions, located: nil)
    }

    @Test func whatTheArticleCallsAPersonIsNoPlace() {
        let names = "person Andrew Jackson|Jackson"
        #expect(Self.places("Andrew Jackson won. Jackson thanked the voters. Jackson rose.", names, placed: "Jackson").isEmpty)
        #expect(Self.places("Andrew Jackson won. Jackson, Mississippi, rose.", names + "; place Mississippi", placed: "Jackson").count == 2)
        #expect(Self.places("Andrew Jackson won. Then he spoke in Jackson.", names, placed: "Jackson").count == 1)
        // A capital is told of by its name alone, whoever else has it.
        #expect(
            Self.places("Denzel Washington won. Washington agreed.", "person Denzel Washington; place Washington", placed: "Washington")
                .count == 1)
    }

    // MARK: Hostile texts

    @Test func anyNumberOfPlacesIsRead() {
        let texts = [
            "Paris, Texas, ", "Georgia, Georgia and Georgia, ", "Springfield, Mass., Springfield, Ill., ", "in London in Ontario in ",
            "Portland (Portland (Portland, ", "San Jose, ", "Washington state governor of Georgia, ",
        ]
        for text in texts {
            for count in [1, 30, 3_000] {
                let written = String(repeating: text, count: count)
                let tokenized = TokenizedText(written)
                let known = tokenized.mentions(
                    "place Paris; place Texas; place Georgia; place London; place Ontario; place Portland; place San Jose")
                for (number, mentions) in [
                    known,
                    known.enumerated().map { index, mention in
                        var mention = mention
                        mention.entity = index
                        return mention
                    },
                ].enumerated() where number == 0 || count < 3_000 {
                    let fields = [FieldText(.body, tokenized)]
                    let places = PlaceReader(Shipped.places).places(in: fields, mentions: mentions, located: written)
                    #expect(places.allSatisfy { (0...1).contains($0.confidence) })
                    #expect(Set(places.map(\.entity)).count == places.count)
                }
            }
        }
    }

    /// Mentions need not be of the texts that they come with.
    @Test func mentionsOfOtherTextsAreSafe() {
        let mentions = TokenizedText("He went from London, Ontario, to Paris, Texas, and to Georgia.")
            .mentions("place London; place Ontario; place Paris; place Texas; place Georgia")
        for text in ["", "A.", "One. Two. Three. Four. Five. Six, seven, eight.", String(repeating: "a ", count: 30)] {
            _ = PlaceReader(Shipped.places).places(in: [FieldText(.body, TokenizedText(text))], mentions: mentions, located: ", ,")
            _ = PlaceReader(Shipped.places).places(in: [], mentions: mentions, located: "")
        }
    }
}
