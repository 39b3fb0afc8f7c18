import Dispatch
import HTTPTypes
import HTTPWire
import JSON
import News
import Newsroom

/// Takes articles as lines of JSON, of any number, as they come, and answers line by line once they are durable.
///
/// The body is read on while earlier lines are being written, a few portions ahead; when the client doesn't read its
/// answers, they wait up to a limit, and then the body waits too. Where a proxy is in between, they wait for the end of the body: once
/// an answer begins, some (all that are made with Go's HTTP server) read what is left of the request themselves and throw it away.
///
/// Unchecked: everything but `answer` runs on `queue`, one thing at a time.
final class ArticleStream: @unchecked Sendable {
    /// Portions handed to the newsroom and not yet answered.
    private static let portionsAhead = 4
    /// Answers, in bytes, that may wait for a client that sends everything before it reads.
    private static let answersWaiting = 32 << 20
    /// Answers, in bytes, that wait for the end of the body behind a proxy.
    private static let answersKept = 16 << 20

    /// Begins the answer, and hands over its writer.
    private typealias Beginning = @Sendable (_ then: @escaping @Sendable (any ResponseWriter) -> Void) -> Void

    private let newsroom: Newsroom
    private let body: any BodyStream
    /// Before the answer has begun there is no writer.
    private var writer: (any ResponseWriter)?
    private var begin: Beginning?
    private var kept: [UInt8] = []
    private let lineLimit: Int
    /// What stands before every path of a link.
    private let prefix: String
    private let queue = DispatchQueue(label: "api.stream", target: API.workers)

    /// The line that has begun, without its end.
    private var rest: [UInt8] = []
    /// The line that has begun is too long and is passed over.
    private var isPassingOver = false
    private var lineCount = 0
    private var portionsUnderway = 0
    /// Portions that the newsroom had no room for, and those that came after them, in order.
    private var heldBack: [[Line]] = []
    private var isHoldingBack = false
    private var waitingBytes = 0
    private var isReading = false
    /// The body is at its end, or will not come to it.
    private var ending: Ending?
    private enum Ending { case whole, cut }
    private var isOver = false

    /// Whether a request's body is lines, to be read as they come.
    static func isMeant(by request: Request) -> Bool {
        let type = request[.contentType]?.prefix { $0 != ";" }.lowercased() ?? ""
        return ArticleEndpoints.streamTypes.contains(type.filter { $0 != " " && $0 != "\t" })
    }

    static func answer(_ call: Call) -> Outcome {
        guard case .stream(let body) = call.request.body else {
            // An empty body has no lines.
            return .ready(Response(.ok, fields: [.contentType: "application/x-ndjson"]))
        }
        let (newsroom, limit, prefix) = (call.api.newsroom, call.api.bodyLimit, call.request.prefix)
        let fields: HTTPFields = [.contentType: "application/x-ndjson", .cacheControl: "no-store"]
        @Sendable func start(_ begin: @escaping Beginning) -> ArticleStream {
            let stream = ArticleStream(newsroom, body, begin, lineLimit: limit, prefix: prefix)
            stream.queue.async { stream.readOn() }
            return stream
        }
        guard call.request.origin != nil else {
            return .ready(
                Response(
                    .ok, fields: fields,
                    body: .stream { writer in
                        let stream = start { $0(writer) }
                        stream.queue.async { stream.beginAnswer() }
                    }))
        }
        return .pending { complete in
            _ = start { then in
                var response = Response(.ok, fields: fields, body: .stream(then))
                // nginx would keep short lines until it has a buffer full of them.
                response.fields[.accelBuffering] = "no"
                complete(response)
            }
        }
    }

    private init(_ newsroom: Newsroom, _ body: any BodyStream, _ begin: @escaping Beginning, lineLimit: Int, prefix: String) {
        self.newsroom = newsroom
        self.body = body
        self.begin = begin
        self.lineLimit = lineLimit
        self.prefix = prefix
    }

    /// Asks for more of the body, unless enough is on its way.
    private func readOn() {
        guard !isReading, ending == nil, !isOver, portionsUnderway < ArticleStream.portionsAhead,
            waitingBytes < ArticleStream.answersWaiting
        else { return }
        isReading = true
        body.read { piece in
            // Reading articles takes long; the loop has others to serve.
            self.queue.async { self.take(piece) }
        }
    }

    private func take(_ piece: BodyPiece) {
        isReading = false
        switch piece {
        case .bytes(let bytes): handIn(lines(in: bytes))
        case .end:
            ending = .whole
            handIn(lastLine())
        case .failed: ending = .cut
        }
        goOn()
    }

    private func goOn() {
        // The lines before a cut are taken, and whoever can still read is told so, before the answer is cut too.
        if ending != nil, portionsUnderway == 0 { end() }
        readOn()
    }

