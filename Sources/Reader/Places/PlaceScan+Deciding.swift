import News

extension PlaceScan {
    /// How much the article tells of each country and division, in names.
    private struct Support {
        /// By the two letters of the country.
        private var countries = [Double](repeating: 0, count: 26 * 26)
        private var divisions: [Double]

        init(divisions count: Int) { divisions = [Double](repeating: 0, count: count + 1) }

        /// Where the support of a country is; the table has nothing but capital letters in its codes.
        private static func index(of country: UInt16) -> Int { (Int(country & 0xFF) - 0x41) * 26 + Int(country >> 8) - 0x41 }

        mutating func add(_ sense: PlaceSense, _ sign: Double = 1) {
            if sense.country != 0 { countries[Self.index(of: sense.country)] += sign * sense.share }
            if sense.division != 0 { divisions[sense.division] += sign * sense.share }
        }

        /// By how much the other names make a place likelier.
        func factor(_ sense: PlaceSense) -> Double {
            let country = sense.country == 0 ? 0 : countries[Self.index(of: sense.country)]
            return (1 + 4 * min(2, max(0, country))) * (1 + 8 * min(1.5, max(0, divisions[sense.division])))
        }
    }

    /// Weighs the senses of each name by those of the others, and chooses the likeliest.
    mutating func decide() -> [FoundPlace] {
        let doubts = names.map { doubt(of: $0) }
        for name in names.indices { share(name, doubts[name]) }
        let located = dateline.flatMap { names[$0].senses.max { senses[$0].share < senses[$1].share } }.map { senses[$0] }
        for _ in 0..<2 {
            var support = Support(divisions: divisions.count)
            for sense in senses { support.add(sense) }
            let before = senses
            for name in names.indices where names[name].entity != nil {
                let own = names[name].senses
                // A name doesn't speak for itself.
                for sense in own { support.add(before[sense], -1) }
                let kinds = kindsBeside(names[name], before)
                let factors = own.map { number in
                    let sense = before[number]
                    let isDateline = located?.place == sense.place
                    return support.factor(sense) * (1 + 5 * kinds[Int(sense.kind.rawValue)])
                        * (isDateline ? 1 + 20 * (located?.share ?? 0) : 1)
                }
                share(name, doubts[name], factors)
                for sense in own { support.add(before[sense]) }
            }
        }
        return names.indices.compactMap { found($0, doubts[$0]) }.sorted { $0.entity < $1.entity }
    }

    /// How likely it is of each kind that what stands in a list with a name is of it.
    private func kindsBeside(_ name: ScannedName, _ senses: [PlaceSense]) -> [Double] {
        var kinds = [Double](repeating: 0, count: Place.Kind.allCases.count)
        for sibling in name.siblings {
            for sense in names[sibling].senses {
                kinds[Int(senses[sense].kind.rawValue)] += senses[sense].share / Double(name.siblings.count)
            }
        }
        return kinds
    }

    /// Says how likely each sense of a name is, its weight times what speaks for it.
    private mutating func share(_ name: Int, _ doubt: Double?, _ factors: [Double]? = nil) {
        guard let doubt else { return }
        var sum = doubt
        for (index, sense) in names[name].senses.enumerated() {
            senses[sense].share = senses[sense].weight * (factors?[index] ?? 1)
            sum += senses[sense].share
        }
        for sense in names[name].senses { senses[sense].share /= sum }
    }

    /// The likeliest place of a name, if it is likelier than none.
    private func found(_ name: Int, _ doubt: Double?) -> FoundPlace? {
        guard let entity = names[name].entity, doubt != nil else { return nil }
        let own = names[name].senses
        // Of equals the one that the table has first.
        guard let best = own.min(by: { senses[$0].share > senses[$1].share }) else { return nil }
        let rest = 1 - own.reduce(0) { $0 + senses[$1].share }
        guard senses[best].share > rest else { return nil }
        return FoundPlace(
            entity: entity, place: table[senses[best].place], confidence: (senses[best].share * 100).rounded() / 100)
    }
}
