/// The postings of one term on their way into a segment, and their layout there.
///
/// A list is: how many documents (varint); where the segment is packed, its full blocks of 128; then the rest, document
/// after document in bytes. Words say for each document how often they are in headline and body, and where.
///
///     blocks   16 bytes a block: last document, offset of its numbers, offset of its positions (UInt32 each), and
///              in a byte each the bits of a document gap; those of a body count; those of a headline count, with the low
///              four bits of the positions' parameter above them (its fifth is the highest of the byte before); and the
///              largest impact
///              offset of the rest (UInt32)
///              where at least every eighth document has the term: ranks (UInt32 a 512 documents) and a bit a document,
///              instead of gaps
///              the numbers of each block; the positions of each block
///     rest     for each document the gap to the one before (varint, less one), and for words the counts: of the body as `BodyCount`
///              has it, times 2, and 1 more if there is one of the headline, which follows (varints)
///              for words the positions, each as the distance to the one before in the same text (varints)
struct PostingEncoder: ~Copyable {
    var documents = Numbers()
    /// As `BodyCount` has them.
    var bodies = Numbers()
    var headlines = Numbers()
    /// Distances, for each document those in the headline first.
    var positions = Numbers(capacity: 1_024)
    private var gaps = Numbers(capacity: BlockCodec.size)

    /// Documents that a rank stands for.
    static let rankSpan = 512
    static let skipSize = 16
    /// From this many documents on, a segment is worth packing.
    static let packedFrom = 512

    /// Whether a list has a bit for every document of the segment.
    @inline(__always)
    static func isDense(_ count: Int, of documents: Int) -> Bool { count * 8 >= documents }

    /// Takes in a payload, which is counts and positions as they are in the rest, and goes on behind it.
    @inline(__always)
    mutating func add(_ document: UInt32, payload: inout UnsafeRawPointer) {
        documents.append(document)
        let head = payload.varint()
        let headline = head & 1 == 0 ? 0 : payload.varint()
        bodies.append(head >> 1)
        headlines.append(headline)
        let count = Int(headline &+ BodyCount(head >> 1).count)
        positions.reserve(count)
        let target = positions.base + positions.count
        for place in 0..<count { target[place] = payload.varint() }
        positions.added(count)
    }

    /// Takes in a document without positions, which the caller adds.
    @inline(__always)
    mutating func add(_ document: UInt32, body: BodyCount, headline: UInt32) {
        documents.append(document)
        bodies.append(body.rawValue)
        headlines.append(headline)
    }

    @inline(__always)
    mutating func add(_ document: UInt32) { documents.append(document) }

    mutating func removeAll() {
        documents.removeAll()
        bodies.removeAll()
        headlines.removeAll()
        positions.removeAll()
    }

    /// Writes the list into a segment of so many documents, and begins anew.
    mutating func write(isText: Bool, lengths: TextLengths, isPacked: Bool, to writer: inout ByteWriter) {
        let count = documents.count
        writer.varint(UInt32(count))
        let blocks = isPacked ? count / BlockCodec.size : 0
        var position = 0
        var before = UInt32.max
        if blocks > 0 {
            position = writeBlocks(blocks, isText: isText, lengths: lengths, to: &writer)
            before = documents.base[blocks * BlockCodec.size - 1]
        }
        for place in blocks * BlockCodec.size..<count {
            let document = documents.base[place]
            writer.varint(document &- before &- 1)
            before = document
            guard isText else { continue }
            let headline = headlines.base[place]
            writer.varint(bodies.base[place] << 1 | (headline > 0 ? 1 : 0))
            if headline > 0 { writer.varint(headline) }
        }
        for place in position..<positions.count { writer.varint(positions.base[place]) }
        removeAll()
    }

