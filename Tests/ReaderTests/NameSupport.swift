import Foundation
import News
import Reader
import TestSupport

/// What the program runs with.
enum Shipped {
    static let bytes = file("english.names")
    static let placeBytes = file("places")

    static let model: NameModel = {
        do { return try NameModel(bytes) } catch { fatalError("models/english.names: \(error)") }
    }()

    static let places: PlaceTable = {
        do { return try PlaceTable(placeBytes) } catch { fatalError("models/places: \(error)") }
    }()

    static let reader = Reader(model: model, places: places)

    private static func file(_ name: String) -> [UInt8] {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        return (try? Data(contentsOf: root.appending(path: "models/" + name))).map { [UInt8]($0) } ?? []
    }
}

extension Chance {
    /// A number between −3 and 3.
    mutating func score() -> Float { Float(below(6_001)) / 1_000 - 3 }
}
