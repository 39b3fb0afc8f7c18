/// Cuts a query into its signs and words. Places are Unicode scalars from its start.
struct QueryScanner {
    let scalars: [Unicode.Scalar]
    private(set) var at = 0

    init(_ text: String) { scalars = Array(text.unicodeScalars) }

    var isAtEnd: Bool { at >= scalars.count }
    var next: Unicode.Scalar? { at < scalars.count ? scalars[at] : nil }

    subscript(place: Int) -> Unicode.Scalar? { scalars.indices.contains(place) ? scalars[place] : nil }

    mutating func skipBlanks() {
        while let scalar = next, QueryScanner.isBlank(scalar) { at += 1 }
    }

    /// Takes a sign if it stands here.
    mutating func take(_ sign: Unicode.Scalar) -> Bool {
        guard next == sign else { return false }
        at += 1
        return true
    }

    /// What ends before a blank, a parenthesis or a quote, without taking it.
    func peekWord() -> ArraySlice<Unicode.Scalar> {
        var end = at
        while end < scalars.count, !QueryScanner.endsWord(scalars[end]) { end += 1 }
        return scalars[at..<end]
    }

    /// Moves on by so many scalars.
    mutating func skip(_ count: Int) { at = min(scalars.count, at + count) }

    /// What stands between the quote that is here and the next closing one; nil, and nothing taken, if there is none.
    mutating func takeQuoted() -> ArraySlice<Unicode.Scalar>? {
        guard let close = scalars[(at + 1)...].firstIndex(where: QueryScanner.isClosingQuote) else { return nil }
        defer { at = close + 1 }
        return scalars[at + 1..<close]
    }

    static func isBlank(_ scalar: Unicode.Scalar) -> Bool { scalar.properties.isWhitespace || scalar.value < 0x20 }
    static func isQuote(_ scalar: Unicode.Scalar) -> Bool { scalar == "\"" || "\u{201C}"..."\u{201E}" ~= scalar || scalar == "\u{AB}" }
    static func isClosingQuote(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "\"" || "\u{201C}"..."\u{201D}" ~= scalar || scalar == "\u{BB}"
    }
    static func endsWord(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "(" || scalar == ")" || isBlank(scalar) || isQuote(scalar) || isClosingQuote(scalar)
    }

    static func text(_ scalars: some Collection<Unicode.Scalar>) -> String { String(String.UnicodeScalarView(scalars)) }
}