    /// Writes the full blocks; answers how many positions they took.
    private mutating func writeBlocks(_ blocks: Int, isText: Bool, lengths: TextLengths, to writer: inout ByteWriter) -> Int {
        let size = BlockCodec.size
        let start = writer.count
        let skips = writer.zeros(blocks * PostingEncoder.skipSize + 4)
        let isDense = PostingEncoder.isDense(documents.count, of: lengths.count)
        if isDense { writeBits(lengths.count, to: &writer) }
        var before = UInt32.max
        gaps.removeAll()
        gaps.reserve(size)
        for block in 0..<blocks {
            let from = block * size
            let skip = skips + block * PostingEncoder.skipSize
            writer.set(UInt32(writer.count - start), at: skip + 4)
            if !isDense {
                for place in 0..<size {
                    let document = documents.base[from + place]
                    gaps.base[place] = document &- before &- 1
                    before = document
                }
                writer.set(UInt8(PostingEncoder.pack(gaps.base, to: &writer)), at: skip + 12)
            }
            writer.set(documents.base[from + size - 1], at: skip)
            guard isText else { continue }
            writer.set(UInt8(PostingEncoder.pack(bodies.base + from, to: &writer)), at: skip + 13)
            writer.set(UInt8(PostingEncoder.pack(headlines.base + from, to: &writer)), at: skip + 14)
            var most: Float = 0
            for place in from..<from + size {
                let document = Int(documents.base[place])
                var occurrences = Occurrences()
                occurrences.add(headline: headlines.base[place], BodyCount(bodies.base[place]), unit: Impact.unit)
                most = max(
                    most, Impact.of(occurrences, headlineLength: lengths.headline(document), bodyLength: lengths.body(document)))
            }
            writer.set(Impact.byte(most), at: skip + 15)
        }
        var position = 0
        if isText {
            for block in 0..<blocks {
                let skip = skips + block * PostingEncoder.skipSize
                writer.set(UInt32(writer.count - start), at: skip + 8)
                var count = 0
                for place in block * size..<(block + 1) * size {
                    count += Int(BodyCount(bodies.base[place]).count &+ headlines.base[place])
                }
                var sum: UInt64 = 0
                for place in position..<position + count { sum += UInt64(positions.base[place]) }
                let parameter = UnaryCodec.parameter(sum: sum, count: count)
                writer.set(writer.get(UInt8.self, at: skip + 13) | UInt8(parameter >> 4) << 7, at: skip + 13)
                writer.set(writer.get(UInt8.self, at: skip + 14) | UInt8(parameter & 15) << 4, at: skip + 14)
                UnaryCodec.write(positions.base + position, count, parameter: parameter, to: &writer)
                position += count
            }
        }
        writer.set(UInt32(writer.count - start), at: skips + blocks * PostingEncoder.skipSize)
        return position
    }

    private func writeBits(_ all: Int, to writer: inout ByteWriter) {
        let ranks = writer.zeros((all + PostingEncoder.rankSpan - 1) / PostingEncoder.rankSpan * 4)
        let words = writer.zeros((all + 63) / 64 * 8)
        var span = 0
        for place in 0..<documents.count {
            let document = Int(documents.base[place])
            while span * PostingEncoder.rankSpan <= document {
                writer.set(UInt32(place), at: ranks + span * 4)
                span += 1
            }
            let word = words + document / 64 * 8
            writer.set(writer.get(UInt64.self, at: word) | 1 << UInt64(document % 64), at: word)
        }
        while span * PostingEncoder.rankSpan < all {
            writer.set(UInt32(documents.count), at: ranks + span * 4)
            span += 1
        }
    }

    /// Writes a block in as few bits as it takes, and answers how many.
    private static func pack(_ values: UnsafePointer<UInt32>, to writer: inout ByteWriter) -> Int {
        let bits = BlockCodec.bits(values)
        let offset = writer.zeros(BlockCodec.bytes(bits: bits))
        writer.withMemory(at: offset) { BlockCodec.pack(values, bits: bits, to: $0) }
        return bits
    }
}

/// How many words the headlines and bodies of a segment that is being made have.
struct TextLengths {
    private let headlines: [UInt16]
    private let bodies: [UInt16]

    init(_ columns: DocumentColumns) {
        headlines = columns.headlineLengths
        bodies = columns.bodyLengths
    }

    init(_ segment: Segment) {
        headlines = Array(segment.headlineLengths.values)
        bodies = Array(segment.bodyLengths.values)
    }

    var count: Int { bodies.count }

    @inline(__always)
    func headline(_ document: Int) -> UInt32 { UInt32(headlines[document]) }
    @inline(__always)
    func body(_ document: Int) -> UInt32 { UInt32(bodies[document]) }
}
