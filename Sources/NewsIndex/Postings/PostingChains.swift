/// The postings of many terms that grow side by side, in bytes: a chain of chunks for each, in one piece of memory, which grow with the
/// chain up to a limit (Büttcher, Clarke: "Memory management strategies for single-pass index construction in text retrieval systems", 2005).
///
/// A posting is the gap to the document before it (varint, less one), and for words the payload: counts and positions, as in the rest of a
/// list (`PostingEncoder`). It is never parted between chunks.
struct PostingChains: ~Copyable {
    private struct Chain {
        /// How many documents have the term.
        var count: UInt32 = 0
        /// The last of them.
        var last = UInt32.max
        /// The first chunk, the present one, and where in that the next posting goes and room ends.
        var head: UInt32 = 0
        var chunk: UInt32 = 0
        var place: UInt32 = 0
        var end: UInt32 = 0
    }

    private var chains = Row<Chain>(capacity: 256)
    /// Chunks begin with where the next one is, and where what is written in this one ends (UInt32 each).
    private var memory = ByteWriter(capacity: 1 << 12)
    private static let headSize = 8
    private static let leastChunk = 24
    private static let mostChunk = 1 << 12
    /// What may be written beside a payload: a gap of five bytes, and eight behind it, as it is written by eights.
    private static let beside = 5 + 8

    var byteCount: Int { memory.count + chains.count * MemoryLayout<Chain>.stride }

    /// Begins the chain of another term; they are numbered as they begin.
    mutating func begin() { chains.append(Chain()) }

    /// How many documents a term has.
    func count(_ term: Int) -> Int { Int(chains[term].count) }

    /// Adds a document to a term, after those that it has. Eight bytes after the payload can be read; it is copied at once.
    @inline(__always)
    mutating func append(_ document: UInt32, _ payload: UnsafeRawBufferPointer, to term: Int) {
        let chain = chains.base + term
        let gap = document &- chain.pointee.last &- 1
        chain.pointee.last = document
        chain.pointee.count &+= 1
        let place = Int(chain.pointee.place)
        guard place &+ payload.count &+ PostingChains.beside <= Int(chain.pointee.end) else { return appendAtEnd(gap, payload, to: term) }
        let start = memory.set(varint: gap, at: place)
        if let base = payload.baseAddress { memory.set(short: base, payload.count, at: start) }
        chain.pointee.place = UInt32(truncatingIfNeeded: start &+ payload.count)
    }

    /// The same near a chunk's end, or beyond it.
    @inline(never)
    private mutating func appendAtEnd(_ gap: UInt32, _ payload: UnsafeRawBufferPointer, to term: Int) {
        // Seven bits a byte, and one byte at least.
        let size = (38 - (gap | 1).leadingZeroBitCount) / 7 + payload.count
        if Int(chains[term].place) + size > Int(chains[term].end) { extend(term, size) }
        let start = memory.set(varint: gap, at: Int(chains[term].place))
        if let base = payload.baseAddress { memory.withMemory(at: start) { $0.copyMemory(from: base, byteCount: payload.count) } }
        chains[term].place = UInt32(start + payload.count)
    }

    private mutating func extend(_ term: Int, _ need: Int) {
        var chain = chains[term]
        let usual = min(max(Int(chain.end - chain.chunk) * 5 / 4, PostingChains.leastChunk), PostingChains.mostChunk)
        let size = max(usual, PostingChains.headSize + need)
        memory.reserve(size)
        let start = UInt32(memory.count)
        memory.added(size)
        if chain.end > 0 {
            memory.set(start, at: Int(chain.chunk))
            memory.set(chain.place, at: Int(chain.chunk) + 4)
        } else {
            chain.head = start
        }
        chain.chunk = start
        chain.place = start + UInt32(PostingChains.headSize)
        chain.end = start + UInt32(size)
        chains[term] = chain
    }

    /// Calls `body` with the postings of a term, as many at a time as stand together. The pointers are the chains'.
    @inline(__always)
    func forEachRun(of term: Int, _ body: (UnsafeRawBufferPointer) -> Void) {
        let chain = chains[term]
        guard chain.count > 0 else { return }
        var chunk = chain.head
        while true {
            let isLast = chunk == chain.chunk
            let end = isLast ? chain.place : memory.get(UInt32.self, at: Int(chunk) + 4)
            memory.withMemory(at: Int(chunk) + PostingChains.headSize) {
                body(UnsafeRawBufferPointer(start: $0, count: Int(end - chunk) - PostingChains.headSize))
            }
            if isLast { return }
            chunk = memory.get(UInt32.self, at: Int(chunk))
        }
    }
}
