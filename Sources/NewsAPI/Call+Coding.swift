import ContentCoding
import HTTPTypes
import HTTPWire

/// Content coding of what is read: lists and everything else that is made for the request (RFC 9110 §8.4).
extension Call {
    /// Longer bodies are compressed beside the loop.
    private static let inlineLimit = 16 << 10

    /// The outcome with its body compressed, where the client wants that and it is worth it.
    func compressed(_ outcome: Outcome) -> Outcome {
        guard request.method == .get || request.method == .head, wantsGzip else { return outcome }
        switch outcome {
        case .ready(let response):
            guard case .bytes(let bytes) = response.body, bytes.count > Call.inlineLimit, Call.isPlain(response) else {
                return .ready(Call.compressed(response))
            }
            return .pending { complete in API.workers.async { complete(Call.compressed(response)) } }
        case .pending(let start):
            return .pending { complete in start { complete(Call.compressed($0)) } }
        }
    }

    private static func compressed(_ response: Response) -> Response {
        guard case .bytes(let bytes) = response.body, isPlain(response), let coded = Gzip.compress(bytes, level: 1) else { return response }
        var response = response
        response.body = .bytes(coded)
        response.preparedFields += gzipLine
        return response
    }

    /// Whether it is a whole answer that isn't coded yet. An article comes with its lines made, the one for its coding at the end.
    private static func isPlain(_ response: Response) -> Bool {
        response.status == .ok && !response.preparedFields.suffix(gzipLine.count).elementsEqual(gzipLine)
    }
}
