import Foundation
import NewsIndex
import TestSupport
import Testing

/// Trees are shown with all their parentheses, fields in front, stems that are wanted with a tilde, other forms after slashes.
struct QueryParserTests {
    static func shown(_ query: QueryExpression) -> String {
        switch query {
        case .text(let words, let scope):
            field(scope) + (words.count == 1 ? word(words[0]) : "\"\(words.map(word).joined(separator: " "))\"")
        case .near(let words, let distance, let scope): field(scope) + "near(\(distance), \(words.map(word).joined(separator: " ")))"
        case .value(let field, let value): "\(field)=\(value)"
        case .and(let all): "(" + all.map(shown).joined(separator: " AND ") + ")"
        case .or(let all): "(" + all.map(shown).joined(separator: " OR ") + ")"
        case .not(let inner): "-" + shown(inner)
        }
    }

    static func word(_ word: QueryWord) -> String {
        (word.stemmed == nil ? "" : "~") + word.forms.joined(separator: "/") + (word.isPrefix ? "*" : "")
    }

    static func field(_ scope: QueryExpression.TextScope) -> String { scope == .any ? "" : "\(scope):" }

    static func answer(_ query: String, _ mode: Analyzer.Mode = .full) -> String {
        do throws(QueryError) {
            return shown(try QueryParser.parse(query, Analyzer(mode)))
        } catch {
            return "\(error.code.rawValue) \(error.offset)"
        }
    }

    @Test(arguments: [
        ("Oil", "~oil"), ("oil price", "(~oil AND ~price)"), ("  oil\tprice\n", "(~oil AND ~price)"),
        ("oil AND price", "(~oil AND ~price)"), ("oil OR gas price", "(~oil OR (~gas AND ~price))"),
        ("(oil OR gas) price", "((~oil OR ~gas) AND ~price)"), ("oil or and not", "(~oil AND ~or AND ~and AND ~not)"),
        ("oil NOT gas", "(~oil AND -~gas)"), ("oil -gas", "(~oil AND -~gas)"), ("-gas oil", "(-~gas AND ~oil)"),
        ("oil -(gas OR coal)", "(~oil AND -(~gas OR ~coal))"), ("oil AND NOT gas", "(~oil AND -~gas)"),
        ("NOT NOT oil", "~oil"), ("NOT -oil", "~oil"), ("-(-oil)", "~oil"),
        ("a OR (b OR c)", "(~a OR ~b OR ~c)"), ("((((oil))))", "~oil"), ("(a b) c", "(~a AND ~b AND ~c)"),
        ("oil(gas)", "(~oil AND ~gas)"), ("a - b", "(~a AND ~b)"), ("a -- b", "(~a AND ~b)"),
        ("oil — price & gas", "(~oil AND ~price AND ~gas)"),
        ("\"oil price\"", "\"oil price\""), ("\"oil\"", "oil"), ("“Oil price” x", "(\"oil price\" AND ~x)"), ("„Öl“", "ol/oel"),
        ("«цена нефти»", "\"цена нефти\""), ("\"don't (panic)\"", "\"dont panic\""),
        ("minist*", "minist*"), ("Łó*", "lo*"), ("covid-19*", "(\"covid 19*\" OR covid19*)"), ("東*", "東*"),
        ("headline:oil", "headline:~oil"), ("Body:\"oil price\"", "body:\"oil price\""),
        ("headline:(oil OR gas*) price", "((headline:~oil OR headline:gas*) AND ~price)"),
        ("-headline:oil gas", "(-headline:~oil AND ~gas)"),
        ("headline:(a body:b)", "(headline:~a AND body:~b)"),
        ("source:reuters oil", "(source=reuters AND ~oil)"), ("source:\"Do Rzeczy\"", "source=Do Rzeczy"),
        ("section:(world OR sci-tech)", "(section=world OR section=sci-tech)"),
        ("language:pt-BR -status:canceled", "(language=pt-BR AND -status=canceled)"),
        ("entity:Q42:x author:\"J. Doe\" keyword:a event:b", "(entity=Q42:x AND author=J. Doe AND keyword=a AND event=b)"),
        ("near(5, oil price)", "near(5, ~oil ~price)"), ("NEAR( 0 ,oil price* gas )", "near(0, ~oil price* ~gas)"),
        ("headline:near(5, oil price)", "headline:near(5, ~oil ~price)"), ("near(5, covid-19 x)", "near(5, covid 19 ~x)"),
        ("near oil", "(~near AND ~oil)"),
        ("Covid-19", "(\"covid 19\" OR covid19)"), ("AT&T", "(\"at t\" OR att)"), ("state-of-the-art", "\"state of the art\""),
        ("reuters.com", "\"reuters com\""), ("O'Neill's", "~oneill"), ("l'avion", "~avion"), ("U.S.", "~us"),
        ("Schröder", "~schroder/schroeder"),
        ("東京大学", "\"東京 京大 大学\""), ("東", "東*"), ("2023年", "\"2023 年*\""), ("\"東京 x\"", "\"東京 京 x\""), ("\"年 x\"", "\"年 x\""),
        ("東京*", "\"東京 京*\""), ("(a (-b))", "(~a AND -~b)"),
        ("Update: oil", "(~update AND ~oil)"), ("at 12:30", "(~at AND \"12 30\")"), ("http://a.example", "\"http a example\""),
        ("R: x", "(~r AND ~x)"),
    ])
    func trees(_ query: String, _ expected: String) {
        #expect(Self.answer(query) == expected)
    }

