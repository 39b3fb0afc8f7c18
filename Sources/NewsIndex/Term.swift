import News

/// A key of the index: a word of the text, or a value of a field.
///
/// Values carry a tag as their first byte, below every byte a word can have, so that both live in one dictionary.
public struct Term: Sendable, Hashable {
    /// A field that lists are filtered by; the raw value is the tag.
    public enum Field: UInt8, Sendable, CaseIterable {
        case entity = 1
        case event, source, section, language, keyword, author, status, speaker

        /// Ids are matched as they are, everything else without case and accents.
        var isIdentifier: Bool { self == .entity || self == .event || self == .speaker }
    }

    let bytes: [UInt8]
    let hash: UInt64

    /// A term by its bytes: those of a folded word, or a tagged value.
    init(word: some Collection<UInt8>) {
        bytes = Array(word)
        hash = bytes.withUnsafeBufferPointer(Term.hash)
    }

    /// A value of a field.
    public init(_ field: Field, _ value: String) {
        bytes = [field.rawValue] + Array((field.isIdentifier ? value : Folding.fold(value)).utf8)
        hash = bytes.withUnsafeBufferPointer(Term.hash)
    }

    /// FNV-1a, finished by a multiplication that spreads the low bits. The pointer is read during the call alone.
    @inline(__always)
    static func hash(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        hash ^= hash >> 32
        return hash &* 0xD6E8_FEB8_6659_FD93
    }

    /// The words of a query, folded as the words of the texts are.
    public static func words(of text: String) -> [Term] {
        var terms: [Term] = []
        Folding.forEachWord(in: text) { terms.append(Term(word: $0)) }
        return terms
    }
}

/// The words of an article, read out of it ahead of the fold: the costly part, and it depends on nothing else.
public struct ArticleWords: Sendable {
    let terms: TermList
    /// Reads the words of the article's headline and body.
    public init(_ article: Article) { terms = TermList(wordsOf: article) }
}

/// The different terms of one article, side by side in one buffer.
struct TermList: Sendable {
    private(set) var blob: [UInt8] = []
    private(set) var hashes: [UInt64] = []
    /// Where each term ends in the blob.
    private(set) var ends: [UInt32] = []

    var count: Int { hashes.count }

    @inline(__always)
    func bytes(_ index: Int) -> ArraySlice<UInt8> {
        blob[(index == 0 ? 0 : Int(ends[index - 1]))..<Int(ends[index])]
    }

    /// The words of headline and body.
    init(wordsOf article: Article) {
        var table = SlotTable(capacity: 256)
        let size = (article.body?.utf8.count ?? 0) + 256
        blob.reserveCapacity(min(size, 1 << 16))
        hashes.reserveCapacity(min(size / 8, 1 << 12))
        ends.reserveCapacity(min(size / 8, 1 << 12))
        if let headline = article.headline { Folding.forEachWord(in: headline) { add($0, &table) } }
        if let body = article.body { Folding.forEachWord(in: body) { add($0, &table) } }
    }

    /// Adds the values that lists are filtered by. They are few, so twins are found by looking.
    mutating func addValues(of article: Article) {
        let firstValue = count
        func value(_ field: Term.Field, _ text: String?) {
            guard let text else { return }
            let term = Term(field, text)
            guard !(firstValue..<count).contains(where: { hashes[$0] == term.hash && bytes($0) == term.bytes[...] }) else { return }
            append(term.bytes, term.hash)
        }
        for entity in article.entities { value(.entity, entity.entity.id) }
        for event in article.events { value(.event, event.event.id) }
        for quote in article.quotes { value(.speaker, quote.speaker) }
        for keyword in article.keywords { value(.keyword, keyword) }
        for author in article.authors { value(.author, author) }
        value(.author, article.byline)
        value(.source, article.source?.name)
        value(.section, article.section)
        value(.status, article.status.rawValue)
        value(.language, article.language)
        // en-GB is found by en as well.
        if let language = article.language, let hyphen = language.firstIndex(of: "-") {
            value(.language, String(language[..<hyphen]))
        }
    }

    @inline(__always)
    private mutating func add(_ term: UnsafeBufferPointer<UInt8>, _ table: inout SlotTable) {
        let hash = Term.hash(term)
        guard table.find(hash, where: { hashes[$0] == hash && holds(term, at: $0) }) == nil else { return }
        append(term, hash)
        table.insert(hash, hashes.count - 1) { hashes[$0] }
    }

    /// Byte by byte, since a slice to compare with would be counted.
    @inline(__always)
    private func holds(_ term: UnsafeBufferPointer<UInt8>, at index: Int) -> Bool {
        let start = index == 0 ? 0 : Int(ends[index - 1])
        guard Int(ends[index]) - start == term.count else { return false }
        for offset in 0..<term.count where blob[start + offset] != term[offset] { return false }
        return true
    }

    private mutating func append(_ term: some Collection<UInt8>, _ hash: UInt64) {
        blob.append(contentsOf: term)
        hashes.append(hash)
        ends.append(UInt32(blob.count))
    }
}

/// An open-addressing table from hashes to the places where what was hashed stands.
struct SlotTable: Sendable {
    /// Place + 1; 0 is free. The count is a power of two, at most half full.
    private var slots: [UInt32]
    private var count = 0

    init(capacity: Int) {
        var size = 2
        while size < capacity * 2 { size *= 2 }
        slots = [UInt32](repeating: 0, count: size)
    }

    /// The places 0, 1, 2, … of what has these hashes.
    init(hashes: [UInt64]) {
        self.init(capacity: hashes.count)
        count = hashes.count
        for (place, hash) in hashes.enumerated() { put(hash, place) }
    }

    @inline(__always)
    func find(_ hash: UInt64, where matches: (Int) -> Bool) -> Int? {
        let mask = slots.count - 1
        var slot = Int(truncatingIfNeeded: hash) & mask
        while slots[slot] != 0 {
            let place = Int(slots[slot]) - 1
            if matches(place) { return place }
            slot = (slot + 1) & mask
        }
        return nil
    }

    /// Adds a place, beside others of the same hash. `hashAt` answers the hash of any place that is in the table.
    @inline(__always)
    mutating func insert(_ hash: UInt64, _ place: Int, hashAt: (Int) -> UInt64) {
        count += 1
        if count * 2 > slots.count { grow(hashAt) }
        put(hash, place)
    }

    private mutating func grow(_ hashAt: (Int) -> UInt64) {
        let old = slots
        slots = [UInt32](repeating: 0, count: old.count * 2)
        for slot in old where slot != 0 { put(hashAt(Int(slot) - 1), Int(slot) - 1) }
    }

    @inline(__always)
    private mutating func put(_ hash: UInt64, _ place: Int) {
        let mask = slots.count - 1
        var slot = Int(truncatingIfNeeded: hash) & mask
        while slots[slot] != 0 { slot = (slot + 1) & mask }
        slots[slot] = UInt32(place + 1)
    }
}
