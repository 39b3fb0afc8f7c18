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

    /// Cuts a text. Time and memory grow with its length alone. Of more than 2^31 bytes nothing is cut.
    public init(_ text: String) {
        bytes = Array(text.utf8)
        var tokenizer = Tokenizer(bytes)
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

    /// The text of a token as it is written.
    public func text(of token: Int) -> String { String(decoding: bytes[tokens[token].bytes], as: UTF8.self) }

    /// The text from the first of some tokens to the end of the last, with what stands between them.
    public func text(of range: Range<Int>) -> String {
        guard let first = range.first, let last = range.last else { return "" }
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
    func firstScalar(of token: Int) -> Unicode.Scalar { scalar(in: bytes, at: Int(tokens[token].start))?.scalar ?? "\u{FFFD}" }
}
