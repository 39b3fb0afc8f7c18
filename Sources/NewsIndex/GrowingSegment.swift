import News

/// A segment to be: documents that were folded in and can't be searched yet.
///
/// `@unchecked Sendable` because it grows only while it has a single owner (`Batch.isAlone`).
final class GrowingSegment: @unchecked Sendable {
    private(set) var columns = DocumentColumns()
    private(set) var records = ArticleRecords.Builder(nil, capacity: 1 << 12)
    private(set) var gathering = TermGathering()
    /// The last document of each article, and that of each uri.
    private var byID = NumberTable(capacity: 16)
    private var byURI = NumberTable(capacity: 16)

    /// What the most of it takes, articles and all.
    var byteCount: Int { gathering.byteCount + records.byteCount }

    func add(_ article: NewArticle, _ words: TermList, _ values: TermList) {
        let document = columns.count
        gathering.add(words, of: UInt32(document))
        gathering.add(values, of: UInt32(document))
        byID.replace(article.id.hash, with: document) { columns.ids[$0] == article.id }
        if let uri = article.uri { byURI.replace(StoredArticle.hash(uri: uri), with: document) { records.record($0).uri(0) == uri } }
        columns.append(article, words)
        records.append(article)
    }

    /// The last document of an article.
    func document(of id: ArticleID) -> Int? { byID.find(id.hash) { columns.ids[$0] == id } }

    /// The last document of what has that uri.
    func document(uri: String) -> Int? { byURI.find(StoredArticle.hash(uri: uri)) { records.record($0).uri(0) == uri } }

    /// A document as it was added.
    func article(_ document: Int) -> NewArticle { NewArticle(columns, document, records.record(document)) }
}

/// What was folded into an index since it was last sealed. A copy shares the documents, and so neither of the two adds any more to them.
struct Batch: Sendable {
    private var growing: GrowingSegment?
    /// The documents that this same batch ended, and when.
    private var ended: [Int: UInt64] = [:]
    /// Entities whose first or last article went: when they are seen now is looked up once the batch can be searched.
    var lostSight: Set<String> = []

    var byteCount: Int { growing?.byteCount ?? 0 }

    /// Whether no copy shares the documents.
    mutating func isAlone() -> Bool { growing == nil || isKnownUniquelyReferenced(&growing) }

    func article(_ id: ArticleID) -> StoredArticle? {
        guard let growing, let document = growing.document(of: id), ended[document] == nil else { return nil }
        return StoredArticle(growing.article(document))
    }

    /// The live article that has that uri.
    func id(uri: String) -> ArticleID? {
        guard let growing, let document = growing.document(uri: uri), ended[document] == nil else { return nil }
        return growing.columns.ids[document]
    }

    /// Adds a document; nobody shares them.
    mutating func add(_ article: NewArticle, _ words: TermList, _ values: TermList) {
        let growing = growing ?? GrowingSegment()
        growing.add(article, words, values)
        self.growing = growing
    }

    /// Ends a document; false if it is not here.
    mutating func end(_ article: StoredArticle, at sequence: UInt64) -> Bool {
        guard let growing, let document = growing.document(of: article.id), growing.columns.serials[document] == article.serial else {
            return false
        }
        ended[document] = sequence
        return true
    }

    /// The documents as a segment; nil if there are none.
    func sealed() -> SegmentView? {
        guard let growing else { return nil }
        var view = SegmentView(segment: Segment(growing))
        for (document, sequence) in ended { view.end(document, at: sequence) }
        return view
    }
}
