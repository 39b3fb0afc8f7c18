import Foundation
import Reader

// train: makes the model from the labelled sets and the lists. places: makes the table of places from the lists. evaluate: measures a model on the documents that were held out.

struct Options {
    var command = ""
    var values: [String: String] = [:]

    init(_ arguments: [String]) {
        command = arguments.first ?? ""
        var rest = arguments.dropFirst()
        while let name = rest.popFirst(), let value = rest.popFirst() { values[name] = value }
    }

    func text(_ name: String, _ other: String) -> String { values["--" + name] ?? other }
    func number<T: LosslessStringConvertible>(_ name: String, _ other: T) -> T { values["--" + name].flatMap(T.init) ?? other }
}

let options = Options(Array(CommandLine.arguments.dropFirst()))
let data = options.text("data", "data/language")
let modelPath = options.text("model", "models/english.names")
let own = OwnLists(folder: options.text("lists", "Training/Lists"))
let chosen = options.text("sets", "").split(separator: ",").map(String.init)
let sets = TrainingSet.all.filter { chosen.isEmpty || chosen.contains($0.name) }

let titles = Set(own.lines("titles").map { WordKey($0) })

func say(_ text: String) { FileHandle.standardError.write(Data((text + "\n").utf8)) }

func documents(_ set: TrainingSet) throws -> [LabelledDocument] {
    LabelledTextReader(hidesOther: set.hidesOther, marksPhrases: set.marksPhrases, titles: titles)
        .documents(try contents(data + "/train/" + set.name + ".bio.xz"))
}

switch options.command {
case "train":
    var plan = TrainingPlan()
    plan.rowBits = options.number("rows", plan.rowBits)
    plan.epochs = options.number("epochs", plan.epochs)
    plan.seed = options.number("seed", plan.seed)
    plan.rate = options.number("rate", plan.rate)
    plan.shrinking = options.number("shrinking", plan.shrinking)
    plan.forgetting = options.number("forgetting", plan.forgetting)
    let lexicon = try Lexicon(folder: data + "/gazetteer", lists: own)
    say("lexicon ready")
    let ownText = LabelledTextReader(titles: titles).examples(own.lines("examples"))
    let lesson = try Lesson(
        sets, own: ownText, lexicon, seed: plan.seed, copies: options.number("copies", Float(0.2)),
        ownWeight: options.number("own", Float(1)))
    say("\(lesson.examples.count) sentences to learn from")
    var trainer = Trainer(plan)
    trainer.run(lesson.texts, lesson.examples, report: say)
    let model = trainer.model(lexicon).encoded()
    try Data(model).write(to: URL(fileURLWithPath: modelPath))
    say("\(model.count) bytes in \(modelPath)")
case "places":
    let placesPath = options.text("places", "models/places")
    let table = PlaceTable.encoded(try PlaceList(folder: data + "/gazetteer", lists: own).entries)
    _ = try PlaceTable(table)
    try Data(table).write(to: URL(fileURLWithPath: placesPath))
    say("\(table.count) bytes in \(placesPath)")
case "evaluate":
    let model = try NameModel([UInt8](try Data(contentsOf: URL(fileURLWithPath: modelPath))))
    try report(model, sets, errorsShown: options.number("errors", 0))
default:
    say(
        "train, places or evaluate, with --data FOLDER --model FILE --places FILE --lists FOLDER --sets A,B --rows BITS --epochs N --seed N"
    )
    exit(2)
}
