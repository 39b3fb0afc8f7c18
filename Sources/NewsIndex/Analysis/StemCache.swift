import CSnowball

/// A Snowball stemmer with a memory of what it said, so that it is asked once for a frequent word.
///
/// A stemmer of libstemmer works in its own memory and serves one caller at a time; so does this. All pointers are its own, valid
/// until the next call, and freed with it.
final class StemCache {
    let language: StemLanguage
    private let stemmer: OpaquePointer
    /// A cache line for each two words that hash to it. Fresh slots are zeros, which are no word.
    private let slots: UnsafeMutableRawPointer
    /// Eight bytes after a stem can be read.
    private let folded = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: Analyzer.longestWord + 8)

    private static let lineBits: UInt64 = 14
    private static let slotSize = 32
    private static let byteCount = 2 * slotSize << Int(lineBits) + 8
    /// A slot is the word, filled up with zeros, and in its sixteenth byte the word's length; then the length of the stem, and the stem:
    /// what doesn't fit isn't remembered.
    private static let longest = 15
    /// Instead of a length: the word is its own stem.
    private static let same: UInt8 = 0xFF

    /// nil if there is no such algorithm, or no memory for it.
    init?(_ language: StemLanguage) {
        guard let stemmer = sb_stemmer_new(language.algorithm, "UTF_8") else { return nil }
        self.language = language
        self.stemmer = stemmer
        slots = .allocate(byteCount: StemCache.byteCount, alignment: 64)
        slots.initializeMemory(as: UInt8.self, repeating: 0, count: StemCache.byteCount)
    }

    deinit {
        sb_stemmer_delete(stemmer)
        slots.deallocate()
        folded.deallocate()
    }

    /// A word of up to fifteen bytes as a slot has it.
    private struct Key {
        let low: UInt64
        let high: UInt64

        /// Eight bytes after the word can be read; the pointer is the caller's.
        @inline(__always)
        init(_ word: UnsafePointer<UInt8>, _ count: Int) {
            let word = UnsafeRawPointer(word)
            // A shift by 64 and more leaves nothing. Without a branch, for lengths can't be foreseen.
            let bits = UInt64(truncatingIfNeeded: count) &* 8
            let isLong = count > 8
            low = UInt64(littleEndian: word.loadUnaligned(as: UInt64.self)) & ~(UInt64.max << bits)
            let rest = UInt64(littleEndian: (word + (isLong ? 8 : 0)).loadUnaligned(as: UInt64.self))
            high = (isLong ? rest & ~(UInt64.max << (bits &- 64)) : 0) | UInt64(truncatingIfNeeded: count) << 56
        }

        @inline(__always)
        var hash: UInt64 {
            var hash = (low ^ high &* 0xA24B_AED4_963E_E407) &* 0x9E37_79B9_7F4A_7C15
            hash ^= hash >> 29
            return hash &* 0xD6E8_FEB8_6659_FD93
        }

        @inline(__always)
        func stands(in slot: UnsafeMutableRawPointer) -> Bool {
            (slot.load(as: UInt64.self) ^ low) | (slot.load(fromByteOffset: 8, as: UInt64.self) ^ high) == 0
        }
    }

    /// The folded stem of a word in lower case; nil if it is `exact`, the folded word. Eight bytes after the word can be read, and after
    /// the stem.
    @inline(__always)
    func stem(_ word: UnsafeBufferPointer<UInt8>, exact: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8>? {
        guard word.count <= StemCache.longest, word.count > 0, let start = word.baseAddress else { return ask(word, exact) }
        let key = Key(start, word.count)
        let slot = slots + 2 * StemCache.slotSize * Int(truncatingIfNeeded: key.hash >> (64 - StemCache.lineBits))
        return key.stands(in: slot) ? stem(in: slot) : lookAgain(key, slot, word, exact)
    }

    /// Looks into the other slot of the line. A word that is met there again goes before the one in the first; what is new takes the
    /// second. So a frequent word stays, however many that are met once come by.
    @inline(never)
    private func lookAgain(
        _ key: Key, _ first: UnsafeMutableRawPointer, _ word: UnsafeBufferPointer<UInt8>, _ exact: UnsafeBufferPointer<UInt8>
    ) -> UnsafeBufferPointer<UInt8>? {
        let second = first + StemCache.slotSize
        if key.stands(in: second) {
            typealias Slot = (UInt64, UInt64, UInt64, UInt64)
            let other = first.load(as: Slot.self)
            first.storeBytes(of: second.load(as: Slot.self), as: Slot.self)
            second.storeBytes(of: other, as: Slot.self)
            return stem(in: first)
        }
        // What is made of digits alone is its own stem in every language, and there is more of it than could be remembered.
        if word.allSatisfy({ $0 &- 0x30 < 10 }) { return word.elementsEqual(exact) ? nil : word }
        let stem = ask(word, exact)
        let size = stem?.count ?? 0
        guard size <= StemCache.longest else { return stem }
        second.storeBytes(of: key.low, as: UInt64.self)
        second.storeBytes(of: key.high, toByteOffset: 8, as: UInt64.self)
        second.storeBytes(of: stem == nil ? StemCache.same : UInt8(size), toByteOffset: 16, as: UInt8.self)
        guard let from = stem?.baseAddress else { return nil }
        (second + 17).copyMemory(from: from, byteCount: size)
        return self.stem(in: second)
    }

    /// What a slot says. It changes with the next call.
    @inline(__always)
    private func stem(in slot: UnsafeMutableRawPointer) -> UnsafeBufferPointer<UInt8>? {
        let size = slot.load(fromByteOffset: 16, as: UInt8.self)
        guard size != StemCache.same else { return nil }
        return UnsafeBufferPointer(start: UnsafePointer((slot + 17).assumingMemoryBound(to: UInt8.self)), count: Int(size))
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
}
