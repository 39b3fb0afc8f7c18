import News

/// Puts together what sentences tell of the same happening.
struct EventGathering {
    private let mentions: [Mention]
    private var candidates: [EventCandidate] = []
    private var evidence: [[TextSpan]] = []

    init(mentions: [Mention]) { self.mentions = mentions }

    /// Less than this is not told as an event.
    private static let threshold = 0.5
    /// With less than this nothing is a happening of its own, whatever comes to it.
    static let tellable = 0.4

    /// What is too little alone still bears witness to a happening that is known.
    mutating func add(_ candidate: EventCandidate) {
        // What is told of many happenings ago is not looked for.
        for index in stride(from: candidates.count - 1, through: max(0, candidates.count - 60), by: -1)
        where isSame(candidates[index], candidate) {
            merge(candidate, into: index)
            return
        }
        guard !candidate.isAnaphoric, candidates.count < Limits.events, candidate.confidence >= Self.tellable, !candidate.title.isEmpty
        else {
            return
        }
        candidates.append(candidate)
        evidence.append([candidate.evidence])
    }

    private func isSame(_ one: EventCandidate, _ other: EventCandidate) -> Bool {
        guard one.kind.family == other.kind.family else { return false }
        if let a = one.when, let b = other.when, a.last < b.first || b.last < a.first { return false }
        if let a = one.place, let b = other.place, mentions[a].entity != mentions[b].entity { return false }
        // What the first sentences tell is what the headline tells.
        let isLead = one.evidence.field == .headline && other.evidence.field != .headline && other.sentence < 3
        let isNear = isLead || one.evidence.field == other.evidence.field && abs(one.sentence - other.sentence) <= 3
        if one.kind != other.kind, !isNear, !(one.when?.isDay ?? false && other.when?.isDay ?? false) { return false }
        if one.status == .planned, other.status == .past, one.when != nil, other.when != nil { return false }
        if other.isAnaphoric { return one.kind == other.kind || isNear }
        let (ours, theirs) = (entities(one), entities(other))
        if one.kind == .sport || one.kind == .meeting && other.kind == .meeting {
            // Two matches, or two meetings, of one of them with others.
            if ours.count > 1, theirs.count > 1, !ours.isSubset(of: theirs), !theirs.isSubset(of: ours) { return false }
        }
        if one.kind == other.kind, one.title.lowercased() == other.title.lowercased() { return true }
        if let a = patient(one), let b = patient(other), a != b { return false }
        if !ours.isDisjoint(with: theirs) { return true }
        let samePlace = one.place != nil && other.place != nil
        let sameDay = one.when?.isDay ?? false && other.when?.isDay ?? false
        if samePlace, sameDay || isNear { return true }
        return isNear && (ours.isEmpty || theirs.isEmpty) && (one.when == nil || other.when == nil || sameDay)
            && (one.kind == other.kind && (isLead || one.evidence == other.evidence) || other.confidence < 0.45)
    }

    private func entities(_ candidate: EventCandidate) -> Set<Int> { Set(candidate.participants.map { mentions[$0.mention].entity }) }

    private func patient(_ candidate: EventCandidate) -> Int? {
        candidate.participants.first { $0.role == .patient }.map { mentions[$0.mention].entity }
    }

    private mutating func merge(_ other: EventCandidate, into index: Int) {
        var one = candidates[index]
        let isRicher = other.titleScore > one.titleScore && (one.kind == other.kind || one.titleScore < 2)
        if isRicher {
            one.title = other.title
            one.titleScore = other.titleScore
        }
        if one.when == nil || !(one.when?.isDay ?? false) && other.when?.isDay ?? false {
            one.when = other.when
            if other.when != nil { one.status = other.status }
        }
        if one.place == nil { one.place = other.place }
        let known = entities(one)
        for participant in other.participants where one.participants.count < 12 && !known.contains(mentions[participant.mention].entity) {
            // The place of the happening takes no part in it.
            if let place = one.place, mentions[place].entity == mentions[participant.mention].entity { continue }
            one.participants.append(participant)
        }
        if one.evidence != other.evidence {
            one.confidence = min(0.97, max(one.confidence, other.confidence) + 0.05)
            if evidence[index].count < 20, !evidence[index].contains(other.evidence) { evidence[index].append(other.evidence) }
        } else {
            one.confidence = max(one.confidence, other.confidence)
        }
        candidates[index] = one
    }

    var events: [FoundEvent] {
        zip(candidates, evidence).filter { $0.0.confidence >= Self.threshold }.map { candidate, evidence in
            FoundEvent(
                kind: candidate.kind, title: candidate.title, start: candidate.when?.start, end: candidate.when?.end,
                status: candidate.status,
                place: candidate.place, participants: candidate.participants, evidence: evidence, sentence: candidate.sentence,
                confidence: (candidate.confidence * 100).rounded() / 100)
        }
    }
}
