import HTTPTypes
import HTTPWire
import Testing

private func slice(_ text: String) -> ArraySlice<UInt8> { Array(text.utf8)[...] }

@Suite struct HTTPDateTests {
    private let now = HTTPDate(seconds: 1_700_000_000)  // 2023-11-14

    static let right: [(Int64, String)] = [
        (784_111_777, "Sun, 06 Nov 1994 08:49:37 GMT"), (0, "Thu, 01 Jan 1970 00:00:00 GMT"), (-1, "Wed, 31 Dec 1969 23:59:59 GMT"),
        (951_782_400, "Tue, 29 Feb 2000 00:00:00 GMT"), (4_107_542_400, "Mon, 01 Mar 2100 00:00:00 GMT"),
        (253_402_300_799, "Fri, 31 Dec 9999 23:59:59 GMT"), (2_147_483_648, "Tue, 19 Jan 2038 03:14:08 GMT"),
    ]

    @Test(arguments: right) func formatsAndReads(seconds: Int64, text: String) {
        #expect(HTTPDate(seconds: seconds).text == text)
        #expect(HTTPDate(slice(text), now: now) == HTTPDate(seconds: seconds))
    }

    @Test func everyDayComesBack() {
        for day in Int64(-719_000)...200_000 where day % 7 == 0 {
            let date = HTTPDate(seconds: day * 86400 + 12345)
            #expect(HTTPDate(slice(date.text), now: now) == date)
        }
        #expect(HTTPDate(seconds: .max).text.count == 29 && HTTPDate(seconds: .min).text.count == 29)
    }

    @Test func readsTheObsoleteForms() {
        let expected = HTTPDate(seconds: 784_111_777)
        #expect(HTTPDate(slice("Sunday, 06-Nov-94 08:49:37 GMT"), now: now) == expected)
        #expect(HTTPDate(slice("Sun Nov  6 08:49:37 1994"), now: now) == expected)
        #expect(HTTPDate(slice("Sunday, 06-Nov-94 08:49:37 GMT"), now: HTTPDate(seconds: .max)) != nil)
        // RFC 9110 §5.6.7: more than 50 years ahead means the past.
        #expect(HTTPDate(slice("Friday, 01-Jan-73 00:00:00 GMT"), now: now)?.text.contains("2073") == true)
        #expect(HTTPDate(slice("Friday, 01-Jan-74 00:00:00 GMT"), now: now)?.text.contains("1974") == true)
    }

    static let wrong: [String] = [
        "", "x", "Sun, 06 Nov 1994 08:49:37", "Sun, 06 Nov 1994 08:49:37 UTC", "Sun, 6 Nov 1994 08:49:37 GMT",
        "Sun, 31 Nov 1994 08:49:37 GMT",
        "Sun, 29 Feb 1900 08:49:37 GMT", "Sun, 06 Nov 1994 24:49:37 GMT", "Sun, 06 Nov 1994 08:60:37 GMT", "Sun, 06 nov 1994 08:49:37 GMT",
        "Sun, 06 Nov 1994 08:49:37 GMT ", "Sun 06 Nov 1994 08:49:37 GMT", "Su, 06 Nov 1994 08:49:37 GMT",
        "Sunday, 06 Nov 1994 08:49:37 GMT",
        "Sun Nov 6 08:49:37 1994", "Sunday Nov  6 08:49:37 1994", "Sun, 00 Nov 1994 08:49:37 GMT", "Sun, 06 Nov 1994 08:49:61 GMT",
    ]

    @Test(arguments: wrong) func refusesOthers(text: String) { #expect(HTTPDate(slice(text), now: now) == nil) }

    @Test func theLineFollowsTheSecond() {
        var line = DateLine()
        line.update(0)
        #expect(String(decoding: line.bytes, as: UTF8.self) == "Date: Thu, 01 Jan 1970 00:00:00 GMT\r\n")
        line.update(1)
        #expect(String(decoding: line.bytes, as: UTF8.self) == "Date: Thu, 01 Jan 1970 00:00:01 GMT\r\n")
    }
}

@Suite struct PreconditionsTests {
    private static let now = HTTPDate(seconds: 1_000_000)
    private static let older = HTTPDate(seconds: 500).text
    private static let same = HTTPDate(seconds: 1000).text
    private static let later = HTTPDate(seconds: 2000).text

    private func verdict(_ method: HTTPRequest.Method, _ fields: HTTPFields, exists: Bool = true) -> Preconditions.Verdict {
        Preconditions(tag: exists ? EntityTag("a") : nil, lastModified: exists ? HTTPDate(seconds: 1000) : nil, exists: exists)
            .evaluate(Request(method: method, target: "/", fields: fields), now: Self.now)
    }

