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
            let article = ArticleQuery.Position(
                key: Int64(bitPattern: chance.next()), id: chance.articleID(), sequence: chance.next(), isBackward: chance.once(in: 2),
                rarities: (0..<chance.below(20)).map { _ in UInt8(truncatingIfNeeded: chance.next()) })
            #expect(ArticleQuery.Position(article.bytes) == article)
            let key: ResourceQuery.Key = chance.once(in: 2) ? .number(Int64(bitPattern: chance.next())) : .text(chance.text(upTo: 20))
            let resource = ResourceQuery.Position(
                key: key, id: "some-id-\(chance.below(9))", sequence: chance.next(), isBackward: chance.once(in: 2))
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
            for bad in [text + "=", text + "A", String(text.dropLast()), " " + text, text + "\n", text + text, ""] {
                #expect(Cursor.decode(bad, for: "/articles?q=a") == nil)
            }
            for query in ["", "/articles?q=b", "/articles", "/entities?q=a"] { #expect(Cursor.decode(text, for: query) == nil) }
        }
        #expect(Cursor.decode(String(repeating: "A", count: 1 << 20), for: "") == nil)
    }

    /// Links lead on and back again, for their own query alone; what arrives meanwhile changes neither pages nor total.
    @Test(arguments: ["/articles?sort=published", "/entities?sort=name", "/events?sort=title"])
    func links(_ path: String) async throws {
        let client = try Client()
        func article(_ number: Int, _ name: String) -> String {
            #"{"headline":"\#(name)","published":"2023-11-20T10:00:\#(number)Z","entities":[{"name":"\#(name)"}],"events":[{"title":"\#(name)","start":"2023"}]}"#
        }
        let names = (10..<35).map { "Name \($0)" }
        let all = names.enumerated().map { article(10 + $0.offset, $0.element) }.joined(separator: ",")
        #expect(await client.ask(.post, "/articles", "[\(all)]").status == 200)

        var target: String? = "\(path)&limit=10"
        var pages: [[String]] = []
        var back: String?
        while let here = target {
            let answer = await client.get(here)
            #expect(answer.status == 200 && answer.total == "25", "\(here)")
            let links = [answer.previous.map { "<\($0)>; rel=\"prev\"" }, answer.next.map { "<\($0)>; rel=\"next\"" }].compactMap(\.self)
            #expect(answer.fields["link"] == (links.isEmpty ? nil : links.joined(separator: ", ")))
            pages.append(answer.listed)
            (target, back) = (answer.next, answer.previous)
            // More comes, in the middle of the list and in others.
            #expect(await client.ask(.post, "/articles", article(22, "Name 1\(pages.count)5")).status == 201)
            guard let target else { continue }
            for other in [target.replacing("sort=", with: "sort=-"), target + "&q=a"] {
                #expect(await client.get(other).fault.first == "cursor", "\(other)")
            }
            #expect(await client.get(target + "&limit=5").status == 400)
            // How much is on a page may differ from page to page.
            #expect(await client.get(target.replacing("limit=10", with: "limit=3")).listed.count == 3)
        }
        #expect(pages.flatMap(\.self) == names && pages.map(\.count) == [10, 10, 5])
        for page in [1, 0] {
            let answer = await client.get(try #require(back))
            #expect(answer.listed == pages[page] && answer.total == "25")
            back = answer.previous
        }
        #expect(back == nil)
    }
}
