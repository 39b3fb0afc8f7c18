extension RequestHead {
    /// Takes the request target apart (RFC 9112 §3.2).
    mutating func setTarget(_ target: Range<Int>, in bytes: Span<UInt8>) throws(WireError) {
        switch bytes[target.lowerBound] {
        case UInt8(ascii: "/"):  // origin-form
            try setPath(from: target.lowerBound, to: target.upperBound, in: bytes)
        case UInt8(ascii: "*"):  // asterisk-form, for OPTIONS alone (RFC 9112 §3.2.4)
            guard target.count == 1, method == .options else { throw .badTarget }
            path = Range32(target)
        default:  // absolute-form
            var start = target.lowerBound
            if bytes.begins("http://", at: start, before: target.upperBound) {
                start += 7
            } else if bytes.begins("https://", at: start, before: target.upperBound) {
                start += 8
                isForTLS = true
            } else {
                throw .badTarget
            }
            var end = start
            while end < target.upperBound, bytes[end] != UInt8(ascii: "/"), bytes[end] != UInt8(ascii: "?") { end += 1 }
            do { try (start..<end).checkAuthority(in: bytes) } catch { throw .badTarget }
            authority = Range32(start..<end)
            try setPath(from: end, to: target.upperBound, in: bytes)
        }
    }

    /// Checks path and query against RFC 3986 §3.3 and §3.4, escapes included.
    @inline(__always)
    private mutating func setPath(from start: Int, to end: Int, in bytes: Span<UInt8>) throws(WireError) {
        var position = start
        while position &+ 8 <= end, bytes.word(at: position).isPlain { position &+= 8 }
        while position < end {
            let byte = bytes[position]
            if !byte.isPlain {
                guard ByteClass.path.contains(byte) else { break }
                if byte == UInt8(ascii: "%") { try bytes.checkEscape(at: position, before: end) }
            }
            position &+= 1
        }
        path = Range32(start..<position)
        guard position < end else { return }
        guard bytes[position] == UInt8(ascii: "?") else { throw .badTarget }
        position &+= 1
        let queryStart = position
        while position < end {
            guard ByteClass.query.contains(bytes[position]) else { throw .badTarget }
            if bytes[position] == UInt8(ascii: "%") { try bytes.checkEscape(at: position, before: end) }
            position &+= 1
        }
        query = Range32(queryStart..<end)
    }
}

extension Span<UInt8> {
    fileprivate func begins(_ word: StaticString, at start: Int, before end: Int) -> Bool {
        end - start >= word.utf8CodeUnitCount && spells(word, in: start..<start + word.utf8CodeUnitCount)
    }

    fileprivate func checkEscape(at position: Int, before end: Int) throws(WireError) {
        guard end - position >= 3, self[position + 1].hexValue != nil, self[position + 2].hexValue != nil else {
            throw .badTarget
        }
    }
}

extension Range<Int> {
    /// RFC 9110 §4.2.1: a host that isn't empty, and perhaps a port; no user information (§4.2.4).
    func checkAuthority(in bytes: Span<UInt8>) throws(WireError) {
        var position = lowerBound
        if position < upperBound, bytes[position] == UInt8(ascii: "[") {
            position += 1
            var literal: [UInt8] = []
            while position < upperBound, ByteClass.addressLiteral.contains(bytes[position]) {
                literal.append(bytes[position])
                position += 1
            }
            // RFC 3986 §3.2.2: IPv6 alone; there is no later kind of literal yet.
            guard position < upperBound, bytes[position] == UInt8(ascii: "]"), literal.contains(UInt8(ascii: ":")),
                PeerAddress(literal: literal) != nil
            else { throw .badHost }
            position += 1
        } else {
            while position < upperBound, ByteClass.registeredName.contains(bytes[position]) {
                if bytes[position] == UInt8(ascii: "%") {
                    guard upperBound - position >= 3, bytes[position + 1].hexValue != nil, bytes[position + 2].hexValue != nil
                    else { throw .badHost }
                }
                position += 1
            }
            if position == lowerBound { throw .badHost }
        }
        guard position < upperBound else { return }
        guard bytes[position] == UInt8(ascii: ":"), upperBound - position <= 6 else { throw .badHost }
        var port = 0
        for digit in position + 1..<upperBound {
            guard bytes[digit].isDigit else { throw .badHost }
            port = port * 10 + Int(bytes[digit] - 0x30)
        }
        if port > 65535 { throw .badHost }
    }
}
