import News
import Synchronization

/// An immutable part of the index: some articles, in the order in which they came, and their postings.
public final class Segment: Sendable {
    /// The articles' ids.
    let ids: Column<ArticleID>
    /// Ascending; the names of the documents that outlive merging.
    let serials: AscendingColumn
    /// The sequence numbers from which the documents are visible, ascending.
    let sequences: AscendingColumn
    /// Times in milliseconds.
    let published: Column<Int64>
    let updated: Column<Int64>
    let indexed: Column<Int64>
    let headlineLengths: Column<UInt16>
    /// In words. Longer bodies count as having 65,535: there a word is worth next to nothing, and it makes no difference to an order.
    let bodyLengths: Column<UInt16>
    /// `StemLanguage` of each document's texts, 0 where there is none; a single one where all have the same.
    private let languages: Column<UInt8>
    /// The languages that there are, and whether all documents have one and the same.
    let stemLanguages: [StemLanguage]
    let hasOneLanguage: Bool
    /// Places of the documents by the hashes of their articles' ids and uris. Versions of one article share both.
    let placesByID: HashedPlaces
    let placesByURI: HashedPlaces
    /// The ids lie between these: they begin with a time, and so most segments need not be looked through for one.
    private let idRange: ClosedRange<ArticleID>?
    /// Everything else that is known of the articles, and they themselves.
    let records: ArticleRecords

    let dictionary: TermDictionary
    /// Which of its words have which stems.
    let stems: StemTable
    /// Where each term's list begins.
    let offsets: AscendingColumn
    let postings: ByteStore
    /// Which documents have two frequent words side by side.
    let pairs: WordPairs
    /// Whether long lists are in blocks.
    let isPacked: Bool
    /// The sequence number of the last document, which most searches can see.
    private let lastSequence: UInt64
    /// Made when they are first asked for. Held for as long as it takes to look one up, or to make it once.
    private let facets = Mutex<[Term.Field: FacetColumn]>([:])

    var count: Int { ids.count }
    var termCount: Int { dictionary.count }
    var columnByteCount: Int {
        let columns =
            ids.byteCount + serials.byteCount + sequences.byteCount + published.byteCount
            + (updated === published ? 0 : updated.byteCount) + indexed.byteCount
        let lengths = headlineLengths.byteCount + bodyLengths.byteCount + languages.byteCount
        return columns + lengths + placesByID.byteCount + placesByURI.byteCount
    }

    convenience init(
        _ columns: DocumentColumns, _ records: ArticleRecords, dictionary: TermDictionary, stems: StemTable, offsets: [UInt32],
        postings: ByteStore
    ) {
        // Most articles were never updated.
        let published = Column(columns.published)
        self.init(
            Columns(
                ids: Column(columns.ids), serials: AscendingColumn(columns.serials), sequences: AscendingColumn(columns.sequences),
                published: published, updated: columns.updated == columns.published ? published : Column(columns.updated),
                indexed: Column(columns.indexed),
                headlineLengths: Column(columns.headlineLengths), bodyLengths: Column(columns.bodyLengths),
                languages: Column(Set(columns.languages).count == 1 ? Array(columns.languages.prefix(1)) : columns.languages),
                placesByID: HashedPlaces(columns.ids.map(\.hash)),
                placesByURI: HashedPlaces(columns.ids.indices.map { records.uriHash($0) })),
            records, dictionary: dictionary, stems: stems, offsets: AscendingColumn(offsets), postings: postings)
    }

    /// What is known of each document but its record.
    struct Columns {
        let ids: Column<ArticleID>
        let serials: AscendingColumn
        let sequences: AscendingColumn
        let published: Column<Int64>
        let updated: Column<Int64>
        let indexed: Column<Int64>
        let headlineLengths: Column<UInt16>
        let bodyLengths: Column<UInt16>
        let languages: Column<UInt8>
        let placesByID: HashedPlaces
        let placesByURI: HashedPlaces
    }

    init(
        _ columns: Columns, _ records: ArticleRecords, dictionary: TermDictionary, stems: StemTable, offsets: AscendingColumn,
        postings: ByteStore, pairs: WordPairs = .none
    ) {
        ids = columns.ids
        serials = columns.serials
        sequences = columns.sequences
        published = columns.published
        updated = columns.updated
        indexed = columns.indexed
        headlineLengths = columns.headlineLengths
        bodyLengths = columns.bodyLengths
        languages = columns.languages
        placesByID = columns.placesByID
        placesByURI = columns.placesByURI
        idRange = Segment.range(columns.ids)
        let present = Set(columns.languages.values)
        hasOneLanguage = columns.languages.count < columns.ids.count || present.count == 1
        stemLanguages = present.compactMap { StemLanguage(rawValue: $0) }.sorted { $0.rawValue < $1.rawValue }
        self.records = records
        self.dictionary = dictionary
        self.stems = stems
        self.offsets = offsets
        self.postings = postings
        self.pairs = pairs
        isPacked = Segment.isPacked(columns.ids.count)
        lastSequence = columns.sequences.last ?? 0
    }

    private static func range(_ ids: Column<ArticleID>) -> ClosedRange<ArticleID>? {
        guard var (least, most) = ids.values.first.map({ ($0, $0) }) else { return nil }
        for id in ids.values {
            if id < least { least = id }
            if id > most { most = id }
        }
        return least...most
    }

