import Foundation
import News
import Reader

/// The places of the world with their names, from GeoNames and our own lists, in an order that never changes: countries, divisions, seas
/// and parts of the world, towns.
///
/// A name weighs as many people as live there, and more or less where newspapers mean the place more or less often than that.
struct PlaceList {
    private(set) var entries: [PlaceEntry] = []
    private let towns: [Town]
    /// Keys of the names of everything larger than a town.
    private var wideKeys: Set<UInt32> = []
    /// Keys of the names of each country.
    private var countryKeys: [String: Set<UInt32>] = [:]
    /// The number of the division by its country and GeoNames' code.
    private var divisions: [String: Int] = [:]
    /// The capitals by GeoNames' number, and how many people live in their countries.
    private var capitals: [Int: Int] = [:]

    init(folder: String, lists: OwnLists) throws {
        towns = try Town.all(folder)
        try addCountries(folder, lists)
        try addStates(folder, lists)
        for cells in lists.cells("subdivisions") where cells.count == 3 { addDivision(cells) }
        for cells in lists.cells("wide-places") where cells.count == 5 { addWide(cells) }
        addTowns(lists, CommonWords(try contents(folder + "/word_clusters_100k.tsv.xz"), try Gazetteer(folder: folder, lists: lists)))
    }

    private mutating func add(_ place: Place, _ names: [(name: String, weight: Int)]) {
        for (name, _) in names { wideKeys.insert(PlaceName.key(name)) }
        entries.append(PlaceEntry(place, names: names))
    }

    // MARK: Countries and their divisions

    private mutating func addCountries(_ folder: String, _ lists: OwnLists) throws {
        let others = try Gazetteer.json(folder + "/annexare_countries.json.xz")
        let aliases = lists.cells("place-aliases").filter { $0.count == 2 }
        let own = Dictionary(grouping: lists.cells("country-names").filter { $0.count == 2 }, by: { $0[1] })
        for (code, country) in try Gazetteer.json(folder + "/geonames_countries.json.xz").sorted(by: { $0.key < $1.key }) {
            // Two that GeoNames keeps are no more.
            guard !["AN", "CS"].contains(code), let number = country["geonameid"] as? Int, let name = country["name"] as? String else {
                continue
            }
            let plain = (name.hasPrefix("The ") ? String(name.dropFirst(4)) : name).trimmingCharacters(in: .whitespaces)
            let people = country["population"] as? Int ?? 0
            var names = [plain] + own[code, default: []].flatMap { $0[0].split(separator: "|").map(String.init) }
            if let other = others[code]?["name"] as? String { names.append(other) }
            let keys = Set(names.map { PlaceName.key($0) })
            names += aliases.filter { keys.contains(PlaceName.key($0[1])) }.map { $0[0] }
            countryKeys[code] = Set(names.map { PlaceName.key($0) })
            if let capital = (country["capital"] as? String).flatMap({ town($0, code) }) { capitals[capital.id] = people }
            let place = Place(
                identifier: .geonames(UInt32(number)), name: plain, kind: .country, country: code,
                location: middle(of: towns.filter { $0.country == code }), population: people == 0 ? nil : people)
            add(place, names.map { ($0, max(people, 1_000_000)) })
        }
    }

    /// The American states, with what the post and newspapers shorten them to.
    private mutating func addStates(_ folder: String, _ lists: OwnLists) throws {
        let short = Dictionary(grouping: lists.cells("state-abbreviations").filter { $0.count == 2 }, by: { $0[0] })
        for (code, state) in try Gazetteer.json(folder + "/geonames_us_states.json.xz").sorted(by: { $0.key < $1.key }) {
            guard let name = state["name"] as? String, let number = state["geonameid"] as? Int else { continue }
            addDivision(
                .geonames(UInt32(number)), names: [name], country: "US", code: code, short: [code] + short[name, default: []].map { $0[1] })
        }
    }

    private mutating func addDivision(_ cells: [String]) {
        let country = String(cells[1].prefix(2))
        guard let town = town(cells[2], country) else { fatalError("\(cells[2]) in \(country): there is no such town") }
        addDivision(
            .subdivision(cells[1]), names: cells[0].split(separator: "|").map(String.init), country: country, code: town.division, short: []
        )
    }

    private mutating func addDivision(_ id: Place.Identifier, names: [String], country: String, code: String, short: [String]) {
        let inside = towns.filter { $0.country == country && $0.division == code }
        // Newspapers tell more of towns than of the divisions around them.
        let weight = min(2_500_000, max(200_000, inside.reduce(0) { $0 + $1.people } / 2))
        divisions[country + code] = entries.count
        let place = Place(identifier: id, name: names[0], kind: .region, country: country, location: middle(of: inside))
        add(place, names.map { ($0, weight) } + short.map { ($0, weight / 50) })
    }

    private mutating func addWide(_ cells: [String]) {
        let names = cells[0].split(separator: "|").map(String.init)
        let kind = Place.Kind.allCases.first { $0.name == cells[1] }
        let number = UInt32(cells[2].drop { !$0.isNumber })
        let degrees = cells[4].split(separator: " ").compactMap { Double($0) }
        guard let kind, let number, degrees.count == 2 else { fatalError("\(cells[0]): a cell can't be read") }
        let place = Place(
            identifier: cells[2].hasPrefix("geonames") ? .geonames(number) : .wikidata(number), name: names[0], kind: kind,
            country: cells[3] == "-" ? nil : cells[3], location: Location(longitude: degrees[1], latitude: degrees[0]))
        add(place, names.map { ($0, 3_000_000) })
    }

