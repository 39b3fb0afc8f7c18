/// What becomes of one word between two boundaries: signs within it join or part it, and its ends may be taken off.
///
/// The text's pointer is used during each call alone; the scratch's own live as long as it.
extension AnalysisScratch {
    /// A sign within a word, like the apostrophe of "O'Neill".
    struct Sign {
        var range: Range<Int>
        var what: What
        /// What it does to its neighbours.
        var does = Effect.parts

        enum What { case apostrophe, point, comma, silent, other }
        enum Effect { case parts, joins, isPoint, isApostrophe }
    }

    /// What stands between two signs.
    struct Element {
        var range: Range<Int>
        /// Scalars without those that are looked through.
        var count = 0
        var leadingDigits = 0
        var trailingDigits = 0
        var startsWithZero = false
        var startsUppercase = false
        var endsLowercase = false

        var isNumber: Bool { leadingDigits == count && count > 0 }
    }

    /// Reads one word with so many signs in it, and adds what it is to `found`.
    func readWord(_ breaker: WordBreaker, _ range: Range<Int>, _ signCount: Int) {
        guard signCount > 0 else { return addPlain(breaker.whole(range, AnalysisScratch.longestRaw), range) }
        findSigns(breaker, range)
        judgeNumbers()
        judgeLetters()
        var first = 0
        for index in 0...signs.count where index == signs.count || signs[index].does == .parts {
            addPart(breaker, first...index)
            first = index + 1
        }
    }

    // MARK: Signs

    private func findSigns(_ breaker: WordBreaker, _ range: Range<Int>) {
        signs.removeAll(keepingCapacity: true)
        elements.removeAll(keepingCapacity: true)
        var element = Element(range: range)
        var at = range.lowerBound
        while at < range.upperBound {
            let here = breaker.look(at)
            switch here.boundary {
            case .singleQuote, .doubleQuote, .midNumberLetter, .midLetter, .midNumber, .extendNumberLetter:
                element.range = element.range.lowerBound..<at
                elements.append(element)
                element = Element(range: here.next..<range.upperBound)
                signs.append(Sign(range: at..<here.next, what: AnalysisScratch.sign(here.scalar)))
            case let boundary where !boundary.isIgnored:
                let isDigit = boundary == .numeric
                if element.count == 0 {
                    element.startsWithZero = here.scalar == 0x30
                    element.startsUppercase = here.kind.isUppercase
                }
                if isDigit {
                    if element.leadingDigits == element.count { element.leadingDigits += 1 }
                    element.trailingDigits += 1
                } else {
                    element.trailingDigits = 0
                }
                element.endsLowercase = !isDigit && !here.kind.isUppercase
                element.count += 1
            default: break
            }
            at = here.next
        }
        elements.append(element)
    }

    private static func sign(_ scalar: UInt32) -> Sign.What {
        switch scalar {
        case 0x27, 0x2018, 0x2019, 0xFF07: .apostrophe
        case 0x2E, 0x2024, 0xFE52, 0xFF0E: .point
        case 0x2C, 0xFE50, 0xFF0C, 0x66C: .comma
        // The middle dot of Catalan, and the quote of Hebrew abbreviations.
        case 0xB7, 0x387, 0x2027, 0x55F, 0x5F4, 0x22: .silent
        default: .other
        }
    }

