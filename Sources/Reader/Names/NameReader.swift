import News

/// A text of an article, cut into tokens.
package struct FieldText: Sendable {
    /// Which text it is.
    package var field: TextSpan.Field
    /// Its tokens and sentences.
    package var text: TokenizedText

    /// A text with the field that it stands in.
    package init(_ field: TextSpan.Field, _ text: TokenizedText) {
        self.field = field
        self.text = text
    }
}

/// Finds whom and what an article names.
///
/// English is read by the tagger; of other languages only what the gazetteer has is found.
package struct NameReader: Sendable {
    let model: NameModel
    private let tagger: NameTagger
    let roles: RoleReader

    /// A reader with what the model has learnt.
    package init(_ model: NameModel) {
        self.model = model
        tagger = NameTagger(model)
        roles = RoleReader(model.lexicon.lists)
    }

    /// The names in an article's texts, in the order of the texts and within them; none overlaps another.
    package func mentions(in fields: [FieldText], isEnglish: Bool) -> [Mention] {
        var sentences: [WordSequence] = []
        var origins: [(field: Int, sentence: Int)] = []
        for (number, field) in fields.enumerated() {
            let words = field.text.tokens.map(\.bytes)
            for (sentence, range) in field.text.sentences.enumerated() {
                sentences.append(WordSequence(bytes: field.text.bytes, words: words[range]))
                origins.append((number, sentence))
            }
        }
        let names = isEnglish ? tagger.names(sentences) : knownNames(sentences)
        var mentions = [[Mention]](repeating: [], count: fields.count)
        for name in names {
            let (number, sentence) = origins[name.sentence]
            let first = fields[number].text.sentences[sentence].lowerBound
            let tokens = first + name.tokens.lowerBound..<first + name.tokens.upperBound
            let parts = name.type == .person ? NameTrimming.persons(tokens, in: fields[number].text) : [tokens]
            mentions[number] += parts.compactMap { mention(name, $0, sentence, in: fields[number]) }
        }
        if isEnglish {
            for number in fields.indices { roles.describe(&mentions[number], in: fields[number]) }
        }
        var all = mentions.flatMap { $0 }
        if isEnglish {
            let texts = Dictionary(fields.map { ($0.field, $0.text) }) { first, _ in first }
            NameAgreement.settle(&all) { mention in
                guard let text = texts[mention.span.field], mention.tokens.lowerBound > 0 else { return false }
                return model.lexicon.lists.titles.contains(text.tokens[mention.tokens.lowerBound - 1].key)
            }
        }
        NameGrouping.group(&all, placeAliases: model.lexicon.lists.placeAliases)
        return all
    }

    /// The name without what is no part of it; nil if nothing is left that is a name.
    private func mention(_ name: TaggedName, _ tokens: Range<Int>, _ sentence: Int, in field: FieldText) -> Mention? {
        let text = field.text
        var tokens = tokens
        while let last = tokens.last, text.tokens[last].kind == .punctuation { tokens = tokens.dropLast() }
        while let first = tokens.first, text.tokens[first].kind == .punctuation { tokens = tokens.dropFirst() }
        guard !tokens.isEmpty else { return nil }
        tokens = NameTrimming.unbroken(tokens, in: text)
        tokens = NameTrimming.trimmed(tokens, name.type, titles: model.lexicon.lists.titles) { text.tokens[$0].key }
        if tokens.count == 1, !roles.canBeName(text.tokens[tokens.lowerBound], name.type, name.confidence) { return nil }
        // "US Secretary of State" is an office.
        if name.type == .person, tokens.count > 1, roles.isOffice(tokens, in: text) { return nil }
        var written = text.text(of: tokens)
        var span = text.span(of: tokens, in: field.field)
        // A single letter takes the stop of its sentence for its own.
        if name.type != .person, span.length == 2, written.hasSuffix("."), tokens.upperBound == text.sentences[sentence].upperBound {
            written.removeLast()
            span.length = 1
        }
        let place = model.lexicon.lists.place(ofAdjective: written)
        let kind: Entity.Kind =
            switch name.type {
            case .person: .person
            // "Turkish" is neither place nor organisation, whatever it is tagged as; "Georgia" is one.
            case .organization: place == nil ? .organization : .other
            case .place: place == nil ? .place : .other
            // "US" in "US-led"
            case .other: model.lexicon.lists.places.contains(written) ? .place : .other
            }
        return Mention(
            span: span, tokens: tokens, sentence: sentence, kind: kind, text: written,
            adjectiveOf: kind == .other ? place : nil, entity: 0, confidence: Double((name.confidence * 100).rounded()) / 100)
    }

    /// What the gazetteer has: places and organisations, and a forename with a surname after it.
    private func knownNames(_ sentences: [WordSequence]) -> [TaggedName] {
        var names: [TaggedName] = []
        for (number, sentence) in sentences.enumerated() {
            let text = NameText([sentence], lexicon: model.lexicon)
            guard let range = text.sentences.first else { continue }
            var index = range.lowerBound
            while index < range.upperBound {
                let facts = text.facts[index]
                var end = index + 1
                while end < range.upperBound, (3...4).contains(text.facts[end].phrasePosition) { end += 1 }
                defer { index = end }
                guard facts.isCapitalized, facts.length > 2 else { continue }
                let kinds = facts.phraseKinds
                let type: NameType
                if kinds.contains(.forename), end < range.upperBound, text.facts[end].phraseKinds.contains(.surname),
                    text.facts[end].isCapitalized
                {
                    type = .person
                    end += 1
                } else if kinds.contains(.country) || !kinds.isDisjoint(with: [.city, .region]) && kinds.isDisjoint(with: Self.ambiguous) {
                    type = .place
                } else if kinds.contains(.organization) {
                    type = .organization
                } else {
                    continue
                }
                let tokens = index - range.lowerBound..<end - range.lowerBound
                names.append(TaggedName(sentence: number, tokens: tokens, type: type, confidence: 0.5))
            }
        }
        return names
    }

    private static let ambiguous: PhraseKinds = [.forename, .date, .title, .organizationWord]
}
