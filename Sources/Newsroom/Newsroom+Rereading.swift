import Dispatch
import News
import NewsIndex
import Reader
import Synchronization

/// Reading again what another version of the reader has read, or none.
extension Newsroom {
    /// How many articles are read and handed in at a time.
    private static let portion = 64

    /// Reads every article whose findings are not this reader's, on all cores or on one, and takes in what it finds. An article keeps its
    /// version, what was posted with it and what editors said of it. Stopped and begun again, it goes on where it was: what is read says so.
    ///
    /// Returns when all are read, with how many findings changed. `progress` is told how many of how many articles were looked at.
    /// - Parameter isForced: reads those that this version has read too.
    public func reread(isForced: Bool = false, onAllCores: Bool, progress: (Int, Int) -> Void) throws(Refusal) -> Int {
        var ids: [ArticleID] = []
        snapshot.index.forEachArticle { ids.append($0.id) }
        var changed = 0
        for start in stride(from: 0, to: ids.count, by: Newsroom.portion) {
            let end = min(start + Newsroom.portion, ids.count)
            let index = snapshot.index
            var stale: [(article: Article, sequence: UInt64)] = []
            for id in ids[start..<end] {
                guard case .live(let stored) = index.article(id) else { continue }
                let article = stored.article()
                if isForced || article.reading?.version != Reading.version { stale.append((article, stored.sequence)) }
            }
            let articles = stale.map { Result<Article, Never>.success($0.article) }
            let drafts = onAllCores ? drafts(articles).map { $0.get() } : stale.map { draft($0.article) }
            for result in carryOut(zip(drafts, stale).map { .reread($0, of: $1.sequence) }) {
                switch result {
                case .success(let done): changed += done.effect == .unchanged ? 0 : 1
                // Whoever changed it meanwhile had it read.
                case .failure(.preconditionFailed): break
                case .failure(let refusal): throw refusal
                }
            }
            progress(end, ids.count)
        }
        return changed
    }

    /// Hands commands in, and waits for what comes of them.
    private func carryOut(_ commands: [Command]) -> [Result<Done, Refusal>] {
        guard !commands.isEmpty else { return [] }
        // Held for as long as it takes to copy a reference.
        let results = Mutex<[Result<Done, Refusal>]>([])
        let isDone = DispatchSemaphore(value: 0)
        submit(commands) { done in
            results.withLock { $0 = done }
            isDone.signal()
        }
        isDone.wait()
        return results.withLock { $0 }
    }
}
