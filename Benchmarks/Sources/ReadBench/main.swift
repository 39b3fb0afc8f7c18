import Foundation
import JSON
import News
import Reader

// Measures what reading costs: the folder of the models and a file of articles, one in JSON a line, as the arguments. Articles are cut to
// their headline and 250 words of the body, since that is what the figure is for. CPU time of one thread, the best of three rounds.

guard CommandLine.arguments.count > 2 else {
    print("usage: ReadBench MODELS ARTICLES.jsonl")
    exit(2)
}
let models = URL(filePath: CommandLine.arguments[1])
func bytes(_ name: String) throws -> [UInt8] { [UInt8](try Data(contentsOf: models.appending(path: name))) }
let model = try NameModel(bytes("english.names"))
let reader = Reader(model: model, places: try PlaceTable(bytes("places")))
let names = NameReader(model)

/// The first words of a text, with what stands between them.
func cut(_ text: String, words: Int) -> String {
    var left = words
    let end = text.unicodeScalars.firstIndex { scalar in
        if scalar.properties.isWhitespace { left -= 1 }
        return left == 0
    }
    return String(text[..<(end ?? text.endIndex)])
}

let articles = try Data(contentsOf: URL(filePath: CommandLine.arguments[2])).split(separator: 0x0A).compactMap { line -> Article? in
    var json = JSONReader([UInt8](line))
    guard var article = try? Article(from: &json) else { return nil }
    article.body = article.body.map { cut($0, words: 250) }
    article.published = article.published ?? Instant("2024-01-01T12:00:00Z")
    return article
}

func cpu() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}

/// The least CPU time of three rounds, in seconds.
func best(_ work: () -> Void) -> Double {
    (0..<3).map { _ in
        let start = cpu()
        work()
        return cpu() - start
    }.min() ?? 0
}

var found = 0
let whole = best { for article in articles { found += reader.read(article).mentions.count } }
let texts = articles.map { article in
    TextSpan.Field.allCases.compactMap { field in article[field].map { FieldText(field, TokenizedText($0)) } }
}
let tokens = texts.reduce(0) { $0 + $1.reduce(0) { $0 + $1.text.tokens.count } }
let named = best { for fields in texts { found += names.mentions(in: fields, isEnglish: true).count } }
print("reading: \(articles.count) articles of \(tokens / max(1, articles.count)) words and marks on average, \(found) names in six rounds")
print(String(format: "  whole: %.3f ms of CPU an article", whole / Double(max(1, articles.count)) * 1_000))
print(String(format: "  names alone: %.0f words and marks a second", Double(tokens) / named))
