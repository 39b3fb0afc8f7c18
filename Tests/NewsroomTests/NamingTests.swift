import News
import NewsIndex
import Newsroom
import Reader
import Testing

/// Names that are given, in one article after the other.
struct NamingTests {
    private var index = Index()

    /// Puts an article in which each group is one thing; answers what the groups became, nil where they are none.
    private mutating func put(_ kind: Entity.Kind, _ groups: [[String]]) -> [String?] {
        var reading = Reading()
        for (number, names) in groups.enumerated() {
            for name in names {
                let place = reading.mentions.count
                reading.mentions.append(
                    Mention(
                        span: TextSpan(field: .body, offset: place, length: 1), tokens: place..<place + 1, sentence: 0, kind: kind,
                        text: name, entity: number, confidence: 1))
            }
        }
        var article = Article()
        (article.id, article.published) = (ArticleID(high: 0, low: index.sequence), Instant(milliseconds: 0))
        var resolver = Resolver(index)
        resolver.add(reading, to: &article, without: [])
        let put = Change.ArticlePut(article: article, json: article.json(), entities: resolver.declaredEntities, events: [])
        index.fold([Entry(sequence: index.sequence + 1, time: Instant(milliseconds: 0), change: .articlePut(put))])
        var first = 0
        return groups.map { names in
            defer { first += names.count }
            return article.entities.first { $0.mentions.contains { $0.offset == first } }?.entity.id
        }
    }

    @Test mutating func whatSaysOnlyWhatSortItIsNamesNothing() {
        #expect(put(.organization, [["University"], ["Supreme Court"], ["The Ministry"]]) == [nil, "supreme-court", nil])
        #expect(put(.place, [["City"], ["Bay Area"], ["State of the Union"]]) == [nil, nil, "state-of-the-union"])
        #expect(put(.organization, [["University of Basel", "University"]]) == ["university-of-basel"])
    }

    @Test mutating func aPartOfANameIsNoAlias() {
        #expect(put(.organization, [["Boston Red Sox", "Boston", "Red Sox", "BRS"]]) == ["boston-red-sox"])
        #expect(index.entities["boston-red-sox"]?.entity.aliases == ["BRS"])
        #expect(put(.organization, [["Boston"], ["BRS"]]) == ["boston", "boston-red-sox"])
    }

    @Test mutating func aPartIsNoAliasHoweverItIsWritten() {
        #expect(put(.organization, [["Congress"], ["Bank of Japan"]]) == ["congress", "bank-of-japan"])
        #expect(put(.organization, [["AMERICAN PORK CONGRESS", "American Pork Congress", "CONGRESS"]]) == ["american-pork-congress"])
        #expect(put(.organization, [["Industrial Bank of Japan Ltd.", "Bank of Japan"]]) == ["industrial-bank-of-japan-ltd"])
        #expect(put(.organization, [["Congress"], ["Bank of Japan"]]) == ["congress", "bank-of-japan"])
    }

    @Test mutating func legalFormsAloneNameNothing() {
        #expect(put(.organization, [["Co. Ltd."], ["Inc"], ["Company"], ["Apple Co. Ltd."]]) == [nil, nil, nil, "apple-co-ltd"])
    }

    @Test mutating func personsGoByTheNameThatIsUsedMost() {
        let names = ["Barack Hussein Obama", "Barack Obama", "Barack Obama", "Obama", "Obama", "Obama"]
        #expect(put(.person, [names]) == ["barack-obama"])
        #expect(index.entities["barack-obama"]?.entity.name == "Barack Obama")
        #expect(index.entities["barack-obama"]?.entity.aliases == ["Barack Hussein Obama"])
    }

    @Test mutating func otherFormsOfANameAreKnown() {
        #expect(put(.person, [["William Clinton"]]) == ["william-clinton"])
        #expect(put(.person, [["Bill Clinton"]]) == ["william-clinton"])
        #expect(
            put(.organization, [["Department of Justice"], ["Justice Department"]]) == ["department-of-justice", "department-of-justice"])
        #expect(put(.organization, [["Justice Department"]]) == ["department-of-justice"])
    }
}
