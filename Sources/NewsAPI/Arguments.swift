import HTTPWire
import News

/// The query of a request, held against the parameters that its operation has.
///
/// A parameter that is unknown, a bad value, or a single-valued one given twice is an error that names it.
struct Arguments: Sendable {
    let items: [(name: String, value: String)]

    init(_ call: Call, _ parameters: [Parameter]) throws(Problem) {
        guard let query = call.request.queryBytes, !query.isEmpty else {
            items = []
            return
        }
        do throws(QueryItems.Failure) {
            items = Array(try QueryItems(parsing: query))
        } catch {
            let detail =
                switch error {
                case .badEscape(let item): "Item \(item + 1) of the query has a \"%\" without two hexadecimal digits."
                case .badUTF8(let item): "Item \(item + 1) of the query is not UTF-8."
                case .tooMany(let limit): "A query has at most \(limit) items."
                }
            throw Problem(.invalidParameter, detail)
        }
        var seen: Set<String> = []
        for (name, _) in items {
            guard let parameter = parameters.first(where: { $0.name == name }) else {
                let known = parameters.map(\.name).joined(separator: ", ")
                throw .parameter(
                    name, "unknown-parameter", "There is no parameter \"\(name)\" here\(known.isEmpty ? "." : ", but \(known).")")
            }
            if !seen.insert(name).inserted, !parameter.repeats {
                throw .parameter(name, "repeated-parameter", "\"\(name)\" is given twice.")
            }
        }
    }

    subscript(name: String) -> String? { items.first { $0.name == name }?.value }

    func values(_ name: String) -> [String] { items.filter { $0.name == name }.map(\.value) }

    func integer(_ name: String, _ range: ClosedRange<Int>, default standard: Int) throws(Problem) -> Int {
        guard let text = self[name] else { return standard }
        guard let value = Int(text), range.contains(value), text.first != "+" else {
            throw .parameter(name, "bad-parameter", "\"\(name)\" is a whole number from \(range.lowerBound) to \(range.upperBound).")
        }
        return value
    }

    func choice<Choice: RawRepresentable<String> & CaseIterable>(_ name: String) throws(Problem) -> Choice? {
        guard let text = self[name] else { return nil }
        guard let choice = Choice(rawValue: text) else {
            throw .parameter(name, "bad-parameter", "\"\(name)\" is one of \(Choice.allCases.map(\.rawValue).joined(separator: ", ")).")
        }
        return choice
    }

    func flag(_ name: String) throws(Problem) -> Bool {
        switch self[name] {
        case nil, "false": false
        case "true": true
        default: throw .parameter(name, "bad-parameter", "\"\(name)\" is true or false.")
        }
    }

    /// How far local time is ahead of UTC, in minutes.
    func zone() throws(Problem) -> Int {
        guard let text = self["zone"], text != "Z" else { return 0 }
        // A plus sign that was not escaped is a blank in a query.
        let bytes = Array(text.utf8)
        let digits = bytes.indices.filter { ![0, 3].contains($0) }.map { Int(bytes[$0]) - 0x30 }
        guard bytes.count == 6, [0x20, 0x2B, 0x2D].contains(bytes[0]), bytes[3] == UInt8(ascii: ":"),
            digits.allSatisfy({ 0...9 ~= $0 }), digits[0] * 10 + digits[1] < 24, digits[2] < 6
        else { throw .parameter("zone", "bad-parameter", "\"zone\" is Z or like +02:00, from -23:59 to +23:59.") }
        return (digits[0] * 600 + digits[1] * 60 + digits[2] * 10 + digits[3]) * (bytes[0] == 0x2D ? -1 : 1)
    }

    /// A date, an instant, `now`, or a span before now: `-3d`, with h, d, w, m (30 days) or y (365 days).
    /// The end of a range is not part of it, except that a date, a month or a year means the whole of it.
    func time(_ name: String, isEnd: Bool, now: Instant) throws(Problem) -> Instant? {
        guard let text = self[name] else { return nil }
        if text == "now" { return now }
        if text.first == "-", let unit = text.last, text.dropFirst().first?.isNumber == true,
            let count = Int64(text.dropFirst().dropLast()), count <= 100_000,
            let hours = ["h": 1, "d": 24, "w": 168, "m": 720, "y": 8_760][unit]
        {
            return Instant(milliseconds: now.milliseconds - count * Int64(hours) * 3_600_000)
        }
        guard let date = EventDate(text) else {
            throw .parameter(
                name, "bad-date", "\"\(name)\" is a date like 2023-11-20, a time like 2023-11-20T10:00:00Z, now, or a span before like -3d."
            )
        }
        return isEnd && date.precision != .time ? date.end : date.earliest
    }

    /// The values of a filter: each one any of those between commas, or, after a hyphen, none of them.
    func filters(_ name: String) throws(Problem) -> [(values: [String], isNegated: Bool)] {
        var filters: [(values: [String], isNegated: Bool)] = []
        for text in values(name) {
            let isNegated = text.first == "-"
            let values = text.dropFirst(isNegated ? 1 : 0).split(separator: ",").map(String.init)
            guard !values.isEmpty else { throw .parameter(name, "bad-parameter", "\"\(name)\" is empty.") }
            filters.append((values, isNegated))
        }
        return filters
    }

    /// The query with other values for some parameters, for a link.
    func query(replacing replacements: [(name: String, value: String?)]) -> String {
        let kept = items.filter { item in !replacements.contains { $0.name == item.name } }
        let added = replacements.compactMap { name, value in value.map { (name: name, value: $0) } }
        return (kept + added).map { "\($0.name)=\(PercentEncoding.encode($0.value))" }.joined(separator: "&")
    }
}
