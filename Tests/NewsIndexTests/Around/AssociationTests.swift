import NewsIndex
import Testing

struct AssociationTests {
    typealias Counts = Association.Counts

    @Test func theUbiquitousDoNotWin() {
        // Of 10,000 articles 100 are about one; Reuters is in nearly all, a rival in 60 of 80, a stranger once by chance.
        let others = [
            (name: "reuters", counts: Counts(together: 96, first: 100, second: 9_600, all: 10_000)),
            (name: "rival", counts: Counts(together: 60, first: 100, second: 80, all: 10_000)),
            (name: "once", counts: Counts(together: 1, first: 100, second: 1, all: 10_000)),
            (name: "country", counts: Counts(together: 90, first: 100, second: 2_000, all: 10_000)),
            (name: "never", counts: Counts(together: 0, first: 100, second: 500, all: 10_000)),
            (name: "less", counts: Counts(together: 3, first: 100, second: 500, all: 10_000)),
        ]
        let ranked = Association.strongest(others, limit: 10)
        #expect(ranked.map(\.name) == ["rival", "country", "once"])
        #expect(Association.strongest(others, limit: 1).map(\.name) == ["rival"])
        #expect(Association.strongest(others, limit: 0).isEmpty)
        #expect(Association.lift(others[1].counts) == 75)
    }

    @Test func theRatioIsThatOfTheTable() {
        // By hand: 2·(10·ln(10·100/(20·20)) + 10·ln(10·100/(20·80))·2 + 70·ln(70·100/(80·80)))
        let strength = Association.strength(Counts(together: 10, first: 20, second: 20, all: 100))
        #expect(abs(strength - 12.0714) < 0.001)
        #expect(Association.strength(Counts(together: 4, first: 20, second: 20, all: 100)) == 0)
        #expect(Association.strength(Counts(together: 20, first: 20, second: 20, all: 20)) == 0)
        #expect(Association.strength(Counts(together: 5, first: 5, second: 5, all: 100)) > 0)
    }

    @Test func anyNumbersWillDo() {
        let values = [Int.min, -1, 0, 1, 2, 1_000, .max / 4, .max]
        for a in values {
            for b in values {
                for c in values {
                    for d in values {
                        let strength = Association.strength(Counts(together: a, first: b, second: c, all: d))
                        #expect(strength >= 0 && !strength.isNaN)
                    }
                }
            }
        }
    }
}
