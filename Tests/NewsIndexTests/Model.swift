import Foundation
import News
import NewsIndex

/// What the index has to be the same as, told as plainly as possible: arrays, dictionaries, and scans over all of it.
struct Model {
    /// One state of an article. A class, since every question looks at all of them, and a copy of an article costs more than the look.
    final class Stored {
        let article: Article
        let sequence: UInt64
        let versions: [UInt64]
        let texts: Texts
        private(set) lazy var json = article.json()

        init(_ article: Article, sequence: UInt64, versions: [UInt64]) {
            self.article = article
            self.sequence = sequence
            self.versions = versions
            texts = Texts(article)
        }

        /// The same article with its words, of which something else changed.
        init(_ old: Stored, showing article: Article, sequence: UInt64) {
            self.article = article
            self.sequence = sequence
            versions = old.versions
            texts = old.texts
        }

        var id: ArticleID { article.id! }
        var indexed: Instant { article.indexed! }
        var published: Instant { article.published ?? indexed }
        var updated: Instant { article.updated ?? published }
    }

    var sequence: UInt64 = 0
    var live: [ArticleID: Stored] = [:]
    var withdrawn: [ArticleID: (version: Int, versions: [UInt64], uri: String?)] = [:]
    var entities: [String: Entity] = [:]
    var events: [String: Event] = [:]
    var mergedEntities: [String: String] = [:]
    var mergedEvents: [String: String] = [:]
    var deletedEntities: Set<String> = []
    var deletedEvents: Set<String> = []
    var rejectedNames: Set<String> = []

    mutating func fold(_ entry: Entry) {
        sequence = entry.sequence
        switch entry.change {
        case .articlePut(let put):
            for entity in put.entities { know(entity) }
            for event in put.events { know(event) }
            let id = put.article.id!
            let versions = (live[id]?.versions ?? withdrawn[id]?.versions ?? []) + [sequence]
            withdrawn[id] = nil
            live[id] = Stored(put.article, sequence: sequence, versions: versions)
            for member in [\Article.story, \Article.original] {
                guard let first = put.article[keyPath: member], first != id, let old = live[first], old.article[keyPath: member] == nil
                else { continue }
                var article = old.article
                article[keyPath: member] = first
                live[first] = Stored(old, showing: article, sequence: sequence)
            }
        case .articleRead(let put):
            for entity in put.entities { know(entity) }
            for event in put.events { know(event) }
            guard let old = live[put.article.id!], old.json != put.json else { return }
            live[old.id] = Stored(put.article, sequence: sequence, versions: old.versions)
        case .articleWithdrawn(let id):
            guard let old = live.removeValue(forKey: id) else { return }
            withdrawn[id] = (old.article.version, old.versions, old.article.uri)
        case .entityPut(let entity): know(entity)
        case .entityDeleted(let id): takeAway(entity: id, heir: nil)
        case .entityMerged(let id, let heir):
            know(heir)
            takeAway(entity: id, heir: heir)
        case .entityRejected(let id):
            for name in [entities[id]!.name] + entities[id]!.aliases { rejectedNames.insert(Model.fold(name)) }
            takeAway(entity: id, heir: nil)
        case .entitySplit(let id, let part, let articles):
            know(part)
            rewrite { article in if articles.contains(article.id!) { Model.replace(id, by: part, in: &article) } }
        case .eventPut(let event): know(event)
        case .eventDeleted(let id): takeAway(event: id, heir: nil)
        case .eventMerged(let id, let heir):
            know(heir)
            takeAway(event: id, heir: heir)
        }
    }

    /// Changes what articles show; those whose bytes become others get the change's sequence number.
    private mutating func rewrite(_ change: (inout Article) -> Void) {
        for (id, stored) in live {
            var article = stored.article
            change(&article)
            guard article != stored.article else { continue }
            let changed = Stored(stored, showing: article, sequence: sequence)
            if changed.json != stored.json { live[id] = changed }
        }
    }

