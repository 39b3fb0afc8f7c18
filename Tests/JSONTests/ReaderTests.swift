import JSON
import Testing

/// What one text does to the reader.
func read(_ text: some Collection<UInt8>) throws(JSONError) -> JSONValue {
    var reader = JSONReader(Array(text))
    let value = try reader.value()
    try reader.finish()
    return value
}

func skip(_ text: some Collection<UInt8>) throws(JSONError) {
    var reader = JSONReader(Array(text))
    try reader.skip()
    try reader.finish()
}

/// The error that reading throws; nil if it throws none.
func fault<Value>(_ body: () throws(JSONError) -> Value) -> JSONError? {
    do throws(JSONError) { _ = try body() } catch { return error }
    return nil
}

struct ReaderTests {
    @Test(arguments: [
        "0", "-0", "-1", "123", "1.5", "-0.0", "1e5", "1E5", "1e+5", "1e-5", "0e0", "0.1e1", "123456789012345678901234567890", "1e999",
        "true", "false", "null", "\"\"", "\"a\"", #""\"\\\/\b\f\n\r\t""#, #""\u0041""#, #""\uD83D\uDE00""#, #""\ud83d\ude00""#,
        #""\u0000""#,
        "\"\u{7F}\"", "\"é\"", "\"😀\"", "\"\u{2028}\"", "[]", "[ ]", "[1]", "[1,2]", " [ 1 , 2 ] ", "[[[]]]", "[null,true,\"\",{},[]]",
        "{}", "{ }", #"{"a":1}"#, #"{"":0}"#, #" { "a" : 1 , "b" : { } } "#, #"{"a":{"a":{"a":[]}}}"#, "\t\r\n 1 \t\r\n",
    ])
    func good(_ text: String) {
        #expect(fault { () throws(JSONError) in try read(text.utf8) } == nil)
        #expect(fault { () throws(JSONError) in try skip(text.utf8) } == nil)
    }

