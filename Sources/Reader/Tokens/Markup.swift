/// What the cutting of HTML needs to know of it: where tags end, which of them break lines, and what character references stand for
/// (HTML Living Standard §13.1.2, §13.5). Broken markup is text.
struct Markup {
    /// What was looked for and is nowhere further on, so that it isn't looked for again.
    private var absent: Set<[UInt8]> = []

    /// What a tag does to the text around it.
    enum Break { case none, line, paragraph }

    /// The end of the tag, comment or declaration that begins at a `<`, and what it does; nil if none does. The contents of scripts and
    /// styles belong to their tags.
    mutating func tag(in bytes: [UInt8], at start: Int) -> (end: Int, effect: Break)? {
        let next = start + 1
        guard next < bytes.count else { return nil }
        if bytes[next] == UInt8(ascii: "!") || bytes[next] == UInt8(ascii: "?") {
            let isComment = bytes[next...].starts(with: "!--".utf8)
            return find(isComment ? Array("-->".utf8) : [UInt8(ascii: ">")], in: bytes, from: next).map { ($0, .none) }
        }
        let isEnd = bytes[next] == UInt8(ascii: "/")
        var index = isEnd ? next + 1 : next
        let nameStart = index
        while index < bytes.count, index - nameStart < 12, Self.isNameByte(bytes[index]) { index += 1 }
        guard index > nameStart, Self.isLetter(bytes[nameStart]) else { return nil }
        let name = String(decoding: bytes[nameStart..<index], as: UTF8.self).lowercased()
        guard let end = find([UInt8(ascii: ">")], in: bytes, from: index) else { return nil }
        if !isEnd, name == "script" || name == "style", let close = find(Array("</\(name)".utf8), in: bytes, from: end) {
            return (find([UInt8(ascii: ">")], in: bytes, from: close) ?? bytes.count, .paragraph)
        }
        return (end, name == "br" ? .line : Self.blocks.contains(name) ? .paragraph : .none)
    }

    private static let blocks: Set<String> = [
        "p", "div", "li", "ul", "ol", "dl", "dt", "dd", "h1", "h2", "h3", "h4", "h5", "h6", "table", "tr", "td", "th", "blockquote",
        "section",
        "article", "header", "footer", "aside", "main", "nav", "figure", "figcaption", "hr", "pre", "title", "head", "body", "html",
        "script",
        "style",
    ]

    private static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 }
    private static func isNameByte(_ byte: UInt8) -> Bool { isLetter(byte) || byte &- 0x30 < 10 }

    /// The end of the first such pattern from here on. Starts only grow.
    private mutating func find(_ pattern: [UInt8], in bytes: [UInt8], from start: Int) -> Int? {
        guard let first = pattern.first, !absent.contains(pattern) else { return nil }
        var index = start
        while index + pattern.count <= bytes.count {
            if bytes[index] == first, zip(bytes[index...], pattern).allSatisfy({ $0 == $1 || Self.isLetter($1) && $0 | 0x20 == $1 }) {
                return index + pattern.count
            }
            index += 1
        }
        absent.insert(pattern)
        return nil
    }

    /// The end of the character reference that begins at a `&`, and the scalar that it stands for; nil if none does.
    static func reference(in bytes: some RandomAccessCollection<UInt8>) -> (width: Int, scalar: Unicode.Scalar)? {
        guard bytes.first == UInt8(ascii: "&"), let end = bytes.prefix(12).firstIndex(of: UInt8(ascii: ";")) else { return nil }
        let name = String(decoding: bytes[bytes.index(after: bytes.startIndex)..<end], as: UTF8.self)
        let width = bytes.distance(from: bytes.startIndex, to: end) + 1
        if let scalar = named[name] { return (width, scalar) }
        guard name.hasPrefix("#") else { return nil }
        let digits = name.dropFirst()
        let value = digits.first == "x" || digits.first == "X" ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
        return value.flatMap(Unicode.Scalar.init).map { (width, $0) }
    }

    private static let named: [String: Unicode.Scalar] = [
        "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "nbsp": "\u{A0}", "ensp": "\u{2002}", "emsp": "\u{2003}",
        "thinsp": "\u{2009}", "shy": "\u{AD}", "ldquo": "“", "rdquo": "”", "lsquo": "‘", "rsquo": "’", "bdquo": "„", "sbquo": "‚",
        "laquo": "«",
        "raquo": "»", "ndash": "–", "mdash": "—", "hellip": "…", "euro": "€", "pound": "£", "yen": "¥", "cent": "¢", "deg": "°",
        "copy": "©",
        "reg": "®", "trade": "™", "middot": "·", "bull": "•",
    ]
}