    private func end() {
        if isOver { return }
        isOver = true
        if let writer { close(writer) } else { beginAnswer() }
    }

    private func close(_ writer: any ResponseWriter) {
        if ending == .whole { writer.finish() } else { writer.abort() }
    }

    // MARK: Lines

    private typealias Line = (number: Int, result: Result<Draft, JSONError>)
    private typealias Posted = (number: Int, result: Result<Article, JSONError>)

    private func lines(in bytes: [UInt8]) -> [Line] {
        var lines: [Posted] = []
        var start = 0
        while let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) {
            lineCount += 1
            if isPassingOver {
                isPassingOver = false
            } else if rest.isEmpty {
                add(bytes, start..<end, lineCount, to: &lines)
            } else {
                rest.append(contentsOf: bytes[start..<end])
                add(rest, 0..<rest.count, lineCount, to: &lines)
            }
            rest.removeAll(keepingCapacity: true)
            start = end + 1
        }
        if !isPassingOver { rest.append(contentsOf: bytes[start...]) }
        if rest.count > lineLimit {
            rest = []
            isPassingOver = true
            let error = JSONError(.tooLong, pointer: "", offset: lineLimit, detail: "A line has at most \(lineLimit) bytes.")
            lines.append((lineCount + 1, .failure(error)))
        }
        return read(lines)
    }

    private func read(_ lines: [Posted]) -> [Line] { Array(zip(lines.map(\.number), newsroom.drafts(lines.map(\.result)))) }

    private func lastLine() -> [Line] {
        guard !isPassingOver else { return [] }
        var lines: [Posted] = []
        add(rest, 0..<rest.count, lineCount + 1, to: &lines)
        rest = []
        return read(lines)
    }

    /// Reads the article on a line; a blank line is none.
    private func add(_ bytes: [UInt8], _ range: Range<Int>, _ number: Int, to lines: inout [Posted]) {
        guard bytes[range].contains(where: { $0 > 0x20 }) else { return }
        var reader = JSONReader(bytes, in: range)
        let result = Result { () throws(JSONError) in
            let article = try Article(from: &reader)
            try reader.finish()
            return article
        }
        lines.append((number, result))
    }

    // MARK: Answers

    private func handIn(_ lines: [Line]) {
        guard !lines.isEmpty else { return }
        portionsUnderway += 1
        if isHoldingBack { heldBack.append(lines) } else { submit(lines) { self.write(lines, $0) } }
    }

    private func submit(_ lines: [Line], then: @escaping @Sendable ([Result<Done, Refusal>]) -> Void) {
        let commands = lines.compactMap { try? Command.post($0.result.get()) }
        newsroom.submit(commands) { results in
            self.queue.async {
                if case .failure(.overloaded)? = results.first { self.holdBack(lines) } else { then(results) }
            }
        }
    }

    /// The newsroom is behind, so this client waits, and its body too.
    private func holdBack(_ lines: [Line]) {
        heldBack.insert(lines, at: 0)
        isHoldingBack = true
        queue.asyncAfter(deadline: .now() + .milliseconds(50)) { self.handInHeldBack() }
    }

    /// One portion at a time, so that no line overtakes an earlier one.
    private func handInHeldBack() {
        guard !heldBack.isEmpty else {
            isHoldingBack = false
            return
        }
        let lines = heldBack.removeFirst()
        submit(lines) { results in
            self.write(lines, results)
            self.handInHeldBack()
        }
    }

    private func write(_ lines: [Line], _ results: [Result<Done, Refusal>]) {
        var results = results[...]
        var bytes: [UInt8] = []
        for (number, result) in lines {
            var writer = JSONWriter()
            switch result {
            case .failure(let error): ArticleEndpoints.write(Problem(error), line: number, to: &writer)
            case .success: ArticleEndpoints.write(results.removeFirst(), line: number, under: prefix, to: &writer)
            }
            bytes += writer.bytes
            bytes.append(UInt8(ascii: "\n"))
        }
        waitingBytes += bytes.count
        if let writer {
            send(bytes, to: writer)
        } else {
            kept += bytes
            if kept.count > ArticleStream.answersKept { beginAnswer() }
        }
        portionsUnderway -= 1
        goOn()
    }

    private func send(_ bytes: [UInt8], to writer: any ResponseWriter) {
        writer.write(bytes) { isOpen in
            self.queue.async {
                self.waitingBytes -= bytes.count
                if isOpen { return self.readOn() }
                self.ending = .cut
                self.end()
            }
        }
    }

    private func beginAnswer() {
        guard let begin else { return }
        self.begin = nil
        begin { writer in
            self.queue.async {
                self.writer = writer
                self.send(self.kept, to: writer)
                self.kept = []
                if self.isOver { self.close(writer) }
            }
        }
    }
}
