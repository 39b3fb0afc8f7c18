import Foundation
import Reader

/// The phrases that the tagger knows, gathered from the open lists in a folder and from our own in Training/Lists.
struct Gazetteer {
    private(set) var kinds: [String: PhraseKinds] = [:]

    /// Adds a phrase, its commas as words of their own. One letter alone says nothing, but in our own lists.
    mutating func add(_ phrase: String, _ kind: PhraseKinds, shortest: Int = 2) {
        let plain = phrase.replacingOccurrences(of: "’", with: "'").replacingOccurrences(of: ",", with: " ,")
        let words = plain.split(separator: " ").flatMap { String($0).pieces }
        guard plain.count >= shortest, !words.isEmpty, words.count <= 10 else { return }
        kinds[words.joined(separator: " "), default: []].formUnion(kind)
    }

    /// The phrases in an order that never changes.
    var entries: [(phrase: String, kinds: PhraseKinds)] { kinds.sorted { $0.key < $1.key }.map { ($0.key, $0.value) } }

    init(folder: String, lists: OwnLists) throws {
        try addPlaces(folder)
        try addPeople(folder)
        for place in lists.lines("places") { add(place, .country) }
        for place in lists.lines("regions") { add(place, .region) }
        for word in lists.lines("landscape") { addWord(word, .landscape) }
        for word in lists.lines("organization-words") { addWord(word, .organizationWord) }
        for name in lists.lines("organizations") { add(name, .organization, shortest: 1) }
        for name in lists.lines("works") { add(name, .work) }
        for word in lists.lines("titles") + lists.lines("roles") { addWord(word, .role) }
        for word in lists.lines("titles") { addWord(word, .title) }
        for word in lists.lines("dates") { addWord(word, .date) }
        for line in lists.lines("demonyms") { add(String(line.prefix { $0 != "\t" }), .demonym) }
    }

    /// Adds a word as it is, and with a capital.
    private mutating func addWord(_ word: String, _ kind: PhraseKinds) {
        add(word, kind)
        add(word.prefix(1).uppercased() + word.dropFirst(), kind)
    }

    /// An object of objects, as the open lists are.
    static func json(_ path: String) throws -> [String: [String: Any]] {
        let text = try contents(path)
        return try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: [String: Any]] ?? [:]
    }

    /// Countries and their capitals, American states, towns of more than 15,000 people; of large cities also their other names.
    private mutating func addPlaces(_ folder: String) throws {
        for country in try Self.json(folder + "/geonames_countries.json.xz").values {
            if let name = country["name"] as? String { add(name, .country) }
            if let capital = country["capital"] as? String { add(capital, .city) }
        }
        for country in try Self.json(folder + "/annexare_countries.json.xz").values {
            if let name = country["name"] as? String { add(name, .country) }
        }
        for state in try Self.json(folder + "/geonames_us_states.json.xz").values {
            if let name = state["name"] as? String { add(name, .region) }
        }
        for city in try Self.json(folder + "/geonames_cities15000.json.xz").values {
            guard let name = city["name"] as? String, let people = city["population"] as? Int else { continue }
            let isLarge = people >= 300_000
            let plain = name.folding(options: .diacriticInsensitive, locale: nil)
            for form in [name, plain] { add(form, isLarge ? .city : .town) }
            guard isLarge else { continue }
            for other in city["alternatenames"] as? [String] ?? [] where Self.looksEnglish(other) { add(other, .town) }
        }
    }

    private static func looksEnglish(_ name: String) -> Bool {
        guard (4...25).contains(name.utf8.count), let first = name.utf8.first, (0x41...0x5a).contains(first) else { return false }
        let isPlain = name.utf8.allSatisfy { (0x41...0x5a).contains($0) || (0x61...0x7a).contains($0) || " '.-".utf8.contains($0) }
        return isPlain && name != name.uppercased()
    }

    private mutating func addPeople(_ folder: String) throws {
        for (file, kind, limit) in [
            ("dist.all.last", PhraseKinds.surname, 20_000), ("dist.male.first", .forename, 1_300), ("dist.female.first", .forename, 4_300),
        ] {
            let text = try output("tar", ["-xzOf", folder + "/names-0.3.0.tar.gz", "names-0.3.0/names/" + file])
            for line in text.split(separator: "\n").prefix(limit) {
                if let name = line.split(separator: " ").first { add(name.capitalized, kind) }
            }
        }
        for (file, kind, column) in [("forenames", PhraseKinds.forename, 11), ("surnames", .surname, 5)] {
            for line in try contents(folder + "/\(file)_by_country.csv.xz").split(separator: "\n").dropFirst() {
                let cells = line.split(separator: ",", omittingEmptySubsequences: false)
                guard cells.count > column else { continue }
                for name in cells[column].split(separator: "/") {
                    let name = name.trimmingCharacters(in: .whitespaces)
                    add(name, kind)
                    add(name.folding(options: .diacriticInsensitive, locale: nil), kind)
                }
            }
        }
        for line in try contents(folder + "/us_legislators_current.yaml.xz").split(separator: "\n") {
            let parts = line.split(separator: ":", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
            guard parts.count == 2, line.hasPrefix("    ") else { continue }
            let name = parts[1].trimmingCharacters(in: CharacterSet(charactersIn: "'\""))
            switch parts[0] {
            case "first", "nickname": add(name, .forename)
            case "last": add(name, .surname)
            case "official_full", "wikipedia": add(String(name.prefix { $0 != "(" }), .person)
            default: break
            }
        }
    }
}

/// Our own lists: a line each; what follows `#` is a remark.
struct OwnLists {
    var folder: String

    func lines(_ name: String) -> [String] {
        guard let text = try? String(contentsOfFile: folder + "/" + name + ".txt", encoding: .utf8) else { return [] }
        return text.split(separator: "\n").map { $0.prefix { $0 != "#" }.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
    }
}

extension Lexicon {
    /// The lexicon from the folder of open lists and our own.
    init(folder: String, lists own: OwnLists) throws {
        var words: [(key: UInt64, value: UInt16)] = []
        var numbers: [Int: Int] = [:]
        var clusters: [SIMD4<UInt16>] = [.zero]
        for line in try contents(folder + "/word_clusters_100k.tsv.xz").split(separator: "\n") {
            let cells = line.split(separator: "\t")
            guard cells.count >= 6, let logProbability = Double(cells[5]) else { continue }
            let path = cells[1...4].compactMap { Int($0) }
            guard path.count == 4 else { continue }
            if numbers[path[3]] == nil {
                numbers[path[3]] = clusters.count
                clusters.append(SIMD4(path.map { UInt16($0 + 1) }))
            }
            words.append((Lexicon.hash(cells[0]), Lexicon.entry(cluster: numbers[path[3]] ?? 0, logProbability: logProbability)))
        }
        let (phrases, longest) = Lexicon.phraseEntries(try Gazetteer(folder: folder, lists: own).entries)
        let texts = ["titles", "roles", "modifiers", "demonyms", "place-aliases"].map { name in own.lines(name).map { Substring($0) } }
        let lists = WordLists(titles: texts[0], roles: texts[1], modifiers: texts[2], demonyms: texts[3], placeAliases: texts[4])
        self.init(words: HashTable(words), clusters: clusters, phrases: phrases, longestPhrase: longest, lists: lists)
    }
}
