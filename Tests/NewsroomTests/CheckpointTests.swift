import Foundation
import Journal
import Logging
import News
import NewsIndex
import Newsroom
import TestSupport
import Testing

/// A start from the checkpoint serves what a start from the journal does; whatever is wrong with it costs that start some time.
struct CheckpointTests {
    private func room(_ journal: any Journal, _ folder: Folder) throws -> Newsroom {
        try Newsroom(
            journal: journal, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
            checkpoints: CheckpointFolder(folder.path + "/checkpoint"))
    }

    /// Some news, and the room closed.
    private func write(_ journal: any Journal, _ folder: Folder, articles: Int, seed: UInt64) async throws -> Index {
        let room = try room(journal, folder)
        var chance = Chance(seed: seed)
        let entities = (0..<5).map { Entity(id: "e-\($0)", name: "E\($0)") }
        for entity in entities where room.index.entities[entity.id] == nil { try await room.done(.declareEntity(entity)) }
        for result in await room.results((0..<articles).map { _ in .post(Draft(chance.article(entities: entities))) }) {
            _ = try result.get()
        }
        room.close()
        return room.index
    }

    private func saved(_ journal: any Journal, _ folder: Folder) throws -> Index? {
        try CheckpointFolder(folder.path + "/checkpoint").index(of: journal)
    }

