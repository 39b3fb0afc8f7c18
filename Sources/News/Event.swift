import JSON

/// Something that happened, or will: what, who, where, when.
public struct Event: Sendable, Equatable {
    /// Whether it is to come, goes on, or is over. Nothing goes back.
    public enum Status: String, Sendable, CaseIterable {
        case planned, ongoing, past

        var order: Int { Self.allCases.firstIndex(of: self) ?? 0 }
    }

    /// An entity that takes part, and as what.
    public struct Participant: Sendable, Equatable {
        /// An entity's id; before the newsroom has resolved it, a name will do.
        public var id: String
        /// As what it takes part.
        public var role: String?

        /// A participant by id or name.
        public init(id: String, role: String? = nil) {
            self.id = id
            self.role = role
        }
    }

    /// A readable slug that starts with the date, stable for ever; empty until the newsroom has given one.
    public var id: String
    /// What happened, in a line.
    public var title: String
    /// What sort of event it is, in the newsroom's own words.
    public var kind: String?
    /// When it begins, as precisely as is known.
    public var start: EventDate?
    /// When it is over, as precisely as is known; never before the start.
    public var end: EventDate?
    /// Whether it is to come, goes on, or is over, if anybody says so.
    public var status: Status?
    /// The id of the place.
    public var place: String?
    /// Who takes part, each once.
    public var participants: [Participant]
    /// How sure it is that the event is told rightly, 0 to 1.
    public var confidence: Double?
    /// Who said so last.
    public var origin: Origin

    /// An event; what isn't given is not known.
    public init(
        id: String = "", title: String = "", kind: String? = nil, start: EventDate? = nil, end: EventDate? = nil,
        status: Status? = nil, place: String? = nil, participants: [Participant] = [], confidence: Double? = nil,
        origin: Origin = .editor
    ) {
        self.id = id
        self.title = title
        self.kind = kind
        self.start = start
        self.end = end
        self.status = status
        self.place = place
        self.participants = participants
        self.confidence = confidence
        self.origin = origin
    }

    /// Takes over what the other one knows and this one doesn't. What is said here stands.
    public mutating func fill(from other: Event) {
        if kind == nil { kind = other.kind }
        if start == nil, !Event.endsBeforeItStarts(other.start, end) { start = other.start }
        if end == nil, !Event.endsBeforeItStarts(start, other.end) { end = other.end }
        // Reports are not always taken in the order of what they report, and nothing goes from past to planned.
        if let news = other.status, status.map({ $0.order < news.order }) ?? true { status = news }
        if place == nil { place = other.place }
        for participant in other.participants
        where participants.count < Limits.participants && !participants.contains(where: { $0.id == participant.id }) {
            participants.append(participant)
        }
        if confidence == nil { confidence = other.confidence }
    }

    /// Whether these can't be the two ends of something.
    public static func endsBeforeItStarts(_ start: EventDate?, _ end: EventDate?) -> Bool {
        guard let start, let end else { return false }
        return end.end <= start.earliest
    }

    /// Replaces an entity that was merged away by its heir; nil takes it out.
    public mutating func replaceEntity(_ id: String, with heir: String?) {
        if place == id { place = heir }
        guard participants.contains(where: { $0.id == id }) else { return }
        var seen: Set<String> = []
        participants = participants.compactMap { participant in
            guard let name = participant.id == id ? heir : participant.id, seen.insert(name).inserted else { return nil }
            return Participant(id: name, role: participant.role)
        }
    }
}

// MARK: JSON

extension Event {
    /// Reads a member of an event; answers false if there is none of that name.
    mutating func read(_ name: String, from reader: inout JSONReader) throws(JSONError) -> Bool {
        switch name {
        case "id": id = try reader.slug()
        case "title": title = try reader.name(limit: Limits.title)
        case "kind": kind = try reader.optionalText(limit: Limits.word)
        case "start": start = try reader.date()
        case "end": end = try reader.date()
        // Follows from how the dates are written; taken so that what was got can be sent back.
        case "precision": let _: EventDate.Precision = try reader.choice()
        case "status": status = try reader.null() ? nil : try reader.choice()
        case "place": place = try reader.null() ? nil : try reader.reference()
        case "participants":
            participants = try reader.list(limit: Limits.participants, Participant.init(from:))
        case "confidence":
            confidence = try reader.null() ? nil : try reader.fraction()
        default: return false
        }
        return true
    }

    /// Reads an event as a client declares it. `title` is required.
    public init(from reader: inout JSONReader) throws(JSONError) {
        var event = Event()
        try reader.object { (reader, name) throws(JSONError) in
            if try event.read(name, from: &reader) { return }
            switch name {
            case "origin": event.origin = try reader.choice()
            case "articles", "sources", "evidence": try reader.skip()
            default: throw reader.unknownField(name)
            }
        }
        try event.check(reader)
        self = event
    }

    func check(_ reader: JSONReader) throws(JSONError) {
        guard !title.isEmpty else { throw reader.missing("title", "An event needs a title.") }
        try checkDates(reader)
    }

    func checkDates(_ reader: JSONReader) throws(JSONError) {
        guard !Event.endsBeforeItStarts(start, end) else { throw reader.bad("end", .badDate, "The event ends before it starts.") }
    }

    /// Writes the members that are facts about the event; what the index counts is added by the API.
    public func writeMembers(to writer: inout JSONWriter) {
        writer.member("id", id)
        writer.member("title", title)
        writer.member("kind", kind)
        writer.member("start", start?.text)
        writer.member("end", end?.text)
        writer.member("precision", start?.precision.rawValue)
        writeDetails(to: &writer)
        writer.member("origin", origin.rawValue)
    }

    /// What an article doesn't say of it.
    func writeDetails(to writer: inout JSONWriter) {
        writer.member("status", status?.rawValue)
        writer.member("place", place)
        if !participants.isEmpty {
            writer.key("participants")
            writer.array { writer in
                for participant in participants {
                    writer.object {
                        $0.member(Slug.isValid(participant.id) ? "id" : "name", participant.id)
                        $0.member("role", participant.role)
                    }
                }
            }
        }
        if let confidence {
            writer.key("confidence")
            writer.number(confidence)
        }
    }

    /// Writes the event as an object.
    public func write(to writer: inout JSONWriter) {
        writer.object { writeMembers(to: &$0) }
    }
}

extension Event.Participant {
    init(from reader: inout JSONReader) throws(JSONError) {
        var id: String?
        var role: String?
        try reader.object { (reader, name) throws(JSONError) in
            switch name {
            case "id": id = try reader.slug()
            case "name":
                let name = try reader.text(limit: Limits.name)
                id = id ?? name
            case "role": role = try reader.optionalText(limit: Limits.word)
            default: throw reader.unknownField(name)
            }
        }
        guard let id else { throw reader.missing("id", "A participant is named by id or by name.") }
        self.init(id: id, role: role)
    }
}
