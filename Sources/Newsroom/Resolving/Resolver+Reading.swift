import News
import NewsIndex
import Reader

/// Taking in what the reader found in an article. What was posted with it outranks that, and so does what an editor said before.
extension Resolver {
    /// Adds what was found to an article whose posted entities, events and quotes are resolved. `rejected` are ids that an editor took out of it;
    /// `old` is how it was read before: what an editor has said of whom it names stays.
    package mutating func add(_ reading: Reading, to article: inout Article, without rejected: Set<String>, before old: Article? = nil) {
        let posted = Posted(article)
        let edited = old.map { self.edited(in: $0) } ?? [:]
        let published = article.published ?? Instant(milliseconds: 0)
        var meant: [Int: String] = [:]
        let findings = reading.findings
        let heaviest = findings.map(\.finding.weight).max() ?? 1
        var slices = TextSlices(article)
        let roles = findings.map { $0.finding.role.flatMap { slices[$0] } }
        var found: [(number: Int, entity: NamedEntity)] = []
        // Persons last: who is meant hangs on who else is there.
        let places = findings.indices.sorted { (isPerson($0), $0) < (isPerson($1), $1) }
        var surroundings = Surroundings()
        var isSurrounded = false
        func isPerson(_ place: Int) -> Int { findings[place].finding.kind == .person ? 1 : 0 }
        for place in places {
            let (number, finding) = findings[place]
            if let place = posted.place(of: finding) {
                meant[number] = article.entities[place].entity.id
                if article.entities[place].mentions.isEmpty {
                    article.entities[place].mentions = finding.mentions
                    article.entities[place].count = max(article.entities[place].count, finding.mentions.count)
                }
                continue
            }
            if finding.kind == .person, !isSurrounded {
                surroundings = self.surroundings(reading, findings.map(\.finding), roles: roles.compactMap(\.self), meant: meant)
                isSurrounded = true
            }
            surroundings.calling = roles[place].map { Callings(role: $0) } ?? []
            let before = finding.names.lazy.compactMap { edited[Folding.fold($0)] }.first
            guard article.entities.count + found.count < Limits.entities,
                let known = before.map({ Recognition(entity: $0, confidence: 1) })
                    ?? entity(for: finding, role: roles[place], at: published, in: surroundings),
                !rejected.contains(known.entity.id)
            else { continue }
            meant[number] = known.entity.id
            if finding.kind == .person { surroundings.company.insert(Acquaintance.key(known.entity.id)) }
            let prominence = (finding.weight / heaviest * 100).rounded() / 100
            found.append(
                (
                    number,
                    NamedEntity(
                        entity: known.entity, count: finding.mentions.count, prominence: prominence, mentions: finding.mentions,
                        role: finding.role, confidence: (known.confidence * finding.confidence * 100).rounded() / 100, origin: .reader)
                ))
        }
        article.entities += found.sorted { $0.number < $1.number }.map(\.entity)
        for found in reading.events {
            guard article.events.count < Limits.events,
                let event = event(for: found, source: article.source?.name, { meant[reading.mentions[$0].entity] }),
                !rejected.contains(event.id), !posted.tells(event)
            else { continue }
            record(event)
            article.events.append(ReportedEvent(event: event, evidence: found.evidence.first, origin: .reader))
        }
        for found in reading.quotes where found.isWhole || found.speaker != nil {
            guard article.quotes.count < Limits.quotes, !posted.quotes(found) else { continue }
            let speaker = found.speaker.flatMap { meant[reading.mentions[$0].entity] }
            article.quotes.append(
                Quote(
                    speaker: speaker, text: found.text, span: found.span,
                    confidence: speaker == nil ? nil : (found.confidence * 100).rounded() / 100, origin: .reader))
        }
        for place in article.entities.indices {
            if let entity = entities[article.entities[place].entity.id] { article.entities[place].entity = entity }
        }
        article.joinSameEntities()
        article.joinSameEvents()
    }

