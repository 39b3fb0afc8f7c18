/// The leaves of the grammar: words, phrases, fields, and `near`.
extension QueryParser {
    // MARK: Words

    /// One word between blanks, which may be several to the index; nil if there is no letter or digit in it.
    mutating func word(_ scalars: ArraySlice<Unicode.Scalar>, in scope: Scope) throws(QueryError) -> QueryExpression? {
        var scalars = scalars
        let offset = scalars.startIndex
        let isPrefix = scalars.last == "*"
        if isPrefix { scalars = scalars.dropLast() }
        if let star = scalars.firstIndex(of: "*") { throw badPrefix(star) }
        switch scope {
        case .values(let field):
            if isPrefix { throw badPrefix(scalars.endIndex) }
            try count(1, at: offset)
            return .value(field, QueryScanner.text(scalars))
        case .words(let text):
            let tokens = analyzer.queryTokens(QueryScanner.text(scalars))
            if isPrefix, tokens.isEmpty { throw badPrefix(scalars.endIndex) }
            let words = try self.words(tokens, isPhrase: false, isPrefix: isPrefix, at: offset)
            guard !words.isEmpty else { return nil }
            let parts = QueryExpression.text(words, in: text)
            guard words.count == 2, let joined = tokens.first(where: { $0.role == .compound }) else { return parts }
            try count(1, at: offset)
            return .or([parts, .text([QueryWord(forms: [joined.word], isPrefix: isPrefix)], in: text)])
        }
    }

    /// What tokens are to a query, by position. The last may be a prefix.
    private mutating func words(
        _ tokens: [Analyzer.QueryToken], isPhrase: Bool, isPrefix: Bool, at offset: Int
    ) throws(QueryError) -> [QueryWord] {
        var words: [(forms: [String], lower: String, isPrefix: Bool)] = []
        let last = tokens.last?.position
        for token in tokens {
            let isLast = token.position == last
            switch token.role {
            case .word, .pair: words.append(([token.word], token.lower, false))
            // One character of a text without spaces begins all pairs that it is the first of. Before another word it ends its run.
            case .single: words.append(([token.word], "", isLast))
            case .digraph: if !words.isEmpty { words[words.count - 1].forms.append(token.word) }
            // The pair before holds it already, unless something is to come after it.
            case .tail: if !isLast || isPrefix { words.append(([token.word], "", isLast)) }
            case .variant, .compound: break
            }
        }
        if isPrefix, let last = words.indices.last {
            guard words[last].isPrefix || words[last].forms[0].unicodeScalars.count >= QueryParser.shortestPrefix else {
                throw QueryError(
                    code: .shortPrefix, offset: offset,
                    detail: "Before \"*\" stand at least \(QueryParser.shortestPrefix) letters or digits.")
            }
            words[last].isPrefix = true
        }
        try count(words.count, at: offset)
        let isStemmed = analyzer.mode == .full && !isPhrase && words.count == 1
        return words.map { word in
            QueryWord(
                forms: word.forms, isPrefix: word.isPrefix,
                stemmed: isStemmed && !word.isPrefix && !word.lower.isEmpty ? word.lower : nil)
        }
    }

    private func badPrefix(_ offset: Int) -> QueryError {
        QueryError(code: .badPrefix, offset: offset, detail: "\"*\" stands at the end of a word that begins with letters or digits.")
    }

    // MARK: Phrases

    /// A phrase, at whose opening quote the scanner is.
    mutating func quoted(in scope: Scope) throws(QueryError) -> Operand? {
        let offset = scanner.at
        guard let inner = scanner.takeQuoted() else { throw error(.unbalancedQuote, "This quote is not closed.") }
        let text = QueryScanner.text(inner)
        guard inner.contains(where: { !QueryScanner.isBlank($0) }) else { throw emptyQuotes(offset) }
        switch scope {
        case .values(let field):
            try count(1, at: offset)
            return Operand(expression: .value(field, text), offset: offset)
        case .words(let scope):
            let words = try self.words(analyzer.queryTokens(text), isPhrase: true, isPrefix: false, at: offset)
            guard !words.isEmpty else { throw emptyQuotes(offset) }
            return Operand(expression: .text(words, in: scope), offset: offset)
        }
    }

    private func emptyQuotes(_ offset: Int) -> QueryError {
        QueryError(code: .emptyGroup, offset: offset, detail: "These quotes hold no words.")
    }

    // MARK: Fields

