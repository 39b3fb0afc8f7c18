import Foundation

/// A listener that accepts one connection and answers whatever arrives with the given bytes, one string a read: the known other end.
final class OneByOne: Sendable {
    let port: UInt16
    private let received = Monitor<(requests: [String], closes: Bool)>(([], false))

    init(_ answers: String...) throws {
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let outcome = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(listener, $0, size) | listen(listener, 1) | getsockname(listener, $0, &size)
            }
        }
        guard outcome == 0 else { throw HarnessError("can't listen: \(String(cString: strerror(errno)))") }
        port = UInt16(bigEndian: address.sin_port)
        Thread.detachNewThread { [received] in
            let connection = accept(listener, nil, nil)
            close(listener)
            var buffer = [UInt8](repeating: 0, count: 1 << 16)
            for answer in answers {
                var request: [UInt8] = []
                // One write of the client may come as two reads.
                while !OneByOne.isWhole(request) {
                    let count = recv(connection, &buffer, buffer.count, 0)
                    guard count > 0 else { break }
                    request += buffer[..<count]
                }
                received.change { $0.requests.append(String(decoding: request, as: UTF8.self)) }
                _ = send(connection, answer, answer.utf8.count, Int32(MSG_NOSIGNAL))
            }
            // Held until the client closes, unless closing is what is to be seen.
            if !received.change({ $0.closes }) { while recv(connection, &buffer, buffer.count, 0) > 0 {} }
            close(connection)
        }
    }

    var requests: [String] { received.change { $0.requests } }
    var curl: Curl { Curl(base: "http://127.0.0.1:\(port)") }
    func closeAfterLast() { received.change { $0.closes = true } }

    /// A head with its counted body, or the last piece sent of a chunked one.
    private static func isWhole(_ bytes: [UInt8]) -> Bool {
        let text = String(decoding: bytes, as: UTF8.self)
        guard text.contains("HTTP/1.1\r\n") else { return text.hasSuffix("0\r\n\r\n") }
        guard let end = text.range(of: "\r\n\r\n") else { return false }
        if text.contains("chunked") { return !text[end.upperBound...].isEmpty }
        let length =
            text.range(of: "Content-Length: ").flatMap { Int(text[$0.upperBound...].prefix { $0.isNumber }) } ?? 0
        return text[end.upperBound...].utf8.count >= length
    }
}