    @Test(arguments: [
        ("", "empty-query 0"), ("   ", "empty-query 0"), ("—", "empty-query 0"), ("🚀", "empty-query 0"),
        ("oil ()", "empty-group 4"), ("( - )", "empty-group 0"), ("oil \"\"", "empty-group 4"), ("\"...\"", "empty-group 0"),
        ("headline:", "empty-field 9"), ("headline: oil", "empty-field 9"), ("headline:—", "empty-field 9"), ("(source:)", "empty-field 8"),
        ("oil \"price", "unbalanced-quote 4"), ("oil\"", "unbalanced-quote 3"), ("é” x", "unbalanced-quote 1"),
        ("(oil", "unbalanced-parenthesis 0"), ("a (b (c)", "unbalanced-parenthesis 2"), ("oil) x", "unbalanced-parenthesis 3"),
        (")", "unbalanced-parenthesis 0"),
        ("AND oil", "missing-operand 0"), ("oil AND", "missing-operand 7"), ("oil OR", "missing-operand 6"), ("OR", "missing-operand 0"),
        ("oil AND OR gas", "missing-operand 8"), ("oil OR AND gas", "missing-operand 7"), ("NOT", "missing-operand 3"),
        ("(a OR )", "missing-operand 6"),
        ("a NOT OR b", "missing-operand 6"),
        ("-oil", "only-negations 0"), ("NOT (oil)", "only-negations 0"), ("(-b)", "only-negations 0"), ("a OR (-b)", "only-negations 5"),
        ("-a -b", "only-negations 0"),
        ("a OR -b", "only-negations 5"), ("a OR NOT b OR c", "only-negations 5"),
        ("autor:x", "unknown-field 0"), ("a speaker:\"b\"", "unknown-field 2"), ("żółw:(x)", "unknown-field 0"),
        ("a*", "short-prefix 0"), ("oil a-b*", "short-prefix 4"), ("*", "bad-prefix 0"), ("*oil", "bad-prefix 0"), ("o*l", "bad-prefix 1"),
        ("source:reu*", "bad-prefix 10"), ("-*", "bad-prefix 1"),
        ("near(a b)", "bad-near 5"), ("near(5 a b)", "bad-near 7"), ("near(101, a b)", "bad-near 8"), ("near(5, a)", "bad-near 0"),
        ("near(5,)", "bad-near 0"),
        ("near(5, \"a b\" c)", "bad-near 8"), ("x near(5, a b", "unbalanced-parenthesis 2"),
        ("near(99999999999999999999, a b)", "bad-near 9"),
        ("près é*", "short-prefix 5"),
    ])
    func errorsSayWhere(_ query: String, _ expected: String) {
        #expect(Self.answer(query) == expected)
    }

    @Test func everyCodeIsReachedAndEveryErrorHasWords() {
        let long = String(repeating: "a ", count: QueryParser.longest)
        let many = Array(repeating: "a", count: QueryParser.mostTerms + 1).joined(separator: " OR ")
        let deep = String(repeating: "(", count: 100_000)
        #expect(Self.answer(long) == "too-long \(QueryParser.longest)")
        #expect(Self.answer(many) == "too-many-terms \(QueryParser.mostTerms * 5)")
        #expect(Self.answer(String(deep.prefix(QueryParser.longest))) == "too-deep \(QueryParser.deepest)")
        #expect(Self.answer(String(repeating: "headline:(", count: 1_000)).hasPrefix("too-deep"))
        let allowed = String(repeating: "(", count: QueryParser.deepest) + "a" + String(repeating: ")", count: QueryParser.deepest)
        #expect(Self.answer(allowed) == "~a")
        #expect(Self.answer(String(repeating: "NOT ", count: 8_000) + "a") == "~a")
        #expect(Self.answer(String(repeating: "-", count: 30_000) + "a") == "~a")
        #expect(Self.answer(String(repeating: "東", count: 1_026)).hasPrefix("too-many-terms"))
    }

    @Test func plainQueriesHaveNoStems() {
        #expect(Self.answer("Oil Schröder's", .plain) == "(oil AND \"schröder s\")")
        #expect(Self.answer("\"oil price\" minist*", .plain) == "(\"oil price\" AND minist*)")
    }

