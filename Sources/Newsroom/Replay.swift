import Dispatch
import JSON
import Journal
import News
import NewsIndex
import Synchronization

/// Folds a journal into an index.
public enum Replay {
    /// Records read and folded at a time. They are not a segment yet.
    private static let chunk = 1_024

    /// Records are decoded on all cores, while those before them are folded in order, after the state that is given; large merges are
    /// made beside that too.
    public static func index(
        of journal: any Journal, from start: Index = Index(), progress: (UInt64, UInt64) -> Void = { _, _ in }
    ) throws(JournalError) -> Index {
        var index = start
        let last = try journal.lastSequence()
        progress(0, last)
        var ahead = Chunk(journal, after: index.sequence, upTo: last)
        var merging: Beside<FinishedMerge>?
        while index.sequence < last {
            let entries = try ahead.entries()
            guard let end = entries.last?.sequence else { throw .damaged("record \(index.sequence + 1) is missing") }
            if end < last { ahead = Chunk(journal, after: end, upTo: last) }
            index.gather(entries)
            index.mergeSmall()
            if let merge = merging, merge.isFinished {
                index.apply(merge.wait())
                merging = nil
            }
            if merging == nil { merging = index.largeMerge(.replaying).map(Beside.init) }
            progress(index.sequence, last)
        }
        index.seal()
        index.mergeSmall()
        while let merge = merging ?? (index.largeMerge(.replaying) ?? index.largeMerge(.replayed)).map(Beside.init) {
            index.apply(merge.wait())
            merging = nil
        }
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

    /// Records that are being read beside the caller.
    private struct Chunk {
        private let read: Beside<Result<[Entry], JournalError>>

        init(_ journal: any Journal, after sequence: UInt64, upTo last: UInt64) {
            let count = Int(min(UInt64(Replay.chunk), max(last, sequence) - sequence))
            read = Beside {
                Result { () throws(JournalError) in
                    try Replay.slices(count) { (slice) throws(JournalError) in
                        guard !slice.isEmpty else { return [] }
                        let records = try journal.records(after: sequence + UInt64(slice.lowerBound), limit: slice.count)
                        guard records.count == slice.count else {
                            throw .damaged("record \(sequence + UInt64(slice.lowerBound + records.count) + 1) is missing")
                        }
                        return records[...]
                    }
                }
            }
        }

        /// Waits for them.
        func entries() throws(JournalError) -> [Entry] { try read.wait().get() }
    }

    /// Decodes records, and reads the words of their articles.
    public static func entries(_ records: [Record]) throws(JournalError) -> [Entry] { try slices(records.count) { records[$0] } }

    /// Asks for so many records in slices, and decodes each, on all cores.
    private static func slices(
        _ count: Int, _ records: @Sendable (Range<Int>) throws(JournalError) -> ArraySlice<Record>
    ) throws(JournalError) -> [Entry] {
        let slices = 16
        let results = Mutex<[Result<[Entry], JournalError>?]>(Array(repeating: nil, count: slices))
        DispatchQueue.concurrentPerform(iterations: slices) { slice in
            let range = count * slice / slices..<count * (slice + 1) / slices
            let result = Result { () throws(JournalError) in
                var entries: [Entry] = []
                entries.reserveCapacity(range.count)
                for record in try records(range) { entries.append(try entry(record)) }
                return entries
            }
            results.withLock { $0[slice] = result }
        }
        var entries: [Entry] = []
        entries.reserveCapacity(count)
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
            case .articlePut(let put), .articleRead(let put): ArticleWords(recorded: put.article)
            default: nil
            }
        return Entry(sequence: record.sequence, time: Instant(milliseconds: record.time), change: change, words: words)
    }
}
