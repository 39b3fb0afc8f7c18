import News
import Reader
import TestSupport
import Testing

struct EventTests {
    static let names = """
        person Anna Berg|Berg; person Tomas Hale|Hale; organization Nordbank; place Oslo; place Turku; place Norway; place Finland; \
        organization Vela Group|Vela; other Finnish; person Mary Stone|Stone; organization Harbour Union; organization Rovers; \
        organization Albion; place Lake Ora
        """
    /// A Wednesday.
    static let published = Instant("2019-05-15T12:00:00Z") ?? .first

    static func events(_ headline: String, _ body: String) -> (events: [FoundEvent], mentions: [Mention]) {
        let texts: [(field: TextSpan.Field, text: TokenizedText)] = [(.headline, TokenizedText(headline)), (.body, TokenizedText(body))]
        let mentions = texts.flatMap { $0.text.mentions(names, field: $0.field) }
        let dates = texts.flatMap { DateReader(published: published).dates(in: $0.text, field: $0.field) }
        let today = CalendarDay(days: published.day)
        return (Reading.events(in: texts, mentions: mentions, dates: dates, today: today), mentions)
    }

    static func read(_ body: String, headline: String = "") -> [String] {
        let (events, mentions) = events(headline, body)
        return events.map { event in
            let days = [event.start?.text, event.end?.text].compactMap { $0 }.joined(separator: " to ")
            let place = event.place.map { " @ \(mentions[$0].text)" } ?? ""
            let people = event.participants.map { "\(mentions[$0.mention].text) \($0.role)" }.joined(separator: ", ")
            return "\(event.kind): \(event.title) [\(days)] \(event.status)\(place) {\(people)}"
        }
    }

