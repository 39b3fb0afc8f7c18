import JSON
import Journal
import Logging
import News
import NewsIndex
import Newsroom
import TestSupport

/// An article as a client would post it.
func posted(_ json: String) throws -> Article {
    var reader = JSONReader(Array(json.utf8))
    return try Article(from: &reader)
}

func post(_ json: String) throws -> Command { .post(Draft(try posted(json))) }

func patch(_ json: String) throws -> JSONValue {
    var reader = JSONReader(Array(json.utf8))
    return try reader.value()
}

extension Done {
    /// The article that it is about, as it is served.
    var article: Article? {
        guard let id = ArticleID(id), case .live(let stored) = snapshot.index.article(id) else { return nil }
        return stored.article()
    }
}

extension Newsroom {
    var index: Index { snapshot.index }

    func article(_ id: String) -> StoredArticle? {
        guard let id = ArticleID(id), case .live(let stored) = index.article(id) else { return nil }
        return stored
    }

    func entity(_ id: String) -> Entity? { index.entities[id]?.entity }
    func event(_ id: String) -> Event? { index.events[id]?.event }

    /// What is served is what the journal says, and in itself without fault.
    func faults(_ journal: any Journal) throws(JournalError) -> [String] {
        let replayed = try Replay.index(of: journal)
        return index.faults() + replayed.faults() + index.differences(from: replayed)
    }
}

extension Newsroom {
    convenience init(_ journal: any Journal) throws(JournalError) {
        try self.init(journal: journal, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    }

    /// Hands commands in and waits for what comes of them.
    func results(_ commands: [Command]) async -> [Result<Done, Refusal>] {
        await withCheckedContinuation { continuation in submit(commands) { continuation.resume(returning: $0) } }
    }

    func result(_ command: Command) async -> Result<Done, Refusal> { await results([command])[0] }

    /// What comes of a command that must go well.
    @discardableResult
    func done(_ command: Command) async throws -> Done { try await result(command).get() }

    func refusal(_ command: Command) async -> Refusal? {
        if case .failure(let refusal) = await result(command) { refusal } else { nil }
    }
}
