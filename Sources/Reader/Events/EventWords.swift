/// A verb that tells of a happening, as headlines write it.
struct EventVerb: Sendable {
    /// What has to stand beside it, so that it is the happening and not another sense.
    enum Need: Sendable {
        case nothing
        /// A place after "in", "at" or "to", and a person who goes there.
        case journey
        /// Something named right after it.
        case object
        /// Somebody named with whom, or several subjects.
        case partner
        /// A word of a list within the next tokens.
        case word(Set<WordKey>)
        /// Sport is what the sentence is about.
        case sport
        /// Two organisations.
        case companies
    }

    enum Form: Sendable { case base, third, past, participle, both, present }

    var kind: EventKind
    var base: String
    var third: String
    var participle: String
    var need: Need
    /// The subject of its active form has it done to itself: dies, resigns.
    var isUndergone: Bool
    /// Without an object it is passive: "a man arrested on Friday".
    var isPassive: Bool
}

/// A word that may tell of a happening.
struct EventWord: Sendable {
    var noun: EventKind?
    var verbs: [EventVerb] = []
    var form: EventVerb.Form = .base
    /// It may also be a noun that tells of nothing: "three sentences", "shells".
    var isNounToo = false
}

enum EventWords {
    static let table: [WordKey: EventWord] = {
        var table: [WordKey: EventWord] = [:]
        for (kind, nouns) in nouns {
            for noun in nouns.split(whereSeparator: \.isWhitespace) { table[WordKey(String(noun)), default: EventWord()].noun = kind }
        }
        for (kind, verbs, need, marks) in verbs {
            for entry in verbs.split(whereSeparator: \.isWhitespace) {
                let parts = entry.split(separator: "/").map(String.init)
                let base = parts[0]
                let past = parts.count > 1 ? parts[1] : regularPast(base)
                let participle = parts.count > 2 ? parts[2] : past
                let verb = EventVerb(
                    kind: kind, base: base, third: third(base), participle: participle, need: need, isUndergone: marks.contains("u"),
                    isPassive: marks.contains("p"))
                func add(_ word: String, _ form: EventVerb.Form) {
                    table[WordKey(word), default: EventWord()].verbs.append(verb)
                    table[WordKey(word), default: EventWord()].form = form
                    if form == .base || form == .third { table[WordKey(word)]?.isNounToo = nounsToo.contains(base) }
                }
                add(base, .base)
                add(third(base), .third)
                add(base.hasSuffix("e") ? base.dropLast() + "ing" : base + "ing", .present)
                add(participle, .participle)
                add(past, past == participle ? .both : .past)
            }
        }
        return table
    }()

    private static func third(_ base: String) -> String {
        if ["s", "sh", "ch", "x"].contains(where: { base.hasSuffix($0) }) { return base + "es" }
        if base.hasSuffix("y"), let before = base.dropLast().last, !"aeiou".contains(before) { return base.dropLast() + "ies" }
        return base + "s"
    }

    private static func regularPast(_ base: String) -> String {
        if base.hasSuffix("e") { return base + "d" }
        if base.hasSuffix("y"), let before = base.dropLast().last, !"aeiou".contains(before) { return base.dropLast() + "ied" }
        return base + "ed"
    }

    static func keys(_ words: String) -> Set<WordKey> { Set(words.split(whereSeparator: \.isWhitespace).map { WordKey(String($0)) }) }

    private static let nouns: [(EventKind, String)] = [
        (.visit, "visit visits trip tour"), (.meeting, "meeting meetings talks negotiations"),
        (.conference, "conference summit forum convention symposium congress expo"),
        (.agreement, "agreement accord treaty pact deal memorandum"), (.sanctions, "sanctions embargo"),
        (.election, "election elections referendum by-election runoff primary primaries"), (.appointment, "appointment inauguration"),
        (.resignation, "resignation dismissal ouster"), (.legislation, "legislation"),
        (
            .attack,
            """
            attack attacks bombing bombings airstrike airstrikes shooting shootings shelling assassination massacre ambush \
            stabbing raid raids
            """
        ),
        (.war, "war invasion aggression offensive"), (.peace, "ceasefire cease-fire truce armistice"), (.coup, "coup"),
        (.protest, "protest protests demonstration demonstrations rally march riot riots unrest"), (.strike, "strike strikes walkout"),
        (.crime, "murder murders robbery kidnapping heist theft"), (.arrest, "arrest arrests"),
        (.investigation, "investigation inquiry probe"),
        (.trial, "trial hearing lawsuit"), (.verdict, "verdict conviction ruling acquittal sentencing"),
        (
            .disaster,
            """
            earthquake quake flood floods flooding hurricane cyclone typhoon tornado tsunami wildfire wildfires eruption \
            landslide avalanche drought
            """
        ),
        (.accident, "crash accident collision derailment explosion blast stampede blaze fire sinking collapse"),
        (.rescue, "rescue evacuation"),
        (.outbreak, "outbreak epidemic pandemic"), (.death, "death funeral"),
        (.deal, "merger acquisition takeover buyout"), (.launch, "launch unveiling"), (.award, "award awards"),
        (.sport, "match final semifinal semi-final championship championships tournament olympics playoff victory"),
        (.ceremony, "ceremony parade anniversary commemoration"), (.festival, "festival concert exhibition fair carnival"),
        (.wedding, "wedding"),
    ]

