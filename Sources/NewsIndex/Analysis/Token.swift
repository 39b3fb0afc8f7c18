/// A word of a text, as the index keeps it.
///
/// The pointers are valid for the call alone that the token is given to.
public struct Token {
    /// The word without case, accents and width: what an exact match compares. At most `Analyzer.longestWord` bytes of UTF-8.
    public let exact: UnsafeBufferPointer<UInt8>
    /// The place of the word in the text, from 0. Other ways to write the word at the same place (`covid19` beside `covid` of
    /// "Covid-19") have the same position and come right after it.
    public let position: UInt32
    /// Where the word stands in the text, in bytes of UTF-8.
    public let range: Range<Int>

    /// What the stem is made of: the word in lower case with its accents; empty where there is none.
    let lower: UnsafeBufferPointer<UInt8>
    /// Lends the stemmer. It is alive during the call that the token is given to, and nothing else refers to it then.
    let scratch: Unmanaged<AnalysisScratch>

    /// The word's stem, folded as well; nil where it is the same as `exact`, or the language has no stemmer. It is looked up when
    /// asked for, and valid until the next token's is: whoever keeps words asks once for each different one.
    @inline(__always)
    public var stem: UnsafeBufferPointer<UInt8>? {
        lower.isEmpty ? nil : scratch._withUnsafeGuaranteedRef { $0.stems?.stem(lower, exact: exact) }
    }
}
