import Dispatch
import Foundation
import Journal
import Logging
import News
import NewsIndex
public import Reader
import Synchronization

/// The one writer: read, resolve, journal, index, tell.
///
/// Whatever waits when the writer comes round is carried out in order, made durable in one transaction, and shown in
/// one new snapshot. A command is answered only then.
public final class Newsroom: Sendable {
    /// More commands than this may not wait; they are refused until there is room.
    public static let queueLimit = 20_000
    /// How many commands go into one transaction at most.
    static let batchLimit = 4_096

    typealias Completion = @Sendable ([Result<Done, Refusal>]) -> Void

    struct Submission: Sendable {
        let commands: [Command]
        let completion: Completion
    }

    private struct Inbox {
        var waiting: [Submission] = []
        var commandCount = 0
        var isScheduled = false
        var isClosed = false
    }

    /// The index with all that was folded in, durable or not yet.
    private struct Tip {
        var index: Index
        /// The stories that are being told in it; nil until somebody asks.
        var stories: StoryBook?
        /// Goes up when what was folded in and not written has to be forgotten.
        var epoch = 0
        /// Batches on their way to the disk.
        var underway = 0
    }

    /// One attempt to make records durable.
    public struct Commit: Sendable {
        /// How many records it was about.
        public let records: Int
        /// How long it took.
        public let duration: Duration
        /// Whether they are durable now.
        public let isDurable: Bool
    }

    private let journal: any Journal
    private let checkpointer: Checkpointer?
    private let logger: Logger
    /// Reads the articles that are put; nil if they are taken as they come.
    public let reader: Reader?
    private let onCommit: @Sendable (Commit) -> Void
    /// Commands are carried out here, one batch after the other.
    private let queue = DispatchQueue(label: "newsroom")
    /// Batches are written and shown here, in the same order, while the next one is carried out.
    private let writing = DispatchQueue(label: "newsroom.writing")
    /// Large merges are made here, beside the writer.
    private let mergeQueue = DispatchQueue(label: "newsroom.merge", qos: .utility)
    /// Held for as long as it takes to append to an array.
    private let inbox = Mutex(Inbox())
    /// Touched on `queue` alone, so that nobody ever waits for it.
    private let tip: Mutex<Tip>
    /// Held for as long as it takes to copy a reference.
    private let current: Mutex<Snapshot>
    /// The last attempt to write, if it failed. Held for as long as it takes to copy it.
    private let failure = Mutex<Failure?>(nil)
    /// Touched on `queue` alone.
    private let merging = Mutex(Merging())

    private struct Merging {
        var isUnderway = false
        /// Whether somebody looks soon whether anything is still written.
        var awaitsRest = false
    }

    private struct Failure {
        let error: JournalError
        /// Everything that was folded in up to this epoch is forgotten.
        let epoch: Int
    }

    /// Opens for business with what the journal says, read from the checkpoint as far as there is one. `progress` is told how many of
    /// how many records are folded, `onCommit` of each transaction on the writer's queue.
    public init(
        journal: any Journal, reader: Reader? = nil, logger: Logger, checkpoints: CheckpointFolder? = nil,
        onCommit: @escaping @Sendable (Commit) -> Void = { _ in },
        progress: (UInt64, UInt64) -> Void = { _, _ in }
    ) throws(JournalError) {
        self.onCommit = onCommit
        self.journal = journal
        self.reader = reader
        self.logger = logger
        checkpointer = checkpoints.map { Checkpointer($0, journal, logger) }
        let index = try Replay.index(of: journal, from: checkpointer?.index() ?? Index(), progress: progress)
        tip = Mutex(Tip(index: index))
        let snapshot = Snapshot(index)
        current = Mutex(snapshot)
        checkpointer?.consider(snapshot)
        // Whoever stopped last may have left some to do.
        queue.async { self.mergeOn() }
    }

    /// What is served now. Never blocks for longer than it takes to copy a reference.
    public var snapshot: Snapshot { current.withLock { $0 } }

