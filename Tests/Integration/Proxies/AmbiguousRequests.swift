/// Requests that two readers may read in two ways. `TAG` stands for what tells a case apart in every target.
///
/// Each holds a second request, to `/inner/TAG`: in a body, behind one, or in a field. Whether it is one depends on the reading.
enum AmbiguousRequests {
    static let all: [(name: String, bytes: String)] =
        lengths.map { ("length \($0.debugDescription)", post("Content-Length: \($0)", inner)) }
        + lengthFields.map { ("field \($0.debugDescription)", post($0, inner)) }
        + codings.map { ("coding \($0.debugDescription)", post("\($0)\r\nContent-Length: \(inner.utf8.count + 5)", "0\r\n\r\n" + inner)) }
        + codings.map { ("coding alone \($0.debugDescription)", post($0, "0\r\n\r\n" + inner)) }
        + chunks.map { ("chunk \($0.debugDescription)", post("Transfer-Encoding: chunked", $0 + inner)) }
        + others.map { ("head \($0.debugDescription)", $0) }

    private static let inner = "GET /inner/TAG HTTP/1.1\r\nHost: x\r\n\r\n"
    private static let length = inner.utf8.count

    private static func post(_ framing: String, _ body: String) -> String {
        "POST /outer/TAG HTTP/1.1\r\nHost: x\r\n\(framing)\r\n\r\n\(body)"
    }

    private static let lengths = [
        "\(length)", "0", "+\(length)", "-0", "-\(length)", "0\(length)", "\(length) ", "\(length),",
        "\(length), \(length)", "0, \(length)",
        "\(length), 0", "\(length) 0", "0x\(String(length, radix: 16))", "\(length).0", "\"\(length)\"", "\(length);",
        "", "\u{b}\(length)",
        "\(length)\0", "18446744073709551616", "1844674407370955161\(6 + length)", "4294967296", "٣", "1e1",
    ]

    private static let lengthFields = [
        "Content-Length: \(length)\r\nContent-Length: 0", "Content-Length: 0\r\nContent-Length: \(length)",
        "Content-Length: \(length)\r\nContent-Length: \(length)", "Content-Length : \(length)", "Content-Length\t: \(length)",
        " Content-Length: \(length)", "Content-Length:\r\n \(length)", "X: y\r\n Content-Length: \(length)",
        "Content_Length: \(length)",
        "X: y\nContent-Length: \(length)", "X: y\rContent-Length: \(length)", "X: y\0\r\nContent-Length: \(length)",
        "Connection: Content-Length\r\nContent-Length: \(length)",
        "Connection: close, Content-Length\r\nContent-Length: \(length)",
        "Content-Length\0: \(length)", "Content-Length: \(length)\nX: y", "Expect: 100-continue\r\nContent-Length: \(length)",
        "Content-Length: \(length)\r\nUpgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings\r\nHTTP2-Settings: AAMAAABkAAQAAP__",
        "Content-Length: 0\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13",
    ]

    private static let codings = [
        "Transfer-Encoding: chunked", "Transfer-Encoding: Chunked", "Transfer-Encoding: xchunked",
        "Transfer-Encoding: chunked, identity",
        "Transfer-Encoding: identity, chunked", "Transfer-Encoding: identity", "Transfer-Encoding: chunked, chunked",
        "Transfer-Encoding: gzip, chunked", "Transfer-Encoding: \u{b}chunked", "Transfer-Encoding: chunked\u{b}",
        "Transfer-Encoding: \"chunked\"",
        "Transfer-Encoding: chunked;q=1", "Transfer-Encoding : chunked", "Transfer-Encoding:\r\n chunked",
        "Transfer_Encoding: chunked",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity", "Transfer-Encoding: x\r\nTransfer-Encoding: chunked",
        "X: y\nTransfer-Encoding: chunked", "X: y\rTransfer-Encoding: chunked", "Transfer-Encoding: chunked\0",
        "Transfer-Encoding:",
        "Connection: Transfer-Encoding\r\nTransfer-Encoding: chunked", "Transfer-Encoding: chunked,",
        "\0Transfer-Encoding: chunked",
    ]

    private static let chunks = [
        "0\r\n\r\n", "0\n\n", "0\r\n\n", "0\n\r\n", "5\r\nhello\r\n0\r\n\r\n", "5\nhello\n0\n\n",
        "5\r\nhello0\r\n\r\n", "5\r\nhellox\r\n0\r\n\r\n",
        "0x0\r\n\r\n", "+0\r\n\r\n", "-0\r\n\r\n", " 0\r\n\r\n", "0 \r\n\r\n", "0\t\r\n\r\n",
        "00000000000000000000\r\n\r\n", "0;a=b\r\n\r\n",
        "0;a=\"\r\n\r\n", "0;a\n\r\n\r\n", "0;\r\r\n\r\n", "10000000000000000\r\n\r\n", "g\r\n\r\n", "\r\n\r\n",
        "0\r\nX: y\r\n\r\n",
        "0\r\nContent-Length: \(length)\r\n\r\n", "0\r\nX\r\n\r\n", "0\r\n", "1\r\nhello\r\n0\r\n\r\n",
        "5;\rhello\r\n0\r\n\r\n", "0_0\r\n\r\n",
    ]

