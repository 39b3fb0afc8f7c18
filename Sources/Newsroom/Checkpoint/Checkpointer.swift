import Dispatch
import Journal
import Logging
import NewsIndex
import Synchronization

/// Opens a newsroom from its checkpoint, and saves one now and then, beside the writer.
final class Checkpointer: Sendable {
    private struct State {
        var saved = CheckpointFolder.Saved()
        var isSaving = false
        var isFailing = false
        /// The sequence number of what was saved or tried last.
        var sequence: UInt64 = 0
    }

    private let folder: CheckpointFolder
    private let journal: any Journal
    private let logger: Logger
    private let queue = DispatchQueue(label: "newsroom.checkpoint", qos: .utility)
    /// Held for as long as it takes to copy a few values; while one is saved nobody else touches `saved`.
    private let state = Mutex(State())

    /// So many changes are worth a checkpoint: folding them takes a second; or a part of all there are, since all that is not
    /// articles is written anew each time.
    private static let interval: UInt64 = 20_000
    private static let part: UInt64 = 16

    init(_ folder: CheckpointFolder, _ journal: any Journal, _ logger: Logger) {
        self.folder = folder
        self.journal = journal
        self.logger = logger
    }

    /// The index that was saved; one of nothing if there is none that can be used.
    func index() -> Index {
        var saved = CheckpointFolder.Saved()
        do throws(CheckpointFault) {
            guard let index = try folder.index(of: journal, &saved) else { return Index() }
            state.withLock { $0 = State(saved: saved, sequence: index.sequence) }
            return index
        } catch {
            logger.warning("the checkpoint can't be used, so the whole journal is read", metadata: ["error": "\(error)"])
            return Index()
        }
    }

    /// Saves the index beside its caller if enough has changed. All of it must be durable.
    func consider(_ snapshot: Snapshot) {
        let sequence = snapshot.index.sequence
        let isDue = state.withLock { state in
            let step = max(Checkpointer.interval, sequence / Checkpointer.part)
            guard !state.isSaving, sequence >= state.sequence + step else { return false }
            state.isSaving = true
            return true
        }
        if isDue { queue.async { self.save(snapshot.index) } }
    }

    /// Saves the index if anything has changed, or was merged, and returns when that is done.
    func finish(_ snapshot: Snapshot) {
        queue.sync {
            let (sequence, files) = self.state.withLock { ($0.sequence, $0.saved.files) }
            let isSaved = snapshot.index.segments.elementsEqual(files) { $0 === $1.segment }
            if snapshot.index.sequence > sequence || !isSaved { self.save(snapshot.index) }
        }
    }

    private func save(_ index: Index) {
        let wasFailing = state.withLock { $0.isFailing }
        var saved = state.withLock { $0.saved }
        var isFailing = false
        let started = ContinuousClock.now
        do throws(CheckpointFault) {
            try folder.save(index, of: journal, &saved)
            logger.info("saved a checkpoint", metadata: ["records": "\(index.sequence)", "took": "\(ContinuousClock.now - started)"])
        } catch {
            isFailing = true
            if !wasFailing {
                logger.warning("no checkpoint can be saved; the next start will take longer", metadata: ["error": "\(error)"])
            }
        }
        state.withLock { $0 = State(saved: saved, isSaving: false, isFailing: isFailing, sequence: index.sequence) }
    }
}
