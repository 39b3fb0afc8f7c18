import Foundation
import Testing

/// Behind each proxy that deploy/ has a file for, really started: what a client does directly, it can do there.
@Suite(.serialized, .enabled(if: Proxy.areInstalled, "needs nginx, haproxy, caddy and varnish; scripts/test installs them"))
struct ProxyServingTests {
    @Test(arguments: Proxy.Kind.allCases)
    func articlesAreReadAndPosted(_ kind: Proxy.Kind) throws {
        let program = try Program.behindProxies()
        let proxy = try Proxy(kind, before: program.authority)
        let posted = try proxy.post("/articles", Sample.visit)
        #expect(posted.status == 201 && posted["ETag"] != nil, "\(posted.text)\n\(proxy.log)")
        let path = try #require(posted["Location"])
        #expect(path == "/articles/\(posted.json.id.asString ?? "")")
        #expect(try proxy.get(path).json == program.get(path).json)
        #expect(try proxy.head(path).status == 200)
        #expect(try proxy.get("/articles?q=Kyiv&sort=-indexed").json.page.total == 1)
        #expect(try proxy.get("/").text.contains("<html"))
        #expect(try proxy.get("/nothing").json.instance == "/nothing")
        let tag = try #require(try program.get(path)["ETag"])
        #expect(try proxy.patch(path, ["section": "world"], ["If-Match": tag]).status == 200)
        #expect(try proxy.patch(path, ["section": "world"], ["If-Match": tag]).status == 412)
        #expect(try proxy.delete(path).status == 204)
        #expect(try program.get(path).status == 410)
        #expect(try proxy.perform(Ask("DELETE", "/articles")).status == 405)
    }

    @Test(arguments: Proxy.Kind.allCases)
    func linesArePostedInOneLongRequest(_ kind: Proxy.Kind) throws {
        let program = try Program.behindProxies()
        let proxy = try Proxy(kind, before: program.authority)
        let answer = try proxy.post(lines: (0..<2000).map { Sample.article($0) })
        #expect(answer.status == 200 && answer.lines.asArray.count == 2000, "\(answer.text.suffix(500))\n\(proxy.log)")
        #expect(answer.lines.each("status").allSatisfy { $0 == 201 })
        #expect(try program.get("/articles?limit=1").json.page.total == 2000)
        let pages = try proxy.pages("/articles?limit=200&sort=published")
        #expect(pages.flatMap { $0.json.data.each("uri") } == (0..<2000).map { .string(Sample.uri($0)) })
    }

    @Test(arguments: Proxy.Kind.allCases)
    func connectionsToTheProgramAreKept(_ kind: Proxy.Kind) throws {
        let program = try Program.behindProxies()
        let proxy = try Proxy(kind, before: program.authority)
        var seen: Set<UInt16> = []
        for number in 0..<100 {
            // A writer as well as readers, all past the cache.
            let answer = try number % 10 == 0 ? proxy.post("/articles", Sample.article(number)) : proxy.get("/changes?since=\(number)")
            #expect(answer.status < 300, "\(answer.text)")
            seen.formUnion(program.upstreamConnections)
        }
        // Checks of health have their own, and HAProxy asks for a new one for what must not be asked twice.
        #expect(!seen.isEmpty && seen.count < 30, "\(seen.count) connections for 100 requests")
    }

    @Test(arguments: Proxy.Kind.allCases)
    func aUnixSocketWillDo(_ kind: Proxy.Kind) throws {
        let folder = try Folder()
        let path = folder.file("dateline.sock")
        let program = try Program.behindProxies(["--socket-mode", "0666"], listen: ["unix:" + path])
        let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        #expect(mode == 0o666)
        chmod(folder.path, 0o755)
        let proxy = try Proxy(kind, before: "unix:" + path)
        #expect(try proxy.post("/articles", Sample.visit).status == 201, "\(program.log)")
        #expect(try proxy.get("/articles").json.page.total == 1)
    }
}
