/// A word of a text, as the index keeps it.
///
/// The pointers are valid for the call alone that the token is given to.
public struct Token {
    /// The word without case, accents and width: what an exact match compares. At most `Analyzer.longestWord` bytes of UTF-8.
    public let exact: UnsafeBufferPointer<UInt8>
    /// The word's stem, folded as well; nil where it is the same as `exact`, or the language has no stemmer.
    public let stem: UnsafeBufferPointer<UInt8>?
    /// The place of the word in the text, from 0. Other ways to write the word at the same place (`covid19` beside `covid` of
    /// "Covid-19") have the same position and come right after it.
    public let position: UInt32
    /// Where the word stands in the text, in bytes of UTF-8.
    public let range: Range<Int>
}
