import CCurl

/// A transfer that libcurl couldn't finish.
struct CurlError: Error, CustomStringConvertible {
    var code: CURLcode
    var description: String { "libcurl: \(String(cString: curl_easy_strerror(code))) (\(code.rawValue))" }
}

/// One libcurl easy handle. It keeps its connection alive from one request to the next, as a real client would.
///
/// Not Sendable: a handle belongs to one thread at a time. The unsafety here holds because libcurl calls back only while a
/// transfer runs, and `perform` and `CurlMulti` keep the transfer, which owns all that libcurl was given pointers to, until then.
final class Curl: Asking {
    let base: String
    let unixSocket: String?
    private let easy: UnsafeMutableRawPointer

    /// `base` is scheme and authority, as "http://127.0.0.1:8080".
    init(base: String, unixSocket: String? = nil) {
        _ = Curl.library
        self.base = base
        self.unixSocket = unixSocket
        guard let easy = curl_easy_init() else { preconditionFailure("libcurl has no memory for a handle") }
        self.easy = easy
    }

    deinit { curl_easy_cleanup(easy) }

    func perform(_ ask: Ask) throws -> Answer {
        let transfer = start(ask)
        return try withExtendedLifetime(transfer) { try finish(transfer, curl_easy_perform(easy)) }
    }

    /// Sets the handle up for one request. The handle points into the transfer: keep it until `finish`.
    func start(_ ask: Ask) -> Transfer {
        let transfer = Transfer(ask, handle: easy)
        curl_easy_reset(easy)  // options only: live connections stay
        ccurl_set_string(easy, CURLOPT_URL, base + ask.target)
        ccurl_set_long(easy, CURLOPT_PATH_AS_IS, 1)
        if let unixSocket { ccurl_set_string(easy, CURLOPT_UNIX_SOCKET_PATH, unixSocket) }
        ccurl_set_string(easy, CURLOPT_PROXY, "")  // whatever the machine's environment says
        ccurl_set_long(easy, CURLOPT_NOSIGNAL, 1)  // many threads
        ccurl_set_long(easy, CURLOPT_TIMEOUT_MS, ask.deadlineInSeconds * 1000)
        ccurl_set_long(
            easy, CURLOPT_HTTP_VERSION, ask.version == .http10 ? CURL_HTTP_VERSION_1_0 : CURL_HTTP_VERSION_1_1)
        if let coding = ask.decodes { ccurl_set_string(easy, CURLOPT_ACCEPT_ENCODING, coding) }
        if let rate = ask.bytesPerSecond { ccurl_set_offset(easy, CURLOPT_MAX_RECV_SPEED_LARGE, curl_off_t(rate)) }
        setBody(of: ask, transfer)
        ccurl_set_string(easy, CURLOPT_CUSTOMREQUEST, ask.method)
        ccurl_set_list(easy, CURLOPT_HTTPHEADER, transfer.sentFields)
        setCallbacks(transfer)
        return transfer
    }

    private func setBody(of ask: Ask, _ transfer: Transfer) {
        if ask.method == "HEAD" { ccurl_set_long(easy, CURLOPT_NOBODY, 1) }
        switch ask.body {
        case .none: break
        case .bytes(let bytes):
            ccurl_set_offset(easy, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(bytes.count))
            // The copy is libcurl's own, so the array may go.
            bytes.withUnsafeBytes { source in
                // An empty array may have no address, and without one libcurl would ask for the body elsewhere.
                _ = ccurl_set_pointer(
                    easy, CURLOPT_COPYPOSTFIELDS,
                    UnsafeMutableRawPointer(mutating: source.baseAddress ?? UnsafeRawPointer(easy)))
            }
        case .chunks:
            ccurl_set_long(easy, CURLOPT_UPLOAD, 1)
            ccurl_set_pointer(easy, CURLOPT_READDATA, transfer.pointer)
            ccurl_set_callback(easy, CURLOPT_READFUNCTION) { target, size, count, context in
                Transfer.at(context).fill(target, size * count)
            }
        }
        // Without a 100 nothing is sent: a server that forgets it fails the test, by the deadline.
        ccurl_set_long(easy, CURLOPT_EXPECT_100_TIMEOUT_MS, ask.deadlineInSeconds * 1000)
    }

    private func setCallbacks(_ transfer: Transfer) {
        ccurl_set_pointer(easy, CURLOPT_PRIVATE, transfer.pointer)
        ccurl_set_pointer(easy, CURLOPT_HEADERDATA, transfer.pointer)
        ccurl_set_callback(easy, CURLOPT_HEADERFUNCTION) { bytes, size, count, context in
            Transfer.at(context).readHeadLine(UnsafeRawBufferPointer(start: bytes, count: size * count))
            return size * count
        }
        ccurl_set_pointer(easy, CURLOPT_WRITEDATA, transfer.pointer)
        ccurl_set_callback(easy, CURLOPT_WRITEFUNCTION) { bytes, size, count, context in
            Transfer.at(context).readBody(UnsafeRawBufferPointer(start: bytes, count: size * count))
            return size * count
        }
    }

    func finish(_ transfer: Transfer, _ code: CURLcode) throws -> Answer {
        guard code == CURLE_OK, let head = transfer.head else { throw CurlError(code: code) }
        return Answer(
            head: head, interim: transfer.interim, trailers: transfer.trailers, body: transfer.body,
            connects: ccurl_get_long(easy, CURLINFO_NUM_CONNECTS), localPort: ccurl_get_long(easy, CURLINFO_LOCAL_PORT))
    }

    /// The handle itself, for a `CurlMulti`.
    var raw: UnsafeMutableRawPointer { easy }

    private static let library: Void = ccurl_global_init()
}
