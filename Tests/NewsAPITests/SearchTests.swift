import Foundation
import HTTPTypes
import JSON
import News
import NewsAPI
import NewsIndex
import Testing

/// What a newsroom asks of its articles.
struct SearchTests {
    /// Five articles about oil, and one that is not.
    static func client(queryTimeout: Duration = .seconds(60)) async throws -> Client {
        let client = try Client(queryTimeout: queryTimeout)
        let lines = [
            ("Oil price rises", "The price of oil rose. Oil is dear.", "2023-11-20T23:30:00Z", "Wire", "Opec"),
            ("Ministers meet", "They spoke of oil, of gas and of much else besides.", "2023-11-21T10:00:00Z", "Do Rzeczy", "Opec"),
            ("Gas", "Gas flows. Prices of oil fall.", "2023-11-21T11:00:00Z", "wire", "Gazprom"),
            ("Oil", "Barrels.", "2023-12-24T00:00:00Z", "Wire", "Opec"),
            ("Energy", "An oil price of sorts, in Kyiv.", "2024-01-01T00:00:00Z", "Wire", "Kyiv"),
            ("Football", "A match was played.", "2023-11-21T12:00:00Z", "Wire", "Kyiv"),
        ]
        for (headline, body, published, source, entity) in lines {
            let type = entity == "Kyiv" ? "place" : "organization"
            let article =
                #"{"headline":"\#(headline)","body":"\#(body)","published":"\#(published)","language":"en","source":{"name":"\#(source)"},"#
                + #""entities":[{"name":"\#(entity)","type":"\#(type)"},{"name":"Reader","type":"person"}]}"#
            #expect(await client.ask(.post, "/articles", article).status == 201)
        }
        return client
    }

    @Test func whatAnswersBestComesFirst() async throws {
        let client = try await Self.client()
        let answer = await client.get("/articles?q=oil+price")
        #expect(answer.listed == ["Oil price rises", "Energy", "Gas"] && answer.total == "3", "\(answer.listed)")
        #expect(await client.get("/articles?q=oil+price&sort=relevance").listed == answer.listed)
        #expect(await client.get("/articles?q=oil+price&sort=-published").listed == ["Energy", "Gas", "Oil price rises"])
        #expect(await client.get("/articles?q=%22oil+price%22").listed == ["Oil price rises", "Energy"])
        #expect(await client.get("/articles?q=headline:oil+-price").listed == ["Oil"])
        #expect(await client.get("/articles?q=near(1,+gas+oil)").listed.contains("Ministers meet"))
        // A field of q takes names as the parameter does.
        #expect(await client.get("/articles?q=entity:kyiv").total == "2")
        #expect(await client.get("/articles?q=entity:KYIV+AND+oil").listed == ["Energy"])
    }

