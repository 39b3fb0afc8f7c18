/// A unit that time is counted in.
enum TimeUnit: Sendable {
    case second, minute, hour, day, weekend, week, fortnight, month, quarter, season, year, decade, century
}

/// A season of the northern year, in the order in which they begin: winter is named by the year of its December.
enum Season: Int, Sendable {
    case spring, summer, autumn, winter
}

/// A part of the day, as TIMEX3 writes it.
enum PartOfDay: String, Sendable {
    case morning = "MO"
    case midday = "MI"
    case afternoon = "AF"
    case evening = "EV"
    case night = "NI"
}

/// A word that expressions of time are made of.
enum TimeWord: Sendable {
    enum Relation: Sendable { case last, past, next, coming, this, previous, following, same, that }
    enum Portion: Sendable { case early, mid, late, earlier, later, beginning, middle, end }
    enum Function: Sendable {
        case the, of, and, or, to, through, until, from, between, ago, before, after, on, at, by, per, every, once, eve, old, long, fiscal
        case than, about, `in`, since, during, hyphen, dash, comma, slash, apostrophe, possessive, openBracket, circa
        case future, present, am, pm, oClock, local, time, consecutive, hundred, thousand
        case christmas, new, easter, good, black, thanksgiving, halloween, boxing, valentine, labor, memorial
    }
    case month(Int, short: Bool)
    /// 0 is Monday.
    case weekday(Int, short: Bool)
    case weekdays(Int)
    case unit(TimeUnit, plural: Bool)
    case number(Int)
    case article
    case vague
    case couple
    case dozen
    case half
    case ordinal(Int)
    case relative(Relation)
    case season(Season)
    case part(PartOfDay)
    case relativeDay(Int)
    case tonight
    case overnight
    case portion(Portion)
    case decade(Int)
    case frequency(TimeUnit)
    case noon, midnight
    case zone(minutes: Int)
    case reference(TimeValue)
    case function(Function)
}

