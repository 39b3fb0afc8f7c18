/// Names as one types: every name and alias by the beginnings of its words, the most prominent first.
///
/// A value made of immutable segments, like the index that it is part of: a copy costs nothing, and eight small segments become one.
/// What was put earlier under the same id stays until then; so whoever asks says what is known of an id now.
public struct NameIndex: Sendable {
    private var segments: [NameSegment] = []
    private var waiting: [NameSegment.Item] = []

    private static let fan = 8
    /// Segments of so many entities are not merged any more: that would keep the writer waiting.
    private static let largest = 1 << 16

    /// An index of nothing.
    public init() {}

    /// How many entities there are, those counted twice that were put again since their segment was made.
    public var count: Int { segments.reduce(waiting.count) { $0 + $1.count } }

    /// Takes in what an entity is called. It is found after the next `seal`.
    ///
    /// Prominence, the number of its articles, may have doubled or halved until it has to be put again: what is found is ordered
    /// by what is known when it is asked for (`needsUpdate`).
    public mutating func put(_ id: String, names: some Sequence<String>, prominence: Int) {
        var keys: [[UInt8]] = []
        for name in names {
            let key = NameKey.key(name)
            if !key.isEmpty, !keys.contains(key) { keys.append(key) }
        }
        guard !keys.isEmpty else { return }
        waiting.append(.init(id: id, keys: keys, prominence: UInt32(clamping: prominence)))
    }

    /// Whether prominence changed so much that the entity should be put again.
    public static func needsUpdate(from old: Int, to new: Int) -> Bool {
        max(0, old).leadingZeroBitCount != max(0, new).leadingZeroBitCount
    }

    /// Makes what was put findable.
    public mutating func seal() {
        guard !waiting.isEmpty else { return }
        segments.append(NameSegment(NameIndex.latest(waiting)))
        waiting = []
        while let run = nextRun() {
            var items: [NameSegment.Item] = []
            for segment in segments[run] { segment.forEachItem { items.append($0) } }
            segments.replaceSubrange(run, with: [NameSegment(NameIndex.latest(items))])
        }
    }

    /// The last of each id.
    private static func latest(_ items: [NameSegment.Item]) -> [NameSegment.Item] {
        var seen: Set<String> = []
        return items.reversed().filter { seen.insert($0.id).inserted }.reversed()
    }

    /// Neighbours of one size that are due to become one.
    private func nextRun() -> Range<Int>? {
        var start = segments.count
        var size = 1
        while start > 0 {
            var count = 0
            let end = start
            while start > 0, segments[start - 1].count < size * NameIndex.fan, segments[start - 1].count >= size || count > 0 {
                start -= 1
                count += 1
            }
            if count >= NameIndex.fan { return start..<end }
            // Smaller ones behind larger ones wait for their like.
            start = end
            size *= NameIndex.fan
            guard size < NameIndex.largest else { return nil }
        }
        return nil
    }

    // MARK: Asking

    /// What is known of an entity now.
    public struct Known: Sendable {
        /// Its name and its aliases.
        public var names: [String]
        /// How many articles it is in.
        public var prominence: Int

        /// What is known.
        public init(names: [String], prominence: Int) {
            self.names = names
            self.prominence = prominence
        }
    }

    /// An entity that may be meant.
    public struct Suggestion: Sendable, Equatable {
        /// Its id.
        public var id: String
        /// The name or alias that was found.
        public var name: String
        /// How many articles it is in.
        public var prominence: Int
        /// Whether one letter is not as it was typed.
        public var hasTypo: Bool
    }

    /// With fewer letters than this, what was typed is taken as it is.
    private static let shortestTypo = 4
    /// So many names are looked at, at most, for each that is wanted.
    private static let looks = 64

    /// The most prominent entities with a name or alias one of whose words begins with what was typed, or goes on with it; after them,
    /// where there are fewer than `limit`, those with one letter more, less, changed, or swapped with the next, but for the first.
    /// `known` answers nil for what is gone, or not wanted.
    public func suggest(_ typed: String, limit: Int = 10, known: (String) -> Known?) -> [Suggestion] {
        let key = NameKey.key(typed)
        guard !key.isEmpty, limit > 0 else { return [] }
        var found: [Suggestion] = []
        var seen: Set<String> = []
        func collect(_ ranges: [(segment: Int, range: Range<Int>)], hasTypo: Bool) {
            var queue = ProminenceQueue(segments, ranges)
            let first = found.count
            var looks = NameIndex.looks * limit
            // Prominence may have changed since: some more than are wanted are put in order.
            while found.count < first + 2 * limit, looks > 0, let next = queue.pop() {
                looks -= 1
                let (id, nameKey) = segments[next.segment].name(at: next.place)
                guard !seen.contains(id) else { continue }
                guard let known = known(id), let name = known.names.first(where: { NameKey.key($0)[...] == nameKey }) else { continue }
                seen.insert(id)
                found.append(Suggestion(id: id, name: name, prominence: known.prominence, hasTypo: hasTypo))
            }
            found[first...].sort { a, b in a.prominence != b.prominence ? a.prominence > b.prominence : a.id < b.id }
            if found.count > limit { found.removeLast(found.count - limit) }
        }
        collect(segments.indices.map { ($0, segments[$0].range(key, in: segments[$0].all)) }, hasTypo: false)
        if found.count < limit, String(decoding: key, as: UTF8.self).unicodeScalars.count >= NameIndex.shortestTypo {
            let typos = TypedName(key)
            collect(segments.indices.flatMap { index in typos.ranges(in: segments[index]).map { (index, $0) } }, hasTypo: true)
        }
        return found
    }
}