    @Test func articlesAreFoundByTheTimesThatTheyName() async throws {
        let client = try await Self.client()
        for (headline, dates) in [
            ("day", #""2023-11-20""#), ("month", #""2023-11""#), ("year", #""2023","2024-02-01""#), ("week", #""2023-11-27/2023-12-03""#),
        ] {
            let article =
                #"{"headline":"\#(headline)","published":"2024-03-01T00:00:00Z","reading":{"version":1,"dates":[\#(dates)]}}"#
            #expect(await client.ask(.post, "/articles", article).status == 201)
        }
        func found(_ query: String) async -> [String] { await client.get("/articles?date=mentioned&" + query).listed.sorted() }
        #expect(await found("from=2023-11-20&to=2023-11-20") == ["day"])
        #expect(await found("from=2023-11-01&to=2023-11-30") == ["day", "month"])
        #expect(await found("from=2023-11-02&to=2023-12-02") == ["day"])
        #expect(await found("from=2023-11-02&to=2023-12-03") == ["day", "week"])
        #expect(await found("to=2023-12-31") == ["day", "month", "week", "year"])
        #expect(await found("from=2024-01-01") == ["year"])
        #expect(await found("from=2025-01-01") == [])
        #expect(await found("from=2024-01-02&to=2024-01-01") == [])
        // Without either, the dates say nothing.
        #expect(await found("source=wire&q=football") == ["Football"])
        #expect(await client.get("/articles?date=mention&from=2023-11-20").status == 400)
    }

    @Test func aScoreIsTheSumOfWhatItsWordsAdd() async throws {
        let client = try await Self.client()
        let answer = await client.get("/articles?q=oil+price&explain=true")
        let items = answer["data"]?.items ?? []
        #expect(items.count == 3)
        var last = Double.infinity
        for item in items {
            let explanation = try #require(item["explanation"])
            let score = try #require(explanation["score"]?.double)
            let words = explanation["words"]?.items ?? []
            #expect(words.compactMap { $0["word"]?.text } == ["oil", "price"])
            #expect(abs(words.compactMap { $0["score"]?.double }.reduce(0, +) - score) < 0.001 * score)
            #expect(score > 0 && score <= last)
            last = score
            #expect(explanation["bodyLength"]?.double ?? 0 > 0)
        }
        #expect(items[0]["explanation"]?["headlineLength"]?.text == "3")
        #expect(items[2]["explanation"]?["words"]?.items[1]["bodyVariants"]?.text == "1", "prices for price")
        #expect(await client.get("/articles?q=oil")["data"]?.items[0]["explanation"] == nil)
    }

    /// Every match is where it says, in the field as it is served.
    @Test func fragmentsShowWhatMatched() async throws {
        let client = try Client()
        let body =
            String(repeating: "Größe und Länge. 😀 ", count: 40) + "Der Ölpreis steigt; Ölpreise überall. "
            + String(repeating: "Ende. ", count: 60)
        #expect(
            await client.ask(.post, "/articles", #"{"headline":"Ölpreis","body":"\#(body)","language":"de"}"#).status == 201)
        let answer = await client.get("/articles?q=%C3%B6lpreis&highlight=true")
        let article = try #require(answer["data"]?.items.first)
        #expect(article["highlight"]?["headline"]?.items.first?["text"]?.text == "Ölpreis")
        let fragments = article["highlight"]?["body"]?.items ?? []
        #expect(!fragments.isEmpty)
        let scalars = Array(try #require(article["body"]?.text).unicodeScalars)
        func slice(_ part: JSONValue) throws -> String {
            let (offset, length) = (try #require(part["offset"]?.int), try #require(part["length"]?.int))
            return String(String.UnicodeScalarView(scalars[offset..<offset + length]))
        }
        for fragment in fragments {
            #expect(try slice(fragment) == fragment["text"]?.text)
            for match in fragment["matches"]?.items ?? [] { #expect(try slice(match).hasPrefix("Ölpreis")) }
        }
        #expect(fragments.flatMap { $0["matches"]?.items ?? [] }.count == 2)
        // Without words there is nothing to show.
        #expect(await client.get("/articles?highlight=true")["data"]?.items.first?["highlight"]?.members.isEmpty == true)
    }

    @Test func valuesAreCountedExactly() async throws {
        let client = try await Self.client()
        let answer = await client.get("/articles?q=oil&facet=source,entity,entityType,language&limit=1")
        #expect(answer.total == "5")
        func counts(_ answer: Answer, _ field: String) -> [String] {
            (answer["facets", field]?.items ?? []).map {
                "\($0["value"]?.text ?? "") \($0["name"]?.text ?? "-") \($0["count"]?.text ?? "")"
            }
        }
        #expect(counts(answer, "source") == ["wire Wire 4", "do rzeczy Do Rzeczy 1"])
        #expect(counts(answer, "entity") == ["reader Reader 5", "opec Opec 3", "gazprom Gazprom 1", "kyiv Kyiv 1"])
        #expect(counts(answer, "entityType") == ["person - 5", "organization - 4", "place - 1"])
        #expect(counts(answer, "language") == ["en - 5"])
        #expect(answer["facets", "entity"]?.items.first?["type"]?.text == "person")
        let alone = await client.get("/facets?q=oil&facetLimit=1")
        #expect(alone["total"]?.text == "5" && alone["facets"]?.members.count == 8)
        #expect(counts(alone, "source") == ["wire Wire 4"])
        // A value that was told is a filter that finds as many.
        #expect(await client.get("/articles?q=oil&source=do+rzeczy").total == "1")
        // An entity of another type is counted as that.
        #expect(await client.ask(.patch, "/entities/kyiv", #"{"type":"other"}"#).status == 200)
        #expect(counts(await client.get("/facets?facet=entityType"), "entityType").contains("other - 2"))
    }

    @Test func timeIsCountedByIntervals() async throws {
        let client = try await Self.client()
        func counts(_ answer: Answer) -> [String] {
            (answer["timeline"]?.items ?? []).map { item in
                ["start", "label", "count", "all"].compactMap { item[$0]?.text }.joined(separator: " ")
            }
        }
        let months = await client.get("/timeline?q=oil&interval=month")
        #expect(months["total"]?.text == "5" && months["interval"]?.text == "month")
        #expect(counts(months) == ["2023-11-01 2023-11 3 4", "2023-12-01 2023-12 1 1", "2024-01-01 2024-01 1 1"])
        #expect(months["timeline"]?.items[0]["share"]?.text == "0.75")
        let days = await client.get("/timeline?q=oil&to=2023-11-30")
        #expect(counts(days) == ["2023-11-20 2023-11-20 1 1", "2023-11-21 2023-11-21 2 3"])
        #expect(counts(await client.get("/timeline?to=2023-11-30&zone=%2B02:00")) == ["2023-11-21 2023-11-21 4 4"])
        #expect(counts(await client.get("/timeline?to=2023-11-30&zone=+02:00")) == ["2023-11-21 2023-11-21 4 4"])
        let beside = await client.get("/articles?q=oil&timeline=year&limit=1")
        #expect(counts(beside) == ["2023-01-01 2023 4", "2024-01-01 2024 1"] && beside.listed.count == 1)
        #expect(counts(await client.get("/articles?to=2023-11-20&timeline=hour")) == ["2023-11-20T23:00:00Z 2023-11-20T23:00Z 1"])
        #expect(counts(await client.get("/articles?to=2023-11-20&timeline=week")) == ["2023-11-20 2023-W47 1"])
        #expect(counts(await client.get("/entities/gazprom/timeline?interval=year")) == ["2023-01-01 2023 1 5"])
        #expect(await client.get("/entities/nobody/timeline").status == 404)
        #expect(counts(await client.get("/timeline?q=nothing")) == [])
        #expect(await client.ask(.post, "/articles", #"{"headline":"oil","published":"0001-01-01T00:00:00Z"}"#).status == 201)
        #expect(await client.get("/timeline?q=oil&interval=hour").fault == ["interval", "too-many-intervals"])
        #expect(await client.get("/articles?q=oil&timeline=day").fault == ["timeline", "too-many-intervals"])
        #expect(counts(await client.get("/timeline?q=oil&interval=year")).count == 2_024)
    }

    @Test func namesAreFoundAsOneTypes() async throws {
        let client = try await Self.client()
        #expect(await client.get("/entities/suggest?prefix=o").listed == ["Opec"])
        #expect(await client.get("/entities/suggest?prefix=K").listed == ["Kyiv"])
        #expect(await client.get("/entities/suggest?prefix=k&type=person").listed == [])
        let typo = await client.get("/entities/suggest?prefix=gazpron")
        #expect(typo.listed == ["Gazprom"] && typo["data"]?.items[0]["typo"] == .boolean(true))
        #expect(await client.ask(.patch, "/entities/kyiv", #"{"name":"Kyjiw","aliases":["Kiew"]}"#).status == 200)
        let alias = await client.get("/entities/suggest?prefix=kie")
        #expect(alias.listed == ["Kyjiw"] && alias["data"]?.items[0]["found"]?.text == "Kiew")
        #expect(await client.get("/entities/suggest?prefix=kyiv").listed == [])
        #expect(await client.ask(.delete, "/entities/kyiv").status == 204)
        #expect(await client.get("/entities/suggest?prefix=ky").listed == [])
        // An index of the same records says the same.
        #expect(client.room.snapshot.index.suggest("re", limit: 5).map(\.name) == ["Reader"])
    }

    @Test func companionsAndTheAlike() async throws {
        let client = try await Self.client()
        // In every article, and so nobody's companion.
        #expect(await client.get("/entities/opec/related").listed == [])
        for _ in 0..<3 {
            #expect(
                await client.ask(
                    .post, "/articles",
                    #"{"headline":"Oil ministers of Opec meet in Vienna","entities":[{"name":"Opec"},{"name":"Vienna"}]}"#
                ).status == 201)
        }
        let related = await client.get("/entities/vienna/related")
        #expect(related.listed == ["Opec"] && related["data"]?.items[0]["together"]?.text == "3")
        #expect(await client.get("/entities/vienna/related?type=place").listed == [])
        #expect(await client.get("/entities/nobody/related").status == 404)

        let list = await client.get("/articles?q=%22oil+ministers%22")
        let id = try #require(list["data"]?.items.first?["id"]?.text)
        let similar = await client.get("/articles/\(id)/similar")
        #expect(similar.listed.prefix(2) == ["Oil ministers of Opec meet in Vienna", "Oil ministers of Opec meet in Vienna"])
        #expect(similar.listed.contains("Ministers meet") && !similar.listed.contains("Football"))
        #expect(await client.get("/articles/\(id)/similar?source=do+rzeczy").listed == ["Ministers meet"])
        #expect(await client.get("/articles/\(id)/similar?q=a").fault == ["q", "unknown-parameter"])
        #expect(!(similar["data"]?.items ?? []).contains { $0["id"]?.text == id })
        #expect(await client.get("/articles/\(id)/similar?limit=1").listed.count == 1)
        #expect(await client.get("/articles/0190a5e4-0000-7000-8000-000000000000/similar").status == 404)
        #expect(await client.ask(.delete, "/articles/\(id)").status == 204)
        #expect(await client.get("/articles/\(id)/similar").status == 410)
    }

    @Test func whatWasProbablyMeant() async throws {
        let client = try await Self.client()
        let answer = await client.get("/articles?q=ministrs+oil")
        #expect(answer.listed == [] && answer["suggestion"]?.text == "ministers oil")
        #expect(await client.get("/articles?q=minister")["suggestion"] == nil)
        // Nothing to say where what is near would find nothing either.
        #expect(await client.get("/articles?q=footbal+oil")["suggestion"] == nil)
        #expect(await client.get("/articles?q=xylophone")["suggestion"] == nil)
    }

    @Test func pagesByRelevanceStayTheSameWhileArticlesArrive() async throws {
        let client = try Client()
        for number in 0..<30 {
            let body = String(repeating: "oil ", count: number % 7 + 1) + String(repeating: "gas ", count: number % 5)
            #expect(await client.ask(.post, "/articles", #"{"headline":"Item \#(number)","body":"\#(body)"}"#).status == 201)
        }
        let whole = await client.get("/articles?q=oil+OR+gas&limit=200").listed
        #expect(whole.count == 30)
        var seen: [String] = []
        var target: String? = "/articles?q=oil+OR+gas&limit=4"
        while let here = target {
            let answer = await client.get(here)
            #expect(answer.status == 200 && answer.total == "30")
            seen += answer.listed
            target = answer.next
            #expect(await client.ask(.post, "/articles", #"{"headline":"More gas","body":"gas gas gas gas"}"#).status == 201)
        }
        #expect(seen == whole)
    }
}

extension JSONValue {
    var items: [JSONValue] { if case .array(let items) = self { items } else { [] } }
    var members: [String] { if case .object(let members) = self { members.map(\.0) } else { [] } }
    var double: Double? { text.flatMap(Double.init) }
    var int: Int? { text.flatMap { Int($0) } }
}