    /// Why the last attempt to write failed; nil once one went well again.
    public var storageFailure: JournalError? { failure.withLock { $0?.error } }

    /// Hands in commands, which are carried out in order and as one transaction with what else waits.
    /// `completion` gets a result for each, on the writer's queue, and must not block.
    public func submit(_ commands: [Command], completion: @escaping @Sendable ([Result<Done, Refusal>]) -> Void) {
        enum Admission { case refused(Refusal), schedule, wait }
        let admission: Admission = inbox.withLock { inbox in
            if inbox.isClosed { return .refused(.closed) }
            // One submission is always let in, however long, so that a large batch can't be refused for ever.
            if inbox.commandCount > 0, inbox.commandCount + commands.count > Newsroom.queueLimit { return .refused(.overloaded) }
            inbox.waiting.append(Submission(commands: commands, completion: completion))
            inbox.commandCount += commands.count
            defer { inbox.isScheduled = true }
            return inbox.isScheduled ? .wait : .schedule
        }
        switch admission {
        case .refused(let refusal): completion(commands.map { _ in .failure(refusal) })
        case .schedule: queue.async { self.drain() }
        case .wait: break
        }
    }

    /// Carries out what waits, refuses what comes after, and returns when all is answered, and the checkpoint saved.
    public func close() {
        inbox.withLock { $0.isClosed = true }
        // A batch that is under way asks for the next one when it is done, so it takes a few rounds at most.
        while inbox.withLock({ $0.isScheduled }) {
            queue.sync { self.drain() }
            writing.sync {}
        }
        checkpointer?.finish(snapshot)
    }

    // MARK: The writer

    /// Batches that may be carried out ahead of the disk: one is being written, one is ready to be.
    private static let batchesAhead = 2

    private func drain() {
        while true {
            while tip.withLock({ $0.underway < Newsroom.batchesAhead }) {
                let batch = nextBatch()
                guard !batch.isEmpty else { break }
                carryOut(batch)
            }
            // With batches under way, the first to be done comes back here.
            guard tip.withLock({ $0.underway == 0 }) else { return }
            // What was handed in since the inbox was found empty counts on this round: nobody else was sent.
            let isDone = inbox.withLock { inbox in
                if inbox.waiting.isEmpty { inbox.isScheduled = false }
                return inbox.waiting.isEmpty
            }
            if isDone { return }
        }
    }

    private func nextBatch() -> [Submission] {
        inbox.withLock { inbox in
            // The prefix of an empty array is that array: what is appended to next must not be read outside.
            if inbox.waiting.isEmpty { return [] }
            var commands = 0
            let count = inbox.waiting.prefix { submission in
                defer { commands += submission.commands.count }
                return commands == 0 || commands + submission.commands.count <= Newsroom.batchLimit
            }.count
            let batch = Array(inbox.waiting.prefix(count))
            inbox.waiting.removeFirst(count)
            inbox.commandCount -= batch.reduce(0) { $0 + $1.commands.count }
            return batch
        }
    }

    private func carryOut(_ batch: [Submission]) {
        let (results, records, snapshot, epoch) = tip.withLock { tip in
            // Taken out, so that the desk changes it in place.
            let stories = tip.stories.take() ?? (reader == nil ? StoryBook() : StoryBook(of: tip.index))
            var desk = Desk(tip.index, stories, reader: reader, now: Instant.now())
            let results = batch.map { submission in submission.commands.map { desk.carryOut($0) } }
            if !desk.records.isEmpty { tip.index = desk.finish() }
            tip.stories = desk.stories
            tip.underway += 1
            return (results, desk.records, Snapshot(tip.index), tip.epoch)
        }
        let finish: @Sendable () -> Void = {
            if let failure = self.write(records, showing: snapshot, epoch) {
                self.queue.async {
                    self.settle(epoch, failed: true)
                    // Now that it is forgotten: who hears of it may try again at once. Refusals fail too, since they may
                    // rest on something that did not happen.
                    for submission in batch { submission.completion(submission.commands.map { _ in .failure(.storage(failure)) }) }
                    self.goOn()
                }
            } else {
                for (submission, results) in zip(batch, results) {
                    submission.completion(
                        results.map { $0.map { Done(effect: $0.effect, id: $0.id, written: $0.written, snapshot: snapshot) } })
                }
                self.queue.async {
                    self.settle(epoch, failed: false)
                    self.goOn()
                }
            }
        }
        // The next batch is carried out meanwhile, if there is one; if not, changing threads would only take time.
        if inbox.withLock({ $0.waiting.isEmpty }) { writing.sync(execute: finish) } else { writing.async(execute: finish) }
    }

