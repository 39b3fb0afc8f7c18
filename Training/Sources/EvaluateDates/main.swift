import Foundation
import News
import Reader

// Measures the dates of articles against dates that people gave them: JSON from the standard input, an array of
// {"doc", "published", "text", "dates": [{"start", "end", "when" | "from", "to" | "notBefore", "notAfter"}]}, offsets in scalars.
//
// An expression is right if one is found that overlaps it and means the same days: the days of "when" from the first to the last, or the
// given bounds as precisely as they are given. With --show, what is wrong and what was found beside is shown.

struct Gold: Decodable {
    var start: Int
    var end: Int
    var when: String?
    var from: String?
    var to: String?
    var notBefore: String?
    var notAfter: String?

    /// The bounds that are given, each as precisely as it is.
    var bounds: (first: String?, last: String?) { (from ?? notBefore, to ?? notAfter) }
}

struct Document: Decodable {
    var doc: String
    var published: String
    var text: String
    var dates: [Gold]
}

func text(_ day: CalendarDay?) -> String {
    day.map { String(Instant(milliseconds: $0.days * 86_400_000).description.prefix(10)) } ?? "?"
}

func isRight(_ found: FoundDate, _ gold: Gold) -> Bool {
    if let when = gold.when.flatMap({ EventDate(String($0.prefix(10))) }) {
        return found.first?.days == when.earliest.day && found.last?.days == when.end.day - 1
    }
    let (first, last) = gold.bounds
    return (first.map { text(found.first).hasPrefix($0.prefix(10)) } ?? true)
        && (last.map { text(found.last).hasPrefix($0.prefix(10)) } ?? true)
}

let shows = CommandLine.arguments.contains("--show")
let documents = try JSONDecoder().decode([Document].self, from: FileHandle.standardInput.readDataToEndOfFile())
var (right, overlapping, total, beside) = (0, 0, 0, 0)
for document in documents {
    guard let published = Instant(document.published) else { continue }
    let cut = TokenizedText(document.text)
    let found = DateReader(published: published).dated(by: cut).dates(in: cut)
    func overlaps(_ date: FoundDate, _ gold: Gold) -> Bool {
        date.span.offset < gold.end && gold.start < date.span.offset + date.span.length
    }
    for gold in document.dates {
        total += 1
        let near = found.filter { overlaps($0, gold) }
        overlapping += near.isEmpty ? 0 : 1
        if near.contains(where: { isRight($0, gold) }) {
            right += 1
        } else if shows {
            let scalars = Array(document.text.unicodeScalars)[gold.start..<min(gold.end, document.text.unicodeScalars.count)]
            let words = String(String.UnicodeScalarView(scalars))
            let wanted = gold.when ?? "\(gold.bounds.first ?? "")–\(gold.bounds.last ?? "")"
            print("\(document.doc): \(words) = \(wanted), found \(near.map { "\($0.value) \(text($0.first))–\(text($0.last))" })")
        }
    }
    for date in found where date.precision != nil && !document.dates.contains(where: { overlaps(date, $0) }) {
        beside += 1
        if shows { print("\(document.doc): beside \(cut.text(of: date.tokens)) = \(date.value)") }
    }
}
func share(_ part: Int, _ total: Int) -> String { total == 0 ? "-" : String(format: "%.1f %%", 100 * Double(part) / Double(total)) }
print(
    "dates: \(total) expressions, \(right) resolved exactly (\(share(right, total))), \(overlapping) found (\(share(overlapping, total))), \(beside) found beside"
)
