public import CoreMetrics
import Synchronization

/// Brings numbers that are counted elsewhere into metrics: asks for them, and tells the handles.
public final class Sampler: Sendable {
    private struct State: Sendable {
        var samples: [@Sendable () -> Void] = []
    }

    private let factory: any MetricsFactory
    // Held for a whole round, so that two rounds don't count one growth twice.
    private let state = Mutex(State())

    /// A sampler that asks for nothing yet.
    public init(factory: any MetricsFactory) { self.factory = factory }

    /// Adds a number that goes up and down.
    public func gauge(_ label: String, _ dimensions: [(String, String)] = [], _ value: @escaping @Sendable () -> Double) {
        let meter = Meter(label: label, dimensions: dimensions, factory: factory)
        state.withLock { $0.samples.append { meter.set(value()) } }
    }

    /// Adds totals that only grow, each under its dimensions.
    public func counters(_ label: String, _ totals: @escaping @Sendable () -> [(dimensions: [(String, String)], total: Int)]) {
        let factory = factory
        let known = Mutex<[String: (counter: Counter, total: Int)]>([:])  // Touched in a round alone.
        state.withLock { state in
            state.samples.append {
                known.withLock { known in
                    for (dimensions, total) in totals() {
                        let key = dimensions.map { "\($0.0)=\($0.1)" }.joined(separator: ",")
                        let before = known[key] ?? (Counter(label: label, dimensions: dimensions, factory: factory), 0)
                        if total > before.total { before.counter.increment(by: total - before.total) }
                        known[key] = (before.counter, max(total, before.total))
                    }
                }
            }
        }
    }

    /// Adds a total that only grows.
    public func counter(_ label: String, _ total: @escaping @Sendable () -> Int) { counters(label) { [([], total())] } }

    /// Adds a total of seconds that only grows.
    public func secondsCounter(_ label: String, _ total: @escaping @Sendable () -> Double) {
        let counter = FloatingPointCounter(label: label, factory: factory)
        let last = Mutex(0.0)  // Touched in a round alone.
        state.withLock { state in
            state.samples.append {
                last.withLock { last in
                    let now = total()
                    if now > last { counter.increment(by: now - last) }
                    last = max(now, last)
                }
            }
        }
    }

    /// Asks for all numbers once.
    public func sample() { state.withLock { state in for sample in state.samples { sample() } } }
}
