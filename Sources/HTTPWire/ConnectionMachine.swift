/// One HTTP/1.1 connection without its socket: bytes and events go in, what to do comes out.
///
/// Requests are taken one at a time: the next head isn't looked at until the answer before it is on its way, which keeps
/// pipelined answers in order and is the back-pressure. The caller asks `next` until it says to wait, and keeps unused bytes.
public struct ConnectionMachine: Sendable {
    /// What the caller is to do.
    public enum Action: Sendable, Equatable {
        /// Come again with more bytes behind the unused ones.
        case needsInput
        /// `head` is complete. Ask for the body policy if it has a body, then call `admit`.
        case request
        /// Body bytes, as a range of what was given.
        case body(Range<Int>)
        /// The body is complete.
        case bodyEnd
        /// Answer with this error. The connection closes afterwards.
        case refuse(WireError)
        /// An answer is outstanding: nothing to do before `answerSent`.
        case wait
        /// Nothing more will come: close.
        case close
    }

    /// What to do with a request whose head was read.
    public enum Admission: Sendable, Equatable {
        /// Respond now; there is no body, or it is read as a stream.
        case respond
        /// Read the body first.
        case readBody
        /// Refuse; the connection closes afterwards.
        case refuse(WireError)
    }

    /// What to do once an answer is on its way.
    public enum Next: Sendable, Equatable {
        /// Look for the next request.
        case request
        /// Close; the client has sent nothing more that matters.
        case close
        /// Close, but read on for a while, so that the client can read the answer before a reset takes it (RFC 9112 §9.6).
        case linger
    }

    private enum Body: Sendable {
        case none
        case length(Int)
        case chunked(ChunkedDecoder)
    }

    /// The request's body, as far as it hasn't come yet.
    private var bodyToRead = Body.none
    /// Bytes of the body that were read.
    private var bodyCount = 0
    private var bodyLimit = Int.max
    private var parser = HeadParser()
    /// Whether the parser's head is answered. It is only emptied when the next one comes: until then the request that was made of it
    /// may still share its room, and emptying would make a new one.
    private var isHeadSpent = false
    private var answering = false
    private var inputEnded = false
    private var closing = false
    private var lingers = false
    private var owesContinue = false
    private var draining = false
    /// Whether the client is a gateway that may end TLS for this server, so that a target of https is no mistake (RFC 9110 §7.4).
    public var isBehindGateway = false
    private let limits: WireLimits
    /// How many of the bytes given to the last `next` were used.
    public private(set) var used = 0

    /// A machine for a new connection.
    public init(limits: WireLimits) { self.limits = limits }

    /// The head of the current request.
    public var head: RequestHead {
        @inline(__always) get { parser.head }
    }
    /// Whether part of a head has come.
    public var isInHead: Bool { !answering && !closing && !hasOpenBody && hasBegunHead }
    private var hasBegunHead: Bool { !isHeadSpent && parser.hasBegun }
    /// Whether body bytes are still to come.
    public var hasOpenBody: Bool { if case .none = bodyToRead { false } else { true } }
    /// Whether nothing is going on: no part of a request read, no answer outstanding.
    public var isIdle: Bool { !answering && !closing && !hasOpenBody && !hasBegunHead }
    /// Whether an answer is outstanding.
    public var isAnswering: Bool { answering }

    /// Says what to do about `input`, which begins at the first unused byte. `used` tells how many bytes it took.
    @inline(__always)
    public mutating func next(_ input: Span<UInt8>) -> Action {
        used = 0
        // A streamed answer reads its request's body on, also where it is the last of the connection.
        if hasOpenBody { return nextOfBody(input) }
        if closing { return answering ? .wait : .close }
        if answering { return .wait }
        return nextHead(input)
    }

    @inline(__always)
    private mutating func nextHead(_ input: Span<UInt8>) -> Action {
        if !input.isEmpty {
            if isHeadSpent {
                parser.reset()
                isHeadSpent = false
            }
            do throws(WireError) {
                if try parser.parse(input, limits: limits) {
                    used = parser.head.length
                    if parser.head.isForTLS, !isBehindGateway { return refuse(.misdirected) }
                    open(parser.head)
                    return .request
                }
            } catch {
                return refuse(error)
            }
        }
        guard inputEnded else { return .needsInput }
        // RFC 9112 §8: a head that was cut off is incomplete; a half-closed client can still read why.
        if hasBegunHead { return refuse(.truncated) }
        closing = true
        return .close
    }

