import Foundation

/// The built program, served from a folder of its own on a free port, as a user would start it.
///
/// Not Sendable, as the connection it keeps isn't: other threads ask for a `connection()` of their own through `base`.
final class Program: Asking {
    let data: Folder
    private let options: Options
    private var child: Child
    private(set) var addresses: [String]
    private(set) lazy var http = connection()

    struct Options {
        var arguments: [String] = []
        var environment: [String: String] = [:]
        var listen = ["127.0.0.1:0"]
        var proxyListen: [String] = []
        var seeds = false
        /// A command that ends by running the command after it: `["unshare", "--mount"]`.
        var wrapper: [String] = []
        /// A listening socket handed down as a service manager does it (sd_listen_fds(3)), in place of `listen`.
        var socket: Int32?
    }

    /// Starts it and waits until it says that it listens.
    static func start(
        data: Folder? = nil, arguments: [String] = [], environment: [String: String] = [:],
        listen: [String] = ["127.0.0.1:0"], proxyListen: [String] = [], seeds: Bool = false, reads: Bool = false,
        wrapper: [String] = [], socket: Int32? = nil
    ) throws -> Program {
        let options = Options(
            // Most tests make up their texts, and say themselves what is in them.
            arguments: arguments + (reads ? [] : ["--no-reader"]), environment: environment, listen: socket == nil ? listen : [],
            proxyListen: proxyListen,
            seeds: seeds,
            // The shell knows its number, which stays that of the program it becomes.
            wrapper: wrapper + (socket == nil ? [] : ["/bin/sh", "-c", "LISTEN_FDS=1 LISTEN_PID=$$ exec \"$@\"", "sh"]), socket: socket)
        return try Program(data: data ?? Folder(), options)
    }

    private init(data: Folder, _ options: Options) throws {
        self.data = data
        self.options = options
        (child, addresses) = try Program.launch(data: data, options)
    }

    deinit { child.send(SIGKILL) }

    private static func launch(data: Folder, _ options: Options) throws -> (Child, addresses: [String]) {
        var command = options.wrapper + [path, "serve", "--data", data.path]
        for address in options.listen { command += ["--listen", address] }
        for address in options.proxyListen { command += ["--listen-proxy", address] }
        if !options.seeds { command.append("--no-seeds") }
        command += options.arguments
        let child = try Child.running(command, environment: options.environment, socket: options.socket)
        let addresses = child.waitForErrors { log -> [String]? in
            let found = Program.addresses(in: log)
            return found.count >= max(1, options.listen.count + options.proxyListen.count) ? found : nil
        }
        guard let addresses else {
            child.send(SIGKILL)
            throw HarnessError(
                "`\(command.joined(separator: " "))` didn't listen; its standard error:\n\(child.errors)")
        }
        return (child, addresses)
    }

    /// The values of `address=` in the whole lines that say `listening`.
    static func addresses(in log: String) -> [String] {
        log.split(separator: "\n", omittingEmptySubsequences: false).dropLast().filter { $0.contains("listening") }
            .flatMap { $0.split(separator: " ") }
            .filter { $0.hasPrefix("address=") }
            .map { $0.dropFirst("address=".count).trimming("\"\r") }
    }

    var pid: pid_t { child.pid }
    /// The standard error so far: put it into a failure's message.
    var log: String { child.errors }
    /// The standard output so far.
    var output: String { String(decoding: child.output, as: UTF8.self) }
    /// Waits until the standard output, or the standard error, says something.
    func waitForOutput(_ look: @escaping (String) -> Bool) -> Bool { child.wait(for: \.output, look) }
    func waitForLog(_ look: @escaping (String) -> Bool) -> Bool { child.wait(for: \.errors, look) }
    /// "127.0.0.1:PORT" of the first address that isn't a Unix socket's.
    var authority: String { addresses.first { !$0.hasPrefix("unix:") } ?? "localhost" }
    var base: String { "http://" + authority }
    var port: UInt16 { authority.split(separator: ":").last.flatMap { UInt16($0) } ?? 0 }

    /// A new connection to it, for a thread or a test that wants its own.
    func connection() -> Curl { Curl(base: base) }
    func perform(_ ask: Ask) throws -> Answer { try http.perform(ask) }
    /// All at once, each on its own connection.
    func together(_ asks: [Ask]) -> [Result<Answer, any Error>] { CurlMulti.perform(asks, base: base) }
    func socket() throws -> RawSocket { try RawSocket(port: port) }

    func signal(_ number: Int32) { child.send(number) }
    func waitForExit() throws -> Exit { try child.waitForExit() }

    /// Asks it to stop, as a supervisor would.
    @discardableResult
    func terminate() throws -> Exit {
        child.send(SIGTERM)
        return try child.waitForExit()
    }

    /// Ends it at once, as a crash would.
    func kill() throws {
        child.send(SIGKILL)
        _ = try child.waitForExit()
    }

    /// Starts it again on the same folder, after it ended by `kill`, `terminate` or of itself. The port is another one.
    func restart() throws {
        child.send(SIGTERM)
        _ = try child.waitForExit()
        (child, addresses) = try Program.launch(data: data, options)
        http = connection()
    }
}
