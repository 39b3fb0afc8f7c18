import ContentCoding
import Dispatch
import Foundation
import HTTPTypes
import HTTPWire
import Journal
import News
import NewsIndex
import Newsroom

/// The HTTP API: finds the route, calls its operation, and turns what it throws into a problem.
public final class API: Responder {
    /// A body that is read whole may be this long, in bytes.
    public let bodyLimit: Int
    /// A body longer than this is read beside the loop.
    static let inlineLimit = 64 << 10

    /// A query is given up after this.
    let queryTimeout: Duration
    let newsroom: Newsroom
    let journal: any Journal
    let snapshots: PinnedSnapshots
    /// The articles that are asked for most, ready to send.
    let readyArticles: BoundedCache<ReadyArticle.Key, ReadyArticle>
    /// What is counted, as it is served.
    let metrics: @Sendable () -> (mediaType: String, body: [UInt8])
    /// What answers a path that is no resource.
    private let files: @Sendable (Request) -> Response
    private let routes = Route.table

    /// Where work is done that may wait for the disk or take long.
    static let workers = DispatchQueue(label: "api.workers", attributes: .concurrent)

    /// An API over a newsroom and the journal that it writes; `files` answers what is no resource.
    /// - Parameters:
    ///   - bodyLimit: the longest body that is read whole, in bytes.
    ///   - cacheSize: bytes of articles that are kept ready to send.
    ///   - queryTimeout: how long a query may take before it is given up.
    ///   - metrics: what /metrics answers.
    public init(
        newsroom: Newsroom, journal: any Journal, bodyLimit: Int = 16 << 20, cacheSize: Int = 32 << 20,
        queryTimeout: Duration = .seconds(2),
        metrics: @escaping @Sendable () -> (mediaType: String, body: [UInt8]) = { ("text/plain", []) },
        files: @escaping @Sendable (Request) -> Response
    ) {
        self.newsroom = newsroom
        self.journal = journal
        self.bodyLimit = bodyLimit
        self.queryTimeout = queryTimeout
        self.metrics = metrics
        self.files = files
        snapshots = PinnedSnapshots()
        readyArticles = BoundedCache(capacity: cacheSize)
    }

    /// A stream of lines is read as it comes, everything else whole.
    public func bodyPolicy(for head: Request) -> BodyPolicy {
        if let (index, _) = match(head.pathBytes), let operation = routes[index].operation(head.method), operation.streams(head) {
            return .stream
        }
        return .buffer(limit: bodyLimit)
    }

    /// Answers at once from the current snapshot, or later what has to wait for the writer or the disk.
    public func respond(to request: Request) -> Outcome {
        if request.method == .options, request.pathBytes.elementsEqual("*".utf8) {
            return .ready(Response(.noContent, fields: [.allow: Route.allMethods]))
        }
        guard let (index, identifier) = match(request.pathBytes) else { return Outcome.ready(file(request)).counted(under: routes.count) }
        return respond(to: request, routes[index], identifier).counted(under: index)
    }

    private func respond(to request: Request, _ route: Route, _ identifier: ArraySlice<UInt8>) -> Outcome {
        guard let operation = route.operation(request.method) else {
            if request.method == .options { return .ready(Response(.noContent, fields: route.options)) }
            return .ready(Problem.methodNotAllowed(request.method, by: route.path, but: route.allow).response(to: request))
        }
        do throws(Problem) {
            try checkAcceptable(request, operation)
            try checkFraming(request, operation)
            let call = Call(api: self, request: request, identifier: identifier, snapshot: newsroom.snapshot)
            return call.compressed(try operation.run(call))
        } catch {
            return .ready(error.response(to: request))
        }
    }

    /// What is no resource is a file, or nothing.
    private func file(_ request: Request) -> Response {
        let allow = "GET, HEAD, OPTIONS"
        switch request.method {
        case .get, .head: return files(request)
        case .options: return Response(.noContent, fields: [.allow: allow])
        default: return Problem.methodNotAllowed(request.method, by: request.path, but: allow).response(to: request)
        }
    }

    /// What the server itself refuses, as a problem of the catalogue.
    public func refusal(_ error: WireError) -> Response { API.problem(error) }

    /// A client that wants anything else by no means is told what there is (RFC 9110 §12.5.1).
    private func checkAcceptable(_ request: Request, _ operation: Operation) throws(Problem) {
        guard let accept = request.combinedBytes(of: .accept) else { return }
        // The usual value needs no parsing.
        if accept.elementsEqual("*/*".utf8) { return }
        if Negotiation.best(of: operation.mediaTypes, accept: accept) == nil {
            throw Problem(.notAcceptable, "This resource is served as \(operation.mediaTypes[0]).")
        }
    }

    /// RFC 9112 §6.3: without a word about it there is no body, and none is hardly what somebody means who writes something.
    private func checkFraming(_ request: Request, _ operation: Operation) throws(Problem) {
        guard operation.body != nil, case .none = request.body, request.head.framing == .none else { return }
        if request.bytes(of: .contentLength) == nil {
            throw Problem(.lengthRequired, "A \(request.method.rawValue) here has a body, with a Content-Length or in chunks.")
        }
    }

    /// The place of the route that serves a path, and what stands there for its id.
    private func match(_ path: ArraySlice<UInt8>) -> (Int, ArraySlice<UInt8>)? {
        for (index, route) in routes.enumerated() { if let identifier = route.match(path) { return (index, identifier) } }
        return nil
    }
}

extension HTTPDate {
    /// The present, to the second.
    static var now: HTTPDate {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return HTTPDate(seconds: Int64(time.tv_sec))
    }
}

extension API {
    /// An error of the wire or of the static files as this API's clients see it.
    public static func problem(_ error: WireError, to request: Request? = nil) -> Response {
        Problem(ProblemKind(error), error.detail).response(to: request)
    }
}

extension API {
    /// The paths that answers are counted under; the last stands for files and everything else.
    public static let routeNames = Route.table.map(\.path) + ["/*"]

    /// The place of a request's path in `routeNames`.
    public func routeIndex(of request: Request) -> Int { match(request.pathBytes)?.0 ?? routes.count }
}

extension Outcome {
    /// The same, with what its answer is counted under.
    fileprivate consuming func counted(under route: Int) -> Outcome {
        switch consume self {
        case .ready(var response):
            response.route = route
            return .ready(response)
        case .pending(let start):
            return .pending { complete in
                start { response in
                    var response = response
                    response.route = route
                    complete(response)
                }
            }
        }
    }
}
