import ArgumentParser
import Foundation
import JSON
import Journal
import NewsIndex
import Newsroom

struct Export: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Write every live article, one JSON object a line, to standard output.",
        discussion: """
            With what is known of the entities and events that it names, so that import brings all of it back. Works \
            beside a running server. Versions before the last stay in the journal: a backup of everything is a copy of \
            the data folder.
            """)

    @OptionGroup var folder: DataOptions

    func run() throws {
        do {
            let journal = try SQLiteJournal(folder: folder.data, access: .read)
            let index = try Replay.index(of: journal)
            var lines: [UInt8] = []
            try index.forEachArticle { stored in
                var writer = JSONWriter(capacity: stored.json.count + 256)
                index.withFacts(stored.article()).write(to: &writer, withFacts: true)
                lines += writer.bytes
                lines.append(UInt8(ascii: "\n"))
                guard lines.count >= 1 << 20 else { return }
                try FileHandle.standardOutput.write(contentsOf: Data(lines))
                lines.removeAll(keepingCapacity: true)
            }
            try FileHandle.standardOutput.write(contentsOf: Data(lines))
        } catch let error as JournalError {
            throw CommandError(error.description)
        }
    }
}