    private static let get = "GET /outer/TAG HTTP/1.1\r\nHost: x\r\n"

    private static let others = [
        "\(get)\r\n\(inner)", "\(get)Content-Length: \(length)\r\n\r\n\(inner)",
        "HEAD /outer/TAG HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n\(inner)",
        "OPTIONS /outer/TAG HTTP/1.1\r\nHost: x\r\nContent-Length: \(length)\r\n\r\n\(inner)",
        "\(get)Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n\(inner)", "\(get)Connection: close\r\n\r\n\(inner)",
        "POST /outer/TAG HTTP/1.0\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n\(inner)",
        "POST /outer/TAG HTTP/1.0\r\nHost: x\r\nConnection: keep-alive\r\nContent-Length: \(length)\r\n\r\n\(inner)",
        "GET /outer/TAG\r\n\(inner)", "GET /outer/TAG HTTP/0.9\r\n\r\n\(inner)",
        "GET /outer/TAG HTTP/1.2\r\nHost: x\r\n\r\n\(inner)",
        "GET /outer/TAG HTTP/2.0\r\nHost: x\r\n\r\n\(inner)", "GET /outer/TAG HTTP/1.1 \r\nHost: x\r\n\r\n\(inner)",
        "GET  /outer/TAG HTTP/1.1\r\nHost: x\r\n\r\n\(inner)", "GET\t/outer/TAG\tHTTP/1.1\r\nHost: x\r\n\r\n\(inner)",
        "get /outer/TAG HTTP/1.1\r\nHost: x\r\n\r\n\(inner)", "GET /outer/TAG http/1.1\r\nHost: x\r\n\r\n\(inner)",
        "GET /outer/TAG HTTP/1.1\nHost: x\n\n\(inner)", "GET /outer/TAG HTTP/1.1\rHost: x\r\r\(inner)",
        "\r\n\r\n\(get)\r\n\(inner)",
        "\n\(get)\r\n\(inner)", " \(get)\r\n\(inner)", "GET /outer/TAG HTTP/1.1\r\n\r\n\(inner)",
        "\(get)Host: y\r\n\r\n\(inner)",
        "GET /outer/TAG HTTP/1.1\r\nHost: x, y\r\n\r\n\(inner)", "GET /outer/TAG HTTP/1.1\r\nHost: x/y\r\n\r\n\(inner)",
        "GET /outer/TAG HTTP/1.1\r\nHost: a@x\r\n\r\n\(inner)", "GET /outer/TAG HTTP/1.1\r\nHost:\r\n\r\n\(inner)",
        "GET http://y/outer/TAG HTTP/1.1\r\nHost: x\r\n\r\n\(inner)",
        "GET http://a@x/outer/TAG HTTP/1.1\r\nHost: x\r\n\r\n\(inner)",
        "GET /outer/TAG%20HTTP/1.1%0d%0aHost:%20x%0d%0a%0d%0aGET%20/inner/TAG HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET /outer/TAG?%0d%0a%0d%0aGET%20/inner/TAG HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET /outer/TAG\0 HTTP/1.1\r\nHost: x\r\n\r\n\(inner)",
        "GET /outer/TAG\r HTTP/1.1\r\nHost: x\r\n\r\n\(inner)",
        "GET /outer/TAG HTTP/1.1\r\nHost: x\r\nX: a\r\n\tb\r\n\r\n\(inner)",
        "\(get)X: a\u{7f}b\r\n\r\n\(inner)", "\(get)X\r\n\r\n\(inner)", "\(get): y\r\n\r\n\(inner)",
        "\(get)X y: z\r\n\r\n\(inner)",
        "\(get)X: \(inner)\r\n", "\(get)Connection: Host\r\n\r\n\(inner)",
        "\(get)Range: bytes=0-\r\nIf-Range: \"x\"\r\n\r\n\(inner)",
        "CONNECT x:80 HTTP/1.1\r\nHost: x:80\r\n\r\n\(inner)", "TRACE /outer/TAG HTTP/1.1\r\nHost: x\r\n\r\n\(inner)",
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\(inner)", "\(get)Upgrade: h2c\r\nConnection: Upgrade\r\n\r\n\(inner)",
    ]
}
