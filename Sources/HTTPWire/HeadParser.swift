/// A strict, incremental parser for request heads (RFC 9112 §2 to §7).
///
/// Each call sees the head from its first byte. A line is read once when it is there whole; of a line that isn't, only the new
/// bytes are searched for its end, so a head that drips in byte by byte costs no more than twice one that comes at once.
public struct HeadParser: Sendable {
    /// What has been read so far; complete once `parse` returned true.
    public private(set) var head = RequestHead()
    /// Where the first incomplete line begins.
    private var lineStart = 0
    /// How far the incomplete line has been searched for its end.
    private var scanned = 0
    private var sawRequestLine = false
    private var facts = FieldFacts()
    /// Far more than any registered method has.
    private static let longestMethod = 64

    /// A parser at the start of a head.
    public init() {}

    /// Starts over for the next head. The room for the field list is kept.
    public mutating func reset() {
        head.reset()
        lineStart = 0
        scanned = 0
        sawRequestLine = false
        facts = FieldFacts()
    }

    /// Whether any byte of a head has been seen; false right after `reset`.
    public var hasBegun: Bool { scanned > 0 }

    /// Reads on. True when the head is complete (`head.length` bytes of `bytes` are it), false when more bytes are needed.
    /// - Parameter bytes: everything from the first byte of the head on; each call's bytes begin with the last call's.
    /// - Throws: what is refused. The connection can't be read on after that.
    public mutating func parse(_ bytes: Span<UInt8>, limits: WireLimits) throws(WireError) -> Bool {
        // What lies beyond the limit plays no part, so that the verdict doesn't hang on how much came at once.
        let bytes = bytes.count > limits.headBytes ? bytes.extracting(..<(limits.headBytes &+ 1)) : bytes
        while true {
            // Resume an incomplete line only once its end is there, or a byte that no line has, or no more of it will be looked at.
            // A CR at its beginning is all there is to it.
            if scanned > lineStart, bytes[lineStart] != 0x0d {
                var position = scanned
                while position < bytes.count, bytes[position].isFieldContent { position &+= 1 }
                if position == bytes.count, position <= limits.headBytes {
                    scanned = position
                    return false
                }
            }
            let next: Int?
            if sawRequestLine {
                next = try parseField(bytes, limits)
            } else {
                next = try parseRequestLine(bytes, limits)
            }
            guard let next else {
                // What follows a CR decides, and so it is looked at again.
                let endsInCR = bytes.count > lineStart &+ 1 && bytes[bytes.count &- 1] == 0x0d
                scanned = endsInCR ? bytes.count &- 1 : bytes.count
                try checkRoom(bytes.count, limits)
                return false
            }
            try checkRoom(next, limits)
            lineStart = next
            scanned = next
            if head.length > 0 {
                try finish(bytes)
                return true
            }
        }
    }

    private func checkRoom(_ count: Int, _ limits: WireLimits) throws(WireError) {
        if count > limits.headBytes { throw sawRequestLine ? .headTooLarge : .targetTooLong }
    }

    /// Reads one field line, or the blank line at the end, from `lineStart`. The position after it; nil if it isn't complete.
    @inline(__always)
    private mutating func parseField(_ bytes: Span<UInt8>, _ limits: WireLimits) throws(WireError) -> Int? {
        var position = lineStart
        let end = bytes.count
        guard position < end else { return nil }
        if bytes[position] == 0x0d {
            guard position &+ 1 < end else { return nil }
            guard bytes[position &+ 1] == 0x0a else { throw .badLineEnd }
            head.length = position &+ 2
            return head.length
        }
        if bytes[position].isBlank { throw .foldedField }  // RFC 9112 §5.2
        if head.fields.count >= limits.fieldCount { throw .tooManyFields }
        let nameStart = position
        while position < end, ByteClass.token.contains(bytes[position]) { position &+= 1 }
        guard position < end else { return nil }
        // RFC 9112 §5.1: no blank between the name and the colon.
        guard bytes[position] == UInt8(ascii: ":"), position > nameStart else {
            throw bytes[position] == 0x0a ? .badLineEnd : .badFieldName
        }
        let nameEnd = position
        position &+= 1
        while position < end, bytes[position].isBlank { position &+= 1 }
        let valueStart = position
        while position &+ 8 <= end, bytes.word(at: position).isPrintable { position &+= 8 }
        while position < end, bytes[position].isFieldContent { position &+= 1 }
        guard position &+ 1 < end else {
            // A CR may be the last byte so far; any other control byte is wrong already.
            if position < end, bytes[position] != 0x0d { throw bytes[position] == 0x0a ? .badLineEnd : .badFieldValue }
            return nil
        }
        guard bytes[position] == 0x0d else { throw bytes[position] == 0x0a ? .badLineEnd : .badFieldValue }
        // RFC 9112 §2.2: a bare CR is refused rather than read as a blank.
        guard bytes[position &+ 1] == 0x0a else { throw .badLineEnd }
        var valueEnd = position
        while valueEnd > valueStart, bytes[valueEnd &- 1].isBlank { valueEnd &-= 1 }
        let field = FieldRange(name: Range32(nameStart..<nameEnd), value: Range32(valueStart..<valueEnd))
        head.append(field, initial: bytes[nameStart])
        try facts.note(nameStart..<nameEnd, valueStart..<valueEnd, in: bytes)
        return position &+ 2
    }

