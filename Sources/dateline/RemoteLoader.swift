import Foundation
import JSON
import Synchronization

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// Puts lines of JSON into a running server, portion by portion.
struct RemoteLoader {
    let server: URL

    /// Loads everything, in order. Throws when the server can't be reached or stores nothing any more.
    func load(_ source: LineSource, complain: (Int, String) -> Void, progress: (Int, Double?) -> Void) throws -> Loader.Result {
        var source = source
        var result = Loader.Result()
        var line = 0
        while true {
            let lines = try source.next()
            if lines.isEmpty { break }
            let answer = try post(Data(lines.joined(separator: [UInt8(ascii: "\n")])))
            for text in answer.split(separator: UInt8(ascii: "\n")) {
                let outcome = try Outcome([UInt8](text))
                switch outcome.status {
                case 200...299: result.taken += 1
                case 500...: throw CommandError("line \(line + outcome.line): \(outcome.detail)")
                default:
                    result.refused += 1
                    complain(line + outcome.line, outcome.detail)
                }
            }
            line += lines.count
            progress(line, source.fraction)
        }
        return result
    }

    private func post(_ body: Data) throws -> Data {
        var request = URLRequest(url: server.appendingPathComponent("articles"))
        request.httpMethod = "POST"
        request.setValue("application/x-ndjson", forHTTPHeaderField: "Content-Type")
        request.httpBody = body
        request.timeoutInterval = 300
        let answered = DispatchSemaphore(value: 0)
        let answer = Mutex<Result<(Data, Int), CommandError>>(.failure(CommandError("no answer from \(server)")))
        let task = URLSession.shared.dataTask(with: request) { data, response, error in
            answer.withLock {
                if let data, let response = response as? HTTPURLResponse {
                    $0 = .success((data, response.statusCode))
                } else if let error {
                    $0 = .failure(CommandError("\(server): \(error.localizedDescription)"))
                }
            }
            answered.signal()
        }
        task.resume()
        answered.wait()
        let (data, status) = try answer.withLock { $0 }.get()
        guard status == 200 else { throw CommandError("\(server) answers \(status): \(String(decoding: data.prefix(500), as: UTF8.self))") }
        return data
    }

    /// What the server said of one line.
    private struct Outcome {
        var line = 0
        var status = 0
        var detail = ""

        init(_ text: [UInt8]) throws {
            do {
                var reader = JSONReader(text)
                let value = try reader.value()
                if case .number(let text)? = value["line"] { line = Int(text) ?? 0 }
                if case .number(let text)? = value["status"] { status = Int(text) ?? 0 }
                if case .string(let text)? = value["detail"] { detail = text }
                guard case .array(let faults)? = value["errors"], case .string(let pointer)? = faults.first?["pointer"], !pointer.isEmpty
                else { return }
                detail = "\(pointer): \(detail)"
            } catch {
                throw CommandError("the server's answer can't be read: \(error.detail)")
            }
        }
    }
}
