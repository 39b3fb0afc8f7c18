import Foundation
import JSON
import News
import NewsIndex
import Reader
import Resolving

// Measures what becomes of names: JSON of labelled mentions from the standard input (see Gold.swift), the folder of the models as the
// argument. Each document's mentions are grouped, and the groups resolved against the entities of the documents before, as they are when
// articles are posted one after the other. The figure is B³ over all mentions of persons, organisations and places together: for each
// mention, which share of what it was put together with means the same (precision), and which share of what means the same it was put
// together with (recall); the means over the mentions, and their harmonic mean. With --show, what was put together wrongly, or not at all, in every other document. With --known N, what
// resolving costs against so many entities.

guard CommandLine.arguments.count > 1 else {
    print("usage: AliasBench MODELS [--show] [--known N] <mentions.json")
    exit(2)
}
let models = URL(filePath: CommandLine.arguments[1])
var newsroom = try PracticeNewsroom(
    NameModel([UInt8](Data(contentsOf: models.appending(path: "english.names")))),
    PlaceTable([UInt8](Data(contentsOf: models.appending(path: "places")))))
let gold = try documents(FileHandle.standardInput.readDataToEndOfFile())
let found = gold.enumerated().map { newsroom.put($1, number: $0) }
func answers(of chosen: [Int]) -> [Answer] {
    chosen.flatMap { number in
        zip(gold[number].mentions, found[number]).map {
            Answer(document: gold[number].name, text: $0.text, kind: $0.kind, meant: $0.identity, found: $1)
        }
    }
}
let all = answers(of: Array(gold.indices))
let odd = answers(of: gold.indices.filter { $0 % 2 == 0 })
let even = answers(of: gold.indices.filter { $0 % 2 == 1 })
print("aliases: \(gold.count) documents, \(all.count) mentions of \(Set(all.map(\.meant)).count) persons, organisations and places")
for (name, answers) in [("all", all), ("1st, 3rd, 5th … document", odd), ("2nd, 4th, 6th … document", even)] {
    print("  B³ \(name): \(BCubed(answers).description)")
}
if CommandLine.arguments.contains("--show") { show(odd) }
if let place = CommandLine.arguments.firstIndex(of: "--known"),
    let count = CommandLine.arguments.dropFirst(place + 1).first.flatMap({ Int($0) })
{
    let cost = resolvingCost(known: count)
    print(
        String(
            format: "  against %d known entities: an article of 15 findings takes %.3f ms of CPU, 99%% take at most %.3f ms", count,
            cost.median * 1_000, cost.high * 1_000))
}
