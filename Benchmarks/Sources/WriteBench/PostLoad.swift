import Glibc

/// Posts articles as fast as they are acknowledged. The requests are made once, and only a number is changed in them,
/// so that the two cores are the server's.
struct PostLoad {
    let port: UInt16
    let batch: Int
    private let request: [UInt8]
    /// Where the numbers stand that make the uris different.
    private let places: [Int]
    /// Tells the uris of one run from those of another.
    private static let digits = 12

    static let articleSize = article(String(repeating: "0", count: digits)).utf8.count

    private static func article(_ number: String) -> String {
        let words =
            "ministers met again to talk about grain exports through the port while officials said that the agreement of last year "
            + "remains in force until both sides have answered the letter from the commission in Brussels on Monday evening "
        var body = ""
        // Each article has some words of its own, as articles have.
        for part in 0..<9 { body += words + "number \(number.suffix(6))\(part) " }
        return #"{"uri":"https://bench.example/\#(number)","headline":"Ministers meet again, part \#(number)","body":"\#(body)","#
            + #""published":"2023-11-20T10:00:00Z","source":{"name":"Bench"},"section":"world","language":"en"}"#
    }

    init(port: UInt16, batch: Int) {
        self.port = port
        self.batch = batch
        let mark = String(repeating: "#", count: Self.digits)
        let articles = Array(repeating: Self.article(mark), count: batch).joined(separator: ",")
        let body = batch == 1 ? articles : "[\(articles)]"
        let head =
            "POST /articles HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: \(body.utf8.count)\r\n\r\n"
        request = Array((head + body).utf8)
        var places: [Int] = []
        var position = 0
        while position < request.count {
            if request[position] == UInt8(ascii: "#") {
                places.append(position)
                while request[position] == UInt8(ascii: "#") { position += 1 }
            }
            position += 1
        }
        self.places = places
    }

    func articlesPerSecond(connections: Int, seconds: Double) -> Double {
        let start = now()
        var threads: [pthread_t] = []
        let boxes = (0..<connections).map { Box(self, seed: UInt64(start * 1e6) &* 1_000 &+ UInt64($0), until: start + seconds) }
        for box in boxes {
            var thread = pthread_t()
            // The boxes outlive the threads, which are joined below.
            pthread_create(
                &thread, nil, { Unmanaged<Box>.fromOpaque($0!).takeUnretainedValue().run() }, Unmanaged.passUnretained(box).toOpaque())
            threads.append(thread)
        }
        for thread in threads { pthread_join(thread, nil) }
        return Double(boxes.reduce(0) { $0 + $1.done }) / (now() - start)
    }

    /// One connection.
    private final class Box {
        let load: PostLoad
        let until: Double
        var number: UInt64
        var done = 0

        init(_ load: PostLoad, seed: UInt64, until: Double) {
            self.load = load
            self.until = until
            number = seed
        }

        func run() -> UnsafeMutableRawPointer? {
            let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
            var address = sockaddr_in()
            address.sin_family = sa_family_t(AF_INET)
            address.sin_port = load.port.bigEndian
            address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
            let connected = withUnsafePointer(to: &address) {
                $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) }
            }
            guard connected == 0 else { fatal("cannot connect to port \(load.port)") }
            defer { close(descriptor) }
            var request = load.request
            while now() < until {
                fill(&request)
                send(request, to: descriptor)
                receive(from: descriptor)
                done += load.batch
            }
            return nil
        }

        /// The uri, the headline and the body of one article share a number; each article has its own.
        private func fill(_ request: inout [UInt8]) {
            let perArticle = load.places.count / load.batch
            for (index, place) in load.places.enumerated() {
                if index % perArticle == 0 { number = number &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407 }
                var rest = number >> 8
                var position = place
                while position < request.count, position - place < PostLoad.digits, load.request[position] == UInt8(ascii: "#") {
                    request[position] = UInt8(ascii: "0") + UInt8(rest % 10)
                    rest /= 10
                    position += 1
                }
            }
        }

        private func send(_ bytes: [UInt8], to descriptor: Int32) {
            var sent = 0
            while sent < bytes.count {
                let count = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress! + sent, bytes.count - sent) }
                guard count > 0 else { fatal("write: \(errno)") }
                sent += count
            }
        }

        /// One answer, by its Content-Length; anything but 200 and 201 ends the measurement.
        private func receive(from descriptor: Int32) {
            var buffer = [UInt8](repeating: 0, count: 65_536)
            var answer: [UInt8] = []
            while true {
                let count = read(descriptor, &buffer, buffer.count)
                guard count > 0 else { fatal("the server closed the connection") }
                answer += buffer[..<count]
                let text = String(decoding: answer.prefix(1_024), as: UTF8.self)
                guard let head = text.range(of: "\r\n\r\n"), let field = text.range(of: "Content-Length: ") else { continue }
                let length = Int(text[field.upperBound...].prefix { $0.isNumber }) ?? 0
                let headLength = text[..<head.upperBound].utf8.count
                guard text.hasPrefix("HTTP/1.1 20") else { fatal(text) }
                if answer.count >= headLength + length { return }
            }
        }
    }
}

extension String {
    fileprivate func range(of needle: String) -> Range<Index>? { firstRange(of: needle) }
}
