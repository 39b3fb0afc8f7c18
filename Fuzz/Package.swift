// swift-tools-version: 6.1
// A package of its own, so that users don't build it. Its HTTPWire is a link to the product's, so that it is instrumented too.
import PackageDescription

let types: Target.Dependency = .product(name: "HTTPTypes", package: "swift-http-types")
/// libFuzzer brings the main function.
let fuzzer: [SwiftSetting] = [.unsafeFlags(["-parse-as-library"])]

let package = Package(
    name: "fuzz",
    dependencies: [.package(url: "https://github.com/apple/swift-http-types", from: "1.8.0")],
    targets: [
        .target(name: "HTTPWire", dependencies: [types]),
        .executableTarget(name: "FuzzHead", dependencies: ["HTTPWire"], swiftSettings: fuzzer),
        .executableTarget(name: "FuzzChunks", dependencies: ["HTTPWire"], swiftSettings: fuzzer),
        .executableTarget(name: "FuzzRange", dependencies: ["HTTPWire", types], swiftSettings: fuzzer),
        .executableTarget(name: "FuzzQuery", dependencies: ["HTTPWire"], swiftSettings: fuzzer),
    ],
    swiftLanguageModes: [.v6]
)
