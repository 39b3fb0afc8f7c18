import Foundation
import Testing

/// A proxy from Debian's packages, in front of the program, started with the file of deploy/ that operators take.
///
/// Only addresses and folders are put in, and what a test wants otherwise; whatever is to be replaced must stand in the file.
final class Proxy: Asking {
    enum Kind: String, CaseIterable, Sendable, CustomTestStringConvertible {
        case nginx, haproxy, caddy, varnish

        var testDescription: String { rawValue }
        var command: String { self == .varnish ? "varnishd" : rawValue }
        var file: String {
            switch self {
            case .nginx: "nginx.conf"
            case .haproxy: "haproxy.cfg"
            case .caddy: "Caddyfile"
            case .varnish: "default.vcl"
            }
        }
    }

    typealias Edits = [(old: String, new: String)]

    let kind: Kind
    let port: UInt16
    private let folder: Folder
    private let child: Child
    private(set) lazy var http = connection()

    /// Whether all of them are there: `scripts/test` sees to it.
    static let areInstalled = Kind.allCases.allSatisfy { find($0.command) != nil }

    /// Starts it before an upstream, "127.0.0.1:8080" or "unix:PATH", and waits until an answer of the program's comes through.
    init(_ kind: Kind, before upstream: String, _ edits: Edits = [], ready: String = "/readyz") throws {
        self.kind = kind
        folder = try Folder()
        port = try Proxy.freePort()
        var text = try String(contentsOfFile: "\(Program.package)/deploy/\(kind.file)", encoding: .utf8)
        for (old, new) in edits + Proxy.addresses(kind, upstream, port, folder) {
            guard text.contains(old) else { throw HarnessError("deploy/\(kind.file) doesn't say \"\(old)\"") }
            text = text.replacing(old, with: new)
        }
        try folder.write(kind.file, text.utf8)
        child = try Proxy.launch(kind, port, folder)
        try waitUntilItServes(ready)
    }

    /// The master ends its workers.
    deinit {
        child.send(SIGTERM)
        _ = try? child.waitForExit(seconds: 20)
    }

    var base: String { "http://127.0.0.1:\(port)" }
    /// What it wrote: put it into a failure's message.
    var log: String { String(decoding: child.output, as: UTF8.self) + child.errors }
    /// A client's new connection to it.
    func connection() -> Curl { Curl(base: base) }
    func perform(_ ask: Ask) throws -> Answer { try http.perform(ask) }
    func socket() throws -> RawSocket { try RawSocket(port: port) }

    private static func addresses(_ kind: Kind, _ upstream: String, _ port: UInt16, _ folder: Folder) -> Edits {
        let path = upstream.hasPrefix("unix:") ? String(upstream.dropFirst(5)) : nil
        let parts = upstream.split(separator: ":")
        switch kind {
        case .nginx:
            return [
                ("server 127.0.0.1:8080;", "server \(upstream);"), ("listen 80;", "listen 127.0.0.1:\(port);"),
                ("/var/cache/nginx/dateline", folder.file("cache")),
            ]
        case .haproxy:
            return [
                ("bind :80\n", "bind 127.0.0.1:\(port)\n"),
                ("server dateline 127.0.0.1:8080", "server dateline \(path.map { "unix@" + $0 } ?? upstream)"),
            ]
        case .caddy:
            return [
                ("news.example {", "http://:\(port) {"),
                ("reverse_proxy 127.0.0.1:8080", "reverse_proxy \(path.map { "unix/" + $0 } ?? upstream)"),
            ]
        case .varnish:
            return [
                (".host = \"127.0.0.1\";", path.map { ".path = \"\($0)\";" } ?? ".host = \"\(parts[0])\";"),
                (".port = \"8080\";", path == nil ? ".port = \"\(parts[1])\";" : ""),
            ]
        }
    }

    private static func launch(_ kind: Kind, _ port: UInt16, _ folder: Folder) throws -> Child {
        let file = folder.file(kind.file)
        switch kind {
        case .nginx:
            // What stands around it in Debian's nginx.conf. Workers of another user couldn't enter the folder.
            let user = geteuid() == 0 ? "user root;" : ""
            try folder.write(
                "main.conf",
                """
                \(user) daemon off; worker_processes 1; pid \(folder.file("pid")); error_log stderr;
                events { worker_connections 1024; }
                http { access_log off; client_body_temp_path \(folder.path); proxy_temp_path \(folder.path); include \(file); }
                """.utf8)
            return try Child.running(["nginx", "-c", folder.file("main.conf")])
        case .haproxy: return try Child.running(["haproxy", "-db", "-f", file])
        case .caddy:
            try folder.write("main", "{\n\tadmin off\n\tpersist_config off\n}\nimport \(file)\n".utf8)
            return try Child.running(
                ["caddy", "run", "--adapter", "caddyfile", "--config", folder.file("main")],
                environment: ["HOME": folder.path, "XDG_DATA_HOME": folder.path, "XDG_CONFIG_HOME": folder.path])
        case .varnish:
            return try Child.running([
                "varnishd", "-F", "-j", "none", "-n", folder.file("work"), "-a", "127.0.0.1:\(port)", "-f", file, "-s", "malloc,32m",
            ])
        }
    }

    private func waitUntilItServes(_ target: String) throws {
        let deadline = Date(timeIntervalSinceNow: 60)
        while Date.now < deadline {
            if let answer = try? connection().get(target), answer.status == 200 { return }
            Thread.sleep(forTimeInterval: 0.05)
        }
        throw HarnessError("\(kind) doesn't serve:\n\(log)")
    }

    /// A port that nobody has: the proxies can't tell which one they took.
    private static func freePort() throws -> UInt16 {
        let descriptor = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let outcome = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(descriptor, $0, size) | getsockname(descriptor, $0, &size) }
        }
        guard outcome == 0 else { throw HarnessError("no free port: \(String(cString: strerror(errno)))") }
        return UInt16(bigEndian: address.sin_port)
    }

    private static func find(_ command: String) -> String? {
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/usr/sbin").split(separator: ":")
        return folders.map { "\($0)/\(command)" }.first { FileManager.default.isExecutableFile(atPath: $0) }
    }
}

extension Program {
    /// Started as the files of deploy/ say.
    static func behindProxies(
        _ arguments: [String] = [], trusting: [String] = ["127.0.0.1", "unix"], listen: [String] = ["127.0.0.1:0"]
    ) throws -> Program {
        try start(arguments: trusting.flatMap { ["--trusted-proxy", $0] } + arguments, listen: listen)
    }

    /// The other ends of the connections that it has accepted at its first address and not closed.
    var upstreamConnections: Set<UInt16> {
        let table = (try? String(contentsOfFile: "/proc/net/tcp", encoding: .utf8)) ?? ""
        func hex(_ address: Substring) -> UInt16? { address.split(separator: ":").last.flatMap { UInt16($0, radix: 16) } }
        // Local address, remote address, state; 01 is established.
        let lines = table.split(separator: "\n").dropFirst().map { $0.split(separator: " ") }
        return Set(lines.filter { $0[3] == "01" && hex($0[1]) == port }.compactMap { hex($0[2]) })
    }
}
