import Dispatch
import JSON
import News
import Newsroom
import Synchronization

/// Puts lines of JSON into a newsroom: portions are read on all cores, and the next one while the last is being written.
struct Loader {
    struct Result: Sendable {
        var taken = 0
        var unchanged = 0
        var refused = 0
    }

    private let newsroom: Newsroom
    private let complain: (Int, String) -> Void

    /// `complain` is told of every line that was refused: its number, and why.
    init(_ newsroom: Newsroom, complain: @escaping (Int, String) -> Void) {
        self.newsroom = newsroom
        self.complain = complain
    }

    /// Loads everything, in order. Throws only when nothing can be stored any more.
    func load(_ source: LineSource, progress: (Int, Double?) -> Void = { _, _ in }) throws -> Result {
        var source = source
        var result = Result()
        var line = 0
        var underway: Portion?
        while true {
            let lines = try source.next()
            if lines.isEmpty { break }
            let portion = Portion(lines, firstLine: line + 1, newsroom)
            line += lines.count
            if let last = underway, last.count + portion.count > Newsroom.queueLimit / 2 {
                // Two such portions could fill the newsroom's queue.
                try settle(last, &result)
                underway = nil
            }
            portion.submit(to: newsroom)
            if let underway { try settle(underway, &result) }
            underway = portion
            progress(line, source.fraction)
        }
        if let underway { try settle(underway, &result) }
        return result
    }

    private func settle(_ portion: Portion, _ result: inout Result) throws {
        for (number, outcome) in portion.outcomes() {
            switch outcome {
            case .success(.unchanged): result.unchanged += 1
            case .success: result.taken += 1
            case .failure(.storage(let error)): throw CommandError(error.description)
            case .failure(let refusal):
                result.refused += 1
                complain(number, refusal.sentence)
            }
        }
    }
}

/// Some lines on their way into the newsroom.
private final class Portion: Sendable {
    private let drafts: [(line: Int, draft: Result<Draft, JSONError>)]
    private let results = Mutex<[Result<Done, Refusal>]>([])
    private let isDone = DispatchSemaphore(value: 0)

    init(_ lines: [[UInt8]], firstLine: Int, _ newsroom: Newsroom) {
        let numbered = lines.indices.filter { place in lines[place].contains { $0 > 0x20 } }
        let articles = Mutex([Result<Article, JSONError>?](repeating: nil, count: numbered.count))
        DispatchQueue.concurrentPerform(iterations: 8) { slice in
            for place in numbered.count * slice / 8..<numbered.count * (slice + 1) / 8 {
                let article = Result { () throws(JSONError) in
                    var reader = JSONReader(lines[numbered[place]])
                    let article = try Article(from: &reader)
                    try reader.finish()
                    return article
                }
                articles.withLock { $0[place] = article }
            }
        }
        let read = newsroom.drafts(articles.withLock { $0.compactMap(\.self) }, areRestored: true)
        drafts = zip(numbered, read).map { (firstLine + $0, $1) }
    }

    var count: Int { drafts.count }

    func submit(to newsroom: Newsroom) {
        newsroom.submit(drafts.compactMap { try? Command.post($0.draft.get()) }) { results in
            self.results.withLock { $0 = results }
            self.isDone.signal()
        }
    }

    /// Waits until the portion is durable.
    func outcomes() -> [(line: Int, Result<Done.Effect, Refusal>)] {
        isDone.wait()
        var results = results.withLock { $0 }[...]
        return drafts.map { line, draft in
            switch draft {
            case .failure(let error): (line, .failure(.invalid(error)))
            case .success: (line, results.removeFirst().map(\.effect))
            }
        }
    }
}

extension Refusal {
    /// What was wrong, for a person.
    var sentence: String {
        switch self {
        case .invalid(let error): error.pointer.isEmpty ? error.detail : "\(error.pointer): \(error.detail)"
        case .conflict(let detail): detail
        case .storage(let error): error.description
        case .notFound: "There is nothing under this id."
        case .gone: "It was taken away."
        case .merged(let heir): "It was merged into \(heir)."
        case .preconditionFailed: "The precondition does not hold."
        case .overloaded: "Too much is waiting."
        case .closed: "The newsroom is closed."
        }
    }
}
