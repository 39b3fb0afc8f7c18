import ArgumentParser
import Foundation

/// Where the journal is; the same for every command.
struct DataOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The folder with the journal.", valueName: "dir"))
    var data = Environment["DATA"] ?? "./data"
}

/// Options as environment variables.
enum Environment {
    /// The value of DATELINE_NAME; nil if it is unset or empty.
    static subscript(name: String) -> String? {
        ProcessInfo.processInfo.environment["DATELINE_" + name].flatMap { $0.isEmpty ? nil : $0 }
    }

    /// Whether DATELINE_NAME says yes.
    static func flag(_ name: String) -> Bool {
        ["1", "true", "yes", "on"].contains(Environment[name]?.lowercased())
    }

    static func number<Number: LosslessStringConvertible>(_ name: String, _ standard: Number) -> Number {
        Environment[name].flatMap(Number.init) ?? standard
    }
}

extension String? {
    /// The values of a variable that holds several, with commas between.
    var list: [String] { self?.split(separator: ",").map { $0.filter { $0 != " " } } ?? [] }
}
