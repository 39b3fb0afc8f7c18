/// Reads `q` by the grammar in docs/QUERY.md: recursive descent, as deep as groups may stand in each other.
public struct QueryParser {
    /// A query is at most so many Unicode scalars long.
    public static let longest = 32_768
    /// It has at most so many words and values.
    public static let mostTerms = 1_024
    /// Its groups stand in each other at most so deep.
    public static let deepest = 64
    /// A prefix has at least so many letters or digits, or one character of a script without spaces.
    public static let shortestPrefix = 2
    /// `near` has at most so many words.
    public static let nearWords = 16
    /// `near` has at most so many other words between its own.
    public static let nearDistance = 100

    /// The tree of a query; throws what is wrong with it, and where.
    public static func parse(_ text: String, _ analyzer: Analyzer = Analyzer()) throws(QueryError) -> QueryExpression {
        var parser = QueryParser(scanner: QueryScanner(text), analyzer: analyzer)
        guard parser.scanner.scalars.count <= longest else {
            throw QueryError(code: .tooLong, offset: longest, detail: "A query is at most \(longest) characters long.")
        }
        let query = try parser.alternatives(in: .words(.any))
        if parser.scanner.next == ")" { throw parser.error(.unbalancedParenthesis, "This parenthesis closes none that is open.") }
        guard let query else { throw QueryError(code: .emptyQuery, offset: 0, detail: "The query has no words.") }
        if case .not = query.expression { throw parser.onlyNegations(query.offset) }
        return query.expression
    }

    var scanner: QueryScanner
    let analyzer: Analyzer
    private var depth = 0
    private var terms = 0

    private init(scanner: QueryScanner, analyzer: Analyzer) {
        self.scanner = scanner
        self.analyzer = analyzer
    }

    /// What the words of a group stand for.
    enum Scope {
        case words(QueryExpression.TextScope)
        case values(Term.Field)
    }

    /// An operand, and where it begins.
    struct Operand {
        var expression: QueryExpression
        var offset: Int
    }

    // MARK: The grammar

    /// `and { OR and }`; nil if there are no words.
    private mutating func alternatives(in scope: Scope) throws(QueryError) -> Operand? {
        var operands: [Operand] = []
        var begins: Int?
        while true {
            scanner.skipBlanks()
            let offset = scanner.at
            if begins == nil { begins = offset }
            if let all = try conjunction(in: scope, after: operands.isEmpty && offset == begins ? nil : "OR") { operands.append(all) }
            guard takeOperator("OR") else { break }
        }
        guard let first = operands.first else { return nil }
        guard operands.count > 1 else { return first }
        for operand in operands {
            if case .not = operand.expression { throw onlyNegations(operand.offset) }
        }
        let flat = operands.flatMap { operand in
            if case .or(let inner) = operand.expression { inner } else { [operand.expression] }
        }
        return Operand(expression: .or(flat), offset: begins ?? 0)
    }

    /// `unary { [AND] unary }`; nil if there are no words. `operation` is what stands before it.
    private mutating func conjunction(in scope: Scope, after operation: String?) throws(QueryError) -> Operand? {
        var operands: [Operand] = []
        var before = operation
        let offset = scanner.at
        while true {
            scanner.skipBlanks()
            let isEnd = scanner.isAtEnd || scanner.next == ")"
            if isEnd || isOperator("OR") || isOperator("AND") {
                if let before {
                    throw error(.missingOperand, "Something to look for is missing after \"\(before)\".")
                }
                if !isEnd, scanner.at == offset {
                    throw error(
                        .missingOperand, "Something to look for is missing before this. The words \"and\" and \"or\" are in small letters.")
                }
                guard takeOperator("AND") else { break }
                before = "AND"
                continue
            }
            if let operand = try negation(in: scope) { operands.append(operand) }
            before = nil
        }
        guard let first = operands.first else { return nil }
        guard operands.count > 1 else { return first }
        var flat: [QueryExpression] = []
        var hasPositive = false
        for operand in operands {
            switch operand.expression {
            case .and(let inner):
                flat += inner
                hasPositive = true
            case .not: flat.append(operand.expression)
            default:
                flat.append(operand.expression)
                hasPositive = true
            }
        }
        guard hasPositive else { throw onlyNegations(first.offset) }
        return Operand(expression: .and(flat), offset: first.offset)
    }

