import CoreMetrics
import Dispatch
import Foundation
import HTTPServer
import HTTPWire
import NewsAPI
import Newsroom
import Observability

/// What is counted, measured and logged while serving, wired to those who know it.
final class Observation: Sendable {
    let registry = PrometheusRegistry(help: Observation.help)
    private let sampler: Sampler
    private let requests: RequestMetrics
    private let commits: (durable: Counter, failed: Counter, records: Counter, duration: CoreMetrics.Timer)
    private let accessLog: AccessLog?
    private let lines: LineWriter?

    private static let help = [
        "dateline_http_requests_total": "Requests answered, by route, method and status.",
        "dateline_http_request_duration_seconds": "Time from the end of a request's head to the handing over of its answer.",
        "dateline_http_refused_total": "Requests and connections that the server itself refused, by the problem's code.",
        "dateline_http_connections": "Connections open now.",
        "dateline_http_connections_total": "Connections accepted.",
        "dateline_http_received_bytes_total": "Bytes received from clients.",
        "dateline_http_sent_bytes_total": "Bytes sent to clients.",
        "dateline_journal_commits_total": "Transactions of the journal, by whether they became durable.",
        "dateline_journal_records_total": "Records made durable.",
        "dateline_journal_commit_duration_seconds": "Time that a transaction of the journal took.",
        "dateline_journal_writable": "1 while the journal takes records, 0 while it does not.",
        "dateline_index_sequence": "The sequence number of the last change that is served.",
        "dateline_index_articles": "Articles that are served.",
        "dateline_index_entities": "Entities that are served.",
        "dateline_index_events": "Events that are served.",
        "dateline_index_segments": "Segments of the index.",
        "dateline_log_dropped_lines_total": "Lines of the access log that found no room.",
    ]

    init(accessLog format: AccessLog.Format?) {
        sampler = Sampler(factory: registry)
        requests = RequestMetrics(routes: API.routeNames, factory: registry)
        commits = (
            Counter(label: "dateline_journal_commits_total", dimensions: [("durable", "true")], factory: registry),
            Counter(label: "dateline_journal_commits_total", dimensions: [("durable", "false")], factory: registry),
            Counter(label: "dateline_journal_records_total", factory: registry),
            Timer(label: "dateline_journal_commit_duration_seconds", factory: registry)
        )
        let lines = format.map { _ in LineWriter(descriptor: STDOUT_FILENO) }
        self.lines = lines
        accessLog = lines.flatMap { lines in format.map { AccessLog($0, writer: lines) } }
    }

    /// Whether requests are written to a log, and not just counted.
    var logsRequests: Bool { accessLog != nil }

    /// Counts a transaction.
    func record(_ commit: Newsroom.Commit) {
        (commit.isDurable ? commits.durable : commits.failed).increment()
        if commit.isDurable { commits.records.increment(by: commit.records) }
        commits.duration.recordNanoseconds(
            Int64(clamping: commit.duration.components.attoseconds / 1_000_000_000)
                + commit.duration.components.seconds * 1_000_000_000)
    }

    /// Counts and logs an answered request.
    func record(_ completed: CompletedRequest, _ request: Request?, route: Int) {
        requests.record(route: route, method: completed.method, status: completed.status, nanoseconds: completed.nanoseconds)
        guard let accessLog else { return }
        let client = request?.client ?? completed.peer
        var now = timespec()
        clock_gettime(CLOCK_REALTIME, &now)
        accessLog.record(
            AccessRecord(
                request: request, client: client.host, time: (Int64(now.tv_sec), Int64(now.tv_nsec)), status: completed.status,
                bodyBytes: completed.bodyBytes, nanoseconds: completed.nanoseconds))
    }

    /// All numbers as they are now.
    func write() -> (mediaType: String, body: [UInt8]) {
        sampler.sample()
        return (PrometheusRegistry.mediaType, registry.write())
    }

    /// Has what others count asked for, at each look and every ten seconds.
    func watch(_ server: Server, _ newsroom: Newsroom) {
        sampler.gauge("dateline_http_connections") { Double(server.counters.open) }
        sampler.counter("dateline_http_connections_total") { server.counters.accepted }
        sampler.counter("dateline_http_received_bytes_total") { server.counters.bytesIn }
        sampler.counter("dateline_http_sent_bytes_total") { server.counters.bytesOut }
        sampler.counters("dateline_http_refused_total") { server.counters.refused.map { ([("code", $0.key)], $0.value) } }
        sampler.gauge("dateline_journal_writable") { newsroom.storageFailure == nil ? 1 : 0 }
        sampler.gauge("dateline_index_sequence") { Double(newsroom.snapshot.index.sequence) }
        sampler.gauge("dateline_index_articles") { Double(newsroom.snapshot.index.articleCount) }
        sampler.gauge("dateline_index_entities") { Double(newsroom.snapshot.index.entities.count) }
        sampler.gauge("dateline_index_events") { Double(newsroom.snapshot.index.events.count) }
        sampler.gauge("dateline_index_segments") { Double(newsroom.snapshot.index.segmentCount) }
        if let lines { sampler.counter("dateline_log_dropped_lines_total") { lines.dropped } }
        ProcessFacts.register(with: sampler)
        tick()
    }

    /// For backends that are told instead of asking.
    private func tick() {
        sampler.sample()
        DispatchQueue.global(qos: .utility).asyncAfter(deadline: .now() + 10) { [weak self] in self?.tick() }
    }

    /// Writes out what is still waiting.
    func finish() { lines?.flush() }
}
