import News

/// The different terms of one article, side by side, words with how often and where they stand.
///
/// `@unchecked Sendable` because nobody writes to its memory any more once it is made; the memory is the list's own.
final class TermList: @unchecked Sendable {
    /// How many terms there are: words first, then links from their stems, or else values.
    let count: Int
    /// How many of them are words, which have a payload: counts and positions as `PostingEncoder` has them.
    let wordCount: Int
    private(set) var headlineLength: UInt32 = 0
    private(set) var bodyLength: UInt32 = 0
    let language: TextLanguage

    // All in one piece of memory, which begins with the hashes.
    let hashes: UnsafeMutablePointer<UInt64>
    /// Where each term ends in the blob, and each payload in the payloads.
    private let ends: UnsafeMutablePointer<UInt32>
    private let payloadEnds: UnsafeMutablePointer<UInt32>
    private let payloads: UnsafeMutableRawPointer
    private let blob: UnsafeMutableRawPointer

    /// The words of headline and body, and which of them have which stems.
    convenience init(_ article: Article, _ analyzer: Analyzer) {
        let language = TextLanguage(tag: article.language)
        var reader = WordReader(textSize: article.body?.utf8.count ?? 0)
        let headline = reader.read(article.headline, isHeadline: true, analyzer, language)
        let body = reader.read(article.body, isHeadline: false, analyzer, language)
        reader.writePayloads()
        reader.appendLinks()
        self.init(
            blob: reader.blob, hashes: reader.hashes, ends: reader.ends, payloads: reader.payloads, payloadEnds: reader.payloadEnds,
            language: language)
        headlineLength = headline
        bodyLength = body
    }

    /// The values that lists are filtered by. They are few, so twins are found by looking.
    convenience init(valuesOf article: Article) {
        var terms: [[UInt8]] = []
        func value(_ field: Term.Field, _ text: String?) {
            guard let text else { return }
            let term = Term(field, text)
            if !terms.contains(term.bytes) { terms.append(term.bytes) }
        }
        for entity in article.entities { value(.entity, entity.entity.id) }
        for entity in article.entities { value(.entityType, entity.entity.kind.rawValue) }
        for event in article.events { value(.event, event.event.id) }
        for quote in article.quotes { value(.speaker, quote.speaker) }
        for keyword in article.keywords { value(.keyword, keyword) }
        for author in article.authors { value(.author, author) }
        value(.author, article.byline)
        value(.source, article.source?.name)
        value(.section, article.section)
        value(.status, article.status.rawValue)
        value(.story, article.story?.description)
        value(.original, article.original?.description)
        for time in article.reading?.dates ?? [] { value(.mentioned, time.span) }
        value(.language, article.language)
        // en-GB is found by en as well.
        if let language = article.language, let hyphen = language.firstIndex(of: "-") {
            value(.language, String(language[..<hyphen]))
        }
        var blob = ByteWriter()
        var ends = Numbers(capacity: 64)
        var hashes: [UInt64] = []
        for term in terms {
            // Read during the call alone.
            term.withUnsafeBufferPointer { term in
                blob.append(term)
                hashes.append(Term.hash(term))
            }
            ends.append(UInt32(blob.count))
        }
        self.init(
            blob: blob, hashes: hashes, ends: ends, payloads: ByteWriter(), payloadEnds: Numbers(capacity: 1),
            language: TextLanguage(tag: nil))
    }