    @Test func stemsAreMadeByLanguage() throws {
        guard case .text(let words, _) = try QueryParser.parse("Elections") else { return #expect(Bool(false)) }
        #expect(words[0].stem(in: .english) == "elect" && words[0].stem(in: .finnish) == "elections")
        guard case .text(let phrase, _) = try QueryParser.parse("\"Elections\"") else { return #expect(Bool(false)) }
        #expect(phrase[0].stem(in: .english) == nil)
        guard case .text(let accented, _) = try QueryParser.parse("générales") else { return #expect(Bool(false)) }
        #expect(accented[0].stem(in: .french) == "general" && accented[0].forms == ["generales"])
    }

    /// What a reader types finds the word: the index's tokens of a text contain the forms of the same text as a query.
    @Test func queriesFindTheirOwnWords() {
        var chance = Chance(seed: 7)
        for _ in 0..<5_000 {
            let text = (0..<1 + chance.below(4)).map { _ in chance.one(of: AnalyzerRandomTests.pieces) }.joined()
            let places = Dictionary(grouping: AnalyzerTests.read(text), by: \.position)
            guard let query = try? QueryParser.parse("\"\(text.filter { !"\"“".contains($0) })\""), case .text(let words, _) = query,
                !text.contains(where: { "\"“".contains($0) })
            else { continue }
            for (index, word) in words.enumerated() {
                let exact = places[index, default: []].map(\.exact)
                #expect(
                    word.isPrefix ? exact.contains { $0.hasPrefix(word.forms[0]) } : !Set(exact).isDisjoint(with: word.forms),
                    "\(text.debugDescription) \(word) \(exact)")
            }
        }
    }

    @Test func randomQueriesEndInATreeOrAPlace() {
        var chance = Chance(seed: 8)
        let pieces = [
            "(", ")", "\"", "AND", "OR", "NOT", " ", " ", "-", "*", "oil", "a", "headline:", "source:", "near(5, ", "near(", ",", "é", "東京",
            "x:", ":", "“", "”",
            "\u{301}", "\n",
        ]
        var trees = 0
        for _ in 0..<30_000 {
            let query = chance.once(in: 5) ? chance.text(upTo: 30) : (0..<chance.below(16)).map { _ in chance.one(of: pieces) }.joined()
            do throws(QueryError) {
                Self.check(try QueryParser.parse(query), isInAnd: false)
                trees += 1
            } catch {
                #expect((0...query.unicodeScalars.count).contains(error.offset) && !error.detail.isEmpty, "\(query.debugDescription)")
            }
        }
        #expect(trees > 3_000)
    }

    /// What the documentation of the tree promises.
    static func check(_ query: QueryExpression, isInAnd: Bool) {
        func isNot(_ query: QueryExpression) -> Bool { if case .not = query { true } else { false } }
        switch query {
        case .text(let words, _): #expect(!words.isEmpty && words.allSatisfy { !$0.forms.isEmpty && !$0.forms.contains("") })
        case .near(let words, _, _): #expect(words.count > 1)
        case .value(_, let value): #expect(!value.isEmpty)
        case .and(let all):
            #expect(all.count > 1 && !all.allSatisfy(isNot))
            for each in all { check(each, isInAnd: true) }
        case .or(let all):
            #expect(all.count > 1 && !all.contains(where: isNot))
            for each in all { check(each, isInAnd: false) }
        case .not(let inner):
            #expect(isInAnd && !isNot(inner))
            check(inner, isInAnd: false)
        }
    }
}

/// docs/QUERY.md says what the parser does.
struct QueryDocumentTests {
    static let document =
        (try? String(contentsOf: URL(filePath: #filePath).appending(path: "../../../../docs/QUERY.md").standardized, encoding: .utf8)) ?? ""

    @Test func everyCodeFieldAndLimitIsThere() {
        for code in QueryError.Code.allCases { #expect(Self.document.contains("`\(code.rawValue)`"), "\(code)") }
        for field in QueryParser.fieldNames { #expect(Self.document.contains("`\(field):"), "\(field)") }
        let limits = [QueryParser.mostTerms, QueryParser.deepest, QueryParser.nearWords, QueryParser.nearDistance, QueryParser.longest]
        for limit in limits {
            #expect(Self.document.contains("\(limit)") || Self.document.contains("\(limit / 1_000),\("\(limit)".suffix(3))"), "\(limit)")
        }
    }

    /// The codes that are shown are those that are there.
    @Test func noCodeIsMadeUp() {
        let known = Set(QueryError.Code.allCases.map(\.rawValue))
        for match in Self.document.matches(of: /`((?:empty|unbalanced|missing|only|unknown|short|bad|too)-[a-z-]+)`/) {
            #expect(known.contains(String(match.1)), "\(match.1)")
        }
    }
}
