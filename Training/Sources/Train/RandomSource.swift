/// The same numbers for the same seed, everywhere (SplitMix64).
struct RandomSource: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var z = state
        z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
        z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
        return z ^ (z >> 31)
    }

    /// Whether something of this likelihood happens now.
    mutating func happens(_ likelihood: Float) -> Bool { Float(next() >> 40) < likelihood * 16_777_216 }

    /// Puts things in an order of chance.
    mutating func shuffle<T>(_ items: inout [T]) {
        for index in stride(from: items.count - 1, to: 0, by: -1) {
            items.swapAt(index, Int(next() % UInt64(index + 1)))
        }
    }
}
