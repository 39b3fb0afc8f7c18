import Synchronization

/// What one call of the analyzer works with: a stemmer, its memory of stems, and room for the words that are found.
///
/// `@unchecked Sendable` because the pool lends it to one call at a time, under its lock, and nobody else has a reference.
final class AnalysisScratch: @unchecked Sendable {
    /// A word found by the closer look, with its bytes in `blob`.
    struct Found {
        var exact: Range<Int>
        /// What the stem is made of; empty if there is to be none.
        var lower: Range<Int>
        var position: UInt32
        var range: Range<Int>
        var role: Role
    }

    /// Why a word is at its position.
    enum Role {
        /// The word itself.
        case word
        /// The word with what was taken off it: "l'avion" joined, "Levi's" joined, and the "neill" of "O'Neill".
        case variant
        /// The word with ä written as ae, and the like.
        case digraph
        /// Two parts joined: the "covid19" of "Covid-19".
        case compound
        /// Two neighbours of a text that is written without spaces.
        case pair
        /// The last of these alone.
        case tail
        /// A character that is the whole of such a text.
        case single
    }

    /// Room for a folded word, and eight bytes more for who reads it by eights. It lives as long as the scratch.
    let word = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: Analyzer.longestWord + 8)
    private(set) var language = TextLanguage(tag: nil)
    private(set) var mode = Analyzer.Mode.full
    let stems: StemCache?
    /// Whether what stems are made of is wanted without a stemmer.
    var isForQuery = false

    // Only one call at a time has the scratch, and none of its closures touches what it is writing: `@exclusivity(unchecked)` saves
    // the check at every access.

    /// What the last `read` found.
    @exclusivity(unchecked) var found: [Found] = []
    @exclusivity(unchecked) private(set) var blob = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: 4_096)
    @exclusivity(unchecked) private(set) var blobCount = 0
    /// How many positions that took.
    @exclusivity(unchecked) var positions: UInt32 = 0
    /// Where a part begins that is tied to the one before it by a hyphen, and must not be joined with the next.
    @exclusivity(unchecked) var chained: Int?
    /// Where a run without spaces goes on that was too long for one step.
    @exclusivity(unchecked) var unspacedRun: Int?
    /// Room for a word as it stands in the text, without its signs.
    let raw = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: AnalysisScratch.longestRaw)
    /// The signs of a word, and what is between them.
    @exclusivity(unchecked) var signs: [Sign] = []
    @exclusivity(unchecked) var elements: [Element] = []

    /// Longer words are cut before they are folded: a letter may carry many marks.
    static let longestRaw = 1_024

    private init(_ language: StemLanguage?) {
        stems = language.flatMap { StemCache($0) }
        found.reserveCapacity(16)
    }

    deinit {
        word.deallocate()
        raw.deallocate()
        blob.deallocate()
    }

    var isStemming: Bool { stems != nil && mode == .full }

    // MARK: Lending

    /// At most so many wait to be lent again.
    private static let idle = 16
    /// Held for a push or a pop alone.
    private static let pool = Mutex<[AnalysisScratch]>([])

    static func borrow(for language: TextLanguage, _ mode: Analyzer.Mode) -> AnalysisScratch {
        let stem = mode == .full ? language.stem : nil
        let idle = pool.withLock { pool in pool.lastIndex { $0.stems?.language == stem }.map { pool.remove(at: $0) } }
        let scratch = idle ?? AnalysisScratch(stem)
        scratch.language = language
        scratch.mode = mode
        scratch.chained = nil
        scratch.unspacedRun = nil
        return scratch
    }

    func giveBack() {
        isForQuery = false
        if blob.count > 1 << 16 {
            blob.deallocate()
            blob = .allocate(capacity: 4_096)
        }
        let dropped = AnalysisScratch.pool.withLock { pool -> AnalysisScratch? in
            pool.append(self)
            return pool.count > AnalysisScratch.idle ? pool.removeFirst() : nil
        }
        _ = consume dropped
    }

    // MARK: Tokens

    /// One of those found; the pointers are valid until the next `read`, the bytes are not changed before.
    func token(_ index: Int, _ first: UInt32) -> Token {
        let word = found[index]
        let blob = UnsafeBufferPointer(blob)
        return Token(
            exact: UnsafeBufferPointer(rebasing: blob[word.exact]), position: first &+ word.position, range: word.range,
            lower: UnsafeBufferPointer(rebasing: blob[word.lower]), scratch: .passUnretained(self))
    }

    // MARK: Writing what is found

    /// Forgets what was written from a place in `blob` on.
    func unwrite(to place: Int) { blobCount = place }

    func clear() {
        found.removeAll(keepingCapacity: true)
        blobCount = 0
        positions = 0
    }

    /// Makes room for so many bytes more in `blob`.
    func reserve(_ count: Int) {
        guard blobCount + count > blob.count else { return }
        let larger = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: max(blob.count * 2, blobCount + count))
        _ = larger.update(fromContentsOf: blob[..<blobCount])
        blob.deallocate()
        blob = larger
    }

    /// Lets `fill` write into so much room at most; answers where in `blob` what it wrote stands. The buffer is there for the call.
    func write(_ limit: Int, _ fill: (UnsafeMutableBufferPointer<UInt8>) -> Int) -> Range<Int> {
        // The stem cache reads eight bytes at a time.
        reserve(limit + 8)
        let start = blobCount
        blobCount += fill(UnsafeMutableBufferPointer(rebasing: blob[start..<start + limit]))
        return start..<blobCount
    }
}
