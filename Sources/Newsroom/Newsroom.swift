import Dispatch
import Foundation
import Journal
import Logging
import News
import NewsIndex
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

    private let journal: any Journal
    private let logger: Logger
    /// The writer runs here and nowhere else.
    private let queue = DispatchQueue(label: "newsroom")
    /// Large merges are made here, beside the writer.
    private let mergeQueue = DispatchQueue(label: "newsroom.merge", qos: .utility)
    /// Held for as long as it takes to append to an array.
    private let inbox = Mutex(Inbox())
    /// Held for as long as it takes to copy a reference.
    private let current: Mutex<Snapshot>
    private let isMerging = Mutex(false)
    private let lastFailure = Mutex<JournalError?>(nil)

    /// Opens for business with what the journal says. `progress` is told how many of how many records are folded.
    public init(journal: any Journal, logger: Logger, progress: (UInt64, UInt64) -> Void = { _, _ in }) throws(JournalError) {
        self.journal = journal
        self.logger = logger
        current = Mutex(Snapshot(try Replay.index(of: journal, progress: progress)))
    }

    /// What is served now. Never blocks for longer than it takes to copy a reference.
    public var snapshot: Snapshot { current.withLock { $0 } }

    /// Why the last attempt to write failed; nil once one went well again.
    public var storageFailure: JournalError? { lastFailure.withLock { $0 } }

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

    /// Carries out what waits, refuses what comes after, and returns when all is answered.
    public func close() {
        inbox.withLock { $0.isClosed = true }
        queue.sync { self.drain() }
    }

    // MARK: The writer

    private func drain() {
        while true {
            let batch: [Submission] = inbox.withLock { inbox in
                var commands = 0
                let count = inbox.waiting.prefix { submission in
                    defer { commands += submission.commands.count }
                    return commands == 0 || commands + submission.commands.count <= Newsroom.batchLimit
                }.count
                let batch = Array(inbox.waiting.prefix(count))
                inbox.waiting.removeFirst(count)
                inbox.commandCount -= batch.reduce(0) { $0 + $1.commands.count }
                if batch.isEmpty { inbox.isScheduled = false }
                return batch
            }
            guard !batch.isEmpty else { return }
            carryOut(batch)
        }
    }

    private func carryOut(_ batch: [Submission]) {
        let before = snapshot
        var desk = Desk(before.index, now: Instant.now())
        let results = batch.map { submission in submission.commands.map { desk.carryOut($0) } }
        let after: Snapshot
        do throws(JournalError) {
            if desk.records.isEmpty {
                after = before
            } else {
                try journal.append(desk.records)
                after = Snapshot(desk.finish())
                current.withLock { $0 = after }
                recovered()
            }
        } catch {
            failed(error)
            // All of them: what was refused may have been so because of what now did not happen.
            for submission in batch { submission.completion(submission.commands.map { _ in .failure(.storage(error)) }) }
            return
        }
        for (submission, results) in zip(batch, results) {
            submission.completion(results.map { $0.map { Done(effect: $0.effect, id: $0.id, snapshot: after) } })
        }
        startLargeMerge()
    }

    private func failed(_ error: JournalError) {
        let isNew = lastFailure.withLock { failure in
            defer { failure = error }
            return failure == nil
        }
        if isNew { logger.error("writing failed", metadata: ["error": "\(error)"]) }
    }

    private func recovered() {
        let wasFailing = lastFailure.withLock { failure in
            defer { failure = nil }
            return failure != nil
        }
        if wasFailing { logger.notice("writing works again") }
    }

    private func startLargeMerge() {
        guard !isMerging.withLock({ $0 }), let merge = snapshot.index.largeMerge() else { return }
        isMerging.withLock { $0 = true }
        mergeQueue.async {
            let finished = merge()
            self.queue.async {
                var index = self.snapshot.index
                index.apply(finished)
                let merged = Snapshot(index)
                self.current.withLock { $0 = merged }
                self.isMerging.withLock { $0 = false }
                self.startLargeMerge()
            }
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