/// The most prominent places of several ranges, one after the other: a heap of ranges by their greatest.
private struct ProminenceQueue {
    private struct Part {
        var prominence: UInt32
        var segment: Int
        var place: Int
        var range: Range<Int>
    }
    private let segments: [NameSegment]
    private var heap: [Part] = []

    init(_ segments: [NameSegment], _ ranges: [(segment: Int, range: Range<Int>)]) {
        self.segments = segments
        for (segment, range) in ranges { push(segment, range) }
    }

    mutating func pop() -> (segment: Int, place: Int)? {
        guard let best = heap.first else { return nil }
        let last = heap.removeLast()
        if !heap.isEmpty {
            heap[0] = last
            sink()
        }
        push(best.segment, best.range.lowerBound..<best.place)
        push(best.segment, best.place + 1..<best.range.upperBound)
        return (best.segment, best.place)
    }

    private mutating func push(_ segment: Int, _ range: Range<Int>) {
        guard !range.isEmpty else { return }
        let best = segments[segment].mostProminent(in: range)
        heap.append(Part(prominence: best.prominence, segment: segment, place: best.place, range: range))
        var child = heap.count - 1
        while child > 0, isBefore(child, (child - 1) / 2) {
            heap.swapAt(child, (child - 1) / 2)
            child = (child - 1) / 2
        }
    }

    private mutating func sink() {
        var parent = 0
        while 2 * parent + 1 < heap.count {
            var child = 2 * parent + 1
            if child + 1 < heap.count, isBefore(child + 1, child) { child += 1 }
            guard isBefore(child, parent) else { return }
            heap.swapAt(child, parent)
            parent = child
        }
    }

    /// Newer segments first among equals.
    private func isBefore(_ a: Int, _ b: Int) -> Bool {
        heap[a].prominence != heap[b].prominence ? heap[a].prominence > heap[b].prominence : heap[a].segment > heap[b].segment
    }
}

/// What was typed, with one letter wrong.
private struct TypedName {
    /// The letters, each in UTF-8.
    private let letters: [[UInt8]]
    /// So many other letters are tried, at most, so that no typed name costs much.
    private static let tries = 2_000

    init(_ key: [UInt8]) {
        letters = String(decoding: key, as: UTF8.self).unicodeScalars.map { Array(String($0).utf8) }
    }

    /// Where the names stand in a segment that begin with what was typed but for one letter, which is not the first.
    func ranges(in segment: NameSegment) -> [Range<Int>] {
        var ranges: [Range<Int>] = []
        var tries = TypedName.tries
        func look(_ prefix: [UInt8], _ range: Range<Int>) {
            let found = segment.range(prefix, in: range)
            if !found.isEmpty { ranges.append(found) }
        }
        func joined(_ letters: some Sequence<[UInt8]>) -> [UInt8] { Array(letters.joined()) }
        look(joined([letters[1], letters[0]] + letters[2...]), segment.all)
        var before = letters[0]
        var range = segment.range(before, in: segment.all)
        for index in 1..<letters.count where !range.isEmpty {
            let rest = joined(letters[(index + 1)...])
            let all = letters[index] + rest
            // One too many, and two swapped.
            look(before + rest, range)
            if index + 1 < letters.count { look(before + letters[index + 1] + letters[index] + joined(letters[(index + 2)...]), range) }
            // Another one instead, and one missing.
            var place = range.lowerBound
            while place < range.upperBound, tries > 0 {
                tries -= 1
                let letter = segment.scalar(at: place, after: before.count)
                guard !letter.isEmpty else {
                    place = segment.range(before + [0], in: place..<range.upperBound).upperBound
                    continue
                }
                let next = before + letter
                let same = segment.range(next, in: place..<range.upperBound)
                if !letter.elementsEqual(letters[index]) {
                    look(next + rest, same)
                    look(next + all, same)
                }
                place = same.upperBound
            }
            before += letters[index]
            range = segment.range(before, in: range)
        }
        return ranges
    }
}
