import Foundation
public import Journal
import Synchronization

/// A journal in memory that does as it is told: it can fail, and it can make a writer wait.
public final class MemoryJournal: Journal {
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

    public init() {}

    /// From now on, appending fails like this; nil lets it go well again.
    public var failure: JournalError? {
        get { state.withLock { $0.failure } }
        set { state.withLock { $0.failure = newValue } }
    }

    public var records: [Record] { state.withLock { $0.records } }
    /// How many records each append brought.
    public var appends: [Int] { state.withLock { $0.appends } }

    /// Makes whoever appends wait until `open`.
    public func shut() { gate.withLock { isClosed = true } }

    public func open() {
        gate.withLock {
            isClosed = false
            gate.broadcast()
        }
    }

    /// Returns when an append waits at the shut gate.
    public func awaitWriter() { gate.withLock { while waiting == 0 { gate.wait() } } }

    public func append(_ records: [Record]) throws(JournalError) {
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

    public func records(after sequence: UInt64, limit: Int) throws(JournalError) -> [Record] {
        state.withLock { Array($0.records.dropFirst(Int(clamping: sequence)).prefix(limit)) }
    }

    public func lastSequence() throws(JournalError) -> UInt64 { state.withLock { UInt64($0.records.count) } }
}
