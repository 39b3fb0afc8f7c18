import News

/// What the reader found in an article. The same article, publication time and version always give the same reading.
public struct Reading: Sendable, Equatable {
    /// The version of the reader: another one may find other things in the same article.
    public static let version = 1

    /// What the article is written in.
    public var language: DetectedLanguage?
    /// Names, in the order of fields (headline, summary, body) and of the text.
    public var mentions: [Mention] = []
    /// The places that mentions name, in the order of the entities' numbers; each number at most once.
    public var places: [FoundPlace] = []
    /// Expressions of time, in the same order.
    public var dates: [FoundDate] = []
    /// Happenings, each once, in the order in which they are first told.
    public var events: [FoundEvent] = []
    /// Direct speech, in the same order.
    public var quotes: [FoundQuote] = []

    /// A reading that found nothing yet.
    public init() {}
}

/// A language, and by what it is known.
public struct DetectedLanguage: Sendable, Equatable {
    /// By what a language is known.
    public enum Evidence: String, Sendable, CaseIterable {
        /// The client said so.
        case given
        /// Letters that only it uses, or hardly any other.
        case script
        /// Its commonest words.
        case words
    }

    /// BCP 47.
    public var code: String
    /// By what it is known.
    public var evidence: Evidence
    /// 0 to 1.
    public var confidence: Double

    /// A language with what speaks for it.
    public init(code: String, evidence: Evidence, confidence: Double) {
        self.code = code
        self.evidence = evidence
        self.confidence = confidence
    }
}

/// A name in the text.
public struct Mention: Sendable, Equatable {
    /// Where it stands, without titles, articles and possessives.
    public var span: TextSpan
    /// The tokens that it consists of, in the field's text.
    public var tokens: Range<Int>
    /// The sentence that it is in, counted from 0 in its field.
    public var sentence: Int
    /// What sort of thing it names; `other` for nationalities, languages and what else is neither person, organisation nor place.
    public var kind: Entity.Kind
    /// The name as it is written.
    public var text: String
    /// What the article says beside the name of who or what it is: `US Secretary of Defense`, `spokeswoman`.
    public var description: TextSpan?
    /// The place that the name is an adjective of: `Ukraine` for `Ukrainian`.
    public var adjectiveOf: String?
    /// The number of what it names: mentions of the same thing in the article share it.
    public var entity: Int
    /// 0 to 1.
    public var confidence: Double

    /// A name with all that is known of it.
    public init(
        span: TextSpan, tokens: Range<Int>, sentence: Int, kind: Entity.Kind, text: String, description: TextSpan? = nil,
        adjectiveOf: String? = nil, entity: Int, confidence: Double
    ) {
        self.span = span
        self.tokens = tokens
        self.sentence = sentence
        self.kind = kind
        self.text = text
        self.description = description
        self.adjectiveOf = adjectiveOf
        self.entity = entity
        self.confidence = confidence
    }
}

/// An expression of time, resolved against the publication time. Values are written as in TIMEX3 (ISO-TimeML): `2023-11-20`,
/// `2023-W47`, `2023-11-20TEV`, `P2W`, `PRESENT_REF`.
public struct FoundDate: Sendable, Equatable {
    /// The four types of TIMEX3.
    public enum Kind: String, Sendable, CaseIterable { case date, time, duration, set }

    /// How much is known of a point in time, the coarsest first.
    public enum Precision: String, Sendable, CaseIterable {
        case century, decade, year, half, season, quarter, month, week, weekend, day, partOfDay, minute
    }

    /// Where it stands.
    public var span: TextSpan
    /// The tokens that it consists of, in the field's text.
    public var tokens: Range<Int>
    /// The sentence that it is in, counted from 0 in its field.
    public var sentence: Int
    /// What sort of expression it is.
    public var kind: Kind
    /// The value of TIMEX3.
    public var value: String
    /// How much is known; nil if it is no point in time.
    public var precision: Precision?
    /// The first day that it can mean, in the zone of the publication. A span like "the past 30 days" has days as well.
    public var first: CalendarDay?
    /// The last day that it can mean, inclusive.
    public var last: CalendarDay?
    /// 0 to 1: whole dates are certain, what hangs on the tense of a verb is less so.
    public var confidence: Double

    /// An expression with its value.
    public init(
        span: TextSpan, tokens: Range<Int>, sentence: Int, kind: Kind, value: String, precision: Precision? = nil,
        first: CalendarDay? = nil, last: CalendarDay? = nil, confidence: Double
    ) {
        self.span = span
        self.tokens = tokens
        self.sentence = sentence
        self.kind = kind
        self.value = value
        self.precision = precision
        self.first = first
        self.last = last
        self.confidence = confidence
    }
}

/// Direct speech.
public struct FoundQuote: Sendable, Equatable {
    /// What was said, without the marks around it.
    public var text: String
    /// Where it stands, without the marks around it.
    public var span: TextSpan
    /// The sentence that it begins in, counted from 0 in its field.
    public var sentence: Int
    /// Who said it: the number of a mention in the reading. A pronoun is followed to the name that it stands for.
    public var speaker: Int?
    /// The words that say who said it, where it is not a name: `he`, `the White House official`.
    public var attribution: TextSpan?
    /// Whether whole sentences are quoted, rather than some words within somebody else's.
    public var isWhole: Bool
    /// 0 to 1: how sure the speaker is.
    public var confidence: Double

    /// Words that somebody said.
    public init(
        text: String, span: TextSpan, sentence: Int, speaker: Int? = nil, attribution: TextSpan? = nil, isWhole: Bool, confidence: Double
    ) {
        self.text = text
        self.span = span
        self.sentence = sentence
        self.speaker = speaker
        self.attribution = attribution
        self.isWhole = isWhole
        self.confidence = confidence
    }
}

/// A happening that the article tells of.
public struct FoundEvent: Sendable, Equatable {
    /// Somebody or something that takes part, and as what.
    public struct Participant: Sendable, Equatable {
        /// The number of a mention in the reading.
        public var mention: Int
        /// As what.
        public var role: EventRole

        /// A participant by the number of its mention.
        public init(mention: Int, role: EventRole) {
            self.mention = mention
            self.role = role
        }
    }

    /// What sort of happening it is.
    public var kind: EventKind
    /// What happened, in a line that a person would write.
    public var title: String
    /// When it begins, as precisely as is known.
    public var start: EventDate?
    /// When it ends, if that is told.
    public var end: EventDate?
    /// Whether it is over, goes on, or is to come.
    public var status: Event.Status
    /// Where: the number of a mention in the reading.
    public var place: Int?
    /// Who took part, each once.
    public var participants: [Participant]
    /// The sentences that tell of it.
    public var evidence: [TextSpan]
    /// The sentence that first tells of it, counted from 0 in its field.
    public var sentence: Int
    /// 0 to 1.
    public var confidence: Double

    /// A happening with what is known of it.
    public init(
        kind: EventKind, title: String, start: EventDate? = nil, end: EventDate? = nil, status: Event.Status,
        place: Int? = nil, participants: [Participant] = [], evidence: [TextSpan], sentence: Int, confidence: Double
    ) {
        self.kind = kind
        self.title = title
        self.start = start
        self.end = end
        self.status = status
        self.place = place
        self.participants = participants
        self.evidence = evidence
        self.sentence = sentence
        self.confidence = confidence
    }
}
