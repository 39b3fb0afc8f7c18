/// The durable, ordered list of everything that happened. What serves is a fold over it.
///
/// The protocol is small so that a shared database can stand behind it as well as the embedded one.
public protocol Journal: Sendable {
    /// Adds records in one transaction; when it returns they are on disk. Their sequence numbers must go on from
    /// `lastSequence`. Nothing is added when it throws.
    func append(_ records: [Record]) throws(JournalError)

    /// The records that follow a sequence number, in order, at most `limit`. Each is checked against its digest.
    func records(after sequence: UInt64, limit: Int) throws(JournalError) -> [Record]

    /// The sequence number of the last record; 0 for an empty journal.
    func lastSequence() throws(JournalError) -> UInt64
}

/// One thing that happened. The journal doesn't know what the body says.
public struct Record: Sendable, Equatable {
    /// 1 for the first, without gaps.
    public var sequence: UInt64
    /// What the body is.
    public var kind: String
    /// Milliseconds since 1970.
    public var time: Int64
    /// What happened, in bytes that only the newsroom reads.
    public var body: [UInt8]

    /// A record with all that it says.
    public init(sequence: UInt64, kind: String, time: Int64, body: [UInt8]) {
        self.sequence = sequence
        self.kind = kind
        self.time = time
        self.body = body
    }
}

/// Why the journal can't be used, or not now.
public enum JournalError: Error, Sendable, Equatable {
    /// No room on the disk. May pass.
    case full(String)
    /// The disk didn't do what it was told. May pass.
    case failed(String)
    /// Another process writes to it.
    case inUse(String)
    /// It was written by a newer version of the program.
    case newer(String)
    /// It is not a journal, or it is broken.
    case damaged(String)
}

extension JournalError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .full(let detail): "No room left for the journal: \(detail)"
        case .failed(let detail): "The journal can't be written or read: \(detail)"
        case .inUse(let detail): "The data folder is in use: \(detail)"
        case .newer(let detail): "The journal was written by a newer version: \(detail)"
        case .damaged(let detail): "The journal is damaged: \(detail)"
        }
    }
}
