import Foundation
import Testing

/// The commands beside `serve`.
struct CommandTests {
    private func lines(_ articles: [Value]) -> [UInt8] { articles.flatMap { $0.bytes + [UInt8(ascii: "\n")] } }

    @Test func helpIsForPeopleAndMistakesAreTold() throws {
        let help = try Program.run("--help")
        let text = String(decoding: help.output, as: UTF8.self)
        #expect(help.exit == .status(0) && ["serve", "import", "export", "check"].allSatisfy { text.contains($0) })
        for command in ["serve", "import", "export", "check"] {
            let help = try Program.run(command, "--help")
            #expect(
                help.exit == .status(0) && String(decoding: help.output, as: UTF8.self).contains("--data"), "\(command)"
            )
        }
        for wrong in [
            ["serve", "--nonsense"], ["nonsense"], ["serve", "--listen", "nowhere"],
            ["serve", "--listen", "127.0.0.1:99999"], ["import"],
        ] {
            let outcome = try Program.run(wrong)
            #expect(outcome.exit != .status(0) && !outcome.errors.isEmpty, "\(wrong): \(outcome)")
        }
    }

    @Test func importTakesTheGoodAndNamesTheBad() throws {
        let data = try Folder()
        let input = try Folder()
        let file = try input.write(
            "a.jsonl",
            lines([Sample.article(1)]) + Array("{\"headline\":}\n\n".utf8) + lines([["colour": "red"], Sample.visit]))
        let outcome = try Program.run("import", file, "--data", data.path)
        #expect(outcome.exit != .status(0))
        let told = outcome.errors + String(decoding: outcome.output, as: UTF8.self)
        #expect(
            told.firstMatch(of: /\b2\b/) != nil && told.firstMatch(of: /\b4\b/) != nil && told.contains("colour"),
            "\(told)")
        let program = try Program.start(data: data)
        #expect(Set(try program.get("/articles").json.data.each("uri")) == [.string(Sample.uri(1)), Sample.visit.uri])
    }

    @Test func importReadsManyFilesAndStandardInput() throws {
        let data = try Folder()
        let input = try Folder()
        let first = try input.write("a.jsonl", lines((0..<500).map { Sample.article($0) }))
        let second = try input.write("b.jsonl", lines((400..<600).map { Sample.article($0) }))
        #expect(try Program.run("import", first, second, "--data", data.path).exit == .status(0))
        #expect(try Program.run(["import", "-", "--data", data.path], input: lines([Sample.visit])).exit == .status(0))
        #expect(try Program.run("import", input.file("absent.jsonl"), "--data", data.path).exit != .status(0))
        #expect(try Program.start(data: data).get("/articles").json.page.total == 601)
    }

    @Test func importSpeaksToARunningServer() throws {
        let program = try Program.start()
        let outcome = try Program.run(
            ["import", "-", "--to", program.base],
            input: lines((0..<2000).map { Sample.article($0) }) + Array("nonsense\n".utf8))
        #expect(outcome.exit != .status(0) && outcome.errors.contains("2001"), "\(outcome)")
        #expect(try program.get("/articles").json.page.total == 2000)
        #expect(
            try Program.run(["import", "-", "--to", program.base], input: lines([Sample.visit])).exit == .status(0))
        #expect(try program.get("/articles").json.page.total == 2001)
        let base = program.base
        try program.kill()
        #expect(
            try Program.run(["import", "-", "--to", base], input: lines([Sample.visit])).exit != .status(0),
            "nobody there")
    }

    @Test func whatIsExportedCanBeImportedAndIsTheSame() throws {
        let program = try Program.start(reads: true)
        let ids = try program.publish(all: (0..<50).map { Sample.article($0) } + [Sample.visit])
        _ = try program.patch("/articles/\(ids[7])", ["headline": "Changed"])
        _ = try program.delete("/articles/\(ids[8])")
        let first = program.data
        let second = try Folder()
        try program.terminate()
        let exported = try Program.run("export", "--data", first.path)
        #expect(
            exported.exit == .status(0) && exported.lines.asArray.count == 50
                && !exported.lines.asArray.contains(.absent))
        let imported = try Program.run(["import", "-", "--data", second.path], input: exported.output)
        #expect(imported.exit == .status(0), "\(imported)")
        let again = try Program.run("export", "--data", second.path)
        #expect(again.output == exported.output)
        let (a, b) = (try Program.start(data: first), try Program.start(data: second))
        for id in ids {
            let one = try a.get("/articles/\(id)")
            let other = try b.get("/articles/\(id)")
            // What was withdrawn is not exported, so the copy never knew it.
            if one.status == 410 {
                #expect(other.status == 404)
            } else {
                #expect(one.status == 200 && one.json == other.json, "\(id)")
            }
        }
        #expect(try a.all("/entities") == b.all("/entities"))
        #expect(try a.all("/events") == b.all("/events"))
    }

    @Test func checkTellsSoundFromDamaged() throws {
        let program = try Program.start()
        _ = try program.publish(all: (0..<300).map { Sample.article($0) })
        let data = program.data
        try program.terminate()
        #expect(try Program.run("check", "--data", data.path).exit == .status(0))
        let name = "journal.sqlite"
        let sound = try data.read(name)

        var damaged = sound
        for index in stride(from: 4096, to: damaged.count, by: 512) { damaged[index] ^= 0x5a }
        var withoutHead = sound
        withoutHead.replaceSubrange(0..<16, with: Array("No database here".utf8))
        for (what, bytes) in [
            ("flipped bits", damaged), ("another head", withoutHead),
            ("cut in half", Array(sound[..<(sound.count / 2)])),
        ] {
            try data.write(name, bytes)
            let check = try Program.run("check", "--data", data.path)
            #expect(check.exit != .status(0) && !check.errors.isEmpty, "\(what): \(check)")
            guard case .status = check.exit else {
                Issue.record("\(what): it crashed")
                continue
            }
            #expect(throws: HarnessError.self, "\(what): it isn't served") { try Program.start(data: data) }
        }
        try data.write(name, sound)
        #expect(try Program.start(data: data).get("/articles").json.page.total == 300)
    }

    @Test func oneChangedRecordIsFound() throws {
        let program = try Program.start()
        _ = try program.publish(Sample.article(1, headline: "Needle in the journal"))
        let data = program.data
        try program.terminate()
        let name = "journal.sqlite"
        var bytes = try data.read(name)
        // One letter is changed: the file is still a good database.
        let place = try #require(bytes.firstRange(of: Array("Needle".utf8)), "a record's body is plain text")
        bytes[place.lowerBound] = UInt8(ascii: "n")
        try data.write(name, bytes)
        #expect(try Program.run("check", "--data", data.path).exit != .status(0))
    }

    @Test func whatANewerProgramWroteIsRefusedAndLeftAlone() throws {
        let program = try Program.start()
        _ = try program.publish(Sample.article(1))
        let data = program.data
        try program.terminate()
        let name = "journal.sqlite"
        var bytes = try data.read(name)
        // SQLite's user_version, four bytes in the head of the file: the version of the schema.
        #expect(Array(bytes[60..<64]) == [0, 0, 0, 1], "the schema has a version")
        #expect(Array(bytes[68..<72]) == Array("Date".utf8), "SQLite's application_id says whose file it is")
        bytes.replaceSubrange(60..<64, with: [0, 0, 0x27, 0x0f])
        try data.write(name, bytes)
        for command in ["check", "export"] {
            let outcome = try Program.run(command, "--data", data.path)
            #expect(outcome.exit != .status(0) && outcome.errors.contains("newer"), "\(command): \(outcome)")
        }
        #expect(throws: HarnessError.self) { try Program.start(data: data) }
        #expect(try data.read(name) == bytes)
    }

    @Test func anEmptyFolderIsSoundAndAnUnreadableOneIsNot() throws {
        let data = try Folder()
        #expect(try Program.start(data: data).terminate() == .status(0))
        #expect(try Program.run("check", "--data", data.path).exit == .status(0))
        #expect(try Program.run("export", "--data", data.path).output.isEmpty)
        let file = try data.write("plain", "x".utf8)
        for command in ["check", "export", "serve"] {
            #expect(try Program.run(command, "--data", file).exit != .status(0), "\(command)")
        }
    }
}
