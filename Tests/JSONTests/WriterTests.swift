import Foundation
import JSON
import TestSupport
import Testing

struct WriterTests {
    private func text(_ write: (inout JSONWriter) -> Void) -> String {
        var writer = JSONWriter()
        write(&writer)
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    @Test func commasAndNesting() {
        let written = text { writer in
            writer.object { writer in
                writer.member("a", "x")
                writer.member("none", nil as String?)
                writer.member("b", ["y", "z"])
                writer.member("empty", [])
                writer.member("n", -7)
                writer.key("c")
                writer.array { writer in
                    writer.object { _ in }
                    writer.array { _ in }
                    writer.null()
                    writer.boolean(true)
                    writer.boolean(false)
                    writer.raw("[1,2]".utf8)
                    writer.object {
                        $0.key(text: "q\""); $0.number(0.5)
                    }
                }
                writer.member("last", 1)
            }
        }
        #expect(written == #"{"a":"x","b":["y","z"],"n":-7,"c":[{},[],null,true,false,[1,2],{"q\"":0.5}],"last":1}"#)
    }

    @Test(arguments: [Int.min, .max, 0, -1, 1, 10, -10, 99, 100, 1_000_000_007])
    func integers(_ value: Int) { #expect(text { $0.integer(value) } == String(value)) }

    @Test(arguments: [
        (0.0, "0"), (-0.0, "0"), (1.0, "1"), (-2.5, "-2.5"), (0.1, "0.1"), (1e300, "1e+300"), (Double.leastNonzeroMagnitude, "5e-324"),
        (9_007_199_254_740_992, "9007199254740992"),
        (.nan, "null"), (.infinity, "null"), (-.infinity, "null"),
    ])
    func numbers(_ value: Double, expected: String) { #expect(text { $0.number(value) } == expected) }

    @Test func everyNumberComesBack() throws {
        var chance = Chance(seed: 1)
        for _ in 0..<20_000 {
            let value = Double(bitPattern: chance.next())
            guard value.isFinite else { continue }
            var reader = JSONReader(Array(text { $0.number(value) }.utf8))
            #expect(try reader.number() == value)
            try reader.finish()
        }
    }

    @Test func everyControlCharacterIsEscaped() throws {
        for code in 0..<0x20 as Range<UInt8> {
            let written = text { $0.string(String(Unicode.Scalar(code))) }
            #expect(written.utf8.allSatisfy { $0 >= 0x20 }, "\(code)")
            #expect(try read(written.utf8) == .string(String(Unicode.Scalar(code))))
        }
        #expect(text { $0.string("\u{0}\u{1f}\n\"\\/\u{7f}é") } == "\"\\u0000\\u001f\\n\\\"\\\\/\u{7f}é\"")
    }

    /// What is written is read back the same, by this reader and by Foundation's.
    @Test(arguments: 0..<4 as Range<UInt64>)
    func roundTrip(_ seed: UInt64) throws {
        var chance = Chance(seed: seed)
        for _ in 0..<2_000 {
            let original = chance.text(upTo: 40)
            let written = text { $0.string(original) }
            guard case .string(let back) = try read(written.utf8) else {
                Issue.record("seed \(seed): not a string: \(written)")
                continue
            }
            #expect(Array(back.utf8) == Array(original.utf8), "seed \(seed)")
            let other = try JSONDecoder().decode(String.self, from: Data(written.utf8))
            #expect(Array(other.utf8) == Array(original.utf8), "seed \(seed)")
        }
    }

    @Test(arguments: 0..<4 as Range<UInt64>)
    func treesRoundTrip(_ seed: UInt64) throws {
        var chance = Chance(seed: seed)
        for _ in 0..<500 {
            let tree = chance.tree(depth: 4)
            let written = text { $0.value(tree) }
            #expect(try read(written.utf8) == tree, "seed \(seed): \(written)")
        }
    }
}

extension Chance {
    /// Any JSON value.
    mutating func tree(depth: Int) -> JSONValue {
        switch below(depth > 0 ? 7 : 5) {
        case 0: return .null
        case 1: return .boolean(once(in: 2))
        case 2: return .number(one(of: ["0", "-1", "1.50", "1e+9", "12345678901234567890"]))
        case 3, 4: return .string(text(upTo: 6))
        case 5: return .array((0..<below(4)).map { _ in tree(depth: depth - 1) })
        default: return .object((0..<below(4)).map { ("\($0)\(text(upTo: 2))", tree(depth: depth - 1)) })
        }
    }
}
