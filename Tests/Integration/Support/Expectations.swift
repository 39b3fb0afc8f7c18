import Testing

/// The answer is a problem by RFC 9457 with that status, and names what is wrong. `instance` is the path that was asked;
/// nil where the wire refused before there was one.
@discardableResult
func expectProblem(
    _ answer: Answer, _ status: Int, code: String? = nil, pointer: String? = nil, parameter: String? = nil,
    instance: String? = "/", _ comment: String = "", at location: SourceLocation = #_sourceLocation
) -> Value {
    let problem = answer.json
    let told = Comment(rawValue: "\(comment): \(answer.status) \(answer.text.prefix(500))")
    #expect(answer.status == status, told, sourceLocation: location)
    #expect(answer.mediaType == "application/problem+json", told, sourceLocation: location)
    #expect(problem.status == .int(status), told, sourceLocation: location)
    #expect(problem.type.asString != nil && problem.title.asString?.isEmpty == false, told, sourceLocation: location)
    #expect(problem.detail.asString?.isEmpty == false, told, sourceLocation: location)
    if let instance {
        #expect(problem.instance.asString?.hasPrefix(instance) == true, told, sourceLocation: location)
    } else {
        #expect(problem.instance == .absent, told, sourceLocation: location)
    }
    guard code != nil || pointer != nil || parameter != nil else { return problem }
    let matches = problem.errors.asArray.contains { error in
        (code == nil || error.code.asString == code) && (pointer == nil || error.pointer.asString == pointer)
            && (parameter == nil || error.parameter.asString == parameter) && error.detail.asString?.isEmpty == false
    }
    #expect(matches, told, sourceLocation: location)
    return problem
}

extension Asking {
    /// Posts an article and gives it as stored.
    func publish(_ article: Value, at location: SourceLocation = #_sourceLocation) throws -> Value {
        let answer = try post("/articles", article)
        try #require(answer.status == 201, "\(answer.text)", sourceLocation: location)
        return answer.json
    }

    /// Posts many articles in one request and gives their ids in order.
    func publish(all articles: [Value], at location: SourceLocation = #_sourceLocation) throws -> [String] {
        let answer = try post("/articles", .array(articles))
        let results = answer.json.data.asArray
        // Required, as the tests go on by position.
        try #require(
            answer.status == 200 && results.count == articles.count, "\(answer.text.prefix(500))",
            sourceLocation: location)
        try #require(
            results.allSatisfy { $0.status == 201 && $0.id.asString != nil }, "\(answer.text.prefix(500))",
            sourceLocation: location)
        return results.compactMap { $0.id.asString }
    }

    /// The pages of a list from its first target to its last, by following `next`, with something done after each.
    func pages(_ target: String, after: (Answer) throws -> Void = { _ in }) throws -> [Answer] {
        var pages: [Answer] = []
        var next: String? = target
        while let target = next, pages.count < 1000 {
            let page = try get(target)
            #expect(page.status == 200, "\(target): \(page.text.prefix(500))")
            pages.append(page)
            try after(page)
            next = page.json.page.next.asString.map(pathAndQuery)
        }
        #expect(pages.count < 1000, "the pages don't end")
        return pages
    }

    /// The changes after one of them, up to the last that there is now: the log's links lead on for ever.
    func changes(since first: Int = 0, limit: Int = 100) throws -> [Value] {
        var changes: [Value] = []
        var target = "/changes?since=\(first)&limit=\(limit)"
        while true {
            let page = try get(target)
            try #require(page.status == 200, "\(target): \(page.text.prefix(500))")
            let data = page.json.data.asArray
            if data.isEmpty { return changes }
            changes += data
            target = pathAndQuery(try #require(page.json.page.next.asString, "there is always a next page"))
        }
    }

    /// Every element of a list, through all its pages.
    func all(_ target: String) throws -> [Value] { try pages(target).flatMap { $0.json.data.asArray } }
}

/// A link's path and query, whether or not it names the server.
func pathAndQuery(_ link: String) -> String {
    guard let scheme = link.firstRange(of: "://") else { return link }
    return link[scheme.upperBound...].firstIndex(of: "/").map { String(link[$0...]) } ?? "/"
}

/// A value as it is written in a query.
func escaped(_ text: String) -> String {
    let plain = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"
    return text.utf8.map { byte in
        let character = Character(Unicode.Scalar(byte))
        return plain.contains(character)
            ? String(character) : (byte < 16 ? "%0" : "%") + String(byte, radix: 16, uppercase: true)
    }.joined()
}
