import News

/// The bytes of a segment, as they stand in a file: twenty-six numbers that say how long each section is, and the sections, each filled up
/// to whole sixteens, and followed by sixteen zeros. In memory they are used as they are. The column `updated` is left out where it is
/// the same as `published`; `languages` has one alone where all documents have the same.
public final class SegmentImage: Sendable {
    let store: ByteStore

    /// Memory for an image, which `fill` has to write all of; nil where there is not so much. Throws what `fill` throws.
    public init?<Failure>(byteCount: Int, _ fill: (UnsafeMutableRawBufferPointer) throws(Failure) -> Void) throws(Failure) {
        // The memory is the caller's during the call alone.
        guard byteCount >= 0, let store = try ByteWriter.filled(byteCount, fill) else { return nil }
        self.store = store
    }

    fileprivate static let sections = 24
    fileprivate static let headSize = (sections + 2) * 8

    /// What a section takes in the file.
    fileprivate static func room(_ size: Int) -> Int { (size + 15) / 16 * 16 + ByteStore.slack }
}

extension Segment {
    /// Hands the image to `write`, piece by piece, each a multiple of 16 bytes but the parts of sections, which zeros follow. The
    /// pieces are valid during the calls alone.
    public func writeImage(_ write: (UnsafeRawBufferPointer) throws -> Void) rethrows {
        let sections = [
            ids.bytes, serials.words.bytes, sequences.words.bytes, published.bytes,
            UnsafeRawBufferPointer(rebasing: updated === published ? updated.bytes[..<0] : updated.bytes[...]), indexed.bytes,
            headlineLengths.bytes,
            bodyLengths.bytes, languageBytes, placesByID.slots.bytes, placesByURI.slots.bytes, records.ends.words.bytes,
            records.bytes.bytes, dictionary.keys.bytes,
            dictionary.restEnds.words.bytes, dictionary.rests.bytes, stems.high.bytes, stems.middle.bytes, stems.low.bytes,
            stems.terms.bytes,
            offsets.words.bytes, postings.bytes, pairs.entries.bytes, pairs.lists.bytes,
        ]
        var head = [UInt64(count), UInt64(termCount)]
        head += sections.map { UInt64($0.count) }
        try head.withUnsafeBytes { try write($0) }
        let zeros = [UInt8](repeating: 0, count: 32)
        for section in sections {
            try write(section)
            try zeros.withUnsafeBytes {
                try write(UnsafeRawBufferPointer(rebasing: $0[..<(SegmentImage.room(section.count) - section.count)]))
            }
        }
    }

    /// The segment of an image, in which it stays; nil if that is no image of one.
    ///
    /// - Parameter table: what the codes in its articles mean.
    convenience init?(_ image: SegmentImage, _ table: SymbolTable?) {
        guard var sections = ImageSections(image) else { return nil }
        let (count, terms) = (sections.documentCount, sections.termCount)
        guard let ids = sections.column(ArticleID.self, count), let serials = sections.ascending(count),
            let sequences = sections.ascending(count), let published = sections.column(Int64.self, count),
            let changed = sections.column(Int64.self), changed.count == 0 || changed.count == count,
            let indexed = sections.column(Int64.self, count),
            let headlineLengths = sections.column(UInt16.self, count), let bodyLengths = sections.column(UInt16.self, count),
            let languages = sections.column(UInt8.self), languages.count == count || languages.count == 1,
            let byID = sections.column(UInt32.self).flatMap({ HashedPlaces(kept: $0, places: count) }),
            let byURI = sections.column(UInt32.self).flatMap({ HashedPlaces(kept: $0, places: count) }),
            let ends = sections.ascending(count), let records = sections.bytes(), ends.last == UInt64(records.count),
            let keys = sections.column(UInt64.self, terms), let restEnds = sections.ascending(terms),
            let rests = sections.bytes(), restEnds.last.map({ Int($0) == rests.count }) ?? true,
            let high = sections.column(UInt32.self), let middle = sections.column(UInt16.self, high.count),
            let low = sections.column(UInt8.self, high.count), let stemmed = sections.column(UInt32.self, high.count),
            stemmed.values.allSatisfy({ Int($0) < terms }),
            let offsets = sections.ascending(terms), let postings = sections.bytes(),
            offsets.last.map({ Int($0) < postings.count }) ?? true,
            let entries = sections.column(WordPairs.Entry.self), let lists = sections.bytes(),
            let pairs = WordPairs(entries, lists, terms: terms)
        else { return nil }
        self.init(
            Columns(
                ids: ids, serials: serials, sequences: sequences, published: published,
                updated: changed.count == 0 ? published : changed, indexed: indexed,
                headlineLengths: headlineLengths, bodyLengths: bodyLengths, languages: languages, placesByID: byID, placesByURI: byURI),
            ArticleRecords(ends: ends, bytes: records, table: table),
            dictionary: TermDictionary(keys: keys, restEnds: restEnds, rests: rests),
            stems: StemTable(high: high, middle: middle, low: low, terms: stemmed), offsets: offsets, postings: postings,
            pairs: pairs)
    }
}

/// The sections of an image, one after the other, none of which reaches beyond its end.
private struct ImageSections {
    private let store: ByteStore
    private var next = 0
    private var offset = SegmentImage.headSize
    let documentCount: Int
    let termCount: Int

    init?(_ image: SegmentImage) {
        store = image.store
        guard store.count >= SegmentImage.headSize, let documents = Int(exactly: store.base.load(as: UInt64.self)),
            let terms = Int(exactly: store.base.load(fromByteOffset: 8, as: UInt64.self)), documents > 0
        else { return nil }
        (documentCount, termCount) = (documents, terms)
    }

    private mutating func section() -> (offset: Int, size: Int)? {
        let size = store.base.load(fromByteOffset: 16 + next * 8, as: UInt64.self)
        let left = store.count - offset
        guard size <= UInt64(left), SegmentImage.room(Int(size)) <= left else { return nil }
        defer {
            next += 1
            offset += SegmentImage.room(Int(size))
        }
        return (offset, Int(size))
    }

    mutating func column<Element: BitwiseCopyable & Sendable>(_ type: Element.Type, _ count: Int? = nil) -> Column<Element>? {
        guard let (offset, size) = section(), size % MemoryLayout<Element>.stride == 0 else { return nil }
        let found = size / MemoryLayout<Element>.stride
        return count ?? found == found ? Column(within: store, at: offset, count: found) : nil
    }

    mutating func ascending(_ count: Int) -> AscendingColumn? {
        column(UInt64.self).flatMap { AscendingColumn(kept: $0, count: count) }
    }

    mutating func bytes() -> ByteStore? {
        section().map { ByteStore(within: store, at: $0.offset, count: $0.size) }
    }
}
