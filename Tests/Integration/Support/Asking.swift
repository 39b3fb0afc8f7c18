/// Whoever can be asked over HTTP: one connection, or the program through a connection that it keeps.
protocol Asking {
    func perform(_ ask: Ask) throws -> Answer
}

extension Asking {
    func get(_ target: String, _ fields: KeyValuePairs<String, String> = [:]) throws -> Answer {
        try perform(Ask("GET", target, fields))
    }
    func head(_ target: String, _ fields: KeyValuePairs<String, String> = [:]) throws -> Answer {
        try perform(Ask("HEAD", target, fields))
    }
    func options(_ target: String) throws -> Answer { try perform(Ask("OPTIONS", target)) }
    func delete(_ target: String, _ fields: KeyValuePairs<String, String> = [:]) throws -> Answer {
        try perform(Ask("DELETE", target, fields))
    }
    func post(_ target: String, _ json: Value, _ fields: KeyValuePairs<String, String> = [:]) throws -> Answer {
        try perform(Ask("POST", target, json: json, fields))
    }
    func put(_ target: String, _ json: Value, _ fields: KeyValuePairs<String, String> = [:]) throws -> Answer {
        try perform(Ask("PUT", target, json: json, fields))
    }
    func patch(_ target: String, _ json: Value, _ fields: KeyValuePairs<String, String> = [:]) throws -> Answer {
        var ask = Ask("PATCH", target, fields, body: .bytes(json.bytes))
        ask.fields.append(("Content-Type", "application/merge-patch+json"))
        return try perform(ask)
    }
    /// A body that need not be JSON.
    func send(_ method: String, _ target: String, _ bytes: some Sequence<UInt8>, as type: String = "application/json")
        throws
        -> Answer
    {
        try perform(Ask(method, target, ["Content-Type": type], body: .bytes(Array(bytes))))
    }
    /// Articles as NDJSON, and the answer's lines.
    func post(lines: [Value], to target: String = "/articles") throws -> Answer {
        try send("POST", target, lines.flatMap { $0.bytes + [UInt8(ascii: "\n")] }, as: "application/x-ndjson")
    }
}
