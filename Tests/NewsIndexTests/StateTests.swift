import News
import NewsIndex
import TestSupport
import Testing

/// An index as bytes is the same index again, and goes on as it would have.
struct StateTests {
    private let oracle = OracleTests()

    private func images(_ index: Index) throws -> [[UInt8]] {
        index.segments.map { segment in
            var bytes: [UInt8] = []
            segment.writeImage { bytes += $0 }
            return bytes
        }
    }

    private func index(_ state: [UInt8], _ images: [[UInt8]]) -> Index? {
        let images = images.compactMap { bytes in SegmentImage(byteCount: bytes.count) { $0.copyBytes(from: bytes) } }
        return Index(state: state, images)
    }

    @Test(arguments: 0..<6 as Range<UInt64>)
    func comesBack(_ seed: UInt64) throws {
        var history = History(seed: seed)
        var before = Index()
        for _ in 0..<6 {
            for _ in 0..<40 {
                before.fold((0...history.chance.below(9)).map { _ in history.step() })
                before.mergeSmall()
            }
            var after = try #require(index(before.state(), try images(before)), "seed \(seed)")
            #expect(after.differences(from: before) == [] && after.faults() == [], "seed \(seed)")
            #expect(after.segmentCount == before.segmentCount && after.footprint == before.footprint, "seed \(seed)")
            for _ in 0..<5 { oracle.expectSameList(after, &history, "seed \(seed), read back") }
            oracle.expectSameResources(after, &history, "seed \(seed), read back")
            // Both go on alike.
            let entries = (0..<50).map { _ in history.step() }
            before.fold(entries)
            after.fold(entries)
            #expect(after.differences(from: before) == [] && after.faults() == [], "seed \(seed)")
            before = after
        }
    }

    /// Segments whose articles are in codes, with documents that are gone.
    @Test func largeSegmentsComeBack() throws {
        var history = History(seed: 60)
        var before = Index()
        for _ in 0..<18 {
            before.fold((0..<1_100).map { _ in history.smallStep() })
            before.mergeSmall()
            while let merge = before.largeMerge() { before.apply(merge()) }
        }
        let after = try #require(index(before.state(), try images(before)))
        #expect(after.differences(from: before) == [] && after.footprint == before.footprint)
        for number in 0..<40 { oracle.expectSameList(after, &history, "question \(number)") }
    }

    /// Whoever gives the index another part writes it into the state too, if it can't be made from the others, and then its name here.
    @Test func allPartsAreKept() {
        let parts = Set(Mirror(reflecting: Index()).children.compactMap(\.label))
        let kept: Set = [
            "sequence", "articleCount", "nextSerial", "views", "withdrawn", "withdrawnURIs", "entities", "events", "names", "outlines",
            "rejectedNames", "happenings", "mergedEntities", "mergedEvents", "deletedEntities", "deletedEvents", "eventKeys",
            "eventsByEntity",
        ]
        // Made from the entities, empty between commits, and given.
        #expect(parts.subtracting(kept) == ["suggestions", "batch", "analyzer"])
        #expect(kept.isSubset(of: parts))
    }

    /// Bytes that are none of an index's end nothing but the attempt.
    @Test func foreignBytes() throws {
        var history = History(seed: 7)
        var whole = Index()
        for _ in 0..<30 { whole.fold((0..<5).map { _ in history.step() }) }
        whole.mergeSmall()
        let (state, pieces) = (whole.state(), try images(whole))
        #expect(index([], []) == nil && index(state, []) == nil && index(state, pieces + [pieces[0]]) == nil)
        for size in stride(from: 0, to: state.count, by: 37) { #expect(index(Array(state.prefix(size)), pieces) == nil) }
        for (place, piece) in pieces.enumerated() {
            for size in stride(from: 0, to: piece.count, by: 997) {
                var cut = pieces
                cut[place] = Array(piece.prefix(size))
                #expect(index(state, cut) == nil, "\(size) bytes of \(piece.count)")
            }
            // What a head says of its sections may be anything.
            for offset in 0..<160 {
                var changed = pieces
                changed[place][offset] ^= 1 << UInt8(history.chance.below(8))
                _ = index(state, changed)
            }
        }
        for _ in 0..<2_000 {
            var changed = state
            changed[history.chance.below(state.count)] = UInt8(history.chance.below(256))
            _ = index(changed, pieces)
        }
        for size in [1, 100, 1_000, 10_000] {
            let noise = (0..<size).map { _ in UInt8(history.chance.below(256)) }
            #expect(index(noise, pieces) == nil && index(state, pieces.map { _ in noise }) == nil)
        }
        // Words read in another way now.
        let images = pieces.compactMap { bytes in SegmentImage(byteCount: bytes.count) { $0.copyBytes(from: bytes) } }
        #expect(Index(state: state, images, Analyzer(.plain)) == nil)
    }
}
