/// Why a model can't be used.
public enum ModelError: Error, Equatable {
    /// The file doesn't begin as a model of this version does.
    case notAModel
    /// It ends too early, or its sum is not that of its bytes.
    case damaged
}

/// What the tagger has learnt, and the lists it was trained with. Made by the package in Training/.
public struct NameModel: Sendable {
    /// The row of a feature is the upper bits of its hash, so many of them.
    package let rowBits: Int
    /// A weight for each label, in units of `scale`; the lanes above the labels are zero.
    package let weights: [SIMD16<Int8>]
    /// What one unit of a weight is worth.
    package let scale: Float
    /// What it costs to go from label to label.
    package let transitions: Transitions
    /// The words and phrases that features are made of.
    package let lexicon: Lexicon

    /// A model from its parts.
    package init(rowBits: Int, weights: [SIMD16<Int8>], scale: Float, transitions: Transitions, lexicon: Lexicon) {
        self.rowBits = rowBits
        self.weights = weights
        self.scale = scale
        self.transitions = transitions
        self.lexicon = lexicon
    }

    private static let magic = Array("dateline names 1\n".utf8)

    /// Reads a model from the bytes of its file.
    public init(_ bytes: [UInt8]) throws(ModelError) {
        var reader = try ModelReader(file: bytes, magic: Self.magic)
        rowBits = Int(try reader.byte())
        guard (8...20).contains(rowBits) else { throw .damaged }
        scale = Float(bitPattern: try reader.words(1)[0])
        transitions = Transitions(try reader.words((NameLabel.count + 1) * NameLabel.count).map { Float(bitPattern: $0) })
        let packed = try reader.bytes((1 << rowBits) * NameLabel.count)
        weights = (0..<1 << rowBits).map { row in
            var lanes = SIMD16<Int8>()
            for label in 0..<NameLabel.count { lanes[label] = Int8(bitPattern: packed[packed.startIndex + row * NameLabel.count + label]) }
            return lanes
        }
        lexicon = try Lexicon(from: &reader)
    }

    /// The bytes of the model's file.
    package func encoded() -> [UInt8] {
        var output = Self.magic
        output.append(UInt8(rowBits))
        scale.bitPattern.write(to: &output)
        for value in transitions.flattened { value.bitPattern.write(to: &output) }
        for row in weights {
            for label in 0..<NameLabel.count { output.append(UInt8(bitPattern: row[label])) }
        }
        lexicon.write(to: &output)
        return ModelReader.sealed(output)
    }
}

/// Reads a model's file from front to back; numbers are little-endian.
package struct ModelReader {
    private let bytes: [UInt8]
    private var position: Int
    private var end: Int

    /// Reads what stands between the first line of a file and its checksum, if both are right.
    init(file bytes: [UInt8], magic: [UInt8]) throws(ModelError) {
        guard bytes.starts(with: magic) else { throw .notAModel }
        guard bytes.count > magic.count + 8 else { throw .damaged }
        self.bytes = bytes
        position = bytes.count - 8
        end = bytes.count
        guard try words(2) == Self.checksum(bytes.dropLast(8)) else { throw .damaged }
        (position, end) = (magic.count, bytes.count - 8)
    }

    /// The bytes of a file with their checksum after them.
    package static func sealed(_ bytes: [UInt8]) -> [UInt8] {
        var output = bytes
        for word in checksum(bytes[...]) { word.write(to: &output) }
        return output
    }

    /// FNV-1a over the bytes, as two words.
    private static func checksum(_ bytes: ArraySlice<UInt8>) -> [UInt32] {
        var hash = WordHash.empty
        for byte in bytes { hash = WordHash.appending(UInt32(byte), to: hash) }
        return [UInt32(truncatingIfNeeded: hash), UInt32(truncatingIfNeeded: hash >> 32)]
    }

    /// Whether everything has been read.
    var isAtEnd: Bool { position == end }

    mutating func bytes(_ count: Int) throws(ModelError) -> ArraySlice<UInt8> {
        guard count >= 0, count <= end - position else { throw .damaged }
        defer { position += count }
        return bytes[position..<position + count]
    }

    mutating func byte() throws(ModelError) -> UInt8 {
        let one = try bytes(1)
        return one[one.startIndex]
    }

    mutating func words(_ count: Int) throws(ModelError) -> [UInt32] {
        guard count <= (end - position) / 4 else { throw .damaged }
        let slice = try bytes(count * 4)
        return (0..<count).map { index in
            let at = slice.startIndex + index * 4
            return UInt32(slice[at]) | UInt32(slice[at + 1]) << 8 | UInt32(slice[at + 2]) << 16 | UInt32(slice[at + 3]) << 24
        }
    }

    /// Lines of text, of which the first four bytes say the length.
    mutating func lines() throws(ModelError) -> [Substring] {
        let count = Int(try words(1)[0])
        return String(decoding: try bytes(count), as: UTF8.self).split(separator: "\n")
    }
}

extension UInt32 {
    /// Adds the number to a model's bytes.
    func write(to output: inout [UInt8]) {
        for shift in [0, 8, 16, 24] as [UInt32] { output.append(UInt8(truncatingIfNeeded: self >> shift)) }
    }
}
