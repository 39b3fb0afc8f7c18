import News
import NewsIndex

/// What the words of a text say, told plainly: every article is looked at for every question.
extension Model {
    struct Token {
        var exact: String
        var stem: String
        var isHeadline: Bool
        var position: Int
    }

    /// The words of an article as the analyzer reads them, which has tests of its own.
    struct Texts {
        /// The tokens that are written so, and those that have such a stem.
        private var written: [String: [Token]] = [:]
        private var stemmed: [String: [Token]] = [:]
        var headlineLength = 0
        var bodyLength = 0
        var language: StemLanguage?

        init(_ article: Article) {
            language = article.language.flatMap { StemLanguage(tag: $0) }
            headlineLength = read(article.headline, article.language, isHeadline: true)
            bodyLength = read(article.body, article.language, isHeadline: false)
        }

        private mutating func read(_ text: String?, _ language: String?, isHeadline: Bool) -> Int {
            guard let text else { return 0 }
            let length = Analyzer().forEachToken(in: text, language: language) { word in
                let exact = String(decoding: word.exact, as: UTF8.self)
                let stem = word.stem.map { String(decoding: $0, as: UTF8.self) } ?? exact
                let token = Token(exact: exact, stem: stem, isHeadline: isHeadline, position: Int(word.position))
                let twins = written[exact, default: []]
                if twins.contains(where: { $0.isHeadline == isHeadline && $0.position == token.position }) { return }
                written[exact] = twins + [token]
                stemmed[stem, default: []].append(token)
            }
            return Int(length)
        }

        /// The tokens that a word means: the word itself, and other forms of its stem.
        func tokens(_ word: QueryWord, _ scope: QueryExpression.TextScope) -> (exact: [Token], variants: [Token]) {
            let stem = language.flatMap { word.stem(in: $0) }
            let exact =
                word.isPrefix
                ? written.flatMap { spelling, tokens in word.forms.contains(where: spelling.hasBytes) ? tokens : [] }
                : word.forms.flatMap { written[$0] ?? [] }
            var variants: [Token] = []
            if let stem {
                variants = (stemmed[stem] ?? []) + (written[stem] ?? []).filter { $0.stem != stem }
                variants.removeAll { word.forms.contains($0.exact) }
            }
            func isAskedFor(_ token: Token) -> Bool { scope == .any || (scope == .headline) == token.isHeadline }
            return (exact.filter(isAskedFor), variants.filter(isAskedFor))
        }

        /// From 0 to 1: what the word adds. An occurrence counts five, one of another form three.
        func impact(_ word: QueryWord, _ scope: QueryExpression.TextScope) -> Float {
            func occurrences(_ tokens: [Token]) -> (headline: Int, body: Int) {
                let headline = tokens.count { $0.isHeadline }
                // Each way to write the word once, where one of the first twenty places of the body has it.
                let lead = Set(tokens.filter { !$0.isHeadline && $0.position < 20 }.map(\.exact)).count
                return (headline, tokens.count - headline + 2 * lead)
            }
            let found = tokens(word, scope)
            let (exact, variants) = (occurrences(found.exact), occurrences(found.variants))
            let k: Float = 1.2 * 5
            let body = Float(5 * exact.body + 3 * variants.body) / (k * (1 - 0.6) + k * 0.6 / 150 * Float(bodyLength))
            let headline =
                Float(5 * exact.headline + 3 * variants.headline)
                / (k * (1 - 0.3) / 5 + k * 0.3 / 9 / 5 * Float(headlineLength))
            return (body + headline) / (1 + (body + headline))
        }
    }

    static func matches(_ stored: Stored, _ expression: QueryExpression) -> Bool {
        switch expression {
        case .text(let words, let scope):
            let lists = words.map { stored.texts.tokens($0, scope) }.map { $0.exact + $0.variants }
            return lists[0].contains { first in
                lists.indices.allSatisfy { place in
                    lists[place].contains { $0.isHeadline == first.isHeadline && $0.position == first.position + place }
                }
            }
        case .near(let words, let distance, let scope):
            let lists = words.map { stored.texts.tokens($0, scope) }.map { $0.exact + $0.variants }
            let all = lists.flatMap(\.self)
            // Somewhere a span begins that has each word as often as it is asked for.
            return all.contains { first in
                let span = first.position..<first.position + words.count + distance
                return words.indices.allSatisfy { place in
                    let positions = Set(
                        lists[place].filter { $0.isHeadline == first.isHeadline && span.contains($0.position) }.map(\.position))
                    return positions.count >= words.count { $0 == words[place] }
                }
            }
        case .value(let field, let value): return has(stored.article, field, value)
        case .and(let operands): return operands.allSatisfy { matches(stored, $0) }
        case .or(let operands): return operands.contains { matches(stored, $0) }
        case .not(let operand): return !matches(stored, operand)
        }
    }

    /// The words that scores are made of, in the order of the query.
    static func words(_ expression: QueryExpression) -> [(QueryWord, QueryExpression.TextScope)] {
        switch expression {
        case .text(let words, let scope): words.count == 1 && words[0].isPrefix ? [] : words.map { ($0, scope) }
        case .near(let words, _, let scope): words.map { ($0, scope) }
        case .value, .not: []
        case .and(let operands), .or(let operands): operands.flatMap(words)
        }
    }

    /// The score of an article, given what the words are worth in sixteenths.
    static func score(_ stored: Stored, _ expression: QueryExpression, _ rarities: [UInt8]) -> Float {
        var next = 0
        func add(_ expression: QueryExpression, to sum: inout Float, counts: Bool) {
            switch expression {
            case .text(let words, let scope), .near(let words, _, let scope):
                if words.count == 1, words[0].isPrefix {
                    if counts { sum += 0.5 }
                    return
                }
                for word in words {
                    if counts { sum += Float(rarities[next]) / 16 * stored.texts.impact(word, scope) }
                    next += 1
                }
            case .value, .not: break
            case .and(let operands): for operand in operands { add(operand, to: &sum, counts: counts) }
            case .or(let operands):
                for operand in operands {
                    var partial: Float = 0
                    let holds = counts && matches(stored, operand)
                    add(operand, to: &partial, counts: holds)
                    if holds { sum += partial }
                }
            }
        }
        var sum: Float = 0
        add(expression, to: &sum, counts: true)
        return sum
    }

    /// By what lists by relevance are sorted: a score of nine binary digits after the first, from 2^-18 on.
    static func rank(_ score: Float) -> Int {
        guard score > 0 else { return 0 }
        let exponent = Int(score.exponent)
        return max(0, (exponent + 18) * 512 + Int((score.significand - 1) * 512))
    }
}

extension String {
    /// Whether it begins with the bytes of another.
    func hasBytes(_ prefix: String) -> Bool { utf8.starts(with: prefix.utf8) }
}
