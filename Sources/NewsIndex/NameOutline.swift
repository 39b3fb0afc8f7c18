import News

/// What is left of a name when the ways of writing it are taken off: names of one outline may be names of the same thing.
///
/// Letters are Latin, without accents. Of a person the first and the last name count, in what transliterations agree on, and short forms
/// of forenames are written out; an organisation is without its legal form, its abbreviations are written out, and it is spelt the American
/// way; everything is without an article.
public struct NameOutline: Sendable, Hashable {
    /// The words of the name, in Latin letters.
    public let words: [String]
    /// What tells a person from a parent or child of that name, as "jr" or "iii"; nil where the name doesn't say.
    public let generation: String?
    /// What names of one outline share, and others share once in many thousand million times.
    public let key: UInt64
    let kind: Entity.Kind

    /// The outline of a name of that kind of thing; nil where nothing of it can be written in Latin letters.
    public init?(_ name: String, _ kind: Entity.Kind) {
        var words = Slug.make(name, fallback: "").utf8.split(separator: UInt8(ascii: "-")).map { String(Substring($0)) }
        if words.count > 1, words[0] == "the" { words.removeFirst() }
        var generation: String?
        switch kind {
        case .person:
            while words.count > 1, let last = words.last, Forename.generations.contains(last) {
                generation = last
                words.removeLast()
            }
        case .organization:
            words.removeAll { $0 == "and" || $0 == "the" }
            while words.count > 1, let last = words.last, LegalForm.words.contains(last) { words.removeLast() }
            if words.count > 1 { words = words.map { NameOutline.spellings[$0] ?? $0 } }
            // "Department of Justice", "Justice Department"
            if words.count > 2, words[1] == "of", NameOutline.offices.contains(words[0]) { words = words.dropFirst(2) + [words[0]] }
        case .place: if words.count > 1, words[0] == "saint" { words[0] = "st" }
        case .work, .other: break
        }
        guard !words.isEmpty else { return nil }
        self.words = words
        self.generation = generation
        self.kind = kind == .work ? .other : kind
        key = NameOutline.key(of: words, self.kind)
    }

    private static func key(of words: [String], _ kind: Entity.Kind) -> UInt64 {
        var hash = Fingerprint(of: kind.rawValue)
        if kind != .person {
            for word in words { hash.add(word) }
        } else if words.count > 1 {
            hash.add(skeletonOf: Forename.full(words[0]))
            hash.add(UInt8(ascii: " "))
            hash.add(skeletonOf: words[words.count - 1])
        } else {
            hash.add(skeletonOf: words[0])
        }
        return hash.ended
    }

    /// What persons of one surname share; nil for what is no full name of a person.
    var surnameKey: UInt64? {
        guard kind == .person, words.count > 1, let last = words.last else { return nil }
        return NameOutline.surnameKey(last)
    }

    static func surnameKey(_ word: String) -> UInt64 {
        var hash = Fingerprint(of: "surname")
        hash.add(skeletonOf: word)
        return hash.ended
    }

    /// Whether two names have the same outline.
    public func resembles(_ other: NameOutline) -> Bool { key == other.key }

    /// Whether names of one outline can be the same person's: neither the generation nor what stands between first and last name may
    /// contradict. Where only one says the generation, that is undecided.
    public func agrees(with other: NameOutline) -> Bool {
        if let generation, let theirs = other.generation, generation != theirs { return false }
        guard kind == .person, words.count > 2, other.words.count > 2 else { return true }
        let middle = words[1..<words.count - 1]
        let others = other.words[1..<other.words.count - 1]
        return middle.contains { word in
            others.contains { $0 == word || ($0.utf8.count == 1 || word.utf8.count == 1) && $0.utf8.first == word.utf8.first }
        }
    }

    private static let offices: Set = ["department", "ministry"]
    private static let spellings = [
        "us": "unitedstates", "usa": "unitedstates", "uk": "unitedkingdom", "eu": "europeanunion", "un": "unitednations",
        "dept": "department", "univ": "university", "assn": "association", "assoc": "association", "intl": "international",
        "natl": "national", "govt": "government", "bros": "brothers", "st": "saint", "mt": "mount", "ft": "fort",
        "centre": "center", "defence": "defense", "labour": "labor", "organisation": "organization", "theatre": "theater",
        "programme": "program", "harbour": "harbor",
    ]
}

/// FNV-1a of a sort and of bytes that are given one after the other.
private struct Fingerprint {
    private var hash: UInt64 = 0xCBF2_9CE4_8422_2325

    init(of sort: String) {
        add(sort)
        add(0)
    }

    /// The hash of all that was added.
    var ended: UInt64 {
        var whole = self
        whole.add(0)
        return whole.hash
    }

    mutating func add(_ byte: UInt8) { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }

    mutating func add(_ text: String) { for byte in text.utf8 { add(byte) } }

    /// Adds what transliterations of a word agree on: Zelensky, Zelenskyy and Zelenskiy are one.
    mutating func add(skeletonOf word: String) {
        var rest = word.utf8[...]
        var last: UInt8 = 0
        while let byte = rest.popFirst() {
            var letter = byte
            switch (byte, rest.first ?? 0) {
            case (UInt8(ascii: "k"), UInt8(ascii: "h")): letter = UInt8(ascii: "h")
            case (UInt8(ascii: "p"), UInt8(ascii: "h")): letter = UInt8(ascii: "f")
            case (UInt8(ascii: "z"), UInt8(ascii: "h")), (UInt8(ascii: "g"), UInt8(ascii: "h")), (UInt8(ascii: "d"), UInt8(ascii: "h")),
                (UInt8(ascii: "t"), UInt8(ascii: "h")):
                break
            case (UInt8(ascii: "o"), UInt8(ascii: "u")), (UInt8(ascii: "o"), UInt8(ascii: "o")): letter = UInt8(ascii: "u")
            case (UInt8(ascii: "e"), UInt8(ascii: "e")): letter = UInt8(ascii: "i")
            default:
                switch byte {
                case UInt8(ascii: "y"), UInt8(ascii: "j"): letter = UInt8(ascii: "i")
                case UInt8(ascii: "q"): letter = UInt8(ascii: "k")
                case UInt8(ascii: "w"): letter = UInt8(ascii: "v")
                default: break
                }
                if letter != last { add(letter) }
                last = letter
                continue
            }
            // Two letters for one.
            rest.removeFirst()
            if letter != last { add(letter) }
            last = letter
        }
    }
}

/// Finding entities by names that are like theirs.
extension Index {
    /// At most so many of one outline are looked at, the ones that were known last.
    public static let resembling = 32

    /// The entities that have a name of the same outline, and of the same sort.
    public func entities(resembling outline: NameOutline) -> [EntityEntry] { entries(outlines[outline.key]) }

    /// The persons whose full name ends with a word.
    public func persons(surnamed word: String) -> [EntityEntry] { entries(outlines[NameOutline.surnameKey(word)]) }

    private func entries(_ ids: [String]?) -> [EntityEntry] { (ids ?? []).suffix(Index.resembling).compactMap { entities[$0] } }

    /// What an entity is found by through its outlines.
    public static func outlineKeys(of entity: Entity) -> Set<UInt64> {
        var keys: Set<UInt64> = []
        for name in [entity.name] + entity.aliases {
            guard let outline = NameOutline(name, entity.kind) else { continue }
            keys.insert(outline.key)
            if let key = outline.surnameKey { keys.insert(key) }
        }
        return keys
    }
}
