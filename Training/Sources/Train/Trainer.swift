import Foundation
import Reader

/// How the weights are found.
struct TrainingPlan {
    var rowBits = 19
    var epochs = 10
    var rate: Float = 0.1
    var shrinking: Float = 1e-6
    /// How often a word's own spelling is left out, so that its surroundings learn to do without.
    var forgetting: Float = 0.3
    var seed: UInt64 = 2
}

/// Finds the weights by stochastic gradients of the likelihood of the labels, with steps that shrink for each row as it is
/// used (AdaGrad, Duchi et al. 2011). One thread and a fixed seed: the same sets always give the same weights.
struct Trainer {
    /// A sentence to learn from.
    struct Example {
        var document: Int
        var sentence: Int
        var labels: [UInt8]
        var hidesOther: Bool
        var weight: Float
    }

    let plan: TrainingPlan
    private var weights: [SIMD16<Float>]
    private var weightSums: [Float]
    private var transitions = [Float](repeating: 0, count: (NameLabel.count + 1) * NameLabel.count)
    private var transitionSums: [Float]
    private var mean: [SIMD16<Float>] = []
    private var transitionMean: [Float] = []

    init(_ plan: TrainingPlan) {
        self.plan = plan
        weights = [SIMD16<Float>](repeating: .zero, count: 1 << plan.rowBits)
        weightSums = [Float](repeating: 1e-4, count: 1 << plan.rowBits)
        transitionSums = [Float](repeating: 1e-4, count: transitions.count)
    }

    mutating func run(_ texts: [NameText], _ examples: [Example], report: (String) -> Void) {
        var examples = examples
        var random = RandomSource(seed: plan.seed)
        for epoch in 1...plan.epochs {
            let start = Date()
            random.shuffle(&examples)
            var likelihood = 0.0
            for example in examples { likelihood += Double(learn(example, in: texts[example.document], &random)) }
            // The mean over the later epochs forgets which sentences came last.
            if epoch * 2 > plan.epochs { addToMean(part: epoch - plan.epochs / 2) }
            report("epoch \(epoch): log likelihood \(Int(likelihood)), \(Int(Date().timeIntervalSince(start))) s")
        }
    }

    /// Takes the weights of this epoch into the mean, as the so-manieth.
    private mutating func addToMean(part: Int) {
        if mean.isEmpty { (mean, transitionMean) = (weights, transitions) }
        for index in mean.indices { mean[index] += (weights[index] - mean[index]) / Float(part) }
        for index in transitionMean.indices { transitionMean[index] += (transitions[index] - transitionMean[index]) / Float(part) }
    }

    /// Learns from one sentence; answers the logarithm of its labels' likelihood.
    private mutating func learn(_ example: Example, in text: NameText, _ random: inout RandomSource) -> Float {
        let sentence = text.sentences[example.sentence]
        let style = text.styles[example.sentence]
        var features = NameFeatures(rowBits: plan.rowBits)
        var rows: [ArraySlice<UInt32>] = []
        var scores: [SIMD16<Float>] = []
        for index in sentence {
            features.look(at: index, sentence, style, in: text, spelling: !random.happens(plan.forgetting))
            let copy = (0..<features.count).map { features.rows[$0] }
            rows.append(copy[...])
            scores.append(copy.reduce(into: .zero) { $0 += weights[Int($1)] })
        }
        var lattice = NameLattice(Transitions(transitions))
        guard let all = lattice.sum(scores[...]) else { return 0 }
        var gradients = scores.indices.map { -lattice.likelihood(at: $0) }
        var edges = [Float](repeating: 0, count: transitions.count)
        addEdges(lattice, gradients.count, -1, &edges, first: -gradients[0])
        let right = lattice.sum(scores[...], allowed: allowed(example))
        guard let right else { return 0 }
        for index in scores.indices { gradients[index] += lattice.likelihood(at: index) }
        addEdges(lattice, gradients.count, 1, &edges, first: lattice.likelihood(at: 0))
        update(rows, gradients, edges, example.weight)
        return (right - all) * example.weight
    }

    private func allowed(_ example: Example) -> [SIMD16<Float>] {
        example.labels.map { label in
            var lanes = SIMD16<Float>.zero
            lanes[Int(label)] = 1
            if example.hidesOther, Int(label) == NameLabel.outside {
                lanes[NameLabel.begin(.other)] = 1
                lanes[NameLabel.inside(.other)] = 1
            }
            return lanes
        }
    }

    private func addEdges(_ lattice: NameLattice, _ count: Int, _ sign: Float, _ edges: inout [Float], first: SIMD16<Float>) {
        let start = NameLabel.count * NameLabel.count
        for label in 0..<NameLabel.count { edges[start + label] += sign * first[label] }
        for index in 1..<max(1, count) {
            for from in 0..<NameLabel.count {
                let pair = lattice.pairLikelihood(at: index, from: from)
                for to in 0..<NameLabel.count { edges[from * NameLabel.count + to] += sign * pair[to] }
            }
        }
    }

    private mutating func update(_ rows: [ArraySlice<UInt32>], _ gradients: [SIMD16<Float>], _ edges: [Float], _ weight: Float) {
        for (rows, gradient) in zip(rows, gradients) {
            let gradient = gradient * weight
            let square = (gradient * gradient).sum()
            guard square > 1e-8 else { continue }
            for row in rows {
                let row = Int(row)
                weightSums[row] += square
                let step = plan.rate / weightSums[row].squareRoot()
                weights[row] += step * (gradient - plan.shrinking * weights[row])
            }
        }
        for index in edges.indices where edges[index] != 0 {
            let gradient = edges[index] * weight
            transitionSums[index] += gradient * gradient
            transitions[index] += plan.rate / transitionSums[index].squareRoot() * gradient
        }
    }

    /// The model, its weights rounded to 8 bits. The few largest are cut, so that the others keep their digits.
    func model(_ lexicon: Lexicon) -> NameModel {
        var sizes: [Float] = []
        for row in mean {
            for label in 0..<NameLabel.count where abs(row[label]) > 1e-4 { sizes.append(abs(row[label])) }
        }
        sizes.sort()
        let largest = sizes.isEmpty ? 1 : sizes[min(sizes.count - 1, sizes.count * 9_999 / 10_000)]
        let scale = largest / 127
        let rounded = mean.map { row in
            SIMD16<Int8>(
                truncatingIfNeeded: SIMD16<Int32>(
                    (row / scale).rounded(.toNearestOrEven).clamped(
                        lowerBound: SIMD16(repeating: -127), upperBound: SIMD16(repeating: 127))))
        }
        return NameModel(
            rowBits: plan.rowBits, weights: rounded, scale: scale, transitions: Transitions(transitionMean), lexicon: lexicon)
    }
}
