import Foundation
import Testing

/// The program with the few things that the cases ask for.
final class Site {
    /// Posted again, it changes nothing and is 200: a case may be run any number of times.
    static let posted = #"{"uri":"urn:conformance:1","headline":"Posted"}"#
    /// A body may be this long.
    static let bodyLimit = 20_000

    private let folder: Folder
    private let program: Program
    private let words: [(name: String, value: String)]

    init() throws {
        folder = try Folder()
        try FileManager.default.createDirectory(atPath: folder.file("public/sub"), withIntermediateDirectories: true)
        try folder.write("public/index.html", "<!doctype html><title>Home</title>".utf8)
        try folder.write("public/sub/index.html", "<!doctype html><title>Below</title>".utf8)
        try folder.write("public/digits.txt", "0123456789".utf8)
        try folder.write("public/a b.txt", "ab".utf8)
        try folder.write("public/.hidden", "SECRET".utf8)
        try folder.write("secret.txt", "SECRET".utf8)
        try folder.write("public/empty.txt", [])
        try folder.write("public/long.txt", String(repeating: "All work and no play. ", count: 200).utf8)
        // Old enough for its date to be a strong validator (RFC 9110 §8.8.2.2).
        try FileManager.default.setAttributes(
            [.modificationDate: Date(timeIntervalSince1970: 784_111_777)], ofItemAtPath: folder.file("public/digits.txt"))
        program = try Program.start(arguments: ["--public", folder.file("public"), "--max-body", "\(Site.bodyLimit)"])

        let posted = try program.send("POST", "/articles", Site.posted.utf8)
        let gone = try program.publish(["headline": "Withdrawn"]).id.asString ?? ""
        _ = try program.delete("/articles/\(gone)")
        let event = try program.post("/events", ["title": "Opening", "start": "2024-01-01"])
        let entity = try program.post("/entities", ["name": "Somebody", "type": "person"])
        _ = try program.post("/entities", ["name": "Somebody else", "type": "person"])
        let article = posted.json.id.asString ?? ""
        let read = try program.get("/articles/\(article)")
        let file = try program.get("/digits.txt")
        words = [
            ("article", article), ("gone", gone), ("event", event.json.id.asString ?? ""), ("entity", entity.json.id.asString ?? ""),
            ("tag", read["ETag"] ?? ""), ("modified", read["Last-Modified"] ?? ""), ("eventTag", event["ETag"] ?? ""),
            ("listTag", try program.get("/articles")["ETag"] ?? ""), ("size", "\(read.body.count)"),
            ("fileTag", file["ETag"] ?? ""), ("boundary", "part-" + (file["ETag"] ?? "").trimming("\"")),
            ("fileModified", file["Last-Modified"] ?? ""),
            ("longTag", try program.get("/long.txt")["ETag"] ?? ""),
            ("longGzipTag", try program.get("/long.txt", ["Accept-Encoding": "gzip"])["ETag"] ?? ""),
            ("emptyTag", try program.get("/empty.txt")["ETag"] ?? ""),
        ]
    }

    func socket() throws -> RawSocket { try program.socket() }

    /// The text with the running program's own words put in.
    func fill(_ text: String) -> String { words.reduce(text) { $0.replacing("@\($1.name)@", with: $1.value) } }

    func fill(_ bytes: [UInt8]) -> [UInt8] {
        guard bytes.contains(UInt8(ascii: "@")), let text = String(validating: bytes, as: UTF8.self) else { return bytes }
        return Array(fill(text).utf8)
    }

    /// It is the same process, it still answers, and no case has changed anything.
    var isUnharmed: Bool {
        let list = try? program.connection().get("/articles")
        return list?.status == 200 && list?["ETag"] == words.first { $0.name == "listTag" }?.value && list?.json.page.total == 1
    }
}
