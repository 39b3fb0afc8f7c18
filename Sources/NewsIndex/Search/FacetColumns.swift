import News

/// Which values of a field each document of a segment has, by their places in the dictionary; counting them is then adding
/// ones in a row of numbers.
struct FacetColumn: Sendable {
    /// The places of the field's values in the dictionary.
    let terms: Range<Int>
    private let values: Values

    private enum Values: Sendable {
        /// At most one for each document, counted from 1; 0 for none.
        case one(Column<UInt16>)
        /// Where the values of each document end, and the values, counted from 0.
        case many(ends: Column<UInt32>, Column<UInt32>)
    }

    init(_ segment: Segment, _ field: Term.Field) {
        let terms = segment.dictionary.places(withPrefix: [field.rawValue])
        self.terms = terms
        var ends = [UInt32](repeating: 0, count: segment.count)
        // Freed at the end.
        let cursor = PostingCursor.make(segment)
        defer { PostingCursor.free(cursor) }
        for term in terms { cursor.pointee.forEachDocument(segment, term) { ends[Int($0)] += 1 } }
        if terms.count < 0xFFFF, ends.allSatisfy({ $0 <= 1 }) {
            var one = [UInt16](repeating: 0, count: segment.count)
            for term in terms { cursor.pointee.forEachDocument(segment, term) { one[Int($0)] = UInt16(term - terms.lowerBound + 1) } }
            values = .one(Column(one))
            return
        }
        var filled: UInt32 = 0
        for document in ends.indices { (ends[document], filled) = (filled, filled + ends[document]) }
        var many = [UInt32](repeating: 0, count: Int(filled))
        for term in terms {
            cursor.pointee.forEachDocument(segment, term) { document in
                many[Int(ends[Int(document)])] = UInt32(term - terms.lowerBound)
                ends[Int(document)] += 1
            }
        }
        values = .many(ends: Column(ends), Column(many))
    }

    /// The place of the document's value among those of the field, of the first if it has several; nil if it has none.
    func value(of document: Int) -> Int? {
        switch values {
        case .one(let column): return column.base[document] == 0 ? nil : Int(column.base[document]) - 1
        case .many(let ends, let values):
            let start = document == 0 ? 0 : Int(ends.base[document - 1])
            return start < Int(ends.base[document]) ? Int(values.base[start]) : nil
        }
    }

    /// How many numbers `count` needs: two for each value, of which the sum counts, and two for none.
    var room: Int { 2 * terms.count + 2 }

    /// How many documents have a value, by what `count` counted.
    @inline(__always)
    func sum(_ value: Int, _ counts: [UInt32]) -> Int { Int(counts[2 * value + 2]) + Int(counts[2 * value + 3]) }

    /// Counts the values of some documents. The documents are the caller's, for the call alone. Every other document counts beside the
    /// ones between, since neighbours often share a value, and to add to what was just added to is to wait.
    func count(_ documents: UnsafePointer<UInt32>, _ count: Int, into counts: inout [UInt32]) {
        counts.withUnsafeMutableBufferPointer { counts in
            guard let base = counts.baseAddress else { return }
            switch values {
            case .one(let column):
                let values = column.base
                for place in 0..<count { base[2 &* Int(values[Int(documents[place])]) &+ place & 1] &+= 1 }
            case .many(let ends, let values):
                for place in 0..<count {
                    let document = Int(documents[place])
                    for value in (document == 0 ? 0 : Int(ends[document - 1]))..<Int(ends[document]) {
                        base[2 &* Int(values[value]) &+ 2] &+= 1
                    }
                }
            }
        }
    }
}

extension PostingCursor {
    @inline(__always)
    fileprivate mutating func forEachDocument(_ segment: Segment, _ term: Int, _ body: (UInt32) -> Void) {
        open(segment, term: term)
        for block in 0..<blockCount { for place in 0..<load(block) { body(documents[place]) } }
    }
}

/// A value of a field with how many articles have it.
public struct FacetCount: Sendable, Equatable {
    /// The value, folded as it is compared.
    public let value: String
    /// How many articles have it.
    public let count: Int

    /// A value with its count.
    public init(value: String, count: Int) {
        self.value = value
        self.count = count
    }
}

/// How many articles answer a query, and how many of these have which values.
public struct Facets: Sendable {
    /// How many articles there are.
    public let total: Int
    /// For each field asked for its most frequent values, the first of the alphabet first among equals.
    public let counts: [[FacetCount]]
}

extension Index {
    /// Counts the values of fields over all articles that answer a query, exactly; of each field at most `limit` are told.
    /// Order, page and limit of the query do not matter, but for the state of the index that its position says.
    public func facets(_ query: ArticleQuery, _ fields: [Term.Field], limit: Int) throws(SearchError) -> Facets {
        let seen = min(query.position?.sequence ?? sequence, sequence)
        let plan = try SearchPlan(query, views.map(\.segment))
        var sums = fields.map { _ in FacetSum() }
        var columns: [FacetColumn] = []
        var counts: [[UInt32]] = []
        var open: Int?
        func close() {
            guard let segment = open.map({ plan.context.segments[$0] }) else { return }
            for field in fields.indices { sums[field].add(segment.dictionary, columns[field], counts[field]) }
        }
        let total = try plan.run(views, at: seen, TimeRange(query)) { (found) throws(SearchError) in
            if found.place != open {
                close()
                open = found.place
                columns = fields.map { plan.context.segments[found.place].facet($0) }
                counts = columns.map { [UInt32](repeating: 0, count: $0.room) }
            }
            for field in fields.indices { columns[field].count(found.documents, found.count, into: &counts[field]) }
        }
        close()
        return Facets(total: total, counts: sums.map { $0.best(limit) })
    }
}

/// Counts of values over several segments. All dictionaries have one order, so that sums are made by walking side by side.
private struct FacetSum {
    private struct Value {
        let key: UInt64
        /// The bytes after the first eight; the dictionary's, which is held.
        let rest: UnsafeRawBufferPointer
        var count: Int

        @inline(__always)
        static func < (a: Value, b: Value) -> Bool { a.key != b.key ? a.key < b.key : TermDictionary.isBelow(a.rest, b.rest) }
    }

    /// Held for the values.
    private var dictionaries: [TermDictionary] = []
    private var values: [Value] = []

    mutating func add(_ dictionary: TermDictionary, _ column: FacetColumn, _ counts: [UInt32]) {
        dictionaries.append(dictionary)
        var sum: [Value] = []
        sum.reserveCapacity(values.count + 64)
        var before = 0
        for place in 0..<column.terms.count {
            let count = column.sum(place, counts)
            guard count > 0 else { continue }
            let term = column.terms.lowerBound + place
            var value = Value(key: dictionary.key(term), rest: dictionary.rest(term), count: count)
            while before < values.count, values[before] < value {
                sum.append(values[before])
                before += 1
            }
            if before < values.count, !(value < values[before]) {
                value.count += values[before].count
                before += 1
            }
            sum.append(value)
        }
        values = sum + values[before...]
    }

    func best(_ limit: Int) -> [FacetCount] {
        var best = Best<Rank, Value>(limit: limit)
        for (place, value) in values.enumerated() { best.add(Rank(count: value.count, place: place), value) }
        return best.items.map { _, value in
            FacetCount(value: TermDictionary.text(key: value.key, rest: value.rest), count: value.count)
        }
    }

    /// The most frequent first, then the first of the alphabet.
    private struct Rank: Comparable {
        let count: Int
        let place: Int
        static func < (a: Rank, b: Rank) -> Bool { (b.count, a.place) < (a.count, b.place) }
    }
}
