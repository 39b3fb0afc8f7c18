import CCurl

/// What one request sends and what came back so far. libcurl's callbacks write into it.
final class Transfer {
    private(set) var head: Answer.Head?
    private(set) var interim: [Answer.Head] = []
    private(set) var trailers: [Answer.Field] = []
    private(set) var body: [UInt8] = []
    private(set) var sentFields: UnsafeMutablePointer<curl_slist>?

    private let ask: Ask
    private let handle: UnsafeMutableRawPointer
    private var unsent: ArraySlice<UInt8> = []
    private var isPaused = false
    private var headIsWhole = false

    init(_ ask: Ask, handle: UnsafeMutableRawPointer) {
        self.ask = ask
        self.handle = handle
        var fields = ask.fields.map { $0.value.isEmpty ? "\($0.name);" : "\($0.name): \($0.value)" }
        // A name with a colon and nothing more keeps libcurl from adding a field of its own accord.
        if !ask.fields.contains(where: { $0.name.lowercased() == "content-type" }) { fields.append("Content-Type:") }
        if !ask.fields.contains(where: { $0.name.lowercased() == "accept" }) { fields.append("Accept:") }
        fields.append(ask.expectsContinue ? "Expect: 100-continue" : "Expect:")
        for field in fields { sentFields = curl_slist_append(sentFields, field) }
    }

    deinit { curl_slist_free_all(sentFields) }

    /// Valid while someone holds the transfer, which `Curl` sees to as long as libcurl may call back.
    var pointer: UnsafeMutableRawPointer { Unmanaged.passUnretained(self).toOpaque() }
    static func at(_ pointer: UnsafeMutableRawPointer?) -> Transfer {
        guard let pointer else { preconditionFailure("libcurl hands back the pointer it was given") }
        return Unmanaged<Transfer>.fromOpaque(pointer).takeUnretainedValue()
    }

    /// libcurl gives one whole line of a head a call, the heads of 1xx answers and trailers included.
    func readHeadLine(_ bytes: UnsafeRawBufferPointer) {
        let line = String(decoding: bytes, as: UTF8.self).trimming("\r\n")
        if line.hasPrefix("HTTP/") {
            if let head { interim.append(head) }
            let words = line.split(separator: " ", maxSplits: 2)
            head = Answer.Head(status: words.count > 1 ? Int(words[1]) ?? 0 : 0, version: String(words[0]))
            headIsWhole = false
        } else if line.isEmpty {
            headIsWhole = true
        } else if headIsWhole {
            trailers.append(line: line)
        } else {
            head?.fields.append(line: line)
        }
    }

    func readBody(_ bytes: UnsafeRawBufferPointer) {
        let start = body.count
        body.append(contentsOf: bytes)
        ask.onPiece?(body[start...])
        if isPaused {
            isPaused = false
            curl_easy_pause(handle, CURLPAUSE_CONT)
        }
    }

    /// Puts the next bytes of a chunked body where libcurl wants them; 0 ends the body.
    func fill(_ target: UnsafeMutablePointer<CChar>?, _ room: Int) -> Int {
        guard case .chunks(let next) = ask.body, let target else { return 0 }
        while unsent.isEmpty {
            switch next() {
            case .bytes(let bytes): unsent = bytes[...]
            case .end: return 0
            case .afterMoreAnswer:
                isPaused = true
                return pauseReading
            }
        }
        let count = min(room, unsent.count)
        unsent.prefix(count).withUnsafeBytes {
            UnsafeMutableRawPointer(target).copyMemory(from: $0.baseAddress!, byteCount: count)
        }
        unsent = unsent.dropFirst(count)
        return count
    }
}

/// CURL_READFUNC_PAUSE: a macro that the importer gives as an Int32, which it does not fit as a count.
private let pauseReading = 0x1000_0001