    /// Fields whose words are looked for.
    private static let texts: [String: QueryExpression.TextScope] = ["headline": .headline, "body": .body]
    /// Fields that are compared as wholes.
    private static let values: [String: Term.Field] = [
        "entity": .entity, "event": .event, "source": .source, "section": .section, "language": .language, "keyword": .keyword,
        "author": .author, "status": .status,
    ]
    /// The names of all fields that a query can have.
    public static let fieldNames = (Array(texts.keys) + values.keys).sorted()

    /// The field that a word begins with, and how much of it that is. "Update: Something" and "12:30" have none.
    func fieldName(_ word: ArraySlice<Unicode.Scalar>) throws(QueryError) -> (name: String, scope: Scope, length: Int)? {
        guard let colon = word.firstIndex(of: ":"), colon > word.startIndex else { return nil }
        let letters = word[..<colon]
        guard letters.count <= 32, letters.allSatisfy({ $0.properties.isAlphabetic }) else { return nil }
        let name = QueryScanner.text(letters).lowercased()
        let length = letters.count + 1
        if let scope = QueryParser.texts[name] { return (name, .words(scope), length) }
        if let field = QueryParser.values[name] { return (name, .values(field), length) }
        guard let after = scanner[colon + 1],
            after == "(" || QueryScanner.isQuote(after) || after.properties.isAlphabetic || after.properties.numericType != nil
        else { return nil }
        throw QueryError(
            code: .unknownField, offset: word.startIndex,
            detail:
                "There is no field \"\(name)\" here, but \(QueryParser.fieldNames.joined(separator: ", ")). A colon within words stands in quotes."
        )
    }

    /// What stands right after the colon of a field.
    mutating func ofField(_ scope: Scope, _ name: String) throws(QueryError) -> Operand? {
        let offset = scanner.at
        guard let next = scanner.next, !QueryScanner.isBlank(next), next != ")" else {
            throw error(.emptyField, "What \"\(name)\" is to be stands right after the colon.")
        }
        if next == "(" { return try group(in: scope) }
        if QueryScanner.isQuote(next) { return try quoted(in: scope) }
        let word = scanner.peekWord()
        if case .words(let text) = scope, isNear(word) { return try near(in: text) }
        scanner.skip(word.count)
        guard let expression = try self.word(word, in: scope) else {
            throw QueryError(code: .emptyField, offset: offset, detail: "What \"\(name)\" is to be has letters or digits.")
        }
        return Operand(expression: expression, offset: offset)
    }

    // MARK: near

    func isNear(_ word: ArraySlice<Unicode.Scalar>) -> Bool {
        scanner[word.endIndex] == "(" && QueryScanner.text(word).lowercased() == "near"
    }

    /// `near(5, a b)`
    mutating func near(in scope: QueryExpression.TextScope) throws(QueryError) -> Operand? {
        let offset = scanner.at
        scanner.skip("near(".count)
        scanner.skipBlanks()
        var distance = 0
        var digits = 0
        while let scalar = scanner.next, "0"..."9" ~= scalar, digits < 4 {
            distance = distance * 10 + Int(scalar.value - 0x30)
            digits += 1
            scanner.skip(1)
        }
        guard digits > 0, distance <= QueryParser.nearDistance else {
            throw error(
                .badNear,
                "near begins with how many other words may stand between, at most \(QueryParser.nearDistance): near(5, oil price).")
        }
        scanner.skipBlanks()
        guard scanner.take(",") else { throw error(.badNear, "After the number stands a comma: near(5, oil price).") }
        var words: [QueryWord] = []
        while true {
            scanner.skipBlanks()
            guard let next = scanner.next else {
                throw QueryError(code: .unbalancedParenthesis, offset: offset, detail: "This parenthesis is not closed.")
            }
            if scanner.take(")") { break }
            guard next != "(", !QueryScanner.isQuote(next), !QueryScanner.isClosingQuote(next) else {
                throw error(.badNear, "In near stand single words alone.")
            }
            let word = scanner.peekWord()
            scanner.skip(word.count)
            switch try self.word(word, in: .words(scope)) {
            case .text(let found, _): words += found
            case .or(let parts):
                if case .text(let found, _) = parts[0] { words += found }
            default: break
            }
        }
        guard 2...QueryParser.nearWords ~= words.count else {
            throw QueryError(code: .badNear, offset: offset, detail: "near has 2 to \(QueryParser.nearWords) words.")
        }
        return Operand(expression: .near(words, distance: distance, in: scope), offset: offset)
    }
}
