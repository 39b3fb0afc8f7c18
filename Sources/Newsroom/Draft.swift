import Dispatch
import JSON
import News
import NewsIndex
import Reader
import Synchronization

/// An article as it was posted, with its words and what it tells read out ahead: that needs no order, and so happens beside the writer.
public final class Draft: Sendable {
    /// The article as it was posted, without what a reader found in it before.
    public let article: Article
    let words: ArticleWords
    /// What the reader finds in it; nil without a reader, or where the findings came along.
    let reading: Reading?
    /// What it has in common with others that tell the same; nil where nobody reads.
    let features: StoryFeatures?
    /// By what the same article is known when it is posted again.
    let digest: UInt64
    /// Comes out of an export: the version, the time and the reading that it says are kept, where they are new.
    let isRestored: Bool

    /// An article that is taken as it comes, without a reader.
    public convenience init(_ article: Article, isRestored: Bool = false) {
        self.init(article, reader: nil, now: Instant(milliseconds: 0), isRestored: isRestored)
    }

    /// Reads an article that is to be put. `now` is when it is taken to be published where it doesn't say.
    init(_ article: Article, reader: Reader?, now: Instant, isRestored: Bool = false) {
        var article = article
        self.isRestored = isRestored
        if reader == nil || isRestored && article.reading?.version == Reading.version {
            reading = nil
            digest = 0
            features = article.reading.map { _ in StoryFeatures(article) }
        } else {
            let detected = article.reading?.language == nil ? nil : article.language
            article.removeReading()
            digest = Draft.digest(of: article)
            var read = article
            read.published = read.published ?? now
            let reading = reader?.read(read)
            // Posted back as it was served, a detected language is none that the publisher chose, unless it was changed.
            if let detected, reading?.language?.code != detected { article.language = detected }
            self.reading = reading
            features = StoryFeatures(article, names: reading?.mentions.map(\.text) ?? [])
        }
        self.article = article
        var known = article
        known.language = article.language ?? reading?.foundLanguage
        words = ArticleWords(known)
    }

    /// FNV-1a over the article as it is written, but for what the server says.
    static func digest(of article: Article) -> UInt64 {
        var article = article
        (article.id, article.version, article.indexed) = (nil, 0, nil)
        return article.json().reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    }
}

/// What comes of a merge patch of the article as it stood with that record. If another comes before its turn, it is worked out again.
public struct PatchedDraft: Sendable {
    let sequence: UInt64
    let draft: Draft

    /// Applies a patch to an article, and reads what comes of it if the patch changes what readings are made of.
    init(_ stored: StoredArticle, _ patch: JSONValue, reader: Reader?, now: Instant) throws(JSONError) {
        let old = stored.article()
        // What was found in a text goes when the text does.
        let isReadAlready = !Article.readMembers.contains { patch[$0] != nil }
        var base = old
        if !isReadAlready { base.removeReading() }
        var article = try base.json().patched(with: patch) { (reader) throws(JSONError) in try Article(from: &reader) }
        // The stored time of the update is not the client's word, unless the patch says it is.
        if patch["updated"] == nil { article.updated = nil }
        if let note = old.reading, isReadAlready {
            let kept = Set(article.entities.map(\.entity.id) + article.events.map(\.event.id))
            let rejected = note.rejected + old.foundIDs.filter { !kept.contains($0) }
            // What was posted, which the digest is of, is no longer what stands here.
            article.reading = ReadingNote(
                version: note.version, language: note.language, rejected: Array(rejected.prefix(Limits.rejected)), dates: note.dates)
        }
        sequence = stored.sequence
        draft = Draft(article, reader: isReadAlready ? nil : reader, now: now)
    }
}

extension [UInt8] {
    /// Applies a merge patch to a resource in JSON, and reads what came of it as if a client had sent it.
    func patched<Resource>(
        with patch: JSONValue, _ read: (inout JSONReader) throws(JSONError) -> Resource
    ) throws(JSONError) -> Resource {
        var reader = JSONReader(self)
        var writer = JSONWriter(capacity: count)
        writer.value(try reader.value().merged(with: patch))
        var result = JSONReader(writer.bytes)
        return try read(&result)
    }
}

extension Article {
    /// The members that a reading is made of.
    fileprivate static let readMembers = ["headline", "summary", "body", "contentType", "language", "published"]

    /// Ids of the entities and events that the reader found.
    fileprivate var foundIDs: [String] {
        entities.filter { $0.origin == .reader }.map(\.entity.id) + events.filter { $0.origin == .reader }.map(\.event.id)
    }
}

extension Newsroom {
    /// Works out what would come of a patch of an article as it stands now. Takes long, and so belongs beside the loop. nil where the
    /// writer has to say what is wrong.
    public func draft(_ id: ArticleID, patchedWith patch: JSONValue) -> PatchedDraft? {
        guard case .live(let stored) = snapshot.article(id) else { return nil }
        return try? PatchedDraft(stored, patch, reader: reader, now: .now())
    }

    /// Reads an article that is to be put: its words, and what it tells. Takes long, and so belongs beside the loop.
    public func draft(_ article: Article, isRestored: Bool = false) -> Draft {
        Draft(article, reader: reader, now: .now(), isRestored: isRestored)
    }

    /// Reads several articles on all cores; what is no article stays what is wrong with it. Returns when all are read.
    public func drafts<Failure>(_ articles: [Result<Article, Failure>], areRestored: Bool = false) -> [Result<Draft, Failure>] {
        // Small parts, since articles are of different lengths; each is held for as long as it takes to store its drafts.
        let part = 4
        let drafts = Mutex([Result<Draft, Failure>?](repeating: nil, count: articles.count))
        DispatchQueue.concurrentPerform(iterations: (articles.count + part - 1) / part) { number in
            let range = number * part..<min((number + 1) * part, articles.count)
            let read = articles[range].map { $0.map { draft($0, isRestored: areRestored) } }
            drafts.withLock { drafts in for (place, draft) in zip(range, read) { drafts[place] = draft } }
        }
        return drafts.withLock { $0.compactMap(\.self) }
    }
}
