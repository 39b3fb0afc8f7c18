import Foundation
import Testing

/// Many at once.
struct CrowdTests {
    @Test func aThousandOpenConnectionsAreEachAnswered() throws {
        raiseDescriptorLimit(to: 4096)
        let program = try Program.start()
        let id = try #require(try program.publish(Sample.visit).id.asString)
        let sockets = try (0..<1000).map { _ in try program.socket() }
        // Each has sent something and been answered, so all are open at the server, and then asks again while all are.
        for round in 0..<2 {
            for (number, socket) in sockets.enumerated() {
                try socket.send("GET /articles/\(id) HTTP/1.1\r\nHost: x\r\nX-Number: \(round * 1000 + number)\r\n\r\n")
            }
            for socket in sockets {
                let answer = try socket.response()
                #expect(answer.status == 200 && answer.json.id == .string(id))
            }
        }
        #expect(try program.get("/livez").status == 200)
    }

    @Test func aThousandWritersAreEachAnswered() throws {
        raiseDescriptorLimit(to: 4096)
        let program = try Program.start()
        let answers = try program.together((0..<1000).map { Ask("POST", "/articles", json: Sample.article($0)) }).map {
            try $0.get()
        }
        #expect(answers.allSatisfy { $0.status == 201 && $0.connects == 1 })
        #expect(Set(answers.compactMap(\.json.id.asString)).count == 1000)
        #expect(try program.get("/articles?limit=1").json.page.total == 1000)
    }

    @Test func ofOneUriThereIsOneArticleWhoeverPostsIt() throws {
        let program = try Program.start()
        let answers = try program.together(
            (0..<64).map { Ask("POST", "/articles", json: Sample.article(1, headline: "By \($0)")) }
        ).map { try $0.get() }
        #expect(answers.filter { $0.status == 201 }.count == 1)
        #expect(answers.filter { $0.status == 200 }.count == 63)
        #expect(Set(answers.map(\.json.id)).count == 1)
        #expect(answers.compactMap(\.json.version.asInt).sorted() == Array(1...64), "versions without a gap")
        #expect(try program.get("/articles").json.page.total == 1)
        let versions = try program.get("/articles/\(answers[0].json.id.asString ?? "")/versions?limit=200").json.data.asArray
        #expect(Set(versions.compactMap(\.headline.asString)) == Set((0..<64).map { "By \($0)" }))
        // What was answered as version n is what is kept as version n.
        let kept = Dictionary(versions.map { ($0.version, $0.headline) }, uniquingKeysWith: { first, _ in first })
        #expect(answers.allSatisfy { kept[$0.json.version] == $0.json.headline })
        #expect(try program.get("/articles/\(answers[0].json.id.asString ?? "")").json.version == 64)
    }

    @Test func theSameAtOnceIsOneVersion() throws {
        let program = try Program.start()
        let answers = try program.together((0..<64).map { _ in Ask("POST", "/articles", json: Sample.visit) }).map {
            try $0.get()
        }
        #expect(answers.filter { $0.status == 201 }.count == 1 && answers.filter { $0.status == 200 }.count == 63)
        #expect(Set(answers.map(\.body)).count == 1)
        let article = answers[0].json
        #expect(article.version == 1)
        #expect(try program.get("/entities").json.page.total == 2)
    }

    @Test func whoReadsAfterAWriteSeesIt() throws {
        let program = try Program.start()
        let base = program.base
        let failures = onThreads(8) { thread -> String? in
            let writer = Curl(base: base)
            let reader = Curl(base: base)
            do {
                for number in 0..<100 {
                    let posted = try writer.post(
                        "/articles", Sample.article(thread * 100 + number, headline: "word\(thread)x\(number)"))
                    guard posted.status == 201, let id = posted.json.id.asString else { return "POST \(posted.status)" }
                    let found = try reader.get("/articles?q=word\(thread)x\(number)").json.data.each("id")
                    guard found == [.string(id)] else { return "\(id) isn't found: \(found)" }
                    guard try reader.get("/articles/\(id)").body == posted.body else { return "\(id) reads otherwise" }
                }
                return nil
            } catch { return "\(error)" }
        }
        #expect(failures.compactMap { $0 } == [])
    }

    private func raiseDescriptorLimit(to count: rlim_t) {
        var limit = rlimit()
        getrlimit(__rlimit_resource_t(UInt32(RLIMIT_NOFILE.rawValue)), &limit)
        limit.rlim_cur = min(max(limit.rlim_cur, count), limit.rlim_max)
        setrlimit(__rlimit_resource_t(UInt32(RLIMIT_NOFILE.rawValue)), &limit)
    }
}
