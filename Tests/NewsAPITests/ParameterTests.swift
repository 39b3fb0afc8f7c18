import Foundation
import JSON
import News
import NewsAPI
import Testing

struct ParameterTests {
    /// Each names the parameter that is at fault, and says how.
    @Test(arguments: [
        ("/articles?foo=1", "foo", "unknown-parameter"), ("/articles?q=a&q=b", "q", "repeated-parameter"),
        ("/articles?limit=5&limit=5", "limit", "repeated-parameter"),
        ("/articles?limit=0", "limit", "bad-parameter"), ("/articles?limit=201", "limit", "bad-parameter"),
        ("/articles?limit=", "limit", "bad-parameter"), ("/articles?limit=%2B5", "limit", "bad-parameter"),
        ("/articles?limit=5.0", "limit", "bad-parameter"), ("/articles?limit=99999999999999999999", "limit", "bad-parameter"),
        ("/articles?sort=up", "sort", "bad-parameter"), ("/articles?sort=--published", "sort", "bad-parameter"),
        ("/articles?date=indexe", "date", "bad-parameter"), ("/articles?from=soon", "from", "bad-date"),
        ("/articles?from=", "from", "bad-date"), ("/articles?to=2023-02-30", "to", "bad-date"), ("/articles?from=-3x", "from", "bad-date"),
        ("/articles?from=-d", "from", "bad-date"), ("/articles?from=--3d", "from", "bad-date"),
        ("/articles?from=-%2B3d", "from", "bad-date"), ("/articles?from=-100001d", "from", "bad-date"),
        ("/articles?from=3d", "from", "bad-date"),
        ("/articles?from=-9223372036854775808y", "from", "bad-date"), ("/articles?to=2023-11-20T10:00", "to", "bad-date"),
        ("/articles?source=", "source", "bad-parameter"), ("/articles?source=-", "source", "bad-parameter"),
        ("/articles?keyword=,,", "keyword", "bad-parameter"), ("/articles?q=%21%3F", "q", "empty-query"),
        ("/articles?cursor=", "cursor", "bad-cursor"), ("/articles?cursor=AAAA", "cursor", "bad-cursor"),
        ("/articles?status=live", "status", "bad-parameter"),
        ("/articles?status=usable,live", "status", "bad-parameter"), ("/entities?type=dog", "type", "bad-parameter"),
        ("/entities?type=", "type", "bad-parameter"), ("/entities?sort=start", "sort", "bad-parameter"),
        ("/entities?q=%21", "q", "bad-parameter"),
        ("/events?status=over", "status", "bad-parameter"), ("/events?entity=-a", "entity", "bad-parameter"),
        ("/events?kind=,", "kind", "bad-parameter"), ("/events?min_sources=-1", "min_sources", "bad-parameter"),
        ("/events?min_confidence=1.1", "min_confidence", "bad-parameter"),
        ("/events?min_confidence=0x1p-1", "min_confidence", "bad-parameter"),
        ("/events?min_confidence=nan", "min_confidence", "bad-parameter"), ("/events?min_confidence=.5", "min_confidence", "bad-parameter"),
        ("/articles?q=oil%20%22", "q", "unbalanced-quote"), ("/articles?q=-a", "q", "only-negations"),
        ("/articles?q=colour:red", "q", "unknown-field"), ("/articles?sort=relevance", "sort", "bad-parameter"),
        ("/articles?q=a&sort=-relevance", "sort", "bad-parameter"), ("/articles?explain=1", "explain", "bad-parameter"),
        ("/articles?highlight=", "highlight", "bad-parameter"), ("/articles?facet=colour", "facet", "bad-parameter"),
        ("/articles?facet=source,", "facet", "bad-parameter"), ("/articles?facetLimit=0", "facetLimit", "bad-parameter"),
        ("/articles?facetLimit=1001", "facetLimit", "bad-parameter"), ("/articles?timeline=minute", "timeline", "bad-parameter"),
        ("/articles?timeline=day&zone=2", "zone", "bad-parameter"), ("/timeline?zone=%2B24:00", "zone", "bad-parameter"),
        ("/timeline?zone=%2B0200", "zone", "bad-parameter"), ("/timeline?zone=%2B02:60", "zone", "bad-parameter"),
        ("/timeline?zone=%2B0x:00", "zone", "bad-parameter"), ("/timeline?timeline=day", "timeline", "unknown-parameter"),
        ("/timeline?interval=days", "interval", "bad-parameter"), ("/timeline?limit=5", "limit", "unknown-parameter"),
        ("/facets?sort=published", "sort", "unknown-parameter"), ("/facets?q=(", "q", "unbalanced-parenthesis"),
        ("/entities/suggest", "prefix", "bad-parameter"), ("/entities/suggest?prefix=%20", "prefix", "bad-parameter"),
        ("/entities/suggest?prefix=a&limit=51", "limit", "bad-parameter"), ("/entities/suggest?prefix=a&type=dog", "type", "bad-parameter"),
        ("/changes?since=-1", "since", "bad-parameter"),
        ("/changes?since=9223372036854775808", "since", "bad-parameter"), ("/changes?limit=1001", "limit", "bad-parameter"),
    ])
    func faults(_ target: String, parameter: String, code: String) async throws {
        let answer = try await Client().get(target)
        #expect(answer.status == 400 && answer.fault == [parameter, code], "\(target): \(String(decoding: answer.body, as: UTF8.self))")
        #expect(answer["type"]?.text == "urn:dateline:problem:invalid-parameter")
    }

