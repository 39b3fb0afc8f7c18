import News

/// Finds what an article says beside a person's name: the role before it ("US Secretary of Defense Lloyd Austin") or, between
/// commas, after it ("Adrienne Watson, a spokeswoman for the council, said").
struct RoleReader: Sendable {
    private let lists: WordLists

    init(_ lists: WordLists) { self.lists = lists }

    private static func keys(_ words: String) -> Set<WordKey> { Set(words.split(separator: " ").map { WordKey(String($0)) }) }

    /// Titles that say nothing of what somebody does.
    private static let courtesy = keys("mr. mr mrs. mrs ms. ms miss mx. messrs. sir dame lord lady madam dr. dr brother sister private")
    private static let joints = keys("of for and to the on in at & - 's ’s ' ’")
    private static let marks = keys("- 's ’s ' ’")
    private static let of = keys("of")
    private static let the = keys("the")
    private static let ands = keys("and &")
    private static let links = keys("of for at on")
    private static let openers = keys("a an the his her their its one former")
    private static let clauses = keys("who which that is was are were has had said says told")
    /// What begins sentences with a capital, and is no name by itself.
    private static let common = keys(
        """
        the a an i he she it we you they his her its our their my your this that these those there here and or but if when where who whom \
        what why how not no yes in on at by for from with to of as is was are were be been has have had do does did will would can \
        could may might must shall should all some many most both each every more other another such one two three first last new \
        then now also just only even still yet so too very well after before since until while because although though however \
        monday tuesday wednesday thursday friday saturday sunday january february march april june july august september october \
        november december today tomorrow yesterday mr mrs ms mr. mrs. ms. dr. mps meps mp federal
        """)

    /// The longest description, in tokens.
    private static let longest = 16

    /// What a token is part of.
    private enum Named { case nothing, person, other }

    private func isRole(_ key: WordKey) -> Bool { lists.roles.contains(key) || lists.titles.contains(key) && !Self.courtesy.contains(key) }

    /// Whether a single word can be a name. The small words that begin sentences can't, and a title only where it is sure ("King said").
    func canBeName(_ token: Token, _ type: NameType, _ confidence: Float) -> Bool {
        guard token.kind == .word || type == .other else { return false }
        if token.isAllCapitals, token.end - token.start > 1 { return true }
        if Self.common.contains(token.key) { return false }
        return !isRole(token.key) || confidence > 0.8
    }

    /// Whether words name an office and nobody who holds it: "Foreign Secretary".
    func isOffice(_ words: Range<Int>, in text: TokenizedText) -> Bool {
        words.contains { isRole(text.tokens[$0].key) }
            && words.allSatisfy { index in
                let token = text.tokens[index]
                return isRole(token.key) || lists.modifiers.contains(token.key) || Self.joints.contains(token.key)
                    || Self.realms.contains(token.key) || lists.place(ofAdjective: text.text(of: index)) != nil
                    || lists.places.contains(text.text(of: index))
            }
    }

    /// What ministers are in charge of.
    private static let realms = keys(
        "state defense defence treasury interior justice health finance foreign home education war labor labour")

    /// Adds descriptions to the persons among the mentions of one text, and takes out names that were only part of one.
    func describe(_ mentions: inout [Mention], in field: FieldText) {
        var named = [Named](repeating: .nothing, count: field.text.tokens.count)
        for mention in mentions { for token in mention.tokens { named[token] = mention.kind == .person ? .person : .other } }
        var described: Set<Int> = []
        for index in mentions.indices where mentions[index].kind == .person {
            let sentence = field.text.sentences[mentions[index].sentence]
            let name = mentions[index].tokens
            guard let range = before(name, sentence, field.text, named) ?? after(name, sentence, field.text, named) else { continue }
            mentions[index].description = field.text.span(of: range, in: field.field)
            described.formUnion(range)
        }
        guard !described.isEmpty else { return }
        mentions.removeAll { mention in
            guard mention.tokens.count == 1, mention.kind != .person, mention.adjectiveOf == nil else { return false }
            let key = field.text.tokens[mention.tokens.lowerBound].key
            return (lists.modifiers.contains(key) || isRole(key)) && described.contains(mention.tokens.lowerBound)
        }
    }

