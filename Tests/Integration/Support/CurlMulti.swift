import CCurl

/// Many transfers at once on one thread, each on a connection of its own.
enum CurlMulti {
    /// Makes all requests together and gives the results in the same order.
    ///
    /// The transfers are held until every one is finished and taken out, so what libcurl points to outlives its use.
    static func perform(_ asks: [Ask], base: String) -> [Result<Answer, any Error>] {
        let clients = asks.map { _ in Curl(base: base) }
        guard let multi = curl_multi_init() else { preconditionFailure("libcurl has no memory for a handle") }
        defer { curl_multi_cleanup(multi) }
        ccurl_multi_set_long(multi, CURLMOPT_PIPELINING, CURLPIPE_NOTHING)
        let transfers = zip(clients, asks).map { client, ask in
            let transfer = client.start(ask)
            // A connection that has become free would serve the next: each is to have its own.
            ccurl_set_long(client.raw, CURLOPT_FRESH_CONNECT, 1)
            curl_multi_add_handle(multi, client.raw)
            return transfer
        }
        var codes: [UnsafeMutableRawPointer: CURLcode] = [:]
        withExtendedLifetime(transfers) {
            var running: Int32 = 0
            var waiting: Int32 = 0
            repeat {
                curl_multi_perform(multi, &running)
                while let message = curl_multi_info_read(multi, &waiting) {
                    if message.pointee.msg == CURLMSG_DONE {
                        codes[message.pointee.easy_handle] = ccurl_message_result(message)
                    }
                }
                if running > 0 { curl_multi_poll(multi, nil, 0, 1000, nil) }
            } while running > 0
            for client in clients { curl_multi_remove_handle(multi, client.raw) }
        }
        return zip(clients, transfers).map { client, transfer in
            Result { try client.finish(transfer, codes[client.raw] ?? CURLE_ABORTED_BY_CALLBACK) }
        }
    }
}
