import JSON
import Journal
import News
import NewsIndex
import Newsroom
import TestSupport
import Testing

/// Whom and what an article means.
struct ResolverTests {
    let journal = MemoryJournal()
    let room: Newsroom

    init() async throws {
        room = try Newsroom(journal)
        for entity in [
            Entity(kind: .person, name: "Lloyd Austin", aliases: ["Austin"], sameAs: ["https://www.wikidata.org/wiki/Q941013"]),
            Entity(kind: .place, name: "Austin"), Entity(kind: .place, name: "Kyiv", aliases: ["Kiev"]),
            Entity(kind: .other, name: "Mercury"),
        ] { try await room.done(.declareEntity(entity)) }
    }

    /// The ids of the entities that an article with these is given.
    private func ids(_ entities: String) async throws -> [String] {
        let done = try await room.done(try post(#"{"headline":"x","entities":[\#(entities)]}"#))
        #expect(try room.faults(journal) == [])
        return done.article?.entities.map(\.entity.id) ?? []
    }

    private func invalid(_ json: String) async throws -> JSONError? {
        if case .invalid(let error) = await room.refusal(try post(json)) { error } else { nil }
    }

    @Test(arguments: [
        (#"{"id":"lloyd-austin"}"#, "lloyd-austin"), (#"{"id":"lloyd-austin","name":"Somebody","type":"place"}"#, "lloyd-austin"),
        (#"{"name":"lloyd AUSTIN"}"#, "lloyd-austin"),
        (#"{"name":"Q","sameAs":["https://www.wikidata.org/wiki/Q941013"]}"#, "lloyd-austin"),
        (#"{"name":"Austin","type":"person"}"#, "lloyd-austin"), (#"{"name":"Austin","type":"place"}"#, "austin"),
        (#"{"name":"Kiev","type":"place"}"#, "kyiv"),
        (#"{"name":"Kiev"}"#, "kyiv"), (#"{"name":"Mercury","type":"place"}"#, "mercury"),
        // The kind contradicts, or nobody goes by it.
        (#"{"name":"Lloyd Austin","type":"place"}"#, "lloyd-austin-2"), (#"{"name":"Łódź","type":"place"}"#, "lodz"),
        (#"{"name":"😀"}"#, "entity"),
        // An id that nobody has is the new one's, whatever it is called.
        (#"{"id":"my-own","name":"Kyiv","type":"place"}"#, "my-own"),
    ])
    func entities(_ posted: String, id: String) async throws {
        #expect(try await ids(posted) == [id])
        #expect(try await ids(posted) == [id], "the second time it is known")
    }

    @Test func mergedAndDeleted() async throws {
        try await room.done(.declareEntity(Entity(id: "old", kind: .place, name: "Old Kyiv")))
        try await room.done(.mergeEntity("old", into: "kyiv"))
        #expect(try await ids(#"{"id":"old"}"#) == ["kyiv"])
        #expect(try await ids(#"{"name":"Old Kyiv","type":"place"}"#) == ["kyiv"])
        try await room.done(.declareEntity(Entity(id: "older", kind: .place, name: "Older")))
        try await room.done(.mergeEntity("older", into: "kyiv"))
        try await room.done(.deleteEntity("kyiv", .none))
        let error = try await invalid(#"{"headline":"x","entities":[{"id":"older"}]}"#)
        #expect(error?.pointer == "/entities/0/id" && error?.code == .badValue)
        // With its heir gone, nobody is meant by it any more.
        let quote = try await invalid(#"{"headline":"x","quotes":[{"text":"a","speaker":"older"}]}"#)
        #expect(quote?.pointer == "/quotes/0/speaker")
        guard case .gone = room.index.entity("older") else {
            Issue.record("what was merged into one that is deleted is gone with it")
            return
        }
        // A name that says who it is brings it back.
        #expect(try await ids(#"{"id":"kyiv","name":"Kyiv","type":"place"}"#) == ["kyiv"])
    }

    @Test func theSameTwiceInOneArticle() async throws {
        #expect(try await ids(#"{"name":"New"},{"name":"NEW"}"#) == ["new"])
        #expect(
            try await ids(#"{"name":"Twin","type":"person"},{"name":"Twin","type":"organization"},{"name":"twin","type":"organization"}"#)
                == ["twin", "twin-2"])
        #expect(try await ids(#"{"name":"A1","sameAs":["x:1"]},{"name":"B1","sameAs":["x:1"]}"#) == ["a1"])
        let done = try await room.done(
            try post(
                #"{"body":"Kyiv Kiev","entities":[{"name":"Kyiv","prominence":0.2,"mentions":[{"field":"body","offset":0,"length":4}]},{"name":"Kiev","prominence":0.5,"mentions":[{"field":"body","offset":5,"length":4},{"field":"body","offset":0,"length":4}]}]}"#
            ))
        let named = try #require(done.article?.entities.first)
        #expect(named.count == 3 && named.prominence == 0.5 && named.mentions.map(\.offset) == [0, 5])
    }

    /// Each part is within its limit; together they would be more than can be read back.
    @Test func joiningStaysWithinTheLimits() async throws {
        let mentions = { (offset: Int) in
            (0..<Limits.mentions).map { #"{"field":"body","offset":\#(offset + $0),"length":1}"# }.joined(separator: ",")
        }
        let parts = [0, Limits.mentions].map { #"{"name":"Kyiv","count":\#(Limits.text),"mentions":[\#(mentions($0))]}"# }
        let body = String(repeating: "x", count: 3 * Limits.mentions)
        let done = try await room.done(try post(#"{"body":"\#(body)","entities":[\#(parts.joined(separator: ","))]}"#))
        #expect(done.article?.entities.first?.mentions.count == Limits.mentions && done.article?.entities.first?.count == Limits.text)
        #expect(try room.faults(journal) == [])
    }

    @Test func articlesTeach() async throws {
        let first = try await room.done(try post(#"{"headline":"x","entities":[{"name":"Mercury"}]}"#))
        #expect(try await ids(#"{"name":"Mercury","type":"place","aliases":["Hermes"],"description":"A planet."}"#) == ["mercury"])
        let entity = try #require(room.entity("mercury"))
        #expect(entity.kind == .place && entity.aliases == ["Hermes"] && entity.description == "A planet.")
        // The article that came before shows what it is now known to be.
        #expect(room.article(first.id)?.article().entities[0].entity.kind == .place)
        #expect(try await ids(#"{"name":"Hermes"}"#) == ["mercury"])
    }

    @Test func speakersAndParticipants() async throws {
        let done = try await room.done(
            try post(
                #"{"headline":"x","entities":[{"name":"Ann","type":"person"}],"quotes":[{"speaker":"ann","text":"a"},{"speaker":"Kiev","text":"b"},{"speaker":{"id":"lloyd-austin"},"text":"c"},{"text":"d"}],"events":[{"title":"T","place":"Kiev","participants":[{"name":"Ann"},{"id":"lloyd-austin","role":"guest"}]}]}"#
            ))
        #expect(done.article?.quotes.map(\.speaker) == ["ann", "kyiv", "lloyd-austin", nil])
        #expect(
            room.event("t")?.place == "kyiv"
                && room.event("t")?.participants == [.init(id: "ann"), .init(id: "lloyd-austin", role: "guest")])
        for (json, pointer) in [
            (#"{"headline":"x","quotes":[{"text":"a"},{"speaker":"Nobody","text":"a"}]}"#, "/quotes/1/speaker"),
            (#"{"headline":"x","events":[{"title":"T","place":"Nowhere"}]}"#, "/events/0/place"),
            (#"{"headline":"x","events":[{"title":"T","participants":[{"name":"Kyiv"},{"name":""}]}]}"#, "/events/0/participants/1"),
            (#"{"headline":"x","entities":[{"name":"a"},{"id":"unknown"}]}"#, "/entities/1/id"),
            (#"{"headline":"x","events":[{"id":"unknown"}]}"#, "/events/0/id"),
        ] {
            let error = try await invalid(json)
            #expect(error?.pointer == pointer && error?.code == .badValue, "\(json)")
        }
        // Who is merged or deleted is so in quotes too, where the article names them nowhere else.
        try await room.done(.mergeEntity("lloyd-austin", into: "ann"))
        try await room.done(.deleteEntity("kyiv", .none))
        #expect(room.article(done.id)?.article().quotes.map(\.speaker) == ["ann", nil, "ann", nil])
        #expect(room.event("t")?.place == nil && room.event("t")?.participants == [.init(id: "ann")])
        // And so the article can still be changed.
        #expect(try await room.done(.patch(ArticleID(done.id)!, try patch(#"{"section":"s"}"#), .none)).effect == .updated)
        #expect(try room.faults(journal) == [])
    }

    @Test func eventsToldAgain() async throws {
        func id(_ event: String) async throws -> String? {
            let done = try await room.done(try post(#"{"headline":"x","events":[\#(event)]}"#))
            #expect(try room.faults(journal) == [])
            return done.article?.events.first?.event.id
        }
        let visit = "2023-11-20-austin-visits-kyiv"
        #expect(try await id(#"{"title":"Austin visits Kyiv","start":"2023-11-20"}"#) == visit)
        #expect(try await id(#"{"title":"AUSTIN visits  Kyiv","start":"2023-11-20","kind":"visit","status":"past"}"#) == visit)
        #expect(room.event(visit)?.kind == "visit" && room.event(visit)?.status == .past)
        #expect(try await id(#"{"title":"Austin visits Kyiv","start":"2023-11-21"}"#) == "2023-11-21-austin-visits-kyiv")
        #expect(try await id(#"{"title":"Austin visits Kyiv"}"#) == "austin-visits-kyiv")
        #expect(try await id(#"{"id":"own","title":"Austin visits Kyiv","start":"2023-11-20"}"#) == "own")
        #expect(try await id(#"{"id":"\#(visit)"}"#) == visit)
        // An end that can't be does not get in by the back door.
        #expect(try await id(#"{"id":"\#(visit)","end":"2023-11-19"}"#) == visit)
        #expect(room.event(visit)?.end == nil)
        // The same story told again after an editor's merge means the heir.
        try await room.done(.mergeEvent("2023-11-21-austin-visits-kyiv", into: visit))
        #expect(try await id(#"{"title":"Austin visits Kyiv","start":"2023-11-21"}"#) == visit)
        #expect(try await id(#"{"id":"2023-11-21-austin-visits-kyiv"}"#) == visit)
    }
}
