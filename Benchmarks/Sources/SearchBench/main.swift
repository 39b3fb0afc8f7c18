// The query mix of the peers over an index in this process. Usage: SearchBench ARTICLES QUERIES [--stem] [--index-only] [--passes=3] [--batch=N] [--each] [--known [--step=10]]
import Foundation
import JSON
import News
import NewsIndex

func cpuTime(_ clock: clockid_t) -> Double {
    var time = timespec()
    clock_gettime(clock, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}

func resident() -> Double {
    guard let status = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8) else { return 0 }
    return (Double(status.split(separator: " ")[1]) ?? 0) * 4_096
}

struct Query {
    /// As it stands in the file.
    var line: String
    var kind: String
    var query = ArticleQuery()
    var isFacet = false
}

func queries(_ path: String, first: Int64, last: Int64) throws -> [Query] {
    try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").map { line in
        var reader = JSONReader(Array(line.utf8))
        let value = try reader.value()
        var query = Query(line: String(line), kind: value["kind"]?.text ?? "")
        func word(_ text: String) -> QueryExpression { .text([QueryWord(forms: [text])], in: .any) }
        var terms: [String] = []
        if case .array(let values)? = value["terms"] { terms = values.compactMap(\.text) }
        query.query.limit = 10
        query.query.order = .relevance
        switch query.kind {
        case "or": query.query.expression = .or(terms.map(word))
        case "phrase": query.query.expression = .text(terms.map { QueryWord(forms: [$0]) }, in: .any)
        case "prefix": query.query.expression = .text([QueryWord(forms: [value["prefix"]?.text ?? ""], isPrefix: true)], in: .any)
        default: query.query.expression = terms.count == 1 ? word(terms[0]) : .and(terms.map(word))
        }
        if query.kind == "date", let from = value["from_frac"]?.double, let to = value["to_frac"]?.double {
            let span = Double(last - first)
            query.query.from = Instant(milliseconds: Int64(Double(first) + span * from) * 1_000)
            query.query.to = Instant(milliseconds: Int64(Double(first) + span * to) * 1_000 + 1)
            query.query.order = .init(.published, isDescending: true)
        }
        query.isFacet = query.kind == "facet"
        return query
    }
}

func summary(_ times: [Double]) -> String {
    let sorted = times.sorted()
    func at(_ part: Double) -> Double { sorted[min(sorted.count - 1, Int(part * Double(sorted.count)))] }
    let mean = sorted.reduce(0, +) / Double(sorted.count)
    return String(
        format: "{\"p50\": %.1f, \"p95\": %.1f, \"p99\": %.1f, \"mean\": %.1f}", at(0.5), at(0.95), at(0.99), mean)
}

