/// Hashes of words and of what is said about them. They are part of the model's format: a change needs another training.
package enum WordHash {
    /// What a word's hash begins with (FNV-1a, 64 bits).
    package static let empty: UInt64 = 0xcbf2_9ce4_8422_2325

    /// The hash of a word with one more scalar.
    @inline(__always)
    package static func appending(_ scalar: UInt32, to hash: UInt64) -> UInt64 {
        (hash ^ UInt64(scalar)) &* 0x100_0000_01b3
    }

    /// Spreads what is in any bit over all of them.
    @inline(__always)
    package static func mixed(_ value: UInt64) -> UInt64 {
        var x = value
        x = (x ^ (x &>> 32)) &* 0xd6e8_feb8_6659_fd93
        x = (x ^ (x &>> 32)) &* 0xd6e8_feb8_6659_fd93
        return x ^ (x &>> 32)
    }

    /// Two values as one; their order counts.
    @inline(__always)
    package static func pair(_ a: UInt64, _ b: UInt64) -> UInt64 {
        mixed((a &* 0x9e37_79b9_7f4a_7c15) ^ (b &+ 0x7f4a_7c15))
    }

    /// A phrase's hash with one more word.
    @inline(__always)
    package static func phrase(_ hash: UInt64, adding word: UInt64) -> UInt64 { mixed(hash &* 31 &+ word) }
}
