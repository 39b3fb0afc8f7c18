import News

/// The documents that have a word, in one of its forms or in another form of the same stem.
final class WordNode: QueryNode {
    /// A term of a segment that stands for the word.
    private struct Form {
        let term: Int
        /// The documents' language that is asked for; 0 if any will do.
        let language: UInt8
        let isVariant: Bool
    }

    private let context: SearchContext
    private let word: QueryWord
    private let scope: QueryExpression.TextScope
    /// The forms in each of the segments, one segment after the other.
    private var allForms: [Form] = []
    private var ends: [Int] = []
    /// Where those of the segment that is open begin, and how many they are. Numbers, since a slice is counted wherever it is walked.
    private var firstForm = 0
    private var formCount = 0
    private var segment: Segment
    private var cursors = CursorRow()
    /// The list, where there is but one and all that is in it counts.
    private var sole: UnsafeMutablePointer<PostingCursor>?  // the row's, which lives as long as the node
    /// The bits of a form that has to be looked at more closely.
    private var spare: UnsafeMutablePointer<UInt64>?  // freed with the node
    private var found: [UInt32] = []
    private var stems: [StemLanguage: [UInt8]] = [:]
    /// The occurrences in each document of a window, where there are several forms.
    private var occurrences: UnsafeMutablePointer<Occurrences>?  // freed with the node
    /// What it is worth: `Impact.rarity` in sixteenths, so that a cursor can say it in a byte.
    var rarity: UInt8 = 16
    /// How many documents have it, counting those twice that have two forms of it.
    private(set) var documentCount = 0

    init(_ context: SearchContext, _ word: QueryWord, _ scope: QueryExpression.TextScope) throws(SearchError) {
        self.context = context
        self.word = word
        self.scope = scope
        // Where there are no segments, none is ever opened.
        segment = context.segments.first ?? .empty
        super.init()
        let spelled = word.forms.map { Array($0.utf8) }
        allForms.reserveCapacity(context.segments.count)
        ends.reserveCapacity(context.segments.count)
        for segment in context.segments {
            let start = allForms.count
            try addForms(in: segment, spelled)
            for form in allForms[start...] { documentCount += segment.documentCount(form.term) }
            ends.append(allForms.count)
        }
    }

    deinit {
        spare?.deallocate()
        occurrences?.deallocate()
    }

    /// A prefix in a phrase stands for no more words than this in a segment.
    private static let mostForms = 4_096

    private func addForms(in segment: Segment, _ spelled: [[UInt8]]) throws(SearchError) {
        let dictionary = segment.dictionary
        let start = allForms.count
        guard !word.isPrefix else {
            for form in spelled {
                let places = dictionary.places(withPrefix: form)
                guard allForms.count - start + places.count <= WordNode.mostForms else { throw .tooManyForms }
                for place in places { add(place, since: start) }
            }
            return
        }
        for form in spelled { if let place = dictionary.place(of: form) { add(place, since: start) } }
        guard word.stemmed != nil else { return }
        for language in segment.stemLanguages {
            guard let stem = stem(in: language) else { return }
            let gate = segment.hasOneLanguage ? 0 : language.rawValue
            if let place = dictionary.place(of: stem) { add(place, since: start, language: gate, isVariant: true) }
            for place in segment.stems.terms(with: StemTable.hash(stem, language)) {
                add(place, since: start, language: gate, isVariant: true)
            }
        }
    }

    /// Adds a form, unless it is the word itself and here already.
    private func add(_ term: Int, since start: Int, language: UInt8 = 0, isVariant: Bool = false) {
        guard !allForms[start...].contains(where: { $0.term == term && !$0.isVariant }) else { return }
        allForms.append(Form(term: term, language: language, isVariant: isVariant))
    }

    private func stem(in language: StemLanguage) -> [UInt8]? {
        if let stem = stems[language] { return stem }
        guard let stem = word.stem(in: language) else { return nil }
        stems[language] = Array(stem.utf8)
        return stems[language]
    }

    override func open(_ place: Int) {
        segment = context.segments[place]
        firstForm = place == 0 ? 0 : ends[place - 1]
        formCount = ends[place] - firstForm
        for number in 0..<formCount { cursors.cursor(number, for: segment).pointee.open(segment, term: form(number).term) }
        sole = formCount == 1 && form(0).language == 0 && scope == .any ? cursors[0] : nil
    }

    @inline(__always)
    private func form(_ number: Int) -> Form { allForms[firstForm + number] }

