import HTTPTypes
import HTTPWire

/// Whatever comes over a connection is read in one way only, however it is cut: the same requests with the same bodies, and the
/// same end. Nothing is taken for a request behind what was refused.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzConnection(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: start, count: count))
    // Where it is cut hangs on the bytes themselves, so that an input means the same whenever it is tried.
    let step = 1 + Int(bytes.last ?? 0) % 23
    let whole = Course(of: bytes, step: max(1, count))
    let parts = Course(of: bytes, step: step)
    precondition(whole.requests == parts.requests, "\(bytes)")
    precondition(whole.isRefused == parts.isRefused && whole.closes == parts.closes, "\(bytes)")
    return 0
}

private struct Course {
    struct Read: Equatable {
        var method: HTTPRequest.Method
        var target: [UInt8]
        var body: [UInt8] = []
    }
    var requests: [Read] = []
    var isRefused = false
    var closes = false

    init(of bytes: [UInt8], step: Int) {
        var machine = ConnectionMachine(
            limits: WireLimits(targetBytes: 300, headBytes: 1000, fieldCount: 20, chunkExtensionBytes: 100, trailerBytes: 100))
        var current: Read?
        var (start, end) = (0, 0)
        var hasEnded = false
        while true {
            let action = machine.next(bytes.span.extracting(start..<end))
            let begin = start
            start += machine.used
            precondition(start <= end)
            switch action {
            case .needsInput, .wait:
                if end < bytes.count {
                    end = min(bytes.count, end + step)
                } else {
                    // Nothing more comes, and so nothing more can be waited for.
                    precondition(!hasEnded, "\(bytes)")
                    machine.endInput()
                    hasEnded = true
                }
            case .request:
                let head = Array(bytes[begin..<start])
                let request = Request(head: machine.head, bytes: head, base: 0, peer: .unix)
                precondition(machine.head.length == head.count)
                current = Read(method: request.method, target: Array(request.pathBytes) + Array(request.queryBytes ?? []))
                switch machine.admit(.buffer(limit: 500)) {
                case .respond: if answer(&machine, &current) { return }
                case .readBody: break
                case .refuse:
                    isRefused = true
                    return
                }
            case .body(let range):
                current?.body += bytes[begin + range.lowerBound..<begin + range.upperBound]
                if !machine.hasOpenBody {
                    machine.bodyRead()
                    if answer(&machine, &current) { return }
                }
            case .bodyEnd:
                machine.bodyRead()
                if answer(&machine, &current) { return }
            case .refuse:
                isRefused = true
                return
            case .close:
                closes = true
                return
            }
        }
    }

    /// Whether that was the last answer.
    private mutating func answer(_ machine: inout ConnectionMachine, _ current: inout Read?) -> Bool {
        guard let request = current else { preconditionFailure("an answer to nothing") }
        precondition(request.body.count <= 500)
        requests.append(request)
        current = nil
        let plan = machine.plan(Response(.ok))
        let next = machine.answerSent(unread: false)
        precondition(plan.closes == (next != .request))
        closes = plan.closes
        return closes
    }
}
