/// Chance that can be had again: the same seed gives the same numbers (SplitMix64).
public struct Chance: RandomNumberGenerator {
    private var state: UInt64

    public init(seed: UInt64) { state = seed }

    public mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }

    /// A number from 0 to below the bound.
    public mutating func below(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &self) }

    /// True once in so many times.
    public mutating func once(in count: Int) -> Bool { below(count) == 0 }

    /// One of what is given.
    public mutating func one<Element>(of elements: [Element]) -> Element { elements[below(elements.count)] }

    /// Up to `limit` of what is given, each at most once.
    public mutating func some<Element>(of elements: [Element], limit: Int) -> [Element] {
        Array(elements.shuffled(using: &self).prefix(below(limit + 1)))
    }
}
