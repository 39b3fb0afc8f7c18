import Dispatch
import Glibc
import HTTPServer
import HTTPTypes
import HTTPWire
import Logging
import Synchronization

/// Answers by path, in every way that there is.
struct TestResponder: Responder {
    let files: StaticFiles?
    let held = Held()

    /// Answers that wait until a test lets them go.
    final class Held: Sendable {
        private let waiting = Mutex<[@Sendable (Response) -> Void]>([])
        let arrived = DispatchSemaphore(value: 0)
        func add(_ complete: @escaping @Sendable (Response) -> Void) {
            waiting.withLock { $0.append(complete) }
            arrived.signal()
        }
        func release() {
            let all = waiting.withLock { waiting in
                defer { waiting = [] }
                return waiting
            }
            for complete in all { complete(Response(.ok, body: .bytes(Array("late".utf8)))) }
        }
    }

    func bodyPolicy(for head: Request) -> BodyPolicy { head.path.hasPrefix("/stream") ? .stream : .buffer(limit: 1000) }

    func respond(to request: Request) -> Outcome {
        let path = request.path
        switch path {
        case "/echo":
            guard case .bytes(let bytes) = request.body else { return .ready(Response(.ok)) }
            return .ready(Response(.ok, body: .bytes(bytes)))
        case "/held": return .pending { held.add($0) }
        case "/soon":
            let body = Array((request.queryBytes ?? []))
            return .pending { complete in DispatchQueue.global().async { complete(Response(.ok, body: .bytes(body))) } }
        case "/large": return .ready(Response(.ok, body: .bytes([UInt8](repeating: 0x61, count: 8 << 20))))
        case "/pieces": return .ready(Response(.ok, body: .pieces((0..<100).map { [UInt8](repeating: UInt8($0), count: 1000) })))
        case "/endless": return .ready(Response(.ok, body: .stream { Self.pour($0, left: .max) }))
        case "/lines": return .ready(Response(.ok, body: .stream { Self.pour($0, left: 200) }))
        case "/cut": return .ready(Response(.ok, body: .stream { writer in writer.write([0x61]) { _ in writer.abort() } }))
        case "/dropped": return .ready(Response(.ok, body: .stream { $0.write([0x61]) { _ in } }))
        case "/streamed":
            guard case .stream(let stream) = request.body else { return .ready(Response(.ok, body: .bytes(Array("none".utf8)))) }
            return .pending { complete in Self.sum(stream, 0, 0, complete) }
        case "/stream/refuse": return .ready(Response(.conflict, body: .bytes(Array("no".utf8))))
        case _ where path.hasPrefix("/files"): return .ready(files?.respond(to: request) ?? Response(.notFound))
        default: return .ready(Response(.ok, body: .bytes(Array(path.utf8))))
        }
    }

    func refusal(_ error: WireError) -> Response {
        Response(error.status, fields: [.contentType: "text/plain"], body: .bytes(Array(error.code.utf8)))
    }

    private static func pour(_ writer: any ResponseWriter, left: Int) {
        if left == 0 { return writer.finish() }
        writer.write([UInt8](repeating: 0x62, count: 10_000)) { goesOn in if goesOn { pour(writer, left: left - 1) } }
    }

    private static func sum(_ stream: any BodyStream, _ count: Int, _ pieces: Int, _ complete: @escaping @Sendable (Response) -> Void) {
        stream.read { piece in
            switch piece {
            case .bytes(let bytes): sum(stream, count + bytes.count, pieces + 1, complete)
            case .end: complete(Response(.ok, body: .bytes(Array("\(count)".utf8))))
            case .failed(let error): complete(Response(error.status, body: .bytes(Array(error.code.utf8))))
            }
        }
    }
}

/// A server on a free port for the length of one test.
final class TestServer {
    let server: Server
    let responder: TestResponder
    let addresses: [ListenAddress]
    var address: ListenAddress { addresses[0] }

    init(
        _ listen: [ListenAddress] = [.tcp(host: "127.0.0.1", port: 0)], folder: String? = nil,
        _ configure: (inout ServerConfiguration) -> Void = { _ in }
    ) throws {
        var configuration = ServerConfiguration(listen: listen, loops: 2)
        configure(&configuration)
        responder = TestResponder(
            files: try folder.map {
                try StaticFiles(folder: $0) { error, _ in Response(error.status, body: .bytes(Array(error.code.utf8))) }
            })
        var logger = Logger(label: "test")
        logger.logLevel = .error
        server = Server(configuration, responder: responder, logger: logger)
        addresses = try server.start()
    }

    deinit { server.stop(deadline: .zero) {} }

    func connect() throws -> Client { try Client(address) }

    /// Waits until the counters are as wanted.
    func wait(until isReached: (ServerCounters) -> Bool) -> Bool {
        for _ in 0..<3000 {
            if isReached(server.counters) { return true }
            usleep(10_000)
        }
        return false
    }
}

func get(_ path: String, _ fields: String = "") -> String { "GET \(path) HTTP/1.1\r\nHost: h\r\n\(fields)\r\n" }
