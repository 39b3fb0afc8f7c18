// swift-tools-version: 6.1
import PackageDescription

// A package of its own, so that users of Dateline don't build it.
let package = Package(
    name: "benchmarks",
    targets: [
        .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
        .executableTarget(name: "WriteBench", dependencies: ["CSQLite"]),
    ],
    swiftLanguageModes: [.v6]
)
