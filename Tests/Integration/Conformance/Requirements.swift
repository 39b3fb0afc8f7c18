import Foundation
import Testing

/// What an RFC demands of an origin server, in our words, and what shows that it holds here.
struct Requirement: Sendable {
    /// RFC and section, like `9112 6.3`.
    let section: String
    let rule: String
    /// Names of cases.
    var cases: [String] = []
    /// Names of whole themes.
    var themes: [String] = []
    /// Other tests, as `Suite.function`.
    var tests: [String] = []
    /// Whether `Rules` looks for it in the answer of every case.
    var everyAnswer = false

    /// Each MUST and MUST NOT, and the SHOULDs that are kept. What concerns clients, proxies, caches and TLS alone isn't here, nor
    /// what this server has nothing of: authentication, ranges other than bytes, protocol upgrades, its own transfer codings.
    static let all = messages + semantics + fields + conditionsAndRanges + statuses + others

    /// Reads a table: a line with section and rule, and beneath it, further in, a line for each thing that shows it.
    static func table(_ text: String) -> [Requirement] {
        var table: [Requirement] = []
        for line in text.split(separator: "\n") {
            if let row = line.wholeMatch(of: /(\d+ [\d.]+) (.+)/) {
                table.append(Requirement(section: String(row.1), rule: String(row.2)))
            } else if let shown = line.wholeMatch(of: /\ +(case|theme|test|every) (.+)/), !table.isEmpty {
                let name = String(shown.2)
                switch shown.1 {
                case "case": table[table.count - 1].cases.append(name)
                case "theme": table[table.count - 1].themes.append(name)
                case "test": table[table.count - 1].tests.append(name)
                default: table[table.count - 1].everyAnswer = true
                }
            } else {
                Issue.record("no line of a table: \(line)")
            }
        }
        return table
    }
}

struct RequirementTests {
    /// The functions of the test suites, as `Suite.function`, read from the sources.
    private static let tests: Set<String> = {
        let folder = URL(fileURLWithPath: Program.package + "/Tests").resolvingSymlinksInPath().path
        var found: Set<String> = []
        for path in FileManager.default.subpaths(atPath: folder) ?? [] where path.hasSuffix(".swift") {
            var suite = ""
            for line in (try? String(contentsOfFile: folder + "/" + path, encoding: .utf8))?.split(separator: "\n") ?? [] {
                if let name = line.firstMatch(of: /^(?:@Suite(?:\(.*?\))? )?(?:final )?(?:struct|class|enum) (\w+)/) { suite = String(name.1) }
                if let name = line.firstMatch(of: /\bfunc (\w+)\(/) { found.insert("\(suite).\(name.1)") }
            }
        }
        return found
    }()

    @Test func whatShowsARequirementIsThere() {
        let cases = Set(Theme.all.flatMap(\.cases).map(\.name))
        let themes = Set(Theme.all.map(\.name))
        for one in Requirement.all {
            #expect(one.everyAnswer || !(one.cases + one.themes + one.tests).isEmpty, "RFC \(one.section): \(one.rule) Nothing shows it.")
            for name in one.cases { #expect(cases.contains(name), "RFC \(one.section): there is no case \(name.debugDescription)") }
            for name in one.themes { #expect(themes.contains(name), "RFC \(one.section): there is no theme \(name)") }
            for name in one.tests { #expect(Self.tests.contains(name), "RFC \(one.section): there is no test \(name)") }
        }
        #expect(Set(Requirement.all.map { $0.section + $0.rule }).count == Requirement.all.count)
    }

    /// A case that cites a section which demands nothing has lost its reason.
    @Test func everyCaseHasItsRequirement() {
        let sections = Set(Requirement.all.map(\.section))
        for one in Theme.all.flatMap(\.cases) { #expect(sections.contains(one.rule), "\(one.name): RFC \(one.rule)") }
    }
}
