import HTTPWire

/// A streamed answer under way.
struct StreamingAnswer {
    let isChunked: Bool
    /// Writers held back until there is room.
    var waiting: [@Sendable (Bool) -> Void] = []
}

extension Connection {
    /// The head is written; from now on the writer's calls make the body.
    func beginStream(_ plan: AnswerPlan, _ produce: @Sendable (any ResponseWriter) -> Void) {
        streaming = StreamingAnswer(isChunked: plan.framing == .chunked)
        produce(StreamWriter(loop: loop, id: id, serial: serial))
    }

    /// One write of the streamed body.
    func streamWrite(_ bytes: [UInt8], _ serial: UInt32, then: @escaping @Sendable (Bool) -> Void) {
        guard serial == self.serial, let streaming, !isClosed else { return then(false) }
        if bytes.isEmpty { return then(true) }  // An empty chunk would end the body.
        trace?.bodyBytes += bytes.count
        if streaming.isChunked { loop.outbox.bytes.append(chunkHeadFor: bytes.count) }
        loop.outbox.append(body: bytes)
        if streaming.isChunked { loop.outbox.bytes.appendChunkTail() }
        if !isClosed { flush() }
        if isClosed { return then(false) }
        if output.count <= loop.shared.configuration.streamHighWater {
            settle()
            then(true)
        } else {
            self.streaming?.waiting.append(then)
            settle()
        }
    }

    /// The streamed body is complete.
    func streamFinish(_ serial: UInt32) {
        guard serial == self.serial, let streaming, !isClosed else { return }
        if streaming.isChunked { loop.outbox.bytes.appendLastChunk() }
        flush()
        if isClosed { return }
        let waiting = streaming.waiting
        finishAnswer()
        for then in waiting { then(true) }
        resume()
    }

    /// The streamed body can't be completed: without a last chunk the client sees that.
    func streamAbort(_ serial: UInt32) {
        guard serial == self.serial, streaming != nil, !isClosed else { return }
        flush()
        if isClosed { return }
        machine.abandon()
        // Without chunks only a reset tells a cut from the end.
        if streaming?.isChunked == false { return close(resetting: true) }
        finishAnswer()
        settle()
    }

    /// Lets writers go on that were held back, if there is room now.
    func releaseWriters() {
        guard let held = streaming?.waiting, !held.isEmpty, output.count <= loop.shared.configuration.streamHighWater else { return }
        streaming?.waiting = []
        for then in held { then(true) }
    }

    /// Hands a piece of the request's body to whoever asked, and stops the body's clock.
    func deliver(_ piece: BodyPiece) {
        guard let ask = pending?.ask else { return }
        pending?.ask = nil
        pending?.clockStopped = loop.now
        ask(piece)
    }

    /// Somebody wants the next piece of the request's body.
    func askForBody(_ serial: UInt32, _ ask: @escaping @Sendable (BodyPiece) -> Void) {
        guard serial == self.serial, let body = pending, body.isStream, !isClosed else { return ask(.failed(.disconnected)) }
        if let failure = body.failure { return ask(.failed(failure)) }
        if !machine.hasOpenBody { return ask(.end) }
        if let stopped = body.clockStopped { body.clockStart += loop.now - stopped }
        body.clockStopped = nil
        body.ask = ask
        resume()
    }
}

/// A request's body, for the application. Every call is carried to the connection's loop.
final class ConnectionBody: BodyStream {
    private let loop: EventLoop
    private let id: ConnectionID
    private let serial: UInt32

    init(loop: EventLoop, id: ConnectionID, serial: UInt32) {
        self.loop = loop
        self.id = id
        self.serial = serial
    }

    func read(_ deliver: @escaping @Sendable (BodyPiece) -> Void) {
        let serial = serial
        loop.run(on: id) { connection in
            guard let connection else { return deliver(.failed(.disconnected)) }
            connection.askForBody(serial, deliver)
        }
    }
}

/// Where a streamed answer is written, for the application. Every call is carried to the connection's loop, in order.
final class StreamWriter: ResponseWriter {
    private let loop: EventLoop
    private let id: ConnectionID
    private let serial: UInt32

    init(loop: EventLoop, id: ConnectionID, serial: UInt32) {
        self.loop = loop
        self.id = id
        self.serial = serial
    }

    /// Dropped unfinished, nobody could end the answer any more. After `finish` this does nothing.
    deinit { abort() }

    func write(_ bytes: [UInt8], then: @escaping @Sendable (Bool) -> Void) {
        let serial = serial
        loop.run(on: id) { connection in
            guard let connection else { return then(false) }
            connection.streamWrite(bytes, serial, then: then)
        }
    }

    func finish() {
        let serial = serial
        loop.run(on: id) { $0?.streamFinish(serial) }
    }

    func abort() {
        let serial = serial
        loop.run(on: id) { $0?.streamAbort(serial) }
    }
}
