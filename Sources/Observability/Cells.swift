import CoreMetrics
import Synchronization

/// The numbers behind one handle.
protocol Cell: AnyObject, Sendable {
    /// Its kind in Prometheus' words.
    static var kind: String { get }
    /// Appends its lines. The dimensions come as they are written between braces.
    func write(_ name: String, _ dimensions: String, to text: inout String)
}

extension Cell {
    func line(_ name: String, _ dimensions: String, _ value: String) -> String {
        dimensions.isEmpty ? "\(name) \(value)\n" : "\(name){\(dimensions)} \(value)\n"
    }
}

final class CounterCell: Cell, CounterHandler {
    static let kind = "counter"
    private let count = Atomic<Int64>(0)

    func increment(by amount: Int64) { count.wrappingAdd(amount, ordering: .relaxed) }
    func reset() { count.store(0, ordering: .relaxed) }
    func write(_ name: String, _ dimensions: String, to text: inout String) {
        text += line(name, dimensions, String(count.load(ordering: .relaxed)))
    }
}

final class FloatingCounterCell: Cell, FloatingPointCounterHandler {
    static let kind = "counter"
    private let sum = Mutex(0.0)  // Held for an addition.

    func increment(by amount: Double) { sum.withLock { $0 += max(0, amount) } }
    func reset() { sum.withLock { $0 = 0 } }
    func write(_ name: String, _ dimensions: String, to text: inout String) {
        text += line(name, dimensions, "\(sum.withLock { $0 })")
    }
}

final class GaugeCell: Cell, MeterHandler, RecorderHandler {
    static let kind = "gauge"
    private let value = Mutex(0.0)  // Held for an addition.

    func set(_ value: Int64) { set(Double(value)) }
    func set(_ value: Double) { self.value.withLock { $0 = value } }
    func increment(by amount: Double) { value.withLock { $0 += amount } }
    func decrement(by amount: Double) { value.withLock { $0 -= amount } }
    func record(_ value: Int64) { set(Double(value)) }
    func record(_ value: Double) { set(value) }
    func write(_ name: String, _ dimensions: String, to text: inout String) {
        let value = value.withLock { $0 }
        text += line(name, dimensions, Int64(exactly: value).map(String.init) ?? "\(value)")
    }
}

final class SummaryCell: Cell, RecorderHandler {
    static let kind = "summary"
    private let state = Mutex((count: 0, sum: 0.0))  // Held for an addition.

    func record(_ value: Int64) { record(Double(value)) }
    func record(_ value: Double) { state.withLock { $0 = ($0.count + 1, $0.sum + value) } }
    func write(_ name: String, _ dimensions: String, to text: inout String) {
        let (count, sum) = state.withLock { $0 }
        text += line(name + "_sum", dimensions, "\(sum)") + line(name + "_count", dimensions, "\(count)")
    }
}

final class HistogramCell: Cell, TimerHandler {
    static let kind = "histogram"
    private static let bounds = PrometheusRegistry.buckets.map { Int64($0 * 1e9) }

    private struct State {
        /// How many fell into each bucket, the last for what is beyond all bounds.
        var counts = [Int](repeating: 0, count: HistogramCell.bounds.count + 1)
        var nanoseconds: Int64 = 0
    }

    private let state = Mutex(State())  // Held for two additions.

    func recordNanoseconds(_ duration: Int64) {
        var bucket = 0
        while bucket < Self.bounds.count, duration > Self.bounds[bucket] { bucket += 1 }
        state.withLock { state in
            state.counts[bucket] += 1
            state.nanoseconds &+= duration
        }
    }

    func write(_ name: String, _ dimensions: String, to text: inout String) {
        let state = state.withLock { $0 }
        let before = dimensions.isEmpty ? "" : dimensions + ","
        var total = 0
        for (index, count) in state.counts.enumerated() {
            total += count
            let bound = index < Self.bounds.count ? "\(PrometheusRegistry.buckets[index])" : "+Inf"
            text += line(name + "_bucket", before + "le=\"\(bound)\"", String(total))
        }
        text += line(name + "_sum", dimensions, "\(Double(state.nanoseconds) / 1e9)") + line(name + "_count", dimensions, String(total))
    }
}
