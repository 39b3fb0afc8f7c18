import JSON
import Testing

struct MergePatchTests {
    /// Original, patch, result: the cases of RFC 7396, appendix A.
    @Test(arguments: [
        (#"{"a":"b"}"#, #"{"a":"c"}"#, #"{"a":"c"}"#),
        (#"{"a":"b"}"#, #"{"b":"c"}"#, #"{"a":"b","b":"c"}"#),
        (#"{"a":"b"}"#, #"{"a":null}"#, #"{}"#),
        (#"{"a":"b","b":"c"}"#, #"{"a":null}"#, #"{"b":"c"}"#),
        (#"{"a":["b"]}"#, #"{"a":"c"}"#, #"{"a":"c"}"#),
        (#"{"a":"c"}"#, #"{"a":["b"]}"#, #"{"a":["b"]}"#),
        (#"{"a":{"b":"c"}}"#, #"{"a":{"b":"d","c":null}}"#, #"{"a":{"b":"d"}}"#),
        (#"{"a":[{"b":"c"}]}"#, #"{"a":[1]}"#, #"{"a":[1]}"#),
        (#"["a","b"]"#, #"["c","d"]"#, #"["c","d"]"#),
        (#"{"a":"b"}"#, #"["c"]"#, #"["c"]"#),
        (#"{"a":"foo"}"#, "null", "null"),
        (#"{"a":"foo"}"#, #""bar""#, #""bar""#),
        (#"{"e":null}"#, #"{"a":1}"#, #"{"e":null,"a":1}"#),
        ("[1,2]", #"{"a":"b","c":null}"#, #"{"a":"b"}"#),
        ("{}", #"{"a":{"bb":{"ccc":null}}}"#, #"{"a":{"bb":{}}}"#),
    ])
    func cases(_ original: String, _ patch: String, _ result: String) throws {
        #expect(try read(original.utf8).merged(with: read(patch.utf8)) == read(result.utf8))
    }

    @Test func membersKeepTheirOrder() throws {
        var writer = JSONWriter()
        writer.value(try read(#"{"a":1,"b":2,"c":3}"#.utf8).merged(with: read(#"{"b":9,"d":4,"a":null}"#.utf8)))
        #expect(String(decoding: writer.bytes, as: UTF8.self) == #"{"b":9,"c":3,"d":4}"#)
    }

    @Test func numbersPassAsWritten() throws {
        var writer = JSONWriter()
        writer.value(try read("[1.50,1e2,-0,12345678901234567890]".utf8))
        #expect(String(decoding: writer.bytes, as: UTF8.self) == "[1.50,1e2,-0,12345678901234567890]")
    }

    @Test func equality() throws {
        #expect(try read(#"{"a":1,"b":2}"#.utf8) == read(#"{"b":2,"a":1}"#.utf8))
        for (a, b) in [(#"{"a":1}"#, #"{"a":2}"#), ("[1,2]", "[2,1]"), ("null", "false"), (#""1""#, "1"), (#"{"a":1}"#, #"{"a":1,"b":1}"#)]
        {
            #expect(try read(a.utf8) != read(b.utf8))
        }
        #expect(try read(#"{"a":1}"#.utf8)["a"] == .number("1"))
        #expect(try read(#"{"a":1}"#.utf8)["b"] == nil)
        #expect(try read("[1]".utf8)["a"] == nil)
    }
}
