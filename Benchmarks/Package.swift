// swift-tools-version: 6.1
// A package of its own, so that users of Dateline don't build it. The rooms it measures are links to the product's.
import PackageDescription

/// As the product is built.
#if arch(x86_64)
    let cpu = ["-Xcc", "-march=x86-64-v2"]
#else
    let cpu: [String] = []
#endif
let hot: [SwiftSetting] = [.unsafeFlags(["-cross-module-optimization"], .when(configuration: .release))]
let hottest: [SwiftSetting] = [
    .unsafeFlags(["-cross-module-optimization", "-enforce-exclusivity=unchecked"] + cpu, .when(configuration: .release))
]

let package = Package(
    name: "benchmarks",
    dependencies: [.package(url: "https://github.com/apple/swift-collections", from: "1.6.0")],
    targets: [
        .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
        .executableTarget(name: "WriteBench", dependencies: ["CSQLite"]),
        .systemLibrary(name: "CSnowball", providers: [.apt(["libstemmer-dev"])]),
        .target(name: "JSON", swiftSettings: hot),
        .target(name: "News", dependencies: ["JSON"], swiftSettings: hot),
        .target(
            name: "NewsIndex",
            dependencies: ["News", "JSON", "CSnowball", .product(name: "HashTreeCollections", package: "swift-collections")],
            swiftSettings: hottest),
        .executableTarget(name: "TextBench", dependencies: ["NewsIndex", "JSON"], swiftSettings: hot),
        .target(name: "Reader", dependencies: ["News"], swiftSettings: hottest),
        .target(name: "Resolving", dependencies: ["Reader", "NewsIndex", "News", "JSON"], swiftSettings: hot),
        .executableTarget(
            name: "AliasBench", dependencies: ["Resolving", "Reader", "NewsIndex", "News", "JSON"], swiftSettings: hot),
        .executableTarget(name: "ReadBench", dependencies: ["Reader", "News", "JSON"], swiftSettings: hot),
        .executableTarget(name: "GrowthBench", dependencies: ["Reader", "News"], swiftSettings: hot),
        .executableTarget(name: "SearchBench", dependencies: ["NewsIndex", "News", "JSON"], swiftSettings: hot),
    ],
    swiftLanguageModes: [.v6]
)
