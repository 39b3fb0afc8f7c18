import Reader

/// What is learnt from: the documents of the sets that are not held out, with copies of some sentences as headlines write them.
struct Lesson {
    private(set) var texts: [NameText] = []
    private(set) var examples: [Trainer.Example] = []

    /// `copies` is the part of the sentences that is also learnt in Title Case or, a third of these, in capitals; our own
    /// sentences all are.
    init(_ sets: [TrainingSet], own: [LabelledDocument], _ lexicon: Lexicon, seed: UInt64, copies: Float, ownWeight: Float) throws {
        var random = RandomSource(seed: seed)
        func take(_ document: LabelledDocument, _ weight: Float) {
            var whole = document
            for sentence in document where random.happens(copies) {
                let copy = random.happens(0.3) ? sentence.inCapitals : sentence.inTitleCase
                // Some headlines stand over their article, some alone.
                if random.happens(0.5) { whole.append(copy) } else { add([copy], weight, lexicon) }
            }
            add(whole, weight, lexicon)
        }
        for set in sets {
            for (number, document) in try documents(set).enumerated() where !TrainingSet.isHeldOut(number) { take(document, set.weight) }
        }
        for document in own {
            for sentence in document + document.map(\.inTitleCase) + document.map(\.inCapitals) { add([sentence], ownWeight, lexicon) }
        }
    }

    private mutating func add(_ document: LabelledDocument, _ weight: Float, _ lexicon: Lexicon) {
        for (number, sentence) in document.enumerated() {
            examples.append(
                Trainer.Example(
                    document: texts.count, sentence: number, labels: sentence.labels, hidesOther: sentence.hidesOther, weight: weight))
        }
        texts.append(NameText(document.map(\.sequence), lexicon: lexicon))
    }
}