    @Test(
        arguments: [
            ([:], .proceed, .proceed),
            ([.ifMatch: "\"a\""], .proceed, .proceed), ([.ifMatch: "\"b\", \"a\""], .proceed, .proceed),
            ([.ifMatch: "*"], .proceed, .proceed),
            ([.ifMatch: "\"b\""], .failed, .failed), ([.ifMatch: "W/\"a\""], .failed, .failed), ([.ifMatch: "a"], .failed, .failed),
            ([.ifNoneMatch: "\"a\""], .notModified, .failed), ([.ifNoneMatch: "W/\"a\""], .notModified, .failed),
            ([.ifNoneMatch: "\"b\" ,, W/\"a\""], .notModified, .failed), ([.ifNoneMatch: "*"], .notModified, .failed),
            ([.ifNoneMatch: "\"b\""], .proceed, .proceed), ([.ifNoneMatch: "a"], .proceed, .failed),
            ([.ifNoneMatch: "\"a\" \"b\""], .proceed, .failed),
            ([.ifModifiedSince: same], .notModified, .proceed), ([.ifModifiedSince: older], .proceed, .proceed),
            ([.ifModifiedSince: later], .notModified, .proceed), ([.ifModifiedSince: "soon"], .proceed, .proceed),
            ([.ifUnmodifiedSince: same], .proceed, .proceed), ([.ifUnmodifiedSince: older], .failed, .failed),
            ([.ifUnmodifiedSince: "soon"], .proceed, .proceed),
            // Precedence: If-Match over If-Unmodified-Since, If-None-Match over If-Modified-Since, both pairs in order.
            ([.ifMatch: "\"a\"", .ifUnmodifiedSince: older], .proceed, .proceed),
            ([.ifNoneMatch: "\"b\"", .ifModifiedSince: same], .proceed, .proceed),
            ([.ifMatch: "\"b\"", .ifNoneMatch: "\"a\""], .failed, .failed),
            ([.ifMatch: "\"a\"", .ifNoneMatch: "\"a\""], .notModified, .failed),
            ([.ifUnmodifiedSince: older, .ifModifiedSince: same], .failed, .failed),
        ] as [(HTTPFields, Preconditions.Verdict, Preconditions.Verdict)])
    func decides(fields: HTTPFields, get: Preconditions.Verdict, put: Preconditions.Verdict) {
        #expect(verdict(.get, fields) == get && verdict(.head, fields) == get)
        #expect(verdict(.put, fields) == put)
    }

    @Test func decidesWhereNothingIs() {
        #expect(verdict(.put, [.ifMatch: "*"], exists: false) == .failed)
        #expect(verdict(.put, [.ifNoneMatch: "*"], exists: false) == .proceed)
        #expect(verdict(.put, [.ifMatch: "\"a\""], exists: false) == .failed)
        #expect(verdict(.get, [.ifModifiedSince: Self.later], exists: false) == .proceed)
    }

    @Test(arguments: [
        ("\"a\"", true), ("W/\"a\"", false), ("\"b\"", false), (same, true), (later, false), (older, false), ("x", false),
        ("\"a\", \"b\"", false),
    ]) func ifRange(value: String, applies: Bool) {
        let state = Preconditions(tag: EntityTag("a"), lastModified: HTTPDate(seconds: 1000))
        let request = Request(method: .get, target: "/", fields: [.ifRange: value])
        #expect(state.rangeApplies(request, now: Self.now) == applies)
        #expect(!Preconditions(tag: nil, lastModified: HTTPDate(seconds: 1000)).rangeApplies(request, now: HTTPDate(seconds: 1000)))
    }

    @Test func tagsAreReadAndWritten() {
        #expect(EntityTag(slice("\"a b\"")) == nil)  // A blank is no etagc.
        #expect(EntityTag(slice("W/\"x\""))?.description == "W/\"x\"")
        #expect(EntityTag(slice("w/\"x\"")) == nil && EntityTag(slice("\"x")) == nil && EntityTag(slice("\"\""))?.opaque == [])
        #expect(EntityTag("a\"b\r\n").description == "\"a-b--\"")
    }
}

@Suite struct ByteRangesTests {
    static let fields: [(String, ByteRanges)] = [
        ("bytes=0-0", .ranges([0..<1])), ("bytes=0-", .ranges([0..<10])), ("BYTES=2-4", .ranges([2..<5])), ("bytes=-3", .ranges([7..<10])),
        ("bytes=-99", .ranges([0..<10])), ("bytes=5-99", .ranges([5..<10])), ("bytes=9-18446744073709551616", .ranges([9..<10])),
        ("bytes=0-0, 4-5 ,,-1", .ranges([0..<1, 4..<6, 9..<10])), ("bytes=0-1,99-", .ranges([0..<2])),
        ("bytes=10-", .unsatisfiable), ("bytes=-0", .unsatisfiable), ("bytes=99999999999999999999-", .unsatisfiable),
        ("bytes=", .ignored), ("bytes=,", .ignored), ("bytes", .ignored), ("items=0-1", .ignored), ("bytes=4-2", .ignored),
        ("bytes=a-", .ignored),
        ("bytes=0-1x", .ignored), ("bytes=-", .ignored), ("bytes=--1", .ignored), ("bytes=1", .ignored), ("bytes=+1-2", .ignored),
        ("bytes=0-9,0-9", .ignored), ("bytes=0 - 1", .ignored), ("bytes =0-1", .ignored),
        ("bytes=" + String(repeating: "0-0,", count: 17), .ignored), ("bytes=9223372036854775807-9223372036854775807", .unsatisfiable),
    ]

