/// The bytes that an index takes, by what they are for. Entities, events and names are not among them.
public struct Footprint: Sendable, Equatable {
    /// Lists of documents, counts and places of words.
    public var postings = 0
    /// Lists of the documents that have frequent words side by side.
    public var pairs = 0
    /// Words and values, and which words have which stems.
    public var terms = 0
    /// What articles are found, sorted and counted by.
    public var columns = 0
    /// The articles as they are served, with what is told of them.
    public var articles = 0
}

extension Index {
    /// What the segments take, without what the allocator adds.
    public var footprint: Footprint {
        var sum = Footprint()
        var tables: [ObjectIdentifier: Int] = [:]
        for view in views {
            let segment = view.segment
            sum.postings += segment.postings.count + segment.offsets.byteCount
            sum.pairs += segment.pairs.byteCount
            sum.terms += segment.dictionary.byteCount + segment.stems.byteCount
            sum.columns += segment.columnByteCount
            sum.articles += segment.records.byteCount
            if let table = segment.records.table { tables[ObjectIdentifier(table)] = table.byteCount }
        }
        sum.articles += tables.values.reduce(0, +)
        return sum
    }
}
