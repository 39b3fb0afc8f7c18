import Foundation
import Reader
import TestSupport
import Testing

/// The lattice against all labellings of a short sentence, one by one.
struct NameLatticeTests {
    struct Case {
        var lattice: NameLattice
        var scores: [SIMD16<Float>]
        /// Every labelling that is allowed, with its score.
        var paths: [(labels: [Int], score: Double)]

        init(_ chance: inout Chance, length: Int) {
            let costs = (0..<(NameLabel.count + 1) * NameLabel.count).map { _ in chance.score() }
            lattice = NameLattice(Transitions(costs))
            scores = (0..<length).map { _ in
                var lanes = SIMD16<Float>.zero
                for label in 0..<NameLabel.count { lanes[label] = chance.score() }
                return lanes
            }
            var paths: [(labels: [Int], score: Double)] = [([], 0)]
            for score in scores {
                paths = paths.flatMap { path in
                    (0..<NameLabel.count).filter { NameLabel.mayFollow(path.labels.last, $0) }.map { label in
                        let cost = costs[(path.labels.last ?? NameLabel.count) * NameLabel.count + label]
                        return (path.labels + [label], path.score + Double(cost) + Double(score[label]))
                    }
                }
            }
            self.paths = paths
        }

        /// The part of the paths that something holds for.
        func likelihood(_ holds: ([Int]) -> Bool) -> Double {
            let all = paths.reduce(0) { $0 + exp($1.score) }
            return paths.reduce(0) { holds($1.labels) ? $0 + exp($1.score) : $0 } / all
        }
    }

    @Test func agreesWithAllPaths() throws {
        var chance = Chance(seed: 11)
        for round in 0..<40 {
            var one = Case(&chance, length: 1 + round % 4)
            let best = one.paths.max { $0.score < $1.score }
            let path = one.lattice.bestPath(one.scores[...])
            #expect(path.map(Int.init) == best?.labels)
            let total = one.lattice.sum(one.scores[...])
            let sum = try #require(total)
            #expect(abs(Double(sum) - log(one.paths.reduce(0) { $0 + exp($1.score) })) < 1e-3)
            for index in one.scores.indices {
                for label in 0..<NameLabel.count {
                    let naive = one.likelihood { $0[index] == label }
                    #expect(abs(Double(one.lattice.likelihood(at: index)[label]) - naive) < 1e-4)
                }
            }
        }
    }

    @Test func saysHowSureANameIs() throws {
        var chance = Chance(seed: 12)
        for round in 0..<20 {
            let length = 1 + round % 4
            var one = Case(&chance, length: length)
            let sum = one.lattice.sum(one.scores[...])
            #expect(sum != nil)
            for first in 0..<length {
                for end in first + 1...length {
                    let naive = one.likelihood { labels in
                        NameLabel.spans(labels.map { UInt8($0) }).contains { $0.range == first..<end && $0.type == .place }
                    }
                    #expect(abs(Double(one.lattice.likelihood(of: .place, first..<end)) - naive) < 1e-4)
                }
            }
        }
    }

    @Test func pairsOfLabelsAddUp() throws {
        var chance = Chance(seed: 13)
        var one = Case(&chance, length: 3)
        let sum = one.lattice.sum(one.scores[...])
        #expect(sum != nil)
        for from in 0..<NameLabel.count {
            let pairs = one.lattice.pairLikelihood(at: 2, from: from)
            for to in 0..<NameLabel.count {
                #expect(abs(Double(pairs[to]) - one.likelihood { $0[1] == from && $0[2] == to }) < 1e-4)
            }
        }
    }

    @Test func onlyAllowedLabelsCount() throws {
        var chance = Chance(seed: 14)
        var one = Case(&chance, length: 3)
        var lanes = SIMD16<Float>.zero
        lanes[NameLabel.outside] = 1
        lanes[NameLabel.begin(.person)] = 1
        let total = one.lattice.sum(one.scores[...], allowed: [lanes, lanes, lanes])
        let sum = try #require(total)
        let naive = one.paths.reduce(0) { sum, path in
            path.labels.allSatisfy { $0 == NameLabel.outside || $0 == NameLabel.begin(.person) } ? sum + exp(path.score) : sum
        }
        #expect(abs(Double(sum) - log(naive)) < 1e-3)
        // Nothing may follow where nothing is allowed.
        let none = one.lattice.sum(one.scores[...], allowed: [lanes, .zero, lanes])
        #expect(none == nil)
        let path = one.lattice.bestPath([])
        #expect(path == [])
    }

    @Test func powersOfEAreExactEnough() {
        for step in -7_900...7_900 {
            let x = Float(step) / 100
            let value = SIMD16<Float>(repeating: x).exponential()[3]
            #expect(abs(Double(value) / exp(Double(x)) - 1) < 1e-5)
        }
        #expect(SIMD16<Float>(repeating: -10_000).exponential()[0] == 0)
    }

    @Test func labelsSpellNames() {
        let (outside, person, more, place) = (0, NameLabel.begin(.person), NameLabel.inside(.person), NameLabel.begin(.place))
        let spans = NameLabel.spans([outside, person, more, person, place, outside, more].map { UInt8($0) })
        #expect(spans.map(\.range) == [1..<3, 3..<4, 4..<5, 6..<7])
        #expect(spans.map(\.type) == [.person, .person, .place, .person])
    }
}
