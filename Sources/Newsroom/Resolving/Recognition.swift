import News
import NewsIndex
import Reader

/// Whom or what a name means, among those that are known, and how sure that is.
struct Recognition {
    let entity: Entity
    /// 0 to 1.
    let confidence: Double
}

extension Resolver {
    /// The entity that is meant by what was found; nil if it is none that is known.
    /// A person of that name in other surroundings is another one.
    func recognize(_ finding: Finding, at published: Instant, in surroundings: Surroundings) -> Recognition? {
        if let place = finding.place, let known = candidate(named: place.place.identifier.name) {
            return Recognition(entity: known, confidence: place.confidence)
        }
        let isSurname = finding.kind == .person && finding.name.isOneWord
        if let named = byName(finding, in: surroundings) { return named }
        // The table of places knows how they are written.
        if finding.place != nil { return nil }
        if !isSurname, let outline = finding.outline, let like = byOutline(outline, finding, in: surroundings) {
            return like
        }
        return isSurname ? bySurname(finding, at: published) : nil
    }

    /// What goes by exactly that name. The best fitting sort wins, then what is most in the news.
    private func byName(_ finding: Finding, in surroundings: Surroundings) -> Recognition? {
        if finding.kind == .person, !finding.name.isOneWord { return byNameAndCompany(finding, in: surroundings) }
        var best: (entity: Entity, fit: Double, articles: Int)?
        forEachCandidate(named: finding) { entity, entry in
            let articles = entry?.articles ?? 0
            let fit = self.fit(entity, articles, finding)
            guard fit > 0 else { return }
            if let best, (best.fit, best.articles, entity.id) >= (fit, articles, best.entity.id) { return }
            best = (entity, fit, articles)
        }
        return best.map { Recognition(entity: $0.entity, confidence: $0.fit) }
    }

    /// The person of that name who fits the surroundings best, then the one that is most in the news.
    private func byNameAndCompany(_ finding: Finding, in surroundings: Surroundings) -> Recognition? {
        struct Candidate {
            let entity: Entity
            let fit: Double
            let articles: Int
            let likeness: Surroundings.Likeness
            let common: Int
            func isLikelier(than other: Candidate) -> Bool {
                (likeness.rawValue, common, fit) > (other.likeness.rawValue, other.common, other.fit)
            }
        }
        var found: [Candidate] = []
        forEachCandidate(named: finding) { entity, entry in
            guard !found.contains(where: { $0.entity.id == entity.id }) else { return }
            let articles = entry?.articles ?? 0
            let fit = self.fit(entity, articles, finding)
            guard fit > 0 else { return }
            // What the article adds to is known from before too, mostly.
            let known = entry ?? index.entities[entity.id]
            let common = known.map(surroundings.common) ?? 0
            found.append(
                Candidate(
                    entity: entity, fit: fit, articles: articles,
                    likeness: known.map { surroundings.likeness($0, common: common) } ?? .same, common: common))
        }
        let best = found.max { one, other in
            if one.isLikelier(than: other) || other.isLikelier(than: one) { return other.isLikelier(than: one) }
            return (one.articles, other.entity.id) < (other.articles, one.entity.id)
        }
        guard let best, best.likeness > .other else { return nil }
        let isUndecided = best.likeness == .undecided || found.contains { $0.entity.id != best.entity.id && !best.isLikelier(than: $0) }
        return Recognition(entity: best.entity, confidence: isUndecided ? min(0.5, best.fit) : best.fit)
    }

    /// What is written a little otherwise. The likeliest are looked at first, since outlines take time to make.
    private func byOutline(_ outline: NameOutline, _ finding: Finding, in surroundings: Surroundings) -> Recognition? {
        let here = entities(hereResembling: outline).map { (entity: $0, articles: 0) }
        let known = index.entities(resembling: outline).map { (entity: $0.entity, articles: $0.articles) }
        guard !here.isEmpty || !known.isEmpty else { return nil }
        let alike = (here + known).filter { $0.entity.kind == finding.kind }.sorted {
            ($1.articles, $0.entity.id) < ($0.articles, $1.entity.id)
        }
        var undecided: Entity?
        for (entity, _) in alike {
            guard finding.kind != .person || index.entities[entity.id].map(surroundings.likeness) != .other else { continue }
            switch kinship(entity, outline) {
            case .same: return Recognition(entity: entity, confidence: 0.85)
            case .undecided: if !surroundings.generations.contains(outline.key) { undecided = undecided ?? entity }
            case .other: continue
            }
        }
        return undecided.map { Recognition(entity: $0, confidence: 0.5) }
    }

