import HTTPTypes
import HTTPWire
import Testing

/// What the application does with a request. It hangs on the request's number alone, so that the order of events changes nothing.
private struct Manner {
    enum Body { case buffered(limit: Int), streamedWhole, streamedUnread }
    let body: Body
    /// Whether the answer is a stream as well, begun before the request's body is read.
    let streamsAnswer: Bool

    init(_ number: Int) {
        body = [.buffered(limit: 1 << 20), .streamedWhole, .buffered(limit: 40), .streamedWhole, .streamedUnread][number * 7 % 5]
        streamsAnswer = number % 3 == 1
    }

    var isStream: Bool { if case .buffered = body { false } else { true } }
    var readsBody: Bool { if case .streamedUnread = body { false } else { true } }
}

/// One request, and its answer, as a client sees it.
private struct Exchange: Equatable {
    var target: String
    /// What the application saw of the body; nil where it didn't read it, or couldn't to its end.
    var body: [UInt8]?
    var closes: Bool
}

private struct Course: Equatable, CustomStringConvertible {
    var exchanges: [Exchange] = []
    var isRefused = false

    var description: String {
        exchanges.map { "\($0.target) \($0.body.map { "[\($0.count)]" } ?? "-")\($0.closes ? " closes" : "")" }.joined(separator: ", ")
            + (isRefused ? ", refused" : "")
    }

    /// The plain way: one request after the other, each answered before the next is looked at.
    init(_ reference: Reference) {
        let requests = reference.outcomes.requests
        for (number, request) in requests.enumerated() {
            let manner = Manner(number)
            if case .buffered(let limit) = manner.body, request.body.count > limit {
                isRefused = true
                return
            }
            let saysClose = number == requests.count - 1 && reference.outcomes.refusal == nil && !reference.outcomes.isOpen
            let closes = saysClose || (!manner.readsBody && request.hasBody)
            exchanges.append(Exchange(target: request.target, body: manner.readsBody ? request.body : nil, closes: closes))
            if closes { return }
        }
        guard reference.outcomes.refusal != nil || reference.isIncomplete else { return }
        if let request = reference.unfinished, Manner(requests.count).isStream {
            // The application has it already, and answers for it.
            exchanges.append(Exchange(target: request.target, body: nil, closes: true))
        } else {
            isRefused = true
        }
    }

    init() {}
}

/// A connection whose events come in any order: parts of the input, reads of a body, answers, ends of streamed answers.
private struct Schedule {
    private enum Event: CaseIterable { case part, read, answer, endInput }

    private var machine = ConnectionMachine(limits: WireLimits())
    private(set) var course = Course()
    private var parts: ArraySlice<ArraySlice<UInt8>>
    private var unused: [UInt8] = []
    private var hasEnded = false
    private var isOver = false
    private var number = 0
    private var current: Outcomes.Received?
    /// The answer that has begun, and is not at its end.
    private var begun: AnswerPlan?
    private var bodyIsWhole = false
    /// After which event the server is told to stop; nil for never.
    private var drainsAfter: Int?

    init(_ parts: [ArraySlice<UInt8>], drainsAfter: Int? = nil) {
        self.parts = parts[...]
        self.drainsAfter = drainsAfter
    }

    mutating func run(_ random: inout Seeded) {
        var count = 0
        while !isOver {
            if count == drainsAfter { machine.drain() }
            count += 1
            switch Event.allCases.randomElement(using: &random) {
            case .part:
                guard let part = parts.popFirst() else { continue }
                unused += part
                if !machine.isAnswering { work() }
            case .read: if machine.isAnswering, Manner(number).readsBody, machine.hasOpenBody { read() }
            case .answer: if machine.isAnswering { answer() }
            case .endInput, nil:
                guard parts.isEmpty, !hasEnded else { continue }
                hasEnded = true
                machine.endInput()
                if !machine.isAnswering { work() }
            }
            if let drainsAfter, count > drainsAfter, machine.isIdle { isOver = true }
        }
    }

    /// As far as the bytes go and no answer is outstanding.
    private mutating func work() {
        while !isOver, !machine.isAnswering {
            let input = unused
            let action = machine.next(input.span)
            unused.removeFirst(machine.used)
            switch action {
            case .needsInput, .wait: return
            case .request: begin(Array(input[..<machine.used]))
            case .body(let range):
                current?.body += input[range]
                if !machine.hasOpenBody { machine.bodyRead() }
            case .bodyEnd: machine.bodyRead()
            case .refuse: refuse()
            case .close: isOver = true
            }
        }
    }