extension TimeWord {
    /// All of them, by key.
    static let table: [WordKey: TimeWord] = {
        var table: [WordKey: TimeWord] = [:]
        func add(_ words: String, _ word: TimeWord) {
            for key in words.split(separator: " ") { table[WordKey(String(key))] = word }
        }
        let months =
            "january february march april may june july august september october november december".split(separator: " ")
        for (index, month) in months.enumerated() {
            add(String(month), .month(index + 1, short: false))
            let short = month.prefix(3)
            if short != "may" { add("\(short) \(short).", .month(index + 1, short: true)) }
        }
        add("sept sept.", .month(9, short: true))
        for (index, day) in ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"].enumerated() {
            add(day, .weekday(index, short: false))
            add(day + "s", .weekdays(index))
            add("\(day.prefix(3)) \(day.prefix(3)).", .weekday(index, short: true))
        }
        add("tues tues.", .weekday(1, short: true))
        add("thur thur. thurs thurs.", .weekday(3, short: true))
        let units: [(String, TimeUnit)] = [
            ("second", .second), ("minute", .minute), ("hour", .hour), ("day", .day), ("weekend", .weekend), ("week", .week),
            ("fortnight", .fortnight), ("month", .month), ("quarter", .quarter), ("season", .season), ("year", .year), ("decade", .decade),
        ]
        for (word, unit) in units {
            add(word, .unit(unit, plural: false))
            add(word + "s", .unit(unit, plural: true))
        }
        add("century", .unit(.century, plural: false))
        add("centuries", .unit(.century, plural: true))
        add("qtr", .unit(.quarter, plural: false))
        add("hrs", .unit(.hour, plural: true))
        add("mins", .unit(.minute, plural: true))
        let small = """
            one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen
            """
        for (index, word) in small.split(whereSeparator: \.isWhitespace).enumerated() { add(String(word), .number(index + 1)) }
        let tens = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
        for (index, word) in tens.enumerated() {
            add(word, .number((index + 2) * 10))
            add(word.dropLast() + "ies", .decade((index + 2) * 10))
        }
        add("hundred", .function(.hundred))
        add("thousand", .function(.thousand))
        let ordinals = """
            first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth \
            seventeenth eighteenth nineteenth twentieth
            """
        for (index, word) in ordinals.split(separator: " ").enumerated() where word != "second" { add(String(word), .ordinal(index + 1)) }
        add("a an", .article)
        add("several few some many", .vague)
        add("couple", .couple)
        add("dozen", .dozen)
        add("half", .half)
        add("last", .relative(.last))
        add("past", .relative(.past))
        add("next", .relative(.next))
        add("coming", .relative(.coming))
        add("this current", .relative(.this))
        add("previous preceding", .relative(.previous))
        add("following", .relative(.following))
        add("same", .relative(.same))
        add("that", .relative(.that))
        add("spring", .season(.spring))
        add("summer", .season(.summer))
        add("autumn fall", .season(.autumn))
        add("winter", .season(.winter))
        add("morning mornings dawn", .part(.morning))
        add("midday lunchtime", .part(.midday))
        add("afternoon afternoons", .part(.afternoon))
        add("evening evenings dusk", .part(.evening))
        add("night nights", .part(.night))
        add("yesterday", .relativeDay(-1))
        add("today", .relativeDay(0))
        add("tomorrow", .relativeDay(1))
        add("tonight", .tonight)
        add("overnight", .overnight)
        add("early", .portion(.early))
        add("late", .portion(.late))
        add("mid", .portion(.mid))
        add("earlier", .portion(.earlier))
        add("later", .portion(.later))
        add("beginning start", .portion(.beginning))
        add("middle", .portion(.middle))
        add("end", .portion(.end))
        add("daily nightly", .frequency(.day))
        add("weekly", .frequency(.week))
        add("monthly", .frequency(.month))
        add("quarterly", .frequency(.quarter))
        add("annually yearly", .frequency(.year))
        add("hourly", .frequency(.hour))
        add("noon", .noon)
        add("midnight", .midnight)
        add("now currently nowadays", .reference(.present))
        add("recently", .reference(.past))
        let zones: [(String, Int)] = [
            ("gmt utc z", 0), ("bst cet west", 60), ("cest eet sast", 120), ("msk eest trt", 180), ("gst", 240), ("pkt", 300), ("ist", 330),
            ("hkt sgt awst", 480), ("jst kst", 540), ("aest", 600), ("aedt", 660), ("nzst", 720), ("nzdt", 780), ("adt brt", -180),
            ("edt", -240), ("est et cdt", -300), ("cst mdt", -360), ("mst pdt", -420), ("pst", -480),
        ]
        for (names, minutes) in zones { add(names, .zone(minutes: minutes)) }
        let functions: [(String, Function)] = [
            ("the", .the), ("of", .of), ("and", .and), ("or", .or), ("to", .to), ("through thru", .through), ("until till til", .until),
            ("from", .from), ("between", .between), ("ago", .ago), ("before", .before), ("after", .after), ("on", .on), ("at", .at),
            ("by", .by), ("per", .per), ("every each", .every), ("once twice", .once), ("eve", .eve), ("old", .old),
            ("long", .long), ("fiscal financial", .fiscal), ("than", .than),
            ("about around roughly nearly almost over under approximately some", .about),
            ("in within", .in), ("since", .since), ("during throughout over", .during), ("-", .hyphen), ("–", .dash), ("—", .dash),
            (",", .comma), ("/", .slash), ("' ’ ‘", .apostrophe), ("'s", .possessive), ("(", .openBracket), ("future", .future),
            ("present moment", .present), ("a.m. a.m am", .am), ("p.m. p.m pm", .pm), ("o'clock o’clock", .oClock), ("local", .local),
            ("time", .time), ("consecutive straight full more whole successive", .consecutive), ("christmas", .christmas), ("new", .new),
            ("easter", .easter), ("good", .good), ("black", .black), ("thanksgiving", .thanksgiving), ("halloween", .halloween),
            ("boxing", .boxing), ("valentine", .valentine), ("labor labour", .labor), ("memorial", .memorial), ("circa c.", .circa),
        ]
        for (words, function) in functions {
            for key in words.split(separator: " ") where table[WordKey(String(key))] == nil { add(String(key), .function(function)) }
        }
        table[WordKey("’s")] = .function(.possessive)
        return table
    }()
}
