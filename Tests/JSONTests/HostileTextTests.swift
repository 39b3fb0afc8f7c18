import JSON
import TestSupport
import Testing

/// Texts that nobody would write, and documents that break off or are damaged on the way.
struct HostileTextTests {
    static let documents = [
        #"{"headline":"Łódź \u00e9\uD83D\uDE00 \"x\"","n":[0,-1.5e+10,1E-3],"t":true,"f":false,"z":null,"o":{"a":{"b":[[],{}]}}}"#,
        #"  [ {"id" : "x", "mentions":[{"field":"body","offset":27,"length":12}] } , "😀\n\t\\\/" , [ ] ]  "#,
        #""a \u0041 string""#,
    ]

    @Test(arguments: documents)
    func everyPrefixFailsCleanly(_ document: String) {
        let bytes = Array(document.utf8)
        #expect(fault { () throws(JSONError) in try read(bytes) } == nil)
        let last = bytes.lastIndex { $0 > 0x20 } ?? 0
        for count in 0...last {
            for error in [
                fault { () throws(JSONError) in try read(bytes[..<count]) }, fault { () throws(JSONError) in try skip(bytes[..<count]) },
            ] {
                #expect(error != nil && (0...count).contains(error?.offset ?? -1), "\(count) bytes: \(String(describing: error))")
            }
        }
    }

    /// Both ways of reading agree on what is a text, but for what only a tree looks at: names given twice.
    @Test(arguments: 0..<8 as Range<UInt64>)
    func damageNeverTraps(_ seed: UInt64) {
        var chance = Chance(seed: seed)
        let awkward = Array("{}[]\",:\\u-+.eE019 tfn\u{0}\u{1F}".utf8) + [0x80, 0xC3, 0xED, 0xF0, 0xFF]
        for _ in 0..<3_000 {
            var bytes = Array(chance.one(of: HostileTextTests.documents).utf8)
            for _ in 0...chance.below(4) {
                let place = chance.below(bytes.count)
                switch chance.below(4) {
                case 0: bytes[place] = chance.one(of: awkward)
                case 1: bytes.insert(chance.one(of: awkward), at: place)
                case 2: bytes.replaceSubrange(place..<min(bytes.count, place + 1 + chance.below(8)), with: [])
                default: bytes.insert(contentsOf: bytes[place..<min(bytes.count, place + 8)], at: chance.below(bytes.count))
                }
                if bytes.isEmpty { bytes = [UInt8(ascii: "0")] }
            }
            let tree = fault { () throws(JSONError) in try read(bytes) }
            let skipped = fault { () throws(JSONError) in try skip(bytes) }
            if tree?.code != .duplicateField { #expect(tree == skipped, "seed \(seed): \(bytes)") }
            #expect(tree.map { (0...bytes.count).contains($0.offset) } ?? true, "seed \(seed): \(bytes)")
        }
    }

    @Test func manyFieldsAreRefusedBeforeTheyAreSlow() {
        let text = "{" + (0..<100_000).map { "\"\($0)\":0" }.joined(separator: ",") + "}"
        #expect(fault { () throws(JSONError) in try read(text.utf8) }?.code == .tooLong)
        #expect(fault { () throws(JSONError) in try skip(text.utf8) } == nil)
    }
}
