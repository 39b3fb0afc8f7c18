import HTTPTypes
import JSON
import News
import NewsAPI
import NewsIndex
import TestSupport
import Testing

struct CursorTests {
    @Test func placesReadBack() {
        var chance = Chance(seed: 1)
        for _ in 0..<500 {
            let article = ArticleQuery.Position(key: Int64(bitPattern: chance.next()), id: chance.articleID(), sequence: chance.next(), isBackward: chance.once(in: 2))
            #expect(ArticleQuery.Position(article.bytes) == article)
            let key: ResourceQuery.Key = chance.once(in: 2) ? .number(Int64(bitPattern: chance.next())) : .text(chance.text(upTo: 20))
            let resource = ResourceQuery.Position(key: key, id: "some-id-\(chance.below(9))", sequence: chance.next(), isBackward: chance.once(in: 2))
            #expect(ResourceQuery.Position(resource.bytes) == resource, "\(resource)")
            for place in [article.bytes, resource.bytes] { #expect(Cursor.decode(Cursor.encode(place, for: "q"), for: "q") == place) }
        }
        for bytes in [[], [0], Array("> 1 a".utf8), Array("> x a n1".utf8), Array("> 1 a x1".utf8), Array("> 1 a nx".utf8)] as [[UInt8]] {
            #expect(ArticleQuery.Position(bytes) == nil && ResourceQuery.Position(bytes) == nil)
        }
    }

    /// Whatever bit of a cursor is turned, and to whatever query it is carried, it is refused.
    @Test func tampering() {
        var chance = Chance(seed: 2)
        for length in [1, 2, 3, 32, 100] {
            let place = (0..<length).map { _ in UInt8(truncatingIfNeeded: chance.next()) }
            let good = Array(Cursor.encode(place, for: "/articles?q=a").utf8)
            #expect(good.allSatisfy { $0 != UInt8(ascii: "+") && $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "=") })
            for index in good.indices {
                for bit in 0..<7 as Range<UInt8> {
                    var bad = good
                    bad[index] ^= 1 << bit
                    #expect(Cursor.decode(String(decoding: bad, as: UTF8.self), for: "/articles?q=a") == nil, "byte \(index), bit \(bit)")
                }
            }
            let text = String(decoding: good, as: UTF8.self)
            for bad in [text + "=", text + "A", String(text.dropLast()), " " + text, text + "\n", text + text, ""] { #expect(Cursor.decode(bad, for: "/articles?q=a") == nil) }
            for query in ["", "/articles?q=b", "/articles", "/entities?q=a"] { #expect(Cursor.decode(text, for: query) == nil) }
        }
        #expect(Cursor.decode(String(repeating: "A", count: 1 << 20), for: "") == nil)
    }

    /// A link leads on, for its own query alone; more that arrives meanwhile changes neither the pages nor the total.
    @Test func links() async throws {
        let client = try Client()
        let articles = (0..<25).map { #"{"headline":"a\#($0)","published":"2023-11-20T10:00:\#($0 < 10 ? "0" : "")\#($0)Z","entities":[{"name":"E\#($0)"}],"events":[{"title":"V\#($0)","start":"2023"}]}"# }
        #expect(await client.ask(.post, "/articles", "[\(articles.joined(separator: ","))]").status == 200)
        for (path, first) in [("/articles?sort=published", "a"), ("/entities?sort=name", "E"), ("/events?sort=title", "V")] {
            var target: String? = "\(path)&limit=10"
            var read: [String] = []
            while let here = target {
                let answer = await client.get(here)
                #expect(answer.status == 200 && answer.total == "25", "\(here)")
                #expect(answer.fields["link"] == answer.next.map { "<\($0)>; rel=\"next\"" })
                read += answer.listed
                target = answer.next
                #expect(await client.ask(.post, "/articles", #"{"headline":"later","published":"2023-11-20T10:00:11Z","entities":[{"name":"E later"}],"events":[{"title":"V later"}]}"#).status == 201)
                #expect(await client.ask(.delete, "/entities/e-later").status == 204)
                guard let target else { continue }
                #expect(await client.get(target.replacing("sort=", with: "sort=-")).fault == ["cursor", "bad-cursor"])
                #expect(await client.get(target + "&limit=5").status == 400)
                // The size of the page may differ from page to page.
                #expect(await client.get(target.replacing("limit=10", with: "limit=3")).listed.count == 3)
            }
            #expect(read.count == 25 && Set(read).count == 25 && read.allSatisfy { $0.hasPrefix(first) }, "\(read)")
            let listed = await client.get("/articles?limit=200&keyword=none")
            #expect(listed.total == "0")
            for id in (await client.get("/articles?q=later")).ids { #expect(await client.ask(.delete, "/articles/\(id)").status == 204) }
            for id in (await client.get("/events?q=later")).ids { #expect(await client.ask(.delete, "/events/\(id)").status == 204) }
        }
    }
}

extension Answer {
    /// The ids of a list.
    var ids: [String] {
        guard case .array(let items) = json?["data"] else { return [] }
        return items.compactMap { $0["id"]?.text }
    }
}
