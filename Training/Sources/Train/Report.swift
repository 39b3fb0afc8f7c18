import Foundation
import Reader

/// Prints the measures of a model for each kind of text: with the words given, in Title Case, in capitals, and from the bare text to
/// mentions.
func report(_ model: NameModel, _ sets: [TrainingSet], errorsShown: Int) throws {
    let (tagger, reader) = (NameTagger(model), NameReader(model))
    func row(_ cells: [String]) { print("| " + cells.joined(separator: " | ") + " |") }
    func percent(_ value: Double) -> String { String(format: "%.1f", value) }
    row(["kind of text", "sets", "F1", "PER", "ORG", "LOC", "MISC", "Title Case", "capitals", "from text"])
    row([String](repeating: "---", count: 10))
    func written(_ documents: [LabelledDocument]) -> Double {
        let counts = documents.map { WrittenText($0).evaluate(reader) }
        let right = counts.reduce(0) { $0 + $1.right }
        let others = counts.reduce(0) { $0 + $1.wrong + $1.missed }
        return 200 * Double(right) / Double(max(1, 2 * right + others))
    }
    var calibration = Calibration()
    var unused = Calibration()
    var tokens = 0
    var measures: [[Double]] = []
    var errors: [String: Int] = [:]
    var ignored: [String: Int] = [:]
    var seconds = 0.0
    for kind in sets.map(\.kind).reduce(into: [String](), { if !$0.contains($1) { $0.append($1) } }) {
        let members = sets.filter { $0.kind == kind }
        var heldOut: [LabelledDocument] = []
        for set in members { heldOut += try documents(set).enumerated().filter { TrainingSet.isHeldOut($0.offset) }.map(\.element) }
        let start = clock()
        let plain = evaluate(tagger, heldOut, &calibration, errors: &errors)
        seconds += Double(clock() - start) / Double(CLOCKS_PER_SEC)
        tokens += heldOut.reduce(0) { $0 + $1.reduce(0) { $0 + $1.words.count } }
        let title = evaluate(tagger, heldOut.map { $0.map(\.inTitleCase) }, &unused, errors: &ignored)
        let capitals = evaluate(tagger, heldOut.map { $0.map(\.inCapitals) }, &unused, errors: &ignored)
        measures.append([plain.f1()] + NameType.allCases.map { plain.f1([$0]) } + [title.f1(), capitals.f1(), written(heldOut)])
        row([kind, members.map(\.name).joined(separator: ", ")] + measures[measures.count - 1].map(percent))
    }
    let means = (0..<8).map { column in measures.reduce(0) { $0 + $1[column] } / Double(measures.count) }
    row(["mean", ""] + means.map(percent))
    for error in errors.sorted(by: { ($1.value, $0.key) < ($0.value, $1.key) }).prefix(errorsShown) { print(error.value, error.key) }
    print("\nconfidence, names, right:")
    for bin in calibration.bins where bin.count > 0 {
        print("  \(percent(100 * bin.sum / Double(bin.count)))  \(bin.count)  \(percent(100 * Double(bin.right) / Double(bin.count)))")
    }
    print("\(tokens) tokens, \(Int(Double(tokens) / seconds / 1000)) thousand a second, with their comparison")
}
