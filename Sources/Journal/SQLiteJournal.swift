import Crypto
import Foundation
import GRDB

/// A journal in an SQLite database, in write-ahead mode, with a sync to disk on every commit.
public final class SQLiteJournal: Journal {
    /// Marks the file as a Dateline journal: "Date" in ASCII.
    static let applicationID = 0x4461_7465
    /// The schema that the migrations lead to, kept as SQLite's user_version.
    static let schemaVersion = 1
    /// The format of what `append` writes, kept with every record.
    static let recordVersion = 1

    private let pool: DatabasePool
    private let lock: FolderLock?
    /// The file, for messages.
    public let path: String

    /// What the journal is opened for.
    public enum Access: Sendable {
        /// Creates the folder and the journal where there is none, and keeps other writers out.
        case write
        /// Beside a writer, changing nothing.
        case read
    }

    /// Opens the journal of a data folder, bringing its schema up to date if it may write.
    public init(folder: String, access: Access) throws(JournalError) {
        path = folder + "/journal.sqlite"
        do {
            if access == .write {
                try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
                lock = try FolderLock(folder: folder)
            } else {
                guard FileManager.default.fileExists(atPath: path) else {
                    throw JournalError.failed("there is no journal at \(path)")
                }
                lock = nil
            }
            var configuration = Configuration()
            configuration.busyMode = .timeout(5)
            configuration.label = "journal"
            configuration.readonly = true
            if FileManager.default.fileExists(atPath: path) {
                try Self.checkHeader(path)
                do {
                    // Before the pool is opened, which puts any database into write-ahead mode.
                    try Self.checkOwnership(path, configuration)
                } catch let error as DatabaseError where error.resultCode == .SQLITE_READONLY && access == .write {
                    // The making of the file was cut short, and what was begun has to be taken back first.
                    configuration.readonly = false
                    try Self.checkOwnership(path, configuration)
                }
            }
            configuration.readonly = access == .read
            if access == .write {
                // Takes effect in a new file alone. An article takes half of SQLite's usual page, and leaves the other
                // half empty; with this size 100 articles take 5 µs each to commit where they took 11.
                configuration.prepareDatabase { try $0.execute(sql: "PRAGMA page_size = 16384") }
            }
            pool = try DatabasePool(path: path, configuration: configuration)
            if access == .write {
                // First of all, so that a start that is cut short doesn't leave a file that looks like another program's.
                try pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA application_id = \(Self.applicationID)") }
                try Self.migrations.migrate(pool)
                try pool.writeWithoutTransaction { db in
                    try db.execute(sql: "PRAGMA user_version = \(Self.schemaVersion)")
                    // After the pool's own setting, which is laxer: an acknowledged write survives a power cut.
                    try db.execute(sql: "PRAGMA synchronous = FULL")
                }
            }
        } catch let error as JournalError {
            throw error
        } catch {
            throw Self.translate(error, path)
        }
    }

    /// SQLite takes a very short file for an empty one, whatever is in it, and writes over it.
    private static func checkHeader(_ path: String) throws {
        let header = try FileHandle(forReadingFrom: URL(filePath: path)).read(upToCount: 16) ?? Data()
        guard header.isEmpty || header == Data("SQLite format 3\0".utf8) else { throw JournalError.damaged("\(path) is no database") }
    }

    /// A file that isn't ours, or that a newer program has written, is left alone.
    private static func checkOwnership(_ path: String, _ configuration: Configuration) throws {
        let database = try DatabaseQueue(path: path, configuration: configuration)
        defer { try? database.close() }
        try database.read { db in
            let application = try Int.fetchOne(db, sql: "PRAGMA application_id") ?? 0
            let isEmpty = try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_master") == 0
            guard application == applicationID || (application == 0 && isEmpty) else {
                throw JournalError.damaged("it is another program's database")
            }
            let version = try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
            guard version <= schemaVersion, try isEmpty || !migrations.hasBeenSuperseded(db) else {
                throw JournalError.newer("it has schema \(version), this program knows up to \(schemaVersion); nothing was changed")
            }
        }
    }

