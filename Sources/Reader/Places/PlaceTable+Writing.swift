/// What the table is made of.
package struct PlaceEntry: Sendable {
    /// The place; its region's name is not looked at.
    package var place: Place
    /// The number of the entry for the division that it is in.
    package var regionNumber: Int?
    /// Its names with how many people each speaks for.
    package var names: [(name: String, weight: Int)]

    /// A place with its names.
    package init(_ place: Place, regionNumber: Int? = nil, names: [(name: String, weight: Int)]) {
        self.place = place
        self.regionNumber = regionNumber
        self.names = names
    }
}

extension PlaceTable {
    /// The bytes of the file for some places, of which there may be 65,534. Of a name that is given twice the heavier counts.
    package static func encoded(_ entries: [PlaceEntry]) -> [UInt8] {
        var (records, text): ([UInt8], [UInt8]) = ([], [])
        var offsets: [String: Int] = [:]
        var weights: [Name: UInt8] = [:]
        for (number, entry) in entries.enumerated() {
            let name = Array(entry.place.name.utf8.prefix(255))
            let offset = offsets[entry.place.name] ?? text.count
            if offsets.updateValue(offset, forKey: entry.place.name) == nil { text += name }
            entry.writeRecord(nameOffset: offset, nameSize: name.count, to: &records)
            for (name, weight) in entry.names {
                let key = Name(key: PlaceName.key(name), place: number)
                weights[key] = max(weights[key] ?? 0, PlaceWeight(weight).code)
            }
        }
        let names = weights.sorted { ($0.key.key, $1.value, $0.key.place) < ($1.key.key, $0.value, $1.key.place) }
        var output = magic
        for size in [entries.count, names.count, text.count] { UInt32(size).write(to: &output) }
        output += records
        for name in names { name.key.key.write(to: &output) }
        for name in names { output += [UInt8(truncatingIfNeeded: name.key.place), UInt8(truncatingIfNeeded: name.key.place >> 8)] }
        output += names.map(\.value)
        output += text
        return ModelReader.sealed(output)
    }

    private struct Name: Hashable {
        var key: UInt32
        var place: Int
    }
}

extension PlaceEntry {
    fileprivate func writeRecord(nameOffset: Int, nameSize: Int, to output: inout [UInt8]) {
        let (scheme, number): (UInt8, UInt32) =
            switch place.identifier {
            case .geonames(let number): (0, number)
            case .wikidata(let number): (1, number)
            case .subdivision(let code): (2, code.utf8.dropFirst(3).prefix(4).reversed().reduce(0) { $0 << 8 | UInt32($1) })
            }
        number.write(to: &output)
        for degrees in [place.location?.longitude, place.location?.latitude] {
            UInt32(bitPattern: degrees.map { Int32(($0 * 100_000).rounded()) } ?? .max).write(to: &output)
        }
        (place.population.map { UInt32(clamping: $0) } ?? .max).write(to: &output)
        (UInt32(nameOffset) << 8 | UInt32(nameSize)).write(to: &output)
        let region = regionNumber.map { UInt16($0) } ?? PlaceTable.none
        output += [UInt8(truncatingIfNeeded: region), UInt8(region >> 8)]
        output += place.country.map { Array($0.utf8.prefix(2)) } ?? [0, 0]
        output.append(scheme << 4 | place.kind.rawValue)
    }
}
