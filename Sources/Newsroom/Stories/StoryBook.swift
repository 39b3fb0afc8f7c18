import Dispatch
import HashTreeCollections
import News
import NewsIndex
import Synchronization

/// The stories that are being told: articles about the same happening, put together one by one as they come (single-pass clustering;
/// Allan et al., "On-line New Event Detection and Tracking", 1998).
///
/// A story is called by its first article. An article joins the story whose words, weighed by how rare they are now, are most like its
/// own, if they are like enough and the story was told within some days of it. Only what was told lately is remembered.
struct StoryBook: Sendable {
    /// Where an article belongs.
    struct Placement: Equatable {
        /// The story's first article; nil if it begins one.
        var story: ArticleID?
        /// The first article that it is a copy of, with small changes or shortened.
        var original: ArticleID?
    }

    /// Articles that are remembered, at most.
    static let capacity = 20_000
    /// A story that nobody has told for so long, in milliseconds, is over.
    private static let patience: Int64 = 4 * 86_400_000
    /// How like the words of a story an article's must be, as a cosine.
    private static let leastLikeness: Float = 0.32
    /// What part of the phrases of two texts is common if one is a copy; different accounts of one happening share hardly a tenth.
    private static let copyLikeness = 0.35
    /// Words of an article, and of a story, that are kept: the heaviest.
    private static let articleWords = 60
    private static let storyWords = 120
    /// A story is found by so many of its heaviest words, and each of them leads to so many of the latest stories.
    private static let keys = 16
    private static let storiesPerKey = 48
    /// The sketches of so many of a story's latest different accounts are kept.
    private static let accounts = 32

    private final class Story: Sendable {
        /// Hashes of words, ascending, with their weights.
        let words: [(hash: UInt32, weight: Float)]
        let length: Float
        let first: Instant
        let last: Instant
        let accounts: [(id: ArticleID, sketch: [UInt32])]

        init(words: [(hash: UInt32, weight: Float)], first: Instant, last: Instant, accounts: [(id: ArticleID, sketch: [UInt32])]) {
            self.words = words
            length = words.reduce(0) { $0 + $1.weight * $1.weight }.squareRoot()
            (self.first, self.last, self.accounts) = (first, last, accounts)
        }
    }

    private var stories: TreeDictionary<ArticleID, Story> = [:]
    /// Stories by their heaviest words, the latest last.
    private var keys: TreeDictionary<UInt32, [ArticleID]> = [:]
    /// The story of each remembered article, and the articles in the order in which they came.
    private var members: TreeDictionary<ArticleID, ArticleID> = [:]
    private var arrivals: TreeDictionary<Int, ArticleID> = [:]
    private var arrived = 0
    private var forgotten = 0
    /// How many articles have a word, by its hash; halved now and then, so that it tells of the present.
    private var frequencies = [UInt32](repeating: 0, count: 1 << 16)
    private var counted: UInt32 = 0

    /// Nothing is told yet.
    init() {}

    /// The stories of the latest articles of an index.
    init(of index: Index) {
        var newest = Instant.first
        let latest = index.latestArticles(StoryBook.capacity)
        for stored in latest { newest = max(newest, stored.published) }
        let recent = latest.filter { newest.milliseconds - $0.published.milliseconds <= 2 * StoryBook.patience }
        // Each place is written by one thread; the lock is held for as long as that takes.
        let read = Mutex([(Article, StoryFeatures)?](repeating: nil, count: recent.count))
        DispatchQueue.concurrentPerform(iterations: (recent.count + 63) / 64) { part in
            for place in part * 64..<min(part * 64 + 64, recent.count) {
                let article = recent[place].article()
                guard article.reading != nil else { continue }
                let features = StoryFeatures(article)
                read.withLock { $0[place] = (article, features) }
            }
        }
        for case (let article, let features)? in read.withLock({ $0 }) {
            guard let id = article.id, let published = article.published else { continue }
            _ = place(id, features, at: published, known: Placement(story: article.story, original: article.original))
        }
    }

    /// Takes in an article that came, and says where it belongs. `known` is its place if that was settled before.
    mutating func place(_ id: ArticleID, _ features: StoryFeatures, at published: Instant, known: Placement? = nil) -> Placement {
        // Another version stays where the first one was.
        if members[id] != nil { return known ?? Placement() }
        let words = weighted(features)
        count(features)
        let placement = known ?? placement(words, features, at: published)
        let story = placement.story ?? id
        remember(id, in: story)
        let old = stories[story]
        var accounts = old?.accounts ?? []
        if placement.original == nil || placement.original == id { accounts.append((id, features.sketch)) }
        stories[story] = Story(
            words: StoryBook.heaviest(StoryBook.sum(old?.words ?? [], words), StoryBook.storyWords),
            first: min(old?.first ?? published, published),
            last: max(old?.last ?? published, published), accounts: Array(accounts.suffix(StoryBook.accounts)))
        for (hash, _) in words.sorted(by: { ($1.weight, $0.hash) < ($0.weight, $1.hash) }).prefix(StoryBook.keys) {
            var list = keys[hash] ?? []
            guard list.last != story else { continue }
            list.removeAll { $0 == story }
            list.append(story)
            keys[hash] = Array(list.suffix(StoryBook.storiesPerKey))
        }
        return placement
    }