    private func files(_ folder: Folder) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.path + "/checkpoint").sorted().map { folder.path + "/checkpoint/" + $0 }
    }

    @Test func aCleanStopSavesOne() async throws {
        let folder = try Folder()
        let journal = MemoryJournal()
        let before = try await write(journal, folder, articles: 300, seed: 1)
        let after = try #require(try saved(journal, folder))
        #expect(after.sequence == before.sequence && after.differences(from: before) == [] && after.faults() == [])
        // It is used: the records that it has are not read but for those by which the journal is known.
        let room = try room(journal, folder)
        #expect(room.index.differences(from: before) == [])
        try await room.done(.post(Draft(try posted(#"{"headline":"Later"}"#))))
        #expect(try room.faults(journal) == [])
        room.close()
        #expect(try saved(journal, folder)?.sequence == before.sequence + 1)
        // Nothing is left of the one before.
        #expect(try files(folder).count == room.index.segments.count + 1)
    }

    /// What the last stop left to merge is merged without a write, and kept.
    @Test(.timeLimit(.minutes(5))) func mergesGoOn() async throws {
        let folder = try Folder()
        let journal = MemoryJournal()
        let writer = try Newsroom(journal)
        let draft = Draft(try posted(#"{"headline":"Grain"}"#))
        let drafts = (0..<32_768).map { _ in Command.post(draft) }
        for result in await writer.results(drafts) { _ = try result.get() }
        writer.close()
        var index = Index()
        for part in 0..<8 { index.fold(try Replay.entries(Array(journal.records[part * 4_096..<(part + 1) * 4_096]))) }
        #expect(index.segmentCount == 8)
        try CheckpointFolder(folder.path + "/checkpoint").save(index, of: journal)
        let room = try room(journal, folder)
        weak var part = room.index.segmentCount > 1 ? room.index.segments.first : nil
        while room.index.segmentCount > 1 { try await Task.sleep(for: .milliseconds(5)) }
        // That it is on disk keeps nothing in memory.
        while part != nil { try await Task.sleep(for: .milliseconds(5)) }
        #expect(room.index.differences(from: index) == [] && room.index.faults() == [])
        room.close()
        #expect(try saved(journal, folder)?.segmentCount == 1)
    }

    /// Once nothing is written, what came bit by bit becomes one segment, and it is kept.
    @Test(.timeLimit(.minutes(5))) func atRest() async throws {
        let folder = try Folder()
        let journal = MemoryJournal()
        let writer = try Newsroom(journal)
        for result in await writer.results(try (0..<26).map { try post(#"{"headline":"Grain \#($0)"}"#) }) { _ = try result.get() }
        writer.close()
        var index = Index()
        for record in journal.records { index.fold(try Replay.entries([record])) }
        #expect(index.segmentCount == 26)
        try CheckpointFolder(folder.path + "/checkpoint").save(index, of: journal)
        let room = try room(journal, folder)
        while room.index.segmentCount > 1 { try await Task.sleep(for: .milliseconds(100)) }
        #expect(room.index.differences(from: index) == [] && room.index.faults() == [])
        room.close()
        #expect(try saved(journal, folder)?.segmentCount == 1)
    }

    /// What was merged while a batch was on its way to the disk is shown when that is done, though nothing follows.
    @Test(.timeLimit(.minutes(5))) func mergedMeanwhile() async throws {
        let journal = MemoryJournal()
        let room = try Newsroom(journal)
        let grain = try post(#"{"headline":"Grain"}"#)
        for _ in 0..<8 { for result in await room.results((0..<4_096).map { _ in grain }) { _ = try result.get() } }
        journal.shut()
        room.submit([grain]) { _ in }
        journal.awaitWriter()
        // Longer than it takes; if not, there is nothing to find.
        try await Task.sleep(for: .seconds(2))
        journal.open()
        while room.index.segmentCount > 2 || room.index.articleCount < 32_769 { try await Task.sleep(for: .milliseconds(5)) }
        room.close()
        #expect(try room.faults(journal) == [])
    }

    /// What is made of a single segment at rest is shown and kept too, though there are no fewer segments than before.
    @Test(.timeLimit(.minutes(5))) func aSingleSegment() async throws {
        let folder = try Folder()
        let journal = MemoryJournal()
        let writer = try Newsroom(journal)
        let grain = try post(#"{"headline":"Grain prices rise"}"#)
        for _ in 0..<3 { for result in await writer.results((0..<3_000).map { _ in grain }) { _ = try result.get() } }
        writer.close()
        let room = try room(journal, folder)
        while room.index.footprint.pairs == 0 { try await Task.sleep(for: .milliseconds(50)) }
        room.close()
        #expect(try saved(journal, folder)?.footprint == room.index.footprint)
        #expect(room.index.segmentCount == 1 && room.index.articleCount == 9_000 && room.index.faults() == [])
    }

    /// What came after it is folded from the journal.
    @Test func theTailIsFolded() async throws {
        let folder = try Folder()
        let journal = MemoryJournal()
        _ = try await write(journal, folder, articles: 200, seed: 2)
        let other = try Folder()
        let later = try await write(journal, other, articles: 150, seed: 3)
        let room = try room(journal, folder)
        #expect(room.index.differences(from: later) == [] && room.index.faults() == [])
        #expect(try #require(try saved(journal, folder)).sequence < later.sequence)
    }

    @Test func damageIsNoticed() async throws {
        let folder = try Folder()
        let journal = MemoryJournal()
        let before = try await write(journal, folder, articles: 60, seed: 4)
        var chance = Chance(seed: 5)
        for path in try files(folder) {
            let whole = try Data(contentsOf: URL(filePath: path))
            func expectRefused(_ bytes: Data, _ what: String) throws {
                try bytes.write(to: URL(filePath: path))
                #expect(throws: CheckpointFault.self, "\(path): \(what)") { try saved(journal, folder) }
            }
            for place in Set((0..<120).map { _ in chance.below(whole.count) } + [0, 8, whole.count - 1]) {
                var bytes = whole
                bytes[place] ^= 1 << UInt8(chance.below(8))
                try expectRefused(bytes, "byte \(place) changed")
            }
            for size in [0, 1, 8, 24, whole.count / 2, whole.count - 1] { try expectRefused(whole.prefix(size), "\(size) bytes") }
            try expectRefused(whole + [0], "a byte more")
            // A start goes on without it, and the next stop mends it.
            let room = try room(journal, folder)
            #expect(room.index.differences(from: before) == [] && room.index.faults() == [])
            try whole.write(to: URL(filePath: path))
            #expect(try saved(journal, folder)?.differences(from: before) == [])
        }
        for path in try files(folder) where !path.hasSuffix("/manifest") {
            let whole = try Data(contentsOf: URL(filePath: path))
            try FileManager.default.removeItem(atPath: path)
            #expect(throws: CheckpointFault.self) { try saved(journal, folder) }
            try whole.write(to: URL(filePath: path))
        }
    }

    @Test func anotherJournals() async throws {
        let folder = try Folder()
        _ = try await write(MemoryJournal(), folder, articles: 40, seed: 6)
        let journal = MemoryJournal()
        let other = try await write(journal, try Folder(), articles: 50, seed: 7)
        #expect(throws: CheckpointFault.self) { try saved(journal, folder) }
        let room = try room(journal, folder)
        #expect(room.index.differences(from: other) == [])
        // One that is shorter than what was saved is another one too.
        #expect(throws: CheckpointFault.self) { try saved(MemoryJournal(), folder) }
    }

    /// A folder that can't be written to is a warning, not an error.
    @Test func whereNothingCanBeSaved() async throws {
        let folder = try Folder()
        try Data("no folder".utf8).write(to: URL(filePath: folder.path + "/checkpoint"))
        let journal = MemoryJournal()
        let before = try await write(journal, folder, articles: 20, seed: 8)
        #expect(before.articleCount == 20 && before.faults() == [])
        #expect(try room(journal, folder).index.differences(from: before) == [])
    }

    @Test func nothingSavedYet() throws {
        let folder = try Folder()
        #expect(try saved(MemoryJournal(), folder) == nil)
        let room = try room(MemoryJournal(), folder)
        room.close()
        #expect(!FileManager.default.fileExists(atPath: folder.path + "/checkpoint"))
    }
}
