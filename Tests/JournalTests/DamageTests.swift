import Foundation
import Journal
import TestSupport
import Testing

/// A file that a failing disk, or a hand, has changed: it can be read, or it is refused with a word about why.
struct DamageTests {
    /// The bytes of a good journal with forty records, larger than one page each now and then.
    static func journal() throws -> [UInt8] {
        let folder = try Folder()
        let journal = try SQLiteJournal(folder: folder.path, access: .write)
        try journal.append((1...40).map { record($0, String(repeating: "News. ", count: Int($0) * 60)) })
        journal.close()
        return try folder.read("journal.sqlite")
    }

    /// Opens and reads all that can be read; answers the records that were, which must be what was written.
    private func read(_ bytes: [UInt8], _ access: SQLiteJournal.Access, _ place: String) throws {
        let folder = try Folder()
        try folder.write("journal.sqlite", bytes)
        do throws(JournalError) {
            let journal = try SQLiteJournal(folder: folder.path, access: access)
            defer { journal.close() }
            let last = try journal.lastSequence()
            let records = try journal.records(after: 0, limit: 100)
            #expect(records.count <= 40 && UInt64(records.count) <= max(last, 40), "\(place)")
            for item in records {
                #expect(item == record(item.sequence, String(repeating: "News. ", count: Int(item.sequence) * 60)), "\(place)")
            }
            _ = try journal.integrityFaults()
            if access == .write { try journal.append([record(last + 1)]) }
        } catch {
            #expect(!error.description.isEmpty, "\(place)")
        }
    }

    @Test(arguments: 0..<3 as Range<UInt64>)
    func flippedBits(_ seed: UInt64) throws {
        var chance = Chance(seed: seed)
        let good = try DamageTests.journal()
        for round in 0..<60 {
            var bytes = good
            for _ in 0...chance.below(chance.once(in: 2) ? 1 : 40) {
                // The first pages hold the header and the schema, where damage does most.
                let place = chance.below(chance.once(in: 2) ? 200 : bytes.count)
                bytes[place] ^= 1 << UInt8(chance.below(8))
            }
            try read(bytes, chance.once(in: 2) ? .write : .read, "seed \(seed), round \(round)")
        }
    }

    @Test func cutOff() throws {
        var chance = Chance(seed: 9)
        let good = try DamageTests.journal()
        for length in [1, 15, 16, 99, 100, 511, 512, 4_095, 4_096, good.count - 1] + (0..<20).map({ _ in chance.below(good.count) }) {
            try read(Array(good[..<length]), .write, "\(length) bytes")
        }
    }

    @Test func garbage() throws {
        var chance = Chance(seed: 10)
        for length in [1, 100, 5_000, 70_000] {
            let bytes = (0..<length).map { _ in UInt8(truncatingIfNeeded: chance.next()) }
            let folder = try Folder()
            try folder.write("journal.sqlite", bytes)
            #expect(name(of: fault { () throws(JournalError) in try SQLiteJournal(folder: folder.path, access: .write) }) == "damaged")
            #expect(try folder.read("journal.sqlite") == bytes)
        }
    }
}