    /// Every schema there ever was, in order. An entry is never changed, only followed by another.
    private static let migrations: DatabaseMigrator = {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1 records") { db in
            try db.execute(
                sql: """
                    CREATE TABLE record (
                        sequence INTEGER PRIMARY KEY,
                        version INTEGER NOT NULL,
                        kind TEXT NOT NULL,
                        time INTEGER NOT NULL,
                        digest BLOB NOT NULL,
                        body BLOB NOT NULL
                    ) STRICT
                    """)
        }
        return migrator
    }()

    // MARK: Journal

    /// Adds records in one transaction, with a sync to disk at its end.
    public func append(_ records: [Record]) throws(JournalError) {
        do {
            try pool.writeWithoutTransaction { db in
                try db.inTransaction(.immediate) {
                    let statement = try db.cachedStatement(
                        sql: "INSERT INTO record (sequence, version, kind, time, digest, body) VALUES (?, ?, ?, ?, ?, ?)")
                    for record in records {
                        try statement.execute(arguments: [
                            Int64(record.sequence), Self.recordVersion, record.kind, record.time,
                            Self.digest(of: record), Data(record.body),
                        ])
                    }
                    return .commit
                }
            }
        } catch {
            throw Self.translate(error, path)
        }
    }

    /// Reads records, and holds each against its digest.
    public func records(after sequence: UInt64, limit: Int) throws(JournalError) -> [Record] {
        do {
            return try pool.read { db in
                var records: [Record] = []
                var expected = sequence + 1
                let rows = try Row.fetchCursor(
                    db, sql: "SELECT sequence, version, kind, time, digest, body FROM record WHERE sequence > ? ORDER BY sequence LIMIT ?",
                    arguments: [Int64(clamping: sequence), limit])
                while let row = try rows.next() {
                    records.append(try Self.record(row, expected))
                    expected += 1
                }
                return records
            }
        } catch {
            throw Self.translate(error, path)
        }
    }

    /// The sequence number of the last record; 0 for an empty journal.
    public func lastSequence() throws(JournalError) -> UInt64 {
        do {
            let last = try pool.read { try Int64.fetchOne($0, sql: "SELECT max(sequence) FROM record") ?? 0 }
            guard let last = UInt64(exactly: last) else { throw JournalError.damaged("the last record is number \(last)") }
            return last
        } catch {
            throw Self.translate(error, path)
        }
    }

    /// Has SQLite look at every page; answers what it found wrong.
    public func integrityFaults() throws(JournalError) -> [String] {
        do {
            return try pool.read { try String.fetchAll($0, sql: "PRAGMA integrity_check") }.filter { $0 != "ok" }
        } catch {
            throw Self.translate(error, path)
        }
    }

    /// Ends the writing; the write-ahead log is folded into the file, as far as that goes: it is read at the next start
    /// in any case.
    public func close() {
        _ = try? pool.writeWithoutTransaction { try $0.checkpoint(.truncate) }
        try? pool.close()
    }

    // MARK: Records

    private static func record(_ row: Row, _ expected: UInt64) throws -> Record {
        // A damaged file may hold any type in any column, so nothing is forced.
        guard let sequence = Int64.fromDatabaseValue(row[0]), let version = Int.fromDatabaseValue(row[1]),
            let kind = String.fromDatabaseValue(row[2]), let time = Int64.fromDatabaseValue(row[3]),
            let digest = Data.fromDatabaseValue(row[4]), let body = Data.fromDatabaseValue(row[5])
        else { throw JournalError.damaged("record \(expected) can't be read") }
        guard sequence == Int64(clamping: expected) else { throw JournalError.damaged("record \(expected) is missing") }
        guard version <= recordVersion else { throw JournalError.newer("record \(sequence) has version \(version)") }
        let record = Record(sequence: expected, kind: kind, time: time, body: [UInt8](body))
        guard Self.digest(of: record) == digest else {
            throw JournalError.damaged("record \(sequence) is not what was written")
        }
        return record
    }

    /// The first half of SHA-256 over all that the record says.
    static func digest(of record: Record) -> Data {
        var hash = SHA256()
        hash.update(data: "\(record.sequence) \(record.kind) \(record.time)\n".utf8.map { $0 })
        record.body.withUnsafeBytes { hash.update(bufferPointer: $0) }
        return Data(hash.finalize().prefix(16))
    }

    private static func translate(_ error: any Error, _ path: String) -> JournalError {
        if let error = error as? JournalError { return error }
        guard let error = error as? DatabaseError else { return .failed("\(path): \(error.localizedDescription)") }
        let detail = "\(path): \(error.message ?? "SQLite error \(error.extendedResultCode.rawValue)")"
        switch error.resultCode {
        case .SQLITE_FULL: return .full(detail)
        case .SQLITE_CORRUPT, .SQLITE_NOTADB: return .damaged(detail)
        case .SQLITE_IOERR, .SQLITE_CANTOPEN: return isDiskFull(path) ? .full(detail) : .failed(detail)
        default: return .failed(detail)
        }
    }

    /// Some of SQLite's files can't grow on a full disk without it knowing why.
    private static func isDiskFull(_ path: String) -> Bool {
        let attributes = try? FileManager.default.attributesOfFileSystem(forPath: path)
        return (attributes?[.systemFreeSize] as? NSNumber).map { $0.int64Value < 65_536 } ?? false
    }
}
