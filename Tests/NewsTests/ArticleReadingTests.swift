import Foundation
import JSON
import News
import TestSupport
import Testing

func readArticle(_ json: some Collection<UInt8>) throws(JSONError) -> Article {
    var reader = JSONReader(Array(json))
    let article = try Article(from: &reader)
    try reader.finish()
    return article
}

func written(_ article: Article, withFacts: Bool = false) -> [UInt8] {
    var writer = JSONWriter()
    article.write(to: &writer, withFacts: withFacts)
    return writer.bytes
}

func fault<Value>(_ body: () throws(JSONError) -> Value) -> JSONError? {
    do throws(JSONError) { _ = try body() } catch { return error }
    return nil
}

struct ArticleReadingTests {
    static let entities = (0..<6).map { Entity(id: "entity-\($0)", kind: Entity.Kind.allCases[$0 % 5], name: "Entity \($0)") }
    static let events = (0..<4).map {
        Event(id: "event-\($0)", title: "Event \($0)", kind: $0 == 0 ? nil : "visit", start: EventDate("2023-11-2\($0)"))
    }

    @Test(arguments: 0..<4 as Range<UInt64>)
    func whatIsWrittenIsReadBack(_ seed: UInt64) throws {
        var chance = Chance(seed: seed)
        for _ in 0..<500 {
            let article = chance.article(entities: ArticleReadingTests.entities, events: ArticleReadingTests.events)
            let json = written(article)
            let back = try readArticle(json)
            #expect(back == article, "seed \(seed): \(String(decoding: json, as: UTF8.self))")
            #expect(written(back) == json, "seed \(seed)")
        }
    }