    @Test(arguments: [
        (
            "Anna Berg made an unannounced visit to Oslo on Monday.",
            ["visit: Anna Berg visits Oslo [2019-05-13] past @ Oslo {Anna Berg agent}"]
        ),
        (
            "Albion foreign ministers will meet in Oslo on June 24.",
            ["meeting: Albion foreign ministers to meet in Oslo [2019-06-24] planned @ Oslo {Albion agent}"]
        ),
        ("Albion ministers will meet the costs in full on June 24.", []),
        (
            "The conference on trade in Oslo on July 11-12, 2019, will be opened by Anna Berg.",
            ["conference: Conference on trade in Oslo [2019-07-11 to 2019-07-12] planned @ Oslo {}"]
        ),
        ("Anna Berg will visit Oslo next Monday.", ["visit: Anna Berg to visit Oslo [2019-05-20] planned @ Oslo {Anna Berg agent}"]),
        (
            "Anna Berg met Tomas Hale in Oslo on Tuesday.",
            ["meeting: Anna Berg meets Tomas Hale in Oslo [2019-05-14] past @ Oslo {Anna Berg agent, Tomas Hale partner}"]
        ),
        (
            "On June 6 and 7 a two-day Finnish conference on the sea will be held in Turku.",
            ["conference: Finnish conference on the sea in Turku [2019-06-06 to 2019-06-07] planned @ Turku {}"]
        ),
        ("Two men were arrested in Turku on Friday after a fight.", ["arrest: Two men arrested in Turku [2019-05-10] past @ Turku {}"]),
        (
            "Tomas Hale was sentenced to five years in prison on Monday.",
            ["verdict: Tomas Hale sentenced to five years in prison [2019-05-13] past {Tomas Hale patient}"]
        ),
        (
            "Mary Stone, the head of Nordbank, resigned on Tuesday.",
            ["resignation: Mary Stone resigns [2019-05-14] past {Mary Stone patient}"]
        ),
        (
            "Nordbank appointed Mary Stone as its chief executive on Monday.",
            ["appointment: Nordbank appoints Mary Stone as its chief executive [2019-05-13] past {Nordbank agent, Mary Stone patient}"]
        ),
        (
            "Vela Group acquired Nordbank in March 2018.",
            ["deal: Vela Group acquires Nordbank [2018-03] past {Vela Group agent, Nordbank patient}"]
        ),
        (
            "Rovers beat Albion 3-1 in the cup final on Saturday.",
            ["sport: Rovers beats Albion 3-1 in the cup final [2019-05-11] past {Rovers agent, Albion partner}"]
        ),
        (
            "An earthquake struck Norway early on Tuesday, and 12 people died in Oslo.",
            ["disaster: Earthquake in Norway [2019-05-14] past @ Norway {}", "death: 12 people die in Oslo [2019-05-14] past @ Oslo {}"]
        ),
        (
            "Norway’s war against Finland, which has been going on since May 2, 2017, goes on.",
            ["war: Norway’s war against Finland [2017-05-02] ongoing {Norway agent, Finland patient}"]
        ),
        ("Workers of the Harbour Union began a strike in Turku on Monday.", ["strike: Strike in Turku [2019-05-13] past @ Turku {}"]),
        (
            "Norway and Finland signed an agreement on fishing in Lake Ora on Tuesday.",
            [
                "agreement: Norway and Finland sign an agreement on fishing in Lake Ora [2019-05-14] past @ Lake Ora {Norway agent, Finland agent}"
            ]
        ),
        // Who undergoes it, and where it is.
        ("Berg’s death in 1998 shook Oslo.", ["death: Berg dies [1998] past {Berg patient}"]),
        ("Norway’s music festival began on Monday.", ["festival: Norway’s music festival [2019-05-13] past @ Norway {}"]),
        (
            "Albion’s Tomas Hale beat Finland's Mary Stone 6-1 6-2 in the final on Monday.",
            ["sport: Tomas Hale beats Finland's Mary Stone 6-1 6-2 in the final [2019-05-13] past {Tomas Hale agent, Mary Stone partner}"]
        ),
        (
            "A former adviser to President Tomas Hale was sentenced in Oslo on Wednesday.",
            ["verdict: Former adviser to President Tomas Hale sentenced in Oslo [2019-05-15] past @ Oslo {}"]
        ),
        (
            "Survivors of the bus accident that killed 35 people in Turku on Sunday left on Monday.",
            [
                "accident: Bus accident in Turku [2019-05-12] past @ Turku {}"
            ]
        ),
        ("Tomas Hale elected party leader", ["election: Tomas Hale elected party leader [] past {Tomas Hale patient}"]),
        (
            "Two Finnish men were killed and five others were injured in Turku on Sunday.",
            ["death: Two Finnish men killed [2019-05-12] past @ Turku {}"]
        ),
        ("Hurricane Lorenzo struck Norway on Tuesday.", ["disaster: Hurricane Lorenzo in Norway [2019-05-14] past @ Norway {}"]),
        (
            "In January Anna Berg took part in the talks of Norway, Finland and Albion.",
            ["meeting: Talks of Norway, Finland and Albion [2019-01] past {}"]
        ),
        // The backdrop has no date of its own.
        (
            "Nordbank sued Vela Group on Monday, four months after Norway invaded Finland.",
            [
                "trial: Nordbank sues Vela Group [2019-05-13] past {Nordbank agent, Vela Group patient}",
                "war: Norway invades Finland [] past {Norway agent, Finland patient}",
            ]
        ),
        (
            "On Monday Nordbank told all of its many owners in writing about the summit in Oslo.",
            ["conference: Summit in Oslo [] past @ Oslo {}"]
        ),
        // Words that are something else here.
        ("Berg told the Flood Response team in Turku on Monday of her house.", []), ("Rovers got a shot in the arm from Oslo in 2018.", []),
        ("Berg was met with questions in Oslo on Monday.", []), ("Hale spoke of a murder case in Oslo on Monday.", []),
        ("Riots erupted across Oslo in May 2017.", ["protest: Riots in Oslo [2017-05] past @ Oslo {}"]),
        (
            "Speaking to people in Oslo for an hour, Berg lamented Norway's war against Finland.",
            ["war: Norway’s war against Finland [] past {Norway agent, Finland patient}"]
        ),
        (
            "On Monday the visit of Norway President Anna Berg to Turku began.",
            ["visit: Visit of Norway President Anna Berg to Turku [2019-05-13] past @ Turku {Anna Berg participant}"]
        ),
        ("Berg added three sentences on Monday in Oslo.", []), ("Of the elected officials Berg was the first in 2012.", []),
        ("The film was shot in Oslo in 2017.", []), ("Hale suffered a cardiac arrest on Monday in Oslo.", []),
        ("Berg opened a World War museum in Oslo in 2017.", []), ("Hale attacked Berg's plan in Oslo on Monday.", []),
        ("Nordbank was unable to reach an agreement with Vela on Monday.", []), ("Nordbank cancelled the deal with Vela on Monday.", []),
        ("Claims of fraud were dismissed as a stunt by Hale on Monday.", []),
        ("The film was nominated for three prizes in Oslo on Monday.", []),
        // What did not happen, may never, or is only spoken of.
        ("Anna Berg did not visit Oslo on Monday.", []), ("Anna Berg could visit Oslo on Monday.", []),
        ("“Hale visited Oslo on Monday and met everybody there,” said Berg.", []),
        ("He fears an attack on Oslo.", []), ("The meeting was long.", []), ("She marched in March.", []),
    ])
    func tellsWhatHappened(body: String, expected: [String]) {
        #expect(Self.read(body) == expected)
    }

