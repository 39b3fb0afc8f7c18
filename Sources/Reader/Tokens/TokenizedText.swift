import News

/// A text cut into tokens and sentences. The text is kept once, as UTF-8; everything else is ranges into it.
public struct TokenizedText: Sendable {
    /// The text in UTF-8.
    public let bytes: [UInt8]
    /// Its words and marks, in order. Blank space is in none of them.
    public let tokens: [Token]
    /// Its sentences as ranges of tokens: none is empty, and each token is in one.
    public let sentences: [Range<Int>]
    /// The number of the sentence that each token is in.
    let sentenceOfToken: [UInt32]

    /// Whether tags stand in it.
    private let isHTML: Bool

    /// Cuts a text; of HTML, what a reader sees of it. Time and memory grow with its length alone. Of more than 2^31 bytes nothing is cut.
    public init(_ text: String, isHTML: Bool = false) {
        self.isHTML = isHTML
        bytes = Array(text.utf8)
        var tokenizer = Tokenizer(bytes, isHTML: isHTML)
        tokens = tokenizer.run()
        sentences = SentenceSplitter(bytes: bytes, tokens: tokens).run()
        var numbers: [UInt32] = []
        numbers.reserveCapacity(tokens.count)
        for (number, sentence) in sentences.enumerated() {
            numbers.append(contentsOf: repeatElement(UInt32(number), count: sentence.count))
        }
        sentenceOfToken = numbers
    }

    /// The number of the sentence that a token is in.
    public func sentence(of token: Int) -> Int { Int(sentenceOfToken[token]) }

    /// The text of a token as it is written; a character reference as what it stands for.
    public func text(of token: Int) -> String {
        let found = bytes[tokens[token].bytes]
        if isHTML, found.count > 2, let reference = Markup.reference(in: found) { return String(reference.scalar) }
        return String(decoding: found, as: UTF8.self)
    }

    /// The text from the first of some tokens to the end of the last, with what stands between them; of HTML without the tags.
    public func text(of range: Range<Int>) -> String {
        guard let first = range.first, let last = range.last else { return "" }
        if isHTML {
            return range.reduce(into: "") { text, token in
                if token > first, tokens[token].traits.contains(.spaceBefore) { text += " " }
                text += self.text(of: token)
            }
        }
        return String(decoding: bytes[Int(tokens[first].start)..<Int(tokens[last].end)], as: UTF8.self)
    }

    /// Where some tokens stand, counted in scalars. There must be one at least.
    public func span(of range: Range<Int>, in field: TextSpan.Field) -> TextSpan {
        let first = Int(tokens[range.lowerBound].scalarStart)
        return TextSpan(field: field, offset: first, length: Int(tokens[range.upperBound - 1].scalarEnd) - first)
    }

    /// Whether a token is this one ASCII character.
    func isMark(_ token: Int, _ mark: Unicode.Scalar) -> Bool {
        guard token >= 0, token < tokens.count else { return false }
        let token = tokens[token]
        return token.end - token.start == 1 && bytes[Int(token.start)] == UInt8(ascii: mark)
    }

    /// The first scalar of a token.
    func leadingScalar(of token: Int) -> Unicode.Scalar { firstScalar(in: bytes, tokens[token]) }
}
