import Foundation
import NewsIndex
import Testing

/// Boundaries of words by the rules of UAX #29. A case is written with "|" where boundaries are.
struct WordBreakerTests {
    static func boundaries(_ text: String, isTailored: Bool = false) -> String {
        var text = text
        return text.withUTF8 { bytes in
            let breaker = WordBreaker(bytes, isTailored: isTailored)
            var parts: [String] = []
            var at = 0
            while at < bytes.count {
                let end = breaker.end(from: at)
                parts.append(String(decoding: bytes[at..<end], as: UTF8.self))
                at = end
            }
            return parts.joined(separator: "|")
        }
    }

    /// By scalars, since a mark after a bar is one character with it.
    static func unmarked(_ text: String) -> String { String(String.UnicodeScalarView(text.unicodeScalars.filter { $0 != "|" })) }

    @Test(arguments: [
        "one| |two",  // WB999
        "a|\r\n|b", "a|\n|\r|b", "a|\u{2028}|b", "\u{301}|\n|\u{301}",  // WB3, WB3a, WB3b
        "👩\u{200D}🚀", "x\u{200D}🚀", "🚀\u{200D}|x",  // WB3c
        "a|   |b", "a| \u{301}| |b",  // WB3d
        "e\u{301}te\u{301}", "a\u{AD}b", ".\u{301}|a",  // WB4
        "état", "שלום",  // WB5
        "can't", "can’t", "a:b", "a.b", "a·b", "a|'| |b", "a|.|.|b", "a'\u{308}b", "a\u{308}'b", "l|'", "'|l", "a|'|1",  // WB6, WB7
        "ג'", "ג'|.", "צה\"ל", "צה|\"", "a|\"|b",  // WB7a-c
        "1984", "A1", "1A", "3D|-|2B",  // WB8-WB10
        "3.14", "1,000.5", "3|.| |1", "1|.|a", "1'000", "1;2", "1|:|2", "1\u{308},\u{308}2",  // WB11, WB12
        "カタカナ", "カ|た", "ｶﾅ", "カ|a",  // WB13
        "a_b", "_|-", "__init__", "1_カ", "_|た",  // WB13a, WB13b
        "🇺🇦|🇩🇪", "🇺🇦|🇩", "a|🇺🇦", "🇺\u{200D}🇦|🇩",  // WB15, WB16
        "東|京", "ไ|ท|ย", "한국어",  // scripts without spaces, and one that has them
        "👍🏽", "👍|👍", "a|👍",
    ])
    func rules(_ marked: String) {
        #expect(Self.boundaries(Self.unmarked(marked)) == marked)
    }

    @Test(arguments: ["K|팝", "2023|年", "x|東|京", "a|カ", "ไ|ท|ย"])
    func searchStopsWhereScriptsWithoutSpacesBegin(_ marked: String) {
        #expect(Self.boundaries(Self.unmarked(marked), isTailored: true) == marked)
    }

    /// Debian's unicode-data has the standard's own cases.
    static let official = URL(filePath: "/usr/share/unicode/auxiliary/WordBreakTest.txt")

    @Test(.enabled(if: FileManager.default.fileExists(atPath: official.path), "unicode-data is not installed"))
    func theStandardsOwnCases() throws {
        var count = 0
        for line in try String(contentsOf: Self.official, encoding: .utf8).split(separator: "\n") where !line.hasPrefix("#") {
            let marks = line.prefix { $0 != "#" }.split(separator: " ").map { $0.trimmingCharacters(in: .whitespaces) }
            var marked = ""
            for mark in marks.dropFirst().dropLast() {
                switch mark {
                case "÷": marked.unicodeScalars.append("\u{F0000}")
                case "×", "": break
                default: marked.unicodeScalars.append(try #require(UInt32(mark, radix: 16).flatMap(Unicode.Scalar.init)))
                }
            }
            let parts = marked.unicodeScalars.split(separator: "\u{F0000}").map { String(String.UnicodeScalarView($0)) }
            #expect(Self.boundaries(parts.joined()).unicodeScalars.elementsEqual(parts.joined(separator: "|").unicodeScalars), "\(line)")
            count += 1
        }
        #expect(count > 1_000)
    }
}
