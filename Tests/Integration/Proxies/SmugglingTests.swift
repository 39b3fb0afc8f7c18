import Foundation
import Testing

/// What a proxy passes on is read by the program as the proxy read it: never another request, and never another's answer.
@Suite(.serialized, .enabled(if: Proxy.areInstalled, "needs nginx, haproxy, caddy and varnish; scripts/test installs them"))
struct ProxySmugglingTests {
    /// What the answers that a connection got are about, in order: problems of the program name it; nil for those of the proxy itself.
    private typealias Story = (name: String, answers: [String?], raw: String)

    @Test(arguments: Proxy.Kind.allCases)
    func nothingIsReadInTwoWays(_ kind: Proxy.Kind) throws {
        let program = try Program.behindProxies(["--loops", "1"])
        let proxy = try Proxy(kind, before: program.authority)
        let cases = AmbiguousRequests.all
        #expect(cases.count > 100)
        let port = proxy.port
        // Sixteen at a time, so that they share the proxy's connections with each other and with good clients.
        let stories = onThreads(16) { thread in
            stride(from: thread, to: cases.count, by: 16).map { ($0, Self.play(cases[$0].name, cases[$0].bytes, "\(kind)-\($0)", port)) }
        }.flatMap(\.self).sorted { $0.0 < $1.0 }.map(\.1)
        #expect(stories.count == cases.count)

        let last = try program.get("/last")
        #expect(last.status == 404)
        let lines = try program.accessLog(until: "/last")
        for (number, story) in stories.enumerated() {
            let tag = "/\(kind)-\(number)"
            let seen = lines.filter { $0.target.asString.map { path($0).hasSuffix(tag) && $0 != "/good" + tag } == true }
            // A request that was cut off, as the proxy found something wrong in its body, was not carried out.
            let served = seen.filter { $0.status == 404 || $0.status == 405 }.compactMap { $0.target.asString.map { String(path($0)) } }
            #expect(
                Self.agree(served[...], story.answers[...]),
                "\(story.name): the program answered \(served), the client got answers about \(story.answers)\n\(story.raw)")
        }
    }

    /// Sends the bytes, takes what comes back, and asks for something else as another client.
    private static func play(_ name: String, _ bytes: String, _ tag: String, _ port: UInt16) -> Story {
        var received: [UInt8] = []
        do {
            let socket = try RawSocket(port: port, deadlineInSeconds: 2)
            try socket.send(bytes.replacing("TAG", with: tag))
            while !socket.isClosedByPeer { received += try socket.receiveMore() }
        } catch {}  // The proxy waits for more.
        let good = try? Curl(base: "http://127.0.0.1:\(port)").get("/good/\(tag)")
        let got = good?.text ?? "nothing"
        #expect(good?.status == 404 && good?.json.instance == .string("/good/\(tag)"), "\(name): a good client got \(got)")
        var answers: [String?] = []
        var rest = received
        while !rest.isEmpty {
            let method = answers.isEmpty && bytes.hasPrefix("HEAD") ? "HEAD" : "GET"
            let next = try? RawResponse.first(in: rest, to: method, isWhole: true)
            if next?.0.status != 100 { answers.append(next?.0.json.instance.asString) }
            rest.removeFirst(next?.length ?? rest.count)  // What has no head is an answer of HTTP/0.9.
        }
        return (name, answers, String(decoding: received, as: UTF8.self))
    }

    /// Whether each request that the program answered got its own answer, or one of the proxy's in its stead, and nobody another's.
    private static func agree(_ served: ArraySlice<String>, _ answers: ArraySlice<String?>) -> Bool {
        guard let answer = answers.first else { return served.isEmpty }
        guard let answer else { return agree(served.dropFirst(), answers.dropFirst()) || agree(served, answers.dropFirst()) }
        return served.first == answer && agree(served.dropFirst(), answers.dropFirst())
    }

    private func path(_ target: String) -> Substring { target.prefix { $0 != "?" } }
}
