// swift-tools-version: 6.1
import PackageDescription

let hot: [SwiftSetting] = [.unsafeFlags(["-cross-module-optimization"], .when(configuration: .release))]

// A package of its own, so that users of Dateline don't build it. The rooms that are measured in this process are links to the product's.
let package = Package(
    name: "benchmarks",
    dependencies: [.package(url: "https://github.com/apple/swift-collections", from: "1.6.0")],
    targets: [
        .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
        .executableTarget(name: "WriteBench", dependencies: ["CSQLite"]),
        .target(name: "JSON", swiftSettings: hot),
        .target(name: "News", dependencies: ["JSON"], swiftSettings: hot),
        .systemLibrary(name: "CSnowball", providers: [.apt(["libstemmer-dev"])]),
        .target(
            name: "NewsIndex",
            dependencies: ["News", "JSON", "CSnowball", .product(name: "HashTreeCollections", package: "swift-collections")],
            swiftSettings: hot),
        .executableTarget(name: "TextBench", dependencies: ["NewsIndex", "JSON"], swiftSettings: hot),
    ],
    swiftLanguageModes: [.v6]
)
