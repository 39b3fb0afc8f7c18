import Foundation
import Testing

/// A full disk stops writing, and nothing else, for as long as it is full.
struct FullDiskTests {
    /// A small file system that only the program and its children see, and that goes with it.
    private static func smallDisk(at folder: String) -> [String] {
        // Who isn't root may be it in a namespace of users, where the machine permits that.
        ["unshare", "--mount"] + (geteuid() == 0 ? [] : ["--map-root-user"])
            + ["sh", "-c", "mount -t tmpfs -o size=24m tmpfs \"$0\" && exec \"$@\"", folder]
    }
    private static let canMount: Bool = {
        guard let folder = try? Folder(), let child = try? Child.running(smallDisk(at: folder.path) + ["true"]) else {
            return false
        }
        return (try? child.waitForExit()) == .status(0)
    }()
    private static let canLimit = (try? Child.running(["prlimit", "--version"]).waitForExit()) == .status(0)

    @Test(.enabled(if: canMount, "no file system can be mounted here"))
    func aFullFileSystem() throws {
        let data = try Folder()
        let program = try Program.start(data: data, wrapper: FullDiskTests.smallDisk(at: data.path))
        let ballast = "/proc/\(program.pid)/root\(data.path)/ballast"
        try expectWritesToStopAndRecover(
            program,
            fill: {
                let file = open(ballast, O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
                defer { close(file) }
                let block = [UInt8](repeating: 0, count: 4096)
                while write(file, block, block.count) > 0 {}
                #expect(errno == ENOSPC)
            }, empty: { #expect(unlink(ballast) == 0) }, statuses: [507])
    }

    @Test(.enabled(if: canLimit, "there is no prlimit here"))
    func aLimitOnTheSizeOfFiles() throws {
        // Ignored as a supervisor would have it: the kernel's word then is an error, not the end of the process.
        let program = try Program.start(wrapper: ["sh", "-c", "trap '' XFSZ; exec \"$0\" \"$@\""])
        func limit(_ bytes: String) throws {
            #expect(
                try Child.running(["prlimit", "--pid", "\(program.pid)", "--fsize=\(bytes):"]).waitForExit()
                    == .status(0))
        }
        try expectWritesToStopAndRecover(
            program, fill: { try limit("8192") }, empty: { try limit("unlimited") }, statuses: [503, 507])
    }

    private func expectWritesToStopAndRecover(
        _ program: Program, fill: () throws -> Void, empty: () throws -> Void, statuses: Set<Int>
    ) throws {
        let large: Value = .string(String(repeating: "Many words. ", count: 2000))
        let before = try program.publish(Sample.article(0).with(["body": large]))
        try fill()
        var acknowledged: [Value] = [before]
        var refused: Answer?
        for number in 1...2000 {
            let answer = try program.post("/articles", Sample.article(number).with(["body": large]))
            guard answer.status == 201 else {
                refused = answer
                break
            }
            acknowledged.append(answer.json)
        }
        let refusal = try #require(refused, "it never filled up")
        #expect(statuses.contains(refusal.status), "\(refusal.text)")
        expectProblem(refusal, refusal.status)
        if refusal.status == 503 { #expect(refusal["Retry-After"] != nil) }
        for article in acknowledged {
            #expect(try program.get("/articles/\(article.id.asString ?? "")").json == article, "reads go on")
        }
        #expect(
            try program.get("/articles").json.page.total == .int(acknowledged.count), "what was refused is not there")
        expectProblem(
            try program.patch(
                "/articles/\(before.id.asString ?? "")", ["body": large.asString.map { .string($0 + "!") } ?? .null]),
            refusal.status)
        #expect(try program.get("/livez").status == 200)
        let ready = try program.get("/readyz")
        #expect(ready.status == 503 && ready.json.status == "read-only" && ready["Retry-After"] != nil)

        try empty()
        // It may look for room only now and then, and says when: so long it is asked again.
        let deadline = Date(timeIntervalSinceNow: 60)
        var after = try program.post("/articles", Sample.article(5000))
        while after.status != 201 && Date() < deadline {
            usleep(50_000)
            after = try program.post("/articles", Sample.article(5000))
        }
        #expect(after.status == 201, "\(after.text)")
        acknowledged.append(after.json)
        if statuses == [507] { return }  // the small file system goes with the process
        try program.restart()
        for article in acknowledged {
            #expect(try program.get("/articles/\(article.id.asString ?? "")").json == article)
        }
    }
}
