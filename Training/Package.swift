// swift-tools-version: 6.1
// A package of its own, so that users don't build it. The rooms it needs are links to the product's.
import PackageDescription

let package = Package(
    name: "training",
    targets: [
        .target(name: "JSON"),
        .target(name: "News", dependencies: ["JSON"]),
        .target(name: "Reader", dependencies: ["News"]),
        .executableTarget(
            name: "Train", dependencies: ["Reader", "News"],
            swiftSettings: [.unsafeFlags(["-cross-module-optimization"], .when(configuration: .release))]),
        .executableTarget(name: "EvaluateDates", dependencies: ["Reader", "News"]),
    ],
    swiftLanguageModes: [.v6]
)
