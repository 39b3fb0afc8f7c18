import News
import NewsIndex
import Reader

/// The surroundings in which an article names a person, against which known persons of that name are held.
struct Surroundings {
    /// What the article says that the person does.
    var calling: Callings = []
    /// What the article is about.
    var setting: Callings = []
    /// Keys of the persons and organisations beside.
    var company: Set<UInt32> = []
    /// Keys of the names that the article itself gives to persons of several generations.
    var generations: Set<UInt64> = []

    /// How a known person fits.
    enum Likeness: Int, Comparable {
        case other, undecided, same

        static func < (one: Likeness, other: Likeness) -> Bool { one.rawValue < other.rawValue }
    }

    /// Who is in the news so often is meant even where nobody expects it.
    private static let prominent = 20

    /// Keys of the names that are found both with a generation and with another one or none: "Donald Trump Jr." beside Donald Trump.
    static func generations(_ findings: [Finding]) -> Set<UInt64> {
        let outlines = findings.lazy.filter { $0.kind == .person }.compactMap(\.outline)
        guard outlines.contains(where: { $0.generation != nil }) else { return [] }
        let told = Set(outlines.lazy.filter { $0.generation != nil }.map(\.key))
        let persons = Dictionary(outlines.lazy.map(\.key).filter(told.contains).map { ($0, 1) }, uniquingKeysWith: +)
        return Set(persons.lazy.filter { $0.value > 1 }.map(\.key))
    }

    /// How many of the company are known to be that of a person.
    func common(with entry: EntityEntry) -> Int {
        company.isEmpty ? 0 : entry.acquaintance.company.count { company.contains($0) }
    }

    /// Whether a known person can be meant here.
    func likeness(_ entry: EntityEntry) -> Likeness { likeness(entry, common: common(with: entry)) }

    /// The same where it is known how many of the company are that person's.
    func likeness(_ entry: EntityEntry, common: Int) -> Likeness {
        let known = entry.acquaintance
        if calling.contradicts(known.calling) { return common > 1 ? .undecided : .other }
        if common > 0 || !calling.isDisjoint(with: known.calling) { return .same }
        let (here, there) = (calling.isEmpty ? setting : calling, known.calling.union(known.settings))
        guard !here.isEmpty, !there.isEmpty, here.isDisjoint(with: there) else { return .same }
        // A footballer among politicians is another one, unless it is one whom everybody knows, or who is hardly known.
        return here.contradicts(there) && (2..<Surroundings.prominent).contains(entry.articles) ? .other : .undecided
    }
}

extension Resolver {
    /// The surroundings of each person that was found; of what the article is about by its roles and events.
    func surroundings(_ reading: Reading, _ findings: [Finding], roles: [String], meant: [Int: String]) -> Surroundings {
        let people = roles.map { Callings(role: $0) }
        // What everybody is named beside says nothing.
        let specific = max(20, index.articleCount / 50)
        let company = meant.values.filter { id in
            guard let entry = index.entities[id] else { return false }
            return entry.articles <= specific && (entry.entity.kind == .person || entry.entity.kind == .organization)
        }
        return Surroundings(
            setting: Callings(of: people, events: reading.events.map(\.kind.rawValue)), company: Set(company.map(Acquaintance.key)),
            generations: Surroundings.generations(findings))
    }
}