    private init(
        blob: borrowing ByteWriter, hashes: [UInt64], ends: borrowing Numbers, payloads: borrowing ByteWriter,
        payloadEnds: borrowing Numbers, language: TextLanguage
    ) {
        count = hashes.count
        wordCount = payloadEnds.count
        self.language = language
        let numbers = count * 8 + (count + wordCount) * 4
        // Eight bytes more, since `key` reads as many.
        let memory = UnsafeMutableRawPointer.allocate(byteCount: numbers + payloads.count + blob.count + 8, alignment: 8)
        self.hashes = memory.bindMemory(to: UInt64.self, capacity: count)
        self.ends = (memory + count * 8).bindMemory(to: UInt32.self, capacity: count)
        self.payloadEnds = (memory + count * 12).bindMemory(to: UInt32.self, capacity: wordCount)
        self.payloads = memory + numbers
        self.blob = memory + numbers + payloads.count
        // Copied at once.
        hashes.withUnsafeBytes { memory.copyMemory(from: $0.baseAddress ?? UnsafeRawPointer(memory), byteCount: $0.count) }
        self.ends.update(from: ends.base, count: count)
        self.payloadEnds.update(from: payloadEnds.base, count: wordCount)
        payloads.withMemory(at: 0) { self.payloads.copyMemory(from: $0, byteCount: payloads.count) }
        blob.withMemory(at: 0) { self.blob.copyMemory(from: $0, byteCount: blob.count) }
        (self.blob + blob.count).storeBytes(of: 0, as: UInt64.self)
    }

    deinit { UnsafeMutableRawPointer(hashes).deallocate() }

    /// The bytes of a term; valid as long as the list.
    @inline(__always)
    func bytes(_ term: Int) -> UnsafeBufferPointer<UInt8> {
        let start = term == 0 ? 0 : Int(ends[term - 1])
        return UnsafeBufferPointer(start: (blob + start).assumingMemoryBound(to: UInt8.self), count: Int(ends[term]) - start)
    }

    /// The first eight bytes of a term, as `TermDictionary.key` has them.
    @inline(__always)
    func key(_ term: Int) -> UInt64 {
        let start = term == 0 ? 0 : Int(ends[term - 1])
        let bytes = UInt64(bigEndian: (blob + start).loadUnaligned(as: UInt64.self))
        return bytes & ~(UInt64.max >> UInt64((Int(ends[term]) - start) * 8))
    }

    /// The payload of a word; valid as long as the list.
    @inline(__always)
    func payload(_ term: Int) -> UnsafeRawBufferPointer {
        guard term < wordCount else { return UnsafeRawBufferPointer(start: nil, count: 0) }
        let start = term == 0 ? 0 : Int(payloadEnds[term - 1])
        return UnsafeRawBufferPointer(start: payloads + start, count: Int(payloadEnds[term]) - start)
    }

    func isLink(_ term: Int) -> Bool { bytes(term)[0] == Term.linkTag }
}

/// Collects the words of an article: which there are, and at which positions.
private struct WordReader: ~Copyable {
    var blob: ByteWriter
    var hashes: [UInt64] = []
    var ends: Numbers
    var payloads = ByteWriter()
    var payloadEnds = Numbers(capacity: 1)
    /// The links from stems to words, one after the other.
    private var links: [UInt8] = []
    private var linkEnds: [Int] = []
    /// The hash of the last stem that was seen of each word; 0 for none.
    private var stems: [UInt64] = []
    private var table = SlotTable(capacity: 256)
    /// In the order of the text: the word and its position, of the headline first.
    private var words: Numbers
    private var positions: Numbers
    private var headlineCount = 0

    init(textSize: Int) {
        let words = min(textSize / 5 + 32, 1 << 14)
        blob = ByteWriter(capacity: words * 4)
        ends = Numbers(capacity: words / 2 + 64)
        self.words = Numbers(capacity: words)
        positions = Numbers(capacity: words)
        hashes.reserveCapacity(words / 2 + 64)
        stems.reserveCapacity(words / 2 + 64)
    }

    mutating func read(_ text: String?, isHeadline: Bool, _ analyzer: Analyzer, _ language: TextLanguage) -> UInt32 {
        guard var text else { return 0 }
        // The bytes are read during the call alone.
        let length = text.withUTF8 { bytes in
            analyzer.forEachToken(utf8: bytes, language: language) { token in
                let word = add(token)
                words.append(UInt32(truncatingIfNeeded: word))
                positions.append(token.position)
                if let stem = token.stem, let language = language.stem { link(word, token.exact, stem, language) }
            }
        }
        if isHeadline { headlineCount = words.count }
        return length
    }

