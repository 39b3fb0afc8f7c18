import News

/// Which words of a segment have which stem: entries of a stem's hash and a word's term, by the hash.
///
/// Only where the stem is not the word itself, and was found in a text of that language. The stems are not kept: 56 bits stand for
/// each and its language, so that even among a million of them it takes a hundred thousand newsrooms until two share a number.
/// Then a query would find the words of both; no document would be missed.
struct StemTable: Sendable {
    /// The upper 32 of the 56 bits, ascending; the next 16; the last 8.
    let high: Column<UInt32>
    let middle: Column<UInt16>
    let low: Column<UInt8>
    let terms: Column<UInt32>

    var count: Int { terms.count }
    var byteCount: Int { high.byteCount + middle.byteCount + low.byteCount + terms.byteCount }

    /// The number that stands for a stem in a language; never 0. The pointer is read during the call alone.
    @inline(__always)
    static func hash(_ stem: UnsafeBufferPointer<UInt8>, _ language: StemLanguage) -> UInt64 { hash(Term.hash(stem), language) }

    /// The same, where eight bytes after the stem can be read.
    @inline(__always)
    static func hash(padded stem: UnsafeBufferPointer<UInt8>, _ language: StemLanguage) -> UInt64 {
        hash(Term.hash(padded: stem), language)
    }

    @inline(__always)
    private static func hash(_ stem: UInt64, _ language: StemLanguage) -> UInt64 {
        max(1, Term.finished(stem ^ UInt64(language.rawValue) &* 0x9E37_79B9_7F4A_7C15) >> 8)
    }

    static func hash(_ stem: [UInt8], _ language: StemLanguage) -> UInt64 {
        stem.withUnsafeBufferPointer { hash($0, language) }  // read during the call alone
    }

    @inline(__always)
    func hash(_ entry: Int) -> UInt64 { UInt64(high[entry]) << 24 | UInt64(middle[entry]) << 8 | UInt64(low[entry]) }

    /// The terms of the words that have a stem, ascending.
    func terms(with hash: UInt64) -> [Int] {
        var entry = high.place(of: UInt32(truncatingIfNeeded: hash >> 24))
        var found: [Int] = []
        while entry < count, self.hash(entry) <= hash {
            if self.hash(entry) == hash { found.append(Int(terms[entry])) }
            entry += 1
        }
        return found
    }

    init(high: Column<UInt32>, middle: Column<UInt16>, low: Column<UInt8>, terms: Column<UInt32>) {
        (self.high, self.middle, self.low, self.terms) = (high, middle, low, terms)
    }

    /// A table of entries, a stem's hash and a term each, that ascend; twins are left out.
    init(_ entries: borrowing Row<KeyedNumber>) {
        var (high, middle, low, terms): ([UInt32], [UInt16], [UInt8], [UInt32]) = ([], [], [], [])
        high.reserveCapacity(entries.count)
        middle.reserveCapacity(entries.count)
        low.reserveCapacity(entries.count)
        terms.reserveCapacity(entries.count)
        for place in 0..<entries.count where place == 0 || entries[place] != entries[place - 1] {
            let hash = entries[place].key
            high.append(UInt32(truncatingIfNeeded: hash >> 24))
            middle.append(UInt16(truncatingIfNeeded: hash >> 8))
            low.append(UInt8(truncatingIfNeeded: hash))
            terms.append(entries[place].number)
        }
        self.init(high: Column(high), middle: Column(middle), low: Column(low), terms: Column(terms))
    }

    /// Several tables as one, in which the terms have other numbers: `places` has for each table those of its terms, the largest number for
    /// what is there no more.
    init(merging tables: [StemTable], _ places: [[UInt32]]) {
        var entries = Row<KeyedNumber>(capacity: tables.reduce(0) { $0 + $1.count })
        var next = tables.map { _ in 0 }
        var heads = tables.map { $0.count > 0 ? $0.hash(0) : .max }
        // There are few, so the least head is found by looking at all. No hash has so many bits as the largest number.
        while let least = heads.min(), least != .max {
            let start = entries.count
            for table in heads.indices where heads[table] == least {
                repeat {
                    let term = places[table][Int(tables[table].terms[next[table]])]
                    if term != .max { entries.append(KeyedNumber(key: least, number: term)) }
                    next[table] += 1
                    heads[table] = next[table] < tables[table].count ? tables[table].hash(next[table]) : .max
                } while heads[table] == least
            }
            if entries.count > start + 1 {
                var same = UnsafeMutableBufferPointer(start: entries.base + start, count: entries.count - start)  // sorted at once
                same.sort()
            }
        }
        self.init(entries)
    }
}
