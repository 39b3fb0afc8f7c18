import News

/// The different terms of one article, side by side, words with how often and where they stand.
///
/// `@unchecked Sendable` because nobody writes to its memory any more once it is made; the memory is the list's own.
final class TermList: @unchecked Sendable {
    /// How many terms there are, all of them words or all of them values.
    let count: Int
    /// How many of them are words, which have a payload: counts and positions as `PostingEncoder` has them.
    let wordCount: Int
    private(set) var headlineLength: UInt32 = 0
    private(set) var bodyLength: UInt32 = 0
    let language: TextLanguage

    // All in one piece of memory, which begins with the stems.
    /// Which words have which stems in the article's language, where these are not the words themselves.
    let stems: UnsafeMutableBufferPointer<WordStem>
    let hashes: UnsafeMutablePointer<UInt64>
    /// Where each term ends in the blob, and each payload in the payloads.
    private let ends: UnsafeMutablePointer<UInt32>
    private let payloadEnds: UnsafeMutablePointer<UInt32>
    private let payloads: UnsafeMutableRawPointer
    private let blob: UnsafeMutableRawPointer

    /// The words of headline and body, and which of them have which stems.
    convenience init(_ article: Article, _ analyzer: Analyzer) {
        let language = TextLanguage(tag: article.language)
        // Borrowed for as long as this takes.
        let reader = WordReader.borrow()
        defer { WordReader.giveBack(reader) }
        let headline = reader.pointee.read(article.headline, isHeadline: true, analyzer, language)
        let body = reader.pointee.read(article.body, isHeadline: false, analyzer, language)
        reader.pointee.findStems(language)
        reader.pointee.writePayloads()
        self.init(reader.pointee, language)
        headlineLength = headline
        bodyLength = body
    }

    private convenience init(_ reader: borrowing WordReader, _ language: TextLanguage) {
        let count = reader.words.count
        self.init(
            count: count, wordCount: count, stems: reader.stems.count, payloads: reader.payloads, blob: reader.blob, language: language)
        for word in 0..<count {
            hashes[word] = reader.words[word].hash
            ends[word] = reader.words[word].start &+ reader.words[word].length
        }
        payloadEnds.update(from: reader.payloadEnds.base, count: count)
        stems.baseAddress?.update(from: reader.stems.base, count: stems.count)
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
        var blob = ByteWriter(capacity: terms.reduce(0) { $0 + $1.count })
        // Read during the calls alone.
        for term in terms { term.withUnsafeBufferPointer { blob.append($0) } }
        self.init(
            count: terms.count, wordCount: 0, stems: 0, payloads: ByteWriter(), blob: blob, language: TextLanguage(tag: nil))
        var end: UInt32 = 0
        for (place, term) in terms.enumerated() {
            end += UInt32(term.count)
            ends[place] = end
            hashes[place] = term.withUnsafeBufferPointer { Term.hash($0) }
        }
    }

    /// A list whose hashes, ends and stems are still to be written.
    private init(
        count: Int, wordCount: Int, stems: Int, payloads: borrowing ByteWriter, blob: borrowing ByteWriter, language: TextLanguage
    ) {
        self.count = count
        self.wordCount = wordCount
        self.language = language
        let stemSize = stems * MemoryLayout<WordStem>.stride
        let numbers = stemSize + count * 8 + (count + wordCount) * 4
        // Eight bytes more, since `key` reads as many.
        let memory = UnsafeMutableRawPointer.allocate(byteCount: numbers + payloads.count + blob.count + 8, alignment: 8)
        self.stems = UnsafeMutableBufferPointer(start: memory.bindMemory(to: WordStem.self, capacity: stems), count: stems)
        hashes = (memory + stemSize).bindMemory(to: UInt64.self, capacity: count)
        ends = (memory + stemSize + count * 8).bindMemory(to: UInt32.self, capacity: count)
        payloadEnds = (memory + stemSize + count * 12).bindMemory(to: UInt32.self, capacity: wordCount)
        self.payloads = memory + numbers
        self.blob = memory + numbers + payloads.count
        // Copied at once.
        payloads.withMemory(at: 0) { self.payloads.copyMemory(from: $0, byteCount: payloads.count) }
        blob.withMemory(at: 0) { self.blob.copyMemory(from: $0, byteCount: blob.count) }
        (self.blob + blob.count).storeBytes(of: 0, as: UInt64.self)
    }

    deinit { UnsafeMutableRawPointer(stems.baseAddress)?.deallocate() }

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
        return TermDictionary.key(padded: blob + start, Int(ends[term]) - start)
    }

    /// The payload of a word; valid as long as the list. Eight bytes after it can be read.
    @inline(__always)
    func payload(_ term: Int) -> UnsafeRawBufferPointer {
        guard term < wordCount else { return UnsafeRawBufferPointer(start: nil, count: 0) }
        let start = term == 0 ? 0 : Int(payloadEnds[term - 1])
        return UnsafeRawBufferPointer(start: payloads + start, count: Int(payloadEnds[term]) - start)
    }
}
