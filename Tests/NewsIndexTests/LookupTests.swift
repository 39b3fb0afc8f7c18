import News
import NewsIndex
import TestSupport
import Testing

struct FoldingTests {
    @Test(arguments: [
        ("Lloyd  AUSTIN", "lloyd austin"), ("Kraków", "krakow"), ("ÉCOLE", "ecole"), (" a\t\nb ", "a b"), ("ＮＨＫ", "nhk"), ("", ""),
        ("Straße", "strasse"), ("e\u{301}", "e"), ("a\u{A0}\u{A0}é", "a e"),
    ])
    func whole(_ text: String, folded: String) { #expect(Folding.fold(text) == folded) }

    @Test(arguments: [
        ("Kyiv, 20 November: aid!", ["kyiv", "20", "november", "aid"]), ("naïve CAFÉ", ["naive", "cafe"]),
        ("O'Neill U.S. AT&T", ["oneill", "neill", "us", "at", "att", "t"]), ("Łódź–Kraków", ["lodz", "krakow"]),
        ("Война и мир", ["воина", "и", "мир"]), ("a_b-c", ["a", "b", "c"]), ("", []), (" .,!? ", []), ("aé", ["ae"]),
        ("éa b", ["ea", "b"]), ("北京 news", ["北京", "京", "news"]),
        ("a\u{0}b", ["a", "b"]), ("😀x😀", ["x"]),
    ])
    func words(_ text: String, expected: [String]) { #expect(Folding.words(text) == expected) }

    @Test(arguments: [
        ("o'neill at&t", ["oneill", "at", "t"]), ("l'av", ["av"]), ("covid-1", ["covid", "1"]), ("u.", ["u"]), ("北", ["北"]), ("!", []),
    ])
    func typedWords(_ text: String, expected: [String]) { #expect(Folding.typedWords(text) == expected) }

    /// Names of nothing but marks are not the same as each other, nor as none.
    @Test func marksAlone() {
        #expect(Folding.fold("\u{301}") != Folding.fold("\u{308}") && Folding.fold("\u{301}") != "")
        #expect(Folding.fold("Gazeta Łódzka ") == "gazeta lodzka" && Folding.fold("GAZETA  LODZKA") == "gazeta lodzka")
    }

    /// However long a word is, it is found by itself.
    @Test func longWords() throws {
        for word in [
            String(repeating: "a", count: 1_000), String(repeating: "é", count: 1_000), String(repeating: "a", count: 127) + "éé",
            String(repeating: "战", count: 99),
        ] {
            var article = Article()
            article.id = ArticleID(high: 1, low: 1)
            article.indexed = .first
            article.body = "x \(word) y"
            var index = Index()
            index.fold([
                Entry(
                    sequence: 1, time: .first, change: .articlePut(.init(article: article, json: article.json(), entities: [], events: [])))
            ])
            var query = ArticleQuery()
            query.expression = try QueryParser.parse(word)
            #expect(try index.search(query).total == 1)
        }
    }
}

struct LookupTests {
    private func index(_ changes: Change...) -> Index {
        var index = Index()
        index.fold(changes.enumerated().map { Entry(sequence: UInt64($0.offset + 1), time: .first, change: $0.element) })
        return index
    }

    private func put(_ number: UInt64, _ published: String, naming entity: Entity) -> Change {
        var article = Article()
        article.id = ArticleID(high: 0, low: number)
        article.headline = "x"
        article.published = Instant(published)
        article.indexed = article.published
        article.entities = [NamedEntity(entity: entity)]
        return .articlePut(.init(article: article, json: article.json(), entities: [], events: []))
    }

    /// Whatever is asked of an index of nothing, it has nothing.
    @Test(arguments: ["oil", "\"oil price\"", "oil* OR gas", "near(2, oil gas)", "source:wire", "headline:oil -gas"])
    func nothing(_ text: String) throws {
        var query = ArticleQuery()
        query.expression = try QueryParser.parse(text)
        for order in [ArticleQuery.Order.relevance, .init(.published, isDescending: true)] {
            query.order = order
            #expect(try Index().search(query).total == 0 && Index().facets(query, [.source], limit: 3).counts == [[]])
        }
    }

    @Test func namesAndAliases() {
        let index = index(
            .entityPut(Entity(id: "a", name: "Łódź", aliases: ["Lodz Poland"], sameAs: ["https://www.wikidata.org/wiki/Q580"])),
            .entityPut(Entity(id: "b", name: "łodz")),
            .entityPut(Entity(id: "c", name: "Other")), .entityMerged(id: "c", into: Entity(id: "b", name: "łodz", aliases: ["Other"])))
        #expect(index.entities(named: "ŁÓDŹ").map(\.entity.id) == ["a", "b"])
        for (text, ids) in [
            ("a", ["a"]), ("c", ["b"]), ("other", ["b"]), ("Q580", ["a"]), ("https://www.wikidata.org/wiki/Q580", ["a"]),
            ("lodz  POLAND", ["a"]), ("nobody", []), ("", []), ("Q", []),
        ] {
            #expect(index.entities(meantBy: text) == ids, "\(text)")
        }
    }

    /// Within one batch too, the first and the last are those that are still there.
    @Test func firstAndLastSeen() {
        let entity = Entity(id: "e", name: "E")
        let withdrawn = index(
            .entityPut(entity), put(1, "2023-01-01", naming: entity), put(2, "2023-02-01", naming: entity),
            put(3, "2023-03-01", naming: entity), .articleWithdrawn(ArticleID(high: 0, low: 3)))
        #expect(withdrawn.entities["e"]?.firstSeen == Instant("2023-01-01") && withdrawn.entities["e"]?.lastSeen == Instant("2023-02-01"))
        let moved = index(
            .entityPut(entity), put(1, "2023-01-01", naming: entity), put(2, "2023-02-01", naming: entity),
            put(1, "2023-01-15", naming: entity))
        #expect(moved.entities["e"]?.firstSeen == Instant("2023-01-15") && moved.entities["e"]?.lastSeen == Instant("2023-02-01"))
        let gone = index(.entityPut(entity), put(1, "2023-01-01", naming: entity), .articleWithdrawn(ArticleID(high: 0, low: 1)))
        #expect(gone.entities["e"]?.firstSeen == nil && gone.entities["e"]?.lastSeen == nil && gone.entities["e"]?.articles == 0)
    }

    @Test func eventsToldAgain() {
        let day = EventDate("2023-11-20")
        let told = index(
            .eventPut(Event(id: "a", title: "The  Visit", start: day)), .eventPut(Event(id: "b", title: "Journey", start: day)),
            .eventMerged(id: "b", into: Event(id: "a", title: "The  Visit", start: day)))
        #expect(told.event(title: "the visit", start: day)?.event.id == "a" && told.event(title: "JOURNEY", start: day)?.event.id == "a")
        #expect(told.event(title: "the visit", start: nil) == nil && told.event(title: "the visit", start: EventDate("2023-11")) == nil)
        // Renamed, it is known by its new title alone.
        let renamed = index(.eventPut(Event(id: "a", title: "Old")), .eventPut(Event(id: "a", title: "New")))
        #expect(renamed.event(title: "Old", start: nil) == nil && renamed.event(title: "New", start: nil)?.event.id == "a")
    }

    @Test func chainsOfHeirs() {
        let index = index(
            .entityPut(Entity(id: "a", name: "A")), .entityPut(Entity(id: "b", name: "B")), .entityPut(Entity(id: "c", name: "C")),
            .entityMerged(id: "a", into: Entity(id: "b", name: "B")),
            .entityMerged(id: "b", into: Entity(id: "c", name: "C")))
        for id in ["a", "b"] {
            guard case .merged("c") = index.entity(id) else {
                Issue.record("\(id) does not lead to its heir")
                continue
            }
        }
        guard case .unknown = index.entity("d") else {
            Issue.record("nobody is known")
            return
        }
    }
}
