import JSON
import Journal
import News
import NewsIndex
import Newsroom
import TestSupport
import Testing

/// What editors do with entities and events.
struct EditorTests {
    let journal = MemoryJournal()
    let room: Newsroom

    init() async throws {
        room = try Newsroom(journal)
        try await room.done(.declareEntity(Entity(id: "a", kind: .person, name: "Ann", origin: .reader)))
        try await room.done(.declareEntity(Entity(id: "b", kind: .person, name: "Bob")))
        try await room.done(.declareEvent(Event(id: "v", title: "Visit", place: "Bob", participants: [.init(id: "Ann")])))
        try await room.done(.declareEvent(Event(id: "w", title: "Walk", start: EventDate("2023"))))
        try await room.done(
            try post(
                #"{"headline":"x","entities":[{"id":"a"},{"id":"b"}],"events":[{"id":"v"},{"id":"w"}],"quotes":[{"speaker":"a","text":"q"}]}"#
            ))
    }

    private func isConflict(_ command: Command) async -> Bool {
        if case .conflict = await room.refusal(command) { true } else { false }
    }

    private var article: Article {
        var found = Article()
        room.index.forEachArticle { found = $0.article() }
        return found
    }

    @Test func declaring() async throws {
        #expect(room.entity("a")?.origin == .editor && room.event("v")?.place == "b" && room.event("v")?.participants == [.init(id: "a")])
        #expect(await isConflict(.declareEntity(Entity(id: "a", name: "Other"))))
        #expect(await isConflict(.declareEvent(Event(id: "v", title: "Other"))))
        #expect(try await room.done(.declareEntity(Entity(name: "Ann"))).id == "ann")
        #expect(try await room.done(.declareEntity(Entity(name: "Ann"))).id == "ann-2")
        #expect(
            try await room.done(.declareEvent(Event(title: "Visit", start: EventDate("2023-11-20T10:00:00Z")))).id == "2023-11-20-visit")
        guard case .invalid(let error) = await room.refusal(.declareEvent(Event(title: "X", participants: [.init(id: "Nobody")]))) else {
            Issue.record("nobody took part")
            return
        }
        #expect(error.pointer == "/participants/0")
    }

    @Test func patching() async throws {
        #expect(try await room.done(.patchEntity("a", try patch(#"{"name":"Anna","aliases":["Ann"]}"#), .none)).effect == .updated)
        #expect(try await room.done(.patchEntity("a", try patch(#"{"name":"Anna"}"#), .none)).effect == .unchanged)
        #expect(article.entities[0].entity.name == "Anna")
        #expect(await isConflict(.patchEntity("a", try patch(#"{"id":"z"}"#), .none)))
        #expect(
            try await room.done(.patchEvent("w", try patch(#"{"title":"Long walk","place":"Anna","start":null}"#), .none)).effect
                == .updated)
        #expect(room.event("w")?.place == "a" && article.events[1].event.title == "Long walk" && article.events[1].event.start == nil)
        #expect(await isConflict(.patchEvent("w", try patch(#"{"id":"z"}"#), .none)))
        for (command, pointer) in [
            (Command.patchEntity("a", try patch(#"{"name":null}"#), .none), "/name"),
            (.patchEntity("a", try patch(#"{"type":"x"}"#), .none), "/type"),
            (.patchEvent("w", try patch(#"{"start":"2023","end":"2022"}"#), .none), "/end"),
            (.patchEvent("w", try patch(#"{"place":"Nowhere"}"#), .none), "/place"),
        ] {
            guard case .invalid(let error) = await room.refusal(command) else {
                Issue.record("\(command) was taken")
                continue
            }
            #expect(error.pointer == pointer)
        }
        #expect(await room.refusal(.patchEntity("a", try patch("{}"), Condition { _, _ in false })) == .preconditionFailed)
        #expect(try room.faults(journal) == [])
    }

    @Test func merging() async throws {
        let done = try await room.done(.mergeEntity("a", into: "b"))
        #expect(done.id == "b" && room.entity("b")?.aliases == ["Ann"])
        #expect(article.entities.map(\.entity.id) == ["b"] && article.entities[0].count == 2 && article.quotes[0].speaker == "b")
        #expect(room.event("v")?.participants == [.init(id: "b")])
        #expect(await room.refusal(.mergeEntity("a", into: "b")) == .merged(into: "b"))
        #expect(await room.refusal(.patchEntity("a", try patch("{}"), .none)) == .merged(into: "b"))
        #expect(await room.refusal(.deleteEntity("a", .none)) == .merged(into: "b"))
        #expect(await isConflict(.declareEntity(Entity(id: "a", name: "x"))))
        // Into itself, also by way of what it inherited from.
        #expect(await isConflict(.mergeEntity("b", into: "b")))
        #expect(await isConflict(.mergeEntity("b", into: "a")))
        #expect(await room.refusal(.mergeEntity("zz", into: "b")) == .notFound)
        guard case .invalid(let error) = await room.refusal(.mergeEntity("b", into: "zz")) else {
            Issue.record("merged into nobody")
            return
        }
        #expect(error.pointer == "/into")

        // The heir learns, and the article shows it.
        try await room.done(.mergeEvent("w", into: "v"))
        #expect(article.events.map(\.event.id) == ["v"] && article.events[0].event.start?.text == "2023")
        #expect(await room.refusal(.mergeEvent("w", into: "v")) == .merged(into: "v"))
        #expect(await isConflict(.mergeEvent("v", into: "w")))
        #expect(try room.faults(journal) == [])
    }

    @Test func deleting() async throws {
        try await room.done(.deleteEntity("a", .none))
        #expect(article.entities.map(\.entity.id) == ["b"] && article.quotes[0].speaker == nil && room.event("v")?.participants == [])
        #expect(await room.refusal(.deleteEntity("a", .none)) == .gone)
        #expect(await room.refusal(.mergeEntity("a", into: "b")) == .gone)
        try await room.done(.deleteEvent("v", .none))
        #expect(article.events.map(\.event.id) == ["w"])
        #expect(await room.refusal(.deleteEvent("v", .none)) == .gone)
        #expect(await room.refusal(.deleteEvent("zz", .none)) == .notFound)
        // It may be declared anew.
        #expect(try await room.done(.declareEntity(Entity(id: "a", name: "Ann"))).effect == .created)
        #expect(article.entities.map(\.entity.id) == ["b"] && room.index.entities["a"]?.articles == 0)
        #expect(try room.faults(journal) == [])
    }
}
