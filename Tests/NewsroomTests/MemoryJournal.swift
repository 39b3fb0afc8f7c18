import Foundation
import Journal
import Logging
import News
import Newsroom
import Synchronization

/// A journal in memory that does as it is told: it can fail, and it can make a writer wait.
final class MemoryJournal: Journal {
    private struct State {
        var records: [Record] = []
        var appends: [Int] = []
        var failure: JournalError?
    }
    // Held for as long as it takes to look at the arrays.
    private let state = Mutex(State())
    private let gate = NSCondition()
    // Guarded by the gate, as the compiler can't see.
    nonisolated(unsafe) private var isClosed = false
    nonisolated(unsafe) private var waiting = 0

    /// From now on, appending fails like this; nil lets it go well again.
    var failure: JournalError? {
        get { state.withLock { $0.failure } }
        set { state.withLock { $0.failure = newValue } }
    }

    var records: [Record] { state.withLock { $0.records } }
    /// How many records each append brought.
    var appends: [Int] { state.withLock { $0.appends } }

    /// Makes whoever appends wait until `open`.
    func shut() { gate.withLock { isClosed = true } }

    func open() {
        gate.withLock {
            isClosed = false
            gate.broadcast()
        }
    }

    /// Returns when an append waits at the shut gate.
    func awaitWriter() { gate.withLock { while waiting == 0 { gate.wait() } } }

    func append(_ records: [Record]) throws(JournalError) {
        gate.withLock {
            waiting += 1
            gate.broadcast()
            while isClosed { gate.wait() }
            waiting -= 1
        }
        let failure = state.withLock { state in
            guard state.failure == nil else { return state.failure }
            precondition(records.first?.sequence == UInt64(state.records.count + 1), "sequence numbers go on without a gap")
            state.records += records
            state.appends.append(records.count)
            return nil
        }
        if let failure { throw failure }
    }

    func records(after sequence: UInt64, limit: Int) throws(JournalError) -> [Record] {
        state.withLock { Array($0.records.dropFirst(Int(clamping: sequence)).prefix(limit)) }
    }

    func lastSequence() throws(JournalError) -> UInt64 { state.withLock { UInt64($0.records.count) } }
}

extension Newsroom {
    convenience init(_ journal: any Journal) throws(JournalError) {
        try self.init(journal: journal, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    }

    /// Hands commands in and waits for what comes of them.
    func results(_ commands: [Command]) async -> [Result<Done, Refusal>] {
        await withCheckedContinuation { continuation in submit(commands) { continuation.resume(returning: $0) } }
    }

    func result(_ command: Command) async -> Result<Done, Refusal> { await results([command])[0] }

    /// What comes of a command that must go well.
    @discardableResult
    func done(_ command: Command) async throws -> Done { try await result(command).get() }

    func refusal(_ command: Command) async -> Refusal? {
        if case .failure(let refusal) = await result(command) { refusal } else { nil }
    }
}
