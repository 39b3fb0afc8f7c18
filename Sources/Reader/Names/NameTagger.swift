/// The words and marks of a sentence, as ranges of the bytes of a text in UTF-8.
package struct WordSequence: Sendable {
    /// The text.
    package var bytes: [UInt8]
    /// Where each word stands; none is empty.
    package var words: ArraySlice<Range<Int>>

    /// The words of a sentence.
    package init(bytes: [UInt8], words: ArraySlice<Range<Int>>) {
        self.bytes = bytes
        self.words = words
    }
}

/// A name that the tagger found.
package struct TaggedName: Sendable, Equatable {
    /// Which sentence it is in.
    package var sentence: Int
    /// Its tokens, counted from the beginning of the sentence.
    package var tokens: Range<Int>
    /// What sort of thing it stands for.
    package var type: NameType
    /// How likely it is that exactly these tokens are a name of this type, 0 to 1.
    package var confidence: Float
}

/// Finds the names in a document: a first reading, and a second one of the sentences that disagree with the rest of the document.
package struct NameTagger: Sendable {
    private let model: NameModel

    /// A tagger with what the model has learnt.
    package init(_ model: NameModel) { self.model = model }

    /// Longer sentences are read in parts, so that memory stays within bounds.
    private static let longestPart = 400
    /// A document is read in blocks of about so many tokens; what is found in one doesn't help another.
    private static let longestBlock = 20_000

    /// The names in a document's sentences; in their order.
    package func names(_ sentences: [WordSequence]) -> [TaggedName] {
        var names: [TaggedName] = []
        var block: [WordSequence] = []
        // Where each part of the block comes from: the sentence and the tokens before it.
        var origins: [(sentence: Int, offset: Int)] = []
        var tokens = 0
        func flush() {
            names += self.names(inBlock: block).map { name in
                let origin = origins[name.sentence]
                let range = name.tokens.lowerBound + origin.offset..<name.tokens.upperBound + origin.offset
                return TaggedName(sentence: origin.sentence, tokens: range, type: name.type, confidence: name.confidence)
            }
            block.removeAll(keepingCapacity: true)
            origins.removeAll(keepingCapacity: true)
            tokens = 0
        }
        for (number, sentence) in sentences.enumerated() {
            var offset = 0
            while offset < sentence.words.count {
                let part = sentence.words.dropFirst(offset).prefix(Self.longestPart)
                if tokens + part.count > Self.longestBlock { flush() }
                block.append(WordSequence(bytes: sentence.bytes, words: part))
                origins.append((number, offset))
                tokens += part.count
                offset += part.count
            }
        }
        flush()
        return names
    }

    private func names(inBlock sentences: [WordSequence]) -> [TaggedName] {
        let text = NameText(sentences, lexicon: model.lexicon)
        var lattice = NameLattice(model.transitions)
        var scores = self.scores(text)
        var labels = text.sentences.map { lattice.bestPath(scores[$0]) }
        let votes = NameVotes(text, labels)
        for (number, sentence) in text.sentences.enumerated() where votes.correct(&scores, sentence, labels[number], in: text) {
            labels[number] = lattice.bestPath(scores[sentence])
        }
        var names: [TaggedName] = []
        for (number, sentence) in text.sentences.enumerated() {
            let spans = NameLabel.spans(labels[number])
            guard !spans.isEmpty, lattice.sum(scores[sentence]) != nil else { continue }
            for span in spans {
                let confidence = min(1, max(0, lattice.likelihood(of: span.type, span.range)))
                names.append(TaggedName(sentence: number, tokens: span.range, type: span.type, confidence: confidence))
            }
        }
        return names
    }

    /// The scores of the labels of all tokens, at the indices of their facts.
    private func scores(_ text: NameText) -> [SIMD16<Float>] {
        var features = NameFeatures(rowBits: model.rowBits)
        var scores = [SIMD16<Float>](repeating: .zero, count: text.facts.count)
        for (sentence, style) in zip(text.sentences, text.styles) {
            for index in sentence {
                features.look(at: index, sentence, style, in: text)
                // 192 rows of at most 127 stay below 32,768.
                var sum = SIMD16<Int16>.zero
                for place in 0..<features.count {
                    sum &+= SIMD16<Int16>(truncatingIfNeeded: model.weights[Int(features.rows[place])])
                }
                scores[index] = SIMD16<Float>(sum) * model.scale
            }
        }
        return scores
    }
}
