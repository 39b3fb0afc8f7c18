/// Finds where sentences end: at a stop that no abbreviation owns, after the quotes and brackets that close with it, and between
/// paragraphs.
struct SentenceSplitter {
    private let bytes: [UInt8]
    private let tokens: [Token]
    /// Whether lines are as long as a page is wide, so that a single new line says nothing.
    private let isWrapped: Bool

    init(bytes: [UInt8], tokens: [Token]) {
        self.bytes = bytes
        self.tokens = tokens
        isWrapped = Self.isWrapped(tokens)
    }

    func run() -> [Range<Int>] {
        var sentences: [Range<Int>] = []
        sentences.reserveCapacity(tokens.count / 20 + 1)
        var start = 0
        var index = 0
        while index < tokens.count {
            let (next, isEnd) = look(at: index)
            if isEnd {
                sentences.append(start..<next)
                start = next
            }
            index = next
        }
        if start < tokens.count { sentences.append(start..<tokens.count) }
        return sentences
    }

    /// The token to look at next, and whether a sentence ends before it: with this token, or with the closing marks after it.
    private func look(at index: Int) -> (next: Int, isEnd: Bool) {
        let next = index + 1
        guard next < tokens.count else { return (next, false) }
        if startsParagraph(next) { return (next, true) }
        guard tokens[index].kind == .punctuation else {
            let end = endAfterAbbreviation(index)
            return (end ?? next, end != nil)
        }
        guard isTerminator(index) else { return (next, false) }
        var end = next
        while end < tokens.count, !startsParagraph(end), isTerminator(end) || closes(end) { end += 1 }
        guard end < tokens.count else { return (end, false) }
        return (end, startsParagraph(end) || isWide(index) || tokens[end].traits.contains(.spaceBefore) && begins(end))
    }

    /// Where the next sentence begins if the stop of an abbreviation ends one.
    private func endAfterAbbreviation(_ index: Int) -> Int? {
        let next = index + 1
        let token = tokens[index]
        guard token.traits.contains(.abbreviation), tokens[next].isCapital || tokens[next].kind == .punctuation else { return nil }
        var end = next
        while end < tokens.count, end < next + 3, closes(end) { end += 1 }
        var word = end
        while word < tokens.count, word < end + 2, tokens[word].kind == .punctuation, opens(word) { word += 1 }
        guard word < tokens.count, tokens[word].isCapital, Abbreviation.starters.contains(tokens[word].key) else { return nil }
        if let entry = Abbreviation.table[keyWithoutStop(token)], case .prefix = entry.kind { return nil }
        return end
    }

    /// Whether blank lines, or the end of a line that was meant as one, stand before a token.
    private func startsParagraph(_ index: Int) -> Bool {
        let traits = tokens[index].traits
        if traits.contains(.paragraphBefore) { return true }
        guard traits.contains(.lineBefore), index > 0 else { return false }
        if isTerminator(index - 1) { return !isWrapped || begins(index) }
        return !isWrapped && (tokens[index].isCapital || !tokens[index].traits.contains(.lowercase))
    }

    /// Lines that are cut at the width of a page: many of them, none too long, few that are short.
    private static func isWrapped(_ tokens: [Token]) -> Bool {
        var lines = 0
        var wide = 0
        var lineStart = tokens.first?.scalarStart ?? 0
        var previousEnd = tokens.first?.scalarEnd ?? 0
        for token in tokens.dropFirst() {
            if token.traits.contains(.lineBefore), !token.traits.contains(.paragraphBefore) {
                let width = previousEnd - lineStart
                if width > 90 { return false }
                lines += 1
                if width >= 50 { wide += 1 }
            }
            if token.traits.contains(.lineBefore) { lineStart = token.scalarStart }
            previousEnd = token.scalarEnd
        }
        return lines > 0 && wide * 4 >= lines * 3
    }

    private func keyWithoutStop(_ token: Token) -> WordKey {
        WordKey(String(decoding: bytes[Int(token.start)..<Int(token.end) - 1], as: UTF8.self))
    }

    private func first(_ index: Int) -> Unicode.Scalar { firstScalar(in: bytes, tokens[index]) }

    private func isTerminator(_ index: Int) -> Bool {
        guard tokens[index].kind == .punctuation else { return false }
        switch first(index) {
        case ".", "!", "?", "\u{2026}", "\u{203C}", "\u{203D}", "\u{2047}"..."\u{2049}": return true
        default: return isWide(index)
        }
    }

    /// Stops of scripts that put no space after them or know no capitals.
    private func isWide(_ index: Int) -> Bool {
        switch first(index) {
        case "\u{3002}", "\u{FF01}", "\u{FF1F}", "\u{FF0E}", "\u{61F}", "\u{6D4}", "\u{964}", "\u{965}", "\u{1362}": true
        default: false
        }
    }

    /// Whether a mark closes something. A straight quote does where no space stands before it.
    private func closes(_ index: Int) -> Bool {
        guard tokens[index].kind == .punctuation else { return false }
        switch first(index) {
        case "\"", "'", "\u{201C}": return !tokens[index].traits.contains(.spaceBefore)
        case "\u{201D}", "\u{2019}", "\u{BB}", "\u{203A}", ")", "]", "}", "\u{300D}", "\u{300F}": return true
        default: return false
        }
    }

    private func opens(_ index: Int) -> Bool {
        switch first(index) {
        case "\"", "'", "\u{201C}", "\u{2018}", "\u{201E}", "\u{AB}", "\u{2039}", "(", "[", "-", "\u{2013}", "\u{2014}": true
        default: false
        }
    }

    /// Whether a sentence can begin with this token: not in lower case, after what opens it.
    private func begins(_ index: Int) -> Bool {
        var index = index
        while index < tokens.count, tokens[index].kind == .punctuation, opens(index) {
            index += 1
            guard index < tokens.count, tokens[index].kind == .punctuation else { break }
        }
        guard index < tokens.count else { return true }
        let token = tokens[index]
        switch token.kind {
        case .word: return token.isCapital || !token.traits.contains(.lowercase) || token.traits.contains(.digit) || isCaseless(index)
        case .number, .symbol: return true
        case .punctuation: return false
        }
    }

    private func isCaseless(_ index: Int) -> Bool {
        let scalar = first(index)
        return scalar.value >= 0x80 && !scalar.properties.isLowercase
    }
}
