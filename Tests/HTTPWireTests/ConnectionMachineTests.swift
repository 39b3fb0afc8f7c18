import HTTPTypes
import HTTPWire
import Testing

@Suite struct ConnectionMachineTests {
    private let get = "GET /a HTTP/1.1\r\nHost: h\r\n\r\n"

    private func machine(after text: String, drained: Bool = false) -> ConnectionMachine {
        var machine = ConnectionMachine(limits: WireLimits())
        if drained { machine.drain() }
        let bytes = Array(text.utf8)
        #expect(machine.next(in: bytes) == .request)
        return machine
    }

    @Test func keepsAliveAndTakesRequestsInOrder() {
        let bytes = Array((get + get).utf8)
        var machine = ConnectionMachine(limits: WireLimits())
        #expect(machine.isIdle)
        #expect(machine.next(in: bytes) == .request)
        #expect(machine.used == get.utf8.count)
        #expect(machine.admit(.buffer(limit: 0)) == .respond)
        // The next head isn't looked at before the answer.
        #expect(machine.next(in: Array(bytes[machine.used...])) == .wait)
        let plan = machine.plan(Response(.ok, body: .bytes([1])))
        #expect(plan == AnswerPlan(framing: .length(1), omitsBody: false, closes: false, saysKeepAlive: false))
        #expect(machine.answerSent(unread: true) == .request)
        #expect(machine.next(in: Array(bytes[get.utf8.count...])) == .request)
    }

    @Test(arguments: [
        ("GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n", true, false),
        ("GET / HTTP/1.1\r\nHost: h\r\nConnection: keep-alive, CLOSE\r\n\r\n", true, false),
        ("GET / HTTP/1.0\r\n\r\n", true, false),
        ("GET / HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n", false, true),
        ("GET / HTTP/1.1\r\nHost: h\r\n\r\n", false, false),
    ]) func persistence(head: String, closes: Bool, saysKeepAlive: Bool) {
        var machine = machine(after: head)
        _ = machine.admit(.buffer(limit: 0))
        let plan = machine.plan(Response(.ok))
        #expect(plan.closes == closes && plan.saysKeepAlive == saysKeepAlive)
        #expect(machine.answerSent(unread: false) == (closes ? .close : .request))
    }

