import Foundation
import HTTPTypes
import HTTPWire
import JSON
import Journal
import Logging
import News
import NewsAPI
import Newsroom
import TestSupport

/// The API as a client sees it, without a socket.
struct Client {
    let journal = MemoryJournal()
    let room: Newsroom
    let api: API

    init(queryTimeout: Duration = .seconds(60)) throws {
        room = try Newsroom(journal: journal, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        api = API(newsroom: room, journal: journal, bodyLimit: 1 << 20, queryTimeout: queryTimeout) { _ in
            Response(.notFound, body: .bytes(Array("file".utf8)))
        }
    }

    func ask(
        _ method: HTTPRequest.Method, _ target: String, _ body: String? = nil, type: String = "application/json", fields: HTTPFields = [:]
    ) async -> Answer {
        var fields = fields
        if body != nil { fields[.contentType] = type }
        switch api.respond(to: Request(method: method, target: target, fields: fields, body: Array((body ?? "").utf8))) {
        case .ready(let response): return Answer(response)
        case .pending(let start):
            return Answer(await withCheckedContinuation { continuation in start { continuation.resume(returning: $0) } })
        }
    }

    func get(_ target: String) async -> Answer { await ask(.get, target) }
}

struct Answer {
    let status: Int
    let fields: [String: String]
    let body: [UInt8]

    init(_ response: Response) {
        status = response.status.code
        var fields: [String: String] = [:]
        for field in response.fields { fields[field.name.canonicalName] = field.value }
        for line in String(decoding: response.preparedFields, as: UTF8.self).split(separator: "\r\n") {
            let parts = line.split(separator: ":", maxSplits: 1)
            fields[parts[0].lowercased()] = parts[1].trimmingCharacters(in: .whitespaces)
        }
        self.fields = fields
        body =
            switch response.body {
            case .bytes(let bytes): bytes
            case .pieces(let pieces): pieces.flatMap(\.self)
            default: []
            }
    }

    var json: JSONValue? {
        var reader = JSONReader(body)
        guard let value = try? reader.value(), (try? reader.finish()) != nil else { return nil }
        return value
    }

    subscript(names: String...) -> JSONValue? { names.reduce(json) { $0?[$1] } }

    /// The headlines, names or titles of a list.
    var listed: [String] {
        guard case .array(let items) = json?["data"] else { return [] }
        return items.compactMap { ($0["headline"] ?? $0["name"] ?? $0["title"])?.text }
    }
    var total: String? { self["page", "total"]?.text }
    var next: String? { self["page", "next"]?.text }
    var previous: String? { self["page", "prev"]?.text }
    /// The parameter or pointer of the first fault, and its code.
    var fault: [String] {
        guard case .array(let faults) = json?["errors"], let first = faults.first else { return [] }
        return [first["parameter"] ?? first["pointer"], first["code"]].compactMap { $0?.text }
    }
}

extension JSONValue {
    var text: String? {
        switch self {
        case .string(let text), .number(let text): text
        default: nil
        }
    }
}
