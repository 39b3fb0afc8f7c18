// WriteBench PORT FOLDER [ROUNDS [SECONDS]]
//
// Durable writes a second: articles posted to a running server, against a bare SQLite loop that commits rows of the
// same bytes in the same numbers, interleaved round by round on the same disk. Only the ratio means anything.
import Glibc

let arguments = CommandLine.arguments
guard arguments.count >= 3, let port = UInt16(arguments[1]) else {
    print("usage: WriteBench PORT FOLDER [ROUNDS [SECONDS]]")
    exit(2)
}
let folder = arguments[2]
let rounds = arguments.count > 3 ? Int(arguments[3]) ?? 3 : 3
let seconds = arguments.count > 4 ? Double(arguments[4]) ?? 3 : 3

for (connections, batch) in [(1, 1), (32, 1), (1, 100), (4, 100)] {
    var sums = (server: 0.0, usual: 0.0, large: 0.0)
    for _ in 0..<rounds {
        sums.usual += SQLiteLoop.rowsPerSecond(folder, batch: batch, pageSize: 4_096, seconds: seconds)
        sums.server += PostLoad(port: port, batch: batch).articlesPerSecond(connections: connections, seconds: seconds)
        sums.large += SQLiteLoop.rowsPerSecond(folder, batch: batch, pageSize: 16_384, seconds: seconds)
    }
    let count = Double(rounds)
    print(
        "by \(batch), \(connections) connection\(connections == 1 ? "" : "s"): \(Int(sums.server / count)) articles/s; bare SQLite "
            + "\(Int(sums.usual / count)) rows/s, ratio \(rounded(sums.server / sums.usual)); with the journal's page size "
            + "\(Int(sums.large / count)), ratio \(rounded(sums.server / sums.large))")
    fflush(nil)
}

func rounded(_ ratio: Double) -> Double { (ratio * 100).rounded() / 100 }

func now() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}