    /// Thousands are written in any way: "1,000", "1.000" and "1'000" are 1000. A single point or comma elsewhere is a decimal one:
    /// "1,5" is 1.5. More of them part: dates, addresses, versions.
    private func judgeNumbers() {
        var first = 0
        while first < signs.count {
            var last = first
            guard isBetweenDigits(first) else {
                first += 1
                continue
            }
            while last + 1 < signs.count, elements[last + 1].isNumber, isBetweenDigits(last + 1) { last += 1 }
            // All but the last group after the first, and all of them, have three digits; all but the last sign, and all, are one.
            var (areThousands, isOneSign) = (true, true)
            for index in first..<last {
                areThousands = areThousands && elements[index + 1].count == 3
                isOneSign = isOneSign && signs[index].what == signs[first].what
            }
            let lastLength = elements[last + 1].leadingDigits
            let begins = elements[first].trailingDigits
            let isWhole = elements[first].count == begins && elements[first].startsWithZero == false && begins <= 3
            if isWhole, areThousands, isOneSign, lastLength == 3, signs[last].what == signs[first].what {
                for index in first...last { signs[index].does = .joins }
            } else if isWhole, areThousands, isOneSign, last > first, signs[last].what != .apostrophe {
                for index in first..<last { signs[index].does = .joins }
                signs[last].does = .isPoint
            } else if last == first, signs[first].what == .point || signs[first].what == .comma && lastLength <= 2 {
                signs[first].does = .isPoint
            }
            first = last + 1
        }
    }

    private func isBetweenDigits(_ index: Int) -> Bool {
        switch signs[index].what {
        case .apostrophe, .point, .comma: elements[index].trailingDigits > 0 && elements[index + 1].leadingDigits > 0
        case .silent, .other: false
        }
    }

    /// "U.S" and "Ph.D" are one word, "reuters.com" is two.
    private func judgeLetters() {
        let isAbbreviation =
            signs.allSatisfy { $0.what == .point } && elements.allSatisfy { $0.leadingDigits == 0 }
            && (elements.allSatisfy { $0.count == 1 }
                || elements.count == 2 && elements[0].count == 2 && elements[1].count == 1 && elements[0].startsUppercase
                    && elements[0].endsLowercase && elements[1].startsUppercase)
        for index in signs.indices {
            switch signs[index].what {
            case .silent: signs[index].does = .joins
            case .apostrophe where signs[index].does == .parts && !isBetweenDigits(index): signs[index].does = .isApostrophe
            case .point where isAbbreviation: signs[index].does = .joins
            default: break
            }
        }
    }

    // MARK: Parts

    /// Adds the word that some elements are together.
    private func addPart(_ breaker: WordBreaker, _ part: ClosedRange<Int>) {
        guard elements[part].contains(where: { $0.count > 0 }) else { return }
        let inner = part.lowerBound..<part.upperBound
        guard let firstApostrophe = inner.first(where: { signs[$0].does == .isApostrophe }),
            let lastApostrophe = inner.last(where: { signs[$0].does == .isApostrophe })
        else { return add(breaker, part, .word, isNext: true) }
        let ending = shortWord(breaker, elements[lastApostrophe + 1].range)
        if lastApostrophe + 1 == part.upperBound {
            if ending == "s" {
                // Possessives, and "it's".
                add(breaker, part.lowerBound...lastApostrophe, .word, isNext: true)
                return add(breaker, part, .variant, isNext: false)
            }
            if firstApostrophe == lastApostrophe, Apostrophes.contractions.contains(ending) {
                return add(breaker, part.lowerBound...lastApostrophe, .word, isNext: true)
            }
        }
        let beginning = shortWord(
            breaker, elements[part.lowerBound].range.lowerBound..<elements[firstApostrophe].range.upperBound)
        let rest = firstApostrophe + 1...part.upperBound
        let isElision = Apostrophes.elisions.contains(beginning)
        guard isElision || beginning == "o" else { return add(breaker, part, .word, isNext: true) }
        // In "D'Souza" and "O'Neill" the whole is the name; in "l'avion" it is not, nor in French in "L'Express".
        let isName = !isElision || elements[rest.lowerBound].startsUppercase && !Apostrophes.elidingLanguages.contains(language.stem)
        add(breaker, isName ? part : rest, .word, isNext: true)
        add(breaker, isName ? rest : part, .variant, isNext: false)
    }

    /// Folded, to be looked up.
    private func shortWord(_ breaker: WordBreaker, _ range: Range<Int>) -> ShortWord {
        let folded = write(32) { Folding.fold(breaker.whole(range, 32), into: $0) }
        defer { unwrite(to: folded.lowerBound) }
        return ShortWord(blob[folded])
    }

