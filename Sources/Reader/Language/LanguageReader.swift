extension DetectedLanguage {
    /// The commonest words of each language that is known by them, with blanks between.
    public static var commonWords: [String] { LanguageWords.words.map(\.words) }

    /// The language of a text: by its letters where only one language writes with them, by its commonest words otherwise. The first
    /// thousand tokens are looked at. nil where too little speaks for any one.
    public init?(of text: TokenizedText) {
        var scores = [Float](repeating: 0, count: LanguageWords.words.count)
        /// Different words that speak for each.
        var hits = [Int](repeating: 0, count: LanguageWords.words.count)
        var seen: Set<WordKey> = []
        var scripts: [String: Int] = [:]
        var letters = 0
        var words = 0
        for (number, token) in text.tokens.prefix(1_000).enumerated() where token.kind == .word {
            words += 1
            let key = text.lowercaseKey(of: number)
            if let weights = LanguageWords.weights[key] {
                let isNew = seen.insert(key).inserted
                for (language, weight) in weights {
                    scores[language] += weight
                    if isNew { hits[language] += 1 }
                }
            }
            guard token.traits.contains(.nonASCII) else {
                letters += Int(min(token.end - token.start, 30))
                continue
            }
            var index = Int(token.start)
            let end = min(Int(token.end), index + 120)
            while index < end, let (scalar, width) = scalar(in: text.bytes, at: index) {
                letters += 1
                if let language = LanguageWords.language(of: scalar) {
                    scripts[language, default: 0] += 1
                } else if let weights = LanguageWords.letters[scalar.value] {
                    for (language, weight) in weights { scores[language] += weight }
                }
                index += width
            }
        }
        if let found = Self.byScript(scripts, letters) {
            self = found
            return
        }
        guard let best = scores.indices.max(by: { scores[$0] < scores[$1] }), scores[best] >= 1.2, words > 0 else { return nil }
        let second = scores.indices.filter { $0 != best }.map { scores[$0] }.max() ?? 0
        // Between a lead over all others and how much of the text speaks for it.
        let lead = Double((scores[best] - second) / scores[best])
        let share = min(1, Double(scores[best]) / (Double(words) * 0.15))
        guard lead > 0.05 else { return nil }
        // One word that two languages share says little, however clear it would be otherwise.
        let evidence = min(1, Double(hits[best]) / 3)
        let confidence = min(0.99, 0.3 + 0.4 * min(1, lead * 1.5) + 0.3 * share) * evidence
        self.init(code: LanguageWords.words[best].code, evidence: .words, confidence: (confidence * 100).rounded() / 100)
    }

    private static func byScript(_ scripts: [String: Int], _ letters: Int) -> DetectedLanguage? {
        let total = scripts.values.reduce(0, +)
        guard total * 2 > letters, total > 1 else { return nil }
        func share(_ code: String) -> Double { Double(scripts[code] ?? 0) / Double(total) }
        // Japanese writes with Chinese characters too, and Persian with Arabic letters.
        if share("ja") > 0.1 { return DetectedLanguage(code: "ja", evidence: .script, confidence: 0.98) }
        if share("fa") > 0.05 { return DetectedLanguage(code: "fa", evidence: .script, confidence: 0.8) }
        guard let best = scripts.max(by: { ($0.value, $1.key) < ($1.value, $0.key) }) else { return nil }
        // Other languages write with these too, if more rarely.
        let isShared = ["ar", "hi"].contains(best.key)
        return DetectedLanguage(code: best.key, evidence: .script, confidence: isShared ? 0.8 : 0.98)
    }
}

extension TokenizedText {
    /// A token's key, with capitals beyond Latin made small too.
    func lowercaseKey(of token: Int) -> WordKey {
        let found = tokens[token]
        guard found.traits.contains(.nonASCII), found.isCapital, found.end - found.start < 40 else { return found.key }
        return WordKey(text(of: token).lowercased())
    }
}
