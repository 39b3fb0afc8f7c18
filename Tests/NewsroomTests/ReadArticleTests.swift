import Foundation
import JSON
import Journal
import Logging
import News
import NewsIndex
import Newsroom
import Reader
import TestSupport
import Testing

/// What the reader finds in articles becomes entities, events and quotes, and what people say outranks it.
struct ReadArticleTests {
    let journal = MemoryJournal()
    let room: Newsroom

    static let reader: Reader? = {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        func bytes(_ name: String) -> [UInt8] { (try? Data(contentsOf: root.appending(path: "models/" + name))).map { [UInt8]($0) } ?? [] }
        guard let model = try? NameModel(bytes("english.names")), let places = try? PlaceTable(bytes("places")) else { return nil }
        return Reader(model: model, places: places)
    }()

    init() throws {
        let reader = try #require(Self.reader, "models/english.names can be read")
        room = try Newsroom(journal: journal, reader: reader, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    }

    private static let body = """
        German Chancellor Angela Merkel arrived in Ottawa on Monday and met Prime Minister Justin Trudeau. \
        “We will stand together in these hard times,” Merkel said.
        """

    private func json(_ members: [String: Any] = [:]) throws -> String {
        let article = ["headline": "Merkel in Ottawa", "body": Self.body, "published": "2017-06-06T10:00:00Z"].merging(members) { $1 }
        return String(decoding: try JSONSerialization.data(withJSONObject: article, options: .sortedKeys), as: UTF8.self)
    }

    @discardableResult
    private func post(_ members: [String: Any] = [:]) async throws -> Article {
        try #require(try await room.done(.post(room.draft(posted(try json(members))))).article)
    }

    private func expectSound(at location: SourceLocation = #_sourceLocation) throws {
        #expect(try room.faults(journal) == [], sourceLocation: location)
    }

    /// A patch is worked out beside the writer; if the article has changed by its turn, it is worked out again.
    @Test func aPatchWorkedOutAheadIsOfTheArticleAsItStands() async throws {
        let article = try await post()
        let id = try #require(article.id)
        let body = try patch(#"{"body":"Angela Merkel stayed in Ottawa."}"#)
        let ahead = try #require(room.draft(id, patchedWith: body))
        try await room.done(.patch(id, try patch(#"{"headline":"Justin Trudeau in Paris"}"#), .none))
        let patched = try #require(try await room.done(.patch(id, body, .none, ahead: ahead)).article)
        #expect(patched.headline == "Justin Trudeau in Paris" && patched.body == "Angela Merkel stayed in Ottawa.")
        #expect(patched.entities.contains { $0.entity.id == "justin-trudeau" } && patched.version == 3)
        let again = try patch(#"{"body":"Angela Merkel left Ottawa."}"#)
        let fresh = try #require(room.draft(id, patchedWith: again))
        #expect(try await room.done(.patch(id, again, .none, ahead: fresh)).article?.body == "Angela Merkel left Ottawa.")
        try expectSound()
    }

    @Test func theTimesThatAnArticleNamesAreKept() async throws {
        let body = "Angela Merkel will visit Ottawa on June 12. She was there in May 2016 and in 2010, and on June 12 she will return."
        let article = try await post(["body": body])
        #expect(article.reading?.dates.map(\.text) == ["2017-06-12", "2016-05", "2010"])
        try await room.done(.patch(article.id!, try patch(#"{"section":"world"}"#), .none))
        #expect(room.article(article.id!.description)?.article().reading?.dates.count == 3)
        try expectSound()
    }

    @Test func aPartOfACountryIsAnotherPlace() async throws {
        let body = "Fires burnt in Southern France on Monday. Emmanuel Macron said that France would send planes to Central America."
        let article = try await post(["headline": "Fires in Southern France", "body": body])
        let places = article.entities.map(\.entity).filter { $0.kind == .place }.map(\.id)
        #expect(Set(places) == ["southern-france", "france", "central-america"])
        #expect(places.allSatisfy { room.entity($0)?.aliases == [] } && room.entity("france")?.country == "FR")
        try expectSound()
    }

    @Test func whatIsReadIsServed() async throws {
        let article = try await post()
        let merkel = try #require(article.entities.first { $0.entity.id == "angela-merkel" }, "\(article.entities.map(\.entity.id))")
        #expect(merkel.origin == .reader && merkel.entity.kind == .person && merkel.count == 3 && merkel.prominence == 1)
        var slices = TextSlices(article)
        #expect(merkel.mentions.map { slices[$0] } == ["Merkel", "Angela Merkel", "Merkel"])
        #expect(merkel.role.flatMap { slices[$0] } == "German Chancellor")
        #expect(room.entity("angela-merkel")?.description == "German Chancellor" && room.entity("angela-merkel")?.origin == .reader)
        #expect(article.quotes.map(\.speaker) == ["angela-merkel"] && article.quotes[0].origin == .reader)
        #expect(room.index.entities["angela-merkel"]?.quotes == 1)
        #expect(article.events.contains { $0.event.start == EventDate("2017-06-05") && $0.origin == .reader }, "\(article.events)")
        #expect(article.language == "en" && article.reading?.language == "words")
        try expectSound()
    }

    @Test func whatIsPostedAgainChangesNothing() async throws {
        let first = try await post(["uri": "x:1"])
        #expect(try await post(["uri": "x:1"]) == first)
        let stored = try #require(room.article(first.id!.description))
        // What was served comes back.
        let back = try posted(String(decoding: stored.json, as: UTF8.self))
        #expect(try await room.done(.put(first.id!, room.draft(back), .none)).effect == .unchanged)
        #expect(try await post(["uri": "x:1", "section": "world"]).version == 2)
    }

    @Test func whatIsPostedOutranksTheReader() async throws {
        let article = try await post([
            "entities": [["name": "Angela Merkel", "type": "other", "id": "chancellor"]],
            "events": [["title": "Merkel's visit", "start": "2017-06-05", "kind": "visit"]],
            "quotes": [["text": "We will stand together in these hard times,", "speaker": "Angela Merkel"]],
        ])
        let merkel = try #require(article.entities.first { $0.entity.id == "chancellor" })
        #expect(merkel.origin == .editor && merkel.entity.kind == .other && merkel.mentions.count == 3)
        #expect(!article.entities.contains { $0.entity.id == "angela-merkel" })
        #expect(article.entities.contains { $0.entity.id == "justin-trudeau" && $0.origin == .reader })
        #expect(article.events.filter { $0.event.kind == "visit" }.map(\.event.title) == ["Merkel's visit"])
        #expect(article.quotes.count == 1)
        try expectSound()
    }

    @Test func whatAnEditorTakesOutStaysOut() async throws {
        let article = try await post()
        let kept = article.entities.filter { $0.entity.id != "ottawa" }.map { "{\"id\":\"\($0.entity.id)\",\"origin\":\"reader\"}" }
        try await room.done(.patch(article.id!, try patch("{\"entities\":[\(kept.joined(separator: ","))]}"), .none))
        var now = try #require(room.article(article.id!.description)?.article())
        #expect(now.reading?.rejected == ["ottawa"] && now.entities.count == kept.count)
        // A new text is read anew, but that is remembered.
        try await room.done(.patch(article.id!, try patch(#"{"body":"Angela Merkel stayed in Ottawa."}"#), .none))
        now = try #require(room.article(article.id!.description)?.article())
        #expect(now.entities.map(\.entity.id).contains("angela-merkel") && !now.entities.map(\.entity.id).contains("ottawa"))
        #expect(now.quotes.isEmpty)
        try expectSound()
    }

    @Test func rejectionOutlastsTheEntity() async throws {
        try await post()
        #expect(try await room.done(.rejectEntity("angela-merkel", .none)).effect == .removed)
        let again = try await post(["headline": "Another day"])
        #expect(!again.entities.contains { $0.entity.name.contains("Merkel") }, "\(again.entities.map(\.entity.name))")
        #expect(again.quotes.first?.speaker == nil && again.quotes.count == 1)
        // Until somebody declares it.
        try await room.done(.declareEntity(Entity(kind: .person, name: "Angela Merkel")))
        #expect(try await post(["headline": "A third day"]).entities.contains { $0.entity.name == "Angela Merkel" })
        try expectSound()
    }

    @Test func whatEditorsSayOfEntitiesStands() async throws {
        try await post()
        try await room.done(.patchEntity("ottawa", try patch(#"{"type":"other","name":"City of Ottawa","aliases":["Ottawa"]}"#), .none))
        try await room.done(.mergeEntity("justin-trudeau", into: "angela-merkel"))
        let again = try await post(["headline": "Another day"])
        let ids = again.entities.map(\.entity.id)
        #expect(
            ids.contains("ottawa") && ids.contains("angela-merkel") && !ids.contains { $0.hasPrefix("justin") || $0 == "ottawa-2" },
            "\(ids)")
        #expect(room.entity("ottawa")?.kind == .other)
        try expectSound()
    }

    @Test func splittingGivesSomeArticlesAway() async throws {
        let one = try await post()
        let other = try await post(["headline": "Another day"])
        let split = Command.splitEntity("angela-merkel", into: Entity(name: "Angela Merkel (baker)"), articles: [other.id!])
        #expect(try await room.done(split).id == "angela-merkel-baker")
        #expect(room.entity("angela-merkel-baker")?.kind == .person)
        func names(_ article: Article) -> [String] { room.article(article.id!.description)!.article().entities.map(\.entity.id) }
        #expect(names(one).contains("angela-merkel") && !names(one).contains("angela-merkel-baker"))
        #expect(names(other).contains("angela-merkel-baker") && !names(other).contains("angela-merkel"))
        #expect(await room.refusal(.splitEntity("angela-merkel", into: Entity(name: "X"), articles: [other.id!])) != nil)
        try expectSound()
    }

    @Test func differentWaysToWriteANameMeanOne() async throws {
        try await post(["headline": "A", "body": "President Volodymyr Zelensky spoke in Kyiv on Tuesday."])
        for spelling in ["Volodymyr Zelenskyy", "Volodymyr Zelenskiy", "Wolodymyr Zelenskyj"] {
            let article = try await post(["headline": "B", "body": "President \(spelling) spoke in Kyiv on Tuesday."])
            #expect(article.entities.contains { $0.entity.id == "volodymyr-zelensky" }, "\(spelling): \(article.entities.map(\.entity.id))")
        }
        #expect(room.entity("volodymyr-zelensky")?.aliases.contains("Volodymyr Zelenskyy") == true)
        // Middle names tell apart.
        try await post(["headline": "C", "body": "Former president George W. Bush met Michael Dell in Austin."])
        let father = try await post(["headline": "D", "body": "Former president George H. Bush met Michael Dell in Houston."])
        #expect(father.entities.contains { $0.entity.id == "george-h-bush" }, "\(father.entities.map(\.entity.id))")
    }

    @Test func placesAreTheWorlds() async throws {
        let kiev = try await post(["headline": "A", "body": "The minister arrived in Kiev, the capital of Ukraine, on Tuesday."])
        let kyiv = try await post(["headline": "B", "body": "The minister left Kyiv for Warsaw on Wednesday."])
        #expect(kiev.entities.contains { $0.entity.id == "kyiv" } && kyiv.entities.contains { $0.entity.id == "kyiv" })
        let city = try #require(room.entity("kyiv"))
        #expect(city.country == "UA" && city.aliases.contains("Kiev") && city.location.map { abs($0.latitude - 50.45) < 0.1 } == true)
        #expect(city.sameAs.contains { $0.contains("geonames") })
        // An editor may have said where it is, in other words: of Russia, where most of the land is, and not most of the people.
        try await room.done(
            .declareEntity(Entity(id: "ru", kind: .place, name: "Russia", location: Location(longitude: 100, latitude: 60))))
        let russia = try await post(["headline": "G", "body": "The minister of Russia returned to Moscow on Tuesday."])
        #expect(russia.entities.contains { $0.entity.id == "ru" }, "\(russia.entities.map(\.entity.id))")
        let port = Entity(id: "port", kind: .place, name: "Odesa", location: Location(longitude: 30.7, latitude: 46.5))
        try await room.done(.declareEntity(port))
        let odesa = try await post(["headline": "F", "body": "The minister arrived in Odesa, a port of Ukraine, on Tuesday."])
        #expect(odesa.entities.contains { $0.entity.id == "port" } && room.entity("port") == port)
        let texas = try await post(["headline": "C", "body": "The storm hit the town of Paris, Texas, on Tuesday, police in Paris said."])
        let france = try await post(["headline": "D", "body": "The president of France returned to Paris on Wednesday."])
        func paris(_ article: Article) -> String? { article.entities.first { $0.entity.name == "Paris" }?.entity.id }
        #expect(paris(texas) != nil && paris(france) != nil && paris(texas) != paris(france))
        let house = try await post([
            "headline": "E", "body": "The White House lawn was covered with snow, and so was the White House garden.",
        ])
        #expect(!house.entities.contains { $0.entity.name == "Casablanca" }, "\(house.entities.map(\.entity.name))")
        try expectSound()
    }

    @Test func aSurnameAloneMeansWhoIsInTheNews() async throws {
        for day in 1...4 {
            try await post(["headline": "A \(day)", "body": "Angela Merkel spoke in Berlin.", "published": "2017-06-0\(day)T10:00:00Z"])
        }
        let soon = try await post(["headline": "Merkel says no", "body": "It rained.", "published": "2017-06-07T10:00:00Z"])
        let merkel = try #require(soon.entities.first { $0.entity.id == "angela-merkel" }, "\(soon.entities.map(\.entity.id))")
        #expect(merkel.confidence ?? 1 < 0.8)
        // Years later it may be anybody.
        let later = try await post(["headline": "Merkel says no", "body": "It rained.", "published": "2027-06-07T10:00:00Z"])
        #expect(later.entities.contains { $0.entity.id == "merkel" && ($0.confidence ?? 1) < 0.5 }, "\(later.entities)")
    }

    @Test func oneHappeningIsOneEvent() async throws {
        let one = try await post(["source": ["name": "One"]])
        let two = try await post([
            "source": ["name": "Two"], "headline": "Visit",
            "body": "Chancellor Angela Merkel met Canada's Prime Minister Justin Trudeau in Ottawa on Monday.",
        ])
        let common = Set(one.events.map(\.event.id)).intersection(two.events.map(\.event.id))
        let id = try #require(common.first, "\(one.events.map(\.event.id)), \(two.events.map(\.event.id))")
        let entry = try #require(room.index.events[id])
        #expect(entry.sources == 2 && entry.articles == 2)
        let alone = try #require(one.events.first { $0.event.id == id }?.event)
        #expect(alone.title == entry.event.title)
        // One that an editor deleted doesn't come back.
        try await room.done(.deleteEvent(id, .none))
        let third = try await post(["source": ["name": "Three"], "headline": "Once more"])
        #expect(!third.events.contains { $0.event.id.hasPrefix(id) }, "\(third.events.map(\.event.id))")
        try expectSound()
    }

    @Test func whatWasNotReadIsReadLater() async throws {
        let unread = try #require(try await room.done(.post(Draft(try posted(json())))).article)
        #expect(unread.entities.isEmpty && unread.reading == nil)
        var told: [Int] = []
        #expect(try room.reread(onAllCores: true) { done, _ in told.append(done) } == 1)
        let read = try #require(room.article(unread.id!.description))
        #expect(read.article().entities.contains { $0.entity.id == "angela-merkel" } && read.version == 1 && read.versions.count == 1)
        #expect(try room.reread(onAllCores: false) { _, _ in } == 0)
        #expect(told == [1])
        try expectSound()
    }

    @Test func theSameArticlesGiveTheSameIds() async throws {
        var chance = Chance(seed: 5)
        let people = ["Angela Merkel", "Justin Trudeau", "Merkel", "John Smith", "Jon Smyth", "Smith", "Lloyd Austin", "Austin"]
        let bodies = (0..<60).map { _ in
            "\(chance.one(of: people)) met \(chance.one(of: people)) in Ottawa on Monday. \(chance.one(of: people)) said: “We are glad.”"
        }
        func ids(inBatchesOf size: Int) async throws -> [[String]] {
            let journal = MemoryJournal()
            let room = try Newsroom(journal: journal, reader: Self.reader, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
            for start in stride(from: 0, to: bodies.count, by: size) {
                let drafts = try bodies[start..<min(start + size, bodies.count)].enumerated().map { number, body in
                    room.draft(try posted(try json(["body": body, "headline": "H", "uri": "x:\(start + number)"])))
                }
                _ = await room.results(drafts.map { .post($0) })
            }
            #expect(try room.faults(journal) == [])
            return bodies.indices.map { number in
                guard let id = room.index.article(uri: "x:\(number)"), let stored = room.article(id.description) else { return [] }
                let article = stored.article()
                return article.entities.map(\.entity.id) + article.events.map(\.event.id) + article.quotes.map { $0.speaker ?? "" }
            }
        }
        let singly = try await ids(inBatchesOf: 1)
        #expect(singly.allSatisfy { !$0.isEmpty })
        #expect(try await ids(inBatchesOf: 60) == singly)
        #expect(try await ids(inBatchesOf: 7) == singly)
    }
}
