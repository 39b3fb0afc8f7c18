import ArgumentParser
import Journal
import NewsIndex
import Newsroom

struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Verify the journal, and that the index is what it says.",
        discussion: """
            Reads every page and every record of the journal, folds it twice, in portions and record by record, compares \
            what both would serve, and holds the postings and counts against the articles. If there is a checkpoint, what a \
            start would make of it is compared as well. Changes nothing. The exit status is 0 if all is well, 1 if not.
            """)

    @OptionGroup var folder: DataOptions

    func run() throws {
        do {
            let journal = try SQLiteJournal(folder: folder.data, access: .read)
            var faults = try journal.integrityFaults()
            let index = try Replay.index(of: journal)
            faults += try Check.singly(journal, upTo: index.sequence).differences(from: index)
            faults += index.faults()
            faults += try checkpointFaults(journal, index)
            for fault in faults { print(fault) }
            guard faults.isEmpty else { throw ExitCode(1) }
            print(
                "\(journal.path) is sound: \(index.sequence) records, \(index.articleCount) articles, \(index.entities.count) entities, \(index.events.count) events."
            )
        } catch let error as JournalError {
            throw CommandError(error.description)
        }
    }

    /// What a start from the checkpoint would serve, held against the whole journal.
    private func checkpointFaults(_ journal: SQLiteJournal, _ index: Index) throws -> [String] {
        var fault: CheckpointFault?
        // A server that runs beside may just be saving another one.
        for _ in 0..<3 {
            do {
                guard let saved = try CheckpointFolder(Opening.checkpoints(folder.data)).index(of: journal) else { return [] }
                guard saved.sequence <= index.sequence else { return [] }
                let opened = try Check.singly(journal, from: saved, upTo: index.sequence)
                return (opened.faults() + opened.differences(from: index)).map { "checkpoint: \($0)" }
            } catch let error as CheckpointFault {
                fault = error
            }
        }
        return fault.map { ["checkpoint: \($0)"] } ?? []
    }

    /// The same fold, one record at a time, as when they came in one by one.
    private static func singly(_ journal: SQLiteJournal, from start: Index = Index(), upTo last: UInt64) throws -> Index {
        var index = start
        while index.sequence < last {
            let records = try journal.records(after: index.sequence, limit: min(1_000, Int(last - index.sequence)))
            for entry in try Replay.entries(records) {
                index.fold([entry])
                index.mergeSmall()
                if let merge = index.largeMerge() { index.apply(merge()) }
            }
        }
        return index
    }
}
