import HTTPWire

/// A request with a body: gathered until it is whole, or handed on piece by piece. Its connection's alone.
final class PendingBody {
    /// The request, while its body is gathered.
    var request: Request?
    var gathered: [UInt8] = []
    let isStream: Bool
    /// Bytes of body so far.
    var received = 0
    /// When the clock for the body's rate started; moved on by the time that nobody asked.
    var clockStart: Int64
    /// When the clock was stopped, as nobody asks.
    var clockStopped: Int64?
    /// Whoever waits for the next piece of a stream.
    var ask: (@Sendable (BodyPiece) -> Void)?
    /// Why no more will come.
    var failure: WireError?

    init(request: Request? = nil, isStream: Bool, clockStart: Int64, clockStopped: Int64? = nil) {
        self.request = request
        self.isStream = isStream
        self.clockStart = clockStart
        self.clockStopped = clockStopped
    }
}

extension Connection {
    /// Room set aside at first for a body whose length is announced; more only as it really comes.
    private static let firstRoom = 256 << 10

    /// A head is complete: decides about the body, and responds if there is none to wait for.
    @inline(__always)
    func beginRequest(_ bytes: [UInt8], _ start: Int) {
        serial &+= 1
        waiting = .responder  // The next head has its own time.
        LoopCounters.add(1, to: loop.counters.requests)
        var request = Request(head: machine.head, bytes: bytes, base: start, peer: peer)
        if request.mayHave(loop.shared.repeated) { repeated = request.lines(repeating: loop.shared.configuration.repeatedFields) }
        if proxy.mayForward {
            guard let traced = traced(request) else { return }
            request = traced
        }
        beginTrace()
        trace?.method = request.head.method
        if request.head.framing == .none {
            _ = machine.admit(.buffer(limit: 0))
            respond(to: request)
        } else {
            keepForTrace(request)
            beginBody(of: request)
        }
    }

    @inline(__always)
    func beginTrace() {
        if loop.shared.configuration.onCompletion != nil { trace = Trace(start: loop.moment) }
    }

    /// What is kept beyond this turn must not hold the loop's buffer.
    func keepForTrace(_ request: Request) {
        if trace != nil, kept == nil { kept = request.detached() }
    }

    private func beginBody(of request: Request) {
        let policy = loop.shared.responder.bodyPolicy(for: request)
        switch machine.admit(policy) {
        case .refuse(let error): refuse(error)
        case .readBody:
            let body = PendingBody(request: request.detached(), isStream: false, clockStart: loop.now)
            if case .length(let length) = request.head.framing { body.gathered.reserveCapacity(min(length, Self.firstRoom)) }
            pending = body
        case .respond:
            pending = PendingBody(isStream: true, clockStart: loop.now, clockStopped: loop.now)
            var request = request.detached()
            request.body = .stream(ConnectionBody(loop: loop, id: id, serial: serial))
            respond(to: request)
        }
    }

    /// Body bytes have come.
    func take(_ bytes: ArraySlice<UInt8>) {
        pending?.received += bytes.count
        if pending?.isStream == true {
            deliver(.bytes(Array(bytes)))
        } else {
            pending?.gathered.append(contentsOf: bytes)
        }
    }

    /// The body is complete.
    func endBody() {
        guard let body = pending else { return }
        if body.isStream {
            if body.ask != nil { deliver(.end) }
            return
        }
        pending = nil
        guard var request = body.request else { return }
        machine.bodyRead()
        request.body = body.gathered.isEmpty ? .none : .bytes(body.gathered)
        respond(to: request)
    }

    @inline(__always)
    private func respond(to request: Request) {
        switch loop.shared.responder.respond(to: request) {
        case .ready(let response):
            let isNeeded = response.route == nil || loop.shared.configuration.logsRequests
            send(response, to: isNeeded ? request : nil)
        case .pending(let start):
            keepForTrace(request)
            wait(for: start)
        }
    }

    private func wait(for start: @Sendable (@escaping @Sendable (Response) -> Void) -> Void) {
        let serial = serial
        let id = id
        start { [loop] response in
            loop.run(on: id) { connection in connection?.answer(response, to: serial) }
        }
    }

    /// An answer that came later, perhaps too late.
    private func answer(_ response: Response, to serial: UInt32) {
        guard serial == self.serial, machine.isAnswering, streaming == nil, !isClosed else { return }
        send(response)
        resume()
    }

    /// Goes on after something from outside: with what is left over, and with what is to be waited for.
    func resume() {
        if !isClosed, output.isEmpty, ending == nil { workThroughInput() }
        settle()
    }

    /// Answers with an error of the wire itself, as the last thing on the connection.
    func refuse(_ error: WireError) {
        loop.countRefusal(error)
        if let body = pending, body.isStream {
            // The request is with the responder already, who learns of it here and still owes an answer.
            pending?.failure = error
            if body.ask != nil { deliver(.failed(error)) }
            return
        }
        pending = nil
        if trace == nil { beginTrace() }
        send(loop.shared.responder.refusal(error))
    }

    /// Refuses a connection before anything was read from it.
    func refuseOutright(_ error: WireError) {
        _ = machine.refuse(error)
        refuse(error)
        settle()
    }

    /// Writes an answer, or begins to if it is a stream. An answer given at once comes with its request, of which then nothing is kept.
    @inline(__always)
    func send(_ response: Response, to request: Request? = nil) {
        // A streamed answer begins before the body is read: what the client waits for would come in the middle of it otherwise.
        if response.body.length == nil, machine.takeContinue() { loop.outbox.bytes.append(contentsOf: ResponseHead.continue) }
        let plan = machine.plan(response)
        ResponseHead.append(response, plan, dateLine: loop.dateLine.bytes, repeated: repeated, to: &loop.outbox.bytes)
        if trace != nil { note(response, plan) }
        if plan.sendsBody {
            switch response.body {
            case .empty: break
            case .bytes(let bytes): loop.outbox.append(body: bytes)
            case .pieces(let pieces): for piece in pieces { loop.outbox.append(body: piece) }
            case .file(let file): enqueue(file)
            case .stream(let produce):
                if let request { keepForTrace(request) }
                return beginStream(plan, produce)
            }
        }
        if loop.outbox.isFull { flush() }
        finishAnswer(to: request)
    }

    /// The answer is on its way: the next request, or the end.
    @inline(__always)
    func finishAnswer(to request: Request? = nil) {
        streaming = nil
        if pending != nil { endStreamedBody() }
        if trace != nil { complete(request) }
        if !repeated.isEmpty { repeated = [] }
        let next = machine.answerSent(unread: hasUnread)
        if next != .request { ending = next }
    }

    /// The answer came before the body was read to its end, or just after: whoever still asks is told.
    private func endStreamedBody() {
        if pending?.ask != nil { deliver(.failed(.disconnected)) }
        pending = nil
    }

    private func note(_ response: Response, _ plan: AnswerPlan) {
        trace?.status = response.status.code
        trace?.route = response.route
        if plan.sendsBody, case .length(let length) = plan.framing { trace?.bodyBytes = length }
    }

    private func complete(_ request: Request?) {
        guard let trace, let hook = loop.shared.configuration.onCompletion else { return }
        self.trace = nil
        // What comes next is counted from here, so that the clock is read once for each answer.
        loop.moment = System.nanoseconds()
        let completed = CompletedRequest(
            peer: peer, method: trace.method, route: trace.route, status: trace.status, bodyBytes: trace.bodyBytes,
            nanoseconds: loop.moment - trace.start)
        if let kept {
            self.kept = nil
            hook(completed, kept)
        } else {
            hook(completed, request)
        }
    }
}
