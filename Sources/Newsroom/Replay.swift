import Dispatch
import JSON
import Journal
import News
import NewsIndex
import Synchronization

/// Folds a journal into an index.
public enum Replay {
    /// Records read and folded at a time.
    private static let chunkSize: UInt64 = 512
    /// Chunks that are read ahead, as many at the same time as there are cores: enough for as long as it takes to make a segment.
    private static let chunksAhead = 16

    /// Records are decoded on all cores, while those before them are folded in order, after the state that is given; large segments are put
    /// in codes, or merged, beside that too.
    public static func index(
        of journal: any Journal, from start: Index = Index(), progress: (UInt64, UInt64) -> Void = { _, _ in }
    ) throws(JournalError) -> Index {
        var index = start
        let last = try journal.lastSequence()
        progress(0, last)
        var ahead: [Beside<Result<[Entry], JournalError>>] = []
        var read = index.sequence
        var merging: Beside<FinishedMerge>?
        while index.sequence < last {
            while ahead.count < chunksAhead, read < last {
                let (first, end) = (read, min(read + chunkSize, last))
                ahead.append(Beside { Result { () throws(JournalError) in try entries(of: journal, after: first, upTo: end) } })
                read = end
            }
            index.gather(try ahead.removeFirst().wait().get())
            index.mergeSmall()
            if let merge = merging, merge.isFinished {
                index.apply(merge.wait())
                merging = nil
            }
            if merging == nil { merging = index.largeMerge(.replaying).map(Beside.init) }
            progress(index.sequence, last)
        }
        index.seal()
        // What else there is to do can wait until the newsroom is open.
        if let merging { index.apply(merging.wait()) }
        return index
    }

    /// Work that is being done beside the caller.
    private final class Beside<Answer: Sendable>: Sendable {
        private let answer = Mutex<Answer?>(nil)
        private let group = DispatchGroup()

        init(_ work: @escaping @Sendable () -> Answer) {
            DispatchQueue.global(qos: .userInitiated).async(group: group) {
                let answer = work()
                // Held to put it there, or to look whether it is.
                self.answer.withLock { $0 = answer }
            }
        }

        var isFinished: Bool { answer.withLock { $0 != nil } }

        func wait() -> Answer {
            group.wait()
            // It is there once the group has nothing left.
            guard let answer = answer.withLock({ $0 }) else { preconditionFailure("the work answered nothing") }
            return answer
        }
    }

    private static func entries(of journal: any Journal, after first: UInt64, upTo last: UInt64) throws(JournalError) -> [Entry] {
        let records = try journal.records(after: first, limit: Int(last - first))
        var expected = first
        for record in records {
            expected += 1
            guard record.sequence == expected else { throw .damaged("record \(expected) is missing") }
        }
        guard expected == last else { throw .damaged("record \(expected + 1) is missing") }
        return try entries(records)
    }

    /// Decodes records, and reads the words of their articles.
    public static func entries(_ records: [Record]) throws(JournalError) -> [Entry] {
        var entries: [Entry] = []
        entries.reserveCapacity(records.count)
        for record in records { entries.append(try entry(record)) }
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
            case .articlePut(let put), .articleRead(let put): ArticleWords(recorded: put.article)
            default: nil
            }
        return Entry(sequence: record.sequence, time: Instant(milliseconds: record.time), change: change, words: words)
    }
}