    /// Whether an entity has a name of that outline, also by its generation: no name of another one, and undecided where only one side has any.
    private func kinship(_ entity: Entity, _ outline: NameOutline) -> Surroundings.Likeness {
        let outlines = ([entity.name] + entity.aliases).compactMap { NameOutline($0, entity.kind) }.filter { $0.resembles(outline) }
        let generations = outlines.compactMap(\.generation)
        if let generation = outline.generation, !generations.isEmpty, !generations.contains(generation) { return .other }
        guard outlines.contains(where: { $0.agrees(with: outline) }) else { return .other }
        return (outline.generation == nil) == generations.isEmpty ? .same : .undecided
    }

    /// A surname alone means somebody who is in the news now, if there is one whom it means far more than all others.
    private func bySurname(_ finding: Finding, at published: Instant) -> Recognition? {
        guard let word = finding.outline?.words.last else { return nil }
        let recent = index.persons(surnamed: word).filter { entry in
            guard let last = entry.lastSeen else { return false }
            return abs(last.milliseconds - published.milliseconds) <= Resolver.memory
        }.sorted { ($1.articles, $0.entity.id) < ($0.articles, $1.entity.id) }
        guard let first = recent.first else { return nil }
        let others = recent.dropFirst().first?.articles ?? 0
        guard first.articles >= 3 * max(others, 1) else { return nil }
        return Recognition(entity: first.entity, confidence: others == 0 ? 0.7 : 0.6)
    }

    /// Somebody whom nobody has written of for so long, in milliseconds, is not meant by a surname alone.
    private static let memory: Int64 = 60 * 86_400_000

    /// What goes by the names of a finding, the name that it is shown by first: what this article tells of, without an entry, then what
    /// is known beside, the most reported first.
    private func forEachCandidate(named finding: Finding, _ body: (Entity, EntityEntry?) -> Void) {
        forEachCandidate(named: finding.name, body)
        for name in finding.fullNames where name != finding.name { forEachCandidate(named: name, body) }
    }

    private func forEachCandidate(named name: String, _ body: (Entity, EntityEntry?) -> Void) {
        let key = Index.nameKey(name)
        for entity in entities(here: key) { body(entity, nil) }
        for entry in index.entities(under: key).prefix(Index.resembling) where entities[entry.entity.id] == nil {
            body(entry.entity, entry)
        }
    }

    private func candidate(named name: String) -> Entity? {
        let key = Index.nameKey(name)
        return entities(here: key).first ?? index.entities(under: key).first?.entity
    }

    /// Whether an entity is another place of that name. Of what is large, people give different middles.
    private static func isElsewhere(_ entity: Entity, than place: Place) -> Bool {
        guard let here = entity.location, let there = place.location else {
            return entity.sameAs.contains { $0.hasPrefix("iso3166-2:") }
        }
        let reach: Double =
            switch place.kind {
            case .city: 0.7
            case .region: 5
            case .country, .area, .sea, .continent: 60
            }
        return abs(here.latitude - there.latitude) > reach || abs(here.longitude - there.longitude) > reach
    }

    /// How well the sort of an entity fits that of what was found under its name, 0 to 1.
    private func fit(_ entity: Entity, _ articles: Int, _ finding: Finding) -> Double {
        if let place = finding.place?.place, Resolver.isElsewhere(entity, than: place) { return 0 }
        if entity.kind == finding.kind { return min(0.95, finding.place?.confidence ?? 1) }
        // An editor has said what goes by that name.
        if entity.origin == .editor { return 0.9 }
        if entity.kind == .other || finding.kind == .other || entity.kind == .work { return 0.7 }
        // Organisations and places are often taken for one another; what is known well is believed.
        let isMistakable = entity.kind != .person && finding.kind != .person
        return isMistakable && articles >= 3 && finding.confidence < 0.95 ? 0.6 : 0
    }
}
