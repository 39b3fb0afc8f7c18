import HTTPTypes
import HTTPWire
import News
import NewsIndex
import Newsroom

/// A request on its way through a route: what it asks, and the state of the index that answers it.
struct Call: Sendable {
    let api: API
    let request: Request
    /// What stands in the path for `{id}`.
    let identifier: ArraySlice<UInt8>
    let snapshot: Snapshot

    var index: Index { snapshot.index }

    /// The id as text. Escapes that can't be read name nothing.
    var id: String { PercentEncoding.decodeText(identifier) ?? "" }

    /// Whether the body is to be compressed.
    var wantsGzip: Bool { Negotiation.prefersGzip(request) }

    func articleID() throws(Problem) -> ArticleID {
        // No article has an id that is not a UUID, so that there is none.
        guard let id = ArticleID(identifier.span) else { throw Problem(.notFound, "There is no article \"\(self.id)\".") }
        return id
    }

    /// The body of a request that was read whole; no bytes where there is none.
    var body: [UInt8] {
        if case .bytes(let bytes) = request.body { bytes } else { [] }
    }

    /// Whether the request's body is of one of these media types. Without a word about it, it is not.
    func contentType(_ accepted: [String]) throws(Problem) -> String {
        if let coding = request[.contentEncoding], coding.lowercased() != "identity" {
            var problem = Problem(.unsupportedMediaType, "A body is taken as it is, not coded as \"\(coding)\".")
            problem.fields[.acceptEncoding] = "identity"  // RFC 9110 §15.5.16
            throw problem
        }
        let given = request[.contentType] ?? ""
        let type = given.prefix { $0 != ";" }.lowercased().filter { $0 != " " && $0 != "\t" }
        guard accepted.contains(type) else {
            var problem = Problem(
                .unsupportedMediaType, "Expected a Content-Type of \(accepted.joined(separator: " or ")), got \"\(given)\".")
            // RFC 9110 §15.5.16; RFC 5789 §2.2
            problem.fields[request.method == .patch ? .acceptPatch : .accept] = accepted.joined(separator: ", ")
            throw problem
        }
        return type
    }

    /// The conditional fields of a write as a condition for the writer, which sees what is there at its turn.
    func condition() -> Condition {
        let given = request
        guard given.bytes(of: .ifMatch) != nil || given.bytes(of: .ifNoneMatch) != nil || given.bytes(of: .ifUnmodifiedSince) != nil
        else { return .none }
        let request = given.detached()
        return Condition { sequence, changed in
            // Whoever changes a resource may have got it compressed or not: either tag names its state.
            var state = Call.state(sequence, changed: changed, isGzip: false)
            state.otherTag = Call.state(sequence, changed: nil, isGzip: true).tag
            return state.evaluate(request, now: .now) == .proceed
        }
    }

    /// The conditional fields of a POST are about its target (RFC 9110 §13.1): a list, which has a weak tag, or an action, which has
    /// no representation at all.
    func checkPreconditions(ofList isList: Bool) throws(Problem) {
        let state = Preconditions(tag: isList ? listTag : nil, lastModified: nil, exists: isList)
        guard state.evaluate(request, now: .now) == .proceed else { throw .preconditionFailed }
    }

    /// Hands commands in, and answers with what `render` makes of the results.
    func submit(
        _ commands: [Command], _ render: @escaping @Sendable ([Result<Done, Refusal>]) -> Response
    ) -> Outcome {
        let newsroom = api.newsroom
        return .pending { complete in newsroom.submit(commands) { complete(render($0)) } }
    }

    /// Hands one command in; a refusal becomes its problem. `render` is told what stands before every path of its links.
    func submit(_ command: Command, _ render: @escaping @Sendable (_ done: Done, _ prefix: String) -> Response) -> Outcome {
        let request = request.detached()
        return submit([command]) { results in
            switch results[0] {
            case .success(let done): render(done, request.prefix)
            case .failure(let refusal): Problem(refusal).response(to: request)
            }
        }
    }

    /// The same call, holding nothing of the connection's.
    func detached() -> Call { Call(api: api, request: request.detached(), identifier: Array(identifier)[...], snapshot: snapshot) }

    /// Answers on the loop what is done soon, and beside it what takes long.
    func outcome(isLong: Bool, _ work: @escaping @Sendable (Call) throws(Problem) -> Response) throws(Problem) -> Outcome {
        guard isLong else { return .ready(try work(self)) }
        let call = detached()
        return call.later { () throws(Problem) in try work(call) }
    }

    /// Does work that may wait for the disk, or take long, beside the loop.
    func later(_ work: @escaping @Sendable () throws(Problem) -> Response) -> Outcome {
        let request = request.detached()
        return .pending { complete in
            API.workers.async {
                do throws(Problem) { complete(try work()) } catch { complete(error.response(to: request)) }
            }
        }
    }
}