    private mutating func begin(_ head: [UInt8]) {
        let request = Request(head: machine.head, bytes: head, base: 0, peer: .unix)
        let target = request.path + (request.queryBytes.map { "?" + String(decoding: $0, as: UTF8.self) } ?? "")
        current = .init(method: request.method.rawValue, target: target, body: [], hasBody: machine.hasOpenBody)
        bodyIsWhole = !machine.hasOpenBody
        let policy: BodyPolicy =
            switch Manner(number).body {
            case .buffered(let limit): .buffer(limit: limit)
            case .streamedWhole, .streamedUnread: .stream
            }
        if case .refuse = machine.admit(policy) { refuse() }
    }

    private mutating func refuse() {
        course.isRefused = true
        isOver = true
        #expect(machine.plan(Response(.badRequest)).closes)
        #expect(machine.answerSent(unread: false) == .linger)
    }

    /// One more read of a streamed body.
    private mutating func read() {
        let input = unused
        let action = machine.next(input.span)
        unused.removeFirst(machine.used)
        switch action {
        case .body(let range):
            current?.body += input[range]
            bodyIsWhole = !machine.hasOpenBody
        case .bodyEnd: bodyIsWhole = true
        case .needsInput, .refuse: break
        case .request, .wait, .close: Issue.record("\(action) in the middle of a body")
        }
    }

    /// The application goes on with its answer: begins a streamed one, or ends any once it has read what it wants to.
    private mutating func answer() {
        let manner = Manner(number)
        if manner.streamsAnswer, begun == nil {
            begun = machine.plan(Response(.ok, body: .stream { $0.finish() }))
            return
        }
        if manner.isStream, manner.readsBody, machine.hasOpenBody { return }
        let plan = begun ?? machine.plan(Response(.ok))
        let next = machine.answerSent(unread: !unused.isEmpty)
        // A streamed answer may find out too late to say so.
        #expect(plan.closes == (next != .request) || (begun != nil && !plan.closes))
        let isWhole = manner.readsBody && (bodyIsWhole || !manner.isStream)
        course.exchanges.append(
            Exchange(target: current?.target ?? "", body: isWhole ? current?.body : nil, closes: next != .request))
        (begun, current) = (nil, nil)
        number += 1
        if next == .request { work() } else { isOver = true }
    }
}

@Suite struct ConnectionOrderTests {
    /// Whatever comes first, bytes, reads, answers or the client's end, comes to what the plain way comes to.
    @Test(arguments: 0..<40) func answersComeInOrderWhateverEachCosts(seed: Int) {
        var random = Seeded(UInt64(seed) + 2001)
        for round in 0..<100 {
            var input = ReferenceTests.pipeline(&random) + ReferenceTests.pipeline(&random)
            if round % 3 == 1 { ReferenceTests.damage(&input, &random) }
            if round % 3 == 2 { input.removeLast(Int.random(in: 1..<input.count, using: &random)) }
            let expected = Course(Reference(input))
            for _ in 0..<3 {
                var schedule = Schedule(randomParts(input, &random))
                schedule.run(&random)
                let found = schedule.course
                #expect(found == expected, "\(String(decoding: input, as: UTF8.self).debugDescription)")
            }
        }
    }

    /// Told to stop at any moment, the server answers the same requests in the same order, only not all of them, and closes.
    @Test(arguments: 0..<40) func stoppingCutsTheOrderShort(seed: Int) {
        var random = Seeded(UInt64(seed) + 3001)
        for _ in 0..<100 {
            let input = ReferenceTests.pipeline(&random) + ReferenceTests.pipeline(&random)
            let expected = Course(Reference(input)).exchanges
            var schedule = Schedule(randomParts(input, &random), drainsAfter: Int.random(in: 0...60, using: &random))
            schedule.run(&random)
            let found = schedule.course.exchanges
            #expect(found.map(\.target) == expected.prefix(found.count).map(\.target))
            #expect(found.map(\.body) == expected.prefix(found.count).map(\.body))
            #expect(found.dropLast().allSatisfy { !$0.closes })
        }
    }
}
