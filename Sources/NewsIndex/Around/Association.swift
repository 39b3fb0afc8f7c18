import Foundation

/// How strongly two things belong together, by the articles they are in.
public enum Association {
    /// How often two things were seen, and how often together.
    public struct Counts: Sendable, Equatable {
        /// Articles with both.
        public var together: Int
        /// Articles with the one that is asked about.
        public var first: Int
        /// Articles with the other.
        public var second: Int
        /// All articles.
        public var all: Int

        /// What was counted. Numbers that can't be are taken for the nearest that can.
        public init(together: Int, first: Int, second: Int, all: Int) {
            let most = 1 << 52
            self.together = min(max(0, together), most)
            self.first = min(max(self.together, first), most)
            self.second = min(max(self.together, second), most)
            self.all = max(min(all, 2 * most), self.first + self.second - self.together)
        }
    }

    /// The log-likelihood ratio G² of the two being independent (Dunning 1993, "Accurate methods for the statistics of surprise and
    /// coincidence"), 0 or more; 0 where they are seen together no more often than chance would have it.
    ///
    /// What is in every article has nothing to say about any of them and scores 0, however often it stands beside the other; what was
    /// seen together once scores little, since once may be chance.
    public static func strength(_ counts: Counts) -> Double {
        let (both, first, second, all) = (Double(counts.together), Double(counts.first), Double(counts.second), Double(counts.all))
        guard both > 0, both * all > first * second else { return 0 }
        func term(_ observed: Double, _ row: Double, _ column: Double) -> Double {
            observed > 0 ? observed * log(observed * all / (row * column)) : 0
        }
        let sum =
            term(both, first, second) + term(first - both, first, all - second) + term(second - both, all - first, second)
            + term(all - first - second + both, all - first, all - second)
        return max(0, 2 * sum)
    }

    /// How many times more often than by chance the two are seen together; 1 is chance, 0 never.
    public static func lift(_ counts: Counts) -> Double {
        guard counts.together > 0 else { return 0 }
        return Double(counts.together) * Double(counts.all) / (Double(counts.first) * Double(counts.second))
    }

    /// The strongest of those that stand beside one thing, the strongest first; those no stronger than chance are left out. Equals
    /// come by how often they are together, then by name.
    public static func strongest<Name: Comparable>(
        _ others: some Sequence<(name: Name, counts: Counts)>, limit: Int
    ) -> [(name: Name, counts: Counts, strength: Double)] {
        var found: [(name: Name, counts: Counts, strength: Double)] = []
        for (name, counts) in others {
            let strength = strength(counts)
            if strength > 0 { found.append((name, counts, strength)) }
        }
        found.sort { a, b in
            a.strength != b.strength
                ? a.strength > b.strength
                : a.counts.together != b.counts.together ? a.counts.together > b.counts.together : a.name < b.name
        }
        return Array(found.prefix(max(0, limit)))
    }
}
