import Foundation
import Testing

/// Files of the public folder, and no others.
struct StaticTests {
    private struct Site {
        let folder: Folder
        let program: Program

        init() throws {
            folder = try Folder()
            let files = FileManager.default
            try files.createDirectory(atPath: folder.file("public/sub"), withIntermediateDirectories: true)
            try folder.write("secret.txt", "SECRET".utf8)
            try folder.write("public-not/secret.txt", in: files, "SECRET")
            try folder.write("public/index.html", "<!doctype html><title>Home</title>".utf8)
            try folder.write("public/digits.txt", "0123456789".utf8)
            try folder.write("public/sub/żółw a.css", "b{}".utf8)
            try folder.write("public/empty.js", [])
            try files.createSymbolicLink(atPath: folder.file("public/link.txt"), withDestinationPath: "../secret.txt")
            try files.createSymbolicLink(atPath: folder.file("public/out"), withDestinationPath: "..")
            program = try Program.start(arguments: ["--public", folder.file("public")])
        }
    }

    @Test func filesAreServedWithTheirTypes() throws {
        let site = try Site()
        let home = try site.program.get("/")
        #expect(home.status == 200 && home.mediaType == "text/html" && home.text.contains("Home"))
        #expect(try site.program.get("/index.html").body == home.body)
        let text = try site.program.get("/digits.txt")
        #expect(
            text.status == 200 && text.mediaType == "text/plain" && text.text == "0123456789"
                && text["Content-Length"] == "10")
        #expect(try site.program.get("/sub/%C5%BC%C3%B3%C5%82w%20a.css").mediaType == "text/css")
        let script = try site.program.get("/empty.js")
        #expect(script.status == 200 && script.mediaType == "text/javascript" && script["Content-Length"] == "0")
        expectProblem(try site.program.get("/absent.html"), 404)
        #expect(try site.program.get("/digits.txt/").status == 404)
        let refused = try site.program.post("/digits.txt", [:])
        expectProblem(refused, 405)
        #expect(Set(refused.list("Allow")) == ["GET", "HEAD", "OPTIONS"])
    }

    @Test func unchangedFilesAreNotSentAgain() throws {
        let site = try Site()
        let file = try site.program.get("/digits.txt")
        let tag = try #require(file["ETag"])
        let date = try #require(file["Last-Modified"])
        #expect(try site.program.get("/digits.txt", ["If-None-Match": tag]).status == 304)
        #expect(try site.program.get("/digits.txt", ["If-Modified-Since": date]).status == 304)
        try site.folder.write("public/digits.txt", "9876543210!".utf8)
        #expect(try site.program.get("/digits.txt", ["If-None-Match": tag]).text == "9876543210!")
    }

    @Test func partsAreSentByTheByte() throws {
        let site = try Site()
        let program = site.program
        for (range, body, place) in [
            ("bytes=2-4", "234", "bytes 2-4/10"), ("bytes=7-", "789", "bytes 7-9/10"),
            ("bytes=-2", "89", "bytes 8-9/10"), ("bytes=5-99999999999999999999", "56789", "bytes 5-9/10"),
            ("bytes=-99", "0123456789", "bytes 0-9/10"),
        ] {
            let answer = try program.get("/digits.txt", ["Range": range])
            #expect(
                answer.status == 206 && answer.text == body && answer["Content-Range"] == place,
                "\(range): \(answer.status) \(answer.text)")
        }
        for range in ["bytes=10-", "bytes=99999999999999999999-", "bytes=-0"] {
            let answer = try program.get("/digits.txt", ["Range": range])
            #expect(answer.status == 416 && answer["Content-Range"] == "bytes */10", "\(range): \(answer.status)")
        }
        #expect(try program.get("/digits.txt", ["Range": "lines=1-2"]).status == 200, "an unknown unit is ignored")
        // RFC 9110 §14.2: what is no range may be ignored or refused, but never guessed at.
        for range in ["bytes=4-2", "bytes=a-b", "bytes 1-2", "bytes="] {
            #expect([200, 400, 416].contains(try program.get("/digits.txt", ["Range": range]).status), "\(range)")
        }
        let tag = try #require(try program.get("/digits.txt")["ETag"])
        #expect(try program.get("/digits.txt", ["Range": "bytes=0-0", "If-Range": tag]).status == 206)
        #expect(try program.get("/digits.txt", ["Range": "bytes=0-0", "If-Range": "\"other\""]).text == "0123456789")
        #expect(try program.get("/digits.txt", ["Range": "bytes=0-0", "If-Range": "W/" + tag]).status == 200)
    }

    @Test(arguments: [
        "/../secret.txt", "/sub/../../secret.txt", "/%2e%2e/secret.txt", "/..%2fsecret.txt", "/%2e%2e%2fsecret.txt",
        "/sub/%2E%2E/%2E%2E/secret.txt",
        "/..%5csecret.txt", "/..\\secret.txt", "/%252e%252e/secret.txt", "/link.txt", "/out/secret.txt",
        "/%2fsecret.txt", "//secret.txt", "/./../secret.txt",
        "/....//secret.txt", "/..;/secret.txt", "/../public-not/secret.txt", "/%c0%ae%c0%ae/secret.txt",
        "/digits.txt%00.html", "/%00", "/%", "/%zz", "/%e", "/digits.txt%2f..%2f..%2fsecret.txt",
    ])
    func thereIsNoWayOut(_ target: String) throws {
        let site = try Site()
        let answer = try site.program.get(target)
        #expect((400..<500).contains(answer.status), "\(answer.status)")
        #expect(!answer.text.contains("SECRET"))
        #expect(try site.program.get("/livez").status == 200)
    }
}

extension Folder {
    fileprivate func write(_ name: String, in files: FileManager, _ text: String) throws {
        try files.createDirectory(
            atPath: (file(name) as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
        try write(name, text.utf8)
    }
}
