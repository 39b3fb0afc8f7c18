import CSnowball

/// A Snowball stemmer with a memory of what it said, so that it is asked once for a frequent word.
///
/// A stemmer of libstemmer works in its own memory and serves one caller at a time; so does this. All pointers are its own, valid
/// until the next call, and freed with it.
final class StemCache {
    let language: StemLanguage
    private let stemmer: OpaquePointer
    /// Half a cache line for each word that hashes to it: the latest. Fresh slots are zeros, which are no word.
    private let slots: UnsafeMutableRawPointer
    private let folded = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: Analyzer.longestWord)

    private static let slotCount = 1 << 15
    private static let slotSize = 32
    /// A slot is the length of the word, that of the stem, and their bytes: what doesn't fit isn't remembered.
    private static let longest = 15
    /// Instead of a length: the word is its own stem.
    private static let same: UInt8 = 0xFF

    /// nil if there is no such algorithm, or no memory for it.
    init?(_ language: StemLanguage) {
        guard let stemmer = sb_stemmer_new(language.algorithm, "UTF_8") else { return nil }
        self.language = language
        self.stemmer = stemmer
        slots = .allocate(byteCount: StemCache.slotCount * StemCache.slotSize, alignment: 64)
        slots.initializeMemory(as: UInt8.self, repeating: 0, count: StemCache.slotCount * StemCache.slotSize)
    }

    deinit {
        sb_stemmer_delete(stemmer)
        slots.deallocate()
        folded.deallocate()
    }

    /// The folded stem of a word in lower case; nil if it is `exact`, the folded word. Eight bytes after the word can be read.
    @inline(__always)
    func stem(_ word: UnsafeBufferPointer<UInt8>, exact: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8>? {
        guard word.count <= StemCache.longest, word.count > 0, let start = word.baseAddress else { return ask(word, exact) }
        let slot = slots + StemCache.slotSize * Int(truncatingIfNeeded: StemCache.hash(start, word.count) >> 49)
        let bytes = slot.assumingMemoryBound(to: UInt8.self)
        if bytes[0] == UInt8(word.count), memoryEqual(bytes + 2, start, word.count) {
            return bytes[1] == StemCache.same ? nil : UnsafeBufferPointer(start: bytes + 17, count: Int(bytes[1]))
        }
        let stem = ask(word, exact)
        guard (stem?.count ?? 0) <= StemCache.longest else { return stem }
        bytes[0] = UInt8(word.count)
        (bytes + 2).update(from: start, count: word.count)
        guard let stem, let from = stem.baseAddress else {
            bytes[1] = StemCache.same
            return nil
        }
        bytes[1] = UInt8(stem.count)
        (bytes + 17).update(from: from, count: stem.count)
        return UnsafeBufferPointer(start: bytes + 17, count: stem.count)
    }

    @inline(never)
    private func ask(_ word: UnsafeBufferPointer<UInt8>, _ exact: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8>? {
        guard let start = word.baseAddress, let stem = sb_stemmer_stem(stemmer, start, CInt(truncatingIfNeeded: word.count)) else {
            return nil
        }
        let found = UnsafeBufferPointer(start: stem, count: Int(max(0, sb_stemmer_length(stemmer))))
        let length = Folding.fold(found, into: folded)
        guard length > 0 else { return nil }
        let result = UnsafeBufferPointer(rebasing: folded[..<length])
        return result.elementsEqual(exact) ? nil : result
    }

    @inline(__always)
    private func memoryEqual(_ a: UnsafePointer<UInt8>, _ b: UnsafePointer<UInt8>, _ count: Int) -> Bool {
        var at = 0
        while at + 8 <= count {
            guard StemCache.word(a + at) == StemCache.word(b + at) else { return false }
            at += 8
        }
        while at < count {
            guard a[at] == b[at] else { return false }
            at += 1
        }
        return true
    }

    @inline(__always)
    private static func word(_ start: UnsafePointer<UInt8>) -> UInt64 {
        UnsafeRawPointer(start).loadUnaligned(as: UInt64.self)
    }

    /// By eight bytes at a time; those after the word's end are masked away.
    @inline(__always)
    private static func hash(_ start: UnsafePointer<UInt8>, _ count: Int) -> UInt64 {
        var hash = UInt64(truncatingIfNeeded: count)
        var at = 0
        while at < count {
            var part = word(start + at)
            let left = count - at
            if left < 8 { part &= (1 << UInt64(left * 8)) - 1 }
            hash = (hash ^ part) &* 0x9E37_79B9_7F4A_7C15
            hash ^= hash >> 29
            at += 8
        }
        return hash &* 0xD6E8_FEB8_6659_FD93
    }
}