    override var estimate: Int { (0..<formCount).reduce(0) { $0 + cursors[$1].pointee.count } }
    override var soleCursor: UnsafeMutablePointer<PostingCursor>? { sole }

    /// The term of that list.
    var soleTerm: Int? { sole == nil ? nil : form(0).term }

    override func next(from document: Int) -> Int {
        var least = Int.max
        for number in 0..<formCount { least = min(least, cursors[number].pointee.next(from: document)) }
        return least
    }

    override func fill(_ window: Window, mask: UnsafePointer<UInt64>) throws(SearchError) -> Bool {
        for number in 0..<formCount {
            let form = form(number)
            try context.check(64)
            guard form.language != 0 || scope != .any else {
                cursors[number].pointee.fill(window.base, window.words, few: window.few, mask: mask, into: bits)
                continue
            }
            let spare = spare ?? .allocate(capacity: Window.words)
            self.spare = spare
            spare.update(repeating: 0, count: window.words)
            cursors[number].pointee.fill(window.base, window.words, few: window.few, mask: mask, into: spare)
            for word in 0..<window.words { spare[word] &= mask[word] }
            forEachBit(UnsafePointer(spare), window.words) { (bit) throws(Never) in
                if holds(form, cursors[number], window.base + bit) { bits[bit / 64] |= 1 << UInt64(bit % 64) }
            }
        }
        return restrict(window, to: mask)
    }

    /// Whether a document that has the form's term has it in the language and the text that are asked for.
    private func holds(_ form: Form, _ cursor: UnsafeMutablePointer<PostingCursor>, _ document: Int) -> Bool {
        guard form.language == 0 || segment.language(document) == form.language else { return false }
        guard scope != .any else { return true }
        guard let (block, place) = cursor.pointee.find(document) else { return false }
        cursor.pointee.loadCounts(block)
        return (scope == .headline ? cursor.pointee.headlines : cursor.pointee.bodies)[place] > 0
    }

    // MARK: Scores

    private var weight: Float { Float(rarity) / 16 }

    /// What an occurrence of the sole form counts.
    private var soleUnit: UInt32 { form(0).isVariant ? Impact.variantUnit : Impact.unit }

    override func addScores(_ documents: UnsafePointer<UInt32>, _ count: Int, to scores: UnsafeMutablePointer<Float>) {
        let weight = weight
        guard let cursor = sole else {
            for place in 0..<count { scores[place] += weight * impact(Int(documents[place])) }
            return
        }
        let unit = soleUnit
        for place in 0..<count {
            let document = Int(documents[place])
            guard let found = cursor.pointee.find(document) else { continue }
            cursor.pointee.loadCounts(found.block)
            scores[place] += weight * cursor.pointee.impact(at: found.place, document, unit: unit)
        }
    }

    override func addScores(_ window: Window, toAll scores: UnsafeMutablePointer<Float>) {
        guard !isEmpty else { return }
        let weight = weight
        if let sole {
            sole.pointee.addImpacts(window.base, window.words, unit: soleUnit, weight: weight, to: scores)
            return
        }
        guard isUnconditional else { return super.addScores(window, toAll: scores) }
        let occurrences = occurrences ?? .allocate(capacity: Window.size)
        self.occurrences = occurrences
        occurrences.update(repeating: Occurrences(), count: window.words * 64)
        for number in 0..<formCount {
            let form = form(number)
            cursors[number].pointee.addOccurrences(
                window.base, window.words, unit: form.isVariant ? Impact.variantUnit : Impact.unit, to: occurrences)
        }
        forEachBit(UnsafePointer(bits), window.words) { (bit) throws(Never) in
            scores[bit] += weight * impact(occurrences[bit], window.base &+ bit)
        }
    }

    /// Whether whoever has one of the forms has the word.
    private var isUnconditional: Bool { scope == .any && (0..<formCount).allSatisfy { form($0).language == 0 } }

    override func scoringCost(_ window: Window, _ count: Int) -> (some: Int, all: Int) {
        let some = count * formCount * 8
        guard !isEmpty, sole != nil || isUnconditional else { return (some, isEmpty ? 0 : some) }
        return (some, (0..<formCount).reduce(0) { $0 + cursors[$1].pointee.postings(window.base, window.words) })
    }

