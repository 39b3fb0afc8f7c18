import Foundation

/// State shared by threads, with a way to wait for what another thread will do to it.
///
/// `@unchecked Sendable` holds because the state is touched only with the condition's lock held.
final class Monitor<State>: @unchecked Sendable {
    private var state: State
    private let condition = NSCondition()

    init(_ state: sending State) { self.state = state }

    func change<Result>(_ body: (inout State) throws -> Result) rethrows -> Result {
        condition.lock()
        defer {
            condition.broadcast()
            condition.unlock()
        }
        return try body(&state)
    }

    /// Waits until `look` finds something; nil when the deadline passes first.
    func wait<Result>(seconds: Double, _ look: (State) -> Result?) -> Result? {
        let deadline = Date(timeIntervalSinceNow: seconds)
        condition.lock()
        defer { condition.unlock() }
        while true {
            if let result = look(state) { return result }
            if !condition.wait(until: deadline) { return look(state) }
        }
    }
}

/// Runs work on threads of their own (the test runner's pool is as wide as the machine, and blocking calls would fill it), and waits for all.
func onThreads<Result: Sendable>(_ count: Int, _ work: @escaping @Sendable (Int) -> Result) -> [Result] {
    let results = Monitor<[Int: Result]>([:])
    for index in 0..<count {
        let thread = Thread {
            let result = work(index)
            results.change { $0[index] = result }
        }
        thread.stackSize = 1 << 20
        thread.start()
    }
    let all = results.wait(seconds: 600) { $0.count == count ? $0 : nil } ?? [:]
    return (0..<count).compactMap { all[$0] }
}