    @Test func headlinesInCapitalsMakeCalmTitles() {
        let (events, _) = Self.events("NORDBANK APPOINTS MARY STONE AS CHIEF", "")
        #expect(events.map(\.title) == ["Nordbank appoints Mary Stone as chief"])
    }

    @Test func whatHasNoNameIsNotTold() {
        let told = "Berg spoke. Hale spoke. Stone spoke. "
        #expect(Self.read(told + "The annual meeting was on May 1.").isEmpty)
        #expect(Self.read(told + "Two people were killed on May 1.").isEmpty)
    }

    @Test func whatIsToldTwiceIsOneEvent() throws {
        let body = """
            Anna Berg made a visit to Oslo on Monday. Berg met with Tomas Hale in Oslo.

            The visit had been kept secret. Berg arrived in Oslo on Monday by train.

            On Friday she will meet Mary Stone in Turku.
            """
        let (events, mentions) = Self.events("Berg in Oslo", body)
        #expect(events.count == 2)
        let visit = try #require(events.first)
        #expect(visit.evidence.count == 4 && visit.participants.map { mentions[$0.mention].text } == ["Anna Berg", "Tomas Hale"])
        #expect(visit.confidence > 0.9 && visit.evidence.allSatisfy { $0.field == .body })
        #expect(body.cut(visit.evidence[0]) == "Anna Berg made a visit to Oslo on Monday.")
        #expect(events.last?.status == .planned && events.last?.start?.text == "2019-05-17")
    }

    @Test func theHeadlineAndTheBodyTellTheSame() {
        let read = Self.read("Mary Stone of Nordbank resigned on Tuesday in Oslo.", headline: "Mary Stone resigns")
        #expect(read == ["resignation: Mary Stone resigns [2019-05-14] past @ Oslo {Mary Stone patient}"])
    }

    @Test func nothingBreaksIt() {
        var texts = Hostile.kinds.map { $0.make(20_000) }
        var chance = Chance(seed: 11)
        for _ in 0..<2_000 { texts.append(Hostile.mixture(&chance, pieces: 50)) }
        for text in texts {
            let cut = TokenizedText(text)
            let mentions = cut.mentions("place Kyiv; person May|Monday; other I; organization U.S.")
            let dates = DateReader(published: Self.published).dates(in: cut)
            let events = Reading.events(in: [(.body, cut)], mentions: mentions, dates: dates, today: CalendarDay(days: Self.published.day))
            #expect(events.count <= Limits.events)
            for event in events.prefix(20) {
                #expect(!event.title.isEmpty && (0...1).contains(event.confidence))
                #expect(event.evidence.allSatisfy { text.cut($0) != "out of bounds" })
                if let start = event.start, let end = event.end { #expect(start.earliest <= end.earliest) }
            }
        }
    }
}