    // MARK: Entities

    /// The entities that an article names whom an editor has declared, changed, or made of several, by all that it calls them. Who was merged
    /// or split off by hand would otherwise be told by the surroundings once more.
    private func edited(in old: Article) -> [String: Entity] {
        var slices = TextSlices(old)
        var edited: [String: Entity] = [:]
        for named in old.entities where named.origin == .reader {
            guard let entity = index.entities[named.entity.id]?.entity, entity.origin == .editor || index.isHeir(entity.id) else {
                continue
            }
            for mention in named.mentions {
                guard let name = slices[mention].map(Folding.fold), edited[name] == nil else { continue }
                edited[name] = entity
            }
        }
        return edited
    }

    /// The entity that a finding means, a new one if need be, with what the article adds to it; nil where an editor said that it is none.
    private mutating func entity(
        for finding: Finding, role: String?, at published: Instant, in surroundings: Surroundings
    ) -> Recognition? {
        if let known = recognize(finding, at: published, in: surroundings) {
            guard known.entity.origin == .reader else { return known }
            var entity = known.entity
            for name in finding.fullNames
            where name != entity.name && entity.aliases.count < Resolver.aliases && !entity.aliases.contains(name) {
                // What is undecided now must not be known for sure by that name ever after.
                guard Folding.fold(name) != Folding.fold(entity.name),
                    NameOutline(name, entity.kind)?.generation == NameOutline(entity.name, entity.kind)?.generation
                else { continue }
                entity.aliases.append(name)
            }
            if entity.description == nil { entity.description = role }
            if let place = finding.place?.place, entity.kind == .place { entity.fill(from: place) }
            if entity != known.entity { record(entity) }
            return Recognition(entity: entity, confidence: known.confidence)
        }
        guard !index.isRejected(name: finding.name) else { return nil }
        let aliases = finding.fullNames.filter { $0 != finding.name }.prefix(Resolver.aliases)
        var entity = Entity(kind: finding.kind, name: finding.name, aliases: Array(aliases), description: role, origin: .reader)
        if let place = finding.place?.place { entity.fill(from: place) }
        entity.id = freeID(for: entity)
        record(entity)
        if let place = finding.place { return Recognition(entity: entity, confidence: place.confidence) }
        // Who is meant by a surname alone is undecided.
        return Recognition(entity: entity, confidence: finding.kind == .person && finding.name.isOneWord ? 0.4 : 0.9)
    }

    /// The reader gives an entity so many aliases at most.
    private static let aliases = 20

    // MARK: Events

    /// The event that was found, as it is known or as a new one; nil if it has no date, or an editor didn't want it.
    private func event(for found: FoundEvent, source: String?, _ meant: (Int) -> String?) -> Event? {
        guard let start = found.start else { return nil }
        var event = Event(
            title: found.title, kind: found.kind.rawValue, start: start, end: found.end, status: found.status,
            place: found.place.flatMap(meant), confidence: (found.confidence * 100).rounded() / 100, origin: .reader)
        if Event.endsBeforeItStarts(event.start, event.end) { event.end = nil }
        var seen: Set<String> = []
        for participant in found.participants {
            guard let id = meant(participant.mention), seen.insert(id).inserted, event.participants.count < Limits.participants else {
                continue
            }
            event.participants.append(.init(id: id, role: participant.role.rawValue))
        }
        switch known(event, of: found.kind.kin.map(\.rawValue)) {
        case .unknown:
            event.id = freeID(for: event)
            return event
        case .unwanted: return nil
        case .known(let old):
            guard old.origin == .reader else { return old }
            var told = old
            told.fill(from: event)
            // Two who tell the same independently are surer than each.
            if let one = old.confidence, let other = event.confidence, let source, index.events[old.id]?.isTold(by: source) == false {
                told.confidence = min(0.99, ((1 - (1 - one) * (1 - other)) * 100).rounded() / 100)
            }
            return told
        }
    }

