import Foundation

/// Shows how far something is, with rate and time left, where standard error is a terminal; silent otherwise.
struct ProgressBar {
    private let label: String
    private let unit: String
    private let started = ContinuousClock.now
    private var shown: ContinuousClock.Instant?
    private let isTerminal = isatty(STDERR_FILENO) == 1

    init(_ label: String, unit: String) {
        self.label = label
        self.unit = unit
    }

    /// Shows a state, ten times a second at most. `fraction` is of the whole, where it is known.
    mutating func show(_ count: Int, fraction: Double?) {
        guard isTerminal else { return }
        let now = ContinuousClock.now
        if let shown, now - shown < .milliseconds(100) { return }
        shown = now
        let seconds = max((now - started) / .seconds(1), 0.001)
        var line = "\r\(label) "
        if let fraction {
            let filled = Int((fraction * 30).rounded())
            line += "[" + String(repeating: "#", count: min(filled, 30)) + String(repeating: ".", count: max(30 - filled, 0)) + "] "
            line += String(format: "%3.0f%%, ", fraction * 100)
        }
        line += "\(count) \(unit), \(Int(Double(count) / seconds)) a second"
        if let fraction, fraction > 0.01 { line += String(format: ", %.0f s left", seconds / fraction - seconds) }
        write(line + "\u{1B}[K")
    }

    /// Wipes the line for what is said next.
    func clear() {
        if isTerminal, shown != nil { write("\r\u{1B}[K") }
    }

    private func write(_ text: String) {
        StandardError.write(text)
    }
}
