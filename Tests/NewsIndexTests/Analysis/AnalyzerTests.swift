import Foundation
import NewsIndex
import TestSupport
import Testing

/// Words as people expect them. A case shows positions parted by blanks, and other forms at the same position after slashes.
struct AnalyzerTests {
    struct Read: Equatable {
        var exact: String
        var stem: String?
        var position: Int
        var range: Range<Int>
    }

    static func read(_ text: String, _ language: String? = nil, _ mode: Analyzer.Mode = .full) -> [Read] {
        var tokens: [Read] = []
        let count = Analyzer(mode).forEachToken(in: text, language: language) { token in
            tokens.append(
                Read(
                    exact: String(decoding: token.exact, as: UTF8.self), stem: token.stem.map { String(decoding: $0, as: UTF8.self) },
                    position: Int(token.position), range: token.range))
        }
        #expect(tokens.allSatisfy { $0.position < count } && zip(tokens, tokens.dropFirst()).allSatisfy { $0.position <= $1.position })
        return tokens
    }

    static func shown(_ text: String, _ language: String? = nil, _ mode: Analyzer.Mode = .full) -> String {
        var places: [[String]] = []
        for token in read(text, language, mode) {
            while places.count <= token.position { places.append([]) }
            places[token.position].append(token.exact)
        }
        return places.map { $0.joined(separator: "/") }.joined(separator: " ")
    }

    static func stems(_ text: String, _ language: String) -> String {
        read(text, language).map { $0.stem ?? $0.exact }.joined(separator: " ")
    }

    @Test(arguments: [
        ("The quick, brown fox.", "the quick brown fox"),
        ("U.S. and US and u.s.a", "us and us and usa"),
        ("a Ph.D. from M.I.T.", "a phd from mit"),
        ("reuters.com said.Next", "reuters com said next"),
        ("AT&T, R&D", "at/att t r/rd d"),
        ("Covid-19 and F-16s", "covid/covid19 19 and f/f16s 16s"),
        ("state-of-the-art e-mail", "state of the art e/email mail"),
        ("1986-87", "1986 87"),
        ("O'Neill met D'Souza", "oneill/neill met dsouza/souza"),
        ("O’Neill’s", "oneill/oneills"),
        ("McDonald's isn't", "mcdonald/mcdonalds isnt"),
        ("they're I'm", "they i"),
        ("l'avion d'etat", "avion/lavion etat/detat"),
        ("rock'n'roll 'tis James'", "rocknroll tis james"),
        ("1,000 1.000 1'000 12,345,678", "1000 1000 1000 12345678"),
        ("1.5 1,5 0.125 1,234.56 3.5bn", "1.5 1.5 0.125 1234.56 3.5bn"),
        ("20.11.2023 10.0.0.1 5,1987", "20 11 2023 10 0 0 1 5 1987"),
        ("3G mp3 1990s $5m 50%", "3g mp3 1990s 5m 50"),
        ("12:30 a:b foo_bar _x_", "12 30 a b foo bar x"),
        ("CO₂ and m²", "co2 and m2"),
        ("Łódź Straße Ærø Þór Œuvre", "lodz strasse aero/aeroe thor oeuvre"),
        ("İstanbul ISPARTA ısparta", "istanbul isparta isparta"),
        ("ΟΔΟΣ οδός Ελλάς", "οδοσ οδοσ ελλασ"),
        ("Ёлка Київ ґанок", "елка киів ганок"),
        ("Schröder Müller Ålesund Øst", "schroder/schroeder muller/mueller alesund/aalesund ost/oest"),
        ("cafe\u{301} ﬁnance Ｆｕｌｌ ①", "cafe finance full"),
        ("soft\u{AD}hyphen zero\u{200B}width", "softhyphen zero width"),
        ("col·legi Hawaiʻi naïve", "collegi hawaii naive"),
        ("أحمد مدرسة ى ۱۲۳", "احمد مدرسه ي 123"),
        ("שָׁלוֹם צה\"ל", "שלום צהל"),
        ("हिन्दी में", "हिन्दी में"),
        ("“quoted” — dash…", "quoted dash"),
        ("👩\u{200D}🚀 🇺🇦 !?", ""),
        ("", ""),
    ])
    func words(_ text: String, _ expected: String) {
        #expect(Self.shown(text) == expected)
    }

    @Test(arguments: [
        ("東京大学", "東京 京大 大学 学"),
        ("東", "東"),
        ("トランプ氏", "トラ ラン ンプ プ氏 氏"),
        ("ｶﾞｲﾄﾞ", "ガイ イド ド"),
        ("か\u{3099}き", "がき き"),
        ("2023年", "2023 年"),
        ("K팝 스타", "k 팝 스타 타"),
        ("\u{1112}\u{1161}\u{11AB}\u{1100}\u{116E}\u{11A8}", "한국 국"),
        ("ประเทศไทย", "ปร ระ ะเ เท ทศ ศไ ไท ทย ย"),
        ("น้ำ", "น้ำ ำ"),
        ("ភាសា", "ភាសា សា"),
    ])
    func scriptsWithoutSpacesArePairs(_ text: String, _ expected: String) {
        #expect(Self.shown(text) == expected)
    }

