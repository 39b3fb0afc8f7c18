import JSON
import Journal
import News
import NewsIndex
import Reader

/// Carries out commands on its own copy of the index, and collects the records that make them last.
///
/// Nothing here is seen by anyone until the records are on disk; if they can't be written, the desk is thrown away.
struct Desk {
    struct Effect: Sendable {
        let effect: Done.Effect
        let id: String
        var written = Done.Written.nothing
    }

    private(set) var index: Index
    /// The stories that are being told.
    var stories: StoryBook
    private(set) var records: [Record] = []
    /// How many articles of the batch were given an id.
    private var named = 0
    /// The same for all commands of a batch.
    let now: Instant
    /// Reads what a command changes the text of.
    let reader: Reader?

    init(_ index: Index, _ stories: StoryBook, reader: Reader?, now: Instant) {
        self.index = index
        self.stories = stories
        self.reader = reader
        self.now = now
    }

    mutating func carryOut(_ command: Command) -> Result<Effect, Refusal> {
        do throws(Refusal) {
            var effect = try effect(of: command)
            effect.written = written(by: command, effect.id)
            return .success(effect)
        } catch {
            return .failure(error)
        }
    }

    private mutating func effect(of command: Command) throws(Refusal) -> Effect {
        switch command {
        case .post(let draft): return try post(draft)
        case .put(let id, let draft, let condition): return try put(draft, as: id, condition)
        case .patch(let id, let patch, let condition, let ahead): return try self.patch(id, patch, condition, ahead: ahead)
        case .withdraw(let id, let condition): return try withdraw(id, condition)
        case .reread(let draft, let sequence): return try reread(draft, of: sequence)
        case .declareEntity(let entity): return try declare(entity)
        case .patchEntity(let id, let patch, let condition): return try self.patch(entity: id, patch, condition)
        case .deleteEntity(let id, let condition): return try delete(entity: id, condition)
        case .mergeEntity(let id, let heir): return try merge(entity: id, into: heir)
        case .rejectEntity(let id, let condition): return try reject(entity: id, condition)
        case .splitEntity(let id, let part, let articles): return try split(entity: id, into: part, articles)
        case .declareEvent(let event): return try declare(event)
        case .patchEvent(let id, let patch, let condition): return try self.patch(event: id, patch, condition)
        case .deleteEvent(let id, let condition): return try delete(event: id, condition)
        case .mergeEvent(let id, let heir): return try merge(event: id, into: heir)
        }
    }

    private func written(by command: Command, _ id: String) -> Done.Written {
        switch command {
        case .post, .put, .patch, .reread:
            if let id = ArticleID(id), case .live(let article) = index.article(id) { return .article(article) }
        case .declareEntity, .patchEntity, .mergeEntity, .splitEntity:
            if case .live(let entity) = index.entity(id) { return .entity(entity) }
        case .declareEvent, .patchEvent, .mergeEvent:
            if case .live(let event) = index.event(id) { return .event(event) }
        case .withdraw, .deleteEntity, .rejectEntity, .deleteEvent: break
        }
        return .nothing
    }

    /// The index with everything that was carried out.
    mutating func finish() -> Index {
        index.seal()
        index.mergeSmall()
        return index
    }

    // MARK: For the commands

    /// An id for a new article. Those of one batch ascend in the order of its commands.
    mutating func newArticleID() -> ArticleID {
        defer { named += 1 }
        return ArticleID(at: now, number: named)
    }

    /// Records a change and folds it in, so that the next command sees it.
    mutating func record(_ change: Change, words: ArticleWords? = nil) {
        let sequence = index.sequence + 1
        records.append(Record(sequence: sequence, kind: change.kind.rawValue, time: now.milliseconds, body: change.encoded()))
        index.fold(Entry(sequence: sequence, time: now, change: change, words: words))
    }

    func check(_ condition: Condition, _ sequence: UInt64, changed: Instant? = nil) throws(Refusal) {
        guard condition.holds(sequence, changed) else { throw .preconditionFailed }
    }

    func live<Resource>(_ found: Index.Found<Resource>) throws(Refusal) -> Resource {
        switch found {
        case .live(let resource): return resource
        case .gone: throw .gone
        case .merged(let heir): throw .merged(into: heir)
        case .unknown: throw .notFound
        }
    }

    /// Applies a merge patch to a resource, and reads what came of it as if a client had sent it.
    func patched<Resource>(
        _ json: [UInt8], with patch: JSONValue, _ read: (inout JSONReader) throws(JSONError) -> Resource
    ) throws(Refusal) -> Resource {
        do { return try json.patched(with: patch, read) } catch { throw .invalid(error) }
    }
}
