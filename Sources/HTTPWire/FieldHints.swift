public import HTTPTypes

/// Says of names that no field of a head has them: a bit for each that is there, by its length and its initial (a Bloom filter).
///
/// Most fields that are asked for are not in a request, and this says so without a look at its lines.
public struct FieldHints: Sendable {
    private var bits: UInt64 = 0

    init() {}

    /// The hints of these names.
    public init(_ names: [HTTPField.Name]) {
        for name in names { if let initial = name.rawName.utf8.first { insert(initial: initial, count: name.rawName.utf8.count) } }
    }

    /// Notes a name by its first byte and its length.
    @inline(__always)
    mutating func insert(initial: UInt8, count: Int) {
        bits |= 1 << UInt64((Int(initial.lowercased) &* 5 &+ count) & 63)
    }

    /// Whether some name may be in both. No false no.
    @inline(__always)
    func mayShare(with other: FieldHints) -> Bool { bits & other.bits != 0 }
}