    /// With the byte that is at fault: the first that can't be part of any text that goes on from there.
    @Test(arguments: [
        ("", 0), (" ", 1), ("+1", 0), ("01", 1), ("-01", 2), ("1.", 2), (".5", 0), ("-", 1), ("-a", 1), ("1.e1", 2), ("1e", 2), ("1e+", 3),
        ("0x1", 1), ("1_0", 1), ("NaN", 0), ("Infinity", 0), ("-Infinity", 1), ("tru", 3), ("trux", 3), ("True", 0), ("nul", 3),
        ("nulll", 4), ("fals ", 4),
        ("\"", 1), ("\"a", 2), ("'a'", 0), ("\"\t\"", 1), ("\"\n\"", 1), ("\"\u{1F}\"", 1), ("\"\u{0}\"", 1), (#""\"#, 2), (#""\x""#, 2),
        (#""\'""#, 2), (#""\u12"#, 5), (#""\u12G4""#, 5), (#""\U0041""#, 2), ("a", 0), ("[", 1), ("]", 0), ("[1", 2), ("[1,", 3),
        ("[1,]", 3),
        ("[,1]", 1), ("[1 2]", 3), ("[1}", 2), ("[1]]", 3), ("{", 1), ("}", 0), ("{\"a\"", 4), ("{\"a\":", 5), ("{\"a\":1", 6),
        ("{\"a\":1,", 7),
        ("{\"a\":1,}", 7), ("{a:1}", 1), ("{'a':1}", 1), ("{1:1}", 1), ("{\"a\" 1}", 5), ("{\"a\":1 \"b\":2}", 7), ("{,}", 1),
        ("{\"a\":}", 5),
        ("1 2", 2), ("{}{}", 2), ("/**/1", 0), ("1//", 1), ("\u{FEFF}1", 0), ("\u{A0}1", 0), ("\u{C}1", 0),
    ])
    func malformed(_ text: String, offset: Int) {
        for error in [fault { () throws(JSONError) in try read(text.utf8) }, fault { () throws(JSONError) in try skip(text.utf8) }] {
            #expect(error?.code == .malformed && error?.offset == offset, "\(text): \(String(describing: error))")
        }
    }

    @Test(arguments: [
        (#""\uD800""#, 1), (#""\uDC00""#, 1), (#""ab\uD83D""#, 3), (#""\uD83Dx""#, 1), (#""\uD83D\n""#, 1), (#""\uD83D\u0041""#, 1),
        (#""\uD83D\uD83D""#, 1), (#""\uDE00\uD83D""#, 1), (#""é\uDFFF""#, 3), (#"{"\uD800":1}"#, 2),
    ])
    func loneSurrogates(_ text: String, offset: Int) {
        let error = fault { () throws(JSONError) in try read(text.utf8) }
        #expect(error?.code == .loneSurrogate && error?.offset == offset, "\(text): \(String(describing: error))")
    }

    /// Bytes of a string's content, and the first that is not UTF-8 (RFC 3629 §4).
    @Test(
        arguments: [
            ([0x80], 0), ([0xBF], 0), ([0xC0, 0x80], 0), ([0xC1, 0xBF], 0), ([0xC3], 0), ([0xC3, 0x28], 0), ([0xE0, 0x80, 0x80], 0),
            ([0xE2, 0x82], 0), ([0xED, 0xA0, 0x80], 0), ([0xED, 0xBF, 0xBF], 0), ([0xF0, 0x80, 0x80, 0x80], 0), ([0xF0, 0x9F, 0x98], 0),
            ([0xF4, 0x90, 0x80, 0x80], 0), ([0xF5, 0x80, 0x80, 0x80], 0), ([0xFE], 0), ([0xFF], 0), ([0x61, 0xFF], 1),
            ([0xC3, 0xA9, 0xC3], 2),
            ([0xF0, 0x9F, 0x98, 0x80, 0x62, 0x80], 5),
        ] as [([UInt8], Int)])
    func bytesThatAreNotUTF8(_ content: [UInt8], place: Int) {
        // As a plain string, as one with an escape, and as a name.
        let texts: [([UInt8], Int)] = [
            (Array("[\"".utf8) + content + Array("\"]".utf8), 2 + place),
            (Array("[\"\\n".utf8) + content + Array("\"]".utf8), 4 + place),
            (Array("{\"".utf8) + content + Array("\":1}".utf8), 2 + place),
        ]
        for (text, offset) in texts {
            for error in [fault { () throws(JSONError) in try read(text) }, fault { () throws(JSONError) in try skip(text) }] {
                #expect(error?.code == .invalidUTF8 && error?.offset == offset, "\(text): \(String(describing: error))")
            }
        }
    }

    @Test(arguments: [("[", "]"), ("{\"a\":", "}"), ("[{\"a\":", "}]")])
    func depth(_ open: String, _ close: String) {
        func nested(_ count: Int) -> [UInt8] {
            Array((String(repeating: open, count: count) + "1" + String(repeating: close, count: count)).utf8)
        }
        let most = JSONReader.maximumDepth / (open.hasPrefix("[{") ? 2 : 1)
        #expect(fault { () throws(JSONError) in try read(nested(most)) } == nil)
        #expect(fault { () throws(JSONError) in try skip(nested(most)) } == nil)
        for count in [most + 1, 100_000] {
            #expect(fault { () throws(JSONError) in try read(nested(count)) }?.code == .tooDeep)
            #expect(fault { () throws(JSONError) in try skip(nested(count)) }?.code == .tooDeep)
        }
        // Unfinished, as an attacker would send it.
        let endless = Array(String(repeating: open, count: 100_000).utf8)
        #expect(fault { () throws(JSONError) in try read(endless) }?.code == .tooDeep)
    }

    @Test func duplicates() {
        let error = fault { () throws(JSONError) in try read(#"{"a":[{"b/~":1, "c":2, "b/~":3}]}"#.utf8) }
        #expect(error == JSONError(.duplicateField, pointer: "/a/0/b~1~0", offset: 23, detail: "The field \"b/~\" is given twice."))
        // The same name, however it is written.
        #expect(fault { () throws(JSONError) in try read(#"{"a":1,"\u0061":2}"#.utf8) }?.code == .duplicateField)
        #expect(fault { () throws(JSONError) in try read(#"{"a":1,"A":2}"#.utf8) } == nil)
    }

    @Test(arguments: [
        (#"{"a":{"b":[1,2,x]}}"#, "/a/b/2", 15), (#"[{"a":1},{"a":tru}]"#, "/1/a", 17), (#"{"a/b":{"m~n":?}}"#, "/a~1b/m~0n", 14),
        (#"{"a":[[],[1,[?]]]}"#, "/a/1/1/0", 13), ("?", "", 0), (#"{"":?}"#, "/", 4),
    ])
    func pointers(_ text: String, pointer: String, offset: Int) {
        for error in [fault { () throws(JSONError) in try read(text.utf8) }, fault { () throws(JSONError) in try skip(text.utf8) }] {
            #expect(error?.pointer == pointer && error?.offset == offset, "\(text): \(String(describing: error))")
        }
    }

    @Test func aPartOfABuffer() throws {
        let bytes = Array(#"{"x":1}  [1, ?]  {"y":2}"#.utf8)
        var reader = JSONReader(bytes, in: 0..<8)
        #expect(try reader.value() == .object([("x", .number("1"))]))
        try reader.finish()
        var second = JSONReader(bytes, in: 9..<16)
        let error = fault { () throws(JSONError) in try second.value() }
        #expect(error?.pointer == "/1" && error?.offset == 4)
        // What follows the part is not seen, however well it would fit.
        for end in 18..<bytes.count {
            var reader = JSONReader(bytes, in: 17..<end)
            #expect(fault { () throws(JSONError) in try reader.value() }?.code == .malformed)
        }
    }
}
