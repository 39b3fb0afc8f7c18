import Testing

/// Conditional requests (RFC 9110 §13) on items and lists.
struct ConditionalTests {
    @Test func whatIsUnchangedIsNotSentAgain() throws {
        let program = try Program.start()
        let path = "/articles/" + (try program.publish(Sample.visit).id.asString ?? "")
        let full = try program.get(path)
        let tag = try #require(full["ETag"])
        let date = try #require(full["Last-Modified"])
        for field in [tag, "W/\(tag)", "\"other\", \(tag)", "*"] {
            let answer = try program.get(path, ["If-None-Match": field])
            #expect(answer.status == 304 && answer.body.isEmpty && answer["ETag"] == tag, "\(field)")
            #expect(try program.head(path, ["If-None-Match": field]).status == 304, "\(field)")
        }
        #expect(try program.get(path, ["If-None-Match": "\"other\""]).body == full.body)
        #expect(try program.get(path, ["If-Modified-Since": date]).status == 304)
        #expect(try program.get(path, ["If-Modified-Since": "Sun, 06 Nov 1994 08:49:37 GMT"]).status == 200)
        #expect(try program.get(path, ["If-Modified-Since": "yesterday"]).status == 200, "what is no date is ignored")
        // RFC 9110 §13.1.3: beside If-None-Match it is not looked at.
        #expect(try program.get(path, ["If-None-Match": "\"other\"", "If-Modified-Since": date]).status == 200)
        _ = try program.patch(path, ["section": "changed"])
        #expect(try program.get(path, ["If-None-Match": tag]).status == 200)
    }

    @Test func nobodyOverwritesWhatTheyHaveNotSeen() throws {
        let program = try Program.start()
        let id = try #require(try program.publish(Sample.visit).id.asString)
        let path = "/articles/\(id)"
        let old = try #require(try program.get(path)["ETag"])
        let changed = try program.patch(path, ["section": "x"], ["If-Match": old])
        #expect(changed.status == 200)
        let new = try #require(changed["ETag"])
        for field in [old, "\"other\"", "W/\(new)"] {
            expectProblem(try program.put(path, ["headline": "Late"], ["If-Match": field]), 412, field)
            expectProblem(try program.patch(path, ["headline": "Late"], ["If-Match": field]), 412, field)
            expectProblem(try program.delete(path, ["If-Match": field]), 412, field)
        }
        #expect(try program.get(path).body == changed.body)
        #expect(try program.patch(path, ["section": "y"], ["If-Match": "\"other\", \(new)"]).status == 200)
        #expect(try program.delete(path, ["If-Match": "*"]).status == 204)
    }

    /// RFC 9110 §9.3.4: a client that keeps what it put may take it for the tag's bytes.
    @Test func aTagOfAPutPromisesTheSameBytes() throws {
        let program = try Program.start()
        let path = "/articles/" + (try program.publish(["headline": "Put", "published": "2024-01-01"]).id.asString ?? "")
        let changed = try program.put(path, ["headline": "Put again"])
        #expect(changed.status == 200 && changed["ETag"] == nil && changed["Last-Modified"] == nil)
        let current = try program.get(path)
        let same = try program.send("PUT", path, current.body)
        #expect(same.status == 200 && same.body == current.body && same["ETag"] == current["ETag"])
    }

    @Test func ofManyWhoSawTheSameOneWins() throws {
        let program = try Program.start()
        let path = "/articles/" + (try program.publish(Sample.article(1)).id.asString ?? "")
        let tag = try #require(try program.get(path)["ETag"])
        let answers = try program.together(
            (0..<32).map { Ask("PUT", path, json: ["headline": "By \($0)"], ["If-Match": tag]) }
        ).map { try $0.get() }
        #expect(answers.filter { $0.status == 200 }.count == 1)
        #expect(answers.filter { $0.status == 412 }.count == 31)
        #expect(try program.get(path).json.version == 2)
    }

    @Test(arguments: ["/articles", "/entities", "/events"])
    func aListsTagIsWeakAndChangesWithIt(_ list: String) throws {
        let program = try Program.start()
        _ = try program.publish(Sample.visit)
        let tag = try #require(try program.get(list)["ETag"])
        #expect(tag.hasPrefix("W/\""))
        #expect(try program.get(list, ["If-None-Match": tag]).status == 304)
        _ = try program.publish(
            Sample.visit.with([
                "uri": "https://example.org/other", "events": [["title": "Another", "start": "2024-02-01"]],
                "entities": [["type": "person", "name": "New One"]],
            ]))
        #expect(try program.get(list, ["If-None-Match": tag]).status == 200)
    }
}