    /// Sets the scores of the documents of the sole cursor's block.
    func setScores(ofBlock block: Int, to scores: UnsafeMutablePointer<Float>) {
        let weight = weight
        let count = cursors[0].pointee.loadImpacts(block, unit: soleUnit)
        let impacts = cursors[0].pointee.impacts
        for place in 0..<count { scores[place] = weight * impacts[place] }
    }

    /// What it says of a document to have the word itself so often, and other forms of it for less.
    private func impact(_ document: Int) -> Float {
        let (word, variants) = counts(document)
        var occurrences = Occurrences()
        occurrences.add(headline: word.headline, body: word.body, lead: word.lead, unit: Impact.unit)
        occurrences.add(headline: variants.headline, body: variants.body, lead: variants.lead, unit: Impact.variantUnit)
        return impact(occurrences, document)
    }

    private func impact(_ occurrences: Occurrences, _ document: Int) -> Float {
        Impact.of(
            occurrences, headlineLength: UInt32(segment.headlineLengths[document]), bodyLength: UInt32(segment.bodyLengths[document]))
    }

    /// How often a document has a word, and how many forms of it its lead has.
    private struct Counts {
        var headline: UInt32 = 0
        var body: UInt32 = 0
        var lead: UInt32 = 0
    }

    /// The counts of the word itself, and of its other forms.
    private func counts(_ document: Int) -> (word: Counts, variants: Counts) {
        var (word, variants) = (Counts(), Counts())
        for number in 0..<formCount {
            let form = form(number)
            let cursor = cursors[number]
            guard form.language == 0 || segment.language(document) == form.language, let (block, place) = cursor.pointee.find(document)
            else { continue }
            cursor.pointee.loadCounts(block)
            var counts = form.isVariant ? variants : word
            if scope != .body { counts.headline &+= cursor.pointee.headlines[place] }
            if scope != .headline {
                let body = BodyCount(cursor.pointee.bodies[place])
                counts.body &+= body.count
                counts.lead &+= body.lead
            }
            if form.isVariant { variants = counts } else { word = counts }
        }
        return (word, variants)
    }

    override func explain(_ document: Int, _ words: inout [Explanation.Word]) {
        let (word, variants) = counts(document)
        words.append(
            .init(
                word: self.word.forms.first ?? "", headline: Int(word.headline), body: Int(word.body), lead: Int(word.lead),
                headlineVariants: Int(variants.headline), bodyVariants: Int(variants.body), leadVariants: Int(variants.lead),
                rarity: Double(weight), score: Double(weight * impact(document))))
    }

    override func bound(_ window: Window) -> Float {
        guard !isEmpty else { return 0 }
        guard formCount == 1 else { return weight }
        return bound(ofImpact: cursors[0].pointee.impact(window.base, window.words))
    }

    /// What a document is worth at most whose impact is at most that.
    @inline(__always)
    func bound(ofImpact impact: UInt8) -> Float { weight * Impact.bound(impact) }

    // MARK: Positions

    /// Where the body's positions begin, so that nothing in it is near anything in the headline.
    static let bodyStart: UInt32 = 1 << 23

    /// Adds the positions at which a document has the word, ascending: first those in the headline, then those in the body.
    func positions(_ document: Int, into positions: inout Numbers) {
        found.removeAll(keepingCapacity: true)
        var lists = 0
        for number in 0..<formCount {
            let form = form(number)
            let cursor = cursors[number]
            guard form.language == 0 || segment.language(document) == form.language, let (block, place) = cursor.pointee.find(document)
            else { continue }
            cursor.pointee.forEachPosition(block, place) { isInBody, position in
                guard scope != (isInBody ? .headline : .body) else { return }
                found.append(isInBody ? position &+ WordNode.bodyStart : position)
            }
            lists += 1
        }
        if lists > 1 { found.sort() }
        let start = positions.count
        for position in found where positions.count == start || positions.base[positions.count - 1] != position {
            positions.append(position)
        }
    }
}

/// Cursors of a node, as many as were ever open at once. They are freed with the row.
struct CursorRow: ~Copyable {
    private var cursors: [UnsafeMutablePointer<PostingCursor>] = []

    deinit { for cursor in cursors { PostingCursor.free(cursor) } }

    @inline(__always)
    subscript(_ number: Int) -> UnsafeMutablePointer<PostingCursor> { cursors[number] }

    /// The cursor of a number, made if it is the next one.
    mutating func cursor(_ number: Int, for segment: Segment) -> UnsafeMutablePointer<PostingCursor> {
        if number == cursors.count { cursors.append(PostingCursor.make(segment)) }
        return cursors[number]
    }
}
