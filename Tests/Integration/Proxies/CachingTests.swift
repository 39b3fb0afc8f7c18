import Foundation
import Testing

/// The caches of deploy/: what is shown from them, and how they ask whether it still holds.
@Suite(.serialized, .enabled(if: Proxy.areInstalled, "needs nginx, haproxy, caddy and varnish; scripts/test installs them"))
struct ProxyCachingTests {
    @Test(arguments: [Proxy.Kind.nginx, .varnish])
    func aCacheShowsAndRevalidates(_ kind: Proxy.Kind) throws {
        let program = try Program.behindProxies()
        let proxy = try Proxy(kind, before: program.authority)
        let path = try #require(try program.post("/articles", Sample.visit)["Location"])
        let first = try proxy.get(path)
        #expect(first["X-Cache"] == "MISS" && first.json.headline == Sample.visit.headline)
        let second = try proxy.get(path)
        #expect(second["X-Cache"] == "HIT" && second.body == first.body && second["ETag"] == first["ETag"])
        // The cache answers conditions by itself.
        #expect(try proxy.get(path, ["If-None-Match": first["ETag"] ?? ""]).status == 304)
        #expect(try asked(program, path).count == 1)

        // After five seconds it asks whether what it has still holds, and is told so without a body.
        var lines: [Value] = []
        let deadline = Date(timeIntervalSinceNow: 30)
        while lines.count < 2, Date.now < deadline {
            Thread.sleep(forTimeInterval: 0.5)
            #expect(try proxy.get(path).body == first.body)
            lines = try asked(program, path)
        }
        #expect(lines.map(\.status) == [200, 304] && lines.last?["bytes"] == 0, "\(lines)")

        // And shows what was changed meanwhile.
        #expect(try program.patch(path, ["headline": "Changed"]).status == 200)
        var shown = first
        while shown.json.headline != "Changed", Date.now < deadline {
            Thread.sleep(forTimeInterval: 0.5)
            shown = try proxy.get(path)
        }
        #expect(shown.json.headline == "Changed" && shown["ETag"] != first["ETag"])
    }

    @Test(arguments: [Proxy.Kind.nginx, .varnish])
    func whatMustNotBeKeptIsAskedForEachTime(_ kind: Proxy.Kind) throws {
        let program = try Program.behindProxies()
        let proxy = try Proxy(kind, before: program.authority)
        for number in 1...3 {
            #expect(try proxy.get("/changes").json.data.asArray.count == number - 1)
            #expect(try proxy.post("/articles", Sample.article(number)).status == 201)
            #expect(try proxy.get("/nothing").status == 404)
        }
        #expect(try asked(program, "/nothing").count == 3)
    }

    /// A stranger's fields must not end up in what others are shown.
    @Test(arguments: [Proxy.Kind.nginx, .varnish])
    func aCacheIsNotPoisoned(_ kind: Proxy.Kind) throws {
        let program = try Program.behindProxies()
        let proxy = try Proxy(kind, before: program.authority)
        #expect(try program.publish(all: (0..<3).map { Sample.article($0) }).count == 3)
        for target in ["/articles?limit=1", "/openapi.json"] {
            let evil = try proxy.get(
                target,
                [
                    "X-Forwarded-Prefix": "/evil", "X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "https",
                    "X-Forwarded-For": "127.0.0.1", "Forwarded": "for=127.0.0.1;host=evil.example;proto=https",
                ])
            #expect(evil.status == 200 && !evil.text.contains("evil"), "\(evil.text.prefix(300))")
            let good = try proxy.get(target)
            #expect(good.status == 200 && !good.text.contains("evil") && good["Link"]?.contains("evil") != true)
        }
    }

    private func asked(_ program: Program, _ target: String) throws -> [Value] {
        let marker = "/livez?\(UInt64.random(in: 0 ... .max))"
        _ = try program.get(marker)
        return try program.accessLog(until: marker).filter { $0.target == .string(target) }
    }
}
