/// Names in the order of their words' beginnings, with what it takes to find the most prominent ones of a range at once.
///
/// Immutable; shared by all states of the index that have it.
final class NameSegment: Sendable {
    struct Item {
        var id: String
        var keys: [[UInt8]]
        var prominence: UInt32
    }

    /// The entities' ids.
    let ids: [String]
    private let prominences: [UInt32]
    /// The keys, each with a zero behind it.
    private let text: [UInt8]
    /// Where each key begins in the text, and whose it is.
    private let keyStarts: [UInt32]
    private let keyOwners: [UInt32]
    /// Beginnings of words in the text, in the order of what stands there; and the first eight bytes of that.
    private let places: [UInt32]
    private let heads: [UInt64]
    /// The greatest prominence of each place, of each 16 of them, of each 256, and so on.
    private let maxima: [[UInt32]]
    private static let fan = 16

    var count: Int { ids.count }
    /// All places.
    var all: Range<Int> { 0..<places.count }

    /// The items; where an id comes twice, all are kept.
    init(_ items: [Item]) {
        var text: [UInt8] = []
        var (keyStarts, keyOwners): ([UInt32], [UInt32]) = ([], [])
        var places: [(head: UInt64, place: UInt32)] = []
        for (owner, item) in items.enumerated() {
            for key in item.keys {
                let start = text.count
                keyStarts.append(UInt32(start))
                keyOwners.append(UInt32(owner))
                text += key
                text.append(0)
                for word in NameKey.wordStarts(key) {
                    places.append((NameSegment.head(key[word...]), UInt32(start + word)))
                }
            }
        }
        places.sort { a, b in a.head != b.head ? a.head < b.head : NameSegment.isBelow(text, Int(a.place), Int(b.place)) }
        ids = items.map(\.id)
        prominences = items.map(\.prominence)
        self.text = text
        self.keyStarts = keyStarts
        self.keyOwners = keyOwners
        self.places = places.map(\.place)
        heads = places.map(\.head)
        var level: [UInt32] = []
        level.reserveCapacity(places.count)
        for place in places {
            level.append(items[Int(keyOwners[NameSegment.last(keyStarts, notAfter: place.place)])].prominence)
        }
        var maxima = [level]
        while level.count > NameSegment.fan {
            level = stride(from: 0, to: level.count, by: NameSegment.fan).map { start in
                level[start..<min(level.count, start + NameSegment.fan)].max() ?? 0
            }
            maxima.append(level)
        }
        self.maxima = maxima
    }

    /// One item after the other.
    func forEachItem(_ body: (Item) -> Void) {
        var key = 0
        for owner in ids.indices {
            var item = Item(id: ids[owner], keys: [], prominence: prominences[owner])
            while key < keyOwners.count, keyOwners[key] == owner {
                item.keys.append(
                    Array(text[Int(keyStarts[key])..<Int(key + 1 < keyStarts.count ? keyStarts[key + 1] : UInt32(text.count)) - 1]))
                key += 1
            }
            body(item)
        }
    }

    /// Whose the name at a place is, and its key.
    func name(at place: Int) -> (id: String, key: ArraySlice<UInt8>) {
        let key = NameSegment.last(keyStarts, notAfter: places[place])
        let end = Int(key + 1 < keyStarts.count ? keyStarts[key + 1] : UInt32(text.count)) - 1
        return (ids[Int(keyOwners[key])], text[Int(keyStarts[key])..<end])
    }

    // MARK: Ranges

    /// The places within a range where what stands there begins with some bytes.
    func range(_ prefix: some Collection<UInt8>, in range: Range<Int>) -> Range<Int> {
        let prefix = Array(prefix)
        let start = bound(prefix, in: range, isUpper: false)
        return start..<bound(prefix, in: start..<range.upperBound, isUpper: true)
    }

    /// The first place where what stands there, cut to the length of the prefix, is not below it, or is above it.
    private func bound(_ prefix: [UInt8], in range: Range<Int>, isUpper: Bool) -> Int {
        let head = NameSegment.head(prefix[...])
        let mask: UInt64 = prefix.count >= 8 ? .max : ~(.max >> UInt64(prefix.count * 8))
        var (low, high) = (range.lowerBound, range.upperBound)
        while low < high {
            let middle = (low + high) / 2
            let other = heads[middle] & mask
            var isBefore = other < head
            if other == head {
                let order = prefix.count > 8 ? compareRest(middle, prefix) : 0
                isBefore = order < 0 || (isUpper && order == 0)
            }
            if isBefore { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// Compares what stands at a place after its head with that of a prefix, as far as the prefix goes.
    private func compareRest(_ place: Int, _ prefix: [UInt8]) -> Int {
        let start = Int(places[place])
        for offset in 8..<prefix.count {
            // A zero is behind every key, and is in no prefix.
            let byte = text[start + offset]
            if byte != prefix[offset] { return byte < prefix[offset] ? -1 : 1 }
        }
        return 0
    }

    /// The scalar that stands so many bytes after a place, in UTF-8; empty at the end of the name.
    func scalar(at place: Int, after count: Int) -> ArraySlice<UInt8> {
        let start = Int(places[place]) + count
        guard text[start] != 0 else { return [] }
        var end = start + 1
        while text[end] & 0xC0 == 0x80 { end += 1 }
        return text[start..<end]
    }

    // MARK: Prominence

    /// The place of the greatest prominence in a range that is not empty, and that prominence; the first of equals.
    func mostProminent(in range: Range<Int>) -> (place: Int, prominence: UInt32) {
        var (level, low, high) = (0, range.lowerBound, range.upperBound)
        var best: (level: Int, index: Int, value: UInt32) = (0, low, maxima[0][low])
        func look(_ level: Int, _ indices: Range<Int>) {
            for index in indices where maxima[level][index] > best.value { best = (level, index, maxima[level][index]) }
        }
        while low < high {
            let (start, end) = ((low + NameSegment.fan - 1) / NameSegment.fan, high / NameSegment.fan)
            guard level + 1 < maxima.count, start < end else {
                look(level, low..<high)
                break
            }
            look(level, low..<start * NameSegment.fan)
            look(level, end * NameSegment.fan..<high)
            (level, low, high) = (level + 1, start, end)
        }
        // Down to the place itself.
        while best.level > 0 {
            let start = best.index * NameSegment.fan
            let below = maxima[best.level - 1]
            let index = (start..<min(below.count, start + NameSegment.fan)).first { below[$0] == best.value } ?? start
            best = (best.level - 1, index, best.value)
        }
        return (best.index, best.value)
    }

    // MARK: Helpers

    /// The first eight bytes as a number, in the order of the bytes; zeros where there are fewer.
    private static func head(_ bytes: ArraySlice<UInt8>) -> UInt64 {
        var head: UInt64 = 0
        for (offset, byte) in bytes.prefix(8).enumerated() { head |= UInt64(byte) << UInt64(56 - offset * 8) }
        return head
    }

    private static func isBelow(_ text: [UInt8], _ a: Int, _ b: Int) -> Bool {
        var (a, b) = (a, b)
        while text[a] == text[b] {
            if text[a] == 0 { return a < b }
            (a, b) = (a + 1, b + 1)
        }
        return text[a] < text[b]
    }

    /// The last of ascending numbers that is not above one.
    private static func last(_ starts: [UInt32], notAfter place: UInt32) -> Int {
        var (low, high) = (0, starts.count)
        while low < high {
            let middle = (low + high) / 2
            if starts[middle] <= place { low = middle + 1 } else { high = middle }
        }
        return max(0, low - 1)
    }
}
