import Foundation
import Glibc
import HTTPServer
import HTTPTypes
import HTTPWire
import Testing

/// A folder of files, gone after the test.
private final class Folder {
    let path: String
    init() throws {
        var template = Array("/tmp/http-files-XXXXXX\0".utf8.map { CChar(bitPattern: $0) })
        guard mkdtemp(&template) != nil else { throw Client.Failure(description: "mkdtemp") }
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        mkdir(path + "/sub", 0o755)
        mkdir(path + "/outside", 0o755)
        mkdir(path + "/root", 0o755)
        mkdir(path + "/root/sub", 0o755)
        write("root/a.txt", "0123456789")
        write("root/empty.bin", "")
        write("root/index.html", "<p>")
        write("root/sub/index.html", "sub")
        write("root/.hidden", "no")
        write("root/a b.json", "{}")
        write("outside/secret", "secret")
        symlink("../outside/secret", path + "/root/out")
        symlink("../outside", path + "/root/outdir")
        symlink("/etc/passwd", path + "/root/absolute")
        symlink("a.txt", path + "/root/inner.txt")
        mkfifo(path + "/root/pipe", 0o600)
    }
    deinit { try? FileManager.default.removeItem(atPath: path) }
    func write(_ name: String, _ text: String) {
        let file = open(path + "/" + name, O_CREAT | O_WRONLY | O_TRUNC, 0o644)
        _ = text.utf8.withContiguousStorageIfAvailable { Glibc.write(file, $0.baseAddress, $0.count) }
        close(file)
    }
}

@Suite struct StaticFilesTests {
    private let folder: Folder
    private let files: StaticFiles

    init() throws {
        folder = try Folder()
        files = try StaticFiles(folder: folder.path + "/root") { error, _ in Response(error.status, body: .bytes(Array(error.code.utf8))) }
    }

    private func ask(_ target: String, _ fields: HTTPFields = [:], method: HTTPRequest.Method = .get) -> Response {
        files.respond(to: Request(method: method, target: target, fields: fields))
    }

    @Test(arguments: [
        ("/a.txt", 200), ("/", 200), ("/sub/", 200), ("/sub", 308), ("/a%20b.json", 200), ("/inner.txt", 200), ("/empty.bin", 200),
        ("/%61.txt", 200),
        ("/nope", 404), ("/a.txt/", 404), ("/a.txt/x", 404), ("//a.txt", 404), ("/sub//index.html", 404), ("/.hidden", 404),
        ("/%2ehidden", 404),
        ("/../outside/secret", 404), ("/%2e%2e/outside/secret", 404), ("/sub/../../outside/secret", 404), ("/..%2foutside%2fsecret", 404),
        ("/sub%2findex.html", 404), ("/%252e%252e/outside/secret", 404), ("/out", 404), ("/outdir/secret", 404), ("/outdir", 404),
        ("/absolute", 404),
        ("/a.txt%00", 404), ("/a.txt%00.html", 404), ("/%ff", 404), ("/pipe", 404), ("/./a.txt", 404), ("*", 404), ("/%", 404),
        ("/\\..\\x", 404),
    ]) func resolves(target: String, status: Int) { #expect(ask(target).status.code == status) }

    @Test func describesFiles() {
        let response = ask("/a.txt")
        #expect(response.body.length == 10)
        #expect(response.fields[.contentType] == "text/plain; charset=utf-8")
        #expect(response.fields[.xContentTypeOptions] == "nosniff")
        #expect(response.fields[.cacheControl] != nil && response.fields[.lastModified] != nil)
        #expect(response.fields[.eTag]?.hasPrefix("\"") == true)
        #expect(ask("/a%20b.json").fields[.contentType] == "application/json")
        #expect(ask("/sub?x=1").fields[.location] == "./sub/?x=1")
        let refused = ask("/a.txt", method: .post)
        #expect(refused.status == .methodNotAllowed && refused.fields[.allow] == "GET, HEAD")
    }

    @Test func honoursConditions() throws {
        let tag = try #require(ask("/a.txt").fields[.eTag])
        let date = try #require(ask("/a.txt").fields[.lastModified])
        #expect(ask("/a.txt", [.ifNoneMatch: tag]).status == .notModified)
        #expect(ask("/a.txt", [.ifNoneMatch: "W/" + tag], method: .head).status == .notModified)
        #expect(ask("/a.txt", [.ifModifiedSince: date]).status == .notModified)
        #expect(ask("/a.txt", [.ifMatch: "\"x\""]).status == .preconditionFailed)
        folder.write("root/a.txt", "changed")
        #expect(ask("/a.txt", [.ifNoneMatch: tag]).status == .ok)
    }

    @Test func sendsRanges() throws {
        let tag = try #require(ask("/a.txt").fields[.eTag])
        let part = ask("/a.txt", [.range: "bytes=2-4"])
        #expect(part.status == .partialContent && part.fields[.contentRange] == "bytes 2-4/10" && part.body.length == 3)
        #expect(ask("/a.txt", [.range: "bytes=2-4"], method: .head).status == .ok)
        #expect(ask("/a.txt", [.range: "bytes=2-4", .ifRange: tag]).status == .partialContent)
        #expect(ask("/a.txt", [.range: "bytes=2-4", .ifRange: "\"x\""]).status == .ok)
        #expect(ask("/a.txt", [.range: "bytes=4-2"]).status == .ok)
        let none = ask("/a.txt", [.range: "bytes=10-"])
        #expect(none.status == .rangeNotSatisfiable && none.fields[.contentRange] == "bytes */10")
        let several = ask("/a.txt", [.range: "bytes=0-1, -2"])
        #expect(several.fields[.contentType]?.hasPrefix("multipart/byteranges; boundary=") == true)
        guard case .pieces(let pieces) = several.body else {
            Issue.record("not in pieces")
            return
        }
        let text = String(decoding: pieces.joined(), as: UTF8.self)
        #expect(
            text.contains("Content-Range: bytes 0-1/10\r\n\r\n01\r\n--") && text.contains("Content-Range: bytes 8-9/10\r\n\r\n89\r\n--"))
    }

    @Test func sendsFilesOverASocket() throws {
        let server = try TestServer(folder: folder.path)
        folder.write("root/x", "")
        mkdir(folder.path + "/files", 0o755)
        folder.write("files/big.bin", String(repeating: "q", count: 5 << 20))
        folder.write("files/none.txt", "")
        let client = try server.connect()
        try client.send(get("/files/big.bin") + get("/files/none.txt") + get("/files/big.bin", "Range: bytes=-3\r\n") + get("/z"))
        #expect(try client.answer().body.count == 5 << 20)
        #expect(try client.answer().body.isEmpty)
        #expect(try client.answer().text == "qqq")
        #expect(try client.answer().text == "/z")
    }
}
