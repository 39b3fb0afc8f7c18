import News
import Synchronization

/// Collects the words of an article: which there are, how often and where. Its memory serves one article after the other.
struct WordReader: ~Copyable {
    /// A word that was met, as often as it was.
    struct Word {
        let hash: UInt64
        /// The first eight bytes, as `TermDictionary.key` has them.
        let key: UInt64
        /// Where its bytes stand in the blob.
        let start: UInt32
        let length: UInt32
        /// The hash of the last stem that was seen of it; 0 for none.
        var stem: UInt64 = 0
        /// Whether the word itself is what a stem of it is made of.
        var isStemmed = false
        var isInLead = false
        var headline: UInt32 = 0
        var body: UInt32 = 0
        /// The first and the last of its occurrences, counted from 1; 0 for none.
        var first: UInt32 = 0
        var last: UInt32 = 0
    }

    /// Where a word stands, and the number of its next occurrence.
    private struct Occurrence {
        let position: UInt32
        var next: UInt32 = 0
    }

    private(set) var words = Row<Word>(capacity: 512)
    private(set) var blob = ByteWriter(capacity: 1 << 12)
    private(set) var payloads = ByteWriter(capacity: 1 << 12)
    private(set) var payloadEnds = Numbers(capacity: 512)
    /// Which words have which stems.
    private(set) var stems = Row<WordStem>(capacity: 256)
    private var table = NumberTable(capacity: 512)
    private var occurrences = Row<Occurrence>(capacity: 1 << 10)
    private var headlineCount = 0

    // MARK: Lending

    /// A reader that waits to be lent. Whoever takes it out of the pool is the only one that has it.
    private struct Idle: @unchecked Sendable { let reader: UnsafeMutablePointer<WordReader> }  // freed by `giveBack`
    /// At most so many wait, none of which has read a text of more words than that: its table would have to be wiped for every article.
    private static let mostIdle = 16
    private static let usualSize = 1 << 12
    /// Held for a push or a pop alone.
    private static let pool = Mutex<[Idle]>([])

    /// A reader that has read nothing, the caller's alone until it gives it back.
    static func borrow() -> UnsafeMutablePointer<WordReader> {
        if let idle = pool.withLock({ $0.popLast() }) { return idle.reader }
        let reader = UnsafeMutablePointer<WordReader>.allocate(capacity: 1)
        reader.initialize(to: WordReader())
        return reader
    }

    /// Takes back what was borrowed; nobody may use it any more.
    static func giveBack(_ reader: UnsafeMutablePointer<WordReader>) {
        let isUsual = reader.pointee.occurrences.count <= usualSize
        reader.pointee.removeAll()
        let idle = Idle(reader: reader)
        let isKept =
            isUsual
            && pool.withLock { pool in
                guard pool.count < WordReader.mostIdle else { return false }
                pool.append(idle)
                return true
            }
        guard !isKept else { return }
        reader.deinitialize(count: 1)
        reader.deallocate()
    }

    private mutating func removeAll() {
        words.removeAll()
        blob.removeAll()
        payloads.removeAll()
        payloadEnds.removeAll()
        stems.removeAll()
        table.removeAll()
        occurrences.removeAll()
        headlineCount = 0
    }

    // MARK: Reading

    /// Reads a text, the headline first; answers how many positions it has.
    mutating func read(_ text: String?, isHeadline: Bool, _ analyzer: Analyzer, _ language: TextLanguage) -> UInt32 {
        guard var text else { return 0 }
        // The bytes are read during the call alone.
        let length = text.withUTF8 { bytes in
            analyzer.forEachToken(utf8: bytes, language: language) { token in
                let word = number(of: token.exact)
                add(word, token.position, isHeadline: isHeadline)
                if let language = language.stem, !token.lower.isEmpty { addStem(word, token, language) }
            }
        }
        if isHeadline { headlineCount = occurrences.count }
        return length
    }

