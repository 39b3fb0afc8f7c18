/// The terms of a segment in the order of their bytes: a term's first eight bytes as one number, and the rest elsewhere.
struct TermDictionary: Sendable {
    let keys: Column<UInt64>
    let restEnds: AscendingColumn
    let rests: ByteStore
    /// Every 64th key.
    private let samples: Column<UInt64>
    private static let sampleSpan = 64

    init(keys: Column<UInt64>, restEnds: AscendingColumn, rests: ByteStore) {
        self.keys = keys
        self.restEnds = restEnds
        self.rests = rests
        samples = Column(stride(from: 0, to: keys.count, by: TermDictionary.sampleSpan).map { keys[$0] })
    }

    var count: Int { keys.count }
    var byteCount: Int { keys.byteCount + restEnds.byteCount + rests.count + samples.byteCount }

    /// Terms that come in order.
    struct Builder: ~Copyable {
        private var keys: [UInt64] = []
        private var restEnds: [UInt32] = []
        private var rests = ByteWriter()

        init(capacity: Int) {
            keys.reserveCapacity(capacity)
            restEnds.reserveCapacity(capacity)
        }

        mutating func append(key: UInt64, rest: UnsafeRawBufferPointer) {  // copied at once
            keys.append(key)
            if let base = rest.baseAddress, rest.count > 0 { rests.copy(base, rest.count) }
            restEnds.append(UInt32(rests.count))
        }

        mutating func finish() -> TermDictionary {
            TermDictionary(keys: Column(keys), restEnds: AscendingColumn(restEnds), rests: rests.finish())
        }
    }

    /// The first eight bytes of a term, filled up with zeros, so that keys are in the order of the bytes. The pointer is
    /// read during the call alone.
    @inline(__always)
    static func key(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt64 {
        var key: UInt64 = 0
        for place in 0..<min(8, bytes.count) { key |= UInt64(bytes[place]) << UInt64(56 - place * 8) }
        return key
    }

    /// The same, where eight bytes after the last can be read. The pointer is read during the call alone.
    @inline(__always)
    static func key(padded bytes: UnsafeRawPointer, _ count: Int) -> UInt64 {
        // A shift by 64 and more leaves nothing.
        UInt64(bigEndian: bytes.loadUnaligned(as: UInt64.self)) & ~(UInt64.max >> UInt64(truncatingIfNeeded: count * 8))
    }

    @inline(__always)
    func key(_ term: Int) -> UInt64 { keys[term] }

    /// The bytes after the first eight; valid as long as the dictionary.
    @inline(__always)
    func rest(_ term: Int) -> UnsafeRawBufferPointer {
        // Most terms have none, and it shows in their keys.
        guard keys[term] & 0xFF != 0 else { return UnsafeRawBufferPointer(start: rests.base, count: 0) }
        let range = restEnds.range(endingAt: term)
        return UnsafeRawBufferPointer(start: rests.base + range.lowerBound, count: range.count)
    }

    @inline(__always)
    func isText(_ term: Int) -> Bool { Term.isText(UInt8(truncatingIfNeeded: keys[term] >> 56)) }

    /// The bytes of a term, none of which is zero.
    func bytes(_ term: Int) -> [UInt8] {
        var bytes: [UInt8] = []
        let key = keys[term]
        let rest = rest(term)
        for place in 0..<8 { bytes.append(UInt8(truncatingIfNeeded: key >> UInt64(56 - place * 8))) }
        if rest.isEmpty { while bytes.last == 0 { bytes.removeLast() } }
        bytes.append(contentsOf: rest)
        return bytes
    }

    /// The text of a value, without its tag.
    func text(_ value: Int) -> String { TermDictionary.text(key: keys[value], rest: rest(value)) }

    /// The text of a value with that beginning and rest; the pointer is read during the call alone.
    static func text(key: UInt64, rest: UnsafeRawBufferPointer) -> String {
        let size = rest.isEmpty ? 8 - key.trailingZeroBitCount / 8 : 8 + rest.count
        // Written and read within the call.
        return String(unsafeUninitializedCapacity: size) { text in
            for place in 1..<min(8, size) { text[place - 1] = UInt8(truncatingIfNeeded: key >> UInt64(56 - place * 8)) }
            for place in 0..<rest.count { text[7 + place] = rest[place] }
            for place in 0..<size - 1 where text[place] == 0xFF { text[place] = 0 }
            return size - 1
        }
    }

    /// The place of the first term that is not below some bytes.
    func lowerBound(_ bytes: [UInt8]) -> Int {
        // The bytes are read during the call alone.
        bytes.withUnsafeBufferPointer { bytes in
            let key = TermDictionary.key(bytes)
            let rest = UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(bytes)[min(8, bytes.count)...])
            // First among every 64th key, which stand close together.
            let sample = NewsIndex.lowerBound(samples.base, samples.count, key)
            var low = sample == 0 ? 0 : (sample - 1) * TermDictionary.sampleSpan
            var high = min(count, sample * TermDictionary.sampleSpan + 1)
            // Several samples can be the same, where many terms begin alike.
            while high < count, keys[high - 1] == key { high = min(count, high + TermDictionary.sampleSpan) }
            while low < high {
                let middle = (low &+ high) &>> 1
                let other = keys[middle]
                if other < key || (other == key && TermDictionary.isBelow(self.rest(middle), rest)) {
                    low = middle &+ 1
                } else {
                    high = middle
                }
            }
            return low
        }
    }

    /// The place of a term.
    func place(of bytes: [UInt8]) -> Int? {
        let place = lowerBound(bytes)
        // Compared during the call alone.
        guard place < count, bytes.withUnsafeBufferPointer({ TermDictionary.key($0) }) == keys[place],
            rest(place).elementsEqual(bytes.dropFirst(8))
        else { return nil }
        return place
    }

    /// The places of the terms that begin with some bytes.
    func places(withPrefix prefix: [UInt8]) -> Range<Int> {
        // No word has this byte, and so all that begin with the prefix stand before it.
        let start = lowerBound(prefix)
        return start..<max(start, lowerBound(prefix + [0xFF]))
    }

    /// Compares bytes; the pointers are the caller's.
    @inline(__always)
    static func isBelow(_ a: UnsafeRawBufferPointer, _ b: UnsafeRawBufferPointer) -> Bool {
        for place in 0..<min(a.count, b.count) where a[place] != b[place] { return a[place] < b[place] }
        return a.count < b.count
    }

    /// Compares bytes; the pointers are the caller's.
    @inline(__always)
    static func isSame(_ a: UnsafeRawBufferPointer, _ b: UnsafeRawBufferPointer) -> Bool {
        guard a.count == b.count else { return false }
        for place in 0..<a.count where a[place] != b[place] { return false }
        return true
    }
}
