/// All ways to label one sentence: the best of them, and how sure each part of it is. The linear-chain conditional random field of
/// Lafferty, McCallum and Pereira (2001), its sums scaled token by token (Rabiner 1989).
package struct NameLattice: Sendable {
    private let transitions: Transitions
    private var origins: [SIMD16<UInt8>] = []
    /// e to the power of each score, with the largest of a token as 1.
    private var factors: [SIMD16<Float>] = []
    /// For each token the likelihood of its labels by what comes up to it, and by what comes after it.
    private var forward: [SIMD16<Float>] = []
    private var backward: [SIMD16<Float>] = []
    private var norms: [Float] = []

    /// A lattice that can be used for one sentence after the other.
    package init(_ transitions: Transitions) { self.transitions = transitions }

    /// The labels of the best path through the scores of the tokens.
    package mutating func bestPath(_ scores: ArraySlice<SIMD16<Float>>) -> [UInt8] {
        guard let first = scores.first else { return [] }
        origins.removeAll(keepingCapacity: true)
        var best = transitions.scores[NameLabel.count] + first
        for score in scores.dropFirst() {
            var (arrival, origin) = (transitions.scores[0] + best[0], SIMD16<UInt8>.zero)
            for from in 1..<NameLabel.count {
                let row = transitions.scores[from] + best[from]
                for to in 0..<NameLabel.count where row[to] > arrival[to] {
                    arrival[to] = row[to]
                    origin[to] = UInt8(from)
                }
            }
            best = arrival + score
            origins.append(origin)
        }
        var label = 0
        for other in 1..<NameLabel.count where best[other] > best[label] { label = other }
        var labels = [UInt8](repeating: 0, count: scores.count)
        labels[scores.count - 1] = UInt8(label)
        for index in stride(from: scores.count - 2, through: 0, by: -1) {
            label = Int(origins[index][label])
            labels[index] = UInt8(label)
        }
        return labels
    }

    /// Sums over all paths, or over those that take an allowed label at each token (lanes of 1 and 0). Answers the logarithm of the
    /// sum; nil if there is no path.
    package mutating func sum(_ scores: ArraySlice<SIMD16<Float>>, allowed: [SIMD16<Float>]? = nil) -> Float? {
        factors.removeAll(keepingCapacity: true)
        forward.removeAll(keepingCapacity: true)
        norms.removeAll(keepingCapacity: true)
        var logarithm: Float = 0
        var before = SIMD16<Float>.zero
        for (index, score) in scores.enumerated() {
            var top = score[0]
            for label in 1..<NameLabel.count { top = max(top, score[label]) }
            var factor = (score - top).exponential()
            if let allowed { factor *= allowed[index] }
            var arrival = SIMD16<Float>.zero
            if index == 0 {
                arrival = transitions.factors[NameLabel.count]
            } else {
                for from in 0..<NameLabel.count { arrival += transitions.factors[from] * before[from] }
            }
            arrival *= factor
            let norm = arrival.sum()
            guard norm > 1e-30 else { return nil }
            factors.append(factor)
            before = arrival / norm
            forward.append(before)
            norms.append(norm)
            logarithm += top + Self.logarithm(norm)
        }
        backward.removeAll(keepingCapacity: true)
        var after = SIMD16<Float>(repeating: 1)
        backward.append(after)
        for index in stride(from: forward.count - 2, through: 0, by: -1) {
            let weight = factors[index + 1] * after / norms[index + 1]
            after = .zero
            for to in 0..<NameLabel.count { after += transitions.factorsInto[to] * weight[to] }
            backward.append(after)
        }
        backward.reverse()
        return logarithm
    }

    private static func logarithm(_ value: Float) -> Float {
        // Only training looks at it, to say how it goes.
        var (mantissa, power) = (value.significand, Float(value.exponent))
        if mantissa > 1.5 { (mantissa, power) = (mantissa / 2, power + 1) }
        let x = (mantissa - 1) / (mantissa + 1)
        return power * 0.693_147_18 + 2 * x * (1 + x * x * (1.0 / 3 + x * x * 0.2))
    }

    /// After `sum`: how likely each label is at a token.
    package func likelihood(at index: Int) -> SIMD16<Float> { forward[index] * backward[index] }

    /// After `sum`: how likely each pair of labels is at a token and the one before, by the label before.
    package func pairLikelihood(at index: Int, from label: Int) -> SIMD16<Float> {
        let arrival = factors[index] * backward[index] / norms[index]
        return transitions.factors[label] * arrival * forward[index - 1][label]
    }

    /// After `sum`: how likely it is that exactly these tokens are a name of this type.
    package func likelihood(of type: NameType, _ range: Range<Int>) -> Float {
        var path = forward[range.lowerBound][NameLabel.begin(type)]
        var label = NameLabel.begin(type)
        let inside = NameLabel.inside(type)
        for index in range.dropFirst() {
            path *= transitions.factors[label][inside] * factors[index][inside] / norms[index]
            label = inside
        }
        guard range.upperBound < forward.count else { return path }
        let end = range.upperBound
        var after = transitions.factors[label] * factors[end] * backward[end] / norms[end]
        after[inside] = 0
        return path * after.sum()
    }
}
