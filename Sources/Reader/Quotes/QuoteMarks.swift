/// Where quoted words begin and end, as ranges of tokens without their marks.
struct QuoteMarks {
    /// Quoted words, and whether the mark that closes them is there: a speech of several paragraphs has it once, at its end.
    struct Span {
        var inner: Range<Int>
        var isClosed: Bool
    }

    private enum Style { case double, straight, guillemet, low, single, straightSingle, corner }

    private let text: TokenizedText
    private var spans: [Span] = []

    static func spans(in text: TokenizedText) -> [Span] {
        var marks = QuoteMarks(text: text)
        marks.run()
        return marks.spans
    }

    private init(text: TokenizedText) { self.text = text }

    private mutating func run() {
        var start = 0
        for sentence in text.sentences {
            let first = text.tokens[sentence.lowerBound]
            if first.traits.contains(.lineBefore), sentence.lowerBound > start {
                paragraph(Range(from: start, to: sentence.lowerBound))
                start = sentence.lowerBound
            }
        }
        if start < text.tokens.count { paragraph(start..<text.tokens.count) }
    }

    /// A mark that is open, the marks of the same style within it, and where one of them closed last.
    private struct Open {
        var style: Style
        var token: Int
        var depth = 1
        var lastClose: Int?
    }

    private mutating func paragraph(_ range: Range<Int>) {
        var open: Open?
        var lastSingle: Int?
        for index in range where text.tokens[index].kind == .punctuation {
            guard let mark = mark(index) else { continue }
            if var current = open {
                if let style = mark.opens, style == current.style, style == .double || style == .guillemet || style == .low {
                    current.depth += 1
                    open = current
                } else if mark.closes(current.style) {
                    current.depth -= 1
                    current.lastClose = index
                    let isDone: Bool
                    switch current.style {
                    case .single, .straightSingle: isDone = closesSingle(index, in: range)
                    default: isDone = current.depth == 0
                    }
                    if isDone {
                        add(current.token + 1..<index, isClosed: true)
                        open = nil
                    } else {
                        if current.style == .single || current.style == .straightSingle {
                            current.depth = 1
                            lastSingle = index
                        }
                        open = current
                    }
                }
            } else if let style = mark.opens {
                open = Open(style: style, token: index)
                lastSingle = nil
            }
        }
        guard let open else { return }
        switch open.style {
        case .single, .straightSingle:
            // Only a mark that may be an apostrophe too could have closed it.
            if let lastSingle, lastSingle - open.token < 60 { add(Range(from: open.token + 1, to: lastSingle), isClosed: true) }
        default:
            if let close = open.lastClose {
                add(Range(from: open.token + 1, to: close), isClosed: true)
            } else if open.token == range.lowerBound || open.token > range.lowerBound && text.isMark(open.token - 1, ":") {
                add(Range(from: open.token + 1, to: range.upperBound), isClosed: false)
            }
        }
    }

    private mutating func add(_ inner: Range<Int>, isClosed: Bool) {
        var inner = inner
        // The comma before "he said" is not what was said.
        while let last = inner.last, text.isMark(last, ",") { inner = inner.lowerBound..<last }
        guard inner.contains(where: { text.tokens[$0].kind != .punctuation }) else { return }
        spans.append(Span(inner: inner, isClosed: isClosed))
    }

    private struct Mark {
        var opens: Style?
        var closing: (Style?, Style?)

        func closes(_ style: Style) -> Bool { closing.0 == style || closing.1 == style }
    }

    private func mark(_ index: Int) -> Mark? {
        switch text.leadingScalar(of: index) {
        case "\u{201C}": return Mark(opens: .double, closing: (.low, nil))
        case "\u{201E}": return Mark(opens: .low, closing: (nil, nil))
        case "\u{201D}": return Mark(opens: nil, closing: (.double, .low))
        case "\u{AB}": return Mark(opens: .guillemet, closing: (nil, nil))
        case "\u{BB}": return Mark(opens: nil, closing: (.guillemet, nil))
        case "\u{300C}": return Mark(opens: .corner, closing: (nil, nil))
        case "\u{300D}": return Mark(opens: nil, closing: (.corner, nil))
        case "\"": return Mark(opens: .straight, closing: (.straight, nil))
        case "\u{2018}": return Mark(opens: opensSingle(index) ? .single : nil, closing: (nil, nil))
        case "\u{2019}": return Mark(opens: nil, closing: (.single, nil))
        case "'": return Mark(opens: opensSingle(index) ? .straightSingle : nil, closing: (.straightSingle, nil))
        default: return nil
        }
    }

    /// A single mark opens where blank space or another mark stands before it and a word follows at once that is no year.
    private func opensSingle(_ index: Int) -> Bool {
        guard index + 1 < text.tokens.count else { return false }
        let next = text.tokens[index + 1]
        let isFirst = text.tokens[index].traits.contains(.spaceBefore) || index > 0 && text.tokens[index - 1].kind == .punctuation
        return isFirst && !next.traits.contains(.spaceBefore) && next.kind == .word && !next.traits.contains(.digit)
            && !Self.clipped.contains(next.key)
    }

    private static let clipped = Set(["n", "em", "til", "cause", "tis", "twas", "round"].map { WordKey($0) })

    /// Whether a single mark closes rather than stands for a letter: not after a word in s that goes on.
    private func closesSingle(_ index: Int, in range: Range<Int>) -> Bool {
        guard index > range.lowerBound else { return false }
        let previous = text.tokens[index - 1]
        if previous.kind == .punctuation { return true }
        guard index + 1 < range.upperBound else { return true }
        let next = text.tokens[index + 1]
        if next.kind == .punctuation { return true }
        guard next.traits.contains(.spaceBefore) else { return false }
        return text.bytes[Int(previous.end) - 1] | 0x20 != UInt8(ascii: "s")
    }
}