    /// The number of a word, which may be a new one. The pointers in the token are valid during the call.
    @inline(__always)
    private mutating func add(_ token: Token) -> Int {
        let hash = Term.hash(token.exact)
        if let known = table.find(hash, where: { hashes[$0] == hash && holds(token.exact, at: $0) }) { return known }
        blob.append(token.exact)
        hashes.append(hash)
        ends.append(UInt32(blob.count))
        stems.append(0)
        table.insert(hash, hashes.count - 1) { hashes[$0] }
        return hashes.count - 1
    }

    /// Byte by byte, since a slice to compare with would be counted. The pointer is valid during the call.
    @inline(__always)
    private func holds(_ word: UnsafeBufferPointer<UInt8>, at index: Int) -> Bool {
        let start = index == 0 ? 0 : Int(ends.base[index - 1])
        guard Int(ends.base[index]) - start == word.count else { return false }
        for offset in 0..<word.count where blob.get(UInt8.self, at: start + offset) != word[offset] { return false }
        return true
    }

    /// Remembers that a word has a stem. The pointers are valid during the call.
    @inline(__always)
    private mutating func link(
        _ word: Int, _ exact: UnsafeBufferPointer<UInt8>, _ stem: UnsafeBufferPointer<UInt8>, _ language: StemLanguage
    ) {
        let hash = Term.hash(stem) | 1
        guard stems[word] != hash else { return }
        stems[word] = hash
        links.append(Term.linkTag)
        links.append(language.rawValue)
        links.append(contentsOf: stem)
        links.append(0)
        links.append(contentsOf: exact)
        linkEnds.append(links.count)
    }

    /// Adds the links behind the words. The pointers are read during the calls alone.
    mutating func appendLinks() {
        var start = 0
        for end in linkEnds {
            links.withUnsafeBufferPointer { links in
                let link = UnsafeBufferPointer(rebasing: links[start..<end])
                blob.append(link)
                hashes.append(Term.hash(link))
            }
            ends.append(UInt32(blob.count))
            start = end
        }
    }

    /// Writes counts and positions word by word.
    mutating func writePayloads() {
        // A counting sort by word keeps the order of the text.
        var starts = [UInt32](repeating: 0, count: hashes.count + 1)
        for place in 0..<words.count { starts[Int(words.base[place]) + 1] += 1 }
        for word in 0..<hashes.count { starts[word + 1] += starts[word] }
        var fill = starts
        var sorted = [UInt32](repeating: 0, count: words.count)
        for place in 0..<words.count {
            let word = Int(words.base[place])
            sorted[Int(fill[word])] = UInt32(place)
            fill[word] += 1
        }
        payloads.reserve(words.count * 2 + hashes.count)
        payloadEnds.reserve(hashes.count)
        for word in 0..<hashes.count {
            var counts: (headline: UInt32, body: UInt32) = (0, 0)
            var isInLead = false
            // Other ways to write a word can stand at its place; the same one counts once.
            var kept = Int(starts[word])
            var last = UInt64.max
            for place in starts[word]..<starts[word + 1] {
                let token = Int(sorted[Int(place)])
                let isHeadline = token < headlineCount
                let here = UInt64(positions.base[token]) << 1 | (isHeadline ? 1 : 0)
                guard here != last else { continue }
                last = here
                sorted[kept] = positions.base[token]
                kept += 1
                if isHeadline {
                    counts.headline += 1
                } else {
                    counts.body += 1
                    isInLead = isInLead || positions.base[token] < Impact.lead
                }
            }
            payloads.varint(BodyCount(counts.body, isInLead: isInLead).rawValue << 1 | (counts.headline > 0 ? 1 : 0))
            if counts.headline > 0 { payloads.varint(counts.headline) }
            var before: UInt32 = 0
            for number in 0..<Int(counts.headline + counts.body) {
                if number == Int(counts.headline) { before = 0 }
                let position = sorted[Int(starts[word]) + number]
                payloads.varint(position &- before)
                before = position
            }
            payloadEnds.append(UInt32(payloads.count))
        }
    }
}
