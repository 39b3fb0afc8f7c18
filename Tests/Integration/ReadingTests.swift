import Foundation
import Testing

/// Reading a text without storing it: over HTTP, and on the command line.
struct ReadingTests {
    private static let headline = "Angela Merkel visits Ottawa"
    private static let body =
        "German Chancellor Angela Merkel arrived in Ottawa on Monday and met Prime Minister Justin Trudeau. "
        + "“We will stand together,” Merkel said. She will travel to Washington on 12 June 2017."

    @Test func aTextIsReadAndNothingStored() throws {
        let program = try Program.start(reads: true)
        let answer = try program.post(
            "/analyze", ["headline": .string(Self.headline), "body": .string(Self.body), "published": "2017-06-06T10:00:00Z"])
        #expect(answer.status == 200 && answer["Cache-Control"] == "no-store", "\(answer.text)")
        let reading = answer.json
        #expect(reading.language.code == "en")
        let merkel = try #require(reading.entities.asArray.first { $0.name == "Angela Merkel" }, "\(answer.text)")
        #expect(merkel.type == "person")
        let ottawa = try #require(reading.entities.asArray.first { $0.name == "Ottawa" }, "\(answer.text)")
        #expect(ottawa.place.id == "geonames:6094817" && ottawa.place.kind == "city" && ottawa.place.country == "CA")
        #expect(ottawa.place.uri == "https://sws.geonames.org/6094817/" && ottawa.place.location.type == "Point")
        // Every offset is right: the text there is what is said to stand there.
        for mention in reading.entities.asArray.flatMap(\.mentions.asArray) {
            let text = Array((mention.field == "headline" ? Self.headline : Self.body).unicodeScalars)
            let (offset, length) = (try #require(mention.offset.asInt), try #require(mention["length"].asInt))
            var found = String.UnicodeScalarView()
            found.append(contentsOf: text[offset..<offset + length])
            #expect(mention.text == .string(String(found)))
        }
        #expect(reading.dates.asArray.contains { $0.text == "Monday" && $0.value == "2017-06-05" }, "\(answer.text)")
        #expect(reading.dates.asArray.contains { $0.value == "2017-06-12" })
        let quote = try #require(reading.quotes.asArray.first)
        #expect(quote.text == "We will stand together," || quote.text == "We will stand together")
        #expect(quote.speaker == merkel.number)
        #expect(reading.events.asArray.contains { $0.start == "2017-06-05" }, "\(answer.text)")
        #expect(try program.get("/articles").json.page.total == 0)
    }

    @Test func aPlaceIsNamedByItselfRatherThanByItsAdjective() throws {
        let program = try Program.start(reads: true)
        let answer = try program.post("/analyze", ["body": "Ukrainian ministers met in Paris. They said that Ukraine needed help."])
        let ukraine = try #require(answer.json.entities.asArray.first { $0.place.country == "UA" }, "\(answer.text)")
        #expect(ukraine.name == "Ukraine" && ukraine.type == "place" && ukraine.mentions.asArray.count == 2, "\(answer.text)")
        let alone = try program.post("/analyze", ["body": "Ukrainian ministers met in Paris."]).json.entities.asArray[0]
        #expect(alone.name == "Ukrainian" && alone.adjectiveOf == "Ukraine")
    }

    @Test func whatIsNoArticleIsRefused() throws {
        let program = try Program.start(reads: true)
        expectProblem(try program.post("/analyze", ["headline": 5]), 400, "a number")
        expectProblem(try program.send("POST", "/analyze", "text".utf8, as: "text/plain"), 415, "not JSON")
        expectProblem(try program.post("/analyze?x=1", ["headline": "a"]), 400, "a parameter")
    }

    @Test func theCommandLineReadsTextAndJSON() throws {
        let text = Self.headline + "\n\n" + Self.body
        let read = try Program.run("read", "-", "--published", "2017-06-06", input: Array(text.utf8))
        #expect(read.exit == .status(0), "\(read)")
        let reading = read.lines.asArray[0]
        #expect(reading.entities.asArray.contains { $0.name == "Justin Trudeau" })
        #expect(reading.dates.asArray.contains { $0.value == "2017-06-05" })
        let article: Value = ["headline": .string(Self.headline), "body": .string(Self.body), "published": "2017-06-06T10:00:00Z"]
        let same = try Program.run("read", "-", input: article.bytes)
        #expect(same.lines.asArray[0].entities == reading.entities)
        let shown = try Program.run("read", "-", "--format", "text", input: Array(text.utf8))
        #expect(String(decoding: shown.output, as: UTF8.self).contains("\u{1b}[33mAngela Merkel\u{1b}[0m"))
        #expect(String(decoding: shown.output, as: UTF8.self).contains("Ottawa, Ontario, CA"))
        #expect(try Program.run("read", "/nowhere").exit != .status(0))
    }
}
