import HTTPWire
import Testing

/// A slow, plain reading of a whole pipeline, written from the grammar with no thought of increments.
struct Reference {
    private var rest: [UInt8]
    private(set) var outcomes = Outcomes()
    private(set) var isIncomplete = false
    /// The request whose head was read and whose body wasn't, as it is broken or incomplete.
    private(set) var unfinished: Outcomes.Received?

    init(_ input: [UInt8]) {
        rest = input
        while outcomes.isOpen, !rest.isEmpty {
            do {
                guard try readOne() else {
                    isIncomplete = true
                    return
                }
            } catch {
                outcomes.refusal = error
                outcomes.isOpen = false
            }
        }
    }

    /// The next line without its CR LF; nil if it isn't there whole.
    private mutating func line() throws(WireError) -> [UInt8]? {
        guard let end = rest.firstIndex(of: 10) else { return nil }
        guard end > 0, rest[end - 1] == 13 else { throw .badLineEnd }
        defer { rest.removeFirst(end + 1) }
        let line = Array(rest[..<(end - 1)])
        if line.contains(13) { throw .badLineEnd }
        return line
    }

    private static func isToken(_ bytes: some Sequence<UInt8>) -> Bool {
        let marks = Array("!#$%&'*+-.^_`|~".utf8)
        return bytes.allSatisfy { (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0) || marks.contains($0) }
    }

    private mutating func readOne() throws(WireError) -> Bool {
        var first: [UInt8]? = []
        while first == [] { first = try line() }
        guard let first else { return false }
        let words = first.split(separator: 32, omittingEmptySubsequences: false).map { String(decoding: $0, as: UTF8.self) }
        guard words.count == 3, words[2].count == 8, words[2].hasPrefix("HTTP/"), first.allSatisfy({ $0 > 31 && $0 < 127 }) else {
            throw .badRequestLine
        }
        let digits = Array(words[2].utf8.suffix(3))
        guard (48...57).contains(digits[0]), digits[1] == 46, (48...57).contains(digits[2]), !words[1].isEmpty else {
            throw .badRequestLine
        }
        guard !words[0].isEmpty, Self.isToken(words[0].utf8) else { throw .badRequestLine }
        if digits[0] != 49 { throw .versionNotSupported }
        guard ["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE"].contains(words[0]) else { throw .methodNotImplemented }
        try checkTarget(Array(words[1].utf8))
        var fields: [(String, [UInt8])] = []
        while true {
            guard let field = try line() else { return false }
            if field.isEmpty { break }
            guard let colon = field.firstIndex(of: 58), colon > 0, Self.isToken(field[..<colon]) else { throw .badFieldName }
            var value = Array(field[(colon + 1)...])
            if value.contains(where: { $0 < 32 && $0 != 9 || $0 == 127 }) { throw .badFieldValue }
            while let blank = value.first, blank == 32 || blank == 9 { value.removeFirst() }
            while let blank = value.last, blank == 32 || blank == 9 { value.removeLast() }
            fields.append((String(decoding: field[..<colon], as: UTF8.self).lowercased(), value))
        }
        func values(_ name: String) -> [[UInt8]] { fields.filter { $0.0 == name }.map(\.1) }
        let hosts = values("host")
        if hosts.count != 1 { throw hosts.isEmpty ? .missingHost : .repeatedHost }
        try checkHost(hosts[0])
        let lengths = values("content-length")
        let codings = values("transfer-encoding")
        if lengths.count > 1 { throw .repeatedLength }
        if codings.count > 1 || codings.contains(where: { String(decoding: $0, as: UTF8.self).lowercased() != "chunked" }) {
            throw .badTransferEncoding
        }
        if !lengths.isEmpty, !codings.isEmpty { throw .conflictingLength }
        if !codings.isEmpty, digits[2] == 48 { throw .badTransferEncoding }
        var body: [UInt8] = []
        let length = try lengths.first.map(count)
        unfinished = .init(method: words[0], target: words[1], body: [], hasBody: length ?? 0 > 0 || !codings.isEmpty)
        if let count = length {
            guard rest.count >= count else { return false }
            body = Array(rest.prefix(count))
            rest.removeFirst(count)
        } else if !codings.isEmpty {
            guard let chunks = try readChunks() else { return false }
            body = chunks
        }
        unfinished?.body = body
        outcomes.requests += [unfinished].compactMap(\.self)
        unfinished = nil
        let options = values("connection").flatMap { $0.split(separator: 44) }.map {
            String(decoding: $0, as: UTF8.self).lowercased().filter { $0 != " " && $0 != "\t" }
        }
        if options.contains("close") || (digits[2] == 48 && !options.contains("keep-alive")) { outcomes.isOpen = false }
        return true
    }

