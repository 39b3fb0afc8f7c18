import HTTPTypes
import HTTPWire

private let tag = EntityTag("x")
private let modified = HTTPDate(seconds: 784_111_777)
private let now = HTTPDate(seconds: 1_700_000_000)

/// Conditional fields come to what a plain reading of RFC 9110 §13.2.2 comes to; dates and tags come back as they were.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzConditions(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: start, count: count))
    if let date = HTTPDate(bytes[...], now: now) {
        precondition(HTTPDate(Array(date.text.utf8)[...], now: date) == date)
        // A year of two digits is never far ahead.
        precondition(date.seconds <= 253_402_300_799)
    }
    // A tag may hold bytes that are no text; only as text does it come back from its description.
    if let tag = EntityTag(bytes[...]), String(validating: tag.opaque, as: UTF8.self) != nil {
        precondition(EntityTag(Array(tag.description.utf8)[...]) == tag)
    }
    for method in ["GET", "PUT"] {
        let head = Array("\(method) / HTTP/1.1\r\nHost: a\r\n".utf8) + bytes + Array("\r\n\r\n".utf8)
        var parser = HeadParser()
        guard (try? parser.parse(head.span, limits: WireLimits())) == true else { return 0 }
        let request = Request(head: parser.head, bytes: head, base: 0, peer: .unix)
        for isWeak in [false, true] {
            for exists in [true, false] {
                let tag = EntityTag("x", isWeak: isWeak)
                let state = Preconditions(tag: tag, lastModified: modified, exists: exists)
                let plain = Plain(request, isWeak: isWeak, exists: exists)
                precondition(state.evaluate(request, now: now) == plain.verdict, "\(bytes)")
                precondition(state.rangeApplies(request, now: now) == plain.rangeApplies, "\(bytes)")
            }
        }
    }
    return 0
}

/// The five steps in their order, over text.
private struct Plain {
    var verdict = Preconditions.Verdict.proceed
    var rangeApplies = true

    init(_ request: Request, isWeak: Bool, exists: Bool) {
        let isRead = request.method == .get
        if let range = request.combinedBytes(of: .ifRange) {
            let isTag = Self.tags(range)?.count == 1 && range.last == UInt8(ascii: "\"") && range.first != UInt8(ascii: ",")
            rangeApplies = isTag ? !isWeak && range.elementsEqual("\"x\"".utf8) : HTTPDate(range, now: now) == modified
        }
        if let list = request.combinedBytes(of: .ifMatch) {
            let holds = Self.isAny(list) ? exists : exists && !isWeak && Self.tags(list)?.contains("\"x\"") == true
            if !holds { verdict = .failed }
        } else if exists, let since = Self.date(request, .ifUnmodifiedSince), modified > since {
            verdict = .failed
        }
        if verdict == .failed { return }
        if let list = request.combinedBytes(of: .ifNoneMatch) {
            let tags = Self.tags(list)
            let isNamed = tags.map { $0.contains("\"x\"") || $0.contains("W/\"x\"") } ?? !isRead
            if Self.isAny(list) ? exists : exists && isNamed { verdict = isRead ? .notModified : .failed }
        } else if isRead, exists, let since = Self.date(request, .ifModifiedSince), modified <= since {
            verdict = .notModified
        }
    }

    private static func isAny(_ list: ArraySlice<UInt8>) -> Bool { list.elementsEqual("*".utf8) }

    private static func date(_ request: Request, _ name: HTTPField.Name) -> HTTPDate? {
        request.combinedBytes(of: name).flatMap { HTTPDate($0, now: now) }
    }

    /// The tags of a list as Latin text; nil if it is anything else.
    private static func tags(_ list: ArraySlice<UInt8>) -> [String]? {
        var text = Substring(String(String.UnicodeScalarView(list.map { Unicode.Scalar($0) })))
        let blanks: Set<Character> = [" ", "\t"]
        var tags: [String] = []
        while true {
            text = text.drop { blanks.contains($0) }
            if !text.isEmpty, text.first != "," {
                let start = text
                if text.hasPrefix("W/") { text = text.dropFirst(2) }
                guard text.first == "\"", let end = text.dropFirst().firstIndex(of: "\"") else { return nil }
                guard
                    text[text.startIndex..<end].dropFirst().unicodeScalars.allSatisfy({
                        $0.value == 0x21 || $0.value > 0x22 && $0.value != 0x7f
                    })
                else { return nil }
                text = text[text.index(after: end)...]
                tags.append(String(start[..<text.startIndex]))
                text = text.drop { blanks.contains($0) }
            }
            guard let comma = text.first else { return tags }
            guard comma == "," else { return nil }
            text = text.dropFirst()
        }
    }
}
