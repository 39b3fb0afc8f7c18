import ArgumentParser
import Foundation
import Reader

/// The reader with the model that stands beside the program, read when it is first asked for.
enum EnglishReader {
    static let shared: Result<Reader, CommandError> = {
        let path = Installation.folder("models") + "/english.names"
        guard let bytes = FileManager.default.contents(atPath: path) else {
            return .failure(CommandError("\(path): the model of names can't be read."))
        }
        do throws(ModelError) { return .success(Reader(model: try NameModel(Array(bytes)))) } catch {
            return .failure(CommandError("\(path): \(error == .damaged ? "the model is damaged" : "this is no model of names")."))
        }
    }()
}

/// Whether articles are read when they are put.
struct ReaderOptions: ParsableArguments {
    @Flag(help: "Take articles as they come, without looking for names, dates, events and quotes in them.")
    var noReader = Environment.flag("NO_READER")

    func reader() throws -> Reader? { noReader ? nil : try EnglishReader.shared.get() }
}
