/// Why a query can't be understood, and where.
public struct QueryError: Error, Sendable, Equatable {
    /// What is wrong.
    public enum Code: String, Sendable, CaseIterable {
        case emptyQuery = "empty-query"
        case emptyGroup = "empty-group"
        case emptyField = "empty-field"
        case unbalancedQuote = "unbalanced-quote"
        case unbalancedParenthesis = "unbalanced-parenthesis"
        case missingOperand = "missing-operand"
        case onlyNegations = "only-negations"
        case unknownField = "unknown-field"
        case shortPrefix = "short-prefix"
        case badPrefix = "bad-prefix"
        case badNear = "bad-near"
        case tooManyTerms = "too-many-terms"
        case tooDeep = "too-deep"
        case tooLong = "too-long"
    }

    /// What is wrong.
    public let code: Code
    /// Where, in Unicode scalars from the start of the query.
    public let offset: Int
    /// A sentence for people.
    public let detail: String
}
