/// Whether an expression looks back or ahead, as the verbs around it say.
enum Direction: Sendable { case past, future, open }

/// Reads the tense of a sentence around an expression of time. It looks at thirty tokens to either side at most.
struct TenseReader {
    private enum Mark {
        case past, participle, future, be, have, schedule, looksBack, said
    }

    let text: TokenizedText

    /// The direction of the clause that an expression stands in: the nearest verb before it decides, or else the first after it.
    func direction(of range: Range<Int>) -> Direction {
        let sentence = text.sentences[text.sentence(of: range.lowerBound)]
        let next = range.upperBound
        if next < sentence.upperBound, Self.possessives.contains(text.tokens[next].key) {
            return ofNoun(after: next, in: sentence, before: range.lowerBound)
        }
        if let before = lookBack(from: range.lowerBound, to: max(sentence.lowerBound, range.lowerBound - 30)) { return before }
        return lookAhead(from: next, to: min(sentence.upperBound, next + 30)) ?? .open
    }

    /// "Friday's vote": what the noun does is said after it, or by the word before.
    private func ofNoun(after next: Int, in sentence: Range<Int>, before start: Int) -> Direction {
        if start > sentence.lowerBound {
            let key = text.tokens[start - 1].key
            if Self.table[key] == .looksBack { return .past }
            // "ahead of Friday's vote"
            if key == Self.of, start > sentence.lowerBound + 1, text.tokens[start - 2].key == Self.ahead { return .future }
        }
        if let ahead = lookAhead(from: next + 1, to: min(sentence.upperBound, next + 12)), ahead == .future { return .future }
        return lookBack(from: start, to: max(sentence.lowerBound, start - 30)) ?? .past
    }

    private func lookBack(from start: Int, to end: Int) -> Direction? {
        var index = start - 1
        while index >= end {
            switch mark(index) {
            case .future: return .future
            case .said, .past: return isAhead(before: index, to: end) ? .future : .past
            case .participle: return isAhead(before: index, to: end) ? .future : .past
            case .looksBack: return .past
            case .schedule: return .future
            case .have: return .past
            case .be:
                // "is to meet on Friday"; "is meeting on Friday".
                if index + 1 < start, text.tokens[index + 1].key == Self.to || isPresentParticiple(index + 1) { return .future }
            case nil: break
            }
            index -= 1
        }
        return nil
    }

    private func lookAhead(from start: Int, to end: Int) -> Direction? {
        var index = start
        while index < end {
            switch mark(index) {
            case .future, .schedule: return .future
            case .past, .said, .have: return .past
            case .participle: return .past
            case .be:
                if index + 1 < end, text.tokens[index + 1].key == Self.to { return .future }
            case .looksBack, nil: break
            }
            index += 1
        }
        return nil
    }

    /// Whether a modal governs the participle here: "will be held", "to be held".
    private func isAhead(before index: Int, to end: Int) -> Bool {
        var index = index - 1
        var steps = 0
        while index >= end, steps < 4 {
            let key = text.tokens[index].key
            if Self.table[key] == .future { return true }
            if key == Self.be, index > end, text.tokens[index - 1].key == Self.to { return true }
            guard Self.between.contains(key) || endsWith(Self.ly, index) else { return false }
            index -= 1
            steps += 1
        }
        return false
    }

    private func mark(_ index: Int) -> Mark? {
        let token = text.tokens[index]
        guard token.kind == .word else { return nil }
        if let mark = Self.table[token.key] {
            // "two runs", "the ends" are nouns.
            if mark == .schedule, index > 0, Self.articles.contains(text.tokens[index - 1].key) || text.tokens[index - 1].kind == .number {
                return nil
            }
            // "fewer than expected".
            if mark == .future, index > 0, Self.compared.contains(text.tokens[index - 1].key) { return nil }
            return mark
        }
        guard !token.isCapital, endsWith(Self.ed, index), token.end - token.start > 3, !Self.notVerbs.contains(token.key) else {
            return nil
        }
        // After an article it describes a noun: "the proposed law".
        if index > 0, Self.articles.contains(text.tokens[index - 1].key) { return nil }
        return .participle
    }

    private func isPresentParticiple(_ index: Int) -> Bool {
        endsWith(Self.ing, index) && text.tokens[index].end - text.tokens[index].start > 4
    }

    private func endsWith(_ ending: [UInt8], _ index: Int) -> Bool {
        let bytes = text.bytes[text.tokens[index].bytes]
        return bytes.count > ending.count && zip(bytes.suffix(ending.count), ending).allSatisfy { $0 | 0x20 == $1 }
    }

    private static let ed = Array("ed".utf8)
    private static let ly = Array("ly".utf8)
    private static let ing = Array("ing".utf8)
    private static let to = WordKey("to")
    private static let be = WordKey("be")
    private static let possessives: Set = [WordKey("'s")]
    private static let articles = keys("the a an his her its their our my this that no")
    private static let compared = keys("than as")
    private static let ahead = WordKey("ahead")
    private static let of = WordKey("of")
    private static let between = keys("be been being have not also then first only again never n't")
    private static let notVerbs = keys(
        """
        need indeed hundred speed breed exceed proceed succeed agreed-upon sacred naked armed aged limited unprecedented alleged hatred \
        kindred wicked embed bleed greed creed weed reed seed feed deed heed bred sled
        """)

    private static func keys(_ words: String) -> Set<WordKey> { Set(words.split(separator: " ").map { WordKey(String($0)) }) }

    private static let table: [WordKey: Mark] = {
        var table: [WordKey: Mark] = [:]
        func add(_ words: String, _ mark: Mark) {
            for word in words.split(separator: " ") { table[WordKey(String(word))] = mark }
        }
        add(
            """
            will 'll shall would wo may might could should must going expected scheduled due planned plans plan set slated hopes wants \
            intends aims upcoming forthcoming until till ahead poised likely
            """, .future)
        add("said says told announced", .said)
        add("is are am 's 're be", .be)
        add("has have 've having", .have)
        add("after since following", .looksBack)
        add(
            """
            begins starts opens meets runs launches kicks faces hosts ends closes expires travels arrives departs premieres airs begin
            """, .schedule)
        add(
            """
            was were had did took made met came went won lost held began became left found gave got saw sent spoke fell rose hit shot \
            struck led wrote brought bought sold built broke fought felt kept knew laid paid ran stood thought threw wore drew drove flew \
            grew hid rode sang sank swore tore woke put cut quit shut dealt fled spent sought caught shook chose stole done gone seen \
            taken given written beaten fallen forgotten been grown known shown thrown torn worn heard burst blew bore swept slid
            """, .past)
        return table
    }()
}