    private mutating func open(_ head: RequestHead) {
        bodyCount = 0
        switch head.framing {
        case .none: bodyToRead = .none
        case .length(let length): bodyToRead = .length(length)
        case .chunked: bodyToRead = .chunked(ChunkedDecoder())
        }
        owesContinue = head.expectsContinue
    }

    private mutating func nextOfBody(_ input: Span<UInt8>) -> Action {
        if input.isEmpty {
            if inputEnded { return refuse(.truncated) }
            return .needsInput
        }
        // RFC 9110 §10.1.1: a client that sends its body anyway needs no 100.
        owesContinue = false
        switch bodyToRead {
        case .none: return .bodyEnd
        case .length(let remaining):
            let taken = min(remaining, input.count)
            bodyToRead = taken == remaining ? .none : .length(remaining - taken)
            used = taken
            return .body(0..<taken)
        case .chunked(var decoder):
            do throws(WireError) {
                let step = try decoder.next(input, limits: limits)
                bodyToRead = .chunked(decoder)
                switch step {
                case .needsMore:
                    used = input.count
                    return inputEnded ? refuse(.truncated) : .needsInput
                case .end(let count):
                    used = count
                    bodyToRead = .none
                    return .bodyEnd
                case .data(let range):
                    used = range.upperBound
                    bodyCount += range.count  // At most the bytes ever received, far from overflow.
                    if bodyCount > bodyLimit { return refuse(.bodyTooLarge) }
                    return .body(range)
                }
            } catch {
                return refuse(error)
            }
        }
    }

    /// Decides about the request whose head was just read.
    public mutating func admit(_ policy: BodyPolicy) -> Admission {
        switch policy {
        case .stream:
            bodyLimit = .max
            answering = true
            return .respond
        case .buffer(let limit):
            bodyLimit = limit
            switch bodyToRead {
            case .none:
                answering = true
                return .respond
            case .length(let length) where length > limit:
                _ = refuse(.bodyTooLarge)
                return .refuse(.bodyTooLarge)
            case .length, .chunked:
                return .readBody
            }
        }
    }

    /// The buffered body is complete, and the responder is asked.
    public mutating func bodyRead() { answering = true }

    /// Whether 100 Continue is to be sent now, as body bytes are wanted and none has come. True once at most.
    public mutating func takeContinue() -> Bool {
        defer { owesContinue = false }
        return owesContinue && hasOpenBody && !closing
    }

    /// Ends the reading: `next` says `.close` from now on, and the answer that is made next closes the connection.
    public mutating func refuse(_ error: WireError) -> Action {
        closing = true
        lingers = true
        bodyToRead = .none
        return .refuse(error)
    }

    /// The client closed its side. What came before is still answered (RFC 9112 §9.6).
    public mutating func endInput() { inputEnded = true }

    /// From now on each answer is the last of its connection.
    public mutating func drain() { draining = true }

    /// How to frame the answer to the current request, or a refusal.
    @inline(__always)
    public mutating func plan(_ response: borrowing Response) -> AnswerPlan {
        let headIsKnown = parser.head.length > 0 && !isHeadSpent
        // A streamed answer may read the body on to its end; any other leaves it unread.
        if hasOpenBody, response.body.length != nil { leaveBodyUnread() }
        if draining || !headIsKnown || !parser.head.isPersistent { closing = true }
        let isOld = headIsKnown && parser.head.minorVersion == 0
        let framing: AnswerPlan.Framing
        let code = response.status.code
        if code == 204 || code == 304 || code < 200 {
            framing = .none  // RFC 9110 §8.6: no Content-Length with 204; with 304 it would have to be that of the 200.
        } else if let length = response.body.length {
            framing = .length(length)
        } else if isOld {
            framing = .untilClose
            closing = true
        } else {
            framing = .chunked
        }
        return AnswerPlan(
            framing: framing, omitsBody: !isHeadSpent && parser.head.method == .head, closes: closing,
            saysKeepAlive: isOld && !closing)
    }

    /// The answer is complete and on its way. `unread` says that bytes from the client lie unused.
    @inline(__always)
    public mutating func answerSent(unread: Bool) -> Next {
        answering = false
        if hasOpenBody { leaveBodyUnread() }
        guard closing else {
            isHeadSpent = true
            return .request
        }
        bodyToRead = .none
        return lingers || unread || draining ? .linger : .close
    }

    /// A body that isn't read to its end leaves no way to find the next request (RFC 9112 §9.3).
    private mutating func leaveBodyUnread() {
        closing = true
        lingers = true
    }

    /// The answer can't be completed: nothing to do but close.
    public mutating func abandon() {
        answering = false
        closing = true
        bodyToRead = .none
    }
}
