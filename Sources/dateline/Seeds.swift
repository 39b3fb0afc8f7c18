import Foundation
import Logging
import Newsroom

/// The news items that a new newsroom starts with.
enum Seeds {
    static func load(into newsroom: Newsroom, _ logger: Logger) throws {
        let path = Installation.folder("seeds") + "/news.jsonl"
        guard let lines = LineSource(path: path) else {
            logger.warning("no seeds found", metadata: ["path": "\(path)"])
            return
        }
        let loader = Loader(newsroom) { line, detail in
            logger.error("a seed was refused", metadata: ["line": "\(line)", "detail": "\(detail)"])
        }
        let result = try loader.load(lines)
        logger.notice(
            "loaded the seeds into the empty data folder",
            metadata: ["path": "\(path)", "articles": "\(result.taken)", "option": "--no-seeds leaves them"])
    }
}