    @Test func framesAnswersByStatusMethodAndVersion() {
        func plan(_ head: String, _ response: Response) -> AnswerPlan {
            var machine = machine(after: head)
            _ = machine.admit(.buffer(limit: 0))
            return machine.plan(response)
        }
        let stream = Response(.ok, body: .stream { $0.finish() })
        #expect(plan(get, stream).framing == .chunked)
        #expect(
            plan("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n", stream)
                == AnswerPlan(framing: .untilClose, omitsBody: false, closes: true, saysKeepAlive: false))
        #expect(plan(get, Response(.noContent, body: .bytes([1]))).framing == .none)
        #expect(plan(get, Response(.notModified)).framing == .none)
        #expect(plan(get, Response(.ok)).framing == .length(0))
        let head = plan("HEAD / HTTP/1.1\r\nHost: h\r\n\r\n", Response(.ok, body: .pieces([[1], [2, 3]])))
        #expect(head.framing == .length(3) && head.omitsBody && !head.sendsBody)
    }

    @Test func continueIsSentOnceAndOnlyIfWaitedFor() {
        let head = "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n"
        var waiting = machine(after: head)
        #expect(waiting.admit(.buffer(limit: 3)) == .readBody)
        #expect(waiting.next(in: []) == .needsInput)
        #expect(waiting.takeContinue() == true)
        #expect(waiting.takeContinue() == false)
        var sending = machine(after: head)
        #expect(sending.admit(.buffer(limit: 3)) == .readBody)
        #expect(sending.next(in: Array("ab".utf8)) == .body(0..<2))
        #expect(sending.takeContinue() == false)
        var refused = machine(after: head)
        #expect(refused.admit(.buffer(limit: 2)) == .refuse(.bodyTooLarge))
        #expect(refused.takeContinue() == false)
        #expect(refused.plan(Response(.contentTooLarge)).closes)
        #expect(refused.answerSent(unread: false) == .linger)
    }

    @Test func anAnswerBeforeTheBodysEndCloses() {
        var machine = machine(after: "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\n")
        #expect(machine.admit(.stream) == .respond)
        #expect(machine.next(in: Array("ab".utf8)) == .body(0..<2))
        #expect(machine.plan(Response(.ok)).closes)
        #expect(machine.answerSent(unread: false) == .linger)
    }

    @Test func aStreamReadToItsEndKeepsAlive() {
        var machine = machine(after: "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n")
        #expect(machine.admit(.stream) == .respond)
        let body = Array("2\r\nab\r\n0\r\n\r\n".utf8)
        #expect(machine.next(in: body) == .body(3..<5))
        #expect(machine.next(in: Array(body[machine.used...])) == .bodyEnd)
        #expect(machine.next(in: []) == .wait)
        #expect(!machine.plan(Response(.ok)).closes)
        #expect(machine.answerSent(unread: false) == .request)
    }

    @Test func halfCloseAnswersWhatCameBefore() {
        let bytes = Array((get + get).utf8)
        var machine = machine(after: get)
        machine.endInput()
        _ = machine.admit(.buffer(limit: 0))
        #expect(!machine.plan(Response(.ok)).closes)
        #expect(machine.answerSent(unread: true) == .request)
        #expect(machine.next(in: Array(bytes[get.utf8.count...])) == .request)
        _ = machine.admit(.buffer(limit: 0))
        _ = machine.plan(Response(.ok))
        _ = machine.answerSent(unread: false)
        #expect(machine.next(in: []) == .close)
    }

    @Test(arguments: [
        "GET / HT", "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\nab",
        "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n2\r\na",
    ])
    func aCutOffRequestIsRefused(text: String) {
        var driver = MachineDriver()
        driver.feed(text.utf8)
        driver.machine.endInput()
        driver.feed([])
        #expect(driver.outcomes.refusal == .truncated)
    }

    @Test func aStreamThatBreaksStillGetsItsAnswer() {
        var machine = machine(after: "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n")
        #expect(machine.admit(.stream) == .respond)
        #expect(machine.next(in: Array("x".utf8)) == .refuse(.badChunkSize))
        #expect(machine.next(in: []) == .wait)
        #expect(machine.plan(Response(.badRequest)).closes)
        #expect(machine.answerSent(unread: false) == .linger)
    }

    @Test func drainingMakesTheNextAnswerTheLast() {
        var machine = machine(after: get, drained: true)
        _ = machine.admit(.buffer(limit: 0))
        #expect(machine.plan(Response(.ok)).closes)
        #expect(machine.answerSent(unread: false) == .linger)
        #expect(machine.next(in: []) == .close)
    }

    @Test func bodiesKeepToTheirLimitOnBothSides() {
        func body(_ count: Int, chunked: Bool) -> Outcomes {
            let text = String(repeating: "x", count: count)
            let framed =
                chunked
                ? "Transfer-Encoding: chunked\r\n\r\n\(String(count, radix: 16))\r\n\(text)\r\n0\r\n\r\n"
                : "Content-Length: \(count)\r\n\r\n\(text)"
            return outcomes(of: Array("POST / HTTP/1.1\r\nHost: h\r\n\(framed)".utf8), bodyLimit: 100)
        }
        for chunked in [false, true] {
            #expect(body(100, chunked: chunked).requests.first?.body.count == 100)
            #expect(body(101, chunked: chunked).refusal == .bodyTooLarge)
        }
    }

    /// RFC 9110 §9.3.2: also where a HEAD is refused for what comes after its method.
    @Test(arguments: [
        "HEAD / HTTP/2.0\r\n", "HEAD /\"\r\n", "HEAD /\" HTTP/1.1\r\n", "HEAD / HTTP/1.1\r\nHost : a\r\n", "HEAD / HTTP/1.1\r\n\r\n",
        "HEAD / HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n\r\n",
    ]) func theRefusalOfAHeadHasNoBody(text: String) {
        var machine = ConnectionMachine(limits: WireLimits())
        guard case .refuse = machine.next(in: Array(text.utf8)) else {
            Issue.record("\(text) is not refused")
            return
        }
        let plan = machine.plan(Response(.badRequest, body: .bytes([1])))
        #expect(plan.framing == .length(1) && !plan.sendsBody && plan.closes)
        #expect(machine.answerSent(unread: false) == .linger)
    }

    /// The head before is no word about a refusal of the next one.
    @Test func aRefusalAfterAHeadHasItsBody() {
        var machine = machine(after: "HEAD / HTTP/1.1\r\nHost: h\r\n\r\n")
        _ = machine.admit(.buffer(limit: 0))
        _ = machine.plan(Response(.ok))
        #expect(machine.answerSent(unread: true) == .request)
        #expect(machine.next(in: Array("BAD\r\n".utf8)) == .refuse(.badRequestLine))
        #expect(machine.plan(Response(.badRequest, body: .bytes([1]))).sendsBody)
    }

    /// RFC 9110 §7.4: TLS doesn't end here, but may in front of here.
    @Test func aTargetOfHTTPSIsForGateways() {
        let bytes = Array("GET https://h/ HTTP/1.1\r\nHost: h\r\n\r\n".utf8)
        var direct = ConnectionMachine(limits: WireLimits())
        #expect(direct.next(in: bytes) == .refuse(.misdirected))
        #expect(direct.plan(Response(.misdirectedRequest)).closes)
        var behind = ConnectionMachine(limits: WireLimits())
        behind.isBehindGateway = true
        #expect(behind.next(in: bytes) == .request)
    }

    @Test func aGoodRequestIsAnsweredBeforeItsBadSuccessor() {
        let result = outcomes(of: Array((get + "BAD\r\n" + get).utf8))
        #expect(result.requests.count == 1 && result.refusal == .badRequestLine && !result.isOpen)
    }
}

extension ConnectionMachine {
    /// The same over an array, so that no span has to live through a macro.
    fileprivate mutating func next(in bytes: [UInt8]) -> Action { next(bytes.span) }
}
