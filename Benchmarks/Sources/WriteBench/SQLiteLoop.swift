import CSQLite
import Glibc

/// What SQLite does by itself: a prepared insert in a loop, so many rows a transaction, synced on every commit.
enum SQLiteLoop {
    static func rowsPerSecond(_ folder: String, batch: Int, pageSize: Int, seconds: Double) -> Double {
        let path = folder + "/bare.sqlite"
        for suffix in ["", "-wal", "-shm"] { unlink(path + suffix) }
        var database: OpaquePointer?
        check(sqlite3_open(path, &database))
        defer { sqlite3_close(database) }
        for statement in [
            "PRAGMA page_size = \(pageSize)", "PRAGMA journal_mode = WAL", "PRAGMA synchronous = FULL",
            "CREATE TABLE record (sequence INTEGER PRIMARY KEY, version INTEGER, kind TEXT, time INTEGER, digest BLOB, body BLOB) STRICT",
        ] { check(sqlite3_exec(database, statement, nil, nil, nil)) }
        var insert: OpaquePointer?
        check(sqlite3_prepare_v2(database, "INSERT INTO record VALUES (NULL, 1, 'article-put', ?, ?, ?)", -1, &insert, nil))
        defer { sqlite3_finalize(insert) }

        // What the server stores for such an article: the article as it is served, and a few bytes around it.
        let body = [UInt8](repeating: UInt8(ascii: "x"), count: PostLoad.articleSize + 200)
        let digest = [UInt8](repeating: 7, count: 16)
        var rows = 0
        let start = now()
        while now() - start < seconds {
            check(sqlite3_exec(database, "BEGIN IMMEDIATE", nil, nil, nil))
            for _ in 0..<batch {
                sqlite3_bind_int64(insert, 1, 1_700_000_000_000)
                sqlite3_bind_blob(insert, 2, digest, 16, nil)
                sqlite3_bind_blob(insert, 3, body, Int32(body.count), nil)
                guard sqlite3_step(insert) == SQLITE_DONE else { fatal("insert") }
                sqlite3_reset(insert)
            }
            check(sqlite3_exec(database, "COMMIT", nil, nil, nil))
            rows += batch
        }
        return Double(rows) / (now() - start)
    }

    private static func check(_ code: Int32) {
        if code != SQLITE_OK { fatal("SQLite: \(code)") }
    }
}

func fatal(_ what: String) -> Never {
    print(what)
    exit(1)
}
