import NewsIndex
import TestSupport
import Testing

struct NameIndexTests {
    /// Names by id, as an index of entities would know them.
    struct World {
        var names = NameIndex()
        var known: [String: NameIndex.Known] = [:]

        mutating func put(_ id: String, _ all: [String], _ prominence: Int) {
            known[id] = .init(names: all, prominence: prominence)
            names.put(id, names: all, prominence: prominence)
        }

        func suggest(_ typed: String, limit: Int = 10) -> [NameIndex.Suggestion] { names.suggest(typed, limit: limit) { known[$0] } }
        func ids(_ typed: String, limit: Int = 10) -> [String] { suggest(typed, limit: limit).map(\.id) }
    }

    static let world: World = {
        var world = World()
        world.put("joe-biden", ["Joe Biden", "Joseph R. Biden"], 900)
        world.put("jill-biden", ["Jill Biden"], 90)
        world.put("lodz", ["Łódź", "Lodz"], 40)
        world.put("un", ["United Nations", "UN", "U.N."], 5_000)
        world.put("oneill", ["Shaquille O'Neill"], 10)
        world.put("jpm", ["J.P. Morgan", "JPMorgan Chase"], 70)
        world.put("todai", ["東京大学"], 12)
        world.put("kyiv", ["Kyiv", "Kiev", "Київ"], 800)
        world.put("coca-cola", ["Coca-Cola"], 60)
        world.names.seal()
        return world
    }()

    @Test(arguments: [
        ("bid", ["joe-biden", "jill-biden"]), ("joe b", ["joe-biden"]), ("JOE  BIDEN", ["joe-biden"]), ("ŁÓD", ["lodz"]),
        ("lodz", ["lodz"]),
        ("u.n", ["un"]), ("united nat", ["un"]), ("o'ne", ["oneill"]), ("onei", ["oneill"]), ("j.p. mor", ["jpm"]), ("jp", ["jpm"]),
        ("京大", ["todai"]),
        ("київ", ["kyiv"]), ("coca cola", ["coca-cola"]), ("cola", ["coca-cola"]), ("xyz", []), ("", []), ("  ", []), ("!", []),
        ("bdien", ["joe-biden", "jill-biden"]), ("bdine", []), ("bidne", ["joe-biden", "jill-biden"]), ("joe bidan", ["joe-biden"]),
        ("unted", ["un"]), ("unitedd", ["un"]),
        ("nuited", ["un"]), ("lode", ["lodz"]), ("київь", ["kyiv"]), ("xoe biden", []), ("kyv", []), ("kyvi", ["kyiv"]), ("biden x", []),
    ])
    func namesAsOneTypes(_ typed: String, _ expected: [String]) {
        #expect(Self.world.ids(typed) == expected, "\(Self.world.suggest(typed))")
    }

    @Test func theNameThatWasFoundIsSaid() {
        #expect(Self.world.suggest("kie").map(\.name) == ["Kiev"])
        #expect(Self.world.suggest("kyi").map(\.name) == ["Kyiv"])
        #expect(Self.world.suggest("bidne").map(\.hasTypo) == [true, true])
        #expect(Self.world.suggest("biden").map(\.hasTypo) == [false, false])
        #expect(Self.world.ids("bid", limit: 1) == ["joe-biden"] && Self.world.ids("bid", limit: 0) == [])
    }

    @Test func whatIsKnownNowCounts() {
        var world = Self.world
        world.known["jill-biden"]?.prominence = 1_000
        #expect(world.ids("bid") == ["jill-biden", "joe-biden"])
        world.put("joe-biden", ["Joseph Robinette"], 900)
        world.names.seal()
        #expect(world.ids("bid") == ["jill-biden"] && world.ids("robi") == ["joe-biden"])
        world.known["un"] = nil
        #expect(world.ids("uni") == [])
        #expect(NameIndex.needsUpdate(from: 1, to: 2) && !NameIndex.needsUpdate(from: 2, to: 3) && NameIndex.needsUpdate(from: 0, to: 1))
    }

    /// The same as looking at every name, whatever was put, changed and taken away, in whatever segments.
    @Test(arguments: [1, 2, 3, 4]) func theSameAsLookingAtAll(_ seed: UInt64) {
        var chance = Chance(seed: seed)
        var world = World()
        let syllables = ["ba", "be", "ka", "k", "ł", "o", "ö", "-", " ", " ", "'", "東", "京", "я"]
        func name() -> String { (0..<1 + chance.below(6)).map { _ in chance.one(of: syllables) }.joined() }
        for round in 0..<600 {
            let id = "e\(chance.below(250))"
            if chance.once(in: 8) {
                world.known[id] = nil
            } else {
                world.put(id, (0...chance.below(2)).map { _ in name() }, chance.below(1_000))
            }
            if chance.once(in: 3) { world.names.seal() }
            guard round % 20 == 0 else { continue }
            world.names.seal()
            for _ in 0..<20 {
                let typed = name()
                let found = world.suggest(typed, limit: 500).map { "\($0.id) \($0.prominence) \($0.hasTypo)" }
                #expect(found == Self.naive(world.known, typed), "\(typed)")
                let few = world.suggest(typed, limit: 3).map { "\($0.id) \($0.prominence) \($0.hasTypo)" }
                #expect(few.count == min(3, found.count) && few.allSatisfy { found.contains($0) })
            }
        }
    }

    static func naive(_ known: [String: NameIndex.Known], _ typed: String) -> [String] {
        let key = Array(self.key(typed).unicodeScalars)
        guard !key.isEmpty else { return [] }
        var found: [(id: String, prominence: Int, hasTypo: Bool)] = []
        for (id, entity) in known {
            var hasTypo: Bool?
            for name in entity.names {
                let whole = Array(self.key(name).unicodeScalars)
                for start in whole.indices where start == 0 || whole[start - 1] == " " || whole[start].value > 0x3000 {
                    if whole[start...].starts(with: key) {
                        hasTypo = false
                    } else if hasTypo == nil, key.count >= 4, hasOneTypo(key, Array(whole[start...])) {
                        hasTypo = true
                    }
                }
            }
            if let hasTypo { found.append((id, entity.prominence, hasTypo)) }
        }
        found.sort { a, b in
            a.hasTypo != b.hasTypo ? !a.hasTypo : a.prominence != b.prominence ? a.prominence > b.prominence : a.id < b.id
        }
        return found.map { "\($0.id) \($0.prominence) \($0.hasTypo)" }
    }

    static func key(_ name: String) -> String {
        let folded = name.lowercased().replacing("ł", with: "l").replacing("ö", with: "o").replacing("'", with: "").replacing(
            "-", with: " ")
        return folded.split(separator: " ").joined(separator: " ")
    }

    /// Whether one change, not of the first letter, makes what was typed a beginning.
    static func hasOneTypo(_ typed: [Unicode.Scalar], _ name: [Unicode.Scalar]) -> Bool {
        var swapped = typed
        for place in 0..<typed.count - 1 {
            swapped = typed
            swapped.swapAt(place, place + 1)
            if name.starts(with: swapped) { return true }
        }
        for place in 1..<typed.count {
            if name.starts(with: typed[..<place] + typed[(place + 1)...]) { return true }
            guard name.count > place, name.starts(with: typed[..<place]) else { continue }
            if name[(place + 1)...].starts(with: typed[(place + 1)...]) { return true }
            if name[(place + 1)...].starts(with: typed[place...]) { return true }
        }
        return false
    }
}