    @Test(arguments: [
        "/articles?q=%", "/articles?q=%zz", "/articles?%FF=1", "/articles?q=%C3", "/articles?" + String(repeating: "source=a&", count: 300),
    ])
    func queriesThatCannotBeRead(_ target: String) async throws {
        let answer = try await Client().get(target)
        #expect(answer.status == 400 && answer["type"]?.text == "urn:dateline:problem:invalid-parameter", "\(target)")
    }

    @Test(arguments: [
        "/articles", "/articles?", "/articles?q=", "/articles?&&",
        "/articles?q=a+b&source=Wire,AP&source=-x&from=2023&to=-1h&limit=200&sort=-updated&date=indexed",
        "/articles?status=usable,withheld&status=-canceled",
        "/articles?from=-100000y&to=9999-12-31", "/articles?from=2023-11-20T10:00:00%2B02:00",
        "/articles?q=oil&sort=relevance&explain=true&highlight=true&facet=source,entity,source&facetLimit=1000&timeline=week&zone=-03:30",
        "/articles?explain=false&timeline=year&zone=Z", "/entities/suggest?prefix=Kyi&type=person,place&limit=50",
        "/entities?type=person,place&sort=-lastSeen&q=Kyi",
        "/events?status=past&min_sources=2&min_confidence=0.5&sort=title&kind=visit,talk", "/changes?since=9223372036854775807&limit=1000",
    ])
    func good(_ target: String) async throws {
        let answer = try await Client().get(target)
        #expect(answer.status == 200 && answer.listed.isEmpty, "\(String(decoding: answer.body, as: UTF8.self))")
    }

    /// Articles of 1 h, 2 d, 3 w, 4 m and 5 y ago, found by spans before now and by dates.
    @Test func times() async throws {
        let client = try Client()
        let hours = [("hour", 1), ("days", 48), ("weeks", 504), ("months", 2_880), ("years", 43_800)]
        for (name, ago) in hours {
            let time = Instant(milliseconds: Int64(Date().timeIntervalSince1970 * 1_000) - Int64(ago) * 3_600_000)
            #expect(await client.ask(.post, "/articles", #"{"headline":"\#(name)","published":"\#(time)"}"#).status == 201)
        }
        let names = hours.map(\.0)
        for (query, count) in [
            ("from=-2h", 1), ("from=-3d", 2), ("from=-4w", 3), ("from=-5m", 4), ("from=-6y", 5), ("from=-0h", 0), ("from=now", 0),
        ] {
            #expect(await client.get("/articles?\(query)").listed == Array(names.prefix(count)), "\(query)")
            #expect(
                await client.get("/articles?\(query.replacing("from", with: "to"))").listed == Array(names.dropFirst(count)), "\(query)")
        }
        for (time, name) in [("2020-02-29T12:00:00Z", "leap"), ("2020-03-01T00:00:00Z", "march"), ("2019-12-31T23:59:59.999Z", "eve")] {
            #expect(await client.ask(.post, "/articles", #"{"headline":"\#(name)","published":"\#(time)","section":"old"}"#).status == 201)
        }
        for (query, found) in [
            ("from=2020&to=2020", ["march", "leap"]), ("to=2019", ["eve"]), ("to=2020-02", ["leap", "eve"]),
            ("from=2020-02-29&to=2020-02-29", ["leap"]), ("from=2020-03", ["march"]),
            ("from=2020-02-29T12:00:00Z&to=2020-02-29T12:00:00.001Z", ["leap"]), ("to=2020-02-29T12:00:00Z", ["eve"]),
            ("from=2020-02-29T12:00:00.001Z", ["march"]),
            ("to=2020-03-01T01:00:00%2B02:00", ["leap", "eve"]),
        ] {
            #expect(await client.get("/articles?section=old&\(query)").listed == found, "\(query)")
        }
    }
}