    @Test func languagesDecideAboutElisionsAndUmlauts() {
        #expect(Self.shown("L'Express d'Artagnan", "fr") == "express/lexpress artagnan/dartagnan")
        #expect(Self.shown("L'Express d'Artagnan", "en") == "lexpress/express dartagnan/artagnan")
        #expect(Self.shown("dell'Italia aujourd'hui", "it-IT") == "italia/dellitalia aujourdhui")
        #expect(Self.shown("Helsingissä", "fi") == "helsingissa")
        #expect(Self.shown("Sørensen", "da") == "sorensen/soerensen")
    }

    @Test func stemsAreOfTheWordAsItIsWritten() {
        #expect(Self.stems("The elections were running", "en-GB") == "the elect were run")
        #expect(Self.stems("Les élections générales", "fr") == "le elect general")
        #expect(Self.stems("Die Häuser der Wahlen", "de") == "die haus haeuser der wahl")
        #expect(Self.stems("новостями Новости", "ru") == "новост новост")
        #expect(Self.read("run running", "en").map(\.stem) == [nil, "run"])
        #expect(Self.read("McDonald's", "en").map(\.exact) == ["mcdonald", "mcdonalds"])
        #expect(Self.stems("companies' company’s", "en") == "compani compani companys")
        #expect(Self.read("running", "xx").map(\.stem) == [nil])
        #expect(Self.read("running", "eng").map(\.stem) == ["run"])
        #expect(Self.stems("e\u{301}lections élections élec\u{AD}tions", "fr") == "elect elect elect")
    }

    @Test func everyLanguageHasAStemmer() {
        for language in StemLanguage.allCases {
            #expect(Analyzer.stem("word", in: language).isEmpty == false)
        }
        #expect(Set(StemLanguage.allCases.map(\.rawValue)).count == StemLanguage.allCases.count)
        #expect(StemLanguage(tag: "pt-BR") == .portuguese && StemLanguage(tag: "NB") == .norwegian && StemLanguage(tag: "zh") == nil)
        #expect(StemLanguage(tag: "") == nil && StemLanguage(tag: "english") == nil)
        #expect(Analyzer.stem("elections", in: .english) == "elect" && Analyzer.stem("run", in: .english) == "run")
    }

    /// More words than are remembered, of all lengths, frequent and rare: each has one stem, whatever was asked for before.
    @Test func stemsAreRememberedAsTheyWere() {
        var chance = Chance(seed: 1)
        let words = (0..<60_000).map { number in
            let word = String((0...chance.below(22)).map { _ in Character(Unicode.Scalar(UInt8(97 + chance.below(26)))) })
            return number % 3 == 0 ? word + "ing" : number % 7 == 0 ? String(number) : word
        }
        let stems = words.map { Analyzer.stem($0, in: .english) }
        #expect(words.indices.reversed().allSatisfy { Analyzer.stem(words[$0], in: .english) == stems[$0] })
        #expect((0..<60_000).allSatisfy { stems[$0] == words[$0] || Int(words[$0]) == nil })
        let frequent = words.prefix(50)
        for place in 0..<60_000 { _ = Analyzer.stem(place % 3 == 0 ? words[place] : frequent[place % 50], in: .english) }
        #expect(frequent.indices.allSatisfy { Analyzer.stem(words[$0], in: .english) == stems[$0] })
    }

    @Test func placesAreWhereTheWordStands() {
        let text = "Łódź: l'avion, U.S. & AT&T 東京都"
        for token in Self.read(text, "fr") {
            let utf8 = Array(text.utf8)[token.range]
            #expect(String(validating: utf8, as: UTF8.self) != nil, "\(token)")
        }
        #expect(Self.read("in l'avion").map(\.range) == [0..<2, 5..<10, 3..<10])
        #expect(Self.read("a Covid-19").map(\.range) == [0..<1, 2..<7, 2..<10, 8..<10])
    }

    @Test func plainWordsAreRunsOfLettersAndDigits() {
        #expect(Self.shown("O'Neill's U.S. Covid-19 1,000", nil, .plain) == "o neill s u s covid 19 1 000")
        #expect(Self.shown("Élan vital naïve 東京 ½x", "fr", .plain) == "élan vital naïve 東京 ½x")
        let long = String(repeating: "x", count: 40)
        #expect(Self.read("a \(long) b", nil, .plain).map(\.position) == [0, 2])
        #expect(Self.read("a \(long.dropLast()) b", nil, .plain).count == 3)
    }

    @Test func longWordsAreCut() {
        let long = String(repeating: "ab", count: 500_000)
        #expect(Self.read(long).map(\.exact.utf8.count) == [Analyzer.longestWord])
        #expect(Self.read(long)[0].range == 0..<1_000_000)
        let accented = String(repeating: "é東", count: 1)
        #expect(Self.shown(accented) == "e 東")
        let cyrillic = String(repeating: "щ", count: 300_000)
        #expect(Self.read(cyrillic, "ru").map(\.exact) == [String(repeating: "щ", count: 64)])
    }
}
