import News

extension Index {
    /// The terms of the times that articles name and that lie wholly between two days, which belong to it.
    public func terms(mentioning days: ClosedRange<Int64>) -> [Term] {
        // Within the years that a calendar has.
        let (least, most) = (Instant.first.day, Instant.last.day)
        let first = CalendarDay(days: min(max(days.lowerBound, least), most)).description
        let last = CalendarDay(days: min(max(days.upperBound, least), most)).description
        let shared = zip(first, last).prefix { $0 == $1 }.map(\.0)
        let prefix = Term(.mentioned, String(shared)).bytes
        var terms: Set<[UInt8]> = []
        for segment in segments {
            for place in segment.dictionary.places(withPrefix: prefix) { terms.insert(segment.dictionary.bytes(place)) }
        }
        // A tag, ten digits and hyphens, a slash, and ten again.
        return terms.sorted { $0.lexicographicallyPrecedes($1) }.map { String(decoding: $0.dropFirst(), as: UTF8.self) }
            .filter { first <= $0.prefix(10) && $0.suffix(10) <= last }.map { Term(.mentioned, $0) }
    }
}
