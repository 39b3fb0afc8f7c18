import Foundation
import News
import Reader

// Measures whether the reader's time is linear in the length of a text: the folder of the models as the argument. Each kind of text that
// nobody means well with (HostileTexts.swift, which the tests read too) is read at 25,000 bytes or so and at twice, four and eight times
// that. A ratio of 1 is linear, 2 says that time doubles for each byte when the text does; what is left of the first, whose texts take
// least, is noise. CPU time of one thread, the best of three.

guard CommandLine.arguments.count > 1 else {
    print("usage: GrowthBench MODELS")
    exit(2)
}
let models = URL(filePath: CommandLine.arguments[1])
func bytes(_ name: String) throws -> [UInt8] { [UInt8](try Data(contentsOf: models.appending(path: name))) }
let reader = Reader(model: try NameModel(bytes("english.names")), places: try PlaceTable(bytes("places")))

func cpu() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}

/// What reading a text takes, in milliseconds.
func cost(_ text: String) -> Double {
    var article = Article()
    (article.body, article.language) = (text, "en")
    article.published = Instant(milliseconds: 1_500_000_000_000)
    let times = (0..<3).map { _ in
        let start = cpu()
        _ = reader.read(article)
        return cpu() - start
    }
    return (times.min() ?? 0) * 1_000
}

let length = 25_000
print("growth: ms of CPU at \(length) bytes, and at 2, 4 and 8 times that, each as a multiple of as many times the first")
var worst: (name: String, ratio: Double) = ("", 0)
for kind in Hostile.kinds {
    let costs = [1, 2, 4, 8].map { cost(kind.make(length * $0)) }
    let ratios = [1, 2, 3].map { costs[$0] / costs[0] / Double(1 << $0) }
    if ratios[2] > worst.ratio { worst = (kind.name, ratios[2]) }
    print(String(format: "  %8.2f ms  %5.2f %5.2f %5.2f  ", costs[0], ratios[0], ratios[1], ratios[2]) + kind.name)
}
print(String(format: "  the most at 8 times: %.2f, ", worst.ratio) + worst.name)
