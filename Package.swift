// swift-tools-version: 6.1
import PackageDescription

/// Generic code on the hot path is specialised across modules: measured 0.96 s against 0.027 s for a byte loop.
let hot: [SwiftSetting] = [.unsafeFlags(["-cross-module-optimization"], .when(configuration: .release))]

/// The index counts bits and steps through postings billions of times a day: it asks for the processors of 2009 and later, which
/// count them in one instruction, and for no check at run time of what the compiler could not prove about exclusive access, which
/// cost a third of a query. In the server, where everything mutable is confined to its loop, the check cost an eighth of a request. The
/// reader adds up weights of 8 bits, sixteen at a time.
#if arch(x86_64)
    let cpu = ["-Xcc", "-march=x86-64-v2"]
#else
    let cpu: [String] = []
#endif
let hottest: [SwiftSetting] = [
    .unsafeFlags(["-cross-module-optimization", "-enforce-exclusivity=unchecked"] + cpu, .when(configuration: .release))
]

let package = Package(
    name: "dateline",
    products: [
        .executable(name: "dateline", targets: ["dateline"])
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    ],
    targets: [
        // Wire and sockets: know no news.
        .target(name: "CLinux"),
        .systemLibrary(name: "CZlib", path: "Sources/CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .target(name: "ContentCoding", dependencies: ["CZlib"], swiftSettings: hot),
        .target(name: "HTTPWire", dependencies: [.product(name: "HTTPTypes", package: "swift-http-types")], swiftSettings: hottest),
        .target(
            name: "HTTPServer",
            dependencies: ["CLinux", "HTTPWire", "ContentCoding", .product(name: "Logging", package: "swift-log")], swiftSettings: hottest),

        // The newsroom: knows no sockets.
        .target(name: "JSON", swiftSettings: hot),
        .target(name: "News", dependencies: ["JSON"], swiftSettings: hot),
        .target(name: "Reader", dependencies: ["News"], swiftSettings: hottest),
        // Stemming: the library has no pkg-config file, and its header stands where all do.
        .systemLibrary(name: "CSnowball", providers: [.apt(["libstemmer-dev"])]),
        .target(
            name: "NewsIndex",
            dependencies: ["News", "JSON", "CSnowball", .product(name: "HashTreeCollections", package: "swift-collections")],
            swiftSettings: hottest),
        .target(
            name: "Journal",
            dependencies: [
                .product(name: "GRDB", package: "GRDB.swift"), .product(name: "Crypto", package: "swift-crypto"),
            ], swiftSettings: hot),
        .target(
            name: "Newsroom",
            dependencies: [
                "News", "NewsIndex", "Reader", "Journal", "JSON", .product(name: "Logging", package: "swift-log"),
                .product(name: "HashTreeCollections", package: "swift-collections"),
            ],
            swiftSettings: hot),
        .target(
            name: "NewsAPI",
            dependencies: [
                "HTTPWire", "ContentCoding", "Reader", "News", "NewsIndex", "Newsroom", "JSON",
                .product(name: "Crypto", package: "swift-crypto"),
            ],
            swiftSettings: hot),

        // What is counted and logged of it all.
        .target(
            name: "Observability",
            dependencies: ["HTTPWire", "JSON", .product(name: "CoreMetrics", package: "swift-metrics")], swiftSettings: hot),

        // The program: the only place that knows them all.
        .executableTarget(
            name: "dateline",
            dependencies: [
                "CLinux", "HTTPServer", "Observability", "Reader", "NewsAPI", "Newsroom", "Journal", "NewsIndex", "News", "JSON",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "CoreMetrics", package: "swift-metrics"),
                .product(name: "Logging", package: "swift-log"),
            ], swiftSettings: hot),

        // Each room's tests stand beside it in name. They use only what is public or package, so that they run on the optimised code.
        .target(name: "TestSupport", dependencies: ["News", "JSON", "Journal"], path: "Tests/TestSupport"),
        .testTarget(name: "ArchitectureTests"),
        .testTarget(name: "HTTPWireTests", dependencies: ["HTTPWire", .product(name: "HTTPTypes", package: "swift-http-types")]),
        .testTarget(
            name: "HTTPServerTests",
            dependencies: [
                "HTTPServer", "HTTPWire", .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Logging", package: "swift-log"),
            ]),
        .testTarget(
            name: "ObservabilityTests",
            dependencies: [
                "Observability", "HTTPWire", .product(name: "CoreMetrics", package: "swift-metrics"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
            ]),
        .testTarget(name: "ContentCodingTests", dependencies: ["ContentCoding", "CZlib", "TestSupport"]),
        .testTarget(name: "JSONTests", dependencies: ["JSON", "TestSupport"]),
        .testTarget(name: "NewsTests", dependencies: ["News", "JSON", "TestSupport"]),
        .testTarget(name: "ReaderTests", dependencies: ["Reader", "News", "JSON", "TestSupport"]),
        .testTarget(name: "NewsIndexTests", dependencies: ["NewsIndex", "News", "JSON", "TestSupport"]),
        .testTarget(name: "JournalTests", dependencies: ["Journal", "TestSupport", .product(name: "GRDB", package: "GRDB.swift")]),
        .testTarget(
            name: "NewsroomTests",
            dependencies: [
                "Newsroom", "NewsIndex", "News", "Journal", "JSON", "TestSupport", .product(name: "Logging", package: "swift-log"),
            ]),
        .testTarget(
            name: "NewsAPITests",
            dependencies: [
                "NewsAPI", "Newsroom", "NewsIndex", "News", "Journal", "JSON", "HTTPWire", "TestSupport",
                .product(name: "HTTPTypes", package: "swift-http-types"), .product(name: "Logging", package: "swift-log"),
            ]),

        // The libcurl harness, against the program as a user starts it.
        .systemLibrary(name: "CCurl", path: "Tests/CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
        .testTarget(name: "IntegrationTests", dependencies: ["CCurl"], path: "Tests/Integration"),
    ],
    swiftLanguageModes: [.v6]
)
