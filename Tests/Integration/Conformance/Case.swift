/// One exchange on a connection of its own, and what the RFCs say must come of it.
struct Case: Sendable {
    /// What becomes of the connection after the last answer.
    enum End: Sendable {
        /// It serves the next request.
        case open
        /// The last answer says that it closes, and nothing behind it is taken for a request.
        case closed
        /// The client stops sending behind the bytes; the answers come all the same, and the server closes then.
        case halfClosed
        /// The same, in the middle of a request: it is refused, and the answer says that the connection closes.
        case cutShort
    }

    /// Unlike every other; the table of requirements names cases by it.
    let name: String
    /// RFC and section, like `9112 6.3`.
    let rule: String
    /// What is sent. `@article@` and the like stand for what only a running program knows: see `Site`.
    let bytes: [UInt8]
    let answers: [Wanted]
    let end: End

    init(_ name: String, _ rule: String, _ bytes: [UInt8], _ answers: [Wanted], _ end: End) {
        self.name = name
        self.rule = rule
        self.bytes = bytes
        self.answers = answers
        self.end = end
    }

    /// Answered, and the connection serves on.
    static func served(_ name: String, _ rule: String, _ text: String, _ answers: Wanted...) -> Case {
        Case(name, rule, Array(text.utf8), answers, .open)
    }

    /// Answered, and the connection closes.
    static func last(_ name: String, _ rule: String, _ text: String, _ answers: Wanted...) -> Case {
        Case(name, rule, Array(text.utf8), answers, .closed)
    }

    /// Refused by the wire: a problem of that code, and the connection closes. What follows is never answered.
    static func refused(_ name: String, _ rule: String, _ text: String, _ status: Int, _ code: String, to method: String = "GET") -> Case {
        Case(name, rule, Array(text.utf8), [Wanted(status, to: method, code: code)], .closed)
    }
}

/// What an answer must be.
struct Wanted: Sendable {
    let status: Int
    /// The method of its request.
    let method: String
    let fields: [(name: String, value: FieldValue)]
    let without: [String]
    /// The code of the problem that it tells of.
    let code: String?
    let body: String?

    init(
        _ status: Int, to method: String = "GET", _ fields: KeyValuePairs<String, FieldValue> = [:], without: [String] = [],
        code: String? = nil, body: String? = nil
    ) {
        self.status = status
        self.method = method
        self.fields = fields.map { ($0.key, $0.value) }
        self.without = without
        self.code = code
        self.body = body
    }
}

/// What a field must say.
enum FieldValue: Sendable, ExpressibleByStringLiteral {
    case exactly(String)
    case starting(String)
    /// A list with these among its elements.
    case listing([String])
    case anything

    init(stringLiteral value: String) { self = .exactly(value) }

    func holds(for value: String) -> Bool {
        switch self {
        case .exactly(let wanted): value == wanted
        case .starting(let wanted): value.hasPrefix(wanted)
        case .listing(let wanted): Set(wanted).isSubset(of: value.split(separator: ",").map { $0.trimming(" \t") })
        case .anything: true
        }
    }
}

/// A request of HTTP/1.1 with a Host: its line without the version, more field lines, and a body as it goes over the wire.
func ask(_ line: String, _ fields: String..., body: String = "") -> String {
    line + " HTTP/1.1\r\nHost: x\r\n" + fields.map { $0 + "\r\n" }.joined() + "\r\n" + body
}

/// A request with a JSON body and its length.
func send(_ line: String, _ fields: String..., json: String = Site.posted) -> String {
    line + " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: \(json.utf8.count)\r\n"
        + fields.map { $0 + "\r\n" }.joined() + "\r\n" + json
}

/// A POST of the article that is there already, with another framing: the field lines and the body as it goes over the wire.
func framed(_ fields: String..., body: String = Site.posted) -> String {
    "POST /articles HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n" + fields.map { $0 + "\r\n" }.joined() + "\r\n" + body
}

/// The same in chunks.
func chunked(_ body: String) -> String { framed("Transfer-Encoding: chunked", body: body) }
