/// The articles that share a value of a field, of which a list shows only the first.
final class Groups {
    private let field: Term.Field
    /// Each group's number, by the value as it is in the dictionaries.
    private var numbers: [String: Int] = [:]
    /// The first of each in the order of the list, whichever way it is walked.
    private(set) var first: [BestArticles.Item] = []
    /// How many articles are in any group.
    private(set) var count = 0

    /// The segment that is walked now, its values, and their groups' numbers; -1 is not known yet.
    private var segment: Segment?
    private var column: FacetColumn?
    private var known: [Int32] = []

    init(_ field: Term.Field) { self.field = field }

    /// The number of a document's group; nil if it has no value.
    func group(of document: Int, in segment: Segment) -> Int? {
        if segment !== self.segment {
            let column = segment.facet(field)
            (self.segment, self.column) = (segment, column)
            known = [Int32](repeating: -1, count: column.terms.count)
        }
        guard let column, let value = column.value(of: document) else { return nil }
        if known[value] < 0 {
            let text = segment.dictionary.text(column.terms.lowerBound + value)
            let number = numbers[text] ?? numbers.count
            numbers[text] = number
            known[value] = Int32(number)
        }
        return Int(known[value])
    }

    func add(_ item: BestArticles.Item, to group: Int, comesFirst: (BestArticles.Item, BestArticles.Item) -> Bool) {
        count += 1
        // Numbers are given out in turn.
        if group == first.count { first.append(item) } else if comesFirst(item, first[group]) { first[group] = item }
    }
}
