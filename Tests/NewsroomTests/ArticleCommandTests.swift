import JSON
import Journal
import News
import NewsIndex
import Newsroom
import TestSupport
import Testing

struct ArticleCommandTests {
    let journal = MemoryJournal()
    let room: Newsroom
    init() throws { room = try Newsroom(journal) }

    @Test func postsAndPostsAgain() async throws {
        let first = try await room.done(try post(#"{"uri":"u:1","headline":"One"}"#))
        #expect(first.effect == .created && first.article?.version == 1 && first.article?.published != nil)
        #expect(first.article?.updated == first.article?.published && first.article?.indexed != nil)
        // The same again changes nothing; what is served can be posted back.
        let served = String(decoding: room.article(first.id)!.json, as: UTF8.self)
        for text in [#"{"uri":"u:1","headline":"One"}"#, served] {
            let again = try await room.done(try post(text))
            #expect(again.effect == .unchanged && again.id == first.id && journal.records.count == 1)
        }
        let second = try await room.done(try post(#"{"uri":"u:1","headline":"Two"}"#))
        #expect(second.effect == .updated && second.id == first.id && second.article?.version == 2)
        #expect(second.article?.published == first.article?.published && room.index.articleCount == 1)
        // Without a uri it is always a new one, unless it names its id.
        #expect(try await room.done(try post(#"{"headline":"One"}"#)).id != first.id)
        let byID = try await room.done(try post(#"{"id":"\#(first.id)","headline":"Three"}"#))
        #expect(byID.effect == .updated && byID.article?.uri == nil && byID.article?.version == 3)
        // Its uri is free again.
        #expect(try await room.done(try post(#"{"uri":"u:1","headline":"Other"}"#)).effect == .created)
        #expect(try room.faults(journal) == [])
    }

    @Test func urisBelongToOne() async throws {
        let a = try await room.done(try post(#"{"uri":"u:a","headline":"A"}"#)).id
        let b = try await room.done(try post(#"{"uri":"u:b","headline":"B"}"#)).id
        let attempts: [Command] = [
            try post(#"{"id":"\#(b)","uri":"u:a","headline":"x"}"#),
            try post(#"{"id":"00000000-0000-7000-8000-000000000000","uri":"u:a","headline":"x"}"#),
            .put(ArticleID(b)!, Draft(try posted(#"{"uri":"u:a","headline":"x"}"#)), .none),
            .patch(ArticleID(b)!, try patch(#"{"uri":"u:a"}"#), .none),
            .put(ArticleID(b)!, Draft(try posted(#"{"id":"\#(a)","headline":"x"}"#)), .none),
            .patch(ArticleID(b)!, try patch(#"{"id":"\#(a)"}"#), .none),
        ]
        for attempt in attempts {
            guard case .conflict = await room.refusal(attempt) else {
                Issue.record("\(attempt) was no conflict")
                continue
            }
        }
        #expect(journal.records.count == 2)
        // A withdrawn one keeps its uri: posting it brings the article back.
        try await room.done(.withdraw(ArticleID(a)!, .none))
        guard case .conflict = await room.refusal(.patch(ArticleID(b)!, try patch(#"{"uri":"u:a"}"#), .none)) else {
            Issue.record("the uri of a withdrawn article was taken")
            return
        }
        let back = try await room.done(try post(#"{"uri":"u:a","headline":"A again"}"#))
        #expect(back.id == a && back.article?.version == 2)
        #expect(try room.faults(journal) == [])
    }

    @Test func replacesAndPatches() async throws {
        let id = ArticleID(try await room.done(try post(#"{"headline":"H","body":"B","keywords":["a"],"updated":"2023-01-01"}"#)).id)!
        let patched = try await room.done(.patch(id, try patch(#"{"body":null,"keywords":["b","c"],"section":"s"}"#), .none))
        #expect(patched.article?.headline == "H" && patched.article?.body == nil && patched.article?.keywords == ["b", "c"])
        #expect(patched.article?.version == 2 && patched.article?.updated != Instant("2023-01-01"))
        #expect(try await room.done(.patch(id, try patch(#"{"section":"s"}"#), .none)).effect == .unchanged)
        #expect(try await room.done(.patch(id, try patch("{}"), .none)).effect == .unchanged)
        let dated = try await room.done(.patch(id, try patch(#"{"updated":"2023-02-02T00:00:00Z"}"#), .none))
        #expect(dated.article?.updated == Instant("2023-02-02"))
        let put = try await room.done(.put(id, Draft(try posted(#"{"body":"only"}"#)), .none))
        #expect(put.article?.headline == nil && put.article?.section == nil && put.article?.version == 4)
        for (text, pointer) in [(#"{"body":null}"#, "/headline"), (#"{"published":"x"}"#, "/published"), (#"{"x":1}"#, "/x")] {
            guard case .invalid(let error) = await room.refusal(.patch(id, try patch(text), .none)) else {
                Issue.record("\(text) was taken")
                continue
            }
            #expect(error.pointer == pointer)
        }
        #expect(try room.faults(journal) == [])
    }

    @Test func whatIsNotThere() async throws {
        let unknown = ArticleID("00000000-0000-7000-8000-000000000000")!
        let id = ArticleID(try await room.done(try post(#"{"headline":"H"}"#)).id)!
        func commands(_ id: ArticleID) throws -> [Command] {
            [.put(id, Draft(try posted(#"{"headline":"x"}"#)), .none), .patch(id, try patch("{}"), .none), .withdraw(id, .none)]
        }
        for command in try commands(unknown) { #expect(await room.refusal(command) == .notFound) }
        #expect(try await room.done(.withdraw(id, .none)).effect == .removed)
        for command in try commands(id) { #expect(await room.refusal(command) == .gone) }
        #expect(room.index.articleCount == 0 && journal.records.count == 2)
    }

    @Test func conditions() async throws {
        let id = ArticleID(try await room.done(try post(#"{"headline":"H"}"#)).id)!
        let sequence = room.index.sequence
        let wrong = Condition { found, _ in found != sequence }
        let right = Condition { found, _ in found == sequence }
        #expect(await room.refusal(.patch(id, try patch(#"{"headline":"x"}"#), wrong)) == .preconditionFailed)
        #expect(await room.refusal(.put(id, Draft(try posted(#"{"headline":"x"}"#)), wrong)) == .preconditionFailed)
        #expect(await room.refusal(.withdraw(id, wrong)) == .preconditionFailed)
        // The second of two editors who saw the same version comes too late, in one batch too.
        let results = await room.results([
            .patch(id, try patch(#"{"headline":"x"}"#), right), .patch(id, try patch(#"{"headline":"y"}"#), right),
        ])
        #expect(try results[0].get().effect == .updated)
        #expect(throws: Refusal.preconditionFailed) { try results[1].get() }
        #expect(room.article(id.description)?.article().headline == "x")
    }

    @Test func whatIsRestoredKeepsItsVersionAndTime() async throws {
        let json = #"{"id":"018bed3a-1234-7abc-8def-0123456789ab","version":7,"headline":"H","indexed":"2023-11-20T10:00:00Z"}"#
        let restored = try await room.done(.post(Draft(try posted(json), isRestored: true)))
        #expect(restored.article?.version == 7 && restored.article?.indexed == Instant("2023-11-20T10:00:00Z"))
        #expect(try await room.done(.post(Draft(try posted(json), isRestored: true))).effect == .unchanged)
        // An older one than is there is a new version like any other; and a client's word for it counts for nothing.
        let older = try await room.done(
            .post(Draft(try posted(json.replacing("\"H\"", with: "\"I\"").replacing(":7", with: ":3")), isRestored: true)))
        #expect(older.article?.version == 8)
        let posted = try await room.done(try post(json.replacing("\"H\"", with: "\"J\"").replacing(":7", with: ":99")))
        #expect(posted.article?.version == 9 && posted.article?.indexed != Instant("2023-11-20T10:00:00Z"))
        // The highest number there is can be read back, and what follows it too.
        let last = json.replacing("\"H\"", with: "\"K\"").replacing(":7", with: ":\(Limits.version)")
        #expect(try await room.done(.post(Draft(try NewsroomTests.posted(last), isRestored: true))).article?.version == Limits.version)
        #expect(try await room.done(try post(json.replacing("\"H\"", with: "\"L\""))).article?.version == Limits.version)
        #expect(try room.faults(journal) == [])
    }
}
