// Reading words, and names as one types, in this process. Usage: TextBench ARTICLES.jsonl [NAMES]
import Foundation
import JSON
import NewsIndex

func cpuTime() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}

/// Small numbers that are the same in every run (xorshift).
struct Dice {
    var state: UInt64 = 88_172_645_463_325_252
    mutating func roll(_ sides: Int) -> Int {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return Int(state >> 33) % sides
    }
}

func readWords(_ path: String) throws {
    var texts: [String] = []
    for line in try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").prefix(20_000) {
        var reader = JSONReader(Array(line.utf8))
        let article = try reader.value()
        func text(_ name: String) -> String { if case .string(let text)? = article[name] { text } else { "" } }
        texts.append("\(text("headline"))\n\(text("body"))")
    }
    let bytes = texts.reduce(0) { $0 + $1.utf8.count }
    print("\(texts.count) texts of \(bytes / max(1, texts.count)) bytes")
    var plain = 0.0
    for (name, mode, language) in [("plain", Analyzer.Mode.plain, nil), ("full", .full, nil), ("stems of all", .full, "en")] {
        var best = Double.infinity
        var words = 0
        for _ in 0..<5 {
            words = 0
            let start = cpuTime()
            for text in texts {
                Analyzer(mode).forEachToken(in: text, language: language) { token in
                    words += token.stem == nil ? 1 : 1 + token.exact.count / 1_000
                }
            }
            best = min(best, cpuTime() - start)
        }
        if plain == 0 { plain = best }
        print(
            String(
                format: "%@: %.0f articles a CPU second, %.0f ns a word, %.2f times plain", name, Double(texts.count) / best,
                best * 1e9 / Double(words), best / plain))
    }
}

@MainActor func suggestNames(_ count: Int) {
    var dice = Dice()
    let syllables =
        "ba be bi bo da de di do fa fe ga ge go ha hi ka ke ko la le li lo ma mi mo na ne no pa pe ra re ri ro sa se si so ta te ti to va ve"
        .split(separator: " ")
    func word() -> String {
        (0..<2 + dice.roll(3)).map { _ in String(syllables[min(dice.roll(syllables.count), dice.roll(syllables.count))]) }.joined()
            .capitalized
    }
    var known: [String: NameIndex.Known] = [:]
    var names: [String] = []
    for number in 0..<count {
        names.append(word() + " " + word())
        known["e\(number)"] = .init(
            names: [names[number]] + (dice.roll(3) == 0 ? [word()] : []), prominence: count / (1 + dice.roll(count)))
    }
    var index = NameIndex()
    let start = cpuTime()
    for number in 0..<count {
        guard let entity = known["e\(number)"] else { continue }
        index.put("e\(number)", names: entity.names, prominence: entity.prominence)
        if number % 100 == 99 { index.seal() }
    }
    index.seal()
    print(String(format: "%d names put by 100: %.1f µs each", count, (cpuTime() - start) * 1e6 / Double(count)))
    func measure(_ name: String, _ typed: @Sendable (String) -> String) {
        var times = (0..<2_000).map { _ in
            let text = typed(names[dice.roll(count)].lowercased())
            let start = cpuTime()
            _ = index.suggest(text) { known[$0] }
            return (cpuTime() - start) * 1e6
        }
        times.sort()
        print(String(format: "%@: mean %.0f µs, p99 %.0f µs", name, times.reduce(0, +) / 2_000, times[1_980]))
    }
    measure("two letters") { String($0.prefix(2)) }
    measure("four letters") { String($0.prefix(4)) }
    measure("a whole name") { $0 }
    measure("six letters, two of them swapped") { name in
        var letters = Array(name.prefix(6))
        letters.swapAt(2, 3)
        return String(letters)
    }
}

guard CommandLine.arguments.count > 1 else { fatalError("TextBench ARTICLES.jsonl [NAMES]") }
try readWords(CommandLine.arguments[1])
suggestNames(CommandLine.arguments.count > 2 ? Int(CommandLine.arguments[2]) ?? 1_000_000 : 1_000_000)
