import Journal

/// GRDB has a type of that name too.
typealias JournalRecord = Record

func record(_ sequence: UInt64, _ text: String = "body", kind: String = "test") -> Record {
    Record(sequence: sequence, kind: kind, time: 1_700_000_000_000 + Int64(sequence), body: Array(text.utf8))
}

/// The case of a journal's error.
func name(of error: JournalError?) -> String {
    switch error {
    case .full: "full"
    case .failed: "failed"
    case .inUse: "inUse"
    case .newer: "newer"
    case .damaged: "damaged"
    case nil: "none"
    }
}

func fault<Value>(_ body: () throws(JournalError) -> Value) -> JournalError? {
    do throws(JournalError) { _ = try body() } catch { return error }
    return nil
}
