import Foundation
import Journal
import News
import NewsIndex
import Newsroom
import TestSupport
import Testing

struct ReplayTests {
    private func fault(_ records: [Record]) -> JournalError? {
        do throws(JournalError) { _ = try Replay.entries(records) } catch { return error }
        return nil
    }

    /// From an empty start, in memory or on disk: what is folded from the journal is what was served.
    @Test func onDisk() async throws {
        let folder = try Folder()
        var before: Index
        do {
            let journal = try SQLiteJournal(folder: folder.path, access: .write)
            let room = try Newsroom(journal)
            var chance = Chance(seed: 1)
            let entities = (0..<5).map { Entity(id: "e-\($0)", name: "E\($0)") }
            for entity in entities { try await room.done(.declareEntity(entity)) }
            // More than are read at a time.
            for _ in 0..<50 {
                let drafts = (0..<100).map { _ in Command.post(Draft(chance.article(entities: entities))) }
                for result in await room.results(drafts) { _ = try result.get() }
            }
            try await room.done(.mergeEntity("e-0", into: "e-1"))
            room.close()
            before = room.snapshot.index
            journal.close()
        }
        let journal = try SQLiteJournal(folder: folder.path, access: .read)
        let told = Shared<[UInt64]>([])
        let after = try Replay.index(of: journal) { done, last in told.change { $0 += [done, last] } }
        #expect(after.differences(from: before) == [] && after.faults() == [] && after.articleCount == 5_000)
        #expect(told.value.first == 0 && told.value.suffix(2) == [5_006, 5_006])
    }

    @Test func recordsThatCannotBeRead() throws {
        let good = Change.entityPut(Entity(id: "a", name: "A"))
        let record = Record(sequence: 1, kind: good.kind.rawValue, time: 0, body: good.encoded())
        #expect(fault([record]) == nil && fault([]) == nil)
        var newer = record
        newer.kind = "photo-put"
        guard case .newer = fault([newer]) else {
            Issue.record("a kind of record that nobody knows was read")
            return
        }
        for body in ["", "{", "{}", "7", #"{"entity":{"name":""}}"#] {
            var broken = record
            broken.body = Array(body.utf8)
            guard case .damaged = fault([broken]) else {
                Issue.record("\(body) was read")
                continue
            }
        }
        // The first of several faults is told, whichever is found first.
        var records = (1...100).map { Record(sequence: $0, kind: record.kind, time: 0, body: record.body) }
        records[40].kind = "photo-put"
        records[41].body = []
        guard case .newer = fault(records) else {
            Issue.record("the first fault was not told")
            return
        }
    }

    /// Records are asked for in several parts at a time, and one that lacks is told, wherever it is.
    @Test(arguments: [1, 2, 255, 256, 257, 4_096, 4_097, 5_000] as [UInt64])
    func aJournalWithAGap(_ missing: UInt64) {
        struct Torn: Journal {
            let missing: UInt64
            func append(_ records: [Record]) throws(JournalError) {}
            func records(after sequence: UInt64, limit: Int) throws(JournalError) -> [Record] {
                let change = Change.articleWithdrawn(ArticleID(high: 1, low: 1))
                return (sequence + 1..<sequence + 1 + UInt64(limit)).filter { $0 <= 5_000 }.prefix { $0 != missing }
                    .map { Record(sequence: $0, kind: change.kind.rawValue, time: 0, body: change.encoded()) }
            }
            func lastSequence() throws(JournalError) -> UInt64 { 5_000 }
        }
        #expect(throws: JournalError.damaged("record \(missing) is missing")) { try Replay.index(of: Torn(missing: missing)) }
    }

    @Test func aJournalThatEndsTooSoon() {
        struct Short: Journal {
            func append(_ records: [Record]) throws(JournalError) {}
            func records(after sequence: UInt64, limit: Int) throws(JournalError) -> [Record] { [] }
            func lastSequence() throws(JournalError) -> UInt64 { 3 }
        }
        #expect(throws: JournalError.self) { try Newsroom(Short()) }
    }
}