    /// The same, with the articles' texts in codes if these are not the ones they have, and with lists of the frequent pairs of words if it
    /// lacks them and they are wanted.
    func with(_ codes: TextCodes, pairs wantsPairs: Bool) -> Segment {
        let table = codes.table(for: [self]) ?? records.table
        guard table !== records.table || (wantsPairs && !pairs.areGathered) else { return self }
        var coded = records
        if table !== records.table {
            var builder = ArticleRecords.Builder(table, capacity: records.byteCount)
            builder.append(self, 0..<count)
            coded = builder.finish()
        }
        return Segment(
            Columns(
                ids: ids, serials: serials, sequences: sequences, published: published, updated: updated, indexed: indexed,
                headlineLengths: headlineLengths, bodyLengths: bodyLengths, languages: languages, placesByID: placesByID,
                placesByURI: placesByURI),
            coded, dictionary: dictionary, stems: stems, offsets: offsets, postings: postings,
            pairs: wantsPairs && !pairs.areGathered ? WordPairs(self) : pairs)
    }

    /// No articles at all.
    static let empty = Segment(GrowingSegment())

    /// Whether long lists of a segment of so many documents are in blocks.
    static func isPacked(_ count: Int) -> Bool { count >= PostingEncoder.packedFrom }

    /// How many documents, the first ones, came no later than a sequence number.
    func count(upTo sequence: UInt64) -> Int { lastSequence <= sequence ? count : sequences.place(of: sequence + 1) }

    /// The `StemLanguage` of a document's texts; 0 where there is none.
    @inline(__always)
    func language(_ document: Int) -> UInt8 { languages[hasOneLanguage ? 0 : document] }

    /// The languages as they are kept.
    var languageBytes: UnsafeRawBufferPointer { languages.bytes }

    /// Whether a term is a word of the texts.
    @inline(__always)
    func isText(_ term: Int) -> Bool { dictionary.isText(term) }

    /// How many documents have a term.
    func documentCount(_ term: Int) -> Int {
        var list = postings.base + Int(offsets[term])
        return Int(list.varint())
    }

    /// The documents that hold the term, ascending; empty if none does.
    func documents(with term: Term) -> [UInt32] {
        guard let place = dictionary.place(of: term.bytes) else { return [] }
        var documents: [UInt32] = []
        withCursor { cursor in
            cursor.open(self, term: place)
            documents.reserveCapacity(cursor.count)
            for block in 0..<cursor.blockCount { for place in 0..<cursor.load(block) { documents.append(cursor.documents[place]) } }
        }
        return documents
    }

    /// Lends a cursor for the call.
    func withCursor<Answer>(_ body: (inout PostingCursor) -> Answer) -> Answer {
        let cursor = PostingCursor.make(self)
        defer { PostingCursor.free(cursor) }
        return body(&cursor.pointee)
    }

    /// The article of a document.
    func article(_ document: Int) -> StoredArticle { StoredArticle(self, document) }

    /// The number of the document with that serial, if it is here.
    func document(serial: UInt64) -> Int? {
        let place = serials.place(of: serial)
        return place < count && serials[place] == serial ? place : nil
    }

    /// The first document of an article for which `holds` says yes.
    func document(of id: ArticleID, where holds: (Int) -> Bool) -> Int? {
        idRange?.contains(id) == true ? placesByID.find(id.hash) { ids[$0] == id && holds($0) } : nil
    }

    /// The first document under a uri for which `holds` says yes.
    func document(uri: String, hash: UInt64, where holds: (Int) -> Bool) -> Int? {
        placesByURI.find(hash) { records.uri($0) == uri && holds($0) }
    }

    /// Which values of a field the documents have.
    func facet(_ field: Term.Field) -> FacetColumn {
        if let column = facets.withLock({ $0[field] }) { return column }
        let column = FacetColumn(self, field)
        facets.withLock { $0[field] = column }
        return column
    }

    /// The column of a time.
    func times(_ field: ArticleQuery.SortField) -> Column<Int64> {
        switch field {
        case .published: published
        case .indexed: indexed
        case .updated: updated
        }
    }
}

/// What is known of each document of a segment that is being made, and is read again and again.
struct DocumentColumns: Sendable {
    private(set) var ids: [ArticleID] = []
    private(set) var serials: [UInt64] = []
    private(set) var sequences: [UInt64] = []
    private(set) var published: [Int64] = []
    private(set) var updated: [Int64] = []
    private(set) var indexed: [Int64] = []
    private(set) var headlineLengths: [UInt16] = []
    private(set) var bodyLengths: [UInt16] = []
    private(set) var languages: [UInt8] = []

    var count: Int { ids.count }

    init() {}

    /// Takes in an article, whose words these are.
    mutating func append(_ article: NewArticle, _ words: TermList) {
        ids.append(article.id)
        serials.append(article.serial)
        sequences.append(article.sequence)
        published.append(article.published.milliseconds)
        updated.append(article.updated.milliseconds)
        indexed.append(article.indexed.milliseconds)
        headlineLengths.append(UInt16(clamping: words.headlineLength))
        bodyLengths.append(UInt16(clamping: words.bodyLength))
        languages.append(words.language.stem?.rawValue ?? 0)
    }

    /// Takes in some neighbours of a segment.
    mutating func append(_ segment: Segment, _ documents: Range<Int>) {
        ids += segment.ids.values[documents]
        segment.serials.forEach(in: documents) { serials.append($0) }
        segment.sequences.forEach(in: documents) { sequences.append($0) }
        published += segment.published.values[documents]
        updated += segment.updated.values[documents]
        indexed += segment.indexed.values[documents]
        headlineLengths += segment.headlineLengths.values[documents]
        bodyLengths += segment.bodyLengths.values[documents]
        for document in documents { languages.append(segment.language(document)) }
    }
}