    /// `{ NOT | - } primary`
    private mutating func negation(in scope: Scope) throws(QueryError) -> Operand? {
        let offset = scanner.at
        var isNegated = false
        while true {
            scanner.skipBlanks()
            if takeOperator("NOT") {
                isNegated.toggle()
                scanner.skipBlanks()
                if scanner.isAtEnd || scanner.next == ")" || isOperator("OR") || isOperator("AND") {
                    throw error(.missingOperand, "Something to look for is missing after \"NOT\".")
                }
            } else if scanner.next == "-", let after = scanner[scanner.at + 1], after != "-", after != ")", !QueryScanner.isBlank(after) {
                scanner.skip(1)
                isNegated.toggle()
            } else {
                break
            }
        }
        guard let operand = try primary(in: scope) else { return nil }
        guard isNegated else { return operand }
        if case .not(let inner) = operand.expression { return Operand(expression: inner, offset: offset) }
        return Operand(expression: .not(operand.expression), offset: offset)
    }

    /// A group, a phrase, `near`, a field, or a word.
    private mutating func primary(in scope: Scope) throws(QueryError) -> Operand? {
        let offset = scanner.at
        guard let next = scanner.next else { throw error(.missingOperand, "Something to look for is missing at the end.") }
        if next == "(" { return try group(in: scope) }
        if QueryScanner.isQuote(next) { return try quoted(in: scope) }
        if QueryScanner.isClosingQuote(next) { throw error(.unbalancedQuote, "This quote closes none that is open.") }
        let word = scanner.peekWord()
        if case .words(let text) = scope {
            if isNear(word) { return try near(in: text) }
            if let field = try fieldName(word) {
                scanner.skip(field.length)
                return try ofField(field.scope, field.name)
            }
        }
        scanner.skip(word.count)
        return try self.word(word, in: scope).map { Operand(expression: $0, offset: offset) }
    }

    mutating func group(in scope: Scope) throws(QueryError) -> Operand? {
        let offset = scanner.at
        guard depth < QueryParser.deepest else {
            throw error(.tooDeep, "Groups stand in each other at most \(QueryParser.deepest) deep.")
        }
        depth += 1
        scanner.skip(1)
        let inner = try alternatives(in: scope)
        depth -= 1
        guard scanner.take(")") else {
            throw QueryError(code: .unbalancedParenthesis, offset: offset, detail: "This parenthesis is not closed.")
        }
        guard let inner else { throw QueryError(code: .emptyGroup, offset: offset, detail: "These parentheses hold no words.") }
        return Operand(expression: inner.expression, offset: offset)
    }

    // MARK: Signs

    private func isOperator(_ name: String) -> Bool { scanner.peekWord().elementsEqual(name.unicodeScalars) }

    private mutating func takeOperator(_ name: String) -> Bool {
        scanner.skipBlanks()
        guard isOperator(name) else { return false }
        scanner.skip(name.unicodeScalars.count)
        return true
    }

    func error(_ code: QueryError.Code, _ detail: String) -> QueryError {
        QueryError(code: code, offset: min(scanner.at, scanner.scalars.count), detail: detail)
    }

    private func onlyNegations(_ offset: Int) -> QueryError {
        QueryError(
            code: .onlyNegations, offset: offset, detail: "Here is only what must not be there. Something to look for must stand beside it."
        )
    }

    /// Counts words and values.
    mutating func count(_ more: Int, at offset: Int) throws(QueryError) {
        terms += more
        guard terms <= QueryParser.mostTerms else {
            throw QueryError(code: .tooManyTerms, offset: offset, detail: "A query has at most \(QueryParser.mostTerms) words.")
        }
    }
}
