import Dispatch
import JSON
import Journal
import News
import NewsIndex
import Synchronization

/// Folds a journal into an index.
public enum Replay {
    /// Records read and folded at a time.
    private static let chunk = 4_096

    /// Records are decoded on all cores, while those before them are folded in order, after the state that is given.
    public static func index(
        of journal: any Journal, from start: Index = Index(), progress: (UInt64, UInt64) -> Void = { _, _ in }
    ) throws(JournalError) -> Index {
        var index = start
        let last = try journal.lastSequence()
        progress(0, last)
        var ahead = Chunk(journal, after: index.sequence)
        while index.sequence < last {
            let entries = try ahead.entries()
            guard let end = entries.last?.sequence else { throw .damaged("record \(index.sequence + 1) is missing") }
            if end < last { ahead = Chunk(journal, after: end) }
            index.fold(entries)
            index.mergeSmall()
            if let merge = index.largeMerge() { index.apply(merge()) }
            progress(index.sequence, last)
        }
        return index
    }

    /// Records that are being read beside the caller.
    private final class Chunk: Sendable {
        private let result = Mutex<Result<[Entry], JournalError>>(.success([]))
        private let group = DispatchGroup()

        init(_ journal: any Journal, after sequence: UInt64) {
            DispatchQueue.global(qos: .userInitiated).async(group: group) {
                let read = Result { () throws(JournalError) in try Replay.entries(try journal.records(after: sequence, limit: Replay.chunk))
                }
                // Held to put it there; whoever takes it waits for that.
                self.result.withLock { $0 = read }
            }
        }

        /// Waits for them.
        func entries() throws(JournalError) -> [Entry] {
            group.wait()
            return try result.withLock { $0 }.get()
        }
    }

    /// Decodes records, and reads the words of their articles.
    public static func entries(_ records: [Record]) throws(JournalError) -> [Entry] {
        let slices = 16
        let results = Mutex<[Result<[Entry], JournalError>?]>(Array(repeating: nil, count: slices))
        DispatchQueue.concurrentPerform(iterations: slices) { slice in
            let part = records[records.count * slice / slices..<records.count * (slice + 1) / slices]
            let result = Result { () throws(JournalError) in
                var entries: [Entry] = []
                for record in part { entries.append(try entry(record)) }
                return entries
            }
            results.withLock { $0[slice] = result }
        }
        var entries: [Entry] = []
        for result in results.withLock({ $0 }) { entries += try result?.get() ?? [] }
        return entries
    }

    static func entry(_ record: Record) throws(JournalError) -> Entry {
        guard let kind = Change.Kind(rawValue: record.kind) else {
            throw .newer("record \(record.sequence) is of the unknown kind \"\(record.kind)\"")
        }
        let change: Change
        do {
            change = try Change(kind: kind, body: record.body)
        } catch {
            throw .damaged("record \(record.sequence): \(error.detail)")
        }
        let words: ArticleWords? =
            switch change {
            case .articlePut(let put), .articleRead(let put): ArticleWords(put.article)
            default: nil
            }
        return Entry(sequence: record.sequence, time: Instant(milliseconds: record.time), change: change, words: words)
    }
}
