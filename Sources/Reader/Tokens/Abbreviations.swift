/// Words that a stop belongs to, and what that says about the end of a sentence.
enum Abbreviation {
    /// A name, a number or a word follows, so that no sentence ends here: `Mr.`, `Gen.`, `St.`.
    case prefix
    /// A number follows, or else the stop ends a sentence: `No.`, `Sat.`.
    case beforeNumber
    /// May end a sentence: `Inc.`, `Calif.`, `etc.`.
    case anywhere

    /// Words that may be one; case tells `Miss.` from `miss.` where `capital` says so.
    struct Entry {
        var kind: Abbreviation
        var capital: Bool
    }

    static let table: [WordKey: Entry] = {
        var table: [WordKey: Entry] = [:]
        func add(_ words: String, _ kind: Abbreviation, capital: Bool) {
            for word in words.split(separator: " ") { table[WordKey(String(word))] = Entry(kind: kind, capital: capital) }
        }
        add(
            """
            mr mrs ms mx messrs dr prof gen sen rep gov lt col sgt capt cpl cmdr cdr adm maj brig pvt supt insp det hon rev fr st ste \
            mt ft pres amb atty sec msgr bp archbp secy treas asst dep dist mme mlle jan feb apr jun jul aug sept oct nov dec
            """, .prefix, capital: true)
        add("vs viz cf approx ca incl al", .prefix, capital: false)
        add("no nos vol pp sat sun mon tue tues wed thu thur thurs fri mar sep art", .beforeNumber, capital: false)
        add(
            """
            inc ltd corp co cos bros plc jr sr esq llc assn assoc dept univ intl natl ave blvd rd hwy calif fla tex mass conn penn mich \
            wis minn okla ore wash ariz colo tenn ala miss neb nev kan ark mont wyo del
            """, .anywhere, capital: true)
        add("etc est ed eds dlrs pct mln bln", .anywhere, capital: false)
        return table
    }()

    /// Words that begin sentences and hardly ever go on with a name: after `U.S.` they say that a sentence is over.
    static let starters: Set<WordKey> = {
        let words = """
            the a an he she it they we i you his her its their our my this that these those there here in on at by for from to with \
            as if but and or so yet nor when while after before since until although though because however meanwhile moreover \
            also both each some many most several all no not one two three what who why how where which today yesterday tomorrow \
            last earlier later then now only even still such once despite during among under
            """
        return Set(words.split(separator: " ").map { WordKey(String($0)) })
    }()
}
