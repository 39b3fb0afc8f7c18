import ArgumentParser
import Foundation
import Journal
import Newsroom

struct Reread: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Read the stored articles again with this program's reader.",
        discussion: """
            While no server runs on the data folder; `serve --reread` does the same in the background. Articles keep their versions, what \
            was posted with them, and what editors said. It may be stopped at any time and begun again: it goes on where it was.
            """)

    @OptionGroup var folder: DataOptions

    @Flag(help: "Read those too that this version of the reader has read.")
    var all = false

    func run() throws {
        signal(SIGXFSZ, SIG_IGN)
        let (journal, newsroom) = try Opening.newsroom(folder.data, reader: try EnglishReader.shared.get(), LineLog.logger())
        defer {
            newsroom.close()
            journal.close()
        }
        var bar = ProgressBar("Reading", unit: "articles")
        do throws(Refusal) {
            var looked = 0
            let changed = try newsroom.reread(isForced: all, onAllCores: true) { done, total in
                looked = done
                bar.show(done, fraction: Double(done) / Double(total))
            }
            bar.clear()
            print("\(looked) articles looked at, \(changed) with new findings.")
        } catch {
            bar.clear()
            throw CommandError(error.sentence)
        }
    }
}
