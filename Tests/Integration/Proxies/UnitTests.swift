import Foundation
import Testing

/// The units of deploy/, as systemd reads them.
@Suite(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/systemd-analyze"), "needs systemd-analyze"))
struct UnitTests {
    @Test func systemdHasNothingToSay() throws {
        let folder = try Folder()
        for name in ["dateline.socket", "dateline.service"] {
            let text = try String(contentsOfFile: "\(Program.package)/deploy/\(name)", encoding: .utf8)
            try folder.write(name, text.replacing("/opt/dateline/dateline", with: Program.path).utf8)
        }
        let child = try Child.running(
            ["systemd-analyze", "verify", folder.file("dateline.socket"), folder.file("dateline.service")])
        #expect(try child.waitForExit() == .status(0))
        #expect(child.errors.isEmpty && child.output.isEmpty, "\(child.errors)")
    }

    /// Of 100, where 0 is a service that may do nothing.
    @Test func theServiceMayDoLittle() throws {
        let unit = "\(Program.package)/deploy/dateline.service"
        let child = try Child.running(["systemd-analyze", "security", "--offline=true", "--threshold=15", unit])
        #expect(try child.waitForExit() == .status(0), "\(String(decoding: child.output, as: UTF8.self))")
    }

    @Test func theProgramTakesTheOptions() throws {
        let unit = try String(contentsOfFile: "\(Program.package)/deploy/dateline.service", encoding: .utf8)
        let line = try #require(unit.split(separator: "\n").first { $0.hasPrefix("ExecStart=/opt/dateline/dateline ") })
        let options = line.split(separator: " ").dropFirst().map(String.init)
        let outcome = try Program.run(options + ["--loops", "0"])
        #expect(outcome.exit == .status(64) && outcome.errors.contains("--loops 0"), "nothing else is wrong: \(outcome)")
    }
}
