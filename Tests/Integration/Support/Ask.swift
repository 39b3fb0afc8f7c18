/// One request to be made, with what matters about how it is sent.
struct Ask {
    enum Version { case http10, http11 }

    enum Body {
        case none
        case bytes([UInt8])
        /// Sent chunked, a piece at a time, as libcurl finds room for it.
        case chunks(() -> Piece)
    }

    enum Piece {
        case bytes([UInt8])
        case end
        /// Nothing more to send until something more of the answer was read.
        case afterMoreAnswer
    }

    var method: String
    /// Path and query, sent as written: dot segments and odd escapes reach the server.
    var target: String
    var fields: [(name: String, value: String)] = []
    var body = Body.none
    var version = Version.http11
    /// Sends `Expect: 100-continue` and waits for the 100 before sending the body.
    var expectsContinue = false
    /// Asks for this content coding, and undoes it.
    var decodes: String?
    /// Reads the answer no faster than this.
    var bytesPerSecond: Int?
    /// Shown each piece of the answer's body as it arrives.
    var onPiece: ((ArraySlice<UInt8>) -> Void)?
    /// Far beyond what any answer takes; only there so that a hung server fails a test instead of stopping the run.
    var deadlineInSeconds = 120

    init(_ method: String, _ target: String, _ fields: KeyValuePairs<String, String> = [:], body: Body = .none) {
        self.method = method
        self.target = target
        self.fields = fields.map { (name: $0.key, value: $0.value) }
        self.body = body
    }

    init(_ method: String, _ target: String, json: Value, _ fields: KeyValuePairs<String, String> = [:]) {
        self.init(method, target, fields, body: .bytes(json.bytes))
        self.fields.append(("Content-Type", "application/json"))
    }
}

/// One answer, as it came over the wire.
struct Answer: Sendable {
    struct Head: Sendable {
        var status: Int
        /// "HTTP/1.1"
        var version: String
        var fields: [Field] = []
    }
    struct Field: Sendable, Equatable {
        var name: String
        var value: String
    }

    var head: Head
    /// The 1xx heads that came before it.
    var interim: [Head] = []
    var trailers: [Field] = []
    var body: [UInt8]
    /// How many connections had to be made for this answer: 0 when an open one was used again.
    var connects: Int
    /// The port at our end, which names the connection.
    var localPort: Int

    var status: Int { head.status }
    var fields: [Field] { head.fields }
    var text: String { String(decoding: body, as: UTF8.self) }

    /// The only value of a field; nil when it is absent or there twice, so that a doubled field is noticed.
    subscript(name: String) -> String? {
        let values = fields.values(of: name)
        return values.count == 1 ? values[0] : nil
    }
    var mediaType: String? {
        self["Content-Type"]?.split(separator: ";").first.map { $0.trimming(" ").lowercased() }
    }
    /// The body as JSON; `.absent` when it is none.
    var json: Value { (try? Value(json: body)) ?? .absent }
    /// The lines of an NDJSON body, as an array.
    var lines: Value { Answer.lines(of: body) }
    static func lines(of bytes: [UInt8]) -> Value {
        .array(bytes.split(separator: UInt8(ascii: "\n")).map { (try? Value(json: $0)) ?? .absent })
    }
    /// A field's comma-separated values: `Allow: GET, HEAD`.
    func list(_ name: String) -> [String] {
        fields.values(of: name).flatMap { $0.split(separator: ",") }.map { $0.trimming(" ") }
    }
}

extension [Answer.Field] {
    func values(of name: String) -> [String] {
        filter { $0.name.lowercased() == name.lowercased() }.map(\.value)
    }
    /// Reads `Name: value`; a line without a colon is kept as a nameless field, so that a test can see it.
    mutating func append(line: some StringProtocol) {
        guard let colon = line.firstIndex(of: ":") else { return append(.init(name: "", value: String(line))) }
        append(.init(name: String(line[..<colon]), value: line[line.index(after: colon)...].trimming(" \t\r\n")))
    }
}

extension StringProtocol {
    func trimming(_ blanks: String) -> String {
        String(String(drop { blanks.contains($0) }.reversed().drop { blanks.contains($0) }).reversed())
    }
}
