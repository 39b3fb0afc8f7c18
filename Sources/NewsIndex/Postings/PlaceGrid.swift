/// Which words stand where in some neighbouring documents: a cell for each place of each text, and elsewhere those for whom there is none.
struct PlaceGrid: ~Copyable {
    /// A cell that says more than a word says that there are others at its place.
    static let mostWords = 0x7FFF
    private static let more: UInt16 = 0x8000

    private let segment: Segment
    private var documents = 0..<0
    private var cells = Row<UInt16>()
    /// Where the texts of each document begin, headline and body, each with an empty cell before it and one behind.
    private var starts = Row<Int>()
    private var others: [Place: [Int]] = [:]

    private struct Place: Hashable {
        let document: Int
        let isInBody: Bool
        let position: Int
    }

    init(_ segment: Segment) { self.segment = segment }

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
        if !others.isEmpty { others.removeAll() }
    }

    @inline(__always)
    private func length(_ document: Int, _ isInBody: Bool) -> Int {
        Int(isInBody ? segment.bodyLengths[document] : segment.headlineLengths[document])
    }

    @inline(__always)
    private func start(_ document: Int, _ isInBody: Bool) -> Int {
        starts[(document &- documents.lowerBound) &* 2 &+ (isInBody ? 1 : 0)]
    }

    /// Puts a word at a place; answers those before and behind it, none being 0. If more is to be said, one of them is above `mostWords`.
    @inline(__always)
    mutating func put(_ word: Int, _ document: Int, _ isInBody: Bool, _ position: Int) -> (left: Int, right: Int) {
        let cell = start(document, isInBody) &+ position
        guard position < length(document, isInBody), cells[cell] == 0 else {
            putBeside(word, Place(document: document, isInBody: isInBody, position: position))
            return (.max, .max)
        }
        cells[cell] = UInt16(truncatingIfNeeded: word)
        return (Int(cells[cell &- 1]), Int(cells[cell &+ 1]))
    }

    /// A word for which there is no cell, or one that another has.
    @inline(never)
    private mutating func putBeside(_ word: Int, _ place: Place) {
        others[place, default: []].append(word)
        // Behind the text there is a cell more, so that who stands last looks further.
        guard place.position <= length(place.document, place.isInBody) else { return }
        cells[start(place.document, place.isInBody) + place.position] |= PlaceGrid.more
    }

    /// All words at a place, if there is such a place.
    func words(_ document: Int, _ isInBody: Bool, _ position: Int) -> [Int] {
        var words = others[Place(document: document, isInBody: isInBody, position: position)] ?? []
        if position >= 0, position < length(document, isInBody) {
            let word = cells[start(document, isInBody) + position] & ~PlaceGrid.more
            if word > 0 { words.append(Int(word)) }
        }
        return words
    }
}