    private mutating func know(_ entity: Entity) {
        entities[entity.id] = entity
        mergedEntities[entity.id] = nil
        deletedEntities.remove(entity.id)
        if entity.origin == .editor { for name in [entity.name] + entity.aliases { rejectedNames.remove(Model.fold(name)) } }
        rewrite { article in
            for place in article.entities.indices where article.entities[place].entity.id == entity.id {
                article.entities[place].entity = entity
            }
        }
    }

    private mutating func know(_ event: Event) {
        events[event.id] = event
        mergedEvents[event.id] = nil
        deletedEvents.remove(event.id)
        rewrite { article in
            for place in article.events.indices where article.events[place].event.id == event.id { article.events[place].event = event }
        }
    }

    private mutating func takeAway(entity id: String, heir: Entity?) {
        entities[id] = nil
        rewrite { Model.replace(id, by: heir, in: &$0) }
        for event in events.values { events[event.id]!.replaceEntity(id, with: heir?.id) }
        Model.pass(id, to: heir?.id, &mergedEntities, &deletedEntities)
    }

    private static func replace(_ id: String, by heir: Entity?, in article: inout Article) {
        var kept: [NamedEntity] = []
        for var named in article.entities {
            if named.entity.id == id {
                guard let heir else { continue }
                named.entity = heir
            }
            guard let twin = kept.firstIndex(where: { $0.entity.id == named.entity.id }) else {
                kept.append(named)
                continue
            }
            kept[twin].count += named.count
            for mention in named.mentions where !kept[twin].mentions.contains(mention) { kept[twin].mentions.append(mention) }
            kept[twin].prominence = [kept[twin].prominence, named.prominence].compactMap(\.self).max()
        }
        if article.entities.contains(where: { $0.entity.id == id }) { article.entities = kept }
        for place in article.quotes.indices where article.quotes[place].speaker == id { article.quotes[place].speaker = heir?.id }
    }

    private mutating func takeAway(event id: String, heir: Event?) {
        events[id] = nil
        rewrite { article in
            guard article.events.contains(where: { $0.event.id == id }) else { return }
            var kept: [ReportedEvent] = []
            for var reported in article.events {
                if reported.event.id == id {
                    guard let heir else { continue }
                    reported.event = heir
                }
                if let twin = kept.firstIndex(where: { $0.event.id == reported.event.id }) {
                    kept[twin].evidence = kept[twin].evidence ?? reported.evidence
                } else {
                    kept.append(reported)
                }
            }
            article.events = kept
        }
        Model.pass(id, to: heir?.id, &mergedEvents, &deletedEvents)
    }

    /// What was merged into the one that goes, goes where it goes.
    private static func pass(_ id: String, to heir: String?, _ merged: inout [String: String], _ deleted: inout Set<String>) {
        for name in [id] + merged.filter({ $0.value == id }).keys {
            merged[name] = heir
            if heir == nil { deleted.insert(name) }
        }
    }

    // MARK: Counting

    func articles(naming entity: String) -> [Stored] { live.values.filter { $0.article.entities.contains { $0.entity.id == entity } } }

    func articles(reporting event: String) -> [Stored] { live.values.filter { $0.article.events.contains { $0.event.id == event } } }

    // MARK: Words

    static func words(_ text: String) -> [String] {
        let letters: Set<Unicode.GeneralCategory> = [
            .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .nonspacingMark, .spacingMark,
            .decimalNumber,
            .letterNumber, .otherNumber,
        ]
        var words: [String] = []
        var word = ""
        for scalar in text.unicodeScalars + [" "] {
            if letters.contains(scalar.properties.generalCategory) {
                word.unicodeScalars.append(scalar)
            } else if !word.isEmpty {
                words.append(fold(word))
                word = ""
            }
        }
        return words.filter { !$0.isEmpty }
    }

    static func fold(_ text: String) -> String {
        Folding.fold(text)
    }
}
