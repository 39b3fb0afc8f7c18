import CLinux
import Foundation
import Journal
import Logging
import Newsroom
import Reader

/// Opening a data folder for writing, with what is said about it.
enum Opening {
    /// Where a data folder has its checkpoint.
    static func checkpoints(_ folder: String) -> String { folder + "/checkpoint" }

    static func newsroom(
        _ folder: String, reader: Reader?, _ logger: Logger, onCommit: @escaping @Sendable (Newsroom.Commit) -> Void = { _ in }
    ) throws -> (SQLiteJournal, Newsroom) {
        do throws(JournalError) {
            // Segments are large, and live until they are merged.
            _ = clinux_map_allocations(256 << 10)
            let started = ContinuousClock.now
            let journal = try SQLiteJournal(folder: folder, access: .write)
            var bar = ProgressBar("Reading the journal", unit: "records")
            var told: UInt64 = 0
            let newsroom = try Newsroom(
                journal: journal, reader: reader, logger: logger, checkpoints: CheckpointFolder(checkpoints(folder)), onCommit: onCommit
            ) { done, total in
                bar.show(Int(done), fraction: total == 0 ? 1 : Double(done) / Double(total))
                if done - told >= 100_000 {
                    told = done
                    logger.info("reading the journal", metadata: ["records": "\(done)", "of": "\(total)"])
                }
            }
            bar.clear()
            clinux_return_memory()
            let index = newsroom.snapshot.index
            logger.notice(
                "opened the journal",
                metadata: [
                    "path": "\(journal.path)", "records": "\(index.sequence)", "articles": "\(index.articleCount)",
                    "entities": "\(index.entities.count)", "events": "\(index.events.count)",
                    "seconds": "\(String(format: "%.3f", (ContinuousClock.now - started) / .seconds(1)))",
                ])
            return (journal, newsroom)
        } catch {
            throw CommandError(error.description)
        }
    }
}

/// Where the program's own files are: beside the program where it is installed, in the source folder while it is built,
/// else in the current folder.
enum Installation {
    static func folder(_ name: String) -> String {
        let program = URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath()
        var candidates: [URL] = []
        if let path = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe") {
            candidates.append(URL(fileURLWithPath: path).deletingLastPathComponent())
        }
        candidates.append(program.deletingLastPathComponent())
        for start in candidates {
            // .build/release/dateline is three folders below the source.
            var folder = start
            for _ in 0..<5 {
                let found = folder.appendingPathComponent(name).path
                if FileManager.default.fileExists(atPath: found) { return found }
                folder.deleteLastPathComponent()
            }
        }
        return "./" + name
    }
}
