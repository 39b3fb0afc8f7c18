public import CoreMetrics
public import HTTPWire
import Synchronization

/// Counts requests by route, method and status, their time by route.
public final class RequestMetrics: Sendable {
    private let factory: any MetricsFactory
    private let routes: [String]
    // Held to find the handles, which after the first requests are always there.
    private let handles: Mutex<[[Handles]]>

    /// What answers of one method and status are counted with. A route has a few of these, which are sooner looked through than hashed.
    private struct Handles {
        let key: Int
        let count: Counter
        let duration: Timer
    }

    /// Metrics of requests over these routes.
    public init(routes: [String], factory: any MetricsFactory) {
        self.factory = factory
        self.routes = routes
        handles = Mutex(Array(repeating: [], count: routes.count))
    }

    /// Counts one answered request.
    /// - Parameters:
    ///   - route: its place in `routes`.
    ///   - method: nil if it could not be read.
    public func record(route: Int, method: KnownMethod?, status: Int, nanoseconds: Int64) {
        let key = Int(method?.rawValue ?? 0xFF) << 10 | status & 0x3FF
        let found = handles.withLock { handles in
            if let known = handles[route].first(where: { $0.key == key }) { return known }
            let made = makeHandles(key, routes[route], method.map { "\($0)".uppercased() } ?? "-", status)
            handles[route].append(made)
            return made
        }
        found.count.increment()
        found.duration.recordNanoseconds(nanoseconds)
    }

    private func makeHandles(_ key: Int, _ route: String, _ method: String, _ status: Int) -> Handles {
        Handles(
            key: key,
            count: Counter(
                label: "dateline_http_requests_total", dimensions: [("route", route), ("method", method), ("status", String(status))],
                factory: factory),
            duration: Timer(label: "dateline_http_request_duration_seconds", dimensions: [("route", route)], factory: factory))
    }
}
