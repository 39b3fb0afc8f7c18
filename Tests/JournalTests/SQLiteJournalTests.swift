import Foundation
import GRDB
import Journal
import TestSupport
import Testing

struct SQLiteJournalTests {
    let folder: Folder
    init() throws { folder = try Folder() }

    /// Leaves a journal with these records behind.
    private func leave(_ records: [JournalRecord]) throws {
        let journal = try open()
        try journal.append(records)
        journal.close()
    }

    private func open(_ access: SQLiteJournal.Access = .write) throws(JournalError) -> SQLiteJournal {
        try SQLiteJournal(folder: folder.path, access: access)
    }

    /// Changes the file behind the journal's back.
    private func tamper(_ sql: String) throws {
        let queue = try DatabaseQueue(path: folder.file("journal.sqlite"))
        try queue.write { try $0.execute(sql: sql) }
        try queue.close()
    }

    @Test func whatIsAppendedIsRead() throws {
        let journal = try open()
        #expect(try journal.lastSequence() == 0 && journal.records(after: 0, limit: 10) == [])
        let records =
            (1...300).map { record(UInt64($0), String(repeating: "é\u{0}", count: $0), kind: "kind-\($0 % 3)") } + [record(301, "")]
        try journal.append(Array(records[..<1]))
        try journal.append(Array(records[1...]))
        try journal.append([])
        #expect(try journal.lastSequence() == 301)
        #expect(try journal.records(after: 0, limit: 1_000) == records)
        #expect(try journal.records(after: 100, limit: 7) == Array(records[100..<107]))
        #expect(try journal.records(after: 301, limit: 7) == [] && journal.records(after: 999, limit: 7) == [])
        #expect(try journal.records(after: UInt64(Int64.max), limit: 7) == [])
        #expect(try journal.integrityFaults() == [])
    }

    @Test(arguments: [SQLiteJournal.Access.write, .read])
    func whatWasAppendedIsThereLater(_ access: SQLiteJournal.Access) throws {
        let records = (1...50).map { record($0, String(repeating: "x", count: Int($0) * 500)) }
        try leave(records)
        let again = try open(access)
        #expect(try again.records(after: 0, limit: 1_000) == records && again.lastSequence() == 50)
    }

    /// A start that was cut short right after it began is no reason to refuse the next one.
    @Test func aFirstStartCutShort() throws {
        try tamper("PRAGMA application_id = \(0x4461_7465)")
        try leave([record(1)])
        #expect(try open().records(after: 0, limit: 1) == [record(1)])
    }

    @Test func aBatchIsAllOrNothing() throws {
        let journal = try open()
        try journal.append([record(1), record(2)])
        // The second of them is there already.
        #expect(name(of: fault { () throws(JournalError) in try journal.append([record(3), record(2)]) }) == "failed")
        #expect(try journal.records(after: 0, limit: 10) == [record(1), record(2)])
        try journal.append([record(3)])
        #expect(try journal.lastSequence() == 3)
    }

    @Test func aGapIsNoticed() throws {
        let journal = try open()
        try journal.append([record(1), record(2), record(4)])
        #expect(try journal.records(after: 0, limit: 2).count == 2)
        #expect(name(of: fault { () throws(JournalError) in try journal.records(after: 0, limit: 3) }) == "damaged")
        #expect(name(of: fault { () throws(JournalError) in try journal.records(after: 2, limit: 3) }) == "damaged")
        #expect(try journal.records(after: 3, limit: 3) == [record(4)])
    }

    @Test(arguments: [
        "UPDATE record SET body = CAST('other' AS BLOB) WHERE sequence = 2", "UPDATE record SET kind = 'x' WHERE sequence = 2",
        "UPDATE record SET time = time + 1 WHERE sequence = 2",
        "UPDATE record SET digest = zeroblob(16) WHERE sequence = 2", "DELETE FROM record WHERE sequence = 2",
        "DELETE FROM record WHERE sequence = 2; INSERT INTO record SELECT 2, version, kind, time, digest, body FROM record WHERE sequence = 1",
    ])
    func whatWasChangedIsNoticed(_ sql: String) throws {
        try leave([record(1), record(2, "mine"), record(3)])
        try tamper(sql)
        let again = try open(.read)
        #expect(try again.records(after: 0, limit: 1) == [record(1)])
        #expect(name(of: fault { () throws(JournalError) in try again.records(after: 0, limit: 3) }) == "damaged")
        #expect(try again.records(after: 2, limit: 3) == [record(3)])
    }