    /// Reads the request line from `lineStart`. The position after it; nil if it isn't complete.
    private mutating func parseRequestLine(_ bytes: Span<UInt8>, _ limits: WireLimits) throws(WireError) -> Int? {
        let end = bytes.count
        // RFC 9112 §2.2: blank lines before the request line are passed over; the head's limit bounds them.
        while lineStart < end, bytes[lineStart] == 0x0d {
            guard lineStart &+ 1 < end else { return nil }
            guard bytes[lineStart &+ 1] == 0x0a else { throw .badRequestLine }
            lineStart &+= 2
        }
        var position = lineStart
        while position < end, ByteClass.token.contains(bytes[position]) { position &+= 1 }
        // RFC 9112 §3: a method longer than any that is known.
        if position &- lineStart > Self.longestMethod { throw .methodNotImplemented }
        guard position < end else { return nil }
        guard bytes[position] == 0x20, position > lineStart else { throw .badRequestLine }
        let known = KnownMethod(spelled: bytes, lineStart..<position)
        // Known from here on, so that the refusal of a broken HEAD has no body either.
        if let known { head.method = known }
        position &+= 1
        let targetStart = position
        // RFC 9112 §3.2: no whitespace in the target; its bytes are checked when the line is there.
        let bound = end &- targetStart > limits.targetBytes ? targetStart &+ limits.targetBytes &+ 1 : end
        while position &+ 8 <= bound, bytes.word(at: position).isVisible { position &+= 8 }
        while position < bound, bytes[position] &- 0x21 < 0x5e { position &+= 1 }
        if position &- targetStart > limits.targetBytes { throw .targetTooLong }
        guard position < end else { return nil }
        guard bytes[position] == 0x20 else {
            throw bytes[position] >= 0x7f && position > targetStart ? .badTarget : .badRequestLine
        }
        let target = targetStart..<position
        guard !target.isEmpty else { throw .badRequestLine }
        position &+= 1
        // RFC 9112 §2.3: HTTP-version is "HTTP/" DIGIT "." DIGIT, in capitals.
        let prefix: StaticString = "HTTP/"
        for index in 0..<5 {
            guard position < end else { return nil }
            guard bytes[position] == prefix.utf8Start[index] else { throw .badRequestLine }
            position &+= 1
        }
        guard position &+ 3 <= end else { return nil }
        let major = bytes[position]
        let minor = bytes[position &+ 2]
        guard major.isDigit, bytes[position &+ 1] == UInt8(ascii: "."), minor.isDigit else { throw .badRequestLine }
        position &+= 3
        guard position < end else { return nil }
        guard bytes[position] == 0x0d else { throw bytes[position] == 0x0a ? .badLineEnd : .badRequestLine }
        guard position &+ 1 < end else { return nil }
        guard bytes[position &+ 1] == 0x0a else { throw .badRequestLine }
        guard major == UInt8(ascii: "1") else { throw .versionNotSupported }
        if known == nil { throw .methodNotImplemented }
        head.minorVersion = minor == UInt8(ascii: "0") ? 0 : 1
        try head.setTarget(target, in: bytes)
        sawRequestLine = true
        return position &+ 2
    }

    /// Draws the conclusions that need the whole head.
    private mutating func finish(_ bytes: Span<UInt8>) throws(WireError) {
        if let host = facts.host {
            try host.range.checkAuthority(in: bytes)
            // RFC 9112 §3.2.2: an absolute-form target's authority replaces Host.
            if head.authority == Range32() { head.authority = host }
        } else if head.minorVersion == 1 {
            throw .missingHost
        }
        switch (facts.length, facts.isChunked) {
        case (.some, true): throw .conflictingLength  // RFC 9112 §6.1
        case (nil, true):
            // RFC 9112 §6.1: a transfer coding in HTTP/1.0 is faulty framing.
            if head.minorVersion == 0 { throw .badTransferEncoding }
            head.framing = .chunked
        case (.some(let length), false): head.framing = length > 0 ? .length(length) : .none
        case (nil, false): head.framing = .none  // RFC 9112 §6.3: neither means no body
        }
        // RFC 9112 §9.3: close wins over everything; HTTP/1.0 stays open only if asked to.
        head.isPersistent = !facts.closes && (head.minorVersion == 1 || facts.keepsAlive)
        head.expectsContinue = facts.expectsContinue && head.minorVersion == 1 && head.framing != .none
    }
}

extension KnownMethod {
    /// RFC 9110 §9.1: methods are case-sensitive.
    init?(spelled bytes: Span<UInt8>, _ range: Range<Int>) {
        var word: UInt64 = 0
        guard range.count <= 7 else { return nil }
        for position in range { word = word << 8 | UInt64(bytes[position]) }
        switch word {
        case 0x47_4554: self = .get
        case 0x4845_4144: self = .head
        case 0x504f_5354: self = .post
        case 0x50_5554: self = .put
        case 0x4445_4c45_5445: self = .delete
        case 0x4f_5054_494f_4e53: self = .options
        case 0x50_4154_4348: self = .patch
        case 0x54_5241_4345: self = .trace
        default: return nil
        }
    }
}
