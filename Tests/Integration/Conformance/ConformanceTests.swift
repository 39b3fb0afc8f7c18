import Testing

/// The server on a raw socket, held against RFC 9110, 9112 and 3986, case by case.
///
/// Each case runs whole, byte by byte, and cut at random places; it must come to the same. Behind each stands one more request:
/// where the connection stays open it is answered, which shows that the two agree on where the case ended; where it closes,
/// it never is, so that nothing refused is read in two ways.
@Suite(.serialized) struct ConformanceTests {
    @Test(arguments: Theme.all) func comesToTheSameHoweverItIsCut(_ theme: Theme) throws {
        let site = try Site()
        for (number, one) in theme.cases.enumerated() {
            let whole = try outcome(of: one, on: site, cut: .whole)
            for cut in [Cut.singly, .randomly(UInt64(number)), .randomly(UInt64(number) + 1_000)] {
                let other = try outcome(of: one, on: site, cut: cut)
                #expect(other == whole, "\(one.name), \(cut)")
            }
        }
        #expect(site.isUnharmed)
    }

    @Test func everyCaseHasItsOwnName() {
        let names = Theme.all.flatMap(\.cases).map(\.name)
        #expect(Set(names).count == names.count, "\(Dictionary(grouping: names) { $0 }.filter { $1.count > 1 }.keys)")
        #expect(names.count > 200)
    }

    /// How the bytes are handed to the kernel.
    private enum Cut { case whole, singly, randomly(UInt64) }

    /// Runs a case and holds it against what is wanted. What came, in short, for comparing.
    private func outcome(of one: Case, on site: Site, cut: Cut) throws -> [String] {
        let place = "\(one.name) (RFC \(one.rule), \(cut))"
        let socket = try site.socket()
        var bytes = site.fill(one.bytes)
        let isHalfClosed = one.end == .halfClosed || one.end == .cutShort
        if !isHalfClosed { bytes += Array(ask("GET /readyz", "Connection: close").utf8) }
        // A server that refuses may close before it has all.
        do { try deliver(bytes, over: socket, cut) } catch { #expect(one.end == .closed, "\(place): \(error)") }
        if isHalfClosed { socket.closeSending() }
        var wanted = one.answers
        if one.end == .open { wanted.append(Wanted(200, ["Connection": "close"])) }
        let last = wanted.count - 1
        var came: [String] = []
        do {
            for (number, wanted) in wanted.enumerated() {
                var answer = try socket.response(to: wanted.method)
                while answer.status == 100, String(decoding: one.bytes, as: UTF8.self).lowercased().contains("100-continue") {
                    #expect(answer.fields.isEmpty, "\(place)")
                    answer = try socket.response(to: wanted.method)
                }
                let isLast = number == last && one.end != .halfClosed
                check(answer, against: wanted, closes: isLast, on: site, place)
                let isProblem = answer["Content-Type"] == "application/problem+json"
                came.append("\(answer.status) \(isProblem ? answer.json.type.asString ?? "" : "")")
            }
            let rest = try socket.receiveAll()
            #expect(rest.isEmpty, "\(place): one more answer: \(String(decoding: rest.prefix(300), as: UTF8.self))")
            // Who goes on after saying close (RFC 9112 §9.6) may be cut off; who is refused must be able to read why.
            let saidClose = one.end == .closed && one.answers.last.map { $0.status < 400 } == true
            #expect(!socket.wasReset || saidClose, "\(place): closed so that the answer can be read")
        } catch {
            Issue.record("\(place): after \(came): \(error)")
        }
        return came
    }

    private func deliver(_ bytes: [UInt8], over socket: RawSocket, _ cut: Cut) throws {
        switch cut {
        case .whole: try socket.send(bytes)
        case .singly where bytes.count < 2_000: for byte in bytes { try socket.send([byte]) }
        case .singly, .randomly:
            var random = Chance(seed: 0)
            if case .randomly(let seed) = cut { random = Chance(seed: seed) }
            let longest = bytes.count < 2_000 ? 40 : bytes.count / 10
            var rest = bytes[...]
            while !rest.isEmpty {
                let part = rest.prefix(1 + random.below(longest))
                try socket.send(part)
                rest = rest.dropFirst(part.count)
            }
        }
    }

    private func check(_ answer: RawResponse, against wanted: Wanted, closes: Bool, on site: Site, _ place: String) {
        let told: Comment = "\(place): \(answer.status) \(answer.fields) \(answer.text.prefix(200))"
        #expect(answer.status == wanted.status, told)
        for (name, value) in wanted.fields {
            let value = value.filled(by: site)
            #expect(answer[name].map(value.holds) == true, "\(place): \(name) is \(answer[name] ?? "-")")
        }
        for name in wanted.without { #expect(answer.fields.values(of: name).isEmpty, "\(place): \(name)") }
        if let body = wanted.body { #expect(answer.text == site.fill(body), told) }
        if let code = wanted.code, wanted.method != "HEAD" { #expect(answer.json.type == .string("urn:dateline:problem:\(code)"), told) }
        #expect((answer["Connection"] == "close") == closes, told)
        for fault in Rules.faults(of: answer, to: wanted.method, closes: closes) { Issue.record("\(place): \(fault)") }
    }
}

/// Cases about one thing.
struct Theme: Sendable, CustomTestStringConvertible {
    let name: String
    let cases: [Case]

    var testDescription: String { "\(name), \(cases.count) cases" }

    static let all: [Theme] = [
        .framing, .codings, .chunks, .requestLines, .targets, .hosts, .fields, .persistence, .expectations, .methods, .negotiation,
        .contentCodings,
        .articleConditions, .listConditions, .fileConditions, .ranges, .files, .limits, .bodies,
    ]
}

extension FieldValue {
    fileprivate func filled(by site: Site) -> FieldValue {
        switch self {
        case .exactly(let value): .exactly(site.fill(value))
        case .starting(let value): .starting(site.fill(value))
        default: self
        }
    }
}
