import HTTPTypes

/// Evaluates the conditional fields of a request in the order of RFC 9110 §13.2.2.
public struct Preconditions: Sendable {
    /// What the conditions say.
    public enum Verdict: Sendable, Equatable {
        /// Go on with the method.
        case proceed
        /// 304: the client has it already.
        case notModified
        /// 412: the state isn't the one that the client means.
        case failed
    }

    /// The tag of the current representation; nil if it has none, or if there is no representation.
    public var tag: EntityTag?
    /// The tag of another representation of the same state, which a condition may name as well.
    public var otherTag: EntityTag?
    /// When it last changed; nil if that isn't known.
    public var lastModified: HTTPDate?
    /// Whether there is a current representation at all.
    public var exists: Bool

    /// The state that the conditions are held against.
    public init(tag: EntityTag?, lastModified: HTTPDate?, exists: Bool = true) {
        self.tag = tag
        self.lastModified = lastModified
        self.exists = exists
    }

    /// The verdict over a request. To be asked once it is known that the answer would otherwise be 2xx (§13.2.1).
    /// - Parameter now: for two-digit years alone.
    public func evaluate(_ request: Request, now: @autoclosure () -> HTTPDate) -> Verdict {
        guard request.mayHave(Self.fields) else { return .proceed }
        let isRead = request.head.method == .get || request.head.method == .head
        // Steps 1 and 2. A condition that can't be understood can't hold, and a write must not go through on it.
        if let list = request.combinedBytes(of: .ifMatch) {
            if !names(list, strongly: true, malformed: false) { return .failed }
        } else if let since = date(request, .ifUnmodifiedSince, now()), let lastModified, exists {
            if lastModified > since { return .failed }
        }
        // Steps 3 and 4. If-None-Match puts If-Modified-Since out of force, understood or not (§13.1.3).
        if let list = request.combinedBytes(of: .ifNoneMatch) {
            if names(list, strongly: false, malformed: !isRead) { return isRead ? .notModified : .failed }
        } else if isRead, let since = date(request, .ifModifiedSince, now()), let lastModified, exists {
            if lastModified <= since { return .notModified }
        }
        return .proceed
    }

    /// Step 5: whether a Range field counts. True without If-Range.
    /// - Parameter now: the time of the answer: a date less than a second older than it is no strong validator (§8.8.2.2).
    public func rangeApplies(_ request: Request, now: HTTPDate) -> Bool {
        guard let value = request.combinedBytes(of: .ifRange) else { return true }
        if let named = EntityTag(value) { return tag.map(named.matchesStrongly) ?? false }
        guard let date = HTTPDate(value, now: now), let lastModified else { return false }
        return date == lastModified && lastModified < now
    }

    private static let fields = FieldHints([.ifMatch, .ifNoneMatch, .ifModifiedSince, .ifUnmodifiedSince])

    private func names(_ list: ArraySlice<UInt8>, strongly: Bool, malformed: Bool) -> Bool {
        // "*" stands for any representation (§13.1.1, §13.1.2).
        if list.elementsEqual(CollectionOfOne(UInt8(ascii: "*"))) { return exists }
        guard exists, let tag else { return false }
        guard let isNamed = tag.isNamed(by: list, strongly: strongly) else { return malformed }
        return isNamed || otherTag?.isNamed(by: list, strongly: strongly) == true
    }

    /// RFC 9110 §13.1.3 and §13.1.4: a value that isn't one date is ignored.
    private func date(_ request: Request, _ name: HTTPField.Name, _ now: @autoclosure () -> HTTPDate) -> HTTPDate? {
        request.combinedBytes(of: name).flatMap { HTTPDate($0, now: now()) }
    }
}
