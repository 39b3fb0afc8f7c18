// swift-tools-version: 6.1
// A package of its own, so that users don't build it. The rooms it tries are links to the product's, so that they are instrumented too.
import PackageDescription

let types: Target.Dependency = .product(name: "HTTPTypes", package: "swift-http-types")
/// libFuzzer brings the main function.
let fuzzer: [SwiftSetting] = [.unsafeFlags(["-parse-as-library"])]

let package = Package(
    name: "fuzz",
    dependencies: [
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
    ],
    targets: [
        .target(name: "HTTPWire", dependencies: [types]),
        .target(name: "JSON"),
        .target(name: "News", dependencies: ["JSON"]),
        .systemLibrary(name: "CSnowball"),
        .target(
            name: "NewsIndex",
            dependencies: ["News", "JSON", "CSnowball", .product(name: "HashTreeCollections", package: "swift-collections")]),
        .executableTarget(name: "FuzzArticle", dependencies: ["JSON", "News"], swiftSettings: fuzzer),
        .executableTarget(name: "FuzzHead", dependencies: ["HTTPWire"], swiftSettings: fuzzer),
        .executableTarget(name: "FuzzChunks", dependencies: ["HTTPWire"], swiftSettings: fuzzer),
        .executableTarget(name: "FuzzConnection", dependencies: ["HTTPWire", types], swiftSettings: fuzzer),
        .executableTarget(name: "FuzzTarget", dependencies: ["HTTPWire"], swiftSettings: fuzzer),
        .executableTarget(name: "FuzzNegotiation", dependencies: ["HTTPWire"], swiftSettings: fuzzer),
        .executableTarget(name: "FuzzConditions", dependencies: ["HTTPWire", types], swiftSettings: fuzzer),
        .executableTarget(name: "FuzzRange", dependencies: ["HTTPWire"], swiftSettings: fuzzer),
        .executableTarget(name: "FuzzForwarded", dependencies: ["HTTPWire"], swiftSettings: fuzzer),
        .executableTarget(name: "FuzzProxyHeader", dependencies: ["HTTPWire"], swiftSettings: fuzzer),
        .executableTarget(name: "FuzzQuery", dependencies: ["HTTPWire"], swiftSettings: fuzzer),
        .executableTarget(name: "FuzzSearch", dependencies: ["NewsIndex"], swiftSettings: fuzzer),
    ],
    swiftLanguageModes: [.v6]
)
