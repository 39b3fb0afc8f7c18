import Testing

/// The gzip coding (RFC 9110 §8.4, §12.5.3), where it is asked for and worth it.
struct CompressionTests {
    private func coded(_ target: String, _ fields: KeyValuePairs<String, String> = [:]) -> Ask {
        var ask = Ask("GET", target, fields)
        ask.decodes = "gzip"
        return ask
    }

    @Test(arguments: ["/articles?limit=200", "/changes", "/openapi.json", "/", "/events"])
    func whatIsCodedIsTheSame(target: String) throws {
        let program = try Program.start(seeds: true)
        let plain = try program.get(target)
        #expect(plain["Content-Encoding"] == nil)
        #expect(plain.list("Vary").contains("Accept-Encoding"))
        let coded = try program.perform(coded(target))
        #expect(coded["Content-Encoding"] == "gzip" && coded.body == plain.body, "\(target)")
        let length = try #require(coded["Content-Length"].flatMap { Int($0) })
        #expect(length < plain.body.count)
        #expect(coded.list("Vary").contains("Accept-Encoding"))
        // HEAD says what GET would.
        let head = try program.head(target, ["Accept-Encoding": "gzip"])
        #expect(head["Content-Length"] == coded["Content-Length"] && head["Content-Encoding"] == "gzip" && head.body.isEmpty)
    }

    @Test func anArticleHasATagForEachCoding() throws {
        let program = try Program.start()
        let long: Value = ["headline": "Long", "body": .string(String(repeating: "Lloyd Austin came to Kyiv. ", count: 100))]
        let path = "/articles/" + (try program.publish(long).id.asString ?? "")
        let plain = try program.get(path)
        let coded = try program.perform(coded(path))
        #expect(coded["Content-Encoding"] == "gzip" && coded.body == plain.body)
        let (plainTag, codedTag) = (try #require(plain["ETag"]), try #require(coded["ETag"]))
        #expect(plainTag != codedTag)
        // Asked for again, it comes out of what was kept.
        #expect(try program.perform(self.coded(path)).body == plain.body)
        // Each representation is revalidated by its own tag alone.
        #expect(try program.get(path, ["Accept-Encoding": "gzip", "If-None-Match": codedTag]).status == 304)
        #expect(try program.get(path, ["Accept-Encoding": "gzip", "If-None-Match": plainTag]).status == 200)
        #expect(try program.get(path, ["If-None-Match": codedTag]).status == 200)
        // A write may name either: they stand for the same state.
        #expect(try program.patch(path, ["section": "a"], ["If-Match": codedTag]).status == 200)
        expectProblem(try program.patch(path, ["section": "b"], ["If-Match": codedTag]), 412, "stale")
        let next = try #require(try program.get(path)["ETag"])
        #expect(try program.patch(path, ["section": "b"], ["If-Match": next]).status == 200)
    }

    @Test(arguments: [
        ("gzip", true), ("GZIP", true), ("x-gzip", true), ("gzip;q=0.5, identity;q=0.4", true), ("*", true), ("br, gzip;q=0.001", true),
        ("deflate, gzip, br, zstd", true), ("gzip, deflate, br", true),
        ("gzip;q=0", false), ("identity, gzip;q=0.5", false), ("*;q=0", false), ("deflate", false), ("br", false), ("", false),
        ("gzip;q=2", false), ("gzi", false), ("gzip;q=0, *", false),
    ])
    func preferencesAreHeard(field: String, isCoded: Bool) throws {
        let program = try Program.start(seeds: true)
        let answer = try program.get("/articles?limit=200", ["Accept-Encoding": field])
        #expect((answer["Content-Encoding"] == "gzip") == isCoded, "\(field)")
    }

    @Test func whatIsSmallOrAPartStaysAsItIs() throws {
        let program = try Program.start()
        #expect(try program.get("/livez", ["Accept-Encoding": "gzip"])["Content-Encoding"] == nil)
        let small = "/articles/" + (try program.publish(["headline": "Short"]).id.asString ?? "")
        #expect(try program.get(small, ["Accept-Encoding": "gzip"])["Content-Encoding"] == nil)
        let whole = try program.get("/")
        let part = try program.get("/", ["Accept-Encoding": "gzip", "Range": "bytes=0-99"])
        #expect(part.status == 206 && part["Content-Encoding"] == nil && part.body == Array(whole.body.prefix(100)))
    }
}