    /// Each with the pointer to the fault and its code.
    @Test(arguments: [
        ("{}", "/headline", JSONError.Code.missingField), ("[]", "", .wrongType), ("null", "", .wrongType),
        (#"{"headline":null,"body":""}"#, "/headline", .missingField),
        (#"{"headline":1}"#, "/headline", .wrongType), (#"{"headline":"x","title":"y"}"#, "/title", .unknownField),
        (#"{"headline":"x","headline":"y"}"#, "/headline", .duplicateField), (#"{"headline":"x","id":"7"}"#, "/id", .badValue),
        (#"{"headline":"x","uri":"no scheme"}"#, "/uri", .badValue), (#"{"headline":"x","uri":"/a"}"#, "/uri", .badValue),
        (#"{"headline":"x","uri":"1a:b"}"#, "/uri", .badValue),
        (#"{"headline":"x","uri":"a b:c"}"#, "/uri", .badValue), (#"{"headline":"x","uri":"a/b:c"}"#, "/uri", .badValue),
        (#"{"headline":"x","url":"é:c"}"#, "/url", .badValue),
        (#"{"headline":"x","version":"1"}"#, "/version", .wrongType), (#"{"headline":"x","version":-1}"#, "/version", .badValue),
        (#"{"headline":"x","version":9223372036854775807}"#, "/version", .badValue),
        (#"{"headline":"x","contentType":"text/xml"}"#, "/contentType", .badValue),
        (#"{"headline":"x","language":"e"}"#, "/language", .badValue), (#"{"headline":"x","language":"en_GB"}"#, "/language", .badValue),
        (#"{"headline":"x","status":"live"}"#, "/status", .badValue), (#"{"headline":"x","source":{}}"#, "/source/name", .missingField),
        (#"{"headline":"x","source":{"name":"a","id":1}}"#, "/source/id", .unknownField),
        (#"{"headline":"x","source":7}"#, "/source", .wrongType), (#"{"headline":"x","source":"Wire"}"#, "/source", .wrongType),
        (#"{"headline":"x","authors":"a"}"#, "/authors", .wrongType), (#"{"headline":"x","authors":["a",""]}"#, "/authors/1", .badValue),
        (#"{"headline":"x","keywords":["a",null]}"#, "/keywords/1", .wrongType),
        (#"{"headline":"x","published":"now"}"#, "/published", .badDate),
        (#"{"headline":"x","updated":"2023-02-29"}"#, "/updated", .badDate), (#"{"headline":"x","indexed":null}"#, "/indexed", .wrongType),
        (#"{"headline":"x","published":"0001-01-01T00:00:00+01:00"}"#, "/published", .badDate),
        (#"{"headline":"x","entities":[{}]}"#, "/entities/0/name", .missingField),
        (#"{"headline":"x","entities":[{"id":"A"}]}"#, "/entities/0/id", .badValue),
        (#"{"headline":"x","entities":[{"name":"a","type":"dog"}]}"#, "/entities/0/type", .badValue),
        (#"{"headline":"x","entities":[{"name":"a"},{"name":"b","x":1}]}"#, "/entities/1/x", .unknownField),
        (#"{"headline":"x","entities":[{"name":"a","count":-1}]}"#, "/entities/0/count", .badValue),
        (#"{"headline":"x","entities":[{"name":"a","prominence":1.1}]}"#, "/entities/0/prominence", .badValue),
        (
            #"{"headline":"x","entities":[{"name":"a","mentions":[{"field":"head","offset":0,"length":1}]}]}"#,
            "/entities/0/mentions/0/field", .badValue
        ),
        (#"{"headline":"x","entities":[{"name":"a","mentions":[{"offset":0}]}]}"#, "/entities/0/mentions/0/length", .missingField),
        (
            #"{"headline":"x","entities":[{"name":"a","mentions":[{"field":"headline","offset":0,"length":2}]}]}"#,
            "/entities/0/mentions/0", .badValue
        ),
        (
            #"{"headline":"x","entities":[{"name":"a","mentions":[{"field":"body","offset":0,"length":1}]}]}"#, "/entities/0/mentions/0",
            .badValue
        ),
        (
            #"{"headline":"😀","entities":[{"name":"a","mentions":[{"field":"headline","offset":1,"length":1}]}]}"#,
            "/entities/0/mentions/0", .badValue
        ),
        (
            #"{"headline":"x","entities":[{"name":"a","mentions":[{"field":"headline","offset":9223372036854775807,"length":1}]}]}"#,
            "/entities/0/mentions/0/offset", .badValue
        ),
        (
            #"{"headline":"x","entities":[{"name":"a","location":{"type":"Point","coordinates":[181,0]}}]}"#,
            "/entities/0/location/coordinates", .badValue
        ),
        (
            #"{"headline":"x","entities":[{"name":"a","location":{"type":"Point","coordinates":[1]}}]}"#,
            "/entities/0/location/coordinates", .badValue
        ),
        (#"{"headline":"x","entities":[{"name":"a","location":{"type":"Line"}}]}"#, "/entities/0/location/type", .badValue),
        (#"{"headline":"x","entities":[{"name":"a","location":{"type":"Point"}}]}"#, "/entities/0/location", .missingField),
        (#"{"headline":"x","events":[{}]}"#, "/events/0/title", .missingField),
        (#"{"headline":"x","events":[{"title":"a","start":"soon"}]}"#, "/events/0/start", .badDate),
        (#"{"headline":"x","events":[{"title":"a","start":"2023","end":"2022"}]}"#, "/events/0/end", .badDate),
        (#"{"headline":"x","events":[{"id":"a","title":"a","start":"2023","end":"2022"}]}"#, "/events/0/end", .badDate),
        (#"{"headline":"x","events":[{"title":"a","participants":[{"role":"b"}]}]}"#, "/events/0/participants/0/id", .missingField),
        (#"{"headline":"x","events":[{"title":"a","confidence":2}]}"#, "/events/0/confidence", .badValue),
        (#"{"headline":"x","events":[{"title":"a","precision":"hour"}]}"#, "/events/0/precision", .badValue),
        (
            #"{"headline":"x","events":[{"title":"a","evidence":{"field":"headline","offset":1,"length":1}}]}"#, "/events/0/evidence",
            .badValue
        ),
        (#"{"headline":"x","quotes":[{}]}"#, "/quotes/0/text", .missingField),
        (#"{"headline":"x","quotes":[{"text":"a","offset":0}]}"#, "/quotes/0", .badValue),
        (#"{"headline":"x","quotes":[{"text":"a","field":"headline","offset":0,"length":2}]}"#, "/quotes/0", .badValue),
        (#"{"headline":"x","quotes":[{"text":"a","speaker":{}}]}"#, "/quotes/0/speaker/id", .missingField),
    ])
    func faults(_ text: String, pointer: String, code: JSONError.Code) {
        let error = fault { () throws(JSONError) in try readArticle(text.utf8) }
        #expect(error?.pointer == pointer && error?.code == code, "\(text): \(String(describing: error))")
    }

    @Test func lengths() {
        func article(_ field: String, _ count: Int, _ scalar: String = "é") -> [UInt8] {
            Array(#"{"headline":"x","\#(field)":"\#(String(repeating: scalar, count: count))"}"#.utf8)
        }
        for (field, limit) in [("summary", Limits.text), ("byline", Limits.name), ("section", Limits.word)] {
            #expect(fault { () throws(JSONError) in try readArticle(article(field, limit)) } == nil)
            let error = fault { () throws(JSONError) in try readArticle(article(field, limit + 1)) }
            #expect(error?.code == .tooLong && error?.pointer == "/\(field)")
        }
        let keywords = (0...Limits.keywords).map { "\"\($0)\"" }.joined(separator: ",")
        let error = fault { () throws(JSONError) in try readArticle(#"{"headline":"x","keywords":[\#(keywords)]}"#.utf8) }
        #expect(error?.code == .tooLong && error?.pointer == "/keywords/\(Limits.keywords)")
    }

    /// Null and blank are the same as left out.
    @Test(arguments: [
        #"{"headline":"x"}"#, #"{"headline":"x","source":null,"body":"","summary":null,"uri":null,"language":""}"#,
        #"{"headline":"x","authors":null,"keywords":[],"entities":null,"events":[],"quotes":null,"published":null}"#,
    ])
    func nothingSaid(_ text: String) throws {
        let article = try readArticle(text.utf8)
        #expect(article == (try readArticle(#"{"headline":"x"}"#.utf8)))
        #expect(try readArticle(written(article)) == article)
    }

    @Test func shortForms() throws {
        let article = try readArticle(
            #"{"body":"He said no.","source":{"name":"Wire"},"language":"EN-gb","entities":[{"name":"Ann","aliases":["A."],"description":"d"},{"id":"bob"}],"quotes":[{"text":"no","speaker":{"name":"Ann"},"offset":8,"length":2}],"events":[{"title":"t","place":"Kyiv","participants":[{"name":"Ann","role":"host"}]}]}"#
                .utf8)
        #expect(article.source == .init(name: "Wire") && article.language == "en-gb")
        #expect(article.entities.map(\.entity.name) == ["Ann", ""] && article.entities.map(\.count) == [1, 1])
        #expect(article.entities[0].entity.aliases == ["A."] && article.entities[0].entity.description == "d")
        #expect(article.quotes == [Quote(speaker: "Ann", text: "no", span: TextSpan(field: .body, offset: 8, length: 2))])
        #expect(article.events[0].event.participants == [.init(id: "Ann", role: "host")] && article.events[0].event.place == "Kyiv")
    }

    /// What is only named has no id yet, and is written without one.
    @Test(arguments: [
        #"{"body":"x","events":[{"title":"t"}]}"#, #"{"body":"x","entities":[{"name":"Ann"}]}"#,
        #"{"body":"x","events":[{"title":"t","place":{"name":"Kyiv Oblast"},"participants":[{"name":"Ann Lee"},{"id":"bob"}]}]}"#,
        #"{"body":"x","entities":[{"id":"bob"}],"events":[{"id":"visit"}]}"#,
    ])
    func draftsAreReadBack(_ text: String) throws {
        let draft = try readArticle(text.utf8)
        #expect(try readArticle(written(draft, withFacts: true)) == draft)
    }

    /// Whatever damage a document takes: it is refused, or it is read and then reads back the same, since the journal and
    /// the index live on that.
    @Test(arguments: 0..<4 as Range<UInt64>)
    func whatIsTakenCanBeReadAgain(_ seed: UInt64) throws {
        var chance = Chance(seed: seed)
        let values = [
            "null", "\"\"", "\" \"", "0", "-1", "1e3", "[]", "{}", "true", "\"2023\"", "\"0001-01-01T00:00:00+01:00\"", "\"a:\"", "4000001",
            "9223372036854775807", "\"\\u0000\"",
        ]
        for _ in 0..<3_000 {
            let article = chance.article(entities: ArticleReadingTests.entities, events: ArticleReadingTests.events)
            var text = String(decoding: written(article), as: UTF8.self)
            // One value becomes another one.
            let colons = text.indices.filter { text[$0] == ":" }
            let start = text.index(after: chance.one(of: colons))
            let end = text[start...].firstIndex { $0 == "," || $0 == "}" } ?? text.endIndex
            text.replaceSubrange(start..<end, with: chance.one(of: values))
            guard let taken = try? readArticle(text.utf8) else { continue }
            #expect(fault { () throws(JSONError) in try readArticle(written(taken)) } == nil, "seed \(seed): \(text)")
            #expect((try? readArticle(written(taken))) == taken, "seed \(seed): \(text)")
        }
    }
}

struct TextSliceTests {
    @Test func slicesCountScalars() throws {
        var article = Article()
        article.headline = "e\u{301}👩‍👩‍👧 Łódź"
        let scalars = Array(article.headline!.unicodeScalars)
        var chance = Chance(seed: 1)
        var slices = TextSlices(article)
        for _ in 0..<500 {
            let offset = chance.below(scalars.count + 2)
            let length = chance.below(scalars.count + 2)
            let expected = offset + length <= scalars.count ? scalars[offset..<offset + length].map { String($0) }.joined() : nil
            #expect(
                slices[TextSpan(field: .headline, offset: offset, length: length)].map { Array($0.utf8) } == expected.map { Array($0.utf8) }
            )
        }
        #expect(slices[TextSpan(field: .body, offset: 0, length: 1)] == nil)
    }
}