    @Test func aNumberThatNoRecordHas() throws {
        try leave([])
        try tamper("INSERT INTO record VALUES (-7, 1, 'x', 0, zeroblob(16), zeroblob(1))")
        let journal = try open()
        #expect(name(of: fault { () throws(JournalError) in try journal.lastSequence() }) == "damaged")
    }

    @Test func aRecordOfANewerFormat() throws {
        try leave([record(1)])
        try tamper("UPDATE record SET version = 99")
        let again = try open(.read)
        #expect(name(of: fault { () throws(JournalError) in try again.records(after: 0, limit: 1) }) == "newer")
    }

    // MARK: Files of others

    @Test(arguments: [SQLiteJournal.Access.write, .read])
    func anotherProgramsDatabaseIsLeftAlone(_ access: SQLiteJournal.Access) throws {
        for setup in ["PRAGMA application_id = 7; CREATE TABLE a (b)", "CREATE TABLE a (b)", "PRAGMA application_id = 7"] {
            try? FileManager.default.removeItem(atPath: folder.file("journal.sqlite"))
            try tamper(setup)
            let before = try folder.read("journal.sqlite")
            #expect(name(of: fault { () throws(JournalError) in try open(access) }) == "damaged", "\(setup)")
            #expect(try folder.read("journal.sqlite") == before, "\(setup)")
        }
    }

    @Test(arguments: [SQLiteJournal.Access.write, .read])
    func aNewerJournalIsLeftAlone(_ access: SQLiteJournal.Access) throws {
        for change in ["PRAGMA user_version = 99", "INSERT INTO grdb_migrations VALUES ('99 of tomorrow')"] {
            try? FileManager.default.removeItem(atPath: folder.path)
            try leave([record(1)])
            try tamper(change)
            let before = try folder.read("journal.sqlite")
            #expect(name(of: fault { () throws(JournalError) in try open(access) }) == "newer", "\(change)")
            #expect(try folder.read("journal.sqlite") == before, "\(change)")
        }
    }

    @Test func foldersAndFilesThatCannotBe() throws {
        #expect(name(of: fault { () throws(JournalError) in try open(.read) }) == "failed")
        #expect(!FileManager.default.fileExists(atPath: folder.file("journal.sqlite")))
        try folder.write("file", [])
        #expect(
            name(of: fault { () throws(JournalError) in try SQLiteJournal(folder: folder.file("file/sub"), access: .write) }) == "failed")
        let deep = try SQLiteJournal(folder: folder.file("a/b/c"), access: .write)
        try deep.append([record(1)])
        // An empty file is an empty journal: so it looks when the machine stopped right at the start.
        try folder.write("journal.sqlite", [])
        #expect(try open().lastSequence() == 0)
    }

    // MARK: Side by side

    @Test func oneWriterAtATime() throws {
        let first = try open()
        try first.append([record(1)])
        for _ in 0..<3 { #expect(name(of: fault { () throws(JournalError) in try open() }) == "inUse") }
        // A refusal doesn't let go of the lock, or of anything else's file.
        try first.append([record(2)])
        let reader = try open(.read)
        #expect(try reader.lastSequence() == 2)
        try first.append([record(3)])
        #expect(try reader.lastSequence() == 3 && reader.records(after: 2, limit: 1) == [record(3)])
    }

    @Test func theLockGoesWithTheWriter() throws {
        try leave([record(1)])
        let second = try open()
        try second.append([record(2)])
        #expect(try second.lastSequence() == 2)
    }

    @Test func readersBesideTheWriter() async throws {
        let journal = try open()
        let reader = try open(.read)
        try await withThrowingTaskGroup { group in
            group.addTask {
                for batch in 0..<60 as Range<UInt64> { try journal.append((1...5).map { record(batch * 5 + $0, "text \(batch)") }) }
            }
            for journal in [journal, reader] {
                group.addTask {
                    var last: UInt64 = 0
                    while last < 300 {
                        let records = try journal.records(after: last, limit: 50)
                        #expect(records.map(\.sequence) == (0..<UInt64(records.count)).map { last + 1 + $0 })
                        // A batch is seen whole or not at all.
                        #expect(records.count == 50 || (last + UInt64(records.count)) % 5 == 0)
                        last += UInt64(records.count)
                    }
                }
            }
            try await group.waitForAll()
        }
    }
}