    /// Regular verbs by their base; base/past/participle where the past is not "-ed". u: the subject undergoes it; p: passive if it has
    /// no object.
    private static let verbs: [(EventKind, String, EventVerb.Need, String)] = [
        (.visit, "visit tour", .object, ""), (.visit, "arrive travel/travelled/travelled fly/flew/flown", .journey, ""),
        (.meeting, "meet/met/met", .partner, ""),
        (.attack, "attack bomb shell stab/stabbed/stabbed ambush raid", .nothing, "p"),
        (
            .attack, "shoot/shot/shot",
            .word(keys("dead down police man men woman people officer soldiers protesters at in killed wounded himself")), "p"
        ),
        (.war, "invade annex", .object, "p"),
        (.death, "kill", .nothing, "p"), (.death, "die", .nothing, "u"), (.death, "pass", .word(keys("away")), "u"),
        (.crime, "murder kidnap/kidnapped/kidnapped abduct rob/robbed/robbed", .nothing, "p"),
        (.arrest, "arrest detain", .nothing, "p"), (.trial, "charge indict", .word(keys("with over for on")), "p"),
        (.trial, "sue", .object, ""),
        (.verdict, "convict sentence acquit/acquitted/acquitted jail", .nothing, "p"),
        (.election, "elect re-elect", .nothing, "p"),
        (
            .election, "win/won/won",
            .word(keys("election elections vote presidency seat seats referendum primary primaries caucus caucuses runoff majority")), ""
        ),
        (.award, "win/won/won", .word(keys("prize award awards oscar medal grammy emmy bafta nobel")), ""),
        (.sport, "beat/beat/beaten defeat trounce thrash edge", .sport, ""),
        (.appointment, "appoint nominate inaugurate", .nothing, "p"),
        (.resignation, "resign", .nothing, "u"), (.resignation, "sack oust dismiss", .object, "p"),
        (.resignation, "step/stepped/stepped", .word(keys("down aside")), "u"),
        (.protest, "protest demonstrate", .nothing, ""),
        (.launch, "launch unveil", .nothing, "p"),
        (.legislation, "pass approve adopt veto", .word(keys("bill law legislation act resolution amendment constitution budget")), "p"),
        (.deal, "acquire buy/bought/bought", .companies, ""), (.deal, "merge", .companies, ""),
        (.accident, "crash collide derail capsize", .nothing, "u"), (.disaster, "erupt", .nothing, "u"),
        (.accident, "collapse", .word(keys("killing building bridge mine roof tower stadium wall dam")), "u"),
        (.agreement, "sign", .word(keys("agreement accord treaty pact deal memorandum contract")), ""),
        (.peace, "surrender", .nothing, "u"), (.wedding, "marry", .object, ""), (.rescue, "rescue evacuate", .nothing, "p"),
    ]

    private static let nounsToo: Set = ["sentence", "charge", "shell", "edge", "defeat", "pass", "step", "beat", "sign", "bomb", "jail"]

    /// Verbs that carry a noun: "made a visit", "held talks".
    static let light = keys(
        """
        made make makes making paid pays held hold holds holding began begin begins start started starts launched launch launches \
        carried signed sign signs reached \
        reach attended attend attends hosted host hosts organized organised staged stage staging led leads announced announces \
        completed won win wins \
        lost conducted conduct staged called opened opens survived suffered joined join joins concluded ended ends committed \
        claimed imposed impose imposes \
        ordered declared agreed planned plans faces face faced went undertook undertake scheduled inaugurated
        """)
    /// Verbs by which a happening is taken back.
    static let undoing = keys(
        "cancelled canceled cancels postponed postpones scrapped scraps averted foiled thwarted shelved rejected rejects")
    /// Before "to" they say that it came to nothing, or hasn't happened.
    static let vain = keys(
        "unable failed fails refused refuses declined declines hopes hope hoping wants want wanted try trying tried seeks seeking")

    static let sport = keys(
        """
        match game games league cup final semifinal semi-final quarterfinal tournament championship championships season goal \
        goals coach club team teams \
        olympic olympics round innings wicket wickets touchdown set sets race medal penalty rugby football soccer tennis cricket \
        basketball baseball \
        hockey grand prix
        """)

    /// Before a noun they say that it may never happen.
    static let doubtful = keys(
        """
        no any possible potential threatened without avoid prevent fear fears feared risk threat threats alleged hypothetical \
        against for seek sought sought demand \
        demands demanded calls urged proposed never future avert anti pre post like likely
        """)

    static let planned = keys("planned upcoming forthcoming scheduled next coming")

    static let be = keys("is are was were be been being 's 're am")
    static let have = keys("has have had 've having")
    static let modal = keys("will 'll shall wo")
    static let doubt = keys("would could might may can should must if whether ca cannot 'd")
    static let not = keys("not n't never always often usually no neither nor deny denied denies without failed refused avoid avoided")
    static let adverbs = keys(
        """
        also then later now reportedly recently already still first officially formally finally again just once allegedly \
        twice both all since previously subsequently soon
        """
    )
    static let intends = keys(
        "plans plan planned expected scheduled set due going poised slated is are was were agreed agrees vows ready about intends")
    static let determiners = keys("a an the this that these those his her its their our my your another every each some any no one")
    static let articles = keys("a an the this that these those")
    static let possessives = keys("his her its their our my your")
    static let prepositions = keys(
        """
        of in on at to for from with by about against over into between among through during after before near under within \
        across around as toward towards outside inside via off
        """
    )
    static let places = keys("in at near outside inside across around off throughout")
    static let stops = keys(
        """
        after before when while because although though since who whom whose which that where if unless until as but said says say \
        told added \
        according is are was were will would has have had be been being could may might should can must did do does amid
        """)
    static let trailing = keys(
        """
        of in on at to for from with by about against over into between and or the a an his her its their but than as that \
        which who early late through until since near under within during
        """
    )
    static let relatives = keys("who which that where whose")
}
