import Foundation
import Logging

/// Writes structured log lines, one each, to standard error: time, level, a constant message, and facts as key=value.
struct LineLog: LogHandler {
    var metadata: Logger.Metadata = [:]
    var logLevel = Logger.Level.info
    let label: String

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        var line = "time=\(Date.now.formatted(.iso8601)) level=\(event.level.rawValue) message=\(LineLog.quote(event.message.description))"
        let facts = metadata.merging(event.metadata ?? [:]) { $1 }
        for (key, value) in facts.sorted(by: { $0.key < $1.key }) { line += " \(key)=\(LineLog.quote("\(value)"))" }
        StandardError.write(line + "\n")
    }

    /// A value with blanks, quotes or control bytes stands in quotes, so that every line stays one line.
    private static func quote(_ text: String) -> String {
        guard text.isEmpty || text.utf8.contains(where: { $0 <= 0x20 || $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "=") }) else {
            return text
        }
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\": quoted += "\\\(scalar)"
            case "\n": quoted += "\\n"
            case _ where scalar.value < 0x20: quoted += "\\u{\(String(scalar.value, radix: 16))}"
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }

    static func logger() -> Logger {
        Logger(label: "dateline") { label in
            LineLog(logLevel: Environment["LOG_LEVEL"].flatMap(Logger.Level.init(rawValue:)) ?? .info, label: label)
        }
    }
}

/// What is said to whoever runs the program.
enum StandardError {
    /// Writes a text at once, so that lines of several threads don't mix. That nobody listens any more, or the disk with
    /// the log is full, is no reason to end: what can't be written is dropped. (FileHandle would trap.)
    static func write(_ text: String) {
        var text = text
        // The pointer is read during the call alone.
        text.withUTF8 { _ = Foundation.write(STDERR_FILENO, $0.baseAddress, $0.count) }
    }
}
