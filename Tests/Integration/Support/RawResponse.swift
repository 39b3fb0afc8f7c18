/// One answer cut out of the bytes of a connection, with none of the leniency of a client: line ends are CRLF, lengths are digits.
struct RawResponse: Sendable {
    var status: Int
    /// "HTTP/1.1"
    var version: String
    var fields: [Answer.Field]
    var body: [UInt8]

    subscript(name: String) -> String? {
        let values = fields.values(of: name)
        return values.count == 1 ? values[0] : nil
    }
    var text: String { String(decoding: body, as: UTF8.self) }
    var json: Value { (try? Value(json: body)) ?? .absent }

    /// The first answer in the bytes and the length it takes; nil when more is needed. `isWhole` says that no more will come.
    static func first(in bytes: [UInt8], to method: String, isWhole: Bool) throws -> (RawResponse, length: Int)? {
        guard let end = bytes.firstRange(of: [13, 10, 13, 10]) else { return nil }
        let lines = bytes[..<end.lowerBound].lines()
        let words = lines[0].split(separator: " ", maxSplits: 2, omittingEmptySubsequences: false)
        guard words.count == 3, words[0].hasPrefix("HTTP/1."), words[1].count == 3, let status = Int(words[1]) else {
            throw HarnessError("not a status line: \(lines[0])")
        }
        var response = RawResponse(status: status, version: String(words[0]), fields: [], body: [])
        for line in lines.dropFirst() { response.fields.append(line: line) }

        let start = end.upperBound
        if method == "HEAD" || status < 200 || status == 204 || status == 304 { return (response, start) }
        if response["Transfer-Encoding"] == "chunked" {
            guard let (body, next) = try dechunk(bytes, from: start) else { return nil }
            response.body = body
            return (response, next)
        }
        if let value = response["Content-Length"] {
            guard let length = Int(value), value.utf8.allSatisfy({ (48...57).contains($0) }) else {
                throw HarnessError("not a length: \(value)")
            }
            guard bytes.count >= start + length else { return nil }
            response.body = Array(bytes[start..<start + length])
            return (response, start + length)
        }
        guard isWhole else { return nil }
        response.body = Array(bytes[start...])
        return (response, bytes.count)
    }

    /// The body of chunks that begins there and where it ends; nil when more is needed.
    private static func dechunk(_ bytes: [UInt8], from start: Int) throws -> (body: [UInt8], end: Int)? {
        var body: [UInt8] = []
        var position = start
        while true {
            guard let end = bytes[position...].firstRange(of: [13, 10]) else { return nil }
            let line = String(decoding: bytes[position..<end.lowerBound], as: UTF8.self)
            guard let length = Int(line, radix: 16), length >= 0 else {
                throw HarnessError("not a chunk's length: \(line)")
            }
            position = end.upperBound
            if length == 0 {
                // Trailers, if any, up to an empty line.
                while let end = bytes[position...].firstRange(of: [13, 10]) {
                    if end.lowerBound == position { return (body, end.upperBound) }
                    position = end.upperBound
                }
                return nil
            }
            guard bytes.count >= position + length + 2 else { return nil }
            body += bytes[position..<position + length]
            position += length
            guard bytes[position] == 13, bytes[position + 1] == 10 else {
                throw HarnessError("no line end after a chunk")
            }
            position += 2
        }
    }
}

extension ArraySlice<UInt8> {
    /// As text, by bytes: to Swift's String, CR LF would be one character and a lone LF another.
    fileprivate func lines() -> [String] {
        var lines: [String] = []
        var rest = self
        while let end = rest.firstRange(of: [13, 10]) {
            lines.append(String(decoding: rest[..<end.lowerBound], as: UTF8.self))
            rest = rest[end.upperBound...]
        }
        return lines + [String(decoding: rest, as: UTF8.self)]
    }
}
