import Foundation

extension Program {
    /// What a command that ran to its end left.
    struct Outcome: CustomStringConvertible {
        var exit: Exit
        var output: [UInt8]
        var errors: String

        var lines: Value { Answer.lines(of: output) }
        var description: String { "\(exit)\n\(errors)" }
    }

    /// Runs `dateline ARGUMENTS…` to its end.
    static func run(_ arguments: String..., input: [UInt8] = [], environment: [String: String] = [:]) throws -> Outcome {
        try run(arguments, input: input, environment: environment)
    }

    static func run(_ arguments: [String], input: [UInt8] = [], environment: [String: String] = [:]) throws -> Outcome {
        let child = try Child.running([path] + arguments, environment: environment, input: input)
        do {
            let exit = try child.waitForExit(seconds: 300)
            return Outcome(exit: exit, output: child.output, errors: child.errors)
        } catch {
            child.send(SIGKILL)
            throw error
        }
    }

    /// The program to test: DATELINE_PROGRAM, or what the same build put beside the tests.
    static let path: String = {
        if let path = ProcessInfo.processInfo.environment["DATELINE_PROGRAM"] { return path }
        let tests = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        let beside = tests.deletingLastPathComponent().appendingPathComponent("dateline").path
        return FileManager.default.isExecutableFile(atPath: beside) ? beside : package + "/.build/release/dateline"
    }()

    /// The top of the package, where a user would start the program.
    static let package = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .path
}

extension Child {
    /// Runs a command line from the top of the package, with this process's environment less what would configure the program.
    static func running(_ command: [String], environment changes: [String: String] = [:], input: [UInt8] = [], socket: Int32? = nil) throws
        -> Child
    {
        let inherited = ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("DATELINE_") }
        let environment = inherited.merging(changes) { _, new in new }
        let path = try command[0].contains("/") ? command[0] : find(command[0])
        return try Child(
            path, Array(command.dropFirst()), environment: environment, folder: Program.package, input: input, socket: socket)
    }

    private static func find(_ name: String) throws -> String {
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin:/usr/sbin:/sbin").split(
            separator: ":")
        guard let folder = folders.first(where: { FileManager.default.isExecutableFile(atPath: "\($0)/\(name)") })
        else {
            throw HarnessError("there is no command \(name)")
        }
        return "\(folder)/\(name)"
    }
}
