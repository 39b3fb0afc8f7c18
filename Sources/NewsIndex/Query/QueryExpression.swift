/// What `q` asks for, as a tree. docs/QUERY.md has the grammar.
///
/// Words are analysed already, and every `and` and `or` has at least one operand that is not a `not`.
public indirect enum QueryExpression: Sendable, Equatable {
    /// Words at consecutive places of the headline or the body: one for a single word, more for a phrase. Only the last may be a
    /// prefix.
    case text([QueryWord], in: TextScope)
    /// Words in any order, all within a span of so many words more than they are themselves.
    case near([QueryWord], distance: Int, in: TextScope)
    /// A value of a field.
    case value(Term.Field, String)
    /// All of them; at least two.
    case and([QueryExpression])
    /// Any of them; at least two.
    case or([QueryExpression])
    /// What the operand does not answer. Stands in an `and` alone.
    case not(QueryExpression)

    /// Which texts of an article are looked at.
    public enum TextScope: Sendable, Equatable {
        /// The headline or the body.
        case any
        /// The headline alone.
        case headline
        /// The body alone.
        case body
    }
}

/// A word of a query.
public struct QueryWord: Sendable, Equatable, Hashable {
    /// The folded forms it has, any of which will do: `schroder` and `schroeder`. At least one.
    public let forms: [String]
    /// Whether words that begin with a form are meant.
    public let isPrefix: Bool
    /// What stems are made of: the word in lower case with its accents; nil where only the word itself is meant, as in a phrase.
    public let stemmed: String?

    /// A word.
    public init(forms: [String], isPrefix: Bool = false, stemmed: String? = nil) {
        self.forms = forms
        self.isPrefix = isPrefix
        self.stemmed = stemmed
    }

    /// The folded stem in a language, which may be the same as a form; nil where only the word itself is meant.
    ///
    /// The index has stems only where they differ from the word (`Token.stem`). So whoever looks for a stem looks for the
    /// stems that say so, and for the exact words of the same spelling.
    public func stem(in language: StemLanguage) -> String? {
        guard !isPrefix, let stemmed else { return nil }
        return Analyzer.stem(stemmed, in: language)
    }
}
