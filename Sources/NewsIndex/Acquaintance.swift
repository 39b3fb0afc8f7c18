import News

/// In what surroundings a person is met: what tells one from a namesake.
public struct Acquaintance: Sendable, Equatable {
    /// What the person does, as the entity's description says.
    public internal(set) var calling: Callings = []
    /// What the articles that name the person are about, all together.
    public internal(set) var settings: Callings = []
    /// Who was named beside the person last: keys of persons and organisations, the latest first.
    public internal(set) var company: [UInt32] = []

    /// So many of the company are remembered.
    static let longest = 24

    /// The key of an entity in somebody's company (FNV-1a).
    public static func key(_ id: String) -> UInt32 { id.utf8.reduce(0x811C_9DC5) { ($0 ^ UInt32($1)) &* 0x0100_0193 } }

    /// Met once more, beside these.
    mutating func meet(_ others: [UInt32], in setting: Callings) {
        settings.formUnion(setting)
        guard !others.isEmpty else { return }
        company = Array((others + company.filter { !others.contains($0) }).prefix(Acquaintance.longest))
    }
}

extension Index {
    /// The persons of an article meet each other, and the organisations.
    mutating func introduce(_ article: Article) {
        let named = Array(
            article.entities.lazy.map(\.entity).filter { $0.kind == .person || $0.kind == .organization }.prefix(Acquaintance.longest + 1))
        guard named.contains(where: { $0.kind == .person }) else { return }
        let keys = named.map { Acquaintance.key($0.id) }
        let setting = Callings(
            of: named.compactMap { $0.kind == .person ? entities[$0.id]?.acquaintance.calling : nil },
            events: article.events.compactMap(\.event.kind))
        for (place, person) in named.enumerated() where person.kind == .person {
            guard let entry = entities[person.id] else { continue }
            var acquaintance = entry.acquaintance
            acquaintance.meet(Array(keys[..<place] + keys[(place + 1)...]), in: setting)
            entities[person.id] = entry.with(acquaintance)
        }
    }
}
