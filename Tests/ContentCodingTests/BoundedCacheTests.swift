import ContentCoding
import TestSupport
import Testing

@Suite struct BoundedCacheTests {
    @Test func whatWasPutIsFoundUntilThereIsNoRoom() {
        let cache = BoundedCache<Int, String>(capacity: 100)
        cache.insert("a", cost: 40, for: 1)
        #expect(cache.value(for: 1) == "a")
        #expect(cache.value(for: 2) == nil)
        cache.insert("b", cost: 40, for: 2)
        // The first is of the older generation now, and being asked for keeps it.
        #expect(cache.value(for: 1) == "a")
        cache.insert("c", cost: 40, for: 3)
        #expect(cache.value(for: 1) == "a")
        #expect(cache.value(for: 2) == nil)
    }

    @Test func whatIsTooLargeIsNotKept() {
        let cache = BoundedCache<Int, String>(capacity: 100)
        cache.insert("a", cost: 51, for: 1)
        #expect(cache.value(for: 1) == nil)
    }

    /// Whatever is put and asked for: a value is the last one put for its key, and all that can be found costs no more than may be kept.
    @Test func randomUseStaysWithinBounds() {
        var chance = Chance(seed: 11)
        let cache = BoundedCache<Int, Int>(capacity: 1_000)
        var last: [Int: (value: Int, cost: Int)] = [:]
        for step in 0..<20_000 {
            let key = Int.random(in: 0..<60, using: &chance)
            if Bool.random(using: &chance) {
                let cost = Int.random(in: 1...120, using: &chance)
                cache.insert(step, cost: cost, for: key)
                last[key] = (step, cost)
            } else if let found = cache.value(for: key) {
                #expect(found == last[key]?.value)
            }
            guard step % 500 == 0 else { continue }
            let kept = last.filter { cache.value(for: $0.key) != nil }.values.reduce(0) { $0 + $1.cost }
            #expect(kept <= 1_000)
        }
    }
}
