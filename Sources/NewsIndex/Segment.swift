import News
import Synchronization

/// An immutable part of the index: some articles, in the order in which they came, and their postings.
public final class Segment: Sendable {
    let articles: [StoredArticle]
    /// Ascending; the names of the documents that outlive merging.
    let serials: Column<UInt64>
    /// The sequence numbers from which the documents are visible, ascending.
    let sequences: Column<UInt64>
    /// Times in milliseconds.
    let published: Column<Int64>
    let updated: Column<Int64>
    let indexed: Column<Int64>
    let headlineLengths: Column<UInt16>
    let bodyLengths: Column<UInt32>
    /// `StemLanguage` of each document's texts; 0 where there is none.
    let languages: Column<UInt8>
    /// The languages that there are, and whether all documents have one and the same.
    let stemLanguages: [StemLanguage]
    let hasOneLanguage: Bool
    /// Places of the documents by the hashes of their articles' ids and uris. Versions of one article share both.
    private let ids: SlotTable
    private let uris: SlotTable

    let dictionary: TermDictionary
    /// Where each term's list begins.
    let offsets: Column<UInt32>
    let postings: ByteStore
    /// Whether long lists are in blocks.
    let isPacked: Bool
    /// Made when they are first asked for. Held for as long as it takes to look one up, or to make it once.
    private let facets = Mutex<[Term.Field: FacetColumn]>([:])

    var count: Int { articles.count }
    var termCount: Int { dictionary.count }

    init(_ columns: DocumentColumns, dictionary: TermDictionary, offsets: [UInt32], postings: ByteStore) {
        articles = columns.articles
        serials = Column(columns.articles.map(\.serial))
        sequences = Column(columns.articles.map(\.sequence))
        published = Column(columns.articles.map(\.published.milliseconds))
        updated = Column(columns.articles.map(\.updated.milliseconds))
        indexed = Column(columns.articles.map(\.indexed.milliseconds))
        headlineLengths = Column(columns.headlineLengths)
        bodyLengths = Column(columns.bodyLengths)
        languages = Column(columns.languages)
        let present = Set(columns.languages)
        hasOneLanguage = present.count == 1
        stemLanguages = present.compactMap { StemLanguage(rawValue: $0) }.sorted { $0.rawValue < $1.rawValue }
        ids = SlotTable(hashes: columns.articles.map(\.id.hash))
        uris = SlotTable(hashes: columns.articles.map { $0.uriHash ?? 0 })
        self.dictionary = dictionary
        self.offsets = Column(offsets)
        self.postings = postings
        isPacked = Segment.isPacked(columns.count)
    }

    /// No articles at all.
    static let empty = Segment([])

    /// Whether long lists of a segment of so many documents are in blocks.
    static func isPacked(_ count: Int) -> Bool { count >= PostingEncoder.packedFrom }

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

    /// The number of the document with that serial, if it is here.
    func document(serial: UInt64) -> Int? {
        let place = serials.place(of: serial)
        return place < count && serials[place] == serial ? place : nil
    }

    /// The first document of an article for which `holds` says yes.
    func document(of id: ArticleID, where holds: (Int) -> Bool) -> Int? {
        ids.find(id.hash) { articles[$0].id == id && holds($0) }
    }

    /// The first document under a uri for which `holds` says yes.
    func document(uri: String, hash: UInt64, where holds: (Int) -> Bool) -> Int? {
        uris.find(hash) { articles[$0].uri == uri && holds($0) }
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

/// What is known of each document of a segment that is being made.
struct DocumentColumns: Sendable {
    private(set) var articles: [StoredArticle] = []
    private(set) var headlineLengths: [UInt16] = []
    private(set) var bodyLengths: [UInt32] = []
    private(set) var languages: [UInt8] = []

    var count: Int { articles.count }

    init() {}

    mutating func append(_ document: Document) {
        articles.append(document.article)
        headlineLengths.append(UInt16(clamping: document.words.headlineLength))
        bodyLengths.append(document.words.bodyLength)
        languages.append(document.words.language.stem?.rawValue ?? 0)
    }

    mutating func append(_ segment: Segment) {
        articles += segment.articles
        headlineLengths += segment.headlineLengths.values
        bodyLengths += segment.bodyLengths.values
        languages += segment.languages.values
    }

    mutating func append(_ segment: Segment, at document: Int) {
        articles.append(segment.articles[document])
        headlineLengths.append(segment.headlineLengths[document])
        bodyLengths.append(segment.bodyLengths[document])
        languages.append(segment.languages[document])
    }
}
