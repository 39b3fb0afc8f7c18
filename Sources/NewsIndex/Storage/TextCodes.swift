/// Which codes the texts of a segment that is being made are put in. All large segments have one table, so that merging copies codes.
enum TextCodes: Sendable {
    /// None: that takes no time.
    case none
    /// Those of a table, or of a new one if the newsroom has outgrown that, or there is none.
    case table(SymbolTable?)

    /// A table is made anew from this many times as many articles.
    private static let growth = 16

    /// The table that most articles of some segments are in.
    static func present(in segments: [Segment]) -> TextCodes {
        .table(segments.filter { $0.records.table != nil }.max { $0.count < $1.count }?.records.table)
    }

    /// The table for what some segments become.
    func table(for segments: [Segment]) -> SymbolTable? {
        guard case .table(let table) = self else { return nil }
        let count = segments.reduce(0) { $0 + $1.count }
        if let table, count < table.articleCount * TextCodes.growth { return table }
        // Articles from everywhere, and no more than it takes.
        let size = segments.reduce(0) { sum, segment in (0..<segment.count).reduce(sum) { $0 + segment.records.jsonSize($1) } }
        guard size > 0 else { return nil }
        let step = size / SymbolTable.sampleLimit + 1
        var sample: [[UInt8]] = []
        var next = 0
        for segment in segments {
            while next < segment.count {
                sample.append(KnownParts(segment, next).cut(out: segment.json(next)) ?? [])
                next += step
            }
            next -= segment.count
        }
        return SymbolTable(sample: sample, articleCount: count)
    }
}