    private func add(_ breaker: WordBreaker, _ part: ClosedRange<Int>, _ role: Role, isNext: Bool) {
        var length = 0
        for index in part {
            for byte in breaker.whole(elements[index].range, AnalysisScratch.longestRaw - length) {
                raw[length] = byte
                length += 1
            }
            if index < part.upperBound, signs[index].does == .isPoint, length < raw.count {
                raw[length] = UInt8(ascii: ".")
                length += 1
            }
        }
        let range = elements[part.lowerBound].range.lowerBound..<elements[part.upperBound].range.upperBound
        add(UnsafeBufferPointer(rebasing: raw[..<length]), range, role, isNext)
    }

    private func addPlain(_ raw: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) { add(raw, range, .word, true) }

    private func add(_ raw: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, _ role: Role, _ isNext: Bool) {
        let exact = write(Analyzer.longestWord) { Folding.fold(raw, into: $0) }
        guard !exact.isEmpty else { return }
        let place = isNext ? positions : max(positions, 1) - 1
        if isNext { positions += 1 }
        let lower = role == .word && (isForQuery || stems != nil) ? lower(raw) : 0..<0
        found.append(Found(exact: exact, lower: lower, position: place, range: range, role: role))
        guard role == .word, !language.hasNativeUmlauts, hasUmlaut(raw) else { return }
        let digraph = write(Analyzer.longestWord) { Folding.fold(raw, into: $0, digraphs: true) }
        found.append(Found(exact: digraph, lower: 0..<0, position: place, range: range, role: .digraph))
    }

    private func hasUmlaut(_ raw: UnsafeBufferPointer<UInt8>) -> Bool {
        // They are all in the block that begins with C3.
        for (index, byte) in raw.enumerated() where byte == 0xC3 && index + 1 < raw.count {
            if Folding.secondLetter(0xC0 | UInt32(raw[index + 1] & 0x3F)) != nil { return true }
        }
        return false
    }

    // MARK: Stems

    private func lower(_ raw: UnsafeBufferPointer<UInt8>) -> Range<Int> {
        write(Analyzer.longestWord) { Folding.lower(raw, into: $0, isTurkic: language.stem == .turkish) }
    }

    /// The folded stem of a word in lower case; the folded word if it is its own.
    func stem(of text: String) -> String {
        clear()
        var text = text
        return text.withUTF8 { bytes in
            let raw = WordBreaker(bytes, isTailored: true).whole(0..<bytes.count, Analyzer.longestWord)
            let exact = write(Analyzer.longestWord) { Folding.fold(raw, into: $0) }
            let lower = lower(raw)
            let blob = UnsafeBufferPointer(blob)
            let folded = UnsafeBufferPointer(rebasing: blob[exact])
            let stem = stems?.stem(UnsafeBufferPointer(rebasing: blob[lower]), exact: folded)
            return String(decoding: stem ?? folded, as: UTF8.self)
        }
    }
}

/// What apostrophes take off words.
enum Apostrophes {
    /// Articles, pronouns and prepositions of French, Italian and Catalan.
    static let elisions: Set<ShortWord> = [
        "l", "d", "j", "m", "n", "s", "t", "c", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu", "presqu", "quelqu", "dell", "all", "nell",
        "sull", "dall", "coll", "un", "quell", "quest", "gl", "agl", "degl", "dagl", "negl", "sugl",
    ]
    /// Verbs of English that lean on the word before.
    static let contractions: Set<ShortWord> = ["ll", "re", "ve", "d", "m"]
    static let elidingLanguages: Set<StemLanguage?> = [.french, .italian, .catalan]
}

/// Up to eight bytes, packed: comparing allocates nothing. What is longer equals nothing listed.
struct ShortWord: Hashable, ExpressibleByStringLiteral {
    private let packed: UInt64

    init(stringLiteral text: String) { self.init(text.utf8) }

    init(_ bytes: some Collection<UInt8>) {
        packed = bytes.count > 8 ? .max : bytes.reduce(0) { $0 << 8 | UInt64($1) }
    }
}