    @Test(arguments: fields) func reads(field: String, expected: ByteRanges) {
        #expect(ByteRanges(slice(field), length: 10) == expected)
    }

    @Test func nothingOfAnEmptyFileExists() {
        #expect(ByteRanges(slice("bytes=0-"), length: 0) == .unsatisfiable)
        #expect(ByteRanges(slice("bytes=-0"), length: 0) == .unsatisfiable)
        // The last bytes of nothing are all of it, which only the whole answer can say.
        #expect(ByteRanges(slice("bytes=-1"), length: 0) == .ignored)
        #expect(ByteRanges(slice("bytes=0-9223372036854775807,-9223372036854775807"), length: .max) == .ignored)
    }
}

@Suite struct NegotiationTests {
    @Test(
        arguments: [
            (nil, 1000), ("", 1000), (" , ", 1000), ("*/*", 1000), ("application/json", 1000), ("application/*;q=0.5", 500),
            ("text/html", 0),
            ("*/*;q=0.1, application/json;q=0.25", 250), ("application/json;q=0, */*", 0), ("APPLICATION/JSON ; Q=0.999", 999),
            ("application/json;q=1.001", 0), ("application/json;q=x, */*;q=0.3", 300), ("application/json;v=2", 0), ("*", 0),
            ("application/json;q=0.5;ext=1", 500), ("application/json;q=1.", 1000), ("text/html;a=\",application/json\"", 0),
        ] as [(String?, Int)]) func mediaTypes(accept: String?, quality: Int)
    {
        #expect(Negotiation.quality(ofMediaType: "application/json", accept: accept.map(slice)) == quality)
    }

    @Test func parametersAreComparedAsTheyAreMeant() {
        let offer = "application/json;profile=\"http://a/b\\\"c\""
        for accept in [#"application/json;profile="http://a/b\"c""#, #"application/json; PROFILE="\h\ttp://a/b\"c";q=1"#] {
            #expect(Negotiation.quality(ofMediaType: offer, accept: slice(accept)) == 1000, "\(accept)")
        }
        #expect(Negotiation.quality(ofMediaType: offer, accept: slice(#"application/json;profile="http://a/b\\c""#)) == 0)
    }

    @Test func choosesTheBest() {
        let offers = ["application/json", "text/csv", "application/ld+json"]
        #expect(Negotiation.best(of: offers, accept: nil) == 0)
        #expect(Negotiation.best(of: offers, accept: slice("text/csv, application/json;q=0.9")) == 1)
        #expect(Negotiation.best(of: offers, accept: slice("image/png")) == nil)
        #expect(
            Negotiation.quality(
                ofMediaType: "application/json;v=2", accept: slice("application/json;v=\"2\";q=0.7, application/json;q=0.1")) == 700)
    }

    @Test(
        arguments: [
            (nil, 0, 1000), ("gzip", 1000, 1), ("gzip;q=0", 0, 1), ("*", 1000, 1000), ("*;q=0", 0, 0), ("identity;q=0", 0, 0),
            ("br, GZIP;q=0.5", 500, 1), ("*;q=0, gzip", 1000, 0), ("x-gzip", 1000, 1), ("", 0, 1), ("gzip;q=2", 0, 1),
        ] as [(String?, Int, Int)]) func codings(accept: String?, gzip: Int, identity: Int)
    {
        #expect(Negotiation.quality(ofCoding: "gzip", acceptEncoding: accept.map(slice)) == gzip)
        #expect(Negotiation.quality(ofCoding: "identity", acceptEncoding: accept.map(slice)) == identity)
    }
}

@Suite struct PercentEncodingTests {
    static let good: [(String, String)] = [
        ("a%20b", "a b"), ("%41%c3%A9", "Aé"), ("%2541", "%41"), ("", ""), ("a+b", "a+b"), ("%00", "\0"),
    ]

