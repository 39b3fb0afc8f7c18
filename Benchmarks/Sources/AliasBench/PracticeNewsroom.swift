import News
import NewsIndex
import Reader
import Resolving

/// A newsroom that takes what is named in an article as given, instead of reading it.
struct PracticeNewsroom {
    private let aliases: [String: String]
    private let places: PlaceReader
    private(set) var index = Index()

    init(_ model: NameModel, _ table: PlaceTable) {
        aliases = model.lexicon.lists.placeAliases
        places = PlaceReader(table)
    }

    /// Puts the article that a document is; answers the ids of the entities that its mentions mean, in their order.
    mutating func put(_ document: GoldDocument, number: Int) -> [String] {
        let reading = reading(document)
        var article = Article()
        article.id = ArticleID(high: 0, low: UInt64(number))
        article.headline = document.name
        article.published = document.published
        var resolver = Resolver(index)
        resolver.add(reading, to: &article, without: [])
        let put = Change.ArticlePut(
            article: article, json: article.json(), entities: resolver.declaredEntities, events: resolver.declaredEvents)
        index.fold([Entry(sequence: index.sequence + 1, time: document.published, change: .articlePut(put))])
        var ids = [String](repeating: "", count: reading.mentions.count)
        for named in article.entities { for mention in named.mentions { ids[mention.offset] = named.entity.id } }
        // What is made no entity of is known within its article alone.
        for place in ids.indices where ids[place].isEmpty { ids[place] = "\(number) \(reading.mentions[place].entity)" }
        return ids
    }

    /// What the reader would say of the document. The spans only number the mentions.
    private func reading(_ document: GoldDocument) -> Reading {
        var reading = Reading()
        reading.mentions = document.mentions.enumerated().map { number, gold in
            Mention(
                span: TextSpan(field: .body, offset: number, length: 1), tokens: number..<number + 1, sentence: 0, kind: gold.kind,
                text: gold.text, entity: 0, confidence: 1)
        }
        NameGrouping.group(&reading.mentions, placeAliases: aliases)
        reading.places = places.places(in: [], mentions: reading.mentions, located: nil)
        return reading
    }
}
