import JSON
import Journal
import Logging
import News
import NewsIndex
import Newsroom
import TestSupport
import Testing

/// Articles about the same happening are put together as they come.
@Suite struct StoryTests {
    let journal = MemoryJournal()

    private static let accounts: [[String]] = [
        [
            "Rescuers searched the rubble of a collapsed hotel in the port of Izmara on Tuesday after an earthquake of magnitude 6.8 killed at least "
                + "forty people. Hospitals in the province said hundreds were hurt, and the governor asked for tents and blankets.",
            "At least forty people died when a strong earthquake shook the Izmara province before dawn. The old hotel at the port fell down, "
                + "and rescuers were still digging in the rubble, governor Tamas Belan told reporters beside the ruins.",
            "The death toll of the Izmara earthquake rose to fifty-two on Wednesday. Governor Tamas Belan said rescuers had pulled nine people alive "
                + "from the rubble of the port hotel.",
        ],
        [
            "The central bank of Norland raised its key rate by half a point to 4.25 percent, surprising markets. Chairwoman Ilse Brandt said "
                + "inflation remained too high and more steps could follow in spring.",
            "Norland's central bank surprised investors with a rate rise of half a point. Inflation is still too high, chairwoman Ilse Brandt told "
                + "journalists; the key rate now stands at 4.25 percent, and bonds fell.",
        ],
        [
            "Rovers beat United 3-1 in the cup final at Wexley Park, with two goals by striker Dario Penn in the second half. United had led through "
                + "captain Ollie Marsh before the break.",
            "Two late goals by Dario Penn gave Rovers the cup. United captain Ollie Marsh had opened the scoring in the final at Wexley Park, but "
                + "Rovers came back after the break to win 3-1.",
        ],
    ]

    private func newsroom() throws -> Newsroom {
        try Newsroom(journal: journal, reader: ReadArticleTests.reader, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    }

    private func put(_ body: String, _ name: String, day: Int = 1, in room: Newsroom) async throws -> Article {
        var article = Article()
        (article.body, article.uri, article.language) = (body, "x:\(name)", "en")
        article.published = Instant(milliseconds: 1_700_000_000_000 + Int64(day) * 86_400_000)
        return try #require(try await room.done(.post(room.draft(article))).article)
    }

    /// The story of each article that is there now, by its uri.
    private func stories(_ room: Newsroom) -> [String: ArticleID?] {
        var stories: [String: ArticleID?] = [:]
        room.index.forEachArticle { stories[$0.uri ?? ""] = $0.article().story }
        return stories
    }

    @Test func accountsOfOneHappeningAreOneStory() async throws {
        let room = try newsroom()
        var firsts: [ArticleID] = []
        for (event, accounts) in Self.accounts.enumerated() { firsts.append(try await put(accounts[0], "\(event).0", in: room).id!) }
        #expect(stories(room).values.allSatisfy { $0 == nil }, "each is alone: \(stories(room))")
        for (event, accounts) in Self.accounts.enumerated() {
            for number in accounts.indices.dropFirst() { _ = try await put(accounts[number], "\(event).\(number)", in: room) }
        }
        for (event, accounts) in Self.accounts.enumerated() {
            for number in accounts.indices { #expect(stories(room)["\("x:")\(event).\(number)"] == firsts[event], "\(event).\(number)") }
        }
        #expect(try room.faults(journal) == [])
        // Nobody copied anybody.
        room.index.forEachArticle { #expect($0.article().original == nil) }
    }

    @Test func copiesAreToldFromAccounts() async throws {
        let room = try newsroom()
        let text = Self.accounts[0].joined(separator: " ")
        let first = try await put(text, "wire", in: room)
        let copy = try await put("(Wire) " + text.replacing("said hundreds", with: "reported that hundreds"), "paper", in: room)
        let short = try await put(String(text.prefix(text.count * 2 / 3)), "brief", in: room)
        #expect(copy.original == first.id && short.original == first.id && copy.story == first.id)
        #expect(room.article(first.id!.description)?.article().original == first.id)
        #expect(try room.faults(journal) == [])
    }

    @Test func aStoryIsOverSomeDay() async throws {
        let room = try newsroom()
        _ = try await put(Self.accounts[0][0], "old", day: 1, in: room)
        let late = try await put(Self.accounts[0][1], "late", day: 30, in: room)
        #expect(late.story == nil)
    }

    @Test func anotherVersionStaysAndARestartRemembers() async throws {
        let room = try newsroom()
        let first = try await put(Self.accounts[1][0], "1", in: room)
        let second = try await put(Self.accounts[1][1], "2", in: room)
        #expect(second.story == first.id)
        let changed = try await put(Self.accounts[2][1], "2", in: room)
        #expect(changed.version == 2 && changed.story == first.id)
        room.close()
        let again = try newsroom()
        #expect(try await put(Self.accounts[1][1] + " It was so.", "3", in: again).story == first.id)
        #expect(try again.faults(journal) == [])
    }
}
