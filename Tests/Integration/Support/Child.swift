import CSpawn
import Foundation

/// Something the harness itself couldn't do, or waited for in vain.
struct HarnessError: Error, CustomStringConvertible {
    var description: String
    init(_ description: String) { self.description = description }
}

/// How a program ended.
enum Exit: Sendable, Equatable {
    case status(Int32)
    case signal(Int32)
}

/// A started program. Its output is collected as it comes, by threads of its own, so that it never waits for us.
final class Child: Sendable {
    struct State {
        var output: [UInt8] = []
        var errors: [UInt8] = []
        var openStreams = 2
        var exit: Exit?
    }

    let pid: pid_t
    private let state = Monitor(State())

    /// The child gets the given environment and nothing else, no descriptor but the three and a socket as the fourth, and no signal blocked or ignored
    /// (threads that run tests block most of them, and a child would inherit that).
    init(_ path: String, _ arguments: [String], environment: [String: String], folder: String, input: [UInt8] = [], socket: Int32? = nil)
        throws
    {
        let (inputRead, inputWrite) = try makePipe()
        let (outputRead, outputWrite) = try makePipe()
        let (errorRead, errorWrite) = try makePipe()
        defer { for descriptor in [inputRead, outputWrite, errorWrite] { close(descriptor) } }

        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, inputRead, 0)
        posix_spawn_file_actions_adddup2(&actions, outputWrite, 1)
        posix_spawn_file_actions_adddup2(&actions, errorWrite, 2)
        if let socket { posix_spawn_file_actions_adddup2(&actions, socket, 3) }
        posix_spawn_file_actions_addclosefrom_np(&actions, socket == nil ? 3 : 4)
        posix_spawn_file_actions_addchdir_np(&actions, folder)

        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var none = sigset_t()
        var all = sigset_t()
        sigemptyset(&none)
        sigfillset(&all)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setsigdefault(&attributes, &all)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))

        var pid: pid_t = 0
        let failure = withCStrings([path] + arguments) { argv in
            withCStrings(environment.map { "\($0.key)=\($0.value)" }) { envp in
                posix_spawn(&pid, path, &actions, &attributes, argv, envp)
            }
        }
        guard failure == 0 else {
            for descriptor in [inputWrite, outputRead, errorRead] { close(descriptor) }
            throw HarnessError("can't start \(path): \(String(cString: strerror(failure)))")
        }
        self.pid = pid
        collect(outputRead, into: \.output)
        collect(errorRead, into: \.errors)
        feed(inputWrite, input)
        reap()
    }

    var output: [UInt8] { state.change { $0.output } }
    var errors: String { String(decoding: state.change { $0.errors }, as: UTF8.self) }

    /// Waits until something stands in the standard error; nil when the program ended without it, or the deadline passed.
    func waitForErrors<Result>(seconds: Double = 60, _ look: (String) -> Result?) -> Result? {
        let found: Result?? = state.wait(seconds: seconds) { state in
            if let result = look(String(decoding: state.errors, as: UTF8.self)) { return .some(result) }
            return state.exit != nil && state.openStreams == 0 ? .some(nil) : nil
        }
        return found ?? nil
    }

    func wait(for stream: KeyPath<State, [UInt8]>, _ look: (String) -> Bool) -> Bool {
        state.wait(seconds: 60) { look(String(decoding: $0[keyPath: stream], as: UTF8.self)) ? true : nil } ?? false
    }

    /// Waits for the end, and for all output to have been read.
    func waitForExit(seconds: Double = 60) throws -> Exit {
        guard let exit = state.wait(seconds: seconds, { $0.openStreams == 0 ? $0.exit : nil }) else {
            throw HarnessError("process \(pid) didn't end within \(seconds) s; its standard error:\n\(errors)")
        }
        return exit
    }

    /// Sends a signal, unless the program has ended: its number may by then be another's.
    func send(_ signal: Int32) {
        state.change { state in
            if state.exit == nil { _ = Glibc.kill(pid, signal) }
        }
    }

    private func collect(_ descriptor: Int32, into keyPath: WritableKeyPath<State, [UInt8]> & Sendable) {
        Thread.detachNewThread { [state] in
            var buffer = [UInt8](repeating: 0, count: 1 << 16)
            while true {
                let count = read(descriptor, &buffer, buffer.count)
                if count < 0 && errno == EINTR { continue }
                guard count > 0 else { break }
                state.change { $0[keyPath: keyPath].append(contentsOf: buffer[..<count]) }
            }
            close(descriptor)
            state.change { $0.openStreams -= 1 }
        }
    }

    private func feed(_ descriptor: Int32, _ input: [UInt8]) {
        _ = Child.brokenPipesAreErrors
        Thread.detachNewThread {
            var rest = input[...]
            while !rest.isEmpty {
                let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
                if count < 0 && errno == EINTR { continue }
                guard count > 0 else { break }  // the program doesn't want the rest
                rest = rest.dropFirst(count)
            }
            close(descriptor)
        }
    }

    private func reap() {
        Thread.detachNewThread { [state, pid] in
            var info = siginfo_t()
            // Leaves the process to be waited for, so that its number stays taken until `exit` says that it is gone.
            while waitid(P_PID, id_t(pid), &info, WEXITED | WNOWAIT) < 0 && errno == EINTR {}
            state.change { state in
                var status: Int32 = 0
                waitpid(pid, &status, 0)
                state.exit = status & 0x7f == 0 ? .status(status >> 8 & 0xff) : .signal(status & 0x7f)
            }
        }
    }

    private static let brokenPipesAreErrors: Void = { _ = signal(SIGPIPE, SIG_IGN) }()
}

private func makePipe() throws -> (read: Int32, write: Int32) {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { throw HarnessError("no pipe: \(String(cString: strerror(errno)))") }
    return (ends[0], ends[1])
}

/// The strings as C wants them: pointers, with a null at the end, valid during `body`.
private func withCStrings<Result>(_ strings: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Result) -> Result {
    let copies = strings.map { strdup($0) }
    defer { for copy in copies { free(copy) } }
    return body(copies + [nil])
}
