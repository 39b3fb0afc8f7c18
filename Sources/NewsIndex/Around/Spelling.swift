import Foundation

/// Words in the order of their bytes, as a segment's dictionary has them.
public protocol SortedWords {
    /// How many there are.
    var wordCount: Int { get }
    /// A word in UTF-8.
    func word(at place: Int) -> [UInt8]
    /// How many articles have it.
    func articles(at place: Int) -> Int
    /// The place of the first word that is not below some bytes; `wordCount` if there is none.
    func firstWord(notBelow bytes: [UInt8]) -> Int
}

/// What was probably meant by words that no article has.
public enum Spelling {
    /// A word that there is.
    public struct Word: Sendable, Equatable {
        /// The word, folded.
        public var word: String
        /// How many letters have to be put in, taken out, changed, or swapped with their neighbour.
        public var distance: Int
        /// How many articles have it.
        public var articles: Int

        /// A word that needs one change more must be in so many times more articles.
        private static let odds = 64

        /// A word with what speaks for it.
        public init(word: String, distance: Int, articles: Int) {
            self.word = word
            self.distance = distance
            self.articles = articles
        }

        static func isBetter(_ a: Word, _ b: Word) -> Bool {
            let weights = [a, b].map { word in
                (1..<max(1, word.distance)).reduce(Double(word.articles)) { weight, _ in weight / Double(odds) }
            }
            return weights[0] != weights[1] ? weights[0] > weights[1] : (a.distance, a.word) < (b.distance, b.word)
        }
    }

    /// So many words of a list are looked at, at most.
    private static let looks = 20_000
    /// Shorter words are left alone.
    private static let shortest = 3
    /// With fewer letters than this, one change is allowed, and two from here on.
    private static let shortestForTwo = 6
    /// Longer words are left alone, since they are none.
    private static let longest = 40

    /// The words nearest to a folded one, the most likely first: one change from it, or two in longer words that begin with the same
    /// letter; by how many articles have them. The word itself is not among them.
    public static func nearest(to word: String, in lists: some Sequence<some SortedWords>, limit: Int = 1) -> [Word] {
        let letters = Array(word.unicodeScalars)
        guard shortest...longest ~= letters.count, limit > 0 else { return [] }
        var found: [String: Word] = [:]
        func add(_ bytes: [UInt8], _ distance: Int, _ articles: Int) {
            guard distance > 0, articles > 0 else { return }
            let word = String(decoding: bytes, as: UTF8.self)
            found[word, default: Word(word: word, distance: distance, articles: 0)].articles += articles
        }
        for list in lists {
            scan(list, letters, most: letters.count < shortestForTwo ? 1 : 2, add)
            for (bytes, place) in otherBeginnings(list, letters) { add(bytes, 1, list.articles(at: place)) }
        }
        return Array(found.values.sorted(by: Word.isBetter).prefix(limit))
    }

    /// All words with the same first letter, by the rows of the matrix of distances (optimal string alignment); where a row says that no
    /// word with this beginning can be near enough, they are passed over together.
    private static func scan(_ list: some SortedWords, _ letters: [Unicode.Scalar], most: Int, _ add: ([UInt8], Int, Int) -> Void) {
        let first = Array(String(letters[0]).utf8)
        var place = list.firstWord(notBelow: first)
        let end = list.firstWord(notBelow: first + [0xFF])
        var looks = looks
        // The rows for the beginning that the word before had.
        var rows: [[Int]] = [Array(0...letters.count)]
        var before: [Unicode.Scalar] = []
        while place < end, looks > 0 {
            looks -= 1
            let bytes = list.word(at: place)
            let word = Array(String(decoding: bytes, as: UTF8.self).unicodeScalars)
            var depth = 0
            while depth < min(before.count, word.count, rows.count - 1), before[depth] == word[depth] { depth += 1 }
            rows.removeLast(rows.count - 1 - depth)
            before = word
            var isNear = true
            while depth < word.count {
                let row = nextRow(rows, word, depth, letters)
                depth += 1
                rows.append(row)
                // A swap looks two rows back, so that one bad row alone says nothing.
                let least = min(row.min() ?? 0, (rows[depth - 1].min() ?? 0) + 1)
                if least > most {
                    isNear = false
                    break
                }
            }
            if isNear {
                if let distance = rows[word.count].last, distance <= most { add(bytes, distance, list.articles(at: place)) }
                place += 1
            } else {
                let beginning = word[..<depth].reduce(into: [UInt8]()) { $0 += Array(String($1).utf8) }
                place = max(place + 1, list.firstWord(notBelow: beginning + [0xFF]))
            }
        }
    }

    private static func nextRow(_ rows: [[Int]], _ word: [Unicode.Scalar], _ depth: Int, _ letters: [Unicode.Scalar]) -> [Int] {
        let above = rows[depth]
        var row = [depth + 1]
        row.reserveCapacity(letters.count + 1)
        for column in 1...letters.count {
            var least = min(above[column] + 1, row[column - 1] + 1, above[column - 1] + (word[depth] == letters[column - 1] ? 0 : 1))
            if depth > 0, column > 1, word[depth] == letters[column - 2], word[depth - 1] == letters[column - 1] {
                least = min(least, rows[depth - 1][column - 2] + 1)
            }
            row.append(least)
        }
        return row
    }

    /// Words with another first letter, of which only one change makes what was asked for.
    private static func otherBeginnings(_ list: some SortedWords, _ letters: [Unicode.Scalar]) -> [(bytes: [UInt8], place: Int)] {
        var found: [(bytes: [UInt8], place: Int)] = []
        func look(_ letters: some Sequence<Unicode.Scalar>) {
            let bytes = letters.reduce(into: [UInt8]()) { $0 += Array(String($1).utf8) }
            let place = list.firstWord(notBelow: bytes)
            if place < list.wordCount, list.word(at: place) == bytes { found.append((bytes, place)) }
        }
        if letters[1] != letters[0] {
            look(letters[1...])
            look([letters[1], letters[0]] + letters[2...])
        }
        var place = 0
        var looks = looks / 16
        while place < list.wordCount, looks > 0 {
            looks -= 1
            guard let first = String(decoding: list.word(at: place), as: UTF8.self).unicodeScalars.first else {
                place += 1
                continue
            }
            if first != letters[0] {
                look([first] + letters[1...])
                look([first] + letters)
            }
            place = max(place + 1, list.firstWord(notBelow: Array(String(first).utf8) + [0xFF]))
        }
        // A swap is found again as another first letter where the next is the same.
        var seen: Set<Int> = []
        return found.filter { seen.insert($0.place).inserted }
    }
}
