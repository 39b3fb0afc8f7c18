public import HTTPTypes
import HTTPWire
import JSON

/// A kind of problem that an answer can tell of: its stable code, its status and its title.
///
/// The catalogue has them all; an answer is `application/problem+json` (RFC 9457).
public struct ProblemKind: Sendable, Hashable {
    /// A stable name in kebab case.
    public let code: String
    /// The status that goes with it.
    public let status: HTTPResponse.Status
    /// What went wrong, in general.
    public let title: String

    private init(_ status: HTTPResponse.Status, _ code: String, _ title: String) {
        self.status = status
        self.code = code
        self.title = title
    }

    /// The kind of what the wire or a static file refuses: one of the API's own where
    /// that has the same code, so that a code has one title.
    init(_ error: WireError) {
        self =
            ProblemKind.own.first { $0.code == error.code && $0.status == error.status }
            ?? ProblemKind(error.status, error.code, error.status.reasonPhrase)
    }

    /// A body that is no JSON, or not what the resource takes.
    public static let invalidBody = ProblemKind(.badRequest, "invalid-body", "The body is not what this resource takes")
    /// A query parameter that is unknown, repeated, or has a bad value.
    public static let invalidParameter = ProblemKind(.badRequest, "invalid-parameter", "A parameter is not what this resource takes")
    /// No resource of that id.
    public static let notFound = ProblemKind(.notFound, "not-found", "There is nothing here")
    /// A method that the resource doesn't have.
    public static let methodNotAllowed = ProblemKind(.methodNotAllowed, "method-not-allowed", "The resource does not do this")
    /// An Accept that leaves nothing to answer with.
    public static let notAcceptable = ProblemKind(.notAcceptable, "not-acceptable", "There is no such representation")
    /// A write that contradicts what is there.
    public static let conflict = ProblemKind(.conflict, "conflict", "The request contradicts what is there")
    /// What was withdrawn or deleted.
    public static let gone = ProblemKind(.gone, "gone", "It was here, and was taken away")
    /// An If-Match, or the like, that doesn't hold.
    public static let preconditionFailed = ProblemKind(
        .preconditionFailed, "precondition-failed", "The resource is not in the state that was asked for")
    /// A write without a word about how long its body is.
    public static let lengthRequired = ProblemKind(.lengthRequired, "length-required", "The request does not say where its body ends")
    /// A PUT of a part.
    public static let partialPut = ProblemKind(.badRequest, "partial-put", "A resource is replaced as a whole")
    /// A Content-Type that the resource doesn't take.
    public static let unsupportedMediaType = ProblemKind(
        .unsupportedMediaType, "unsupported-media-type", "The resource does not take this kind of body")
    /// A Range that begins after the end.
    public static let rangeNotSatisfiable = ProblemKind(
        .rangeNotSatisfiable, "range-not-satisfiable", "The file has no such bytes")
    /// A query that took longer than it may; a smaller one won't.
    public static let queryTimeout = ProblemKind(.serviceUnavailable, "query-timeout", "The query took longer than it may")
    /// More is waiting to be written than there is room for.
    public static let overloaded = ProblemKind(.serviceUnavailable, "overloaded", "Too much is waiting to be written")
    /// A write while the server stops.
    public static let closing = ProblemKind(.serviceUnavailable, "closing", "The server is stopping")
    /// The journal fails; it may pass.
    public static let storageFailed = ProblemKind(.serviceUnavailable, "storage-failed", "The journal can't be written or read now")
    /// The disk is full; it may pass.
    public static let storageFull = ProblemKind(
        .init(code: 507, reasonPhrase: "Insufficient Storage"), "storage-full", "There is no room left on the disk")

    /// Every kind there is, those that the wire refuses among them.
    public static let catalogue = own + WireError.catalogue.map(ProblemKind.init)

    private static let own: [ProblemKind] = [
        .invalidBody, .invalidParameter, .partialPut, .notFound, .methodNotAllowed, .notAcceptable, .conflict, .gone, .lengthRequired,
        .preconditionFailed, .unsupportedMediaType, .rangeNotSatisfiable, .queryTimeout, .overloaded, .closing, .storageFailed, .storageFull,
    ]
}

/// A problem with one request.
public struct Problem: Error, Sendable {
    /// One fault, and the place of it.
    public struct Fault: Sendable {
        /// The part of the request that is at fault.
        public enum Place: Sendable { case pointer(String), parameter(String) }

        /// The part of the request that is at fault.
        public var place: Place
        /// A stable name in kebab case.
        public var code: String
        /// A sentence for a person.
        public var detail: String
        /// Bytes from the start of the body; in a query, Unicode scalars from its start.
        public var offset: Int?
    }

    /// What went wrong, by the catalogue.
    public var kind: ProblemKind
    /// A sentence for a person.
    public var detail: String
    /// Every fault that was found, and the place of it.
    public var faults: [Fault] = []
    /// Fields that go with it, such as Allow with 405.
    public var fields: HTTPFields = [:]

    /// A problem with a word about this very case.
    public init(_ kind: ProblemKind, _ detail: String, faults: [Fault] = []) {
        self.kind = kind
        self.detail = detail
        self.faults = faults
    }

    /// A fault in a JSON body.
    public init(_ error: JSONError) {
        self.init(.invalidBody, error.detail, faults: [Fault(error)])
    }

    /// A parameter that is unknown, repeated or has a bad value.
    static func parameter(_ name: String, _ code: String, _ detail: String, at offset: Int? = nil) -> Problem {
        Problem(.invalidParameter, detail, faults: [Fault(place: .parameter(name), code: code, detail: detail, offset: offset)])
    }

    static let preconditionFailed = Problem(.preconditionFailed, "The precondition does not hold for what is here now.")

    static func methodNotAllowed(_ method: HTTPRequest.Method, by path: String, but allow: String) -> Problem {
        var problem = Problem(.methodNotAllowed, "\(path) does not do \(method.rawValue), but \(allow).")
        problem.fields[.allow] = allow
        return problem
    }

    package func response(to request: Request?) -> Response {
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("type", "urn:dateline:problem:\(kind.code)")
            writer.member("title", kind.title)
            writer.member("status", kind.status.code)
            writer.member("detail", detail)
            writer.member("instance", request.map { $0.prefix + $0.path })
            write(faults, to: &writer)
        }
        var fields = fields
        fields[.contentType] = "application/problem+json"
        fields[.cacheControl] = "no-store"
        if kind.status == .serviceUnavailable { fields[.retryAfter] = "1" }
        return Response(kind.status, fields: fields, body: .bytes(writer.bytes))
    }
}

extension Problem.Fault {
    init(_ error: JSONError) {
        self.init(place: .pointer(error.pointer), code: error.code.rawValue, detail: error.detail, offset: error.offset)
    }

    func write(to writer: inout JSONWriter) {
        writer.object { writer in
            switch place {
            case .pointer(let pointer): writer.member("pointer", pointer)
            case .parameter(let name): writer.member("parameter", name)
            }
            writer.member("code", code)
            writer.member("detail", detail)
            writer.member("offset", offset)
        }
    }
}

func write(_ faults: [Problem.Fault], to writer: inout JSONWriter) {
    guard !faults.isEmpty else { return }
    writer.key("errors")
    writer.array { writer in for fault in faults { fault.write(to: &writer) } }
}