    /// The mean of some towns on the sphere, by their people, to a hundredth of a degree.
    private func middle(of towns: [Town]) -> Location? {
        var sum = SIMD3<Double>.zero
        for town in towns {
            let (length, width) = (town.location.longitude * .pi / 180, town.location.latitude * .pi / 180)
            sum += Double(max(1, town.people)) * SIMD3(cos(width) * cos(length), cos(width) * sin(length), sin(width))
        }
        guard (sum * sum).sum() > 0 else { return nil }
        func degrees(_ angle: Double) -> Double { (angle * 18_000 / .pi).rounded() / 100 }
        return Location(
            longitude: degrees(atan2(sum.y, sum.x)), latitude: degrees(atan2(sum.z, (sum.x * sum.x + sum.y * sum.y).squareRoot())))
    }

    // MARK: Towns

    /// The largest town of a country with this name, its own rather than another.
    private func town(_ name: String, _ country: String) -> Town? {
        let key = PlaceName.key(name)
        let own = towns.filter { $0.country == country && PlaceName.key($0.name) == key }
        let known = own.isEmpty ? towns.filter { $0.country == country && $0.otherNames.contains { PlaceName.key($0) == key } } : own
        return known.max { $0.people < $1.people }
    }

    private mutating func addTowns(_ lists: OwnLists, _ words: CommonWords) {
        var own: [Int: [String]] = [:]
        for cells in lists.cells("city-names") where cells.count == 3 {
            guard let town = town(cells[1], cells[2]) else { fatalError("\(cells[1]) in \(cells[2]): there is no such town") }
            own[town.id, default: []] += cells[0].split(separator: "|").map(String.init)
        }
        for town in towns {
            // Of the news about a country, a part is from its capital, and says so by its name.
            let weight = town.people + (capitals[town.id] ?? 0) / 20
            var names = own[town.id, default: []].map { ($0, weight) }
            let isCountry = countryKeys[town.country]?.contains(PlaceName.key(town.name)) ?? false
            if !isCountry { names.append((town.name, words.contains(town.name) && town.people < 300_000 ? weight / 5 : weight)) }
            for other in town.otherNames where Town.looksEnglish(other) && !words.contains(other) {
                guard !wideKeys.contains(PlaceName.key(other)) else { continue }
                names.append((other, town.people >= 300_000 ? weight * 3 / 10 : weight / 10))
            }
            let region = divisions[town.country + town.division]
            let place = Place(
                identifier: .geonames(UInt32(town.id)), name: town.name, kind: .city, country: town.country, location: town.location,
                population: town.people == 0 ? nil : town.people)
            entries.append(PlaceEntry(place, regionNumber: region, names: names))
        }
    }
}

/// A town of GeoNames.
private struct Town {
    var id: Int
    var name: String
    var country: String
    var division: String
    var people: Int
    var location: Location
    var otherNames: [String]

    /// The towns, by their numbers.
    static func all(_ folder: String) throws -> [Town] {
        try Gazetteer.json(folder + "/geonames_cities15000.json.xz").values.compactMap { town in
            guard let id = town["geonameid"] as? Int, let name = town["name"] as? String, let country = town["countrycode"] as? String,
                let latitude = town["latitude"] as? Double, let longitude = town["longitude"] as? Double
            else { return nil }
            return Town(
                id: id, name: name, country: country, division: town["admin1code"] as? String ?? "",
                people: town["population"] as? Int ?? 0,
                location: Location(longitude: longitude, latitude: latitude), otherNames: town["alternatenames"] as? [String] ?? [])
        }.sorted { $0.id < $1.id }
    }

    /// Names that an English text may have: Latin letters, no codes of airports.
    static func looksEnglish(_ name: String) -> Bool {
        guard (4...25).contains(name.unicodeScalars.count), name.first?.isUppercase == true, name != name.uppercased() else { return false }
        let plain = name.folding(options: .diacriticInsensitive, locale: nil)
        return plain.utf8.allSatisfy { (0x41...0x5a).contains($0) || (0x61...0x7a).contains($0) || " '.-".utf8.contains($0) }
    }
}

/// Single words that mean something else more often than a place: what is mostly written small, forenames, months and titles.
private struct CommonWords {
    private var words: Set<String> = []
    private let gazetteer: Gazetteer

    init(_ clusters: String, _ gazetteer: Gazetteer) {
        self.gazetteer = gazetteer
        var capitals: Set<Substring> = []
        // The commonest words stand first.
        for line in clusters.split(separator: "\n") {
            let word = line.prefix { $0 != "\t" }
            if word.first?.isUppercase == true {
                capitals.insert(word)
            } else if !capitals.contains(word.prefix(1).uppercased() + word.dropFirst()) {
                words.insert(String(word))
            }
        }
    }

    func contains(_ name: String) -> Bool {
        if words.contains(name.lowercased()) { return true }
        return gazetteer.kinds[name].map { !$0.isDisjoint(with: [.forename, .date, .title, .role, .landscape, .organizationWord]) } ?? false
    }
}

extension OwnLists {
    /// The lines of a list, each as its cells between tabs.
    func cells(_ name: String) -> [[String]] { lines(name).map { $0.split(separator: "\t").map(String.init) } }
}
