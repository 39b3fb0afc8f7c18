/// Verbs that speech is told with, and the words around them.
enum SpeechVerbs {
    /// Verbs that can stand after what was said: "…," he added.
    static let plain = keys(
        """
        said says say saying told tells tell telling added adds wrote writes tweeted tweets posted asked asks replied replies explained \
        explains noted notes stated states announced insisted insists argued argues claimed claims declared declares warned warns admitted \
        admits acknowledged recalled recalls remarked commented continued continues concluded observed joked quipped shouted cried yelled \
        whispered complained countered responded answered stressed stresses emphasized emphasised suggested suggests predicted vowed \
        pledged promised urged reiterated testified confirmed denied agreed lamented boasted assured maintained mused exclaimed pleaded \
        cautioned conceded contended affirmed asserted charged reported speaking concedes reads read repeated hailed
        """)

    /// Verbs that only tell speech where the words follow: he called it "…".
    static let before = plain.union(
        keys(
            """
            called calls described describes praised denounced condemned dismissed criticized criticised branded labelled \
            labeled referred thanked
            """
        ))

    /// What may stand between a subject and its verb.
    static let between = keys(
        "has have had also later then again further once still previously earlier recently reportedly only even then 've 'd will would")

    static let he = keys("he him himself")
    static let she = keys("she her herself")
    static let they = keys("they them")
    static let heOrShe = he.union(she)
    static let pronouns = he.union(she).union(keys("they i we it"))

    /// Nouns that a speaker is called by.
    static let speakers = keys(
        """
        official officials spokesman spokeswoman spokesperson president minister secretary politician leader mayor governor senator chief \
        director chairman chairwoman chair head lawyer attorney judge officer commander general ambassador diplomat envoy analyst expert \
        professor scientist researcher doctor coach manager player captain actor actress singer author writer director founder activist \
        campaigner mother father wife husband son daughter brother sister man woman boy girl teacher student resident witness victim \
        executive premier chancellor king queen prince princess pope bishop priest congressman congresswoman lawmaker prosecutor candidate \
        statement report police company government ministry agency court party group union
        """)

    static let women = keys(
        """
        spokeswoman chairwoman congresswoman actress queen princess mother wife daughter sister woman girl ms mrs miss ms. mrs. lady \
        businesswoman duchess mary anna anne ann maria elizabeth susan sarah sara margaret theresa angela hillary nancy kamala \
        ursula greta \
        jennifer jessica emily emma olivia sophia laura julia karen lisa linda patricia barbara helen kate catherine katherine \
        michelle melania \
        christine christina nicola jacinda kate rachel rebecca ruth alice jane joan diane diana carol sandra sharon amy angelina \
        marta adrienne \
        claire charlotte victoria natalie natalia elena olga irina svetlana giorgia sanna mette marine marie sophie isabel ana \
        carmen rosa lucy \
        hannah megan meghan camilla eva ingrid heidi monica veronica yulia fatima aisha malala indira benazir dilma cristina penny \
        liz suella priti
        """)
    static let men = keys(
        """
        spokesman chairman congressman actor king prince father husband son brother man boy mr mr. businessman duke john james \
        robert michael \
        william david richard joseph thomas charles christopher daniel matthew anthony mark donald steven paul andrew joshua kenneth kevin \
        brian george edward ronald timothy jason jeffrey ryan jacob gary nicholas eric jonathan stephen larry justin scott brandon \
        benjamin \
        samuel gregory frank alexander patrick jack dennis jerry tyler aaron jose adam nathan henry peter boris vladimir volodymyr \
        emmanuel \
        joe barack bill lloyd antony mike jim tom tim dmitry sergei sergey viktor andrzej lech olaf rishi keir jeremy narendra imran recep \
        mohammed mohamed muhammad ahmed ali hassan abdullah benjamin xi carlos luis juan pedro jorge antonio giuseppe matteo silvio mario \
        hans karl jens lars erik simon martin philip harry alan ian neil craig stuart graham hugo nicolas francois jean
        """)

    private static func keys(_ words: String) -> Set<WordKey> {
        Set(words.split(whereSeparator: \.isWhitespace).map { WordKey(String($0)) })
    }
}
