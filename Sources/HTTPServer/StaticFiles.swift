import ContentCoding
import HTTPTypes
public import HTTPWire

/// Serves the regular files beneath one folder to GET and HEAD. A file outside it, or one hidden by a leading dot, doesn't exist here.
public struct StaticFiles: Sendable {
    /// How an error looks to the request; for 404, 405, 412 and 416.
    public typealias ErrorPage = @Sendable (WireError, Request) -> Response

    private let root: OpenFolder
    private let cacheControl: String
    private let errorPage: ErrorPage
    /// Compressed files by their tags; no bytes for one that gains nothing.
    private let compressed = BoundedCache<EntityTag, [UInt8]>(capacity: 16 << 20)
    /// Longer files are sent as they are.
    private static let compressLimit = 4 << 20

    /// Opens the folder, which stays the same one even if another takes its name later.
    /// - Parameters:
    ///   - cacheControl: the Cache-Control of every file.
    ///   - errorPage: how an error looks.
    /// - Throws: if the folder can't be opened.
    public init(
        folder: String, cacheControl: String = "public, max-age=60", errorPage: @escaping ErrorPage
    ) throws(SystemError) {
        root = try OpenFolder(folder)
        self.cacheControl = cacheControl
        self.errorPage = errorPage
    }

    /// The answer to a request by its path. A folder is answered with its `index.html`; without a "/" at its end, with 308 to there.
    public func respond(to request: Request) -> Response {
        guard request.method == .get || request.method == .head else { return methodNotAllowed(request) }
        guard let path = FilePath(request.pathBytes) else { return errorPage(.notFound, request) }
        switch root.open(path) {
        case .file(let file): return answer(request, file, ContentType(path: path.name))
        case .folder:
            // Relative links of the page count from the folder only behind a slash. The target is the request's own, so it is a valid one.
            let query = request.queryBytes.map { "?" + String(decoding: $0, as: UTF8.self) } ?? ""
            let last = request.pathBytes.split(separator: UInt8(ascii: "/")).last ?? []
            return Response(.permanentRedirect, fields: [.location: "./" + String(decoding: last, as: UTF8.self) + "/" + query])
        case nil: return errorPage(.notFound, request)
        }
    }

    private func methodNotAllowed(_ request: Request) -> Response {
        var response = errorPage(.fileMethodNotAllowed, request)
        response.fields[.allow] = "GET, HEAD"  // RFC 9110 §15.5.6
        return response
    }

    private func answer(_ request: Request, _ file: OpenFile, _ type: ContentType) -> Response {
        let now = HTTPDate(seconds: System.seconds())
        // Parts are taken of the file as it is, so who asks for a range gets no coding.
        let coded = type.isText && request.bytes(of: .range) == nil && Negotiation.prefersGzip(request) ? compressed(file) : nil
        let tag = coded == nil ? file.tag : file.tag.with(suffix: "-gzip")
        let state = Preconditions(tag: tag, lastModified: file.lastModified)
        var response = Response(.ok)
        response.fields = [
            .eTag: tag.description,
            .cacheControl: cacheControl,
        ]
        if type.isText { response.fields[.vary] = "Accept-Encoding" }
        switch state.evaluate(request, now: now) {
        case .notModified:  // RFC 9110 §15.4.5: with what a cache needs, and nothing else of the representation
            response.status = .notModified
            return response
        case .failed: return errorPage(.fileChanged, request)
        case .proceed: break
        }
        response.fields[.lastModified] = min(file.lastModified, now).text  // RFC 9110 §8.8.2.1: never later than Date
        response.fields[.contentType] = type.text
        response.fields[.xContentTypeOptions] = "nosniff"
        if let coded {
            response.fields[.contentEncoding] = "gzip"
            response.body = .bytes(coded)
            return response
        }
        response.fields[.acceptRanges] = "bytes"
        // RFC 9110 §14.2: Range has a meaning with GET alone.
        guard request.method == .get, let asked = request.combinedBytes(of: .range), state.rangeApplies(request, now: now) else {
            response.body = .file(file.body(0..<file.length))
            return response
        }
        return RangeAnswer(file: file, type: type).apply(ByteRanges(asked, length: file.length), to: response) { errorPage($0, request) }
    }
}

extension StaticFiles {
    /// The file's bytes compressed, made once for each state of it; nil if that gains nothing.
    private func compressed(_ file: OpenFile) -> [UInt8]? {
        guard file.length >= Gzip.leastLength, file.length <= Self.compressLimit else { return nil }
        if let kept = compressed.value(for: file.tag) { return kept.isEmpty ? nil : kept }
        guard let bytes = file.read(0..<file.length) else { return nil }
        let coded = Gzip.compress(bytes, level: 9) ?? []
        compressed.insert(coded, cost: coded.count + 200, for: file.tag)
        return coded.isEmpty ? nil : coded
    }
}

extension WireError {
    /// No such file, or none that is shown.
    public static let notFound = WireError(status: .notFound, code: "not-found", detail: "There is nothing at this path.")
    /// A file was asked for with a method other than GET and HEAD.
    public static let fileMethodNotAllowed = WireError(
        status: .methodNotAllowed, code: "method-not-allowed", detail: "Files are read with GET and HEAD.")
    /// A precondition of the request doesn't hold for the file.
    public static let fileChanged = WireError(
        status: .preconditionFailed, code: "precondition-failed", detail: "The file is not in the state the request asks for.")
    /// Nothing of the ranges asked for lies in the file.
    public static let rangeNotSatisfiable = WireError(
        status: .rangeNotSatisfiable, code: "range-not-satisfiable", detail: "The file has none of the bytes asked for.")
}