    /// The number of a word, which may be a new one. The pointer is valid during the call, as are eight bytes after the word.
    @inline(__always)
    private mutating func number(of word: UnsafeBufferPointer<UInt8>) -> Int {
        guard let start = word.baseAddress else { return 0 }
        let (hash, key) = (Term.hash(padded: word), TermDictionary.key(padded: start, word.count))
        let known = table.find(hash) { number in
            let other = words[number]
            return other.key == key && Int(other.length) == word.count
                && (word.count <= 8 || blob.holds(start, word.count, after: 8, at: Int(other.start)))
        }
        if let known { return known }
        let place = UInt32(truncatingIfNeeded: blob.count)
        blob.copy(start, word.count)
        words.append(Word(hash: hash, key: key, start: place, length: UInt32(truncatingIfNeeded: word.count)))
        table.insert(hash)
        return words.count - 1
    }

    /// Takes in an occurrence. Other ways to write the word can stand at its place; the same one counts once.
    @inline(__always)
    private mutating func add(_ word: Int, _ position: UInt32, isHeadline: Bool) {
        let last = words[word].last
        if Int(last) > headlineCount, occurrences[Int(last) - 1].position == position { return }
        occurrences.append(Occurrence(position: position))
        let number = UInt32(truncatingIfNeeded: occurrences.count)
        if last > 0 { occurrences[Int(last) - 1].next = number } else { words[word].first = number }
        words[word].last = number
        if isHeadline {
            words[word].headline += 1
        } else {
            words[word].body += 1
            if position < Impact.lead { words[word].isInLead = true }
        }
    }

    /// Remembers that a word has a stem. What is the same in all its bytes has the same stem, and most words are made of nothing else than
    /// what their stem is made of: these are asked for theirs once, by `findStems`.
    @inline(__always)
    private mutating func addStem(_ word: Int, _ token: Token, _ language: StemLanguage) {
        if token.lower.baseAddress == token.exact.baseAddress {
            words[word].isStemmed = true
        } else if let stem = token.stem {
            addStem(word, StemTable.hash(stem, language))
        }
    }

    private mutating func addStem(_ word: Int, _ hash: UInt64) {
        guard words[word].stem != hash else { return }
        words[word].stem = hash
        stems.append(WordStem(hash: hash, word: UInt32(truncatingIfNeeded: word)))
    }

    /// Looks for the stems of the words that these are made of, one after the other: what remembers stems is larger than the caches, and so
    /// many of its lines are waited for at the same time.
    mutating func findStems(_ language: TextLanguage) {
        guard let stemLanguage = language.stem else { return }
        let scratch = AnalysisScratch.borrow(for: language, .full)
        defer { scratch.giveBack() }
        guard let cache = scratch.stems else { return }
        for number in 0..<words.count where words[number].isStemmed {
            let (start, length) = (Int(words[number].start), Int(words[number].length))
            var hash: UInt64 = 0
            // Read during the call alone; there are eight bytes more.
            blob.withMemory(at: start) { bytes in
                let word = UnsafeBufferPointer(start: UnsafePointer(bytes.assumingMemoryBound(to: UInt8.self)), count: length)
                if let stem = cache.stem(word, exact: word) { hash = StemTable.hash(padded: stem, stemLanguage) }
            }
            if hash != 0 { addStem(number, hash) }
        }
    }

    // MARK: Writing

    /// Writes counts and positions word by word.
    mutating func writePayloads() {
        payloads.reserve(words.count * 10 + occurrences.count * 5)
        payloadEnds.reserve(words.count)
        for number in 0..<words.count {
            let word = words[number]
            payloads.varint(BodyCount(word.body, isInLead: word.isInLead).rawValue << 1 | (word.headline > 0 ? 1 : 0))
            if word.headline > 0 { payloads.varint(word.headline) }
            var before: UInt32 = 0
            var next = word.first
            for passed in 0..<word.headline &+ word.body {
                if passed == word.headline { before = 0 }
                let occurrence = occurrences[Int(next) - 1]
                payloads.varint(occurrence.position &- before)
                before = occurrence.position
                next = occurrence.next
            }
            payloadEnds.append(UInt32(truncatingIfNeeded: payloads.count))
        }
    }
}

/// That a word, by its number in a list, has a stem, by its hash.
struct WordStem {
    let hash: UInt64
    let word: UInt32
}
