import News

/// An immutable part of the index: some articles, in the order in which they came, and their postings.
public final class Segment: Sendable {
    let columns: DocumentColumns
    /// Places of the documents by the hashes of their articles' ids and uris. Versions of one article share both.
    private let ids: SlotTable
    private let uris: SlotTable

    // The dictionary: terms ordered by hash, then by bytes.
    let hashes: [UInt64]
    let termEnds: [UInt32]
    let blob: [UInt8]
    /// Where each term's postings end; ascending document numbers, one term after the other.
    let postingEnds: [UInt32]
    let postings: [UInt32]

    var count: Int { columns.count }
    var articles: [StoredArticle] { columns.articles }
    var termCount: Int { hashes.count }

    init(
        _ columns: DocumentColumns, dictionary: (hashes: [UInt64], ends: [UInt32], blob: [UInt8]),
        postings: (ends: [UInt32], documents: [UInt32])
    ) {
        self.columns = columns
        ids = SlotTable(hashes: columns.idHashes)
        uris = SlotTable(hashes: columns.uriHashes)
        (hashes, termEnds, blob) = dictionary
        (postingEnds, self.postings) = postings
    }

    @inline(__always)
    func bytes(ofTerm term: Int) -> ArraySlice<UInt8> {
        blob[(term == 0 ? 0 : Int(termEnds[term - 1]))..<Int(termEnds[term])]
    }

    @inline(__always)
    func postings(ofTerm term: Int) -> Range<Int> {
        (term == 0 ? 0 : Int(postingEnds[term - 1]))..<Int(postingEnds[term])
    }

    /// The documents that hold the term, ascending; empty if none does.
    func documents(with term: Term) -> ArraySlice<UInt32> {
        var low = Segment.place(of: term.hash, in: hashes[...])
        while low < hashes.count, hashes[low] == term.hash {
            if bytes(ofTerm: low) == term.bytes[...] { return postings[postings(ofTerm: low)] }
            low += 1
        }
        return []
    }

    /// The number of the document with that serial, if it is here.
    func document(serial: UInt64) -> Int? {
        let place = Segment.place(of: serial, in: columns.serials[...])
        return place < count && columns.serials[place] == serial ? place : nil
    }

    /// The first document of an article for which `holds` says yes.
    func document(of id: ArticleID, where holds: (Int) -> Bool) -> Int? {
        ids.find(id.hash) { articles[$0].id == id && holds($0) }
    }

    /// The first document under a uri for which `holds` says yes.
    func document(uri: String, hash: UInt64, where holds: (Int) -> Bool) -> Int? {
        uris.find(hash) { articles[$0].uri == uri && holds($0) }
    }

    /// Whether ascending documents hold one.
    static func contains(_ documents: ArraySlice<UInt32>, _ document: UInt32) -> Bool {
        let place = place(of: document, in: documents)
        return place < documents.endIndex && documents[place] == document
    }

    /// The place of the first element that is not below `value`.
    private static func place<Element: Comparable>(of value: Element, in ascending: ArraySlice<Element>) -> Int {
        var low = ascending.startIndex
        var high = ascending.endIndex
        while low < high {
            let middle = (low + high) / 2
            if ascending[middle] < value { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

extension Segment {
    /// Builds a segment: terms are numbered as they are met, then put in order, then their postings filled in.
    convenience init(_ documents: [Document]) {
        let total = documents.reduce(0) { $0 + $1.terms.count }
        var table = SlotTable(capacity: min(total, 1 << 20))
        var firsts: [(document: Int32, term: Int32)] = []
        var hashes: [UInt64] = []
        var counts: [UInt32] = []
        var numbers: [UInt32] = []
        numbers.reserveCapacity(total)
        func bytes(_ number: Int) -> ArraySlice<UInt8> {
            documents[Int(firsts[number].document)].terms.bytes(Int(firsts[number].term))
        }
        for (document, item) in documents.enumerated() {
            let terms = item.terms
            for term in 0..<terms.count {
                let hash = terms.hashes[term]
                if let number = table.find(hash, where: { hashes[$0] == hash && bytes($0) == terms.bytes(term) }) {
                    counts[number] += 1
                    numbers.append(UInt32(number))
                } else {
                    let number = hashes.count
                    hashes.append(hash)
                    firsts.append((Int32(document), Int32(term)))
                    counts.append(1)
                    numbers.append(UInt32(number))
                    table.insert(hash, number) { hashes[$0] }
                }
            }
        }

        let order = (0..<hashes.count).sorted { a, b in
            hashes[a] != hashes[b] ? hashes[a] < hashes[b] : bytes(a).lexicographicallyPrecedes(bytes(b))
        }
        var blob: [UInt8] = []
        var termEnds: [UInt32] = []
        var postingEnds: [UInt32] = []
        var cursors = [UInt32](repeating: 0, count: hashes.count)
        termEnds.reserveCapacity(order.count)
        postingEnds.reserveCapacity(order.count)
        var filled: UInt32 = 0
        for number in order {
            blob.append(contentsOf: bytes(number))
            termEnds.append(UInt32(blob.count))
            cursors[number] = filled
            filled += counts[number]
            postingEnds.append(filled)
        }
        var postings = [UInt32](repeating: 0, count: total)
        var position = 0
        for (document, item) in documents.enumerated() {
            for _ in 0..<item.terms.count {
                let number = Int(numbers[position])
                postings[Int(cursors[number])] = UInt32(document)
                cursors[number] += 1
                position += 1
            }
        }
        self.init(
            DocumentColumns(documents.map(\.article)), dictionary: (order.map { hashes[$0] }, termEnds, blob),
            postings: (postingEnds, postings))
    }
}

/// What is known of each document of a segment, side by side: sorting, ranges and merging run over these, and not
/// through the articles, which are spread over the memory.
struct DocumentColumns: Sendable {
    private(set) var articles: [StoredArticle] = []
    /// Ascending; the names of the documents that outlive merging.
    private(set) var serials: [UInt64] = []
    /// Publication times in milliseconds.
    private(set) var published: [Int64] = []
    /// The sequence numbers from which the documents are visible, ascending.
    private(set) var sequences: [UInt64] = []
    private(set) var idHashes: [UInt64] = []
    /// 0 for an article without a uri, which is looked at in vain if a uri has that hash.
    private(set) var uriHashes: [UInt64] = []

    var count: Int { articles.count }

    init(_ articles: [StoredArticle] = []) {
        self.articles = articles
        serials = articles.map(\.serial)
        published = articles.map(\.published.milliseconds)
        sequences = articles.map(\.sequence)
        idHashes = articles.map(\.id.hash)
        uriHashes = articles.map { $0.uriHash ?? 0 }
    }

    mutating func append(_ other: DocumentColumns) {
        articles += other.articles
        serials += other.serials
        published += other.published
        sequences += other.sequences
        idHashes += other.idHashes
        uriHashes += other.uriHashes
    }

    mutating func append(_ other: DocumentColumns, at document: Int) {
        articles.append(other.articles[document])
        serials.append(other.serials[document])
        published.append(other.published[document])
        sequences.append(other.sequences[document])
        idHashes.append(other.idHashes[document])
        uriHashes.append(other.uriHashes[document])
    }
}
