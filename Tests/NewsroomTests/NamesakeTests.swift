import Logging
import News
import NewsIndex
import Newsroom
import Reader
import TestSupport
import Testing

/// The same name for two people is kept apart where the context says so.
struct NamesakeTests {
    let journal = MemoryJournal()
    let room: Newsroom

    init() throws {
        let reader = try #require(ReadArticleTests.reader)
        room = try Newsroom(journal: journal, reader: reader, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    }

    static let football = [
        "Leeds United striker John Smith scored twice as Leeds United beat Everton 3-1. Coach Marco Rossi praised him. John Smith left injured.",
        "Coach Marco Rossi said striker John Smith will miss the match of Leeds United against Burnley on Saturday.",
        "John Smith scored the goal for Leeds United in the cup final against Burnley. Goalkeeper Peter Hall saved a penalty.",
    ]
    static let politics = [
        "Health Minister John Smith told Parliament that hospitals would get more money. Senator Mary Clark of the Labour Party disagreed.",
        "Health Minister John Smith met Senator Mary Clark in London. The Labour Party wants his resignation.",
        "John Smith and Senator Mary Clark voted for the bill. The Labour Party won the vote, Governor Ann Price said.",
    ]

    /// The ids and confidences of the John Smiths of articles, in the order of the articles.
    private func post(_ bodies: [String]) async throws -> [(id: String, confidence: Double)] {
        var found: [(id: String, confidence: Double)] = []
        for body in bodies {
            let text = #"{"headline":"News","body":"\#(body)","published":"2023-03-07T10:00:00Z"}"#
            let article = try #require(try await room.done(.post(room.draft(posted(text)))).article)
            let smith = try #require(article.entities.first { $0.entity.name == "John Smith" }, "\(article.entities.map(\.entity.name))")
            found.append((smith.entity.id, smith.confidence ?? 0))
        }
        return found
    }

    @Test func aFootballerIsNoMinister() async throws {
        let footballer = try await post(Self.football)
        let minister = try await post(Self.politics)
        #expect(footballer.map(\.id) == ["john-smith", "john-smith", "john-smith"])
        #expect(minister.map(\.id) == ["john-smith-2", "john-smith-2", "john-smith-2"])
        #expect(try await post(Self.football).map(\.id) == footballer.map(\.id))
        #expect(try room.faults(journal) == [])
    }

    /// Whom an editor made one, or two, stays so when the articles are read again, whatever the surroundings say.
    @Test func whatEditorsSayOfNamesakesStands() async throws {
        _ = try await post(Self.football + Self.politics)
        var articles: [ArticleID] = []
        room.index.forEachArticle { if $0.article().entities.contains(where: { $0.entity.id == "john-smith" }) { articles.append($0.id) } }
        try await room.done(.mergeEntity("john-smith-2", into: "john-smith"))
        try await room.done(.splitEntity("john-smith", into: Entity(kind: .person, name: "John Smith"), articles: [articles[0]]))
        func smiths() -> [[String]] {
            var ids: [[String]] = []
            room.index.forEachArticle { ids.append($0.article().entities.filter { $0.entity.name == "John Smith" }.map(\.entity.id)) }
            return ids.sorted { $0.joined() < $1.joined() }
        }
        let before = smiths()
        #expect(Set(before.joined()) == ["john-smith", "john-smith-3"])
        _ = try room.reread(isForced: true, onAllCores: false) { _, _ in }
        #expect(smiths() == before)
        #expect(try room.faults(journal) == [])
    }

    @Test func theOrderDoesNotMatter() async throws {
        let mixed = try await post(zip(Self.football, Self.politics).flatMap { [$0, $1] })
        #expect(mixed.map(\.id) == ["john-smith", "john-smith-2", "john-smith", "john-smith-2", "john-smith", "john-smith-2"])
    }

    @Test func whoIsMeantByNothingButTheNameIsUndecided() async throws {
        _ = try await post(Self.football + Self.politics)
        let undecided = try await post(["John Smith bought a house on the coast of Wales."])
        #expect(undecided[0].confidence <= 0.5 && ["john-smith", "john-smith-2"].contains(undecided[0].id))
    }

    @Test func oneMayDoManyThings() async throws {
        let lives = [
            "Mayor John Smith opened the bridge beside Governor Ann Price.",
            "Businessman John Smith spoke with Governor Ann Price on Monday.",
            "Lawyer John Smith was in court in Oslo.",
        ]
        #expect(try await post(lives).map(\.id) == ["john-smith", "john-smith", "john-smith"])
    }

    @Test func aFatherIsNotHisSon() async throws {
        let lives = [
            "Mayor John Smith opened the bridge beside Governor Ann Price.",
            "Mayor John Smith opened the harbour beside his son, John Smith Jr. Governor Ann Price thanked them.",
            "Governor Ann Price said John Smith Jr. had left for Wales. Voters like John Smith Jr. and the harbour.",
            "Mayor John Smith met Governor Ann Price in Wales.",
        ]
        var found: [Set<String>] = []
        for body in lives {
            let text = #"{"headline":"News","body":"\#(body)","published":"2023-03-07T10:00:00Z"}"#
            let article = try #require(try await room.done(.post(room.draft(posted(text)))).article)
            found.append(Set(article.entities.map(\.entity.id).filter { $0.hasPrefix("john-smith") }))
        }
        #expect(found == [["john-smith"], ["john-smith", "john-smith-jr"], ["john-smith-jr"], ["john-smith"]])
        #expect(try room.faults(journal) == [])
    }

    @Test func aRestartKnowsThemApart() async throws {
        _ = try await post(Self.football + Self.politics)
        let index = room.index
        let images = index.segments.compactMap { segment in
            var bytes: [UInt8] = []
            segment.writeImage { bytes += $0 }
            return SegmentImage(byteCount: bytes.count) { [bytes] in $0.copyBytes(from: bytes) }
        }
        let again = try #require(Index(state: index.state(), images))
        for id in ["john-smith", "john-smith-2"] {
            #expect(again.entities[id]?.acquaintance == index.entities[id]?.acquaintance)
            #expect(index.entities[id]?.acquaintance.company.isEmpty == false)
        }
    }
}
