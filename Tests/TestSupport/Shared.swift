import Synchronization

/// A value that several tasks change, one at a time.
public final class Shared<Value: Sendable>: Sendable {
    // Held for as long as one change takes.
    private let state: Mutex<Value>

    public init(_ value: Value) { state = Mutex(value) }

    public var value: Value { state.withLock { $0 } }

    public func change(_ body: (inout Value) -> Void) { state.withLock { body(&$0) } }
}