let arguments = CommandLine.arguments.dropFirst().filter { !$0.hasPrefix("--") }
guard arguments.count == 2, var corpus = Corpus(arguments[0]) else {
    FileHandle.standardError.write(
        Data(
            "usage: SearchBench ARTICLES QUERIES [--stem] [--index-only] [--passes=3] [--batch=N] [--each] [--known [--step=10]]\n".utf8)
    )
    exit(64)
}
let analyzer = Analyzer(CommandLine.arguments.contains("--stem") ? .full : .plain)
let isIndexOnly = CommandLine.arguments.contains("--index-only")
func number(_ option: String, default usual: Int) -> Int {
    CommandLine.arguments.first { $0.hasPrefix("--\(option)=") }.flatMap { Int($0.dropFirst(option.utf8.count + 3)) } ?? usual
}
if CommandLine.arguments.contains("--known") {
    let step = number("step", default: 10)
    for (name, withHeadlines) in [("headline and body", true), ("body alone", false)] {
        guard let known = try KnownItems(arguments[0], analyzer, withHeadlines: withHeadlines, step: step) else { continue }
        let headlines = try known.rankByHeadline()
        let (anyWords, rarerWords) = (
            try known.rankByFourWords(isRarer: false, seed: 1), try known.rankByFourWords(isRarer: true, seed: 1)
        )
        print(
            name,
            String(
                format: "indexed, mean reciprocal rank at 10: headline %.3f, four words of the body %.3f, four of the rarer half %.3f",
                headlines.mean, anyWords.mean, rarerWords.mean),
            "of \(headlines.count) articles")
    }
    exit(0)
}
let passes = number("passes", default: 3)
// Nobody searches meanwhile, so that segments are made as in the replay of a journal, each of as many bytes as the peers gather. With a
// batch, one is made of so many articles, as while they arrive; 1 is what a client that posts one after the other makes.
let batch = number("batch", default: 0)
let peersHeap = 200_000_000
var index = Index(analyzer)
var build = 0.0
let before = resident()
while true {
    var articles: [(article: Article, json: [UInt8], text: Article)] = []
    while articles.count < (batch > 0 ? batch : 256), let article = try corpus.next() {
        // One text, as the peers are given it: a phrase may begin in the headline and end in the body.
        var text = article
        text.headline = nil
        text.body = [article.headline, article.body].compactMap { $0 }.joined(separator: "\n")
        articles.append((article, isIndexOnly ? [] : article.json(), text))
    }
    guard !articles.isEmpty else { break }
    let start = cpuTime(CLOCK_PROCESS_CPUTIME_ID)
    var entries: [Entry] = []
    for (article, json, text) in articles {
        entries.append(
            Entry(
                sequence: index.sequence + UInt64(entries.count) + 1, time: article.published ?? .first,
                change: .articlePut(.init(article: article, json: json, entities: [], events: [])),
                words: ArticleWords(text, analyzer)))
    }
    if batch > 0 { index.fold(entries) } else { index.gather(entries, limit: peersHeap) }
    index.mergeSmall()
    while let merge = index.largeMerge(batch > 0 ? .serving : .replaying) { index.apply(merge()) }
    build += cpuTime(CLOCK_PROCESS_CPUTIME_ID) - start
    // The peers keep what they are given too.
    withExtendedLifetime(articles) {}
}
// Nothing is written for a while now, as when the peers wait for their merges.
let start = cpuTime(CLOCK_PROCESS_CPUTIME_ID)
index.seal()
while let merge = index.largeMerge(.resting) { index.apply(merge()) }
build += cpuTime(CLOCK_PROCESS_CPUTIME_ID) - start
let memory = resident() - before
let footprint = index.footprint
func anArticle(_ bytes: Int) -> Int { bytes / Int(corpus.count) }
var mix = try queries(arguments[1], first: corpus.first, last: corpus.last)
var shuffle = SystemRandomNumberGenerator()
mix.shuffle(using: &shuffle)
var times: [String: [Double]] = [:]
var hits: [String: Int] = [:]
/// What each query took in all passes but the first, by its line.
var each: [String: Double] = [:]
var read = 0

/// Answers a query as the peers do: the exact total, and the ids and headlines of ten, or counts by section and source.
@MainActor func answer(_ query: Query, _ index: borrowing Index) throws -> Int {
    if query.isFacet {
        let facets = try index.facets(query.query, [.section, .source], limit: 500)
        read += facets.counts[1].count
        var total = 0
        for value in facets.counts[0] { total += value.count }
        return total
    }
    let page = try index.search(query.query)
    for place in page.items.indices {
        read &+= Int(truncatingIfNeeded: page.items[place].id.low) & 1 + (isIndexOnly ? 0 : page.items[place].headline?.utf8.count ?? 0)
    }
    return page.total
}

/// All passes, over an index that is nobody else's during the call.
@MainActor func measure(_ index: borrowing Index) throws {
    for pass in 0...passes {
        for query in mix {
            let start = cpuTime(CLOCK_THREAD_CPUTIME_ID)
            let total = try answer(query, index)
            let time = (cpuTime(CLOCK_THREAD_CPUTIME_ID) - start) * 1e6
            guard pass > 0 else {
                hits[query.kind, default: 0] += total
                continue
            }
            times[query.kind, default: []].append(time)
            each[query.line, default: 0] += time
        }
    }
}
try measure(index)
if CommandLine.arguments.contains("--each") {
    for (line, time) in each.sorted(by: { $0.value > $1.value }) {
        FileHandle.standardError.write(Data(String(format: "%.1f us %@\n", time / Double(passes), line).utf8))
    }
}
let kinds = times.keys.sorted()
print(
    "{\"engine\": \"dateline\", \"docs\": \(corpus.count), \"segments\": \(index.segmentCount), ",
    "\"build_docs_per_cpu_s\": \(Int(Double(corpus.count) / build)), \"resident_bytes_per_doc\": \(Int(memory / Double(corpus.count))), ",
    "\"footprint\": {\"postings\": \(anArticle(footprint.postings)), \"pairs\": \(anArticle(footprint.pairs)), \"terms\": \(anArticle(footprint.terms)), ",
    "\"columns\": \(anArticle(footprint.columns)), \"articles\": \(anArticle(footprint.articles))}, ",
    "\"cpu_us\": \(summary(times.values.flatMap(\.self))), ",
    "\"by_kind\": {\(kinds.map { "\"\($0)\": \(summary(times[$0] ?? []))" }.joined(separator: ", "))}, ",
    "\"hits\": {\(kinds.map { "\"\($0)\": \(hits[$0] ?? 0)" }.joined(separator: ", "))}}", separator: "")