    /// The story that is most like it, if any is like enough.
    private func placement(_ words: [(hash: UInt32, weight: Float)], _ features: StoryFeatures, at published: Instant) -> Placement {
        var shared: [ArticleID: Float] = [:]
        for (hash, weight) in words.sorted(by: { ($1.weight, $0.hash) < ($0.weight, $1.hash) }).prefix(2 * StoryBook.keys) {
            for story in keys[hash] ?? [] { shared[story, default: 0] += weight }
        }
        var best: (id: ArticleID, story: Story, likeness: Float)?
        for (id, _) in shared.sorted(by: { ($1.value, $0.key) < ($0.value, $1.key) }).prefix(12) {
            guard let story = stories[id], published.milliseconds - story.last.milliseconds <= StoryBook.patience,
                story.first.milliseconds - published.milliseconds <= StoryBook.patience
            else { continue }
            let likeness = StoryBook.cosine(words, story)
            if likeness >= StoryBook.leastLikeness, likeness > best?.likeness ?? 0 { best = (id, story, likeness) }
        }
        guard let best else { return Placement() }
        let copied = best.story.accounts.map { (id: $0.id, likeness: StoryFeatures.likeness($0.sketch, features.sketch)) }
            .max { $0.likeness < $1.likeness }
        return Placement(story: best.id, original: copied.flatMap { $0.likeness >= StoryBook.copyLikeness ? $0.id : nil })
    }

    // MARK: Words

    /// The heaviest words of an article, by how rare they are, with a length of 1 together; ascending.
    private func weighted(_ features: StoryFeatures) -> [(hash: UInt32, weight: Float)] {
        let all = features.words.map { word in
            let frequency = frequencies[Int(word.hash & 0xFFFF)]
            // So many articles that have no such word are taken for granted, as long as few are known.
            let rarity = Float(counted + 200) / Float(frequency + 2)
            return (hash: word.hash, weight: word.weight * (Float(rarity.exponent) + rarity.significand - 1))
        }
        let kept = StoryBook.heaviest(all, StoryBook.articleWords)
        let length = kept.reduce(0) { $0 + $1.weight * $1.weight }.squareRoot()
        return length > 0 ? kept.map { ($0.hash, $0.weight / length) } : []
    }

    private mutating func count(_ features: StoryFeatures) {
        counted += 1
        for (hash, _) in features.words { frequencies[Int(hash & 0xFFFF)] += 1 }
        guard counted >= 1 << 16 else { return }
        counted /= 2
        for place in frequencies.indices { frequencies[place] /= 2 }
    }

    private static func heaviest(_ words: [(hash: UInt32, weight: Float)], _ limit: Int) -> [(hash: UInt32, weight: Float)] {
        guard words.count > limit else { return words }
        return words.sorted { ($1.weight, $0.hash) < ($0.weight, $1.hash) }.prefix(limit).sorted { $0.hash < $1.hash }
    }

    private static func sum(_ a: [(hash: UInt32, weight: Float)], _ b: [(hash: UInt32, weight: Float)]) -> [(hash: UInt32, weight: Float)] {
        var sum: [(hash: UInt32, weight: Float)] = []
        var (i, j) = (0, 0)
        while i < a.count || j < b.count {
            if j == b.count || i < a.count && a[i].hash < b[j].hash {
                sum.append(a[i])
                i += 1
            } else if i == a.count || b[j].hash < a[i].hash {
                sum.append(b[j])
                j += 1
            } else {
                sum.append((a[i].hash, a[i].weight + b[j].weight))
                (i, j) = (i + 1, j + 1)
            }
        }
        return sum
    }

    /// Of an article, whose length is 1, and a story.
    private static func cosine(_ words: [(hash: UInt32, weight: Float)], _ story: Story) -> Float {
        var (product, j): (Float, Int) = (0, 0)
        for word in words {
            while j < story.words.count, story.words[j].hash < word.hash { j += 1 }
            if j < story.words.count, story.words[j].hash == word.hash { product += word.weight * story.words[j].weight }
        }
        return story.length > 0 ? product / story.length : 0
    }

    // MARK: Memory

    private mutating func remember(_ id: ArticleID, in story: ArticleID) {
        members[id] = story
        arrivals[arrived] = id
        arrived += 1
        guard arrived - forgotten > StoryBook.capacity, let oldest = arrivals[forgotten] else { return }
        arrivals[forgotten] = nil
        forgotten += 1
        guard let over = members[oldest] else { return }
        members[oldest] = nil
        // Keys that lead to it lead nowhere then, and are pushed out by others.
        if over == oldest { stories[over] = nil }
    }
}
