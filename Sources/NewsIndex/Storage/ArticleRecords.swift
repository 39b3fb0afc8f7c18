import News

/// What a segment keeps of its articles beside the columns: one record of bytes for each, most of it the article as it is served.
///
/// A record has, in this order, as varints: the version; the time at which its bytes were made, counted from `indexed`, the sign in the
/// lowest bit; how many versions there are and their sequence numbers, each counted back from the one after, the last from the
/// document's own; then two texts, uri and article. A text is its length times two, plus one if it is in codes, whose
/// length then comes first; a uri that is missing is a text of nothing. An article in codes lacks what `KnownParts` fill in.
struct ArticleRecords: Sendable {
    let ends: AscendingColumn
    let bytes: ByteStore
    /// What codes mean; nil where all texts are as they are.
    let table: SymbolTable?

    var byteCount: Int { ends.byteCount + bytes.count }

    private func start(_ document: Int) -> Int { document == 0 ? 0 : Int(ends[document - 1]) }

    /// What stands before the texts.
    struct Head {
        var version = 0
        var changed: Int64 = 0
        var versions: [UInt64] = []
    }

    /// - Parameters:
    ///   - indexed: when the document was indexed, in milliseconds.
    ///   - sequence: its sequence number.
    func head(_ document: Int, indexed: Int64, sequence: UInt64) -> Head {
        var place = bytes.base + start(document)
        var head = Head()
        head.version = Int(place.longVarint())
        let distance = place.longVarint()
        head.changed = indexed &+ (Int64(bitPattern: distance >> 1) ^ -Int64(bitPattern: distance & 1))
        head.versions.reserveCapacity(1)
        var last = sequence
        for _ in 0..<place.varint() {
            last &-= place.longVarint()
            head.versions.append(last)
        }
        head.versions.reverse()
        return head
    }

    func uri(_ document: Int) -> String? {
        let uri = uriBytes(document)
        return uri.isEmpty ? nil : String(decoding: uri, as: UTF8.self)
    }

    /// The uri; empty if it has none.
    func uriBytes(_ document: Int) -> [UInt8] { decoded(texts(document).uri, nil) }

    /// The hash of the uri; nil if it has none.
    func uriHash(_ document: Int) -> UInt64? {
        let uri = texts(document).uri
        // Read during the calls alone.
        if !uri.isCoded { return uri.bytes.isEmpty ? nil : Term.hash(uri.bytes.bindMemory(to: UInt8.self)) }
        return decoded(uri, nil).withUnsafeBufferPointer { Term.hash($0) }
    }

    func json(_ document: Int, _ known: @autoclosure () -> KnownParts) -> [UInt8] {
        let json = texts(document).json
        return decoded(json, json.isCoded ? known() : nil)
    }

    /// The article of a single record that is in no codes.
    var plainJSON: [UInt8] { decoded(texts(0).json, nil) }

    /// Lends the first bytes of the article, so many at least if it has them, for the call; what `KnownParts` would fill in may be missing.
    func withBeginning<Answer>(_ document: Int, atLeast: Int, _ body: (UnsafeRawBufferPointer) -> Answer) -> Answer {
        let json = texts(document).json
        guard json.isCoded, let table else { return body(UnsafeRawBufferPointer(rebasing: json.bytes.prefix(atLeast))) }
        let limit = json.size - atLeast > SymbolTable.longest ? atLeast + SymbolTable.longest : json.size
        return withUnsafeTemporaryAllocation(byteCount: limit + 16, alignment: 8) { output in
            guard let base = output.baseAddress else { return body(UnsafeRawBufferPointer(start: nil, count: 0)) }
            let count = table.decode(json.bytes, into: base, limit: limit, enough: atLeast, fill: ArticleRecords.keepMark)
            return body(UnsafeRawBufferPointer(start: base, count: count))
        }
    }

    /// How many bytes the article has as it is served.
    func jsonSize(_ document: Int) -> Int { texts(document).json.size }

    /// A text within the records' memory.
    private struct Text {
        let size: Int
        let isCoded: Bool
        let bytes: UnsafeRawBufferPointer
    }

    private func texts(_ document: Int) -> (uri: Text, json: Text) {
        var place = bytes.base + start(document)
        place.skipVarints(2)
        let versions = place.varint()
        place.skipVarints(versions)
        let uri = ArticleRecords.text(&place)
        return (uri, ArticleRecords.text(&place))
    }

    /// The text at a place, which is the records'; goes on behind it.
    @inline(__always)
    private static func text(_ place: inout UnsafeRawPointer) -> Text {
        let head = place.longVarint()
        let size = Int(head >> 1)
        let kept = head & 1 == 0 ? size : Int(place.longVarint())
        defer { place += kept }
        return Text(size: size, isCoded: head & 1 == 1, bytes: UnsafeRawBufferPointer(start: place, count: kept))
    }

