import Foundation
import News
import Reader
import TestSupport

/// The model that the program runs with.
enum Shipped {
    static let bytes: [UInt8] = {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        return (try? Data(contentsOf: root.appending(path: "models/english.names"))).map { [UInt8]($0) } ?? []
    }()

    static let model: NameModel = {
        do { return try NameModel(bytes) } catch { fatalError("models/english.names: \(error)") }
    }()

    static let reader = Reader(model: model)
}

extension Chance {
    /// A number between −3 and 3.
    mutating func score() -> Float { Float(below(6_001)) / 1_000 - 3 }
}