    private enum Told { case known(Event), unwanted, unknown }

    /// An event of the same time, of the same sort or its kin, that has enough in common.
    private func known(_ event: Event, of kinds: [String]) -> Told {
        guard let start = event.start else { return .unknown }
        let ours = event.entityIDs
        var common: [String: Int] = [:]
        for kind in kinds {
            for entity in ours { for id in index.events(kind: kind, start: start, entity: entity) { common[id, default: 0] += 1 } }
        }
        for (id, other) in events where kinds.contains(other.kind ?? "") && other.start == start {
            common[id] = other.entityIDs.intersection(ours).count
        }
        if let id = index.eventID(title: event.title, start: start) { common[id, default: 0] += 2 }
        for (id, count) in common.sorted(by: { ($1.value, $0.key) < ($0.value, $1.key) }) where count > 0 {
            let other: Event
            if let here = events[id] {
                other = here
            } else {
                switch index.event(id) {
                case .live(let entry): other = entry.event
                case .merged(let heir):
                    guard case .live(let entry) = index.event(heir) else { continue }
                    return .known(entry.event)
                // What it was is not known any more: it is the same if it has all that this one has.
                case .gone:
                    if count >= min(2, ours.count) { return .unwanted }
                    continue
                case .unknown: continue
                }
            }
            if count >= 2 || TitleWords.overlap(event.title, other.title) >= 0.5 { return .known(other) }
        }
        return .unknown
    }
}

extension Entity {
    /// Takes over what the table of places says.
    fileprivate mutating func fill(from place: Place) {
        if !sameAs.contains(place.identifier.name) { sameAs.append(place.identifier.name) }
        if location == nil { location = place.location }
        if country == nil { country = place.country }
    }
}

/// What was posted with an article, against which findings are held.
private struct Posted {
    private let article: Article
    private var names: [String: Int] = [:]
    private var mentions: [(span: TextSpan, place: Int)] = []

    init(_ article: Article) {
        self.article = article
        for (place, named) in article.entities.enumerated() {
            for name in [named.entity.name] + named.entity.aliases { names[Folding.fold(name)] = names[Folding.fold(name)] ?? place }
            for mention in named.mentions { mentions.append((mention, place)) }
        }
    }

    /// The place of the posted entity that a finding is: it has one of its names, or stands where one of its mentions does.
    func place(of finding: Finding) -> Int? {
        guard !article.entities.isEmpty else { return nil }
        for name in finding.names { if let place = names[Folding.fold(name)] { return place } }
        return mentions.first { mention in finding.mentions.contains { $0.overlaps(mention.span) } }?.place
    }

    func tells(_ event: Event) -> Bool {
        article.events.contains { posted in
            posted.event.id == event.id
                || posted.event.start == event.start
                    && (posted.event.kind == event.kind || TitleWords.overlap(posted.event.title, event.title) >= 0.5)
        }
    }

    func quotes(_ found: FoundQuote) -> Bool {
        let words = Folding.typedWords(found.text)
        return article.quotes.contains { $0.span?.overlaps(found.span) ?? (Folding.typedWords($0.text) == words) }
    }
}

extension TextSpan {
    /// Whether two places share a scalar.
    func overlaps(_ other: TextSpan) -> Bool {
        field == other.field && offset < other.offset + other.length && other.offset < offset + length
    }
}

/// How much two titles say the same.
enum TitleWords {
    /// The share of the shorter one's words of four letters and more that the other has too, 0 to 1.
    static func overlap(_ one: String, _ other: String) -> Double {
        let (a, b) = (words(one), words(other))
        let shorter = min(a.count, b.count)
        return shorter == 0 ? 0 : Double(a.intersection(b).count) / Double(shorter)
    }

    private static func words(_ title: String) -> Set<String> {
        Set(Folding.typedWords(title).filter { $0.unicodeScalars.count >= 4 })
    }
}
