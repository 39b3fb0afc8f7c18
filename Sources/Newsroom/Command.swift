import JSON
import Journal
import News
import NewsIndex

/// Something that a client wants to happen.
public enum Command: Sendable {
    /// Puts an article: under its id or uri if that is known, otherwise a new one.
    case post(Draft)
    /// Replaces the article under an id.
    case put(ArticleID, Draft, Condition)
    /// Applies a JSON merge patch (RFC 7396); `ahead` is what would come of it, worked out before its turn.
    case patch(ArticleID, JSONValue, Condition, ahead: PatchedDraft? = nil)
    case withdraw(ArticleID, Condition)
    /// Takes in what a newer reader found in the article of that sequence number.
    case reread(Draft, of: UInt64)

    case declareEntity(Entity)
    case patchEntity(String, JSONValue, Condition)
    case deleteEntity(String, Condition)
    case mergeEntity(String, into: String)
    /// Says that it is none, and that the reader is to make none of its names again.
    case rejectEntity(String, Condition)
    /// Says that some of the articles that name it mean another one.
    case splitEntity(String, into: Entity, articles: [ArticleID])

    case declareEvent(Event)
    case patchEvent(String, JSONValue, Condition)
    case deleteEvent(String, Condition)
    case mergeEvent(String, into: String)
}

/// A precondition on what is there when the command's turn comes (RFC 9110 §13.1).
public struct Condition: Sendable {
    /// Whether a state is acceptable, given the sequence number that its entity tag is made of, and when it last changed, where that
    /// is known.
    let holds: @Sendable (_ sequence: UInt64, _ changed: Instant?) -> Bool

    /// A condition by what it holds for.
    public init(_ holds: @escaping @Sendable (_ sequence: UInt64, _ changed: Instant?) -> Bool) { self.holds = holds }

    /// Anything goes.
    public static let none = Condition { _, _ in true }
}

/// What came of a command, once it is durable and served.
public struct Done: Sendable {
    /// What became of the resource.
    public enum Effect: Sendable, Equatable { case created, updated, unchanged, removed }

    /// What a command wrote, as it left it: commands after it in the same batch may have changed it again.
    public enum Written: Sendable {
        case article(StoredArticle)
        case entity(EntityEntry)
        case event(EventEntry)
        /// It took something away.
        case nothing
    }

    /// What became of the resource.
    public let effect: Effect
    /// The id of what was changed.
    public let id: String
    /// What stands there after it.
    public let written: Written
    /// A state of the index in which the change can be seen.
    public let snapshot: Snapshot
}

/// Why a command was not carried out.
public enum Refusal: Error, Sendable, Equatable {
    /// The command itself is at fault.
    case invalid(JSONError)
    /// It contradicts what is there.
    case conflict(String)
    case notFound
    case gone
    case merged(into: String)
    case preconditionFailed
    /// It could not be made durable.
    case storage(JournalError)
    /// Too much is waiting already.
    case overloaded
    /// The newsroom is closing.
    case closed
}
