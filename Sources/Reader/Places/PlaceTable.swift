import News

/// The places of the world by their names, read in place from the bytes of a file. Made by the package in Training/.
///
/// Numbers are little-endian. After the first line: how many places, names and bytes of text there are; a record for each place;
/// of each name, in the order of the keys and then the heaviest first, the key, the place and the weight, as three columns; and the text.
public struct PlaceTable: Sendable {
    static let magic = Array("dateline places 1\n".utf8)
    static let recordSize = 25
    /// What stands for no number.
    static let none: UInt16 = 0xFFFF

    private let bytes: [UInt8]
    /// How many places there are.
    package let count: Int
    /// How many names there are; a name of two places counts twice.
    package let nameCount: Int
    /// Where the parts of the file begin.
    private let records: Int
    private let keys: Int
    private let numbers: Int
    private let weights: Int
    private let text: Int

    /// Reads a table from the bytes of its file. Whatever they are, what was read without an error can be asked without a trap.
    public init(_ bytes: [UInt8]) throws(ModelError) {
        var reader = try ModelReader(file: bytes, magic: Self.magic)
        let counts = try reader.words(3).map { Int($0) }
        self.bytes = bytes
        (count, nameCount) = (counts[0], counts[1])
        guard count < Int(Self.none), nameCount < 1 << 24, counts[2] < 1 << 24 else { throw .damaged }
        records = try reader.bytes(count * Self.recordSize).startIndex
        keys = try reader.bytes(nameCount * 4).startIndex
        numbers = try reader.bytes(nameCount * 2).startIndex
        weights = try reader.bytes(nameCount).startIndex
        text = try reader.bytes(counts[2]).startIndex
        guard reader.isAtEnd, hasSoundRecords(textSize: counts[2]), hasSoundNames else { throw .damaged }
    }

    private func hasSoundRecords(textSize: Int) -> Bool {
        (0..<count).allSatisfy { number in
            let name = nameRange(of: number)
            let code = bytes[records + number * Self.recordSize + 24]
            let country = self.country(of: number)
            let region = uint16(records + number * Self.recordSize + 20)
            let letters = [UInt8(truncatingIfNeeded: country), UInt8(truncatingIfNeeded: country >> 8)]
            return name.upperBound - text <= textSize && Place.Kind(rawValue: code & 15) != nil && code >> 4 <= 2
                && (country == 0 || letters.allSatisfy { (0x41...0x5A).contains($0) }) && (region == Self.none || Int(region) < count)
        }
    }

    private var hasSoundNames: Bool {
        var last: UInt32 = 0
        for name in 0..<nameCount {
            let key = uint32(keys + name * 4)
            guard key >= last, place(ofName: name) < count else { return false }
            last = key
        }
        return true
    }

    // MARK: Names

    /// The names with a key, the heaviest first.
    package func names(_ key: UInt32) -> Range<Int> {
        var (low, high) = (0, nameCount)
        while low < high {
            let middle = (low + high) / 2
            if uint32(keys + middle * 4) < key { low = middle + 1 } else { high = middle }
        }
        var end = low
        while end < nameCount, uint32(keys + end * 4) == key { end += 1 }
        return low..<end
    }

    /// The number of the place that a name is one of.
    package func place(ofName name: Int) -> Int { Int(uint16(numbers + name * 2)) }

    /// How often the name is likely to mean this place, in people: the population where nothing speaks for more or less.
    package func weight(ofName name: Int) -> Double { Double(PlaceWeight(code: bytes[weights + name]).value) }

    /// The places that have a name, the likeliest first.
    public func places(named name: String) -> [Place] { names(PlaceName.key(name)).map { self[place(ofName: $0)] } }

    // MARK: Places

    /// The kind of a place.
    package func kind(of number: Int) -> Place.Kind {
        Place.Kind(rawValue: bytes[records + number * Self.recordSize + 24] & 15) ?? .area
    }

    /// The two letters of the country that a place is or is in, as one number; 0 for none.
    func country(of number: Int) -> UInt16 { uint16(records + number * Self.recordSize + 22) }

    /// The number of the division that a place is in.
    func region(of number: Int) -> Int? {
        let region = uint16(records + number * Self.recordSize + 20)
        return region == Self.none ? nil : Int(region)
    }

    /// A place by its number.
    package subscript(number: Int) -> Place {
        let record = records + number * Self.recordSize
        let country = self.country(of: number)
        let code = country == 0 ? nil : String(decoding: [UInt8(truncatingIfNeeded: country), UInt8(country >> 8)], as: UTF8.self)
        let (longitude, latitude) = (Int32(bitPattern: uint32(record + 4)), Int32(bitPattern: uint32(record + 8)))
        let people = uint32(record + 12)
        return Place(
            identifier: identifier(uint32(record), scheme: bytes[record + 24] >> 4, country: code ?? ""),
            name: name(of: number), kind: kind(of: number), country: code, region: region(of: number).map { name(of: $0) },
            location: abs(Int(longitude)) > 180_00000 || abs(Int(latitude)) > 90_00000
                ? nil : Location(longitude: Double(longitude) / 100_000, latitude: Double(latitude) / 100_000),
            population: people == .max ? nil : Int(people))
    }

    private func identifier(_ value: UInt32, scheme: UInt8, country: String) -> Place.Identifier {
        switch scheme {
        case 0: return .geonames(value)
        case 1: return .wikidata(value)
        default:
            let letters = [0, 8, 16, 24].map { UInt8(truncatingIfNeeded: value >> $0) }.prefix { $0 != 0 }
            return .subdivision(country + "-" + String(decoding: letters, as: UTF8.self))
        }
    }

    private func nameRange(of number: Int) -> Range<Int> {
        let packed = uint32(records + number * Self.recordSize + 16)
        return text + Int(packed >> 8)..<text + Int(packed >> 8) + Int(packed & 0xFF)
    }

    private func name(of number: Int) -> String { String(decoding: bytes[nameRange(of: number)], as: UTF8.self) }

    @inline(__always)
    private func uint16(_ at: Int) -> UInt16 { UInt16(bytes[at]) | UInt16(bytes[at + 1]) << 8 }

    @inline(__always)
    private func uint32(_ at: Int) -> UInt32 { UInt32(uint16(at)) | UInt32(uint16(at + 2)) << 16 }
}

/// A number of people in a byte, to within a sixteenth: five bits say how often 8 to 15 is doubled.
package struct PlaceWeight: Sendable {
    /// The byte.
    package let code: UInt8

    /// A weight by its byte.
    package init(code: UInt8) { self.code = code }

    /// The largest weight that is not above a number.
    package init(_ value: Int) {
        let value = max(8, value)
        let doubled = Int.bitWidth - 4 - value.leadingZeroBitCount
        code = doubled > 31 ? .max : UInt8(doubled << 3 | (value >> doubled - 8))
    }

    /// The number of people.
    package var value: Int { (8 + Int(code & 7)) << Int(code >> 3) }
}