    /// The role that ends where the name begins.
    private func before(_ name: Range<Int>, _ sentence: Range<Int>, _ text: TokenizedText, _ named: [Named]) -> Range<Int>? {
        var first = name.lowerBound
        var start: Int?
        var hasRole = false
        // Words between the role and the name, which belong to it only after "of": "Secretary of Defense".
        var pending = 0
        // "The president of France, Emmanuel Macron, said"
        if isBetweenCommas(name, sentence, text) { first -= 1 }
        while first > sentence.lowerBound, name.lowerBound - first < Self.longest {
            let token = text.tokens[first - 1]
            if named[first - 1] == .person { break }
            if isRole(token.key) {
                if !hasRole, pending > 0, !Self.links.contains(text.tokens[first].key) { break }
                hasRole = true
            } else if !hasRole {
                if !Self.courtesy.contains(token.key) {
                    let fits = named[first - 1] == .other || lists.modifiers.contains(token.key) || isProper(token)
                    guard pending < 6, fits || pending > 0 && Self.joints.contains(token.key) else { break }
                    pending += 1
                }
            } else if Self.ands.contains(token.key) {
                // "President and chief executive", but not "Berlin and President".
                guard first - 1 > sentence.lowerBound, isRole(text.tokens[first - 2].key) else { break }
            } else if Self.marks.contains(token.key) {
                first -= 1
                continue
            } else if goesOn(first - 1, from: start, text) {
                first -= 1
                continue
            } else if named[first - 1] == .nothing, !lists.modifiers.contains(token.key), !isProper(token) {
                break
            }
            first -= 1
            start = hasRole ? first : start
        }
        guard let start else { return nil }
        var end = name.lowerBound
        if text.isMark(end - 1, ",") { end -= 1 }
        while end > start, Self.courtesy.contains(text.tokens[end - 1].key) { end -= 1 }
        // A lord may be nothing but that.
        return start < end ? start..<end : nil
    }

    /// Whether a role goes on before "of" or "of the": "Chairman of the Joint Chiefs of Staff Gen." does, "friend of President" is two.
    private func goesOn(_ token: Int, from start: Int?, _ text: TokenizedText) -> Bool {
        guard let start, !isRole(text.tokens[start].key) else { return false }
        if Self.of.contains(text.tokens[token].key) { return true }
        return Self.the.contains(text.tokens[token].key) && token > 0 && Self.of.contains(text.tokens[token - 1].key)
    }

    private func isBetweenCommas(_ name: Range<Int>, _ sentence: Range<Int>, _ text: TokenizedText) -> Bool {
        guard name.lowerBound - 1 > sentence.lowerBound, text.isMark(name.lowerBound - 1, ",") else { return false }
        return name.upperBound == sentence.upperBound || text.isMark(name.upperBound, ",") || text.isMark(name.upperBound, ".")
    }

    /// A word with a capital that no sentence gave it: part of an office's name.
    private func isProper(_ token: Token) -> Bool {
        token.kind == .word && token.isCapital && !Self.common.contains(token.key) && token.end - token.start > 1
    }

    /// The role that stands between commas after the name.
    private func after(_ name: Range<Int>, _ sentence: Range<Int>, _ text: TokenizedText, _ named: [Named]) -> Range<Int>? {
        let comma = name.upperBound
        guard comma + 1 < sentence.upperBound, text.isMark(comma, ",") else { return nil }
        var hasRole = false
        var end = comma + 1
        while end < sentence.upperBound, end - comma <= Self.longest {
            let token = text.tokens[end]
            if text.isMark(end, ",") || text.isMark(end, ".") || text.isMark(end, ";") { break }
            if token.kind == .punctuation, !Self.joints.contains(token.key) { return nil }
            if Self.clauses.contains(token.key) || named[end] == .person { return nil }
            if isRole(token.key) { hasRole = true }
            // The role comes soon, after its own adjectives.
            if !hasRole {
                let fits =
                    named[end] == .other || lists.modifiers.contains(token.key) || Self.openers.contains(token.key)
                    || Self.joints.contains(token.key)
                    || isProper(token)
                guard fits else { return nil }
            }
            end += 1
        }
        guard hasRole, end < sentence.upperBound, end - comma <= Self.longest else { return nil }
        // Another person after a comma is another member of a list.
        var first = comma + 1
        while first < end, Self.openers.contains(text.tokens[first].key), !lists.modifiers.contains(text.tokens[first].key) { first += 1 }
        return first < end ? first..<end : nil
    }
}
