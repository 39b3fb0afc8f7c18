/// What the fields say about framing, persistence and host, gathered as the lines are read.
struct FieldFacts: Sendable {
    var host: Range32?
    var length: Int?
    var isChunked = false
    var closes = false
    var keepsAlive = false
    var expectsContinue = false

    /// Takes note of one field line. Only five names matter here, told apart by their length first.
    @inline(__always)
    mutating func note(_ name: Range<Int>, _ value: Range<Int>, in bytes: Span<UInt8>) throws(WireError) {
        switch name.count {
        case 4 where bytes.spells("host", in: name):
            if host != nil { throw .repeatedHost }
            host = Range32(value)
        case 6 where bytes.spells("expect", in: name):
            try noteExpectations(value, in: bytes)
        case 10 where bytes.spells("connection", in: name):
            noteConnection(value, in: bytes)
        case 14 where bytes.spells("content-length", in: name):
            if length != nil { throw .repeatedLength }
            length = try Self.number(value, in: bytes)
        case 17 where bytes.spells("transfer-encoding", in: name):
            try noteTransferEncoding(value, in: bytes)
        default:
            break
        }
    }

    /// RFC 9110 §10.1.1: a list, in which an expectation that isn't known may be answered 417.
    private mutating func noteExpectations(_ value: Range<Int>, in bytes: Span<UInt8>) throws(WireError) {
        var known = 0
        var all = 0
        bytes.forEachElement(of: value) { expectation in
            all += 1
            if bytes.spells("100-continue", in: expectation) { known += 1 }
        }
        guard known == all else { throw .expectationFailed }
        if known > 0 { expectsContinue = true }
    }

    private mutating func noteConnection(_ value: Range<Int>, in bytes: Span<UInt8>) {
        var closes = closes
        var keepsAlive = keepsAlive
        bytes.forEachElement(of: value) { option in
            if bytes.spells("close", in: option) { closes = true }
            if bytes.spells("keep-alive", in: option) { keepsAlive = true }
        }
        self.closes = closes
        self.keepsAlive = keepsAlive
    }

    /// RFC 9112 §6.1: exactly `chunked`, once. Codings before it that aren't decoded here are 501; anything else leaves the end in
    /// doubt and is 400.
    private mutating func noteTransferEncoding(_ value: Range<Int>, in bytes: Span<UInt8>) throws(WireError) {
        if isChunked { throw .badTransferEncoding }
        if bytes.spells("chunked", in: value) {
            isChunked = true
            return
        }
        var others = 0
        var chunked = 0
        var isList = true
        bytes.forEachElement(of: value) { coding in
            if bytes.spells("chunked", in: coding) {
                chunked += 1
            } else {
                others += 1
                // Behind `chunked` nothing may stand, and a parameter makes it another coding than it seems.
                if chunked > 0 { isList = false }
                for position in coding where !ByteClass.token.contains(bytes[position]) { isList = false }
            }
        }
        throw isList && chunked == 1 && others > 0 ? .codingNotImplemented : .badTransferEncoding
    }

    /// RFC 9110 §8.6: Content-Length is 1*DIGIT. What fits no `Int` is larger than any limit: 413.
    private static func number(_ value: Range<Int>, in bytes: Span<UInt8>) throws(WireError) -> Int {
        if value.isEmpty { throw .badLength }
        var number = 0
        var overflows = false
        for position in value {
            guard bytes[position].isDigit else { throw .badLength }
            let (tens, first) = number.multipliedReportingOverflow(by: 10)
            let (sum, second) = tens.addingReportingOverflow(Int(bytes[position] &- 0x30))
            overflows = overflows || first || second
            number = sum
        }
        if overflows { throw .bodyTooLarge }
        return number
    }
}
