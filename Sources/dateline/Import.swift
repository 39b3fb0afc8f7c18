import ArgumentParser
import Foundation
import Journal
import Newsroom

struct Import: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Load articles, one JSON object a line.",
        discussion: """
            Straight into the data folder, while no server runs on it, or into a running server with --to. A line that is \
            refused is reported with its number, and the rest goes on. The exit status is 0 if every line was taken, 1 if \
            some were not.
            """)

    @Argument(help: ArgumentHelp("The files; - is standard input.", valueName: "file"))
    var files: [String]

    @OptionGroup var folder: DataOptions
    @OptionGroup var reading: ReaderOptions

    @Option(help: ArgumentHelp("The server to load into, like http://127.0.0.1:8080, in place of a folder.", valueName: "url"))
    var to: String?

    func run() throws {
        // Looked at before anything is changed.
        for file in files where file != "-" && !FileManager.default.isReadableFile(atPath: file) {
            throw CommandError("\(file) can't be read.")
        }
        signal(SIGXFSZ, SIG_IGN)
        var total = Loader.Result()
        if let to = to ?? Environment["TO"] {
            guard let url = URL(string: to), url.scheme == "http" || url.scheme == "https", url.host != nil else {
                throw CommandError("--to \(to): expected a URL like http://127.0.0.1:8080.")
            }
            let remote = RemoteLoader(server: url)
            try each {
                try remote.load($0, complain: $1, progress: $2)
            } summing: {
                total += $0
            }
        } else {
            let (journal, newsroom) = try Opening.newsroom(folder.data, reader: try reading.reader(), LineLog.logger())
            defer {
                newsroom.close()
                journal.close()
            }
            try each {
                try Loader(newsroom, complain: $1).load($0, progress: $2)
            } summing: {
                total += $0
            }
        }
        print("\(total.taken) articles loaded, \(total.unchanged) unchanged, \(total.refused) lines refused.")
        if total.refused > 0 { throw ExitCode(1) }
    }

    private typealias Load = (LineSource, @escaping (Int, String) -> Void, (Int, Double?) -> Void) throws -> Loader.Result

    private func each(_ load: Load, summing sum: (Loader.Result) -> Void) throws {
        for file in files {
            guard let source = LineSource(path: file) else { throw CommandError("\(file) can't be read.") }
            var bar = ProgressBar(file, unit: "lines")
            let result = try load(
                source,
                { line, detail in
                    bar.clear()
                    StandardError.write("\(file), line \(line): \(detail)\n")
                }
            ) { bar.show($0, fraction: $1) }
            bar.clear()
            sum(result)
        }
    }
}

extension Loader.Result {
    static func += (total: inout Self, part: Self) {
        total.taken += part.taken
        total.unchanged += part.unchanged
        total.refused += part.refused
    }
}
