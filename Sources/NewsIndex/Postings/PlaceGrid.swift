/// Which words stand where in some neighbouring documents: a cell for each place of each text.
struct PlaceGrid: ~Copyable {
    /// A cell that says more than a word says that there are others at its place.
    static let mostWords = 0x7FFF
    private static let more: UInt16 = 0x8000

    private let segment: Segment
    /// How long the texts are whose length no column can say, as far as it matters.
    private let longTexts: [Text: Int]
    private var documents = 0..<0
    private var cells = Row<UInt16>()
    /// Where the texts of each document begin, headline and body, each with an empty cell before it and one behind.
    private var starts = Row<Int>()
    /// The others at a cell's place, counted from 1; a row as long as the cells, once there are any.
    private var firstOthers = Row<UInt32>()
    private var others = Row<Other>()

    private struct Text: Hashable {
        let document: Int
        let isInBody: Bool
    }

    private struct Other {
        let word: UInt32
        let next: UInt32
    }

    /// A grid for some terms of a segment.
    init(_ segment: Segment, _ terms: [Int]) {
        self.segment = segment
        longTexts = PlaceGrid.longTexts(segment, terms)
    }

    private static func longTexts(_ segment: Segment, _ terms: [Int]) -> [Text: Int] {
        let documents = (0..<segment.count).filter { segment.bodyLengths[$0] == .max || segment.headlineLengths[$0] == .max }
        var lengths: [Text: Int] = [:]
        guard !documents.isEmpty else { return lengths }
        segment.withCursor { cursor in
            for term in terms {
                cursor.open(segment, term: term)
                for document in documents {
                    guard let (block, place) = cursor.find(document) else { continue }
                    cursor.forEachPosition(block, place) { isInBody, position in
                        let text = Text(document: document, isInBody: isInBody)
                        lengths[text] = max(lengths[text] ?? 0, Int(position) + 1)
                    }
                }
            }
        }
        return lengths
    }

    @inline(__always)
    private func length(_ document: Int, _ isInBody: Bool) -> Int {
        let length = isInBody ? segment.bodyLengths[document] : segment.headlineLengths[document]
        return length < .max ? Int(length) : longTexts[Text(document: document, isInBody: isInBody)] ?? 0
    }

    /// Begins anew with some documents.
    mutating func clear(for documents: Range<Int>) {
        self.documents = documents
        starts.removeAll()
        var size = 1
        for document in documents {
            for isInBody in [false, true] {
                starts.append(size)
                size += length(document, isInBody) + 1
            }
        }
        cells.removeAll()
        cells.append(0, count: size)
        firstOthers.removeAll()
        others.removeAll()
    }

    @inline(__always)
    private func cell(_ document: Int, _ isInBody: Bool, _ position: Int) -> Int {
        starts[(document &- documents.lowerBound) &* 2 &+ (isInBody ? 1 : 0)] &+ position
    }

    /// Puts a word at a place, which its text has; answers those before and behind it, none being 0. If more is to be said, one of them is
    /// above `mostWords`.
    @inline(__always)
    mutating func put(_ word: Int, _ document: Int, _ isInBody: Bool, _ position: Int) -> (left: Int, right: Int) {
        let cell = cell(document, isInBody, position)
        // Whatever a kept segment says of its lengths, nothing is written beyond the cells.
        guard cell &+ 1 < cells.count else { return (0, 0) }
        guard cells[cell] == 0 else {
            putBeside(word, cell)
            return (.max, .max)
        }
        cells[cell] = UInt16(truncatingIfNeeded: word)
        return (Int(cells[cell &- 1]), Int(cells[cell &+ 1]))
    }

    @inline(never)
    private mutating func putBeside(_ word: Int, _ cell: Int) {
        if firstOthers.count == 0 { firstOthers.append(0, count: cells.count) }
        others.append(Other(word: UInt32(word), next: firstOthers[cell]))
        firstOthers[cell] = UInt32(others.count)
        cells[cell] |= PlaceGrid.more
    }

    /// Calls `visit` with all words before a place of a text, or behind it.
    func forEachWord(_ document: Int, _ isInBody: Bool, beside position: Int, isBehind: Bool, _ visit: (Int) -> Void) {
        let cell = cell(document, isInBody, position) + (isBehind ? 1 : -1)
        let word = Int(cells[cell] & ~PlaceGrid.more)
        if word > 0 { visit(word) }
        guard cells[cell] & PlaceGrid.more > 0 else { return }
        var next = firstOthers[cell]
        while next > 0 {
            visit(Int(others[Int(next) - 1].word))
            next = others[Int(next) - 1].next
        }
    }
}
