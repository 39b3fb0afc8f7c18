import Foundation
import HTTPTypes
import HTTPWire
import JSON
import News
import NewsAPI
import NewsIndex
import Newsroom
import TestSupport
import Testing

/// A body in pieces, as it might come from a socket.
private final class Pieces: BodyStream {
    private let pieces: Shared<ArraySlice<[UInt8]>>
    private let ending: BodyPiece

    init(_ pieces: [[UInt8]], ending: BodyPiece = .end) {
        self.pieces = Shared(pieces[...])
        self.ending = ending
    }

    func read(_ deliver: @escaping @Sendable (BodyPiece) -> Void) {
        var next: [UInt8]?
        pieces.change { next = $0.popFirst() }
        deliver(next.map { .bytes($0) } ?? ending)
    }
}

/// A client that reads its answer until the end, or goes away after some of it.
private final class Reader: ResponseWriter {
    let received = Shared<[UInt8]>([])
    private let limit: Int
    private let ended: @Sendable (Bool) -> Void

    init(limit: Int = .max, ended: @escaping @Sendable (_ isWhole: Bool) -> Void) {
        self.limit = limit
        self.ended = ended
    }

    func write(_ bytes: [UInt8], then: @escaping @Sendable (Bool) -> Void) {
        received.change { $0 += bytes }
        then(received.value.count < limit)
    }

    func finish() { ended(true) }
    func abort() { ended(false) }
}

struct ArticleStreamTests {
    let client: Client
    init() throws { client = try Client() }

    /// What is answered to a body, line by line; nil if the answer was cut off.
    private func lines(_ pieces: [[UInt8]], ending: BodyPiece = .end, limit: Int = .max) async throws -> [JSONValue]? {
        var request = Request(method: .post, target: "/articles", fields: [.contentType: "application/x-ndjson; charset=utf-8"])
        guard case .stream = client.api.bodyPolicy(for: request) else {
            Issue.record("lines are read whole")
            return nil
        }
        request.body = .stream(Pieces(pieces, ending: ending))
        guard case .ready(let response) = client.api.respond(to: request), case .stream(let start) = response.body else {
            Issue.record("the answer is no stream")
            return nil
        }
        let result = Shared<[UInt8]?>(nil)
        await withCheckedContinuation { continuation in
            let reader = Shared<Reader?>(nil)
            let client = Reader(limit: limit) { isWhole in
                if isWhole { result.change { $0 = reader.value?.received.value } }
                continuation.resume()
            }
            reader.change { $0 = client }
            start(client)
        }
        return try result.value?.split(separator: UInt8(ascii: "\n")).map { line in
            var reader = JSONReader(Array(line))
            return try reader.value()
        }
    }

    private func summary(_ lines: [JSONValue]?) -> [String]? {
        lines?.map { "\($0["line"]?.text ?? "") \($0["status"]?.text ?? "") \($0["code"]?.text ?? "")" }
    }

    /// However the bytes arrive, the answers are the same: a line spoils only itself, and blank ones are none.
    @Test(arguments: 0..<10 as Range<UInt64>)
    func howeverTheyArrive(_ seed: UInt64) async throws {
        let text =
            "{\"uri\":\"u:1\",\"headline\":\"Łódź 😀\"}\n\n{\"headline\":}\r\n  \n{\"uri\":\"u:1\",\"headline\":\"two\"}\r\n{\"headline\":7}\n[]\n{\"uri\":\"u:1\",\"headline\":\"two\"}\n{\"headline\":\"last\"}"
        var chance = Chance(seed: seed)
        var pieces: [[UInt8]] = []
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let count = seed == 0 ? 1 : 1 + chance.below(40)
            pieces.append(Array(rest.prefix(count)))
            rest = rest.dropFirst(count)
        }
        let answers = try await lines(pieces)
        #expect(
            summary(answers) == ["1 201 ", "3 400 invalid-body", "5 200 ", "6 400 invalid-body", "7 400 invalid-body", "8 200 ", "9 201 "],
            "seed \(seed)")
        #expect(client.room.snapshot.index.articleCount == 2 && client.journal.records.count == 3)
    }

    @Test func linesThatAreTooLong() async throws {
        let long = [UInt8](repeating: UInt8(ascii: "x"), count: 100_000)
        let body =
            [Array("{\"headline\":\"a\"}\n".utf8)] + [[UInt8]](repeating: long, count: 40) + [Array("\n{\"headline\":\"b\"}\n".utf8)]
            + [[UInt8]](repeating: long, count: 12)
        #expect(summary(try await lines(body)) == ["1 201 ", "2 400 invalid-body", "3 201 ", "4 400 invalid-body"])
    }

    @Test func nothingAtAll() async throws {
        #expect(try await lines([]) == [])
        #expect(try await lines([Array("\n\r\n \n".utf8)]) == [])
        #expect(await client.ask(.post, "/articles", fields: [.contentType: "application/x-ndjson"]).status == 411)
    }

    @Test func clientsThatGoAway() async throws {
        let line = Array("{\"headline\":\"a\"}\n".utf8)
        // What was whole when the body broke off is kept; the answer tells that it is not.
        #expect(try await lines([line, line], ending: .failed(.disconnected)) == nil)
        #expect(try await lines([[UInt8]](repeating: line, count: 50), limit: 200) == nil)
        client.room.close()
        #expect(client.room.snapshot.index.articleCount >= 2 && client.room.snapshot.index.faults() == [])
    }

    /// While the newsroom has no room the stream waits, and its lines keep their order.
    @Test func waitingForRoom() async throws {
        client.journal.shut()
        for _ in 0..<12 {
            client.room.submit(
                [Command](repeating: .deleteEntity("nobody", .none), count: Newsroom.queueLimit / 8) + [.declareEntity(Entity(name: "x"))]
            ) { _ in }
        }
        client.journal.awaitWriter()
        let versions = (0..<200).map { Array("{\"uri\":\"u:1\",\"headline\":\"\($0)\"}\n".utf8) }
        async let answers = lines(versions)
        // Long enough to be told that there is no room, once and again; nothing depends on how long it is.
        try await Task.sleep(for: .milliseconds(120))
        #expect(client.room.snapshot.index.articleCount == 0)
        client.journal.open()
        let statuses = summary(try await answers)
        #expect(statuses == (1...200).map { "\($0) \($0 == 1 ? 201 : 200) " })
        let index = client.room.snapshot.index
        guard let id = index.article(uri: "u:1"), case .live(let article) = index.article(id) else {
            Issue.record("the article is missing")
            return
        }
        #expect(article.version == 200 && article.article().headline == "199")
    }
}
