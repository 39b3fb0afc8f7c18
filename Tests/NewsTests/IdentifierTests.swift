import News
import TestSupport
import Testing

struct ArticleIDTests {
    @Test func roundTripAndOrder() {
        var chance = Chance(seed: 1)
        for _ in 0..<5_000 {
            let (a, b) = (chance.articleID(), chance.articleID())
            #expect(ArticleID(a.description) == a && ArticleID(a.description.uppercased()) == a && a.description.utf8.count == 36)
            // They sort as their texts do.
            #expect((a < b) == (a.description < b.description))
        }
        #expect(ArticleID(high: 0, low: 0).description == "00000000-0000-0000-0000-000000000000")
        #expect(ArticleID(high: .max, low: .max).description == "ffffffff-ffff-ffff-ffff-ffffffffffff")
        #expect(ArticleID("018bed3a-1234-7abc-8def-0123456789ab") == ArticleID(high: 0x018b_ed3a_1234_7abc, low: 0x8def_0123_4567_89ab))
    }

    @Test(arguments: [
        "", "018bed3a12347abc8def0123456789ab", "018bed3a-1234-7abc-8def-0123456789a", "018bed3a-1234-7abc-8def-0123456789abc",
        "018bed3a-1234-7abc-8def-0123456789ag", "018bed3a_1234-7abc-8def-0123456789ab", "018bed3-a1234-7abc-8def-0123456789ab",
        "{18bed3a-1234-7abc-8def-0123456789a}", "018bed3a-1234-7abc-8def-0123456789é", "------------------------------------",
    ])
    func bad(_ text: String) { #expect(ArticleID(text) == nil) }

    /// Each byte at each place, against what is said of it: a hyphen at four places, a hexadecimal digit elsewhere.
    @Test func everyByteAtEveryPlace() {
        let id = Array("018bed3a-1234-7abc-8def-0123456789ab".utf8)
        for place in id.indices {
            for byte in UInt8.min...UInt8.max {
                var other = id
                other[place] = byte
                let isRight = id[place] == UInt8(ascii: "-") ? byte == id[place] : byte < 0x80 && Character(UnicodeScalar(byte)).isHexDigit
                let read = ArticleID(other.span)
                #expect((read != nil) == isRight)
                if let read { #expect(Array(read.description.utf8) == other.map { 65...90 ~= $0 ? $0 | 32 : $0 }) }
            }
        }
    }

    /// RFC 9562 §5.7: time, version 7, variant 10; later ones sort after earlier ones.
    @Test func newOnes() {
        let early = ArticleID(at: Instant(milliseconds: 1_700_000_000_000))
        let late = ArticleID(at: Instant(milliseconds: 1_700_000_000_001))
        #expect(early < late && early.high >> 16 == 1_700_000_000_000)
        for id in [early, late] { #expect(id.high >> 12 & 15 == 7 && id.low >> 62 == 2) }
        #expect(Set((0..<1_000).map { _ in ArticleID(at: Instant(milliseconds: 0)) }).count == 1_000)
        #expect(ArticleID(at: .first).high >> 16 == 0)
        // Those of one moment ascend by their number, and the random bits leave the rest alone.
        let numbers = [0, 1, 2, 255, 256, 16_383, 16_384, 16_385, 1 << 25]
        let ids = numbers.map { ArticleID(at: Instant(milliseconds: 1_700_000_000_000), number: $0) }
        #expect(ids == ids.sorted())
        for id in ids { #expect(id.high >> 12 & 15 == 7 && id.low >> 62 == 2 && id.high >> 16 == 1_700_000_000_000) }
    }
}

struct SlugTests {
    @Test(arguments: [
        ("Lloyd Austin", "lloyd-austin"), ("Łódź", "lodz"), ("Kraków", "krakow"), ("  A  B  ", "a-b"), ("U.S.", "us"),
        ("O'Neill", "oneill"), ("AT&T", "at-t"),
        ("C++", "c"), ("naïve – café", "naive-cafe"), ("Владимир Зеленский", "vladimir-zelenskij"), ("北京", "bei-jing"),
        ("Ångström", "angstrom"), ("Straße Ærø", "strasse-aero"), ("Đặng", "dang"), ("서울", "seoul"), ("ＮＨＫ", "nhk"),
        ("😀", "none"), ("", "none"), ("---", "none"), ("!?", "none"), ("2023", "2023"), ("😀 News", "news"),
    ])
    func names(_ name: String, slug: String) {
        #expect(Slug.make(name, fallback: "none") == slug)
    }

    @Test func everyNameGivesAValidSlug() {
        var chance = Chance(seed: 2)
        for _ in 0..<1_000 {
            let name = chance.text(upTo: 60)
            let slug = Slug.make(name, fallback: "none")
            #expect(Slug.isValid(slug) && !slug.hasSuffix("-") && !slug.contains("--"), "\(name.debugDescription): \(slug)")
        }
        // A long one leaves room for a number and a date.
        let long = Slug.make(String(repeating: "Ab ", count: 5_000), fallback: "none")
        #expect(long.utf8.count <= Limits.slug - 20 && Slug.isValid("2023-11-20-\(long)-12345678"))
    }

    /// Letters are written in Latin one by one where that gives what writing the whole name does.
    @Test func lettersAreWrittenAsTheWholeNameWouldBe() {
        var chance = Chance(seed: 3)
        let letters = (Array(0x20..<0x250) + Array(0x2010..<0x2027)).compactMap(UnicodeScalar.init)
        for _ in 0..<300 {
            let name = String(String.UnicodeScalarView((0..<12).map { _ in letters[chance.below(letters.count)] }))
            // A Greek letter has the whole of it written at once.
            let (alone, whole) = (Slug.make(name, fallback: "none"), Slug.make(name + " \u{3B1}", fallback: "none"))
            #expect((alone == "none" ? "a" : alone + "-a") == whole, "\(name.debugDescription)")
        }
    }

    @Test(arguments: ["", "-a", "A", "a b", "a_b", "ä", "a/b", "a.", String(repeating: "a", count: 121)])
    func invalid(_ text: String) { #expect(!Slug.isValid(text)) }

    @Test func theFirstFreeOne() {
        let taken: Set = ["a", "a-2", "a-3"]
        #expect(Slug.free("b", isTaken: taken.contains) == "b")
        #expect(Slug.free("suggest", isTaken: taken.contains) == "suggest-2" && !Slug.isValid("suggest"))
        #expect(Slug.free("a", isTaken: taken.contains) == "a-4")
        // Whoever posts the same name again and again doesn't make it dearer each time.
        var asked = 0
        let last = Slug.free("b") { slug in
            asked += 1
            return slug == "b" || (Int(slug.dropFirst(2)) ?? 0) <= 50_000
        }
        #expect(last == "b-50001" && asked < 40)
    }
}
