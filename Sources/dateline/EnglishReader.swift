import ArgumentParser
import Foundation
import Reader

/// The reader with what stands beside the program: the model of names and the table of places, read when it is first asked for.
enum EnglishReader {
    static let shared: Result<Reader, CommandError> = {
        do throws(CommandError) {
            let model = try load("english.names", "model of names") { bytes throws(ModelError) in try NameModel(bytes) }
            let places = try load("places", "table of places") { bytes throws(ModelError) in try PlaceTable(bytes) }
            return .success(Reader(model: model, places: places))
        } catch {
            return .failure(error)
        }
    }()

    private static func load<Part>(
        _ file: String, _ what: String, _ read: ([UInt8]) throws(ModelError) -> Part
    ) throws(CommandError) -> Part {
        let path = Installation.folder("models") + "/" + file
        guard let bytes = FileManager.default.contents(atPath: path) else { throw CommandError("\(path): the \(what) can't be read.") }
        do throws(ModelError) { return try read(Array(bytes)) } catch {
            throw CommandError("\(path): \(error == .damaged ? "the \(what) is damaged" : "this is no \(what)").")
        }
    }
}

/// Whether articles are read when they are put.
struct ReaderOptions: ParsableArguments {
    @Flag(help: "Take articles as they come, without looking for names, dates, events and quotes in them.")
    var noReader = Environment.flag("NO_READER")

    func reader() throws -> Reader? { noReader ? nil : try EnglishReader.shared.get() }
}