    private func count(_ length: [UInt8]) throws(WireError) -> Int {
        guard !length.isEmpty, length.allSatisfy({ (48...57).contains($0) }) else { throw .badLength }
        guard let count = Int(String(decoding: length, as: UTF8.self)), count <= 1 << 20 else { throw .bodyTooLarge }
        return count
    }

    private func checkHost(_ host: [UInt8]) throws(WireError) {
        let parts = host.split(separator: 58, maxSplits: 1, omittingEmptySubsequences: false)
        guard let name = parts.first, !name.isEmpty else { throw .badHost }
        for (index, byte) in name.enumerated() {
            let isLetter = (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
            if byte == 37 {
                let escape = name.dropFirst(index + 1).prefix(2)
                guard escape.count == 2, escape.allSatisfy({ $0 < 128 && Character(UnicodeScalar($0)).isHexDigit }) else { throw .badHost }
            } else if !isLetter, !Array("-._~!$&'()*+,;=".utf8).contains(byte) {
                throw .badHost
            }
        }
        guard parts.count == 2 else { return }
        let port = String(decoding: parts[1], as: UTF8.self)
        guard port.utf8.allSatisfy({ (48...57).contains($0) }), port.utf8.count <= 5, Int("0" + port).map({ $0 <= 65535 }) == true else {
            throw .badHost
        }
    }

    private func checkTarget(_ target: [UInt8]) throws(WireError) {
        guard target[0] == 47 else { throw .badTarget }
        var inQuery = false
        for (index, byte) in target.enumerated() {
            if byte == 63, !inQuery { inQuery = true; continue }
            let isLetter = (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
            if byte == 37 {
                let escape = target.dropFirst(index + 1).prefix(2)
                guard escape.count == 2, escape.allSatisfy({ Character(UnicodeScalar($0)).isHexDigit }) else { throw .badTarget }
            } else if !isLetter, !Array("-._~!$&'()*+,;=:@/?".utf8).contains(byte) {
                throw .badTarget
            }
        }
    }

    private mutating func readChunks() throws(WireError) -> [UInt8]? {
        var body: [UInt8] = []
        while true {
            guard let head = try line() else { return nil }
            let parts = head.split(separator: 59, maxSplits: 1, omittingEmptySubsequences: false)
            var size = parts[0]
            if parts.count > 1 { while size.last == 32 || size.last == 9 { size.removeLast() } }
            guard !size.isEmpty, size.count <= 16, size.allSatisfy({ $0 < 128 && Character(UnicodeScalar($0)).isHexDigit }),
                let count = Int(String(decoding: size, as: UTF8.self), radix: 16)
            else { throw .badChunkSize }
            if head.contains(where: { $0 < 32 && $0 != 9 || $0 == 127 }) { throw .badChunkEnd }
            if count == 0 { break }
            if body.count + min(count, rest.count) > 1 << 20 { throw .bodyTooLarge }
            guard rest.count >= count else { return nil }
            body += rest.prefix(count)
            rest.removeFirst(count)
            guard rest.count >= 2 else { return nil }
            guard rest[0] == 13, rest[1] == 10 else { throw .badChunkEnd }
            rest.removeFirst(2)
        }
        while true {
            guard let field = try line() else { return nil }
            if field.isEmpty { return body }
            guard let colon = field.firstIndex(of: 58), colon > 0, Self.isToken(field[..<colon]),
                field.allSatisfy({ $0 >= 32 && $0 != 127 || $0 == 9 })
            else { throw .badTrailer }
        }
    }
}

@Suite struct ReferenceTests {
    static func pipeline(_ random: inout Seeded) -> [UInt8] {
        var bytes: [UInt8] = []
        for _ in 0..<Int.random(in: 1...5, using: &random) {
            let method = ["GET", "POST", "PUT", "DELETE", "HEAD", "PATCH"].randomElement(using: &random) ?? "GET"
            let path = ["/", "/a", "/a/b?c=d", "/%41?", "/x;y=1"].randomElement(using: &random) ?? "/"
            let body = (0..<Int.random(in: 0...60, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random) }
            var head = "\(method) \(path) HTTP/1.1\r\nHost: h\r\n"
            if Bool.random(using: &random) { head += "X-Y:\t z \r\n" }
            if Int.random(in: 0...9, using: &random) == 0 { head += "Connection: close\r\n" }
            switch Int.random(in: 0...2, using: &random) {
            case 0: bytes += Array((head + "\r\n").utf8)
            case 1: bytes += Array((head + "Content-Length: \(body.count)\r\n\r\n").utf8) + body
            default:
                bytes += Array((head + "Transfer-Encoding: chunked\r\n\r\n").utf8)
                var rest = body[...]
                while !rest.isEmpty {
                    let part = rest.prefix(Int.random(in: 1...20, using: &random))
                    bytes +=
                        Array((String(part.count, radix: 16) + (Bool.random(using: &random) ? ";e=1" : "") + "\r\n").utf8) + part + [
                            13, 10,
                        ]
                    rest = rest.dropFirst(part.count)
                }
                bytes += Array("0\r\n\(Bool.random(using: &random) ? "T: v\r\n" : "")\r\n".utf8)
            }
        }
        return bytes
    }

    /// Changes, adds or takes away some bytes, with a liking for those that mean something.
    static func damage(_ input: inout [UInt8], _ random: inout Seeded) {
        for _ in 0..<Int.random(in: 1...3, using: &random) {
            let place = Int.random(in: 0..<input.count, using: &random)
            let byte = [0, 9, 10, 13, 32, 44, 48, 58, 59, UInt8.random(in: 0...255, using: &random)].randomElement(using: &random) ?? 0
            switch Int.random(in: 0...2, using: &random) {
            case 0: input[place] = byte
            case 1: input.insert(byte, at: place)
            default: if input.count > 1 { input.remove(at: place) }
            }
        }
    }

    /// Random pipelines in random parts come out as the plain reading has them.
    @Test(arguments: 0..<40) func goodPipelinesReadTheSame(seed: Int) {
        var random = Seeded(UInt64(seed) + 1)
        for _ in 0..<50 {
            let input = Self.pipeline(&random)
            var driver = MachineDriver()
            for part in randomParts(input, &random) { driver.feed(part) }
            #expect(driver.outcomes == Reference(input).outcomes)
            #expect(driver.outcomes.refusal == nil)
        }
    }

    /// With some bytes changed: the same requests, and refused or not alike. Neither ever takes one for more than the other.
    @Test(arguments: 0..<40) func brokenPipelinesReadTheSame(seed: Int) {
        var random = Seeded(UInt64(seed) + 1001)
        for _ in 0..<100 {
            var input = Self.pipeline(&random)
            Self.damage(&input, &random)
            var driver = MachineDriver()
            for part in randomParts(input, &random) { driver.feed(part) }
            let found = driver.outcomes
            let reference = Reference(input)
            let wanted = reference.outcomes
            let text = String(decoding: input, as: UTF8.self)
            let isSame = found.requests == wanted.requests
            #expect(isSame, "\(text.debugDescription): \(found) / \(wanted)")
            if reference.isIncomplete {
                // What is wrong may be seen before the line is complete.
                continue
            }
            #expect((found.refusal == nil) == (wanted.refusal == nil), "\(text.debugDescription): \(found) / \(wanted)")
            #expect(found.isOpen == wanted.isOpen)
        }
    }
}
