import News
import Reader
import TestSupport
import Testing

struct PlaceTableTests {
    @Test func aTableIsReadFromItsBytes() throws {
        let table = try PlaceTable(Shipped.placeBytes)
        #expect(table.count > 34_000)
        #expect(Shipped.placeBytes.count < 2_500_000)
        #expect(Shipped.placeBytes.count + Shipped.bytes.count < 8 << 20)
        let kyiv = try #require(table.places(named: "Kyiv").first)
        #expect(kyiv.identifier == .geonames(703_448) && kyiv.kind == .city && kyiv.country == "UA")
        #expect(kyiv.location == Location(longitude: 30.5238, latitude: 50.45466) && kyiv.population == 2_952_301)
        let texas = try #require(table.places(named: "Texas").first)
        #expect(texas.identifier == .geonames(4_736_286) && texas.kind == .region && texas.country == "US")
        #expect(table.places(named: "Black Sea").first?.identifier.description == "wikidata:Q166")
        #expect(table.places(named: "Ontario").first?.identifier.description == "iso3166-2:CA-ON")
        #expect(table.places(named: "Nowhere at all").isEmpty)
    }

    @Test(arguments: [
        ("Kiev", "Kyiv"), ("KYIV", "Kyiv"), ("Bombay", "Mumbai"), ("US", "United States"), ("U.S.", "United States"),
        ("the United States", "United States"), ("UK", "United Kingdom"), ("UAE", "United Arab Emirates"),
        ("The Netherlands", "Netherlands"),
        ("São Paulo", "São Paulo"), ("Sao Paulo", "São Paulo"), ("Sa\u{303}o Paulo", "São Paulo"), ("Saint Louis", "St. Louis"),
        ("Cote d’Ivoire", "Ivory Coast"), ("Bosnia-Herzegovina", "Bosnia and Herzegovina"), ("N'Djamena", "N'Djamena"),
        ("New York", "New York City"), ("Singapore", "Singapore"), ("Mexico", "Mexico"), ("Łódź", "Łódź"), ("Lodz", "Łódź"),
    ])
    func namesAreFoundAsTheyAreWritten(_ name: String, _ place: String) {
        #expect(Shipped.places.places(named: name).first?.name == place)
    }

    /// What an adjective is said to come from is a place that is known, unless it is one of the past; or Transnistria, which is no division.
    @Test func thePlacesOfAdjectivesAreKnown() {
        let past: Set = ["Czechoslovakia", "Ottoman Empire", "Prussia", "Soviet Union", "USSR", "U.S.S.R.", "Yugoslavia"]
        let known = Shipped.model.lexicon.lists.places.filter { !Shipped.places.places(named: $0).isEmpty }
        let missing = Shipped.model.lexicon.lists.places.subtracting(known)
        #expect(missing.subtracting(past) == ["Transnistria"], "\(missing)")
    }

    // MARK: Against a plain list

    private static func entries(_ chance: inout Chance) -> [PlaceEntry] {
        let names = (0..<40).map { "Town \($0)" } + ["Ä", "the", "", "St. X", "A-B"]
        return (0..<1 + chance.below(60)).map { number in
            let place = Place(
                identifier: chance.one(of: [.geonames(UInt32(chance.below(1 << 20))), .wikidata(7), .subdivision("AB-XYZ")]),
                name: chance.one(of: names), kind: chance.one(of: Place.Kind.allCases), country: "AB",
                location: chance.once(in: 5)
                    ? nil : Location(longitude: Double(chance.below(360) - 180), latitude: Double(chance.below(180) - 90)),
                population: chance.once(in: 4) ? nil : chance.below(1_000_000_000))
            return PlaceEntry(place, names: (0..<chance.below(4)).map { _ in (chance.one(of: names), 1 << chance.below(30)) })
        }
    }