    /// Makes records durable, and then shows the state that has them. Answers why that failed.
    private func write(_ records: [Record], showing snapshot: Snapshot, _ epoch: Int) -> JournalError? {
        // It was carried out on top of something that did not happen.
        if let failure = failure.withLock({ $0 }), epoch <= failure.epoch { return failure.error }
        guard !records.isEmpty else { return nil }
        let start = ContinuousClock.now
        do throws(JournalError) {
            try journal.append(records)
            onCommit(Commit(records: records.count, duration: ContinuousClock.now - start, isDurable: true))
        } catch {
            onCommit(Commit(records: records.count, duration: ContinuousClock.now - start, isDurable: false))
            let isNew = failure.withLock { failure in
                defer { failure = Failure(error: error, epoch: epoch) }
                return failure == nil
            }
            if isNew { logger.error("writing failed", metadata: ["error": "\(error)"]) }
            return error
        }
        current.withLock { $0 = snapshot }
        checkpointer?.consider(snapshot)
        let wasFailing = failure.withLock { failure in
            defer { failure = nil }
            return failure != nil
        }
        if wasFailing { logger.notice("writing works again") }
        return nil
    }

    /// A batch is done: forgets what it could not write.
    private func settle(_ epoch: Int, failed: Bool) {
        tip.withLock { tip in
            tip.underway -= 1
            if failed, epoch == tip.epoch {
                tip.index = snapshot.index
                tip.stories = nil
                tip.epoch += 1
            }
        }
    }

    private func goOn() {
        drain()
        mergeOn()
    }

    // MARK: Merging

    /// When nothing was written for so long, the newsroom is at rest.
    private static let rest = DispatchTimeInterval.seconds(1)

    private func mergeOn() {
        showMerged()
        startLargeMerge(.serving)
        awaitRest()
    }

    /// Shows what was merged, unless a batch is under way: then not all that is folded in is durable, and this is called when it is.
    private func showMerged() {
        let merged = tip.withLock { $0.underway == 0 && !$0.index.hasSameSegments(as: snapshot.index) ? Snapshot($0.index) : nil }
        if let merged { writing.async { self.current.withLock { $0 = merged } } }
    }

    private func startLargeMerge(_ policy: Index.MergePolicy) {
        guard !merging.withLock({ $0.isUnderway }), let merge = tip.withLock({ $0.index.largeMerge(policy) }) else { return }
        merging.withLock { $0.isUnderway = true }
        mergeQueue.async {
            let finished = merge()
            self.queue.async {
                self.merging.withLock { $0.isUnderway = false }
                self.tip.withLock { $0.index.apply(finished) }
                self.mergeOn()
            }
        }
    }

    /// Merges more than what is due, once nothing is written any more.
    private func awaitRest() {
        guard !merging.withLock({ $0.awaitsRest }) else { return }
        merging.withLock { $0.awaitsRest = true }
        let sequence = tip.withLock { $0.index.sequence }
        queue.asyncAfter(deadline: .now() + Newsroom.rest) { [weak self] in
            guard let self else { return }
            merging.withLock { $0.awaitsRest = false }
            guard sequence == tip.withLock({ $0.index.sequence }) else { return awaitRest() }
            startLargeMerge(.resting)
        }
    }
}

extension Instant {
    static func now() -> Instant {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Instant(milliseconds: Int64(time.tv_sec) * 1_000 + Int64(time.tv_nsec) / 1_000_000)
    }
}
