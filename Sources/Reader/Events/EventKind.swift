/// Sorts of happenings: a coarse list, each with the IPTC Media Topic that fits it where one does. docs/EVENTS.md shows it.
public enum EventKind: String, Sendable, CaseIterable {
    case visit, meeting, conference, agreement, sanctions, election, appointment, resignation, legislation
    case attack, war, peace, coup, protest, strike
    case crime, arrest, investigation, trial, verdict
    case disaster, accident, rescue, outbreak, death
    case deal, launch, award, sport, ceremony, festival, wedding

    /// The Media Topic as a QCode (http://cv.iptc.org/newscodes/mediatopic/), nil where none says the same.
    public var mediaTopic: String? {
        switch self {
        case .agreement: "medtop:20000638"
        case .sanctions: "medtop:20000642"
        case .election: "medtop:20000574"
        case .legislation: "medtop:20000121"
        case .attack: "medtop:16000000"
        case .war: "medtop:20000056"
        case .peace: "medtop:20000073"
        case .coup: "medtop:20000070"
        case .protest: "medtop:20000066"
        case .strike: "medtop:20000530"
        case .crime: "medtop:20000082"
        case .arrest, .investigation: "medtop:20000129"
        case .trial, .verdict: "medtop:20000106"
        case .disaster: "medtop:20000148"
        case .accident: "medtop:20000139"
        case .rescue: "medtop:20000168"
        case .outbreak: "medtop:20000446"
        case .deal: "medtop:04000000"
        case .award: "medtop:20000498"
        case .sport: "medtop:20001108"
        case .ceremony: "medtop:20000501"
        case .festival: "medtop:20000002"
        case .visit, .meeting, .conference, .appointment, .resignation, .death, .launch, .wedding: nil
        }
    }

    /// Whether it can go on since a day: an arrest is over when it is made.
    var lasts: Bool {
        switch self {
        case .war, .protest, .strike, .outbreak, .investigation, .trial, .disaster, .sanctions, .peace, .festival, .conference, .rescue:
            true
        default: false
        }
    }

    /// Whether it happens to whom it is called after: a death, an arrest.
    var isUndergone: Bool {
        switch self {
        case .death, .arrest, .trial, .verdict, .appointment, .resignation, .wedding, .crime, .rescue: true
        default: false
        }
    }

    /// Whether the place that it is called after is where it is, rather than who does it.
    var isHeldSomewhere: Bool {
        switch self {
        case .festival, .award, .conference, .sport, .disaster, .accident, .ceremony, .election, .outbreak, .protest, .crime, .coup,
            .strike:
            true
        default: false
        }
    }

    /// The kinds that may tell of the same happening, this one first.
    public var kin: [EventKind] { [self] + EventKind.allCases.filter { $0 != self && $0.family == family } }

    /// Kinds that tell one happening from several sides share a family; the first of a family in the list above names it.
    var family: Int {
        switch self {
        case .visit, .meeting: 0
        case .attack, .crime, .disaster, .accident, .death: 1
        default: 2 + (Self.allCases.firstIndex(of: self) ?? 0)
        }
    }
}

/// As what somebody or something takes part in an event.
public enum EventRole: String, Sendable, CaseIterable {
    /// Who does it: visits, attacks, wins, signs.
    case agent
    /// Whom it is done to: who is attacked, arrested, elected, who dies.
    case patient
    /// With whom it is done: whom one meets, plays or agrees with.
    case partner
    /// In it some other way.
    case participant
}
