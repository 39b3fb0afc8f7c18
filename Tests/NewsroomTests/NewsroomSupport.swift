import JSON
import Journal
import News
import NewsIndex
import Newsroom

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