    private func decoded(_ text: Text, _ known: KnownParts?) -> [UInt8] {
        guard text.isCoded, let table else { return [UInt8](text.bytes) }
        // Symbols are written whole, and so beyond the end.
        return [UInt8](unsafeUninitializedCapacity: text.size + 16) { output, count in
            guard let base = output.baseAddress else { return }
            count = table.decode(text.bytes, into: base, limit: text.size) { mark, room in
                known.map { $0.write(mark, to: room) } ?? ArticleRecords.keepMark(mark, in: room)
            }
        }
    }

    @inline(__always)
    private static func keepMark(_ mark: UInt8, in room: UnsafeMutableRawBufferPointer) -> Int {  // the decoder's
        room[0] = mark
        return 1
    }

    /// Records that come in the order of the documents.
    struct Builder: ~Copyable {
        private let table: SymbolTable?
        /// Made when the first text comes that is to be put in codes: it takes longer than to copy many that are.
        private lazy var encoder: SymbolEncoder? = table.map(SymbolEncoder.init)
        private var ends: [UInt64] = []
        private var writer: ByteWriter
        private var codes = ByteWriter()

        /// - Parameter table: codes for the texts; nil to keep them as they are, which takes no time.
        init(_ table: SymbolTable?, capacity: Int) {
            self.table = table
            writer = ByteWriter(capacity: capacity)
        }

        /// Adds an article as it is, in no codes.
        mutating func append(_ article: NewArticle) {
            append(
                Head(
                    version: article.version, changed: article.changed.milliseconds, versions: article.versions),
                indexed: article.indexed.milliseconds, sequence: article.sequence)
            var uri = article.uri ?? ""
            // Read during the calls alone, as the article's bytes.
            uri.withUTF8 { append(UnsafeRawBufferPointer($0)) }
            article.json.withUnsafeBytes { append($0, kept: nil) }
            ends.append(UInt64(writer.count))
        }

        /// Takes the records of some neighbours over.
        mutating func append(_ segment: Segment, _ documents: Range<Int>) {
            let records = segment.records
            guard records.table === table else {
                for document in documents {
                    let (indexed, sequence) = (segment.indexed[document], segment.sequences[document])
                    append(records.head(document, indexed: indexed, sequence: sequence), indexed: indexed, sequence: sequence)
                    // Read during the call alone.
                    records.uriBytes(document).withUnsafeBytes { append($0) }
                    let known = KnownParts(segment, document)
                    append(json: records.json(document, known), known)
                    ends.append(UInt64(writer.count))
                }
                return
            }
            guard let last = documents.last else { return }
            let start = records.start(documents.lowerBound)
            let base = writer.count
            writer.copy(records.bytes.base + start, Int(records.ends[last]) - start)
            records.ends.forEach(in: documents) { ends.append($0 &- UInt64(start) &+ UInt64(base)) }
        }

        private mutating func append(_ head: Head, indexed: Int64, sequence: UInt64) {
            writer.longVarint(UInt64(head.version))
            let distance = head.changed &- indexed
            writer.longVarint(UInt64(bitPattern: distance &<< 1 ^ distance >> 63))
            writer.varint(UInt32(head.versions.count))
            var last = sequence
            for version in head.versions.reversed() {
                writer.longVarint(last &- version)
                last = version
            }
        }

        private mutating func append(json: [UInt8], _ known: @autoclosure () -> KnownParts) {
            let cut = table == nil ? nil : known().cut(out: json)
            // Read during the calls alone.
            json.withUnsafeBytes { json in
                if let cut { cut.withUnsafeBytes { append(json, kept: $0) } } else { append(json, kept: nil) }
            }
        }

        private mutating func append(_ text: UnsafeRawBufferPointer) { append(text, kept: text) }

        /// Adds a text: codes for what is to be kept of it, or all as it is where nothing is, or where that is shorter.
        private mutating func append(_ text: UnsafeRawBufferPointer, kept: UnsafeRawBufferPointer?) {
            codes.removeAll()
            if let encoder, let kept, kept.count > 0 { encoder.encode(kept, to: &codes) }
            let isCoded = codes.count > 0 && codes.count < text.count
            writer.longVarint(UInt64(text.count) << 1 | (isCoded ? 1 : 0))
            if isCoded {
                let size = codes.count
                writer.longVarint(UInt64(size))
                writer.reserve(size)
                let end = writer.count
                writer.withMemory(at: end) { target in codes.withMemory(at: 0) { target.copyMemory(from: $0, byteCount: size) } }
                writer.added(size)
            } else if let base = text.baseAddress {
                writer.copy(base, text.count)
            }
        }

        var byteCount: Int { writer.count }

        /// A copy of one record, as the only one.
        func record(_ document: Int) -> ArticleRecords {
            let start = document == 0 ? 0 : Int(ends[document - 1])
            let size = Int(ends[document]) - start
            return ArticleRecords(ends: AscendingColumn([UInt64(size)]), bytes: writer.copy(at: start, size), table: table)
        }

        /// A copy of all that was added until now.
        func copy() -> ArticleRecords {
            ArticleRecords(ends: AscendingColumn(ends), bytes: writer.copy(at: 0, writer.count), table: table)
        }

        mutating func finish() -> ArticleRecords {
            ArticleRecords(ends: AscendingColumn(ends), bytes: writer.finish(), table: table)
        }
    }
}
