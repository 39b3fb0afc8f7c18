import JSON
import Testing

/// Values that a caller wants of one kind.
struct ScalarTests {
    private func reader(_ text: String) -> JSONReader { JSONReader(Array(text.utf8)) }

    @Test(arguments: [
        ("0", 0), ("-0", 0), ("7", 7), ("-7", -7), ("9223372036854775807", Int.max), ("-9223372036854775808", Int.min),
    ])
    func integers(_ text: String, value: Int) throws {
        var reader = reader(text)
        #expect(try reader.integer() == value)
        try reader.finish()
    }

    @Test(arguments: [
        "9223372036854775808", "-9223372036854775809", "1.0", "1e3", "99999999999999999999999", "\"1\"", "true", "null", "[1]",
    ])
    func whatIsNoInteger(_ text: String) {
        var reader = reader("{\"n\": \(text)}")
        let error = fault { () throws(JSONError) in
            try reader.object { (reader, _) throws(JSONError) in _ = try reader.integer() }
        }
        #expect(error?.code == .wrongType && error?.pointer == "/n" && error?.offset == 6)
    }

    @Test(arguments: [
        ("0", 0), ("-0.5", -0.5), ("1e3", 1000), ("1E-2", 0.01), ("5e-324", .leastNonzeroMagnitude),
        ("1.7976931348623157e308", .greatestFiniteMagnitude), ("1e-400", 0),
    ])
    func numbers(_ text: String, value: Double) throws {
        var reader = reader(text)
        #expect(try reader.number() == value)
        try reader.finish()
    }

    @Test(arguments: ["1e309", "-1e309", "1" + String(repeating: "0", count: 400)])
    func numbersOutOfRange(_ text: String) {
        var reader = reader(" \(text)")
        let error = fault { () throws(JSONError) in try reader.number() }
        #expect(error?.code == .badValue && error?.offset == 1)
    }

    @Test(arguments: [
        (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{C}\n\r\t"), (#""\u0041\u00e9\u20AC""#, "Aé€"), (#""\uD83D\uDE00""#, "😀"),
        (#""\u0000""#, "\u{0}"),
        (#""\uFFFF""#, "\u{FFFF}"), (#""\uDBFF\uDFFF""#, "\u{10FFFF}"), (#""\uD800\uDC00""#, "\u{10000}"), ("\"Łódź\"", "Łódź"),
        ("\"\"", ""),
    ])
    func strings(_ text: String, value: String) throws {
        var reader = reader(text)
        #expect(Array(try reader.string().unicodeScalars) == Array(value.unicodeScalars))
        try reader.finish()
    }

    /// Texts are read by eight bytes: whatever means something is met wherever it stands, and nothing else is.
    @Test(arguments: 0..<20)
    func signsAnywhere(_ place: Int) throws {
        for before in ["a", "é", "\u{7F}", "\u{80}", "!", "#", "]", "[", " "] {
            let text = String(repeating: before, count: place)
            for (sign, meant) in [("", ""), (#"\""#, "\""), (#"\\"#, "\\"), (#"\n\n"#, "\n\n"), (#"\u00e9"#, "é")] {
                for after in ["", "z", "0123456789", #"\t"#] {
                    var reader = reader("\"\(text)\(sign)\(after)\" ")
                    #expect(try reader.string() == text + meant + (after == #"\t"# ? "\t" : after))
                    try reader.finish()
                }
            }
            let start = 1 + text.utf8.count
            for control in [0x00, 0x09, 0x0A, 0x1F] as [UInt8] {
                for escape in ["", #"\\"#] {
                    var reader = JSONReader(Array("\"\(escape)\(text)".utf8) + [control] + Array("01234567\"".utf8))
                    let error = fault { () throws(JSONError) in try reader.string() }
                    #expect(error?.code == .malformed && error?.offset == start + escape.utf8.count)
                }
            }
            var open = reader("\"\(text)")
            #expect(fault { () throws(JSONError) in try open.string() }?.offset == start)
            var broken = JSONReader(Array("\"\(text)".utf8) + [0xC3] + Array("0\"".utf8))
            #expect(fault { () throws(JSONError) in try broken.string() }?.code == .invalidUTF8)
        }
    }

    @Test func kindsThatAreWanted() throws {
        let texts: [(JSONReader.Kind, String)] = [
            (.object, "{}"), (.array, "[]"), (.string, "\"\""), (.number, "-1"), (.boolean, "false"), (.null, "null"),
        ]
        for (kind, text) in texts {
            var peeking = reader("  \(text)")
            #expect(try peeking.kind() == kind)
            let attempts: [(JSONReader.Kind, (inout JSONReader) throws(JSONError) -> Void)] = [
                (.object, { (reader) throws(JSONError) in try reader.object { (reader, _) throws(JSONError) in try reader.skip() } }),
                (.array, { (reader) throws(JSONError) in try reader.array { (reader) throws(JSONError) in try reader.skip() } }),
                (.string, { (reader) throws(JSONError) in _ = try reader.string() }),
                (.number, { (reader) throws(JSONError) in _ = try reader.number() }),
                (.boolean, { (reader) throws(JSONError) in _ = try reader.boolean() }),
            ]
            for (wanted, attempt) in attempts {
                var reader = reader("  \(text)")
                let error = fault { () throws(JSONError) in try attempt(&reader) }
                #expect(error?.code == (wanted == kind ? nil : .wrongType))
                #expect(error == nil || error?.offset == 2)
            }
            var asking = reader(text)
            #expect(try asking.null() == (kind == .null))
        }
        var flags = reader("[true,false]")
        var read: [Bool] = []
        try flags.array { (reader) throws(JSONError) in read.append(try reader.boolean()) }
        #expect(read == [true, false])
        var list = reader(#"["a","b"]"#)
        var listed: [String] = []
        try list.array { (reader) throws(JSONError) in listed.append(try reader.string()) }
        #expect(listed == ["a", "b"])
    }

    @Test func bytesOfAValue() throws {
        let text = #" { "a" : [1, {"b":2}] } tail"#
        var reader = reader(text)
        _ = try reader.kind()
        let start = reader.position
        try reader.skip()
        let range = start..<reader.position
        #expect(String(decoding: Array(text.utf8)[range], as: UTF8.self) == #"{ "a" : [1, {"b":2}] }"#)
        #expect(Array(text.utf8)[range.upperBound...].elementsEqual(" tail".utf8))
    }

    /// An error of meaning points to the value that was read, to the name that begins, or to the whole that lacks something.
    @Test func placesOfMeaning() {
        let text = #"{"a": [10, 20], "b": {"c": 1}}"#
        func place(_ wanted: String, atEnd: Bool = false) -> Int? {
            var reader = reader(text)
            return fault { () throws(JSONError) in
                try reader.object { (reader, name) throws(JSONError) in
                    if name == wanted { throw reader.failure(.unknownField, "") }
                    guard name == "a" else { return try reader.skip() }
                    try reader.array { (reader) throws(JSONError) in
                        if try reader.integer() == 20, wanted == "20" { throw reader.failure(.badValue, "") }
                    }
                    if wanted == "array" { throw reader.failure(.missingField, "") }
                }
                throw reader.failure(.missingField, "")
            }?.offset
        }
        #expect(place("a") == 1)
        #expect(place("20") == 11)
        #expect(place("array") == 6)
        #expect(place("b") == 16)
        #expect(place("end") == 0)
    }
}
