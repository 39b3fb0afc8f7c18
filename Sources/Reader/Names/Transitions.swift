/// What it costs to go from one label to the next, as the tables that the sums over paths need.
package struct Transitions: Sendable {
    /// From each label, and at last from the beginning, to each label: logarithms; what may not follow is far below.
    let scores: [SIMD16<Float>]
    /// The same, not as logarithms.
    let factors: [SIMD16<Float>]
    /// To each label, from each label.
    let factorsInto: [SIMD16<Float>]

    /// A score so low that no path takes it.
    static let never: Float = -10_000

    /// From the scores of all pairs, row by row: (from, to), the beginning last.
    package init(_ values: [Float]) {
        var scores: [SIMD16<Float>] = []
        for from in 0...NameLabel.count {
            var row = SIMD16<Float>(repeating: Self.never)
            for to in 0..<NameLabel.count where NameLabel.mayFollow(from == NameLabel.count ? nil : from, to) {
                row[to] = values[from * NameLabel.count + to]
            }
            scores.append(row)
        }
        let factors = scores.map { $0.exponential() }
        self.scores = scores
        self.factors = factors
        factorsInto = (0..<NameLabel.count).map { to in
            var column = SIMD16<Float>.zero
            for from in 0..<NameLabel.count { column[from] = factors[from][to] }
            return column
        }
    }

    /// The scores of all pairs, row by row.
    package var flattened: [Float] { scores.flatMap { row in (0..<NameLabel.count).map { row[$0] } } }
}

extension SIMD16<Float> {
    /// e to the power of each lane, the same to the last bit on every machine; 0 below −80. Lanes are at most 80.
    /// 2ⁿ times a polynomial of the fifth degree on [−½, ½]; relative error below 3e-6.
    @inline(__always)
    package func exponential() -> SIMD16<Float> {
        // Adding 1.5 · 2²³ leaves the nearest whole number in the low bits.
        let magic = SIMD16<Float>(repeating: 12_582_912)
        let power = self.clamped(lowerBound: SIMD16(repeating: -80), upperBound: SIMD16(repeating: 80)) * 1.442_695_04
        let shifted = power + magic
        let x = (power - (shifted - magic)) * 0.693_147_18
        var sum = x * (1.0 / 120) + 1.0 / 24
        sum = sum * x + 1.0 / 6
        sum = sum * x + 0.5
        sum = sum * x + 1
        sum = sum * x + 1
        // Vectors of sixteen times 32 bits, both.
        let whole = unsafeBitCast(shifted, to: SIMD16<Int32>.self) &- 0x4b40_0000
        let twoToWhole = unsafeBitCast((whole &+ 127) &<< 23, to: SIMD16<Float>.self)
        return (sum * twoToWhole).replacing(with: 0, where: self .< -80)
    }
}
