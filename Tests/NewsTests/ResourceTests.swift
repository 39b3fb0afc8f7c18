import JSON
import News
import TestSupport
import Testing

struct EntityTests {
    private func read(_ text: String) throws(JSONError) -> Entity {
        var reader = JSONReader(Array(text.utf8))
        return try Entity(from: &reader)
    }

    @Test func whatIsWrittenIsReadBack() throws {
        let entity = Entity(
            id: "kyiv", kind: .place, name: "Kyiv", aliases: ["Kiev", "Київ"], sameAs: ["https://www.wikidata.org/wiki/Q1899"],
            description: "A city.",
            location: Location(longitude: 30.5234, latitude: 50.4501), origin: .reader)
        var writer = JSONWriter()
        entity.write(to: &writer)
        var reader = JSONReader(writer.bytes)
        #expect(try Entity(from: &reader) == entity)
        // What only the index knows is let through.
        #expect(try read(#"{"name":"a","articles":3,"firstSeen":"x","lastSeen":null}"#) == Entity(name: "a"))
        // GeoJSON allows for a height.
        #expect(
            try read(#"{"name":"a","location":{"coordinates":[1,2,3],"type":"Point"}}"#).location == Location(longitude: 1, latitude: 2))
    }

    @Test(arguments: [
        ("{}", "/name", JSONError.Code.missingField), (#"{"name":"a","count":1}"#, "/count", .unknownField),
        (#"{"name":"a","id":"A b"}"#, "/id", .badValue),
        (#"{"name":"a","origin":"me"}"#, "/origin", .badValue), (#"{"name":"a","sameAs":["x",""]}"#, "/sameAs/1", .badValue),
        (#"{"name":"a","location":{"type":"Point","coordinates":[0,91]}}"#, "/location/coordinates", .badValue),
        (#"{"name":"a","location":{"type":"Point","coordinates":[0,0,0,0]}}"#, "/location/coordinates/3", .badValue),
    ])
    func faults(_ text: String, pointer: String, code: JSONError.Code) {
        let error = fault { () throws(JSONError) in try read(text) }
        #expect(error?.pointer == pointer && error?.code == code, "\(String(describing: error))")
    }

    @Test func filling() {
        var known = Entity(id: "a", name: "A", aliases: ["B"], sameAs: ["u:1"])
        known.fill(
            from: Entity(
                id: "x", kind: .person, name: "C", aliases: ["A", "B", "D", ""], sameAs: ["u:1", "u:2"], description: "d",
                location: Location(longitude: 1, latitude: 2), origin: .reader))
        #expect(
            known
                == Entity(
                    id: "a", kind: .person, name: "A", aliases: ["B", "C", "D"], sameAs: ["u:1", "u:2"], description: "d",
                    location: Location(longitude: 1, latitude: 2)))
        // What is said stands.
        let before = known
        known.fill(from: Entity(kind: .place, name: "A", description: "e", location: Location(longitude: 3, latitude: 4)))
        #expect(known == before)
        // And there is an end to learning.
        known.fill(from: Entity(name: "A", aliases: (0..<2_000).map(String.init)))
        #expect(known.aliases.count == Limits.aliases)
    }
}

struct EventTests {
    private func read(_ text: String) throws(JSONError) -> Event {
        var reader = JSONReader(Array(text.utf8))
        return try Event(from: &reader)
    }

    @Test func whatIsWrittenIsReadBack() throws {
        let event = Event(
            id: "2023-11-20-visit", title: "Visit", kind: "visit", start: EventDate("2023-11-20"), end: EventDate("2023-11-21"),
            status: .past, place: "kyiv",
            participants: [.init(id: "lloyd-austin", role: "guest"), .init(id: "other")], confidence: 0.75, origin: .reader)
        var writer = JSONWriter()
        event.write(to: &writer)
        var reader = JSONReader(writer.bytes)
        #expect(try Event(from: &reader) == event)
        #expect(try read(#"{"title":"a","articles":1,"sources":2,"evidence":[]}"#) == Event(title: "a"))
    }

    @Test(arguments: [
        ("{}", "/title", JSONError.Code.missingField), (#"{"title":"a","start":"2023-11-20","end":"2023-11"}"#, "", nil),
        (#"{"title":"a","start":"2023-12","end":"2023-11"}"#, "/end", .badDate),
        (#"{"title":"a","start":"2023-11-20T10:00:00Z","end":"2023-11-20T10:00:00Z"}"#, "", nil),
        (#"{"title":"a","status":"over"}"#, "/status", .badValue),
        (#"{"title":"a","participants":[{"id":"X"}]}"#, "/participants/0/id", .badValue),
        (#"{"title":"a","place":{"x":1}}"#, "/place/x", .unknownField),
    ])
    func faults(_ text: String, pointer: String, code: JSONError.Code?) {
        let error = fault { () throws(JSONError) in try read(text) }
        #expect(error?.code == code && (error == nil || error?.pointer == pointer), "\(String(describing: error))")
    }

    @Test func filling() {
        var known = Event(id: "a", title: "A", status: .planned, participants: [.init(id: "p", role: "guest")])
        known.fill(
            from: Event(
                title: "B", kind: "k", start: EventDate("2023"), end: EventDate("2024"), status: .past, place: "x",
                participants: [.init(id: "p", role: "host"), .init(id: "q")], confidence: 0.5))
        #expect(
            known
                == Event(
                    id: "a", title: "A", kind: "k", start: EventDate("2023"), end: EventDate("2024"), status: .past, place: "x",
                    participants: [.init(id: "p", role: "guest"), .init(id: "q")], confidence: 0.5))
        // Nothing goes back from past to planned, and what is said stands.
        let before = known
        known.fill(from: Event(kind: "l", start: EventDate("2022"), status: .ongoing, place: "y", confidence: 1))
        #expect(known == before)
        known.fill(from: Event(participants: (0..<2_000).map { .init(id: "p\($0)") }))
        #expect(known.participants.count == Limits.participants)
    }

    /// An end before the start can't be read back from the journal, and so must not come together from two reports.
    @Test func fillingKeepsTheOrderOfDates() {
        var started = Event(title: "A", start: EventDate("2023-11-20"))
        started.fill(from: Event(end: EventDate("2023-11-19")))
        #expect(started.end == nil)
        started.fill(from: Event(end: EventDate("2023-11-20")))
        #expect(started.end?.text == "2023-11-20")
        var ended = Event(title: "A", end: EventDate("2023-11-20"))
        ended.fill(from: Event(start: EventDate("2023-11-21")))
        #expect(ended.start == nil)
    }

    @Test func heirsOfParticipants() {
        let event = Event(title: "A", place: "x", participants: [.init(id: "x", role: "r"), .init(id: "y"), .init(id: "z")])
        var merged = event
        merged.replaceEntity("x", with: "y")
        #expect(merged.place == "y" && merged.participants == [.init(id: "y", role: "r"), .init(id: "z")])
        var deleted = event
        deleted.replaceEntity("x", with: nil)
        #expect(deleted.place == nil && deleted.participants == [.init(id: "y"), .init(id: "z")])
        var other = event
        other.replaceEntity("q", with: "y")
        #expect(other == event)
    }
}

struct ChangeTests {
    @Test func everyKindReadsBack() throws {
        var chance = Chance(seed: 1)
        let entity = Entity(id: "e", kind: .person, name: "E \"x\"", aliases: ["é"], location: Location(longitude: -0.5, latitude: 1e-7))
        let event = Event(id: "v", title: "V", start: EventDate("2023"), participants: [.init(id: "e", role: "r")], confidence: 0.1)
        let article = chance.article(entities: [entity], events: [event])
        let id = article.id!
        let changes: [Change] = [
            .articlePut(.init(article: article, json: written(article), entities: [entity, entity], events: [event])),
            .articlePut(.init(article: article, json: written(article), entities: [], events: [])), .articleWithdrawn(id),
            .entityPut(entity), .entityDeleted("e"), .entityMerged(id: "x", into: entity), .eventPut(event), .eventDeleted("v"),
            .eventMerged(id: "y", into: event),
            .articleRead(.init(article: article, json: written(article), entities: [entity], events: [])),
            .entityRejected("e"), .entitySplit(id: "x", into: entity, articles: [id]),
        ]
        #expect(Set(changes.map(\.kind)) == Set(Change.Kind.allCases))
        for change in changes {
            let body = change.encoded()
            let back = try Change(kind: change.kind, body: body)
            #expect(back.encoded() == body && back.kind == change.kind && back.subject == change.subject && !back.subject.isEmpty)
            if case .articlePut(let put) = back {
                #expect(put.article == article && put.json == written(article))
            }
            // A body that breaks off is refused.
            for count in stride(from: 0, to: body.count, by: max(1, body.count / 50)) {
                #expect(throws: JSONError.self) { try Change(kind: change.kind, body: Array(body[..<count])) }
            }
        }
    }

    @Test(arguments: [
        (Change.Kind.articlePut, "{}"), (.articlePut, #"{"article":{"headline":"x"}}"#), (.articleWithdrawn, #"{"id":"x"}"#),
        (.articleWithdrawn, "{}"),
        (.entityPut, "{}"), (.entityMerged, #"{"id":"x"}"#), (.entityDeleted, "{}"), (.eventPut, #"{"entity":{"name":"a"}}"#),
        (.eventMerged, #"{"event":{"title":"a"}}"#),
        (.eventDeleted, #"{"id":"x","y":1}"#), (.eventDeleted, #"{"id":"x"}{}"#),
    ])
    func whatIsNoRecord(_ kind: Change.Kind, _ body: String) {
        #expect(throws: JSONError.self) { try Change(kind: kind, body: Array(body.utf8)) }
    }
}