    @Test(arguments: good) func decodesOnce(encoded: String, text: String) { #expect(PercentEncoding.decodeText(slice(encoded)) == text) }

    static let bad: [String] = ["%", "%4", "%4g", "%%41", "a%", "%c3", "%ff", "%c0%80", "%ed%a0%80"]

    @Test(arguments: bad) func refuses(encoded: String) { #expect(PercentEncoding.decodeText(slice(encoded)) == nil) }

    @Test func encodes() {
        #expect(PercentEncoding.encode("a/é~?") == "a%2F%C3%A9~%3F")
    }

    @Test func queries() throws {
        let items = try QueryItems(parsing: slice("a=1&&b=two+w%C3%A9&c&=d&e=f=g&a=2"))
        #expect(items.map(\.name) == ["a", "b", "c", "", "e", "a"])
        #expect(items.map(\.value) == ["1", "two wé", "", "d", "f=g", "2"])
        #expect(throws: QueryItems.Failure.badEscape(item: 1)) { try QueryItems(parsing: slice("a=1&b=%x")) }
        #expect(throws: QueryItems.Failure.badUTF8(item: 0)) { try QueryItems(parsing: slice("a%ff=1")) }
        #expect(try QueryItems(parsing: slice("a&b"), limit: 2).count == 2)
        #expect(throws: QueryItems.Failure.tooMany(limit: 2)) { try QueryItems(parsing: slice("a&b&c"), limit: 2) }
    }
}

@Suite struct ResponseHeadTests {
    private func head(_ response: Response, _ plan: AnswerPlan) -> String {
        var bytes: [UInt8] = []
        ResponseHead.append(response, plan, dateLine: Array("Date: d\r\n".utf8), to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test func writesHeads() {
        var plan = AnswerPlan(framing: .length(1_234_567_890), omitsBody: false, closes: false, saysKeepAlive: false)
        #expect(head(Response(.ok), plan) == "HTTP/1.1 200 OK\r\nDate: d\r\nContent-Length: 1234567890\r\n\r\n")
        plan.framing = .length(0)
        plan.closes = true
        let response = Response(
            .notFound, fields: [.contentType: "text/plain", .contentLength: "7", .connection: "x", .date: "y"],
            preparedFields: Array("P: q\r\n".utf8))
        #expect(
            head(response, plan)
                == "HTTP/1.1 404 Not Found\r\nDate: d\r\nContent-Length: 0\r\nConnection: close\r\nContent-Type: text/plain\r\nP: q\r\n\r\n"
        )
        plan = AnswerPlan(framing: .chunked, omitsBody: false, closes: false, saysKeepAlive: true)
        #expect(
            head(Response(.init(code: 299)), plan)
                == "HTTP/1.1 299 \r\nDate: d\r\nTransfer-Encoding: chunked\r\nConnection: keep-alive\r\n\r\n")
    }

    @Test func fieldsCannotBreakOut() {
        let plan = AnswerPlan(framing: .none, omitsBody: false, closes: false, saysKeepAlive: false)
        #expect(!head(Response(.ok, fields: [.location: "/a\r\nX: y"]), plan).contains("\r\nX"))
    }

    @Test func writesChunks() {
        for count in [1, 9, 10, 15, 16, 255, 256, 65535, .max] {
            var bytes: [UInt8] = []
            bytes.append(chunkHeadFor: count)
            #expect(String(decoding: bytes, as: UTF8.self) == String(count, radix: 16) + "\r\n")
        }
    }
}

@Suite struct PeerAddressTests {
    @Test func writesAddresses() {
        #expect(PeerAddress.ipv4([192, 0, 2, 1], port: 80).description == "192.0.2.1:80")
        var bytes = SIMD16<UInt8>(repeating: 0)
        bytes[15] = 1
        #expect(PeerAddress.ipv6(bytes, port: 1).description == "[::1]:1")
        bytes[0] = 0x20
        bytes[1] = 0x01
        bytes[9] = 7
        #expect(PeerAddress.ipv6(bytes, port: 1).host == "2001::7:0:0:1")
        #expect(PeerAddress.ipv6(SIMD16(repeating: 0), port: 1).host == "::")
    }
}

@Suite struct WireErrorTests {
    @Test func codesAreUniqueAndPlain() {
        let codes = WireError.catalogue.map(\.code)
        #expect(Set(codes).count == codes.count)
        for error in WireError.catalogue {
            #expect(error.code.utf8.allSatisfy { (97...122).contains($0) || $0 == 45 })
            #expect(error.detail.hasSuffix(".") && (400...599).contains(error.status.code))
        }
    }
}
