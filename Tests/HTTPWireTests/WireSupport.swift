import HTTPWire

/// What came out of a connection machine, as plain values.
struct Outcomes: Equatable, CustomStringConvertible {
    struct Received: Equatable {
        var method: String
        var target: String
        var body: [UInt8]
        /// Whether its head announced a body, be it an empty one in chunks.
        var hasBody = false
    }
    var requests: [Received] = []
    var refusal: WireError?
    /// Whether the machine would take more bytes.
    var isOpen = true

    var description: String {
        let list = requests.map { "\($0.method) \($0.target) [\($0.body.count)]" }.joined(separator: ", ")
        return "\(list); \(refusal?.code ?? "-"); \(isOpen ? "open" : "closed")"
    }
}

/// Drives a machine as a connection would, with every request buffered and answered at once.
struct MachineDriver {
    var machine: ConnectionMachine
    var outcomes = Outcomes()
    private var unused: [UInt8] = []
    private var current: Outcomes.Received?
    private let limit: Int

    init(limits: WireLimits = WireLimits(), bodyLimit: Int = 1 << 20) {
        machine = ConnectionMachine(limits: limits)
        limit = bodyLimit
    }

    mutating func feed(_ bytes: some Sequence<UInt8>) {
        guard outcomes.isOpen else { return }
        unused.append(contentsOf: bytes)
        let input = unused
        var at = 0
        while outcomes.isOpen {
            let action = machine.next(input.span.extracting(at..<input.count))
            let start = at
            at += machine.used
            switch action {
            case .needsInput, .wait:
                unused = Array(input[at...])
                return
            case .request: begin(Array(input[start..<at]))
            case .body(let range):
                current?.body += input[start + range.lowerBound..<start + range.upperBound]
                if !machine.hasOpenBody { finish() }
            case .bodyEnd: finish()
            case .refuse(let error): refuse(error)
            case .close: outcomes.isOpen = false
            }
        }
    }

    private mutating func begin(_ head: [UInt8]) {
        let request = Request(head: machine.head, bytes: head, base: 0, peer: .unix)
        let target = request.path + (request.queryBytes.map { "?" + String(decoding: $0, as: UTF8.self) } ?? "")
        current = .init(method: request.method.rawValue, target: target, body: [], hasBody: machine.hasOpenBody)
        switch machine.admit(.buffer(limit: limit)) {
        case .respond: answer()
        case .readBody: break
        case .refuse(let error): refuse(error)
        }
    }

    private mutating func finish() {
        machine.bodyRead()
        answer()
    }

    private mutating func answer() {
        if let current { outcomes.requests.append(current) }
        current = nil
        _ = machine.plan(Response(.ok))
        if machine.answerSent(unread: false) != .request { outcomes.isOpen = false }
    }

    private mutating func refuse(_ error: WireError) {
        outcomes.refusal = error
        outcomes.isOpen = false
    }
}

/// The outcomes of a whole input at once.
func outcomes(of input: [UInt8], limits: WireLimits = WireLimits(), bodyLimit: Int = 1 << 20) -> Outcomes {
    var driver = MachineDriver(limits: limits, bodyLimit: bodyLimit)
    driver.feed(input)
    return driver.outcomes
}

/// A head's outcome: the number of its bytes, nil if it needs more, or the code it is refused with.
enum HeadOutcome: Equatable {
    case done(Int)
    case needsMore
    case refused(String)
}

func parseHead(_ text: String, limits: WireLimits = WireLimits()) -> HeadOutcome {
    let bytes = Array(text.utf8)
    var parser = HeadParser()
    do {
        return try parser.parse(bytes.span, limits: limits) ? .done(parser.head.length) : .needsMore
    } catch {
        return .refused(error.code)
    }
}

/// A small generator with a seed, so that a failing case can be had again.
struct Seeded: RandomNumberGenerator {
    private var state: UInt64
    init(_ seed: UInt64) { state = seed &* 0x9e37_79b9_7f4a_7c15 | 1 }
    mutating func next() -> UInt64 {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return state &* 0x2545_f491_4f6c_dd1d
    }
}

/// Splits an input into random parts.
func randomParts(_ input: [UInt8], _ random: inout Seeded) -> [ArraySlice<UInt8>] {
    var parts: [ArraySlice<UInt8>] = []
    var start = 0
    while start < input.count {
        let end = min(input.count, start + Int.random(in: 1...max(1, Int.random(in: 1...40, using: &random)), using: &random))
        parts.append(input[start..<end])
        start = end
    }
    return parts
}
