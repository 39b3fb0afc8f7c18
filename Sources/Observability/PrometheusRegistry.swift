public import CoreMetrics
import Synchronization

/// A backend of swift-metrics that keeps the numbers and writes them in Prometheus' text format, version 0.0.4.
///
/// Counters become counters, meters and gauges become gauges, timers become histograms in seconds, and aggregating recorders
/// summaries without quantiles. Asking again for a label with the same dimensions gives the same numbers.
public final class PrometheusRegistry: MetricsFactory {
    /// The media type of what `write` makes.
    public static let mediaType = "text/plain; version=0.0.4; charset=utf-8"
    /// Upper bounds of a timer's buckets, in seconds.
    public static let buckets: [Double] = [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 2.5, 10]

    private struct Family: Sendable {
        let kind: String
        /// By the dimensions as they are written.
        var cells: [String: any Cell] = [:]
    }

    private let help: [String: String]
    // Held to find or list the cells; their numbers have their own ways.
    private let families = Mutex<[String: Family]>([:])

    /// An empty registry.
    /// - Parameter help: a sentence for each label that has one.
    public init(help: [String: String] = [:]) { self.help = help }

    /// All numbers, by label and then by dimensions.
    public func write() -> [UInt8] {
        var text = ""
        for (name, family) in families.withLock({ $0 }).sorted(by: { $0.key < $1.key }) {
            if let help = help[name] { text += "# HELP \(name) \(Self.escape(help, quotes: false))\n" }
            text += "# TYPE \(name) \(family.kind)\n"
            for (dimensions, cell) in family.cells.sorted(by: { $0.key < $1.key }) { cell.write(name, dimensions, to: &text) }
        }
        return Array(text.utf8)
    }

    private func cell<Wanted: Cell>(_ label: String, _ dimensions: [(String, String)], _ make: () -> Wanted) -> Wanted {
        let name = Self.name(label)
        let written = dimensions.map { "\(Self.name($0.0))=\"\(Self.escape($0.1, quotes: true))\"" }.joined(separator: ",")
        return families.withLock { families in
            if let known = families[name]?.cells[written] as? Wanted { return known }
            let made = make()
            // The first use of a name decides what it is; what else goes by it is counted, but not shown.
            if families[name]?.kind ?? Wanted.kind == Wanted.kind {
                families[name, default: Family(kind: Wanted.kind)].cells[written] = made
            }
            return made
        }
    }

    private func remove(_ cell: AnyObject) {
        families.withLock { families in
            for (name, family) in families { families[name]?.cells = family.cells.filter { $0.value !== cell } }
        }
    }

    /// What may not stand in a name becomes an underscore.
    private static func name(_ text: String) -> String {
        let bytes = text.utf8.map { byte -> UInt8 in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
                UInt8(ascii: "_"), UInt8(ascii: ":"):
                byte
            default: UInt8(ascii: "_")
            }
        }
        return (bytes.first.map { $0 < UInt8(ascii: ":") } ?? true ? "_" : "") + String(decoding: bytes, as: UTF8.self)
    }

    private static func escape(_ text: String, quotes: Bool) -> String {
        var escaped = ""
        for character in text.unicodeScalars {
            switch character {
            case "\\": escaped += "\\\\"
            case "\n": escaped += "\\n"
            case "\"" where quotes: escaped += "\\\""
            default: escaped.unicodeScalars.append(character)
            }
        }
        return escaped
    }

    // MARK: MetricsFactory

    /// A counter of whole numbers.
    public func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
        cell(label, dimensions) { CounterCell() }
    }
    /// A counter of fractions.
    public func makeFloatingPointCounter(label: String, dimensions: [(String, String)]) -> any FloatingPointCounterHandler {
        cell(label, dimensions) { FloatingCounterCell() }
    }
    /// A gauge.
    public func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler { cell(label, dimensions) { GaugeCell() } }
    /// A summary, or a gauge if it doesn't aggregate.
    public func makeRecorder(label: String, dimensions: [(String, String)], aggregate: Bool) -> any RecorderHandler {
        if aggregate { cell(label, dimensions) { SummaryCell() } } else { cell(label, dimensions) { GaugeCell() } }
    }
    /// A histogram in seconds.
    public func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler { cell(label, dimensions) { HistogramCell() } }
    /// Forgets a counter.
    public func destroyCounter(_ handler: any CounterHandler) { remove(handler) }
    /// Forgets a counter.
    public func destroyFloatingPointCounter(_ handler: any FloatingPointCounterHandler) { remove(handler) }
    /// Forgets a gauge.
    public func destroyMeter(_ handler: any MeterHandler) { remove(handler) }
    /// Forgets a recorder.
    public func destroyRecorder(_ handler: any RecorderHandler) { remove(handler) }
    /// Forgets a timer.
    public func destroyTimer(_ handler: any TimerHandler) { remove(handler) }
}