    @Test func lookUpsAnswerAsAPlainListDoes() throws {
        var chance = Chance(seed: 21)
        for _ in 0..<200 {
            let entries = Self.entries(&chance)
            let table = try PlaceTable(PlaceTable.encoded(entries))
            #expect(table.count == entries.count)
            for (number, entry) in entries.enumerated() { #expect(table[number] == entry.place) }
            for name in ["Town 1", "Town 2", "town 39", "Ä", "a", "the", "", "St X", "Saint X", "a b", "Town 40"] {
                var expected: [(number: Int, weight: Int)] = []
                for (number, entry) in entries.enumerated() {
                    let weights = entry.names.filter { PlaceName.key($0.name) == PlaceName.key(name) }.map { PlaceWeight($0.weight).value }
                    if let heaviest = weights.max() { expected.append((number, heaviest)) }
                }
                expected.sort { ($1.weight, $0.number) < ($0.weight, $1.number) }
                let found = table.names(PlaceName.key(name))
                #expect(found.map { table.place(ofName: $0) } == expected.map(\.number))
                #expect(found.map { table.weight(ofName: $0) } == expected.map { Double($0.weight) })
            }
        }
    }

    @Test func theShippedTableIsFoundInWhole() {
        // Every name that is looked up by its place is among those of a scan over all names.
        let table = Shipped.places
        var scanned: [UInt32: Set<Int>] = [:]
        var chance = Chance(seed: 22)
        let numbers = (0..<300).map { _ in chance.below(table.count) }
        let keys = Set(numbers.map { PlaceName.key(table[$0].name) })
        for number in 0..<table.count where table[number].kind == .city {
            let key = PlaceName.key(table[number].name)
            if keys.contains(key) { scanned[key, default: []].insert(number) }
        }
        for (key, numbers) in scanned {
            let found = Set(table.names(key).map { table.place(ofName: $0) })
            // A town that is called as its country is, is found by other names.
            let isCountry = found.contains { table.kind(of: $0) == .country }
            #expect(numbers.isSubset(of: found) || isCountry)
        }
    }

    @Test func weightsAreKeptToASixteenth() {
        var chance = Chance(seed: 23)
        for _ in 0..<5_000 {
            let value = 8 + chance.below(1 << 1 + chance.below(33))
            let kept = PlaceWeight(value).value
            #expect(kept <= value && value - kept <= value / 8)
        }
        #expect(PlaceWeight(0).value == 8)
        #expect(PlaceWeight(.max).value == 15 << 31)
    }

    // MARK: Broken bytes

    @Test func whatIsNoTableIsRefused() {
        #expect(throws: ModelError.notAModel) { try PlaceTable([]) }
        #expect(throws: ModelError.notAModel) { try PlaceTable(Shipped.bytes) }
        #expect(throws: ModelError.damaged) { try PlaceTable(Array("dateline places 1\n".utf8)) }
        var chance = Chance(seed: 24)
        for _ in 0..<20 {
            #expect(throws: ModelError.self) { try PlaceTable(Array(Shipped.placeBytes.prefix(chance.below(Shipped.placeBytes.count)))) }
            var bytes = Shipped.placeBytes
            bytes[18 + chance.below(bytes.count - 18)] ^= UInt8(1 + chance.below(255))
            #expect(throws: ModelError.damaged) { try PlaceTable(bytes) }
        }
    }

    /// Bytes whose checksum is right, whatever they say: refused, or a table that can be asked anything.
    @Test func anyBytesGiveAnErrorOrASafeTable() {
        var chance = Chance(seed: 25)
        var refused = 0
        var read = 0
        for _ in 0..<3_000 {
            var bytes = PlaceTable.encoded(Self.entries(&chance)).dropLast(8) as ArraySlice<UInt8>
            for _ in 0..<1 + chance.below(4) { bytes[18 + chance.below(bytes.count - 18)] = UInt8(chance.below(256)) }
            if chance.once(in: 3) { bytes = bytes.prefix(18 + chance.below(bytes.count - 18)) }
            guard let table = try? PlaceTable(ModelReader.sealed(Array(bytes))) else {
                refused += 1
                continue
            }
            read += 1
            for number in 0..<table.count { #expect(table[number].name.utf8.count <= 3 * 255) }
            for name in 0..<table.nameCount { #expect(table.weight(ofName: name) > 0 && table.place(ofName: name) < table.count) }
            _ = Reader(model: Shipped.model, places: table).read(PlaceTests.article("In Town 1, A-B and St. X, the Town 2 fair opened."))
        }
        #expect(refused > 100 && read > 100)
    }
}
