/// What answers requests. Called on the connections' loops, many at a time.
public protocol Responder: Sendable {
    /// Asked once the head is there, before a body is read (and before 100 Continue is sent). Not asked for a request without a body.
    func bodyPolicy(for head: Request) -> BodyPolicy
    /// Called on the connection's loop: must not block. With `.stream` it is called at once with a `BodyStream`, otherwise with
    /// the whole body.
    func respond(to request: Request) -> Outcome
    /// How an error found by the server itself looks (status, code, detail). The server adds Date, Content-Length, Connection.
    func refusal(_ error: WireError) -> Response
}

/// How a request's body is to be read.
public enum BodyPolicy: Sendable {
    /// Read whole before `respond`. The limit is in bytes, from 0; past it 413.
    case buffer(limit: Int)
    /// Handed on as it comes. The reader of the stream counts.
    case stream
}

/// When the answer comes.
public enum Outcome: Sendable {
    /// Now.
    case ready(Response)
    /// The answer comes later, from any thread; `complete` is called exactly once.
    case pending(@Sendable (_ complete: @escaping @Sendable (Response) -> Void) -> Void)
}
