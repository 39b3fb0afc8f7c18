/// Reads HTML as the text that a person sees, scalar for scalar: what is no text becomes blank, so that every place in the one is the same
/// place in the other. It is no parser: whatever begins like a tag ends with the next `>`.
enum Markup {
    /// The text of a piece of HTML, as many scalars long.
    static func text(_ html: String) -> String {
        var text = String.UnicodeScalarView()
        let scalars = html.unicodeScalars
        var index = scalars.startIndex
        /// The element that is passed over up to its end.
        var hidden: Substring?
        while index < scalars.endIndex {
            let scalar = scalars[index]
            if scalar == "<", let tag = tag(html, at: index) {
                let isEnd = tag.name.hasPrefix("/")
                let name = isEnd ? tag.name.dropFirst() : tag.name
                if let element = hidden {
                    if isEnd, name == element { hidden = nil }
                } else if !isEnd, name == "script" || name == "style" {
                    hidden = name
                }
                append(blank: scalars[index..<tag.end].count, after: blocks.contains(name) ? "\n\n" : "", to: &text)
                index = tag.end
                continue
            }
            if scalar == "&", let reference = reference(html, at: index) {
                append(blank: scalars[index..<reference.end].count, after: hidden == nil ? reference.text : "", to: &text)
                index = reference.end
                continue
            }
            text.append(hidden == nil ? scalar : " ")
            index = scalars.index(after: index)
        }
        return String(text)
    }

    private static let blocks: Set<Substring> = [
        "p", "br", "div", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "tr", "td", "th", "table", "blockquote", "section",
        "article",
        "figure", "figcaption", "header", "footer", "hr", "pre", "dt", "dd",
    ]

    /// What the references that news uses stand for.
    private static let references: [Substring: String] = [
        "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "nbsp": " ", "lsquo": "‘", "rsquo": "’", "ldquo": "“", "rdquo": "”",
        "ndash": "–", "mdash": "—", "hellip": "…", "laquo": "«", "raquo": "»", "#39": "'", "#34": "\"", "#38": "&", "#160": " ",
        "#8211": "–", "#8212": "—", "#8216": "‘", "#8217": "’", "#8220": "“", "#8221": "”", "#8230": "…",
    ]

    private static func append(blank count: Int, after text: String, to output: inout String.UnicodeScalarView) {
        output.append(contentsOf: text.unicodeScalars)
        output.append(contentsOf: repeatElement(" ", count: count - text.unicodeScalars.count))
    }

    /// The tag that begins here, in small letters, and where it ends; nil if none does.
    private static func tag(_ html: String, at start: String.Index) -> (name: Substring, end: String.Index)? {
        let scalars = html.unicodeScalars
        let nameStart = scalars.index(after: start)
        guard nameStart < scalars.endIndex, scalars[nameStart].properties.isAlphabetic || "/!?".unicodeScalars.contains(scalars[nameStart])
        else { return nil }
        var index = nameStart
        var nameEnd: String.Index?
        while index < scalars.endIndex, scalars[index] != ">" {
            let isName = scalars[index].properties.isAlphabetic || scalars[index].properties.numericType != nil || scalars[index] == "/"
            if nameEnd == nil, !isName { nameEnd = index }
            index = scalars.index(after: index)
        }
        let name = html[nameStart..<(nameEnd ?? index)].prefix(16).lowercased()
        let end = index < scalars.endIndex ? scalars.index(after: index) : index
        let isSelfClosed = name.hasSuffix("/") && name.count > 1
        return (isSelfClosed ? name.dropLast() : name[...], end)
    }

    /// What a reference to a character stands for, and where it ends; nil if it isn't known.
    private static func reference(_ html: String, at start: String.Index) -> (text: String, end: String.Index)? {
        let scalars = html.unicodeScalars
        let nameStart = scalars.index(after: start)
        var index = nameStart
        var count = 0
        while index < scalars.endIndex, count < 8, scalars[index] != ";" {
            index = scalars.index(after: index)
            count += 1
        }
        guard index < scalars.endIndex, scalars[index] == ";", let text = references[html[nameStart..<index]] else { return nil }
        return (text, scalars.index(after: index))
    }
}
