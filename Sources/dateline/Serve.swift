import ArgumentParser
import Dispatch
import Foundation
import HTTPServer
import HTTPWire
import Journal
import Logging
import NewsAPI
import Newsroom
import Observability

struct Serve: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Serve the newsroom over HTTP.",
        discussion: """
            Listens on loopback, for a reverse proxy in front of it. An empty data folder is filled with the seed news \
            at the first start. SIGTERM and SIGINT stop it: no new connections, what runs is finished, then it ends.
            """)

    @Option(
        help: ArgumentHelp(
            """
            Where to listen: HOST:PORT, [IPV6]:PORT or unix:PATH; may be repeated. Port 0 takes a free one. By default \
            127.0.0.1:8080, or the sockets that a service manager hands down.
            """, valueName: "address"))
    var listen = Environment["LISTEN"].list

    @Option(
        help: ArgumentHelp(
            "Where to listen for connections that begin with a PROXY protocol header (version 1 or 2); may be repeated.",
            valueName: "address"))
    var listenProxy = Environment["LISTEN_PROXY"].list

    @Flag(help: "Expect a PROXY protocol header on every address.")
    var proxyProtocol = Environment.flag("PROXY_PROTOCOL")

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp(
            """
            Proxies that are believed about the client's address, scheme, host and path, by Forwarded, X-Forwarded-For, -Proto, -Host \
            and -Prefix: addresses, blocks like 10.0.0.0/8, or unix for whoever connects to a Unix socket; may be repeated.
            """, valueName: "cidr"))
    var trustedProxy = Environment["TRUSTED_PROXY"].list

    @Option(help: ArgumentHelp("Who may connect to a Unix socket: the mode of its file.", valueName: "octal"))
    var socketMode = Environment["SOCKET_MODE"] ?? "0660"

    @OptionGroup var folder: DataOptions
    @OptionGroup var reading: ReaderOptions

    @Option(help: ArgumentHelp("The folder of pages for people.", valueName: "dir"))
    var `public` = Environment["PUBLIC"] ?? Installation.folder("Public")

    @Flag(help: "Read stored articles again in the background, where another version of the reader has read them, or none.")
    var reread = Environment.flag("REREAD")

    @Flag(help: "Leave an empty data folder empty.")
    var noSeeds = Environment.flag("NO_SEEDS")

    @Option(help: ArgumentHelp("The longest body that is read whole, and the longest line of a stream.", valueName: "bytes"))
    var maxBody = Environment.number("MAX_BODY", 16 << 20)

    @Option(help: ArgumentHelp("The most connections at once.", valueName: "count"))
    var maxConnections = Environment.number("MAX_CONNECTIONS", 16_000)

    @Option(
        help: ArgumentHelp(
            "How many event loops share the connections; by default one for each core but one, which is the writer's.", valueName: "count"))
    var loops = Environment.number("LOOPS", max(1, ProcessInfo.processInfo.activeProcessorCount - 1))

    @Option(help: ArgumentHelp("The time to receive a request's head.", valueName: "seconds"))
    var headTimeout = Environment.number("HEAD_TIMEOUT", 15)

    @Option(help: ArgumentHelp("The time to receive a body that is read whole.", valueName: "seconds"))
    var bodyTimeout = Environment.number("BODY_TIMEOUT", 300)

    @Option(help: ArgumentHelp("The time a connection may be idle; longer than the proxy in front keeps it.", valueName: "seconds"))
    var idleTimeout = Environment.number("IDLE_TIMEOUT", 75)

    @Option(help: ArgumentHelp("The time a client may take nothing of an answer.", valueName: "seconds"))
    var writeTimeout = Environment.number("WRITE_TIMEOUT", 30)

    @Option(help: ArgumentHelp("The time that a query may take before it is given up.", valueName: "seconds"))
    var queryTimeout = Environment.number("QUERY_TIMEOUT", 2)

    @Option(help: ArgumentHelp("The time that running requests have when the server is told to stop.", valueName: "seconds"))
    var stopTimeout = Environment.number("STOP_TIMEOUT", 20)

    @Option(help: ArgumentHelp("A line for each request on the standard output: combined, json or off.", valueName: "format"))
    var accessLog = Environment["ACCESS_LOG"] ?? "off"

    func validate() throws {
        if accessLog != "off", AccessLog.Format(rawValue: accessLog) == nil {
            throw ValidationError("--access-log \(accessLog): expected combined, json or off.")
        }
        for (name, addresses) in [("listen", listen), ("listen-proxy", listenProxy)] {
            for address in addresses where ListenAddress(address) == nil {
                throw ValidationError("--\(name) \(address): expected HOST:PORT, [IPV6]:PORT or unix:PATH.")
            }
        }
        for block in trustedProxy where AddressBlock(block) == nil {
            throw ValidationError("--trusted-proxy \(block): expected an address, a block like 10.0.0.0/8 or 2001:db8::/32, or unix.")
        }
        guard UInt16(socketMode, radix: 8).map({ $0 <= 0o777 }) == true else {
            throw ValidationError("--socket-mode \(socketMode): expected an octal mode up to 0777, like 0660.")
        }
        for (name, value) in [
            ("max-body", maxBody), ("max-connections", maxConnections), ("loops", loops), ("head-timeout", headTimeout),
            ("body-timeout", bodyTimeout),
            ("idle-timeout", idleTimeout), ("write-timeout", writeTimeout), ("stop-timeout", stopTimeout), ("query-timeout", queryTimeout),
        ] where value < 1 || value > 1 << 40 {
            throw ValidationError("--\(name) \(value): expected a whole number above 0.")
        }
    }

    func run() throws {
        let logger = LineLog.logger()
        // A write past a file-size limit, or to a log that nobody reads, is an error like others, not the end of the process.
        signal(SIGXFSZ, SIG_IGN)
        signal(SIGPIPE, SIG_IGN)
        let signals = StopSignals()
        let observation = Observation(accessLog: AccessLog.Format(rawValue: accessLog))
        let (journal, newsroom) = try Opening.newsroom(folder.data, reader: try reading.reader(), logger) { observation.record($0) }
        if !noSeeds, newsroom.snapshot.index.sequence == 0 { try Seeds.load(into: newsroom, logger) }

        let files: StaticFiles
        do { files = try StaticFiles(folder: `public`, errorPage: { API.problem($0, to: $1) }) } catch {
            throw CommandError("--public \(`public`): \(error)")
        }
        let api = API(
            newsroom: newsroom, journal: journal, bodyLimit: maxBody, queryTimeout: .seconds(queryTimeout),
            metrics: { observation.write() }
        ) { files.respond(to: $0) }
        var configuration = configuration
        configuration.logsRequests = observation.logsRequests
        configuration.onCompletion = { completed, request in
            let route = completed.route ?? request.map { api.routeIndex(of: $0) } ?? API.routeNames.count - 1
            observation.record(completed, request, route: route)
        }
        let server = Server(configuration, responder: api, logger: logger)
        observation.watch(server, newsroom)
        do {
            for address in try server.start() {
                logger.notice("listening", metadata: ["address": "\(address)"])
            }
        } catch {
            newsroom.close()
            journal.close()
            throw CommandError("\(error)")
        }
        if reread, newsroom.reader != nil { Serve.rereading.async { Serve.reread(newsroom, logger) } }
        let cause = signals.wait()
        logger.notice("stopping", metadata: ["signal": "\(cause)"])
        let stopped = DispatchSemaphore(value: 0)
        server.stop(deadline: .seconds(stopTimeout)) { stopped.signal() }
        stopped.wait()
        newsroom.close()
        journal.close()
        observation.finish()
        logger.notice("stopped")
    }

    private static let rereading = DispatchQueue(label: "reread", qos: .utility)

    private static func reread(_ newsroom: Newsroom, _ logger: Logger) {
        do throws(Refusal) {
            var told = 0
            let changed = try newsroom.reread(onAllCores: false) { done, total in
                guard done - told >= 10_000 else { return }
                told = done
                logger.info("reading again", metadata: ["articles": "\(done)", "of": "\(total)"])
            }
            logger.notice("everything is read", metadata: ["changed": "\(changed)"])
        } catch {
            // A newsroom that is closing is no fault; the next start goes on.
            if error != .closed { logger.error("reading again stopped", metadata: ["error": "\(error.sentence)"]) }
        }
    }

    private var configuration: ServerConfiguration {
        let mode = UInt16(socketMode, radix: 8) ?? 0o660
        var addresses = ListenAddress.inherited(ProcessInfo.processInfo.environment, process: getpid())
        addresses += listen.compactMap { ListenAddress($0, permissions: mode) }
        if addresses.isEmpty, listenProxy.isEmpty { addresses = [.tcp(host: "127.0.0.1", port: 8080)] }
        var configuration = ServerConfiguration(listen: addresses, loops: loops)
        configuration.proxyListen = listenProxy.compactMap { ListenAddress($0, permissions: mode) }
        configuration.proxyProtocol = proxyProtocol
        configuration.trustedProxies = trustedProxy.compactMap { AddressBlock($0) }
        let proxies = proxyProtocol || !listenProxy.isEmpty ? configuration.headerSenders : configuration.trustedProxies
        configuration.isSharedPeer = { proxies.contains($0) }
        configuration.maxConnections = maxConnections
        configuration.repeatedFields = [.requestID, .traceparent]
        configuration.timeouts.head = .seconds(headTimeout)
        configuration.timeouts.body = .seconds(bodyTimeout)
        configuration.timeouts.idle = .seconds(idleTimeout)
        configuration.timeouts.write = .seconds(writeTimeout)
        return configuration
    }
}

/// SIGTERM and SIGINT as something to wait for.
private struct StopSignals {
    private let received = DispatchSemaphore(value: 0)
    private let sources: [any DispatchSourceSignal]

    init() {
        let received = received
        sources = [SIGTERM, SIGINT].map { number in
            // The source replaces what the signal does by itself.
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler { received.signal() }
            source.resume()
            return source
        }
    }

    /// Blocks until one of them comes; answers which.
    func wait() -> String {
        received.wait()
        return sources[0].data > 0 ? "TERM" : "INT"
    }
}

/// What a command can't do, in a sentence.
struct CommandError: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
}
