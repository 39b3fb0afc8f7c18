import HTTPTypes
import JSON
import News
import NewsAPI
import NewsIndex
import Testing

/// Queries made to hurt: each is refused clearly, or answered within bounds.
struct HostileQueryTests {
    @Test func tooMuchIsRefusedWithItsPlace() async throws {
        let client = try await SearchTests.client()
        for (query, code) in [
            ((0..<10_000).map { "word\($0)" }.joined(separator: "+"), "too-long"),
            (Array(repeating: "a", count: 2_000).joined(separator: "+"), "too-many-terms"),
            (String(repeating: "(", count: 1_000) + "oil" + String(repeating: ")", count: 1_000), "too-deep"),
            (String(repeating: "(", count: 1_000), "too-deep"),
            (String(repeating: "-", count: 5_000) + "oil", nil), ("a*+OR+b*", "short-prefix"),
        ] as [(String, String?)] {
            let answer = await client.get("/articles?q=\(query)")
            if let code {
                #expect(answer.status == 400 && answer.fault == ["q", code], "\(query.prefix(40)): \(answer.fault)")
                let fault = answer["errors"]?.items.first
                #expect(fault?["offset"]?.int != nil)
            } else {
                #expect(answer.status == 200 || answer.status == 400)
            }
        }
    }

    @Test func broadQueriesAreAnswered() async throws {
        let client = try await SearchTests.client()
        let letters = "abcdefghijklmnopqrstuvwxyz"
        let prefixes = letters.flatMap { first in letters.map { "\(first)\($0)*" } }.joined(separator: "+OR+")
        let answer = await client.get("/articles?q=\(prefixes)&highlight=true&explain=true&facet=entity&timeline=month")
        #expect(answer.status == 200 && answer.total == "6", "\(answer.status)")
        let thousand = await client.get("/articles?q=\((0..<1_000).map { "oil\($0)" }.joined(separator: "+OR+"))")
        #expect(thousand.status == 200 && thousand.total == "0")
    }

    /// The time of each query is bounded, and the answer says that this may pass.
    @Test func aQueryIsGivenUp() async throws {
        let client = try await SearchTests.client(queryTimeout: .zero)
        for target in ["/articles?q=oil&explain=true", "/articles?q=oil&highlight=true"] {
            let answer = await client.get(target)
            #expect(answer.status == 503 && answer["type"]?.text == "urn:dateline:problem:query-timeout", "\(target)")
            #expect(answer.fields["retry-after"] != nil)
        }
    }

    /// The digest of a cursor is no secret: whoever makes one gets an answer of bounded size, or 400.
    @Test func cursorsThatWereMade() async throws {
        let client = try await SearchTests.client()
        let query = "/articles?q=oil"
        let id = try #require(ArticleID("0190a5e4-0000-7000-8000-000000000000"))
        for key in [Int64.min, -1, 0, 1, .max] {
            for sequence in [0, 3, UInt64.max] {
                for rarities in [[], [0], [255], [UInt8](repeating: 255, count: 1_024)] {
                    for isBackward in [false, true] {
                        let place = ArticleQuery.Position(key: key, id: id, sequence: sequence, isBackward: isBackward, rarities: rarities)
                        let answer = await client.get("\(query)&cursor=\(Cursor.encode(place.bytes, for: query))")
                        #expect(answer.status == 200 && answer.listed.count <= 5, "\(place)")
                    }
                }
            }
        }
        let tooMany = ArticleQuery.Position(key: 0, id: id, sequence: 1, rarities: [UInt8](repeating: 1, count: 1_025))
        #expect(await client.get("\(query)&cursor=\(Cursor.encode(tooMany.bytes, for: query))").fault == ["cursor", "bad-cursor"])
        // Of another query, of another order.
        let next = try #require(await client.get("\(query)&limit=1").next)
        for other in [
            next.replacing("q=oil", with: "q=gas"), next + "&sort=published", next + "&highlight=true",
            next.replacing("/articles", with: "/facets"),
        ] {
            #expect(await client.get(other).status == 400, "\(other)")
        }
    }
}
